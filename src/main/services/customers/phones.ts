import type { Store } from '../../store/store.ts'
import { and, desc, eq, inArray, schema } from '../../store/schema.ts'

/** The first telephone number of each customer who has one, as E.164. */
export function firstPhones({ db, companyId }: Store, customerIds: readonly string[]): ReadonlyMap<string, string> {
  if (customerIds.length === 0) return new Map()
  const { contactMethod } = schema
  const rows = db
    .select({ customerId: contactMethod.customerId, value: contactMethod.value })
    .from(contactMethod)
    .where(and(eq(contactMethod.companyId, companyId), eq(contactMethod.kind, 'phone'), inArray(contactMethod.customerId, [...new Set(customerIds)])))
    // Last first: the map keeps what is set last.
    .orderBy(desc(contactMethod.position))
    .all()
  return new Map(rows.map(({ customerId, value }) => [customerId, value]))
}
