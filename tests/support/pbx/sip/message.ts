/** A SIP message, as little of it as servers of a laboratory need (RFC 3261 7). */
export interface SipMessage {
  /** `INVITE sip:101@sip.local SIP/2.0` or `SIP/2.0 200 OK` */
  readonly start: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** RFC 3261 7.3.3: what a header may be called for short. */
const COMPACT: Readonly<Record<string, string>> = { v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact', c: 'content-type', l: 'content-length' }

const fullName = (name: string): string => COMPACT[name.toLowerCase()] ?? name.toLowerCase()

/** @returns undefined where it is no SIP message */
export function parseSip(text: string): SipMessage | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [start = '', ...lines] = text.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  if (!start.includes('SIP/2.0')) return undefined
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const
  })
  return { start, headers, body: text.slice(end + 4) }
}

/** Content-Length is added. */
export function formatSip({ start, headers, body }: SipMessage): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  return `${[start, ...lines, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`
}

export function headersOf(message: SipMessage, name: string): readonly string[] {
  return message.headers.filter(([known]) => fullName(known) === name.toLowerCase()).map(([, value]) => value)
}

/** The first of that name, or ''. */
export function headerOf(message: SipMessage, name: string): string {
  return headersOf(message, name)[0] ?? ''
}

/** `INVITE` of a request; '' of an answer. */
export function methodOf({ start }: SipMessage): string {
  return start.startsWith('SIP/2.0') ? '' : (start.split(' ')[0] ?? '')
}

/** 200 of an answer; 0 of a request. */
export function statusOf({ start }: SipMessage): number {
  return start.startsWith('SIP/2.0') ? Number(start.split(' ')[1]) : 0
}

/** `**101` of `INVITE sip:**101@sip.local SIP/2.0`. */
export function dialledOf({ start }: SipMessage): string {
  return /^\w+ sips?:([^@;>]+)@/.exec(start)?.[1] ?? ''
}

/** `sip:1@a;x=y` of `"Name" <sip:1@a;x=y>;tag=z`. */
export function uriOf(value: string): string {
  return /<([^>]*)>/.exec(value)?.[1] ?? value.split(';')[0] ?? ''
}

/** '' where there is none. */
export function tagOf(value: string): string {
  return /;tag=([^;\s]+)/.exec(value.replace(/<[^>]*>/, ''))?.[1] ?? ''
}
