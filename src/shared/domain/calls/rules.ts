import { compareText } from '../../base/text.ts'
import { type Instant, MINUTE } from '../../base/time.ts'
import type { Company } from '../people/tables.ts'
import { CALL_KIND_RULES } from './kinds.ts'
import { type End, joinLegs, type Legs, NO_END, type Together, together, UNNAMED } from './legs.ts'
import type { Call } from './tables.ts'

/** C5: an answered call shorter than this, of which nobody said anything, is Excused. */
const SHORT_CALL_MS = 60_000

/** A caller who was missed or not booked is called back within the hour, unless a person says otherwise (002). */
export const CALL_BACK_MINUTES = 60

/** The rings that the office's limit is made of: "answer within three rings" (002, 004). */
export const RINGS_ALLOWED = 3

export const REASON_WITHHELD = 'Number withheld'
export const REASON_SHORT = 'Under a minute'
export const REASON_REPEAT = 'Called before; one call back is owed'
export const REASON_ELSEWHERE = 'Answered on another telephone'
const REASON_PUT_THROUGH = 'Put through to another telephone'

/** What the telephone has said of a call so far. */
export type CallFacts = Pick<
  Call,
  | 'externalId'
  | 'direction'
  | 'lineName'
  | 'lineNumber'
  | 'fromNumber'
  | 'extension'
  | 'offeredAt'
  | 'practice'
  | 'legs'
  | 'ringMs'
  | 'answeredAt'
  | 'agentId'
  | 'endedAt'
  | 'talkMs'
  | 'endCause'
  | 'transferredAt'
  | 'transferredBy'
  | 'leftAt'
  | 'leftBy'
  | 'voicemailAt'
  | 'voicemailSeconds'
  | 'voicemailRecording'
  | 'countsFrom'
>

const least = (left: number | null, right: number | null): number | null => (left === null ? right : right === null ? left : Math.min(left, right))
const most = (left: number | null, right: number | null): number | null => (left === null ? right : right === null ? left : Math.max(left, right))

/** What is known beats what is not; where two reports disagree the smaller wins, on every machine alike. */
function known<T extends string>(left: T, right: T): T
function known<T extends string>(left: T | null, right: T | null): T | null
function known<T extends string>(left: T | null, right: T | null): T | null {
  if (left === null || left === '') return right
  if (right === null || right === '') return left
  return compareText(left, right) <= 0 ? left : right
}

type Handled = Pick<CallFacts, 'agentId' | 'transferredAt' | 'transferredBy'>

/** Whoever took the caller over last has them: a transfer stands over the answer before it, whichever is heard of first. */
function handledBy(left: Handled, right: Handled): Handled {
  const later = (left.transferredAt ?? 0) - (right.transferredAt ?? 0)
  const { agentId, transferredAt, transferredBy } =
    later > 0 ? left : later < 0 ? right : { agentId: known(left.agentId, right.agentId), transferredAt: left.transferredAt ?? right.transferredAt, transferredBy: known(left.transferredBy, right.transferredBy) }
  return { agentId, transferredAt, transferredBy }
}

type Left = Pick<CallFacts, 'leftAt' | 'leftBy'>

/** Who put the call on last. */
function leftLast(left: Left, right: Left): Left {
  const later = (left.leftAt ?? 0) - (right.leftAt ?? 0)
  const { leftAt, leftBy } = later > 0 ? left : later < 0 ? right : { leftAt: left.leftAt ?? right.leftAt, leftBy: known(left.leftBy, right.leftBy) }
  return { leftAt, leftBy }
}

/**
 * The end of the call as far as anybody knows. Whoever has it now put it on to a telephone that reports nothing: then it is
 * over for us with that. Told by who has it and not by the times, because those come from two machines.
 */
function endOf({ endedAt, endCause, talks }: End & Pick<Together, 'talks'>, { agentId, transferredAt, leftAt, leftBy }: Handled & Left): End {
  if (endedAt !== null || leftAt === null || talks) return { endedAt, endCause }
  const gone = leftBy === null ? (transferredAt ?? 0) < leftAt : agentId === leftBy || agentId === null
  return gone ? { endedAt: leftAt, endCause: 'transferred' } : NO_END
}

type Standing = Pick<CallFacts, 'legs' | 'ringMs' | 'answeredAt' | 'endedAt' | 'endCause'>

/** What all the telephones of a call make of it, and the machine that the caller spoke to. */
function standingOf(legs: Legs, parts: Handled & Left & Pick<CallFacts, 'voicemailAt'>): Standing {
  const { ringMs, answeredAt, endedAt, endCause, talks } = together(legs, parts.voicemailAt)
  return { legs, ringMs, answeredAt, ...endOf({ endedAt, endCause, talks }, parts) }
}

