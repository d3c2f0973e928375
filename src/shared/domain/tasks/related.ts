import { isPractice } from '../calls/rules.ts'
import { callTable } from '../calls/tables.ts'
import { customerTable, locationTable } from '../customers/tables.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { all, get, type Loading } from '../kernel/load.ts'
import { companyTable } from '../people/tables.ts'
import type { RelatedKind } from './tables.ts'

/** What a task takes over from the record it is about. */
export interface Related {
  readonly customerId: string | null
  readonly practice: boolean
}

export interface RelatedRef {
  readonly kind: RelatedKind
  readonly id: string
}

/** The record a task is about; undefined where it is not there. */
export function* loadRelated({ kind, id }: RelatedRef): Loading<Related | undefined> {
  switch (kind) {
    case 'customer': {
      const customer = yield* get(customerTable, id)
      return customer && { customerId: customer.id, practice: false }
    }
    case 'location': {
      const location = yield* get(locationTable, id)
      return location && { customerId: location.customerId, practice: false }
    }
    case 'job':
      return yield* get(jobTable, id)
    case 'invoice':
      return yield* get(invoiceTable, id)
    case 'call': {
      const call = yield* get(callTable, id)
      return call && { customerId: call.customerId, practice: isPractice(call, (yield* all(companyTable))[0]) }
    }
  }
}
