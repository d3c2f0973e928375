import { z } from 'zod'

/**
 * Between the telephone in the main process and the media page, which alone has the microphone and the peer
 * connections. The page knows nothing of calls or customers: it does what it is told to connections named by number.
 */

/** An SDP larger than this is none of ours. */
const LONGEST_SDP = 100_000

const description = z.object({ type: z.enum(['offer', 'answer', 'pranswer', 'rollback']), sdp: z.string().max(LONGEST_SDP) })
export type Description = z.output<typeof description>

/** What is done to one peer connection. They are done in the order they are sent. */
export type MediaOperation =
  /** Makes it, with a microphone track of its own. */
  | { readonly kind: 'create'; readonly iceServers: readonly { readonly urls: readonly string[]; readonly username?: string; readonly credential?: string }[] }
  | { readonly kind: 'offer' }
  | { readonly kind: 'answer' }
  /** Answered once its candidates are gathered, or have had their time. */
  | { readonly kind: 'setLocal'; readonly description: Description }
  | { readonly kind: 'setRemote'; readonly description: Description }
  /** Whether our words go out; the track stays. */
  | { readonly kind: 'speak'; readonly on: boolean }
  | { readonly kind: 'digits'; readonly digits: string; readonly durationMs: number; readonly gapMs: number }
  /** Sends what is heard of both sides as `sound`, from the answer on; `paused` sends silence. A tape is one recording. */
  | { readonly kind: 'record'; readonly to: 'on' | 'paused' | 'off'; readonly tape: string }
  | { readonly kind: 'stats' }
  | { readonly kind: 'close' }

export type MediaOrder =
  | { readonly t: 'op'; readonly call: number; readonly pc: number; readonly op: MediaOperation }
  /** Have the microphone open from now on, so that an answer does not wait for it; or let go of it. */
  | { readonly t: 'microphone'; readonly open: boolean }
  /** The ring tone, over the ringer and where chosen the headset. Stops at once. */
  | { readonly t: 'ring'; readonly on: boolean }
  /** What the caller of an outbound call hears until somebody answers and the far end sends nothing by itself. */
  | { readonly t: 'ringback'; readonly on: boolean }
  /** These hear each other and us; every other connection hears us alone. */
  | { readonly t: 'mix'; readonly pcs: readonly number[] }

const pcState = z.object({
  ice: z.enum(['new', 'checking', 'connected', 'completed', 'disconnected', 'failed', 'closed']),
  signaling: z.enum(['stable', 'have-local-offer', 'have-remote-offer', 'have-local-pranswer', 'have-remote-pranswer', 'closed']),
  local: description.nullable(),
})
export type PcState = z.output<typeof pcState>

const figures = z.object({ inPackets: z.int(), outPackets: z.int(), energy: z.number(), lost: z.int(), jitterMs: z.number(), roundTripMs: z.number().nullable() })
export type MediaFigures = z.output<typeof figures>

const audioStatus = z.enum(['ready', 'missing', 'refused', 'noMicrophone'])

/** What the page says. It is checked, because a page is never believed. */
export const mediaNews = z.discriminatedUnion('t', [
  /** The page can work. Said first, and again whenever the microphone changes. */
  z.object({ t: z.literal('audio'), status: audioStatus, reason: z.string().max(400) }),
  z.object({ t: z.literal('done'), call: z.int(), state: pcState.nullable(), description: description.nullable(), figures: figures.nullable() }),
  z.object({ t: z.literal('failed'), call: z.int(), reason: z.string().max(400) }),
  z.object({ t: z.literal('state'), pc: z.int(), state: pcState }),
  /** The first words of the other side, `at` milliseconds after the connection was made. */
  z.object({ t: z.literal('heard'), pc: z.int() }),
  /** A piece of a recording: so many samples of each side, G.711 µ-law by turns in base64; null is silence. */
  z.object({ t: z.literal('sound'), tape: z.string().max(64), frames: z.int().min(1).max(80_000), sound: z.string().max(220_000).nullable() }),
])
export type MediaNews = z.output<typeof mediaNews>