/** A call that was recorded before telephones were told apart is one telephone’s. */
function legsOf({ legs, offeredAt, ringMs, answeredAt, endedAt, endCause }: CallFacts): Legs {
  return legs ?? { [UNNAMED]: { offeredAt, ringMs, answeredAt, endedAt, endCause } }
}

/**
 * One report, taken as what it is: what one workstation’s telephone says, and of an end by transfer that one person’s part is
 * over.
 * @param deviceId the workstation; null for what is no telephone’s word on the ring, such as a voicemail
 */
export function asReported(facts: Omit<CallFacts, 'legs'>, deviceId: string | null): CallFacts {
  const { offeredAt, ringMs, answeredAt, endedAt, endCause } = facts
  const left = endCause === 'transferred' ? { leftAt: endedAt, leftBy: facts.leftBy ?? facts.agentId } : {}
  const legs = deviceId === null ? {} : { [deviceId]: { offeredAt, ringMs, answeredAt, endedAt, endCause } }
  return { ...facts, ...left, ...standingOf(legs, { ...facts, ...left }) }
}

/**
 * Puts two reports of one call together. It is commutative, associative and idempotent, so reports may
 * come twice, late and in any order and the row ends the same.
 */
export function joinFacts(left: CallFacts, right: CallFacts): CallFacts {
  const handled = handledBy(left, right)
  const parts = leftLast(left, right)
  const voicemailAt = least(left.voicemailAt, right.voicemailAt)
  return {
    externalId: left.externalId,
    // Whoever a call of ours is put through to says that it comes in.
    direction: left.direction === 'out' || right.direction === 'out' ? 'out' : 'in',
    lineName: known(left.lineName, right.lineName),
    lineNumber: known(left.lineNumber, right.lineNumber),
    fromNumber: known(left.fromNumber, right.fromNumber),
    extension: known(left.extension, right.extension),
    offeredAt: Math.min(left.offeredAt, right.offeredAt),
    practice: left.practice || right.practice,
    ...handled,
    ...parts,
    ...standingOf(joinLegs(legsOf(left), legsOf(right)), { ...handled, ...parts, voicemailAt }),
    talkMs: most(left.talkMs, right.talkMs),
    voicemailAt,
    voicemailSeconds: most(left.voicemailSeconds, right.voicemailSeconds),
    voicemailRecording: known(left.voicemailRecording, right.voicemailRecording),
    countsFrom: least(left.countsFrom, right.countsFrom),
  }
}

/** True for a call between our own telephones: nobody is a customer in it, and nothing that is owed or counted. */
export function isInternal(call: Pick<Call, 'extension' | 'fromNumber'>): boolean {
  return call.extension !== null && call.fromNumber === null
}

/** A caller who withheld the number can be called back only once we know who it was or where they want to be called; a voicemail may say both. */
export function canCallBack(call: Pick<Call, 'fromNumber' | 'callBackNumber' | 'customerId' | 'voicemailAt'>): boolean {
  return call.fromNumber !== null || call.callBackNumber !== null || call.customerId !== null || call.voicemailAt !== null
}

export function defaultCallBack(from: Instant): Instant {
  return from + CALL_BACK_MINUTES * MINUTE
}

export type Classification = Pick<Call, 'state' | 'outcome' | 'outcomeByRule' | 'reason' | 'followUp' | 'callBackBy'>

type Rule = Pick<Call, 'outcome' | 'reason'> & { readonly owes: boolean }

const NOTHING_YET: Rule = { outcome: null, reason: '', owes: false }

/** C5, for an incoming call that is over and of which nobody has said how it ended. */
function ruleFor(call: CallFacts & Pick<Call, 'kind'>): Rule {
  if (call.endedAt === null || call.direction === 'out' || isInternal(call)) return NOTHING_YET
  const answer = call.kind === null ? null : CALL_KIND_RULES[call.kind].answered
  // Nobody calls a solicitor back, answered or not; who asked for a technician and was not heard still waits for the answer.
  if (answer && (call.answeredAt !== null || answer.outcome === 'notLead')) return { ...answer, owes: false }
  // Whoever spoke to the machine waits for an answer, however the call got there.
  if (call.voicemailAt !== null) return { outcome: call.answeredAt === null ? 'abandoned' : 'unbooked', reason: '', owes: true }
  if (call.answeredAt === null) {
    return call.endCause === 'answeredElsewhere' ? { outcome: 'excused', reason: REASON_ELSEWHERE, owes: false } : { outcome: 'abandoned', reason: '', owes: true }
  }
  // Whoever has the caller now owes the answer; at a telephone that reports nothing, that is all we will hear.
  if (call.endCause === 'transferred') return { outcome: 'excused', reason: REASON_PUT_THROUGH, owes: false }
  const talked = call.talkMs ?? call.endedAt - call.answeredAt
  // A call that broke off says nothing by its length: the caller is still owed an answer.
  if (talked < SHORT_CALL_MS && call.endCause !== 'lost') return { outcome: 'excused', reason: REASON_SHORT, owes: false }
  return { outcome: 'unbooked', reason: '', owes: true }
}

