import { isMine, useCallsStore } from './calls.ts'
import type { RouteTarget } from './route.ts'

/**
 * One person who answers the telephone and dispatches (D21). While they talk they have the call's layout; the board they
 * were taken from is back after the call. Only what a call took away comes back: who left the board by themselves stays.
 */
interface RoleMode {
  readonly userId: string
  /** The board as it was left for the first of the calls that are up. */
  readonly board: RouteTarget
}

let taken: RoleMode | null = null

/** A call takes this person from the board. */
export function takeFromBoard(userId: string, board: RouteTarget): void {
  taken = { userId, board }
}

/** They are on the board again, or somebody else is at the page. */
export function stayThere(): void {
  taken = null
}

/**
 * Where to go once a call is done with: to the board it took this person from, if no other caller is with them.
 * @param otherwise where everybody else goes
 * @param doneId the call that was just booked on: the page may not have heard yet that nothing is left to be said of it
 */
export function afterCall<Otherwise extends RouteTarget | null>(otherwise: Otherwise, doneId: string | null = null): RouteTarget | Otherwise {
  if (!taken) return otherwise
  const { userId, board } = taken
  const { calls, unsaid } = useCallsStore.getState()
  if (unsaid.some(({ callId }) => callId !== doneId) || calls.some(({ call }) => isMine(call, userId))) return otherwise
  taken = null
  return board
}
