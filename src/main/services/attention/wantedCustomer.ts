import { customerName } from '../../../shared/domain/customers/naming.ts'
import { refusedChangeTable, type RefusedChange } from '../../../shared/domain/attention/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import type { Store } from '../../store/store.ts'
import { and, asc, eq, schema, sql } from '../../store/schema.ts'
import type { InputOf } from './given.ts'
import { inputOf } from './givenInput.ts'

/** More would not help anybody to find out who it was. */
const MOST = 8

export type WantedCustomer = InputOf<'customer.create'>

/** Whatever could not stand and names this customer, in the order in which it was done. */
export function refusedAbout(customerId: string, { db, engine, companyId }: Store): readonly RefusedChange[] {
  const { refusedChange } = schema
  const rows = db
    .select({ id: refusedChange.id })
    .from(refusedChange)
    .where(and(eq(refusedChange.companyId, companyId), sql`json_extract(${refusedChange.input}, '$.customerId') = ${customerId}`))
    .orderBy(asc(refusedChange.at), asc(refusedChange.id))
    .limit(MOST)
    .all()
  return rows.flatMap(({ id }) => engine.run(get(refusedChangeTable, id)) ?? [])
}

/** The customer as they would have been, had the change stood. */
export function wantedCustomer(changes: readonly RefusedChange[]): WantedCustomer | undefined {
  const creation = changes.find(({ commandName }) => commandName === 'customer.create')
  // Read by the schema of the very command that it was given as.
  return creation && (inputOf(creation) as WantedCustomer | undefined)
}

/** What somebody who could not be recorded is called; null where nobody wrote it down. */
export function wantedName(customerId: string, store: Store): string | null {
  const wanted = wantedCustomer(refusedAbout(customerId, store))
  const name = wanted ? customerName(wanted) : ''
  return name === '' ? null : name
}
