import type { SoundState } from '../../shared/contract/methods/voicemails.ts'
import type { LineAccount } from './lineAccounts.ts'
import type { RecordCommand, RecordingState, TapeNews } from './recording/tapeNews.ts'

export type { AmiAccount, DialogsAccount, EslAccount, HookAddress, LineAccount, RingCentralAccount, SipAccount, TwilioAccount, WebhookAccount } from './lineAccounts.ts'

/**
 * The telephony port: the one shape in which Baton knows a telephone, whatever rings behind it (practice line, SIP, a PBX's
 * events). An adapter lives in the main process and says what happened; the backend in the store's worker turns that into
 * facts and sends commands back. Everything here is plain data, because it crosses a thread.
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
  /** Set where the other party is a telephone of this office: a colleague who asks something, not a caller. */
  readonly fromExtension?: string
  /** Set where nothing rang: a colleague’s caller came through to whoever had been asked about them. How long they rang is the colleague’s to say. */
  readonly cameThrough?: true
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
  /** The caller does not hear this office. */
  readonly muted?: boolean
  /** Absent where nothing records this call. */
  readonly recording?: RecordingState
  /** All three talk with each other; the third is whoever was consulted. */
  readonly conference?: boolean
  /** The tones sent so far, as far as the telephone keeps them: `1#4`. */
  readonly digits?: string
}

/** Whom a call is put through to: a colleague of ours at their telephone, or any number (E.164 or an extension as it is dialled). */
export type Target = { readonly kind: 'colleague'; readonly agentId: string; readonly extension: string | null } | { readonly kind: 'number'; readonly number: string }

/** A transfer that was taken. `agentId` of its call is whoever took it. */
export interface Transferred {
  /** Who put the caller through. */
  readonly byAgentId: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** A blind transfer. `agentId` of its call stays whoever put the caller through, until it is taken. */
interface Transferring extends Answered {
  /** The colleague it rings; null where it goes to a number. */
  readonly toAgentId: string | null
  /** The number or extension it goes to; null where only the colleague is known. */
  readonly toNumber: string | null
  /** How long the telephone in question has rung, monotonic; the caller hears that, or music. */
  readonly waitMs: number
}

/**
 * Why a call is over. `answeredElsewhere` is not a missed call: somebody else picked up the same ring. `transferred`: whoever
 * had the caller put them through to another telephone and has no more part in it. Where a colleague took them at that very
 * moment, `agentId` and `transferred` say so, as ever; else `agentId` is whoever put them through. A telephone of ours that
 * has the caller then goes on reporting the call under the same `externalId`, and what it says stands above this end.
 */
export type EndCause = 'hungUp' | 'callerHungUp' | 'answeredElsewhere' | 'rejected' | 'busy' | 'failed' | 'lost' | 'transferred'

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
  /** The caller is on hold while the two talk first; `heldMs` is how long already. */
  | ({ readonly state: 'consulting'; readonly toAgentId: string | null; readonly toNumber: string | null; readonly consult: 'ringing' | 'talking'; readonly heldMs: number } & Answered)
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
      /** Of an end by transfer: nothing more is heard of the colleague’s telephone. Where it reports nothing itself, the call is over with this. */
      readonly unheard?: true
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
  /** What the caller said: WAV or MP3, as the telephone system gave it out; not looked into yet. Absent while it has not, and where it never does. */
  readonly sound?: Uint8Array
  /** The telephone system does not say in which call it was left: whoever keeps the log looks for it there. */
  readonly apart?: boolean
}

/** What the telephone in use can be asked to do; a screen offers nothing else. */
export const ABILITIES = ['answer', 'reject', 'hangUp', 'dial', 'hold', 'mute', 'digits', 'transfer', 'transferToNumber', 'consult', 'conference', 'pickUp', 'doNotDisturb', 'record'] as const
export type Ability = (typeof ABILITIES)[number]

/** The line to the telephone system itself, and who we are there. */
export interface LineState {
  /** `none`: no telephone is set up, only the practice line. */
  readonly status: 'none' | 'connecting' | 'ready' | 'down'
  /** Epoch milliseconds since when. */
  readonly at: number
  /** Why it is down, as a sentence for people; empty otherwise. */
  readonly reason: string
  /** As people know it: `Extension 101 at phones.example.com`. */
  readonly account: string
  readonly abilities: readonly Ability[]
  readonly doNotDisturb: boolean
  /** Voicemails waiting as the telephone system counts them (RFC 3842); null where it does not say. */
  readonly messages: { readonly fresh: number; readonly old: number } | null
  /** Where words go in and come out; null where the telephone brings its own (a desk phone). */
  readonly audio: AudioState | null
}

