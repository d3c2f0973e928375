import { placeName } from '../../../shared/domain/customers/naming.ts'
import { locationTable } from '../../../shared/domain/customers/tables.ts'
import { jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { type Technician, technicianTable, userTable } from '../../../shared/domain/people/tables.ts'
import type { Store } from '../../store/store.ts'
import { companyOf } from '../company.ts'

/** Names for ids, read from the store as records are shown. */
export interface Names {
  /** Empty for what the software did by itself; a technician may have done it by their link. */
  readonly person: (userId: string | null) => string
  readonly technician: (technicianId: string | null) => string | null
  readonly jobType: (jobTypeId: string) => string
  readonly place: (locationId: string) => string
  /** The company's time zone. */
  readonly zone: string
}

/** Who is nobody of the office and acts all the same: a technician, by their link. Empty for nobody. */
export function byTheLink(technician: Technician | undefined): string {
  return technician ? `${technician.name}, by the link` : ''
}

export function namesIn(store: Store): Names {
  const { engine } = store
  return {
    person: (userId) => (userId === null ? '' : (engine.run(get(userTable, userId))?.name ?? byTheLink(engine.run(get(technicianTable, userId))))),
    technician: (technicianId) => (technicianId === null ? null : (engine.run(get(technicianTable, technicianId))?.name ?? null)),
    jobType: (jobTypeId) => engine.run(get(jobTypeTable, jobTypeId))?.name ?? '',
    place: (locationId) => {
      const location = engine.run(get(locationTable, locationId))
      return location ? placeName(location) : ''
    },
    zone: companyOf({ store }).zone,
  }
}
