import { createHash } from 'node:crypto'
import type { AddressObject, HeaderValue, ParsedMail } from 'mailparser'
import type { SentLead } from '../../../../shared/intake/sent.ts'

/** So much of a message is read; what is behind it are attachments, which stay where they are. */
export const MAIL_BYTES = 1024 * 1024

/** HTML longer than this is no letter. */
const HTML_CHARACTERS = 300_000

/** Numbers that people write under their letters; not those in the middle of longer ones. */
const NUMBERS = /(?<![\d+])(?:\+?1[ .-]?)?(?:\(\d{3}\)|\d{3})[ .-]?\d{3}[ .-]\d{4}(?!\d)/g
const MOST_NUMBERS = 3

/** Nobody waits for an answer to these. */
const MACHINES = /^(mailer-daemon|postmaster|no-?reply-bounces?|bounces?)(\+.*)?@/i
const AUTOMATIC = ['x-autoreply', 'x-autorespond', 'x-auto-reply'] as const

export interface ReadMail {
  readonly sent: SentLead
  readonly externalId: string
  readonly files: readonly string[]
}

const header = (mail: ParsedMail, name: string): string => {
  const value: HeaderValue | undefined = mail.headers.get(name)
  if (typeof value === 'string') return value.toLowerCase()
  // Headers with parameters come as their parts.
  return typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'string' ? value.value.toLowerCase() : ''
}

const firstOf = (address: AddressObject | AddressObject[] | undefined): { readonly name: string; readonly address: string } => {
  const [one] = Array.isArray(address) ? address : address ? [address] : []
  const [value] = one?.value ?? []
  return { name: value?.name ?? '', address: (value?.address ?? '').toLowerCase() }
}

/** Whether a machine has written it: an answer while somebody is away, a letter that came back, our own. */
function isAutomatic(mail: ParsedMail, ours: readonly string[]): boolean {
  const submitted = header(mail, 'auto-submitted')
  if (submitted !== '' && submitted !== 'no') return true
  if (AUTOMATIC.some((name) => mail.headers.has(name))) return true
  if (/^(auto_reply|junk)$/.test(header(mail, 'precedence'))) return true
  if (header(mail, 'content-type').startsWith('multipart/report')) return true
  const { address } = firstOf(mail.from)
  const returnPath = mail.headers.get('return-path')
  const hasNoReturn = typeof returnPath === 'object' && returnPath !== null && 'value' in returnPath && Array.isArray(returnPath.value) && returnPath.value.every((one) => !one.address)
  return MACHINES.test(address) || hasNoReturn || ours.includes(address)
}

/** No line of a letter may pass for another: what steers a terminal or turns the direction of writing is taken out. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replaceAll(/\n{4,}/g, '\n\n\n')
}

const oneLine = (text: string): string => plain(text).replaceAll(/\s+/g, ' ').trim()

/**
 * An email as a lead; null for what no person has written.
 * @param source the message as it came, perhaps cut off
 * @param place where it lies, for a message without an id of its own
 * @param ours the company's own addresses
 */
export async function readMail(source: Uint8Array, place: string, ours: readonly string[]): Promise<ReadMail | null> {
  const { simpleParser } = await import('mailparser')
  const mail = await simpleParser(Buffer.from(source), { skipTextToHtml: true, skipImageLinks: true, maxHtmlLengthToParse: HTML_CHARACTERS })
  if (isAutomatic(mail, ours)) return null
  const [from, answerTo] = [firstOf(mail.from), firstOf(mail.replyTo)]
  const writer = answerTo.address === '' || ours.includes(answerTo.address) ? from : answerTo
  const words = plain(mail.text ?? '').trim()
  const subject = oneLine(mail.subject ?? '').slice(0, 300)
  const numbers = [...new Set(words.slice(0, 8000).match(NUMBERS) ?? [])].slice(0, MOST_NUMBERS)
  const messageId = oneLine(mail.messageId ?? '')
  const files = mail.attachments.filter(({ contentDisposition }) => contentDisposition !== 'inline').map(({ filename, contentType }) => oneLine(filename ?? contentType))
  return {
    // Long ids, and those with odd letters, are kept short and told apart all the same.
    externalId: /^[\x21-\x7e]{1,180}$/.test(messageId) ? messageId : createHash('sha256').update(messageId || place).digest('hex'),
    files,
    sent: {
      name: oneLine(writer.name).slice(0, 200),
      email: oneLine(writer.address).slice(0, 254),
      phones: numbers.map((number) => number.slice(0, 60)),
      subject,
      message: words === '' && subject === '' ? '(An email without words.)' : words.slice(0, 8000),
    },
  }
}