/** `missing`: no page holds the audio now. `refused`: the browser or the system denies the microphone. */
export interface AudioState {
  readonly status: 'ready' | 'missing' | 'refused' | 'noMicrophone'
  /** As a sentence for people; empty where it is ready. */
  readonly reason: string
}

/** The system’s own records of what is on each colleague’s telephone (RFC 4235), for who is on the phone and for pick-up. */
export interface ExtensionState {
  readonly extension: string
  readonly state: 'idle' | 'ringing' | 'busy'
}

export type PhoneEvent =
  | { readonly kind: 'call'; readonly call: PhoneCall }
  /** What a caller left who reached nobody, often known only after the end. Said twice it is one: the sound may come after the word. */
  | { readonly kind: 'voicemail'; readonly call: CallIdentity; readonly voicemail: Voicemail }
  /** How it stands with the sound of a voicemail that is not here yet. `reason` is for the log, and names no secret. */
  | { readonly kind: 'voicemailSound'; readonly externalId: string; readonly state: SoundState; readonly reason: string }
  /** What was recorded since this was said last: G.711 µ-law, this office and the other side by turns. Nothing of a pause is in it but silence. */
  | { readonly kind: 'tape'; readonly externalId: string; readonly tape: TapeNews; readonly bytes: Uint8Array }
  /** A command could not be done; the call is as it was. */
  | { readonly kind: 'refused'; readonly command: PhoneCommand['kind']; readonly externalId: string | null; readonly message: string }
  | { readonly kind: 'line'; readonly line: LineState }
  | { readonly kind: 'extension'; readonly extension: ExtensionState }
  /** What came of trying an account, as a sentence for people. `attempt` is the one of its command. */
  | { readonly kind: 'tried'; readonly attempt: string; readonly ready: boolean; readonly sentence: string }
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

/** A practice call outward: it reaches nobody, a scripted person picks up. */
export interface PracticeDial {
  readonly externalId: string
  readonly lineName: string
  readonly lineNumber: string
  /** E.164; the practice line rings nobody there. */
  readonly number: string
  readonly agentId: string
  /** Picks up after ringing this long, milliseconds; null does not pick up. */
  readonly answersAfterMs: number | null
}

export type PhoneCommand =
  /** A ring, a transfer to this agent, or a recall of their own. */
  | { readonly kind: 'answer'; readonly externalId: string; readonly agentId: string }
  /** Silences a ring here; where others ring too, it rings on there. */
  | { readonly kind: 'reject'; readonly externalId: string }
  | { readonly kind: 'hangUp'; readonly externalId: string }
  | { readonly kind: 'hold'; readonly externalId: string }
  /** Takes back a caller who is on hold, or whose transfer nobody has taken yet; a consultation ends with it. */
  | { readonly kind: 'resume'; readonly externalId: string }
  | { readonly kind: 'mute'; readonly externalId: string; readonly on: boolean }
  /** Tones, one after the other: `0` to `9`, `*`, `#`. */
  | { readonly kind: 'digits'; readonly externalId: string; readonly digits: string }
  /** Blind transfer of a call that is up: rings the target, who has the caller once they answer. */
  | { readonly kind: 'transfer'; readonly externalId: string; readonly to: Target }
  /** Holds the caller and calls the target, to talk first. */
  | { readonly kind: 'consult'; readonly externalId: string; readonly to: Target }
  /** Attended transfer: whoever is consulted has the caller. */
  | { readonly kind: 'completeTransfer'; readonly externalId: string }
  /** All three together. */
  | { readonly kind: 'conference'; readonly externalId: string }
  | { readonly kind: 'dial'; readonly number: string; readonly agentId: string }
  /** Takes a call that rings at a colleague’s telephone, or in the group. */
  | { readonly kind: 'pickUp'; readonly extension: string; readonly agentId: string }
  | { readonly kind: 'doNotDisturb'; readonly on: boolean }
  | RecordCommand
  /** Another telephone from now on; null is the practice line alone. Calls that are up on the one before are ended. */
  | { readonly kind: 'configure'; readonly account: LineAccount | null }
  /** Registers with this account for a moment and leaves the one in use as it is; answered by `tried`. */
  | { readonly kind: 'tryAccount'; readonly account: LineAccount; readonly attempt: string }
  /** From now on says what is on these colleagues’ telephones, and on no others. */
  | { readonly kind: 'watch'; readonly extensions: readonly string[] }
  | { readonly kind: 'practiceRing'; readonly ring: PracticeRing }
  | { readonly kind: 'practiceDial'; readonly dial: PracticeDial }
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
