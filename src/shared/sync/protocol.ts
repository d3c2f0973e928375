import { z } from 'zod'
import { ID_PATTERN } from '../base/id.ts'
import { MAX_FRAME_BYTES } from '../contract/frames.ts'
import type { Refusal } from '../domain/kernel/refusal.ts'
import type { AnyRow } from '../domain/kernel/table.ts'

/**
 * What a workstation and the hub say to each other. Commands go up in the order in which the workstation ran them; whole
 * commands' rows come down in the order in which the hub accepted them. Both orders have no holes, so either side knows
 * by counting when it has missed something.
 */

/** Raised when messages change so that one side can't understand the other. */
export const SYNC_PROTOCOL = 1

/** Commands in one push. */
export const PUSH_LIMIT = 100

/** Feed entries in one page. */
export const PAGE_LIMIT = 500

/** A message larger than this is refused before it is parsed. */
export const MAX_MESSAGE_BYTES = 2 * MAX_FRAME_BYTES

const id = z.string().regex(ID_PATTERN)
const natural = z.int().min(0)

/** A command on its way up. The device and the company are those of the connection. */
export const pushedCommand = z.strictObject({
  /** The command's place in the workstation's own order: 1, 2, 3 and so on. */
  wsSeq: z.int().min(1),
  id,
  name: z.string().min(1).max(80),
  version: z.int().min(1),
  at: natural,
  actorId: id,
  operationId: id.nullable(),
  numbers: z.record(z.string().max(20), z.string().max(40)),
  input: z.unknown(),
  /** SHA-256 of all the above, hex: the same id with another hash is another command, and nobody's to merge. */
  hash: z.string().length(64),
  /** Its person waits for the hub's word (posting a batch): a refusal is answered, and opens no promise. */
  awaited: z.boolean(),
  /** Its place in the feed of an earlier epoch, where the hub had accepted it before it was restored. */
  formerSeq: natural.nullable(),
})

export type PushedCommand = z.output<typeof pushedCommand>

/** What became of a command at the hub. */
export type Outcome = 'accepted' | 'refused' | 'parked'

export interface Acknowledgement {
  readonly id: string
  readonly wsSeq: number
  /** Its place in the feed. */
  readonly seq: number
  readonly outcome: Outcome
  readonly refusal: Refusal | null
}

export type PushAnswer =
  | { readonly kind: 'done'; readonly acknowledged: readonly Acknowledgement[] }
  /** Commands are missing before the first one: send again from this place. */
  | { readonly kind: 'gap'; readonly expected: number }
  /** This place in the workstation's order holds another command: two copies of one data folder are at work. */
  | { readonly kind: 'cloned'; readonly wsSeq: number }
  | { readonly kind: 'revoked' }
  /** The hub does not know this command or its version yet. */
  | { readonly kind: 'hubTooOld'; readonly command: string }
  /** The hub was restored and first takes back what it forgot; come again. */
  | { readonly kind: 'recovering' }
  /**
   * The restored hub keeps all of these that carry a former place until their turn, and says its word on them with the
   * feed. What it knew already is acknowledged here.
   */
  | { readonly kind: 'staged'; readonly acknowledged: readonly Acknowledgement[] }

/** A row as it is after a command; null where it is gone. Table, id, row. */
export type FeedRow = readonly [table: string, id: string, row: AnyRow | null]

/** One command's effect, whole. */
export interface FeedEntry {
  readonly seq: number
  readonly commandId: string
  readonly name: string
  readonly at: number
  readonly actorId: string
  readonly deviceId: string
  readonly wsSeq: number
  readonly outcome: Outcome
  readonly rows: readonly FeedRow[]
}

/** Entries with seq in (after, upTo], all of them; an entry this workstation has no clearance for comes without rows. */
export interface Page {
  readonly after: number
  readonly upTo: number
  readonly entries: readonly FeedEntry[]
}

