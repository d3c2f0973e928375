import type { ParsedMail } from 'mailparser'
import { normalizePhone } from '../../../../shared/base/phone.ts'
import { LONGEST_VOICEMAIL_SECONDS } from '../../../../shared/domain/calls/facts.ts'
import { playable } from '../../../phone/voicemail/voicemailKeeper.ts'

/** So much of an email with a voicemail is read: the largest sound that is kept, as an email carries it. */
export const VOICEMAIL_MAIL_BYTES = 24 * 1024 * 1024

/** A voicemail that a telephone system has mailed. */
export interface MailedVoicemail {
  /** Tells it from others: the email's Message-ID. */
  readonly id: string
  /** Who spoke, E.164; null where they withheld their number, or the email does not say it. */
  readonly number: string | null
  readonly name: string
  /** Epoch milliseconds at which the caller had spoken, as far as the email says it. */
  readonly leftAt: number | null
  /** 0 where nothing says it. */
  readonly seconds: number
  /** Null where what is attached can't be played (GSM, mostly), or was not read to its end. */
  readonly sound: Uint8Array | null
}

/** So many lines of an email, and so much of each, are looked through for who spoke. */
const MOST_LINES = 60
const LONGEST_LINE = 300

/** Days and times of day: no numbers of anybody. */
const MOMENTS = /\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}:\d{2}(?::\d{2})?\b/g
/** Behind this word telephone systems say who spoke. */
const FROM_WORD = /\b(?:from|caller(?: ?id)?(?: number)?|number)\b:? ?/gi
/** `"Bay 12 Auto" <5125550140>` */
const NAMED = /^"?([^"<>]{0,80}?)"? ?<([^<>]{3,40})>/
/** `Jane Roe 512-555-0140`, `+1 512 555 0140`; each part is bounded, and blanks come one at a time. */
const PLAIN = /^"?([^"<>\d(+]{0,80})"? ?(\+?[\d(][\d ().-]{5,20}\d)/

/** How telephone systems write how long it is; whatever else looks like it is the time of day, or an address. */
const LENGTHS: readonly RegExp[] = [
  /\b(?:duration|length)\b[ :]{0,3}(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\b/i,
  /\b(?:(\d{1,2}):)?(\d{1,2}):(\d{2}) (?:long|sec(?:ond)?s?|minutes?)\b/i,
  /\b(?:duration|length)\b[ :]{0,3}()()(\d{1,4})\b(?!:)/i,
  /\b()()(\d{1,4}) ?sec(?:ond)?s?\b/i,
  // FreeSWITCH puts it behind who called.
  /(?:>|\d) (00):(\d{2}):(\d{2})$/m,
]

function linesOf(mail: ParsedMail): readonly string[] {
  const words = `${mail.subject ?? ''}\n${mail.text ?? ''}`.slice(0, 8_000)
  return words
    .split('\n', MOST_LINES)
    .map((line) => line.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_LINE))
    .filter((line) => line !== '')
}

const sane = (seconds: number): number => (Number.isSafeInteger(seconds) && seconds > 0 && seconds <= LONGEST_VOICEMAIL_SECONDS ? seconds : 0)

function secondsIn(lines: readonly string[]): number {
  const words = lines.join('\n')
  for (const pattern of LENGTHS) {
    const [found, hours, minutes, seconds] = pattern.exec(words) ?? []
    if (found !== undefined) return sane(Number(hours || 0) * 3600 + Number(minutes || 0) * 60 + Number(seconds))
  }
  return 0
}

type Caller = Pick<MailedVoicemail, 'number' | 'name'>

/** Who spoke, as the words of one line say it behind a word such as `from`. */
function callerInLine(line: string, own: ReadonlySet<string>): Caller | null {
  const clean = line.replaceAll(MOMENTS, ';')
  for (const { index, 0: word } of clean.matchAll(FROM_WORD)) {
    const rest = clean.slice(index + word.length)
    const [, name = '', digits = ''] = NAMED.exec(rest) ?? PLAIN.exec(rest) ?? []
    const number = normalizePhone(digits)
    if (number !== undefined && !own.has(number)) return { number, name }
  }
  return null
}

