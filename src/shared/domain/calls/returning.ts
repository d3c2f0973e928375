import { get, type Loading, range } from '../kernel/load.ts'
import { type Call, callTable } from './tables.ts'

/** Calls that are returned: who is owed an answer gets it when somebody of ours reaches them, whoever dialled and for whatever reason. */

/** The other end of a call, as far as it is known. */
export interface Party {
  readonly externalId: string
  readonly practice: boolean
  /** E.164. */
  readonly number: string | null
  readonly customerId: string | null
  /** Epoch milliseconds. */
  readonly offeredAt: number
  readonly returnsCallId: string | null
}

/** Everything from and to this number, and of this customer. A caller on the practice line and a real one are never each other’s. */
function* callsWith({ externalId, practice, number, customerId, returnsCallId }: Party): Loading<readonly Call[]> {
  const found = [
    ...(number === null ? [] : yield* range(callTable, 'byNumber', [number])),
    ...(number === null ? [] : yield* range(callTable, 'byCallBackNumber', [number])),
    ...(customerId === null ? [] : yield* range(callTable, 'byCustomer', [customerId])),
  ]
  const named = returnsCallId === null ? undefined : yield* get(callTable, returnsCallId)
  const calls = new Map([...found, ...(named ? [named] : [])].map((call) => [call.id, call]))
  return [...calls.values()].filter((call) => call.externalId !== externalId && call.practice === practice)
}

/** The calls that are owed an answer and have it with this outgoing call, because it was answered. */
export function* returned(party: Party): Loading<readonly Call[]> {
  const calls = yield* callsWith(party)
  return calls.filter((call) => call.followUp === 'owed' && call.offeredAt < party.offeredAt)
}

/** True where somebody of ours has reached this caller since they rang, which is heard of only now. */
export function* returnedBefore(party: Party): Loading<boolean> {
  const calls = yield* callsWith(party)
  return calls.some((call) => call.direction === 'out' && call.answeredAt !== null && call.offeredAt > party.offeredAt)
}
