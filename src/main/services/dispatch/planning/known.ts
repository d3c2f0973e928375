import type { Asked } from '../../../core/service.ts'
import { and, eq, isNotNull, schema } from '../../../store/schema.ts'

/** Who was there before: at this very place, or with the customer elsewhere. */
export function knownTechnicians({ store }: Pick<Asked, 'store'>, customerId: string, locationId: string): Readonly<Record<string, 'place' | 'customer'>> {
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
