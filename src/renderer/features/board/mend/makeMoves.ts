import type { ProposedMove } from '../../../../shared/contract/methods/assistant.ts'
import type { BoardVisit } from '../../../../shared/contract/methods/dispatch.ts'
import type { Acceptance } from '../../../../shared/domain/dispatch/acceptance.ts'
import { api } from '../../../api/api.ts'
import { carryOut, type Move } from '../boardActs.ts'
import { stepsOf } from './moveOrder.ts'

export interface AcceptedMove {
  readonly visit: BoardVisit
  readonly move: ProposedMove
}

const accepting = (acceptance: Acceptance | null) => (acceptance ? { acceptance } : {})
const expecting = (expectedVersion: number | null) => (expectedVersion === null ? {} : { expectedVersion })

function takeOff(visit: BoardVisit, acceptance: Acceptance | null): Move {
  return {
    visit,
    step: (expectedVersion) => api.command('appointment.unassign', { appointmentId: visit.id, ...accepting(acceptance), ...expecting(expectedVersion) }),
    becomes: { technicianId: null, startsAt: null, endsAt: null, ...(visit.state === 'dispatched' ? { state: 'scheduled' } : {}) },
  }
}

function putTo({ visit, move: { after } }: AcceptedMove, acceptance: Acceptance | null): Move {
  if (after === null) return takeOff(visit, acceptance)
  const changesHands = visit.technicianId !== null && visit.technicianId !== after.technicianId
  return {
    visit,
    step: (expectedVersion) => api.command('appointment.assign', { appointmentId: visit.id, ...after, overbookAccepted: false, ...accepting(acceptance), ...expecting(expectedVersion) }),
    becomes: { ...after, ...(changesHands && visit.state === 'dispatched' ? { state: 'scheduled' } : {}) },
  }
}

/**
 * Carries accepted moves out by the board's own commands, as one act with one undo. Careful: who changed a visit since it was
 * proposed is not overridden, be it that the board shows the change by now. Nothing promised moves without an acceptance: the
 * command asks for it where none is given.
 * @returns the visits that are not where they were to go
 */
export async function makeMoves(accepted: readonly AcceptedMove[], words: string, acceptance: Acceptance | null): Promise<ReadonlySet<string>> {
  const visits = new Map(accepted.map(({ visit, move }) => [move, visit]))
  const moves = stepsOf(accepted.map(({ move }) => move)).flatMap(({ kind, move, group }): Move[] => {
    const visit = visits.get(move)
    if (!visit) return []
    return [{ ...(kind === 'take' ? takeOff(visit, acceptance) : putTo({ visit, move }, acceptance)), seenVersion: move.seen.version, group }]
  })
  let stayed: ReadonlySet<string> = new Set()
  await carryOut({
    moves,
    said: words,
    toasted: true,
    careful: true,
    undoable: true,
    overbook: null,
    stayed: (left) => {
      stayed = new Set(left.map(({ id }) => id))
    },
    accept: (stayed, agreed) => {
      const ids = new Set(stayed.map(({ id }) => id))
      void makeMoves(accepted.filter(({ visit }) => ids.has(visit.id)), words, agreed)
    },
  })
  return stayed
}
