import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { z } from 'zod'
import { PORTS } from './addresses.ts'
import { type Bencoded, bencode, unbencode } from './bencode.ts'
import { PATIENCE_MS } from './patience.ts'

let asked = 0

/** One question to rtpengine. The cookie is new each time: it answers a known one as it did before. */
async function ask(server: string, question: Bencoded): Promise<Bencoded> {
  const cookie = `test_${process.pid}_${++asked}`
  const socket = createSocket('udp4')
  try {
    const answer = once(socket, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) })
    socket.send(`${cookie} ${bencode(question)}`, PORTS.ng, server)
    const [bytes] = (await answer) as [Buffer]
    return unbencode(bytes.subarray(cookie.length + 1))
  } finally {
    socket.close()
  }
}

const streamShape = z.object({
  endpoint: z.object({ address: z.string().default(''), port: z.number().default(0) }).default({ address: '', port: 0 }),
  flags: z.array(z.string()).default([]),
  stats: z.object({ packets: z.number() }),
})

const callShape = z.object({
  result: z.string(),
  tags: z.record(z.string(), z.object({ medias: z.array(z.object({ protocol: z.string().default(''), streams: z.array(streamShape) })).default([]) })).default({}),
})

/** One party's sound, as it reached the server. */
export interface SoundFrom {
  /** Where it comes from: the party's own address and port. */
  readonly address: string
  readonly port: number
  /** `RTP/AVP` of telephones, `UDP/TLS/RTP/SAVPF` of pages. */
  readonly protocol: string
  /** Packets of sound that have come from there so far. */
  readonly packets: number
}

/** The parties of a call and how much sound each has sent; empty where rtpengine knows no such call (any more). */
export async function askSound(server: string, callId: string): Promise<readonly SoundFrom[]> {
  const { result, tags } = callShape.parse(await ask(server, { command: 'query', 'call-id': callId }))
  if (result !== 'ok') return []
  return Object.values(tags).flatMap(({ medias }) =>
    medias.flatMap(({ protocol, streams }) => streams.filter(({ flags }) => flags.includes('RTP')).map(({ endpoint, stats }) => ({ ...endpoint, protocol, packets: stats.packets }))),
  )
}
