import { customerTable } from '../../../../shared/domain/customers/tables.ts'
import { get } from '../../../../shared/domain/kernel/load.ts'
import type { Asked } from '../../../core/service.ts'
import { and, eq, isNotNull, schema } from '../../../store/schema.ts'
import type { Preference } from './preferences.ts'

/** Who was there before: at this very place, or with the customer elsewhere. */
function knownTechnicians({ store }: Pick<Asked, 'store'>, customerId: string, locationId: string | null): Readonly<Record<string, 'place' | 'customer'>> {
  const { appointment } = schema
  const rows = store.db
    .select({ technicianId: appointment.technicianId, locationId: appointment.locationId })
    .from(appointment)
    .where(and(eq(appointment.companyId, store.companyId), eq(appointment.customerId, customerId), eq(appointment.state, 'done'), isNotNull(appointment.technicianId)))
    .all()
  const known: Record<string, 'place' | 'customer'> = {}
  for (const row of rows) {
    if (row.technicianId === null) continue
    if (row.locationId === locationId) known[row.technicianId] = 'place'
    else known[row.technicianId] ??= 'customer'
  }
  return known
}

/**
 * What speaks for technicians with a customer, and against: by technician.
 * @param locationId null where the place is not recorded yet: nobody was there
 */
export function preferencesOf(asked: Pick<Asked, 'store'>, customerId: string, locationId: string | null): Readonly<Record<string, Preference>> {
  const customer = asked.store.engine.run(get(customerTable, customerId))
  const known = knownTechnicians(asked, customerId, locationId)
  const notWanted = customer?.notWantedIds ?? []
  const ids = new Set([...Object.keys(known), ...notWanted, ...(customer?.askedForId ? [customer.askedForId] : [])])
  return Object.fromEntries([...ids].map((id): [string, Preference] => [id, { known: known[id] ?? null, wish: notWanted.includes(id) ? 'notWanted' : customer?.askedForId === id ? 'asked' : null }]))
}
