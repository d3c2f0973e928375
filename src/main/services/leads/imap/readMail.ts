import { createHash } from 'node:crypto'
import type { AddressObject, HeaderValue, ParsedMail, simpleParser } from 'mailparser'
import { normalizePhone } from '../../../../shared/base/phone.ts'
import type { SentLead } from '../../../../shared/intake/sent.ts'

/** So much of a message is read; what is behind it are attachments, which stay where they are. */
export const MAIL_BYTES = 1024 * 1024

/** HTML longer than this is no letter. */
const HTML_CHARACTERS = 300_000

const PARSING = { skipTextToHtml: true, skipImageLinks: true, maxHtmlLengthToParse: HTML_CHARACTERS } as const

/** Numbers that people write under their letters; not those in the middle of longer ones. */
const NUMBERS = /(?<![\d+])(?:\+?1[ .-]?)?(?:\(\d{3}\)|\d{3})[ .-]?\d{3}[ .-]\d{4}(?!\d)/g
const MOST_NUMBERS = 3

/** Where the letter that is answered begins: below it are words that somebody else wrote, or that we have already. */
const ANSWERED = /^(?:>|on\b[^\n]{0,200}(?:\n[^\n]{0,200})?\bwrote:\s*$|-{2,}\s*(?:original message|forwarded message)\b|_{10,}\s*$|from:[^\n]*\n(?:sent|date|to):)/im

/** Nobody waits for an answer to these. */
const MACHINES = /^(mailer-daemon|postmaster|no-?reply-bounces?|bounces?)(\+.*)?@/i
const AUTOMATIC = ['x-autoreply', 'x-autorespond', 'x-auto-reply'] as const

/** How programs call an answer while somebody is away, whatever they say in the headers. */
const AWAY = /^(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office)\b/i

/** So many of the letters before are looked for; a thread of hundreds names them all. */
const MOST_BEFORE = 50

/** What is ours: nothing that we wrote is a lead, and nobody is called at our own number. */
export interface Ours {
  readonly addresses: readonly string[]
  /** E.164. */
  readonly numbers: readonly string[]
}

