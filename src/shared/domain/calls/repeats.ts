import { type Change, update } from '../kernel/changes.ts'
import { type Loading, range } from '../kernel/load.ts'
import type { Values } from '../kernel/table.ts'
import { answersEarlier, classify, isPlainlyMissed } from './rules.ts'
import { type Call, callTable } from './tables.ts'

/**
 * Whoever gets nobody tries again, sometimes five times in ten minutes. They are owed one call back: the first try keeps the
 * promise and its deadline, the others are noted on it, and once they have talked with somebody it is returned.
 */

/** What else the same number, or the same customer, has tried. */
export interface Tries {
  /** Calls of theirs that are owed a call back, this one aside. */
  readonly owed: readonly Call[]
  /** Tries that this call’s own call back answers. */
  readonly repeats: readonly Call[]
}

const NONE: Tries = { owed: [], repeats: [] }

/** @param customerId whom the call is linked to, if anybody */
export function* loadTries(call: Call | undefined, said: { readonly externalId: string; readonly direction: 'in' | 'out'; readonly fromNumber: string | null }, customerId: string | null): Loading<Tries> {
  const number = said.fromNumber ?? call?.fromNumber ?? null
  if (said.direction === 'out') return NONE
  const byNumber = number === null ? [] : yield* range(callTable, 'byOwed', ['owed', number])
  const byCustomer = customerId === null ? [] : yield* range(callTable, 'byOwedCustomer', ['owed', customerId])
  const owed = new Map([...byNumber, ...byCustomer].map((one) => [one.id, one]))
  const repeats = call === undefined ? [] : yield* range(callTable, 'byRepeat', [call.id])
  return { owed: [...owed.values()].filter(({ externalId }) => externalId !== said.externalId), repeats }
}

type CallValues = Values<typeof callTable>

const oldest = (calls: readonly Call[]): Call | undefined => calls.toSorted((one, other) => one.offeredAt - other.offeredAt || (one.id < other.id ? -1 : 1))[0]

/** Nobody has talked with them yet: a time that somebody agreed on with them is not theirs to move. */
const waitsUnheard = (call: Call): boolean => call.answeredAt === null && call.outcome === 'abandoned' && call.outcomeByRule

/** Another try stands in for a call that was not missed after all. */
function passOn(repeats: readonly Call[]): readonly Change[] {
  const heir = oldest(repeats.filter(isPlainlyMissed))
  if (!heir) return []
  const others = repeats.filter((one) => one !== heir).map((one) => update(callTable, one, { repeatOf: heir.id }))
  return [update(callTable, heir, { repeatOf: null, ...classify({ ...heir, repeatOf: null }) }), ...others]
}

/**
 * Puts a call among the caller’s other tries.
 * @param call as the facts and the rule have it
 * @param before its row, where there is one
 */
export function amongTries(call: CallValues, { owed, repeats }: Tries, before?: Call): { readonly call: CallValues; readonly others: readonly Change[] } {
  if (answersEarlier(call)) {
    // Only what was tried before it: somebody else of theirs may ring while they talk.
    const answered = owed.filter((one) => one.practice === call.practice && isPlainlyMissed(one) && one.offeredAt < call.offeredAt)
    // What is answered by this call needs nobody in its place.
    return { call, others: answered.map((one) => update(callTable, one, { followUp: 'done' })) }
  }
  if (isPlainlyMissed(call) && call.followUp === 'owed' && before?.followUp !== 'owed') {
    const first = oldest(owed.filter((one) => one.practice === call.practice && waitsUnheard(one)))
    if (!first) return { call, others: [] }
    const joined = { ...call, repeatOf: first.id }
    return { call: { ...joined, ...classify(joined) }, others: [] }
  }
  if (before && before.followUp === 'owed' && call.followUp === 'none') return { call, others: passOn(repeats) }
  return { call, others: [] }
}
