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

/**
 * `take`: off its technician for a moment, because each of some waits for another's place. Those of one `group` change places:
 * they hold only together.
 */
export interface MoveStep<Move> {
  readonly kind: 'take' | 'put'
  readonly move: Move
  readonly group?: number
}

/** Everything that waits for this one in a circle: it needs them and they need it. */
function circleOf(first: Linked, waiting: readonly Linked[]): ReadonlySet<string> {
  const reaches = (from: Linked, id: string): boolean => withNeeds(waiting, new Set(from.needs)).has(id)
  return new Set(waiting.filter((move) => move === first || (reaches(first, move.appointmentId) && reaches(move, first.appointmentId))).map(({ appointmentId }) => appointmentId))
}

/**
 * The order in which no move finds another in its place. Where each waits for the next, round and round, one is taken off
 * first: one that breaks no promise, where there is one, and that somebody has. What is locked is taken off nobody: were the rest
 * refused it would stand with nobody, and taking it off forgets what was promised. Where all of a circle are locked none is
 * taken; they are tried as they stand, and refused for who is in the way.
 */
export function stepsOf<Move extends Linked & Pick<ProposedMove, 'broke' | 'before' | 'locked'>>(moves: readonly Move[]): readonly MoveStep<Move>[] {
  const steps: MoveStep<Move>[] = []
  const left = new Set(moves)
  const inPlace = new Set(moves.map(({ appointmentId }) => appointmentId))
  const groups = new Map<string, number>()
  const grouped = ({ appointmentId }: Move): { readonly group?: number } => {
    const group = groups.get(appointmentId)
    return group === undefined ? {} : { group }
  }
  while (left.size > 0) {
    const free = [...left].find(({ needs, appointmentId }) => needs.every((id) => id === appointmentId || !inPlace.has(id)))
    if (free) {
      steps.push({ kind: 'put', move: free, ...grouped(free) })
      left.delete(free)
      inPlace.delete(free.appointmentId)
      continue
    }
    const waiting = [...left].filter(({ appointmentId }) => inPlace.has(appointmentId))
    const isInCircle = (move: Move): boolean => circleOf(move, waiting).size > 1
    const loose = waiting.filter((move) => !move.locked && isInCircle(move))
    const taken = loose.find(({ broke, before }) => broke === null && before !== null) ?? loose.find(({ before }) => before !== null) ?? waiting.find((move) => move.before === null) ?? waiting.find(isInCircle)
    if (!taken) break
    // One that belongs to two circles makes one of them.
    const circle = circleOf(taken, waiting)
    const group = [...circle].map((id) => groups.get(id)).find((known) => known !== undefined) ?? groups.size
    for (const id of circle) groups.set(id, group)
    if (taken.before !== null && !taken.locked) steps.push({ kind: 'take', move: taken, group })
    inPlace.delete(taken.appointmentId)
  }
  return steps
}