export interface ReadMail {
  readonly sent: SentLead
  readonly externalId: string
  /** The letters that it goes on with, as their `externalId`s. */
  readonly before: readonly string[]
  /** Its words without those of the letter that it answers. */
  readonly ownWords: string
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

/** What a machine sends of itself is an answer where it answers something: forms and marketplaces send leads of themselves. */
function isMachineAnswer(mail: ParsedMail): boolean {
  const submitted = header(mail, 'auto-submitted')
  if (submitted.startsWith('auto-replied')) return true
  return (submitted !== '' && submitted !== 'no' && (mail.inReplyTo ?? '') !== '') || AWAY.test((mail.subject ?? '').trim())
}

/** Whether a machine has written it: an answer while somebody is away, a letter that came back. */
function isAutomatic(mail: ParsedMail): boolean {
  if (isMachineAnswer(mail) || AUTOMATIC.some((name) => mail.headers.has(name))) return true
  if (/^(auto_reply|junk)$/.test(header(mail, 'precedence'))) return true
  if (header(mail, 'content-type').startsWith('multipart/report')) return true
  const returnPath = mail.headers.get('return-path')
  const hasNoReturn = typeof returnPath === 'object' && returnPath !== null && 'value' in returnPath && Array.isArray(returnPath.value) && returnPath.value.every((one) => !one.address)
  return MACHINES.test(firstOf(mail.from).address) || hasNoReturn
}

/** No line of a letter may pass for another: what steers a terminal or turns the direction of writing is taken out. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replaceAll(/\n{4,}/g, '\n\n\n')
}

const oneLine = (text: string): string => plain(text).replaceAll(/\s+/g, ' ').trim()

/** Long ids, and those with odd letters, are kept short and told apart all the same. */
function idOf(messageId: string, otherwise: string): string {
  const id = oneLine(messageId)
  return /^[\x21-\x7e]{1,180}$/.test(id) ? id : createHash('sha256').update(id || otherwise).digest('hex')
}

/** Headers are at the beginning. */
const HEADER_BYTES = 64 * 1024

/** From whom an email says that it is, in lower case, and what the last mail server says of that: its Authentication-Results, null where it says nothing. */
export interface Sender {
  readonly address: string
  readonly results: string | null
}

/** @param source the message as it came, perhaps cut off */
export async function senderOf(source: Uint8Array): Promise<Sender> {
  const { simpleParser: parse } = await import('mailparser')
  const { from, headerLines } = await parse(Buffer.from(source.subarray(0, HEADER_BYTES)), PARSING)
  // Each server writes its own above those that were there.
  const results = headerLines.find(({ key }) => key === 'authentication-results')?.line
  return { address: firstOf(from).address, results: results === undefined ? null : results.slice(results.indexOf(':') + 1) }
}

/** The words of a letter. Some programs put an empty plain part beside the HTML one, which has the words. */
async function wordsOf(mail: ParsedMail, parse: typeof simpleParser): Promise<string> {
  const words = plain(mail.text ?? '').trim()
  if (words !== '' || typeof mail.html !== 'string') return words
  const page = `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(mail.html).toString('base64').replaceAll(/.{76}/g, '$&\r\n')}`
  return plain((await parse(page, PARSING)).text ?? '').trim()
}

function withoutAnswered(words: string): string {
  const at = words.search(ANSWERED)
  // An answer below the letter that it answers is in the rest of it.
  return at <= 0 ? words : words.slice(0, at).trim() || words
}

function numbersIn(words: string, ours: Ours): readonly string[] {
  const found = words.slice(0, 8000).match(NUMBERS) ?? []
  return [...new Set(found)].filter((number) => !ours.numbers.includes(normalizePhone(number) ?? '')).slice(0, MOST_NUMBERS)
}

const referencesOf = ({ references, inReplyTo }: ParsedMail): readonly string[] => [...new Set([...(typeof references === 'string' ? [references] : (references ?? [])), ...(inReplyTo ? [inReplyTo] : [])])]

/**
 * An email as a lead; null for what no person has written.
 * @param source the message as it came, perhaps cut off
 * @param place where it lies, for a message without an id of its own
 */
export async function readMail(source: Uint8Array, place: string, ours: Ours): Promise<ReadMail | null> {
  const { simpleParser: parse } = await import('mailparser')
  const mail = await parse(Buffer.from(source), PARSING)
  if (isAutomatic(mail)) return null
  const isOurs = ({ address }: { readonly address: string }): boolean => ours.addresses.includes(address)
  const [from, answerTo] = [firstOf(mail.from), firstOf(mail.replyTo)]
  const writer = answerTo.address === '' || isOurs(answerTo) ? from : answerTo
  // The form on our own page writes as ourselves, and says to whom an answer goes.
  if (isOurs(writer)) return null
  const words = await wordsOf(mail, parse)
  const ownWords = withoutAnswered(words)
  const subject = oneLine(mail.subject ?? '').slice(0, 300)
  const files = mail.attachments.filter(({ contentDisposition }) => contentDisposition !== 'inline').map(({ filename, contentType }) => oneLine(filename ?? contentType))
  const externalId = idOf(mail.messageId ?? '', place)
  return {
    externalId,
    // One that names itself goes on with nothing.
    before: referencesOf(mail).slice(-MOST_BEFORE).map((id) => idOf(id, place)).filter((id) => id !== externalId),
    ownWords,
    files,
    sent: {
      name: oneLine(writer.name).slice(0, 200),
      email: oneLine(writer.address).slice(0, 254),
      phones: numbersIn(ownWords, ours).map((number) => number.slice(0, 60)),
      subject,
      message: words === '' && subject === '' ? '(An email without words.)' : words.slice(0, 8000),
    },
  }
}
