import type { ParsedMail } from 'mailparser'
import { normalizePhone } from '../../../../shared/base/phone.ts'
import { soundFileIn } from '../../../phone/voicemail/soundFile.ts'

/** So much of an email with a voicemail is read: some minutes as telephones record. */
export const VOICEMAIL_MAIL_BYTES = 12 * 1024 * 1024

/** A voicemail that a telephone system has mailed. */
export interface MailedVoicemail {
  /** Tells it from others: the email's Message-ID. */
  readonly id: string
  /** Who spoke, E.164; null where they withheld their number, or the email does not say it. */
  readonly number: string | null
  readonly name: string
  /** Epoch milliseconds at which the caller had spoken, as far as the email says it. */
  readonly leftAt: number | null
  /** 0 where only the sound says so. */
  readonly seconds: number
  /** Null where what is attached can't be played: GSM, mostly. */
  readonly sound: Uint8Array | null
}

/** As telephone systems say in an email's words how long it is: `0:23`, `00:00:23`, `23 seconds`. */
const LENGTH = /(?:duration|length|message)?[ :]*\b(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\b|\b(\d{1,4}) ?s(?:ec(?:ond)?s?)?\b/i
/** And who spoke: `from "John Doe" <5125550140>`, `from 5125550140`, `Caller ID: +1 512 555 0140`. */
const FROM = /\b(?:from|caller(?: ?id)?(?: number)?|number)\b:?\s+(?:"?([^"<\n\d]{0,80}?)"?\s*)?<?\s*(\+?[\d(][\d ().-]{5,20}\d)\s*>?/i

const headerOf = (mail: ParsedMail, name: string): string => {
  const value = mail.headers.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

function secondsIn(words: string): number {
  const [, hours, minutes, seconds, plain] = LENGTH.exec(words) ?? []
  return plain === undefined ? Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0) : Number(plain)
}

function callerIn(mail: ParsedMail, words: string): Pick<MailedVoicemail, 'number' | 'name'> {
  // Asterisk says it in headers of its own, the one or the other by its version and how it keeps its messages.
  const said = headerOf(mail, 'x-asterisk-vm-caller-id-num') || headerOf(mail, 'x-asterisk-callerid')
  const sender = mail.from?.value[0]
  const [, named = '', written = ''] = FROM.exec(words) ?? []
  const name = headerOf(mail, 'x-asterisk-vm-caller-id-name') || headerOf(mail, 'x-asterisk-calleridname') || named
  // FreeSWITCH may write as whoever called: "Jane Roe" <5125550140@pbx.example.com>.
  const asSender = /^\+?\d{7,15}$/.exec((sender?.address ?? '').split('@')[0] ?? '')?.[0] ?? ''
  const number = [said, written, asSender].map((text) => normalizePhone(text)).find((one) => one !== undefined)
  return { number: number ?? null, name: name.replaceAll(/\s+/g, ' ').trim().slice(0, 80) }
}

/** Asterisk's own time of it (seconds since 1970) where it says one, else when the email was written. */
function leftAtOf(mail: ParsedMail): number | null {
  const said = Number(headerOf(mail, 'x-asterisk-vm-orig-time'))
  if (Number.isSafeInteger(said) && said > 0) return said * 1000
  return mail.date?.getTime() ?? null
}

const SOUND_NAME = /\.(?:wav|mp3|gsm|wav49)$/i

/**
 * The voicemail in an email, as Asterisk (FreePBX too) and FreeSWITCH (FusionPBX too) mail them: the sound attached, and who
 * spoke in headers or in its words. From whom it is has been looked at before.
 * @returns null where no sound is attached
 */
export async function readVoicemail(source: Uint8Array, place: string): Promise<MailedVoicemail | null> {
  const { simpleParser } = await import('mailparser')
  const mail = await simpleParser(Buffer.from(source), { skipTextToHtml: true, skipImageLinks: true, maxHtmlLengthToParse: 300_000 })
  const sounds = mail.attachments.filter(({ contentType, filename }) => contentType.startsWith('audio/') || SOUND_NAME.test(filename ?? ''))
  if (sounds.length === 0) return null
  const words = `${mail.subject ?? ''}\n${mail.text ?? ''}`.slice(0, 8_000)
  const playable = sounds.find(({ content }) => soundFileIn(content) !== null)
  const duration = Number(headerOf(mail, 'x-asterisk-vm-duration'))
  return {
    id: (mail.messageId ?? place).slice(0, 160),
    ...callerIn(mail, words),
    leftAt: leftAtOf(mail),
    seconds: Number.isSafeInteger(duration) && duration > 0 ? duration : secondsIn(words),
    sound: playable ? new Uint8Array(playable.content) : null,
  }
}
