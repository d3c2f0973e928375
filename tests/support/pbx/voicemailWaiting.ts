import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { PORTS } from './addresses.ts'
import { REALM } from './numbers.ts'
import { PATIENCE_MS } from './patience.ts'
import type { Pbx } from './pbx.ts'

/** Another port than the voicemail machine's own, which is at the same address. */
const PORT = 5_070

let published = 0

/** The messages in an extension's mailbox. */
export interface Mailbox {
  readonly unheard: number
  readonly heard: number
}

/**
 * The voicemail machine says what lies in a mailbox (RFC 3842); the server tells whoever subscribed.
 * @throws where the server does not take it
 */
export async function publishMailbox(pbx: Pbx, extension: string, { unheard, heard }: Mailbox): Promise<void> {
  const { pbx: server, voicemail } = pbx.addresses
  const account = `sip:${extension}@${REALM}`
  const body = `Messages-Waiting: ${unheard > 0 ? 'yes' : 'no'}\r\nMessage-Account: ${account}\r\nVoice-Message: ${unheard}/${heard} (0/0)\r\n`
  const id = `mailbox-${process.pid}-${++published}`
  const request = [
    `PUBLISH ${account} SIP/2.0`,
    `Via: SIP/2.0/UDP ${voicemail}:${PORT};branch=z9hG4bK-${id}`,
    `From: <${account}>;tag=${id}`,
    `To: <${account}>`,
    `Call-ID: ${id}`,
    'CSeq: 1 PUBLISH',
    'Max-Forwards: 10',
    'Event: message-summary',
    'Expires: 3600',
    `Contact: <sip:voicemail@${voicemail}:${PORT}>`,
    'Content-Type: application/simple-message-summary',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')

  const socket = createSocket('udp4')
  try {
    socket.bind(PORT, voicemail)
    await once(socket, 'listening')
    const answer = once(socket, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) })
    socket.send(request, PORTS.sip, server)
    const [bytes] = (await answer) as [Buffer]
    const [status] = bytes.toString().split('\r\n')
    if (!status?.startsWith('SIP/2.0 200 ')) throw new Error(`The server refused the mailbox of ${extension}: ${status}`)
  } finally {
    socket.close()
  }
}
