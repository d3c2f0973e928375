import type { ProposedMove } from '../../../../shared/contract/methods/assistant.ts'

/** Which moves of a proposal belong together, and in which order they can be carried out one by one. */

type Linked = Pick<ProposedMove, 'appointmentId' | 'needs'>

/** A move with everything it needs, and what that needs. */
export function withNeeds(moves: readonly Linked[], chosen: ReadonlySet<string>): ReadonlySet<string> {
  const needsOf = new Map(moves.map(({ appointmentId, needs }) => [appointmentId, needs]))
  const all = new Set<string>()
  const waiting = [...chosen]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (all.has(id)) continue
    all.add(id)
    waiting.push(...(needsOf.get(id) ?? []))
  }
  return all
}

/** Takes a move out of those chosen, with every one that has no room without it. */
export function withoutMove(moves: readonly Linked[], chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const left = new Set(chosen)
  const gone = [id]
  for (let next = gone.pop(); next !== undefined; next = gone.pop()) {
    left.delete(next)
    for (const move of moves) if (left.has(move.appointmentId) && move.needs.includes(next)) gone.push(move.appointmentId)
  }
  return left
}

/** `take`: off its technician for a moment, because each of some waits for another's place. */
export interface MoveStep<Move> {
  readonly kind: 'take' | 'put'
  readonly move: Move
}

/**
 * The order in which no move finds another in its place. Where each waits for the next, round and round, one is taken off
 * first: one that breaks no promise, where there is one, and that somebody has.
 */
export function stepsOf<Move extends Linked & Pick<ProposedMove, 'broke' | 'before'>>(moves: readonly Move[]): readonly MoveStep<Move>[] {
  const steps: MoveStep<Move>[] = []
  const left = new Set(moves)
  const inPlace = new Set(moves.map(({ appointmentId }) => appointmentId))
  while (left.size > 0) {
    const free = [...left].find(({ needs, appointmentId }) => needs.every((id) => id === appointmentId || !inPlace.has(id)))
    if (free) {
      steps.push({ kind: 'put', move: free })
      left.delete(free)
      inPlace.delete(free.appointmentId)
      continue
    }
    const waiting = [...left].filter(({ appointmentId }) => inPlace.has(appointmentId))
    const taken = waiting.find(({ broke, before }) => broke === null && before !== null) ?? waiting.find(({ before }) => before !== null) ?? waiting[0]
    if (!taken) break
    if (taken.before !== null) steps.push({ kind: 'take', move: taken })
    inPlace.delete(taken.appointmentId)
  }
  return steps
}