export type PullAnswer =
  | { readonly kind: 'page'; readonly page: Page; readonly more: boolean }
  /** The feed does not reach back so far, or the hub was restored: take a snapshot. */
  | { readonly kind: 'resync'; readonly reason: 'floor' | 'epoch' | 'ahead' }
  | { readonly kind: 'revoked' }

/** Where a company's hub stands. */
export interface HubPosition {
  readonly epoch: string
  readonly seq: number
  /** The oldest place that the feed can be read from. */
  readonly feedFloor: number
  /**
   * Up to here every epoch of this feed agrees. A workstation that comes from another epoch gives back its commands
   * with places above it.
   */
  readonly epochSeq: number
}

/** What a telephone does that others may want to know. */
export const CALL_PRESENCES = ['ringing', 'talking', 'holding'] as const

export interface CallPresence {
  readonly state: (typeof CALL_PRESENCES)[number]
  /** Epoch milliseconds. */
  readonly since: number
}

/** From the workstation. `n` pairs an answer with its question. */
export const upMessage = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('hello'), protocol: z.int(), schema: z.int(), version: z.string().max(40), epoch: z.string().max(40), cursor: natural }),
  z.strictObject({ t: z.literal('push'), n: natural, commands: z.array(pushedCommand).min(1).max(PUSH_LIMIT) }),
  z.strictObject({ t: z.literal('pull'), n: natural, epoch: z.string().max(40), after: natural }),
  z.strictObject({ t: z.literal('lease'), n: natural, name: z.string().min(1).max(120), action: z.enum(['take', 'renew', 'release']), token: z.string().max(64).nullable(), seconds: z.int().min(1).max(600) }),
  z.strictObject({
    t: z.literal('presence'),
    people: z
      .array(
        z.strictObject({
          userId: id,
          state: z.enum(['here', 'onCall', 'locked']),
          record: z.strictObject({ kind: z.string().max(40), id }).nullable(),
          /** What their telephone does, and since when (epoch milliseconds); absent where it does nothing. */
          call: z.strictObject({ state: z.enum(CALL_PRESENCES), since: natural }).optional(),
        }),
      )
      .max(50),
  }),
  z.strictObject({ t: z.literal('ping') }),
])

export type UpMessage = z.output<typeof upMessage>

/** What is asked about a lease. */
export type LeaseQuestion = Omit<Extract<UpMessage, { t: 'lease' }>, 't' | 'n'>

/** Who is at which workstation, doing what. */
export interface PresentPerson {
  readonly userId: string
  readonly deviceId: string
  readonly state: 'here' | 'onCall' | 'locked'
  readonly record: { readonly kind: string; readonly id: string } | null
  readonly call?: CallPresence | undefined
}

/** What the office calls a workstation. */
export interface DeviceName {
  readonly deviceId: string
  readonly name: string
}

export type LeaseAnswer =
  | { readonly kind: 'held'; readonly token: string; readonly expiresAt: number }
  | { readonly kind: 'taken'; readonly byDeviceId: string; readonly expiresAt: number }
  | { readonly kind: 'released' }

export type DownMessage =
  | { readonly t: 'welcome'; readonly position: HubPosition; readonly companyId: string; readonly hubVersion: string; readonly at: number; readonly recovering: boolean; readonly lastWsSeq: number }
  /** This workstation's Baton is too old or too new for the hub; the sentence says what to do. */
  | { readonly t: 'upgrade'; readonly status: 426; readonly message: string }
  | { readonly t: 'pushed'; readonly n: number; readonly answer: PushAnswer }
  | { readonly t: 'pulled'; readonly n: number; readonly answer: PullAnswer }
  | { readonly t: 'leased'; readonly n: number; readonly answer: LeaseAnswer }
  /** The feed as it grows. */
  | { readonly t: 'page'; readonly page: Page }
  /** Everybody who is there; and names that this line was not told yet, after its welcome all of them. */
  | { readonly t: 'presence'; readonly people: readonly PresentPerson[]; readonly devices: readonly DeviceName[] }
  | { readonly t: 'revoked' }
  | { readonly t: 'pong' }
  | { readonly t: 'error'; readonly message: string }
