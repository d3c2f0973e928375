import type { WaitListEntry, waitListMethods } from '../../../shared/contract/methods/waitlist.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { customerTable, locationTable } from '../../../shared/domain/customers/tables.ts'
import { appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { type WaitEntry, waitEntryTable } from '../../../shared/domain/waitlist/tables.ts'
import type { Asked, Implementation } from '../../core/service.ts'
import { firstPhones } from '../customers/phones.ts'
import { promisedFor } from '../promises/dueTime.ts'

function offerOf({ offerDay, offerStart, offerEnd, offerZone, offerStartsAt, offerEndsAt, offerUntil }: WaitEntry): WaitListEntry['offer'] {
  if (offerDay === null || offerStart === null || offerEnd === null || offerZone === null || offerStartsAt === null || offerEndsAt === null || offerUntil === null) return null
  return { day: offerDay, start: offerStart, end: offerEnd, zone: offerZone, startsAt: offerStartsAt, endsAt: offerEndsAt, until: offerUntil }
}

function describe(entries: readonly WaitEntry[], asked: Asked): readonly WaitListEntry[] {
  const { store } = asked
  const phones = firstPhones(store, entries.map(({ customerId }) => customerId))
  return entries.map((entry) => {
    const { customerId, locationId, jobTypeId, businessUnitId, summary, fromDay, toDay, part, askedAt, state, offersMade, practice } = entry
    const kept = store.engine.run(getIf(appointmentTable, entry.visitId))
    const location = store.engine.run(getIf(locationTable, locationId))
    return {
      entryId: entry.id,
      customerId,
      customerName: store.engine.run(get(customerTable, customerId))?.name ?? 'Unknown customer',
      locationId,
      place: location ? placeName(location) : '',
      phone: entry.phone ?? phones.get(customerId) ?? null,
      jobTypeId,
      jobTypeName: store.engine.run(get(jobTypeTable, jobTypeId))?.name ?? '',
      businessUnitId,
      summary,
      fromDay,
      toDay,
      part,
      askedAt,
      dueAt: promisedFor(asked, 'wait_entry', entry.id) ?? entry.callBackBy,
      state,
      offer: offerOf(entry),
      offersMade,
      keeps: kept ? { appointmentId: kept.id, day: kept.windowDay, start: kept.windowStart, end: kept.windowEnd } : null,
      resolution: entry.resolution,
      practice,
    }
  })
}

export const waitListService: Implementation<typeof waitListMethods> = {
  'waitList.list': (_input, asked) => {
    const { engine } = asked.store
    const byDue = (state: WaitEntry['state']): readonly WaitListEntry[] => describe(engine.run(range(waitEntryTable, 'byState', [state])), asked).toSorted((left, right) => left.dueAt - right.dueAt)
    return { entries: [...byDue('offered'), ...byDue('waiting')] }
  },
  'waitList.get': ({ entryId }, asked) => {
    const entry = asked.store.engine.run(get(waitEntryTable, entryId))
    return entry ? (describe([entry], asked)[0] ?? null) : null
  },
}
