import { createSocket } from 'node:dgram'
import { EventEmitter, once } from 'node:events'
import { PORTS } from './addresses.ts'
import { CALLER, LINES } from './numbers.ts'
import { PATIENCE_MS } from './patience.ts'
import type { Pbx } from './pbx.ts'

/** What a broken or hostile carrier sends; `what` says what is wrong with it. */
export interface MalformedMessage {
  readonly what: string
  readonly bytes: Buffer
}

const PORT = 5_080

const SDP = (address: string): string =>
  ['v=0', `o=- 1 1 IN IP4 ${address}`, 's=-', `c=IN IP4 ${address}`, 't=0 0', 'm=audio 45000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', ''].join('\r\n')

/** The parts of a message that is whole, for others to break. */
interface Parts {
  readonly start: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function whole(pbx: Pbx, id: string, method = 'INVITE'): Parts {
  const { pbx: server, carrier } = pbx.addresses
  const body = method === 'INVITE' ? SDP(carrier) : ''
  return {
    start: `${method} sip:${LINES.main}@${server}:${PORTS.sip} SIP/2.0`,
    headers: {
      Via: `SIP/2.0/UDP ${carrier}:${PORT};branch=z9hG4bK-${id}`,
      From: `"Somebody" <sip:${CALLER.number}@${carrier}>;tag=${id}`,
      To: `<sip:${LINES.main}@${server}>`,
      'Call-ID': id,
      CSeq: `1 ${method}`,
      Contact: `<sip:trunk@${carrier}:${PORT}>`,
      'Max-Forwards': '70',
      'P-Asserted-Identity': `"Somebody" <sip:${CALLER.number}@carrier.example>`,
      ...(body === '' ? {} : { 'Content-Type': 'application/sdp' }),
      'Content-Length': String(Buffer.byteLength(body)),
    },
    body,
  }
}

const written = ({ start, headers, body }: Parts): string => `${[start, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n${body}`

const withHeaders = (parts: Parts, headers: Readonly<Record<string, string>>): Parts => ({ ...parts, headers: { ...parts.headers, ...headers } })

const withoutHeader = (parts: Parts, left: string): Parts => ({ ...parts, headers: Object.fromEntries(Object.entries(parts.headers).filter(([name]) => name !== left)) })

type Breaking = (parts: Parts, pbx: Pbx) => string | Buffer

/** Some of these ring all the same: a server passes on what it has no reason to understand. */
const BREAKINGS: Readonly<Record<string, Breaking>> = {
  'an asserted identity that is none': (parts) => written(withHeaders(parts, { 'P-Asserted-Identity': 'garbage;;;<<<>>>"' })),
  'a name that never ends its quotes': (parts, pbx) => written(withHeaders(parts, { From: `"Some <sip:1@${pbx.addresses.carrier}>;tag=q` })),
  'a name of markup': (parts) => written(withHeaders(parts, { 'P-Asserted-Identity': '"<img src=x onerror=alert(1)>" <sip:+15125550142@carrier.example>' })),
  'a name that is no UTF-8': (parts) => Buffer.from(written(withHeaders(parts, { 'P-Asserted-Identity': '"\xff\xfe\xc3(" <sip:+15125550142@carrier.example>' })), 'latin1'),
  'a number of five hundred digits': (parts) => written(withHeaders(parts, { 'P-Asserted-Identity': `<sip:+${'1'.repeat(500)}@carrier.example>` })),
  'a number as tel:': (parts) => written(withHeaders(parts, { 'P-Asserted-Identity': '<tel:+1-512-555-0142;phone-context=x>' })),
  'a header of eight thousand letters': (parts) => written(withHeaders(parts, { Subject: 'x'.repeat(8_000) })),
  'headers that are folded': (parts) => written(parts).replace('Max-Forwards: 70', 'Max-Forwards:\r\n 70'),
  'no From': (parts) => written(withoutHeader(parts, 'From')),
  'no Call-ID': (parts) => written(withoutHeader(parts, 'Call-ID')),
  'no Via': (parts) => written(withoutHeader(parts, 'Via')),
  'no Contact': (parts) => written(withoutHeader(parts, 'Contact')),
  'a CSeq of another method': (parts) => written(withHeaders(parts, { CSeq: '1 OPTIONS' })),
  'a CSeq below nothing': (parts) => written(withHeaders(parts, { CSeq: '-1 INVITE' })),
  'Content-Length too small': (parts) => written(withHeaders(parts, { 'Content-Length': '10' })),
  'Content-Length too great': (parts) => written(withHeaders(parts, { 'Content-Length': '99999' })),
  'Content-Length that is no number': (parts) => written(withHeaders(parts, { 'Content-Length': 'many' })),
  'a description of sound that is none': (parts) => written(withHeaders({ ...parts, body: 'hello' }, { 'Content-Length': '5' })),
  'a datagram torn in its headers': (parts) => written(parts).slice(0, 180),
  'a datagram torn in its body': (parts) => written(parts).slice(0, -40),
  'a start line of another protocol': (parts) => written({ ...parts, start: 'GET / HTTP/1.1' }),
  'a method nobody knows': (parts) => written(withHeaders({ ...parts, start: parts.start.replace('INVITE', 'DANCE') }, { CSeq: '1 DANCE' })),
  'a body of nothing but zeros': () => Buffer.alloc(600),
  'an answer that nobody asked for': (parts) => written({ ...parts, start: 'SIP/2.0 200 OK' }),
}

/** Messages about a call that is not there. */
const OUT_OF_THE_BLUE = ['BYE', 'CANCEL', 'ACK', 'UPDATE'] as const

const bytesOf = (message: string | Buffer): Buffer => (typeof message === 'string' ? Buffer.from(message) : message)

/** Everything that is wrong in a way of its own, with Call-IDs of its own. */
export function malformedMessages(pbx: Pbx, idsFrom = `bad-${process.pid}`): readonly MalformedMessage[] {
  const broken = Object.entries(BREAKINGS).map(([what, breaking], index) => ({ what, bytes: bytesOf(breaking(whole(pbx, `${idsFrom}-${index}`), pbx)) }))
  const blue = OUT_OF_THE_BLUE.map((method, index) => ({ what: `${method} of no call`, bytes: Buffer.from(written(withHeaders(whole(pbx, `${idsFrom}-blue-${index}`, method), { To: `<sip:101@${pbx.addresses.pbx}>;tag=none` }))) }))
  return [...broken, ...blue]
}


const headerOf = (message: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(message)?.[1]?.trim() ?? ''

/** The CANCEL of whatever rings, made of its 180. */
function cancelOf(ringing: string): Buffer {
  const to = headerOf(ringing, 'To').replace(/;tag=.*/, '')
  const headers = {
    Via: headerOf(ringing, 'Via').replace(/;rport=\d+/, ''),
    From: headerOf(ringing, 'From'),
    To: to,
    'Call-ID': headerOf(ringing, 'Call-ID'),
    CSeq: headerOf(ringing, 'CSeq').replace('INVITE', 'CANCEL'),
    'Max-Forwards': '70',
    'Content-Length': '0',
  }
  return Buffer.from(written({ start: `CANCEL ${/<(.*)>/.exec(to)?.[1] ?? ''} SIP/2.0`, headers, body: '' }))
}

/**
 * Sends messages from the carrier one after the other; after each the server must still answer one that is whole. What
 * rings of them is cancelled.
 * @throws where the server answers no more
 */
export async function sendMalformed(pbx: Pbx, messages: readonly MalformedMessage[]): Promise<void> {
  const { pbx: server, carrier } = pbx.addresses
  const socket = createSocket('udp4')
  const up = new Set<string>()
  const answered = new EventEmitter()
  const send = (bytes: Buffer): void => socket.send(bytes, PORTS.sip, server)
  socket.on('message', (bytes) => {
    const said = bytes.toString()
    const callId = headerOf(said, 'Call-ID')
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(said)?.[1] ?? 0)
    if (status > 0 && headerOf(said, 'CSeq').endsWith('INVITE')) {
      if (status < 200) up.add(callId)
      else up.delete(callId)
      if (status === 180) send(cancelOf(said))
    }
    answered.emit(callId)
  })
  try {
    socket.bind(PORT, carrier)
    await once(socket, 'listening')
    for (const [index, { what, bytes }] of messages.entries()) {
      const id = `whole-${process.pid}-${performance.now()}-${index}`
      const ping = whole(pbx, id, 'OPTIONS')
      const answer = once(answered, id, { signal: AbortSignal.timeout(PATIENCE_MS) })
      send(bytes)
      send(Buffer.from(written({ ...ping, start: ping.start.replace(`${LINES.main}@`, '') })))
      await answer.catch(() => {
        throw new Error(`The server answers no more after ${what}.`)
      })
    }
    for (const limit = performance.now() + PATIENCE_MS; up.size > 0; ) {
      if (performance.now() > limit) throw new Error(`The server never ended ${[...up].join(', ')}.`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  } finally {
    socket.close()
  }
}
