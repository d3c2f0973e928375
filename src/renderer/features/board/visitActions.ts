import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { needsReason, transitionBetween, transitionsFrom } from '../../../shared/domain/dispatch/states.ts'
import type { AppointmentState } from '../../../shared/domain/dispatch/tables.ts'

/** What can be done with a visit as it stands, in the order of its buttons. */
export type VisitAction =
  | { readonly kind: 'assign'; readonly label: string; readonly key: 'A' }
  | { readonly kind: 'unassign'; readonly label: string; readonly key: 'Backspace' }
  | { readonly kind: 'state'; readonly label: string; readonly key: string; readonly to: AppointmentState; readonly asksReason: boolean }
  | { readonly kind: 'closeOut'; readonly label: string; readonly key: 'C' }
  | { readonly kind: 'handOff'; readonly label: string; readonly key: 'K' }
  | { readonly kind: 'crew'; readonly label: string; readonly key: 'G' }
  | { readonly kind: 'promise'; readonly label: string; readonly key: 'P' }
  | { readonly kind: 'reschedule'; readonly label: string; readonly key: 'V' }
  | { readonly kind: 'split'; readonly label: string; readonly key: 'S' }

const STATE_KEYS: Readonly<Partial<Record<AppointmentState, { readonly key: string; readonly label: string }>>> = {
  confirmed: { key: 'Y', label: 'Confirmed' },
  dispatched: { key: 'D', label: 'Dispatch' },
  working: { key: 'W', label: 'Working' },
  done: { key: 'F', label: 'Done' },
  hold: { key: 'H', label: 'Hold' },
  canceled: { key: 'X', label: 'Cancel' },
}

/** Where a visit on hold goes on: where it was when it stopped. */
export function resumeState(visit: BoardVisit): AppointmentState {
  if (visit.technicianId !== null && visit.arrivedAt !== null) return 'working'
  if (visit.technicianId !== null && visit.dispatchedAt !== null) return 'dispatched'
  return 'scheduled'
}

/** The one step back that mends a wrong click. */
function stepBack(visit: BoardVisit): AppointmentState | undefined {
  return transitionsFrom(visit.state).find(({ kind }) => kind === 'back')?.to
}

function stateAction(visit: BoardVisit, to: AppointmentState): VisitAction | undefined {
  const transition = transitionBetween(visit.state, to)
  const words = STATE_KEYS[to]
  if (!transition || !words || transition.kind === 'back' || transition.kind === 'resume') return undefined
  return { kind: 'state', to, asksReason: needsReason(transition), ...words }
}

const WITH_TECHNICIAN: ReadonlySet<AppointmentState> = new Set(['dispatched', 'working', 'done'])

/** The action most visits of this state go on with: the panel's one dark button. */
export function mainAction(visit: BoardVisit, actions: readonly VisitAction[]): VisitAction | undefined {
  const onward = actions.find((action) => action.kind === 'state' && WITH_TECHNICIAN.has(action.to) && action.key !== 'B')
  return visit.technicianId === null ? actions[0] : (onward ?? actions.find(({ kind }) => kind === 'closeOut'))
}

export function actionsFor(visit: BoardVisit): readonly VisitAction[] {
  if (visit.invoiced) return []
  const planned = visit.technicianId !== null
  const movable = visit.state === 'scheduled' || visit.state === 'confirmed' || visit.state === 'dispatched' || visit.state === 'hold'
  const over = visit.state === 'done' || visit.state === 'canceled'
  const back = stepBack(visit)
  const states = (['confirmed', 'dispatched', 'working', 'done', 'hold', 'canceled'] as const)
    .filter((to) => planned || !WITH_TECHNICIAN.has(to))
    .flatMap((to) => stateAction(visit, to) ?? [])
  return [
    ...(movable ? [{ kind: 'assign', key: 'A', label: planned ? 'Move' : 'Assign' } as const] : []),
    ...(visit.state === 'hold' ? [{ kind: 'state', key: 'H', label: 'Resume', to: resumeState(visit), asksReason: false } as const] : []),
    ...states,
    ...(over ? [] : [{ kind: 'handOff', key: 'K', label: 'Hand-off' } as const]),
    ...(over || !planned ? [] : [{ kind: 'crew', key: 'G', label: 'Who goes along' } as const]),
    ...(movable ? [{ kind: 'promise', key: 'P', label: visit.locked ? 'Promise, or unlock' : 'Promise exactly' } as const] : []),
    ...(movable || visit.state === 'canceled' ? [{ kind: 'reschedule', key: 'V', label: 'Another time' } as const] : []),
    ...(over ? [] : [{ kind: 'split', key: 'S', label: 'Split' } as const]),
    ...(visit.state === 'done' ? [{ kind: 'closeOut', key: 'C', label: visit.closedOutAt === null ? 'Close out' : 'Change close-out' } as const] : []),
    ...(back === undefined ? [] : [{ kind: 'state', key: 'B', label: visit.state === 'canceled' ? 'Bring back' : 'Back one step', to: back, asksReason: true } as const]),
    ...(movable && planned ? [{ kind: 'unassign', key: 'Backspace', label: 'Unassign' } as const] : []),
  ]
}
