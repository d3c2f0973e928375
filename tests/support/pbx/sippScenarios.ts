/** What a caller on the trunk does, from the first INVITE to the end. */
export type CallKind =
  /** Rings, and the caller gives up. */
  | 'givesUp'
  /** Rings, and the caller's side says that somebody else has taken it. */
  | 'takenElsewhere'
  /** Gives up before it has rung. */
  | 'hangsUpEarly'
  /** Is answered; the caller ends it. */
  | 'callerEnds'
  /** Is answered; the office ends it. */
  | 'officeEnds'
  /** Is answered; the caller's side holds and takes back; the caller ends it. */
  | 'callerHolds'
  /** Is declined (486, 600 or 603; 480 where nobody is there). */
  | 'busy'

type Method = 'INVITE' | 'ACK' | 'CANCEL' | 'BYE'

interface Request {
  readonly method: Method
  readonly cseq: number
  /** Within the dialog: goes to the other side's contact along the recorded route. */
  readonly inDialog?: boolean
  /** Belongs to the INVITE's own transaction, as a CANCEL does and the ACK of a refusal (RFC 3261 9.1, 17.1.1.3). */
  readonly ofInvite?: boolean
  readonly headers?: readonly string[]
  readonly body?: string
}

/** Ours and the reader's indentation must not get into the message. */
function message({ method, cseq, inDialog = false, ofInvite = false, headers = [], body = '' }: Request): string {
  // sipp's own branches count from its process id, which is the same in every namespace: the Call-ID tells ours apart.
  const branch = `z9hG4bK-[call_id]-${cseq}${ofInvite ? 'INVITE' : method}`
  const lines = [
    inDialog ? `${method} [next_url] SIP/2.0` : `${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0`,
    `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${branch}`,
    'From: "[fromname]" <sip:[fromuser]@[local_ip]:[local_port]>;tag=caller-[call_id]',
    `To: <sip:[service]@[remote_ip]:[remote_port]>${method === 'CANCEL' || (method === 'INVITE' && !inDialog) ? '' : '[peer_tag_param]'}`,
    'Call-ID: [call_id]',
    `CSeq: ${cseq} ${method}`,
    ...(inDialog ? ['[routes]'] : []),
    'Max-Forwards: 70',
    ...headers,
    ...(body === '' ? ['Content-Length: 0'] : ['Content-Type: application/sdp', 'Content-Length: [len]']),
    '',
    body,
  ]
  return lines.join('\n')
}

const sdp = (direction: 'sendrecv' | 'sendonly', version: number): string =>
  [
    'v=0',
    `o=carrier 53655765 ${version} IN IP4 [local_ip]`,
    's=-',
    'c=IN IP4 [media_ip]',
    't=0 0',
    'm=audio [rtpstream_audio_port] RTP/AVP 0 101',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    `a=${direction}`,
  ].join('\n')

/** Everything but an ACK is sent again until it is answered. */
const send = (request: Request): string => `<send${request.method === 'ACK' ? '' : ' retrans="500"'}><![CDATA[\n${message(request)}\n]]></send>`
const receive = (response: number, more = ''): string => `<recv response="${response}" ${more}/>`
const optional = (response: number): string => receive(response, 'optional="true"')
const pause = (milliseconds: number): string => `<pause milliseconds="${milliseconds}"/>`

/**
 * Rings for so long. Every telephone of a group says 180, so a mere pause would take the second one for a mistake; no
 * other answer is expected meanwhile (there is no 699).
 */
const ring = (milliseconds: number): string[] => [
  receive(180),
  '<label id="ringing"/>',
  receive(180, `optional="true" next="ringing" timeout="${milliseconds}" ontimeout="rang"`),
  receive(699),
  '<label id="rang"/>',
]

/** What sipp says once it is answered: raw PCMU in its folder. */
export const SPEECH_FILE = 'says.ulaw'

const CONTACT = 'Contact: <sip:trunk@[local_ip]:[local_port]>'
const IDENTITY = 'P-Asserted-Identity: "[paname]" <sip:[painumber]@carrier.example>'

const invite = send({ method: 'INVITE', cseq: 1, headers: [CONTACT, IDENTITY], body: sdp('sendrecv', 1) })
const acknowledgeRefusal = send({ method: 'ACK', cseq: 1, ofInvite: true })
const acknowledge = (cseq: number): string => send({ method: 'ACK', cseq, inDialog: true })
const cancel = (reason: readonly string[] = []): string => send({ method: 'CANCEL', cseq: 1, ofInvite: true, headers: reason })

const speak = `<nop><action><exec rtp_stream="${SPEECH_FILE},-1,0"/></action></nop>`
const answered = [invite, optional(100), optional(180), optional(183), receive(200, 'rrs="true"'), acknowledge(1), speak]
/** A second telephone's 180 may cross the CANCEL. */
const cancelled = [optional(180), receive(200), optional(180), receive(487), acknowledgeRefusal]
const callerEnds = (cseq: number): string[] => [send({ method: 'BYE', cseq, inDialog: true }), receive(200)]
const renegotiate = (cseq: number, direction: 'sendrecv' | 'sendonly'): string[] => [
  send({ method: 'INVITE', cseq, inDialog: true, headers: [CONTACT], body: sdp(direction, cseq) }),
  optional(100),
  receive(200),
  acknowledge(cseq),
]

/** How long what happens in a call takes, milliseconds. */
export interface CallTimes {
  /** From the first 180 until the caller gives up. */
  readonly ringMs: number
  /** From the answer to the end; shared by the parts of a call that is held. */
  readonly talkMs: number
}

const ELSEWHERE = ['Reason: SIP;cause=200;text="Call completed elsewhere"']

function steps(kind: CallKind, { ringMs, talkMs }: CallTimes): readonly string[] {
  switch (kind) {
    case 'givesUp':
      return [invite, optional(100), ...ring(ringMs), cancel(), ...cancelled]
    case 'takenElsewhere':
      return [invite, optional(100), ...ring(ringMs), cancel(ELSEWHERE), ...cancelled]
    case 'hangsUpEarly':
      // Nothing may have been forked yet: then the refusal overtakes the answer to the CANCEL.
      return [invite, receive(100), cancel(), optional(180), optional(200), receive(487), acknowledgeRefusal]
    case 'callerEnds':
      return [...answered, pause(talkMs), ...callerEnds(2)]
    case 'officeEnds':
      return [...answered, '<recv request="BYE"/>', '<send><![CDATA[\nSIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\nContent-Length: 0\n\n]]></send>']
    case 'callerHolds': {
      const third = pause(Math.round(talkMs / 3))
      return [...answered, third, ...renegotiate(2, 'sendonly'), third, ...renegotiate(3, 'sendrecv'), third, ...callerEnds(4)]
    }
    case 'busy': {
      const refused = (status: number): string => receive(status, 'optional="true" next="refused"')
      return [invite, optional(100), optional(180), refused(480), refused(600), refused(603), receive(486), '<label id="refused"/>', acknowledgeRefusal]
    }
  }
}

/** The scenario as sipp reads it. */
export function scenarioXml(kind: CallKind, times: CallTimes): string {
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<scenario name="${kind}">`, ...steps(kind, times), '</scenario>', ''].join('\n')
}
