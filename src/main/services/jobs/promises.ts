import type { Appointment } from '../../../shared/domain/dispatch/tables.ts'
import { NEW_VISIT } from '../../../shared/domain/dispatch/visit.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { conditionHolds, dueTime } from '../../../shared/domain/promises/engine.ts'
import { holderFor } from '../../../shared/domain/promises/holders.ts'
import { queueTable } from '../../../shared/domain/promises/tables.ts'
import { shortTitle } from '../../../shared/domain/promises/titles.ts'
import type { Asked } from '../../core/service.ts'

interface PlannedVisit {
  readonly windowStartsAt: number
  readonly windowEndsAt: number
  readonly confirmation: boolean
}

/** The visit as `job.book` would record it; ids and texts that no queue asks about stay empty. */
function visitToBe({ windowStartsAt, windowEndsAt, confirmation }: PlannedVisit, asked: Asked): Appointment {
  const now = asked.now()
  return {
    ...NEW_VISIT,
    id: '',
    companyId: asked.store.companyId,
    version: 1,
    createdAt: now,
    createdBy: asked.actorId,
    updatedAt: now,
    updatedBy: asked.actorId,
    jobId: '',
    customerId: '',
    locationId: '',
    businessUnitId: '',
    windowDay: '',
    windowStart: 0,
    windowEnd: 0,
    zone: '',
    windowStartsAt,
    windowEndsAt,
    durationMinutes: 0,
    confirmation: confirmation ? 'owed' : 'none',
    practice: false,
  }
}

/** Asks the queues themselves, so that what the screen announces is what the ledger will hold. */
export function promisesOf(visit: PlannedVisit, asked: Asked): { title: string; holder: string; dueAt: number }[] {
  const { engine } = asked.store
  const users = engine.run(all(userTable))
  const record = { ...visitToBe(visit, asked) }
  return engine
    .run(all(queueTable))
    .filter((queue) => queue.subjectKind === 'appointment' && conditionHolds(queue, record))
    .map((queue) => {
      const { holderUserId, holderRole } = holderFor(null, queue.holderRole, users)
      const person = users.find(({ id }) => id === holderUserId)?.name
      return { title: shortTitle(queue.title, null), holder: person ?? ROLE_NAMES[holderRole], dueAt: dueTime(queue, record, asked.now()) }
    })
    .toSorted((left, right) => left.dueAt - right.dueAt)
}
