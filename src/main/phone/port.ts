/**
 * The telephony port: the one shape in which Baton knows a telephone, whatever rings behind it
 * (practice line, SIP, a PBX's events). An adapter lives in the main process and says what happened;
 * the backend in the store's worker turns that into facts and sends commands back. Everything here is
 * plain data, because it crosses a thread.
 *
 * Two rules keep adapters honest:
 * - Every event carries the whole call as it is now, so one that is lost, repeated or late does no harm.
 * - Durations come from a monotonic clock where the call is; epoch times only say when, never how long.
 */

/** What does not change over a call's life. A number that becomes known late may fill in `fromNumber`. */
export interface CallIdentity {
  /** The telephone system's own id, led by the adapter's name: `practice:0198…`, `sip:a84b4c76e66710@pbx`. */
  readonly externalId: string
  readonly direction: 'in' | 'out'
  /** The line or brand that was dialled. */
  readonly lineName: string
  /** E.164. */
  readonly lineNumber: string
  /** The other party in E.164; null where the caller withheld it. */
  readonly fromNumber: string | null
  /** Epoch milliseconds at which the first ring reached this office. */
  readonly offeredAt: number
  /** A practice call is recorded as one and stays out of every number. */
  readonly practice: boolean
}

/** How long it rang, in milliseconds of a monotonic clock; still growing only while `offered`. */
interface Rung {
  readonly ringMs: number
}

interface Answered extends Rung {
  /** The person who took it at this office; null where a desk phone did and nobody knows whose. */
  readonly agentId: string | null
  /** Epoch milliseconds. */
  readonly answeredAt: number
  /** Since the answer, monotonic; held time counts, because the caller was there. */
  readonly talkMs: number
}

/** Why a call is over. `answeredElsewhere` is not a missed call: somebody else picked up the same ring. */
export type EndCause = 'hungUp' | 'callerHungUp' | 'answeredElsewhere' | 'rejected' | 'busy' | 'failed' | 'lost'

/** Where a call is: `offered → answering → active ⇄ held → consulting | transferring → ended`, outbound `dialing → early → active`. */
export type CallPhase =
  | ({ readonly state: 'offered' } & Rung)
  | ({ readonly state: 'answering'; readonly agentId: string | null } & Rung)
  | ({ readonly state: 'dialing' | 'early'; readonly agentId: string | null } & Rung)
  | ({ readonly state: 'active' } & Answered)
  /** `heldMs`: how long the caller has been waiting in this hold. */
  | ({ readonly state: 'held'; readonly heldMs: number } & Answered)
  | ({ readonly state: 'consulting' | 'transferring'; readonly toNumber: string } & Answered)
  /** The words stopped flowing; the call itself is still up and is being mended. */
  | ({ readonly state: 'mediaLost' | 'renegotiating' } & Answered)
  | ({
      readonly state: 'ended'
      readonly cause: EndCause
      readonly agentId: string | null
      readonly answeredAt: number | null
      /** Epoch milliseconds. */
      readonly endedAt: number
      /** From answer to end, monotonic; 0 where nobody answered. */
      readonly talkMs: number
    } & Rung)

export type CallState = CallPhase['state']

export type PhoneCall = CallIdentity & CallPhase

/** What a scripted caller says, shown to the person who trains. */
export interface CallerCard {
  readonly title: string
  /** What the trainee should find out or do. */
  readonly goal: string
  readonly lines: readonly string[]
}

export type PhoneEvent =
  | { readonly kind: 'call'; readonly call: PhoneCall }
  /** A command could not be done; the call is as it was. */
  | { readonly kind: 'refused'; readonly command: PhoneCommand['kind']; readonly externalId: string | null; readonly message: string }
  /** The line to the telephone system itself. */
  | { readonly kind: 'line'; readonly status: 'ready' | 'down'; readonly at: number; readonly reason: string }
  /** Everything that is up has been said; a call the office takes for open and that was not named is over. */
  | { readonly kind: 'reported' }
  /** The schedule of practice calls says: now would be a good time. */
  | { readonly kind: 'practiceDue'; readonly at: number }

/** A practice call as the backend wants it played: the customer is picked where the customers are. */
export interface PracticeRing {
  readonly externalId: string
  readonly lineName: string
  readonly lineNumber: string
  readonly fromNumber: string | null
  /** Hangs up by themselves after ringing this long, milliseconds; null keeps ringing until answered or the line gives up. */
  readonly hangsUpAfterMs: number | null
}

export type PhoneCommand =
  | { readonly kind: 'answer'; readonly externalId: string; readonly agentId: string }
  | { readonly kind: 'hangUp'; readonly externalId: string }
  | { readonly kind: 'hold'; readonly externalId: string }
  | { readonly kind: 'resume'; readonly externalId: string }
  | { readonly kind: 'dial'; readonly number: string; readonly agentId: string }
  | { readonly kind: 'practiceRing'; readonly ring: PracticeRing }
  /** The line of a practice call goes dead. */
  | { readonly kind: 'practiceCutOff'; readonly externalId: string }
  /** Every so many minutes, or null to stop. */
  | { readonly kind: 'practiceSchedule'; readonly everyMinutes: number | null }
  /** Says every call that is up once more and then `reported`, for a backend that has just started. */
  | { readonly kind: 'report' }

export interface PhonePort {
  /** Never throws and never waits: what became of a command arrives as an event. */
  send(command: PhoneCommand): void
  /** @returns a function that stops listening. */
  listen(listener: (event: PhoneEvent) => void): () => void
  close(): void
}

const FOLLOWS: Readonly<Record<CallState, readonly CallState[]>> = {
  offered: ['answering', 'active', 'ended'],
  answering: ['active', 'ended'],
  dialing: ['early', 'active', 'ended'],
  early: ['active', 'ended'],
  active: ['held', 'consulting', 'transferring', 'mediaLost', 'ended'],
  held: ['active', 'consulting', 'transferring', 'mediaLost', 'ended'],
  consulting: ['active', 'held', 'transferring', 'mediaLost', 'ended'],
  transferring: ['active', 'held', 'ended'],
  mediaLost: ['renegotiating', 'ended'],
  renegotiating: ['active', 'held', 'mediaLost', 'ended'],
  ended: [],
}

/** True where an adapter may report `to` right after `from`; saying the same state again is always allowed. */
export function mayFollow(from: CallState, to: CallState): boolean {
  return from === to || FOLLOWS[from].includes(to)
}
