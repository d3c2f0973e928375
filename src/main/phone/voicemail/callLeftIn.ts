import { MINUTE } from '../../../shared/base/time.ts'
import { callIdOf } from '../../../shared/domain/calls/facts.ts'
import { type Call, callTable } from '../../../shared/domain/calls/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import type { Services } from '../../core/service.ts'
import type { CallIdentity, Voicemail } from '../port.ts'

/** Greeting, thinking and speaking take so long at most, milliseconds. */
export const SPOKEN_WITHIN_MS = 15 * MINUTE
/** So far apart two clocks may be. */
export const CLOCKS_APART_MS = 2 * MINUTE

type Told = Pick<Voicemail, 'leftAt' | 'seconds'>

/** Whether this message may have been left in that call: nobody took it, and it rang shortly before, whichever telephone heard that. */
function mayBeOf({ direction, offeredAt, answeredAt, voicemailAt }: Call, { leftAt, seconds }: Told): boolean {
  if (direction !== 'in') return false
  // The same message, told once more: what has become of the call since does not matter.
  if (voicemailAt === leftAt) return true
  const rangThen = offeredAt >= leftAt - seconds * 1000 - SPOKEN_WITHIN_MS && offeredAt <= leftAt + CLOCKS_APART_MS
  return rangThen && answeredAt === null && (voicemailAt === null || Math.abs(voicemailAt - leftAt) <= CLOCKS_APART_MS)
}

/** The one with this very message, then the last that rang before it, then one whose telephone's clock is ahead. */
function likelier(one: Call, other: Call, { leftAt }: Told): number {
  const rank = ({ voicemailAt, offeredAt }: Call): number => (voicemailAt === leftAt ? 0 : offeredAt <= leftAt ? 1 : 2)
  return rank(one) - rank(other) || Math.abs(one.offeredAt - leftAt) - Math.abs(other.offeredAt - leftAt)
}

/**
 * The call in the log in which somebody left a message that does not say in which: the one that was made of it when it was told
 * before, else the last call from their number that nobody took, shortly before.
 * @param heard what the message itself says of its call
 */
export function callLeftIn({ store }: Pick<Services, 'store'>, heard: CallIdentity, told: Told): Call | undefined {
  const { engine, companyId } = store
  const made = engine.run(get(callTable, callIdOf(companyId, heard.externalId)))
  if (made || heard.fromNumber === null) return made
  return engine
    .run(range(callTable, 'byNumber', [heard.fromNumber]))
    .filter((call) => call.practice === heard.practice && mayBeOf(call, told))
    .toSorted((one, other) => likelier(one, other, told))[0]
}

/** The call in which a message was left, as its record has it where there is one; else one that was over with the message. */
export function identityLeftIn(parts: Pick<Services, 'store'>, heard: CallIdentity, told: Told): CallIdentity {
  const call = callLeftIn(parts, heard, told)
  if (!call) return { ...heard, offeredAt: Math.min(heard.offeredAt, told.leftAt - Math.max(0, Math.round(told.seconds)) * 1000) }
  const { externalId, direction, lineName, lineNumber, fromNumber, offeredAt, practice } = call
  return { externalId, direction, lineName, lineNumber, fromNumber, offeredAt, practice }
}