/** True where a person said how the call ended, or booked on it; the rule then keeps its hands off. */
function decidedByPerson(call: Pick<Call, 'outcome' | 'outcomeByRule'>): boolean {
  return call.outcome === 'booked' || (call.outcome !== null && !call.outcomeByRule)
}

/** Where a call stands: what a person said of it, else what C5 makes of the facts. A call back that was made stays made. */
export function classify(call: Omit<Call, 'state' | 'companyId' | 'version' | 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy'>): Classification {
  const state = call.endedAt !== null ? 'ended' : call.answeredAt !== null ? 'live' : 'ringing'
  if (decidedByPerson(call)) {
    const { outcome, outcomeByRule, reason, followUp, callBackBy } = call
    return { state, outcome, outcomeByRule, reason, followUp, callBackBy }
  }
  const rule = ruleFor(call)
  const worked = call.followUp === 'done' || call.followUp === 'dropped'
  const repeated = isRepeat(call, rule)
  const owed = rule.owes && canCallBack(call) && !repeated
  return {
    state,
    outcome: rule.outcome,
    outcomeByRule: rule.outcome !== null,
    reason: repeated ? REASON_REPEAT : rule.owes && !owed ? REASON_WITHHELD : rule.reason,
    followUp: worked ? call.followUp : owed ? 'owed' : 'none',
    callBackBy: worked ? call.callBackBy : owed && call.endedAt !== null ? defaultCallBack(Math.max(call.voicemailAt ?? call.endedAt, call.countsFrom ?? 0)) : null,
  }
}

/** Who tried again and got nobody is owed one call back, not two; what they said to a machine or to one of us is answered by itself. */
function isRepeat(call: Pick<Call, 'repeatOf' | 'answeredAt' | 'voicemailAt'>, rule: Rule): boolean {
  return call.repeatOf !== null && rule.owes && call.answeredAt === null && call.voicemailAt === null
}

/** True for a call that nobody answered and of which nobody has said anything: its caller may have tried again. */
export function isPlainlyMissed(call: Pick<Call, 'direction' | 'outcome' | 'outcomeByRule' | 'voicemailAt' | 'answeredAt'>): boolean {
  return call.direction === 'in' && call.outcome === 'abandoned' && call.outcomeByRule && call.voicemailAt === null && call.answeredAt === null
}

/** True where the caller has talked with somebody long enough that an earlier try of theirs is answered. */
export function answersEarlier(call: Pick<Call, 'direction' | 'state' | 'answeredAt' | 'talkMs'>): boolean {
  return call.direction === 'in' && call.state === 'ended' && call.answeredAt !== null && (call.talkMs ?? 0) >= SHORT_CALL_MS
}

/** What a booking makes of its call. A call back that was owed has been made: the caller is booked. The first job keeps the call. */
export function bookedOn(
  call: Pick<Call, 'followUp' | 'jobId'>,
  booked: { readonly jobId: string; readonly customerId: string; readonly locationId: string },
): Pick<Call, 'jobId' | 'customerId' | 'locationId' | 'outcome' | 'outcomeByRule' | 'reason' | 'followUp' | 'callBackBy'> {
  return {
    ...booked,
    jobId: call.jobId ?? booked.jobId,
    outcome: 'booked',
    outcomeByRule: false,
    reason: '',
    followUp: call.followUp === 'owed' ? 'done' : call.followUp,
    callBackBy: null,
  }
}

/** Which ring it is, counted from 1. The limit is what three rings take (18 s for the usual cadence of 2 s on, 4 s off). */
export function ringNumber(ringMs: number, limitSeconds: number): number {
  return Math.floor(ringMs / ((limitSeconds * 1000) / RINGS_ALLOWED)) + 1
}

export function answeredInTime(call: Pick<Call, 'answeredAt' | 'ringMs'>, limitSeconds: number): boolean {
  return call.answeredAt !== null && call.ringMs !== null && call.ringMs <= limitSeconds * 1000
}

/** True for the calls that the office is measured by: incoming, real, from outside, and not taken on another telephone. */
export function counts(call: Pick<Call, 'direction' | 'practice' | 'state' | 'answeredAt' | 'endCause' | 'extension' | 'fromNumber'>): boolean {
  if (call.practice || call.direction === 'out' || call.state === 'ringing' || isInternal(call)) return false
  return call.answeredAt !== null || call.endCause !== 'answeredElsewhere'
}

/**
 * Whether what comes of a call is practice and moves no number. Before the company is live the practice line rehearses the
 * whole office: there it counts like any other.
 */
export function isPractice(call: Pick<Call, 'practice'> | undefined, company: Pick<Company, 'phase'> | undefined): boolean {
  return call?.practice === true && company?.phase === 'live'
}
