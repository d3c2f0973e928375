import { createHmac, timingSafeEqual } from 'node:crypto'

/** The fields of one of Twilio’s requests. */
export type TwilioFields = ReadonlyMap<string, string>

/** @returns null where a field comes twice: such a request is none of Twilio’s */
export function twilioFieldsIn(body: string): TwilioFields | null {
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body)) {
    if (fields.has(name)) return null
    fields.set(name, value)
  }
  return fields
}

/**
 * What Twilio puts into `X-Twilio-Signature`: HMAC-SHA1 by the account’s token over the whole address as Twilio called
 * it and every field’s name and value, sorted by name (Twilio’s documentation, "Security", Validating requests).
 */
export function twilioSignature(authToken: string, url: string, fields: TwilioFields): string {
  const text = [...fields].sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, value]) => `${name}${value}`)
  return createHmac('sha1', authToken).update(`${url}${text.join('')}`).digest('base64')
}

export function isTwilios(authToken: string, url: string, fields: TwilioFields, signature: string): boolean {
  const right = Buffer.from(twilioSignature(authToken, url, fields))
  const given = Buffer.from(signature)
  return right.length === given.length && timingSafeEqual(right, given)
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

interface Ring {
  /** E.164, or a `sip:` address. */
  readonly to: string
  readonly callerId?: string
  /** Where Twilio says what becomes of it; `…/dialed` and `…/leg` below it. */
  readonly base: string
}

const RINGS_SECONDS = 30

/** What Twilio is told to do with a call: ring somebody and say how it went (TwiML, `<Dial>`). */
export function ringTwiml({ to, callerId, base }: Ring): string {
  const noun = to.startsWith('sip:') ? 'Sip' : 'Number'
  const caller = callerId === undefined ? '' : ` callerId="${escaped(callerId)}"`
  const leg = `statusCallbackEvent="initiated ringing answered completed" statusCallback="${escaped(base)}/leg"`
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Dial answerOnBridge="true" timeout="${RINGS_SECONDS}" action="${escaped(base)}/dialed"${caller}><${noun} ${leg}>${escaped(to)}</${noun}></Dial></Response>`
}

/** Longer than most people speak, seconds. */
const VOICEMAIL_SECONDS = 180

/** The caller may leave a message (TwiML, `<Say>` and `<Record>`); Twilio says at `…/voicemail` once it can be fetched. */
export function voicemailTwiml(greeting: string, base: string): string {
  const back = `action="${escaped(base)}/recorded" recordingStatusCallback="${escaped(base)}/voicemail" recordingStatusCallbackEvent="completed"`
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Say>${escaped(greeting)}</Say><Record maxLength="${VOICEMAIL_SECONDS}" timeout="10" playBeep="true" trim="trim-silence" ${back}/><Hangup/></Response>`
}

export const NO_MORE_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>'
