import { placeName } from '../../../shared/domain/customers/naming.ts'
import { locationTable } from '../../../shared/domain/customers/tables.ts'
import { jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { technicianTable, userTable } from '../../../shared/domain/people/tables.ts'
import type { Store } from '../../store/store.ts'
import { companyOf } from '../company.ts'

/** Names for ids, read from the store as records are shown. */
export interface Names {
  /** Empty for what the software did by itself. */
  readonly person: (userId: string | null) => string
  readonly technician: (technicianId: string | null) => string | null
  readonly jobType: (jobTypeId: string) => string
  readonly place: (locationId: string) => string
  /** The company's time zone. */
  readonly zone: string
}

export function namesIn(store: Store): Names {
  const { engine } = store
  return {
    person: (userId) => (userId === null ? '' : (engine.run(get(userTable, userId))?.name ?? '')),
    technician: (technicianId) => (technicianId === null ? null : (engine.run(get(technicianTable, technicianId))?.name ?? null)),
    jobType: (jobTypeId) => engine.run(get(jobTypeTable, jobTypeId))?.name ?? '',
    place: (locationId) => {
      const location = engine.run(get(locationTable, locationId))
      return location ? placeName(location) : ''
    },
    zone: companyOf({ store }).zone,
  }
}
