import { assignmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import type { Store } from '../../store/store.ts'
import type { HubPort } from '../../sync/port.ts'

/** Who asks, and how this workstation stands to its hub. */
export interface Linked {
  readonly store: Store
  readonly hub: Pick<HubPort, 'state'>
}

const NONE: ReadonlySet<string> = new Set()

/**
 * The visits that were booked, planned or moved here while the hub does not hear of it: somebody else may have the time
 * by then, so they are not promised as certain.
 */
export function tentativeVisits({ store, hub }: Linked): ReadonlySet<string> {
  const { link } = hub.state()
  if (link !== 'offline' && link !== 'stopped') return NONE
  const visits = new Set(store.sync.pendingRows('appointment'))
  for (const id of store.sync.pendingRows('assignment')) {
    const assignment = store.engine.run(get(assignmentTable, id))
    if (assignment) visits.add(assignment.appointmentId)
  }
  return visits
}
