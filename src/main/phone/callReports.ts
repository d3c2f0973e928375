import { assertNever } from '../../shared/base/assertNever.ts'
import type { LiveCall } from '../../shared/contract/methods/calls.ts'
import type { CallIdentity, PhoneCall, Transferred } from './port.ts'

/** A command that tells the call log what the telephone has said. */
export interface Report {
  readonly name: 'call.offered' | 'call.answered' | 'call.transferred' | 'call.ended'
  readonly input: Readonly<Record<string, unknown>>
}

/** A call as the log knows it. */
type Identity = Pick<CallIdentity, 'externalId' | 'direction' | 'lineName' | 'lineNumber' | 'fromNumber' | 'offeredAt' | 'practice'> & { readonly extension: string | null }

/** More than any extension has, and what the log takes. */
const LONGEST_EXTENSION = 40

/** What every report carries, and nothing else that a telephone may know. */
export function identityOf({ externalId, direction, lineName, lineNumber, fromNumber, fromExtension, offeredAt, practice }: CallIdentity): Identity {
  return { externalId, direction, lineName, lineNumber, fromNumber, extension: fromExtension?.trim().slice(0, LONGEST_EXTENSION) || null, offeredAt, practice }
}

/** Our own telephone at the other end; null where it is a caller, or somebody who withholds their number. */
export const ownEnd = (call: CallIdentity): string | null => (call.fromNumber === null ? identityOf(call).extension : null)

const rungOf = ({ cameThrough, ringMs }: CallIdentity & { readonly ringMs: number }): number | null => (cameThrough ? null : Math.round(ringMs))

type Had = CallIdentity & { readonly ringMs: number; readonly answeredAt: number; readonly agentId: string | null }

function takenOver(call: Had, { byAgentId, at }: Transferred): Report {
  const { answeredAt, agentId } = call
  return { name: 'call.transferred', input: { ...identityOf(call), ringMs: rungOf(call), answeredAt, agentId, transferredAt: at, transferredBy: byAgentId } }
}

/** Within this of the end a take-over is what ended it, milliseconds of one clock. */
const AT_THE_END = 1_000

type Part = Pick<Extract<PhoneCall, { readonly state: 'ended' }>, 'agentId' | 'transferred'> & { readonly leftBy: string | null }

/**
 * Whose part an end by transfer is the end of: whoever a colleague took the caller from just then, else whoever had them. Where
 * nobody would hear the colleague’s own end it is the colleague’s as well, and only what their telephone reports stands above it.
 */
function partEnded({ cause, agentId, endedAt, transferred, unheard }: Extract<PhoneCall, { readonly state: 'ended' }>): Part {
  const taken = transferred ? { transferred } : {}
  if (cause !== 'transferred') return { agentId, leftBy: null, ...taken }
  if (!transferred || unheard || endedAt - transferred.at > AT_THE_END) return { agentId, leftBy: agentId, ...taken }
  const leftBy = transferred.byAgentId
  // Nobody of ours took them: whoever put them through stays the one who served them.
  return agentId === null ? { agentId: leftBy, leftBy } : { agentId, leftBy, ...taken }
}

/** What the call log has to be told of this phase. */
function reportsOf(call: PhoneCall): readonly Report[] {
  const identity = identityOf(call)
  switch (call.state) {
    case 'offered':
    case 'answering':
      return [{ name: 'call.offered', input: { ...identity } }]
    case 'dialing':
    case 'early':
      return [{ name: 'call.offered', input: { ...identity, agentId: call.agentId } }]
    case 'active':
    case 'held':
    case 'consulting':
    case 'transferring':
    case 'recalling':
    case 'mediaLost':
    case 'renegotiating':
      if (call.transferred) return [takenOver(call, call.transferred)]
      return [{ name: 'call.answered', input: { ...identity, ringMs: rungOf(call), answeredAt: call.answeredAt, agentId: call.agentId } }]
    case 'ended': {
      const { cause, answeredAt, endedAt, talkMs } = call
      const { agentId, leftBy, transferred } = partEnded(call)
      const end: Report = { name: 'call.ended', input: { ...identity, ringMs: rungOf(call), answeredAt, agentId, endedAt, talkMs: Math.round(talkMs), endCause: cause, leftBy } }
      return transferred && answeredAt !== null ? [takenOver({ ...call, answeredAt, agentId }, transferred), end] : [end]
    }
    default:
      return assertNever(call, 'phase of a call')
  }
}

const sameReport = (left: Report, right: Report): boolean => {
  const said = ({ name, input: { fromNumber, agentId, transferredAt } }: Report): string => JSON.stringify([name, fromNumber, agentId, transferredAt])
  return said(left) === said(right)
}

/** Somebody who hangs up on the way to a colleague has not been helped, however short it was: their call broke off. */
function asHeard(before: PhoneCall | null, call: PhoneCall): PhoneCall {
  const onTheWay = before?.state === 'transferring' || before?.state === 'recalling'
  return onTheWay && call.state === 'ended' && call.cause === 'callerHungUp' ? { ...call, cause: 'lost' } : call
}

/** What the log has not been told of this call yet. Its facts are idempotent, but a write costs a sync. */
export function newsOf(before: PhoneCall | null, heard: PhoneCall): readonly Report[] {
  const call = asHeard(before, heard)
  const told = before ? reportsOf(before) : []
  return reportsOf(call).filter((report) => !told.some((one) => sameReport(one, report)))
}

/** The call as the pages see it: whoever is put through or comes back waits, so they are on hold. */
export function liveStateOf(call: PhoneCall): LiveCall['state'] {
  switch (call.state) {
    case 'offered':
    case 'answering':
    case 'dialing':
    case 'early':
      return 'ringing'
    case 'active':
    case 'consulting':
    case 'mediaLost':
    case 'renegotiating':
      return 'live'
    case 'held':
    case 'transferring':
    case 'recalling':
      return 'held'
    case 'ended':
      return 'ended'
    default:
      return assertNever(call, 'phase of a call')
  }
}
