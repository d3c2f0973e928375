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

export interface Answered extends Rung {
  /** The person who took it at this office; null where a desk phone did and nobody knows whose. */
  readonly agentId: string | null
  /** Epoch milliseconds. */
  readonly answeredAt: number
  /** Since the answer, monotonic; held time counts, because the caller was there. */
  readonly talkMs: number
  /** The last transfer that somebody took; absent while whoever answered has the caller. */
  readonly transferred?: Transferred
}

/** A transfer that was taken. `agentId` of its call is whoever took it. */
export interface Transferred {
  /** Who put the caller through. */
  readonly byAgentId: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** A blind transfer within the office. `agentId` of its call stays whoever put the caller through, until it is taken. */
interface Transferring extends Answered {
  readonly toAgentId: string
  /** How long the telephone in question has rung, monotonic; the caller hears that, or music. */
  readonly waitMs: number
}

/** Why a call is over. `answeredElsewhere` is not a missed call: somebody else picked up the same ring. */
export type EndCause = 'hungUp' | 'callerHungUp' | 'answeredElsewhere' | 'rejected' | 'busy' | 'failed' | 'lost'

/**
 * Where a call is: `offered → answering → active ⇄ held → consulting | transferring → ended`, outbound `dialing → early → active`.
 * A blind transfer goes `active | held → transferring`, and from there to `active` with the colleague, back to `active` with
 * whoever put it through, or to `recalling`. An attended one goes through `consulting`, where the two talk first.
 */
export type CallPhase =
  | ({ readonly state: 'offered' } & Rung)
  | ({ readonly state: 'answering'; readonly agentId: string | null } & Rung)
  | ({ readonly state: 'dialing' | 'early'; readonly agentId: string | null } & Rung)
  | ({ readonly state: 'active' } & Answered)
  /** `heldMs`: how long the caller has been waiting in this hold. */
  | ({ readonly state: 'held'; readonly heldMs: number } & Answered)
  | ({ readonly state: 'consulting'; readonly toNumber: string } & Answered)
  /** The colleague's telephone rings. */
  | ({ readonly state: 'transferring' } & Transferring)
  /** Nobody took it (transfer recall): it rings whoever put the caller through. */
  | ({ readonly state: 'recalling' } & Transferring)
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
      readonly transferred?: Transferred
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

export interface Voicemail {
  /** Epoch milliseconds at which the caller had spoken. */
  readonly leftAt: number
  /** How long it is. */
  readonly seconds: number
  /** Where the telephone system keeps the recording, in its own words; null where it does not say. */
  readonly recording: string | null
}

export type PhoneEvent =
  | { readonly kind: 'call'; readonly call: PhoneCall }
  /** What a caller left who reached nobody, often known only after the end. Said twice it is one. */
  | { readonly kind: 'voicemail'; readonly call: CallIdentity; readonly voicemail: Voicemail }
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
  /** Speaks to the machine for so long where nobody answered; leaves nothing where absent. */
  readonly voicemailSeconds?: number
}

export type PhoneCommand =
  /** A ring, a transfer to this agent, or a recall of their own. */
  | { readonly kind: 'answer'; readonly externalId: string; readonly agentId: string }
  | { readonly kind: 'hangUp'; readonly externalId: string }
  | { readonly kind: 'hold'; readonly externalId: string }
  /** Takes back a caller who is on hold, or whose transfer nobody has taken yet. */
  | { readonly kind: 'resume'; readonly externalId: string }
  /** Blind transfer of a call that is up: rings the colleague, who has the caller once they answer. */
  | { readonly kind: 'transfer'; readonly externalId: string; readonly toAgentId: string }
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
  transferring: ['active', 'held', 'recalling', 'ended'],
  recalling: ['active', 'transferring', 'ended'],
  mediaLost: ['renegotiating', 'ended'],
  renegotiating: ['active', 'held', 'mediaLost', 'ended'],
  ended: [],
}

/** True where an adapter may report `to` right after `from`; saying the same state again is always allowed. */
export function mayFollow(from: CallState, to: CallState): boolean {
  return from === to || FOLLOWS[from].includes(to)
}