/** Who spoke, in headers that Asterisk has for it: the one or the other by its version and how it keeps its messages. */
const NUMBER_HEADERS = ['x-asterisk-vm-caller-id-num', 'x-asterisk-callerid']
const NAME_HEADERS = ['x-asterisk-vm-caller-id-name', 'x-asterisk-calleridname']

/** What a header says; undefined where there is none. */
function headerOf(mail: ParsedMail, name: string): string | undefined {
  const found = mail.headerLines.find(({ key }) => key === name)
  const value = mail.headers.get(name)
  return found && (typeof value === 'string' ? value.trim() : '')
}

function callerIn(mail: ParsedMail, lines: readonly string[], own: ReadonlySet<string>): Caller {
  const numbers = NUMBER_HEADERS.flatMap((name) => headerOf(mail, name) ?? [])
  const named = NAME_HEADERS.map((name) => headerOf(mail, name) ?? '').find((name) => name !== '')
  const ofNumber = (texts: readonly string[]): string | null => texts.map((text) => normalizePhone(text)).find((number) => number !== undefined && !own.has(number)) ?? null
  const nameOf = (name: string): string => name.replaceAll(/\s+/g, ' ').trim().slice(0, 80)
  const written = lines.flatMap((line) => callerInLine(line, own) ?? [])
  if (numbers.length > 0) {
    // A header that is there is the last word: what else is in the email may be anybody's number.
    const number = ofNumber(numbers)
    return { number, name: nameOf(named ?? (number === null ? undefined : written.find((caller) => caller.number === number)?.name) ?? '') }
  }
  const [caller] = written
  if (caller) return { number: caller.number, name: nameOf(named ?? caller.name) }
  // FreeSWITCH may write as whoever called: "Jane Roe" <5125550140@pbx.example.com>.
  const asSender = /^\+?\d{7,15}$/.exec((mail.from?.value[0]?.address ?? '').split('@')[0] ?? '')?.[0] ?? ''
  return { number: ofNumber([asSender]), name: nameOf(named ?? '') }
}

/** Asterisk's own time of it (seconds since 1970) where it says one, else when the email was written. */
function leftAtOf(mail: ParsedMail): number | null {
  const said = Number(headerOf(mail, 'x-asterisk-vm-orig-time'))
  if (Number.isSafeInteger(said) && said > 0) return said * 1000
  const written = mail.date?.getTime() ?? Number.NaN
  return Number.isNaN(written) ? null : written
}

const SOUND_NAME = /\.(?:wav|mp3|gsm|wav49)$/i

/**
 * The voicemail in an email, as Asterisk (FreePBX too) and FreeSWITCH (FusionPBX too) mail them: the sound attached, and who
 * spoke in headers or in its words. From whom it is has been looked at before.
 * @param own numbers of the office, E.164: none of them called
 * @returns null where no sound is attached
 */
export async function readVoicemail(source: Uint8Array, place: string, own: ReadonlySet<string>): Promise<MailedVoicemail | null> {
  const { simpleParser } = await import('mailparser')
  const mail = await simpleParser(Buffer.from(source), { skipTextToHtml: true, skipImageLinks: true, maxHtmlLengthToParse: 300_000 })
  const sounds = mail.attachments.filter(({ contentType, filename }) => contentType.startsWith('audio/') || SOUND_NAME.test(filename ?? ''))
  if (sounds.length === 0) return null
  const lines = linesOf(mail)
  // What was not read to its end is not passed off as all that was said.
  const whole = source.length < VOICEMAIL_MAIL_BYTES
  const [heard] = whole ? sounds.flatMap(({ content }) => ({ content, file: playable(content) })).filter(({ file }) => file !== null) : []
  return {
    id: (mail.messageId ?? place).slice(0, 160),
    ...callerIn(mail, lines, own),
    leftAt: leftAtOf(mail),
    // The sound itself knows best.
    seconds: sane(Math.round((heard?.file?.durationMs ?? 0) / 1000)) || sane(Number(headerOf(mail, 'x-asterisk-vm-duration'))) || secondsIn(lines),
    sound: heard ? new Uint8Array(heard.content) : null,
  }
}
