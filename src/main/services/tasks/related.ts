import { formatPhone } from '../../../shared/base/phone.ts'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { RelatedRecord } from '../../../shared/contract/methods/tasks.ts'
import { callTable } from '../../../shared/domain/calls/tables.ts'
import { customerTable, locationTable } from '../../../shared/domain/customers/tables.ts'
import { invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { jobTable } from '../../../shared/domain/jobs/tables.ts'
import { get, type Loading } from '../../../shared/domain/kernel/load.ts'
import type { RelatedKind } from '../../../shared/domain/tasks/tables.ts'

export interface RelatedFound {
  readonly record: RelatedRecord
  readonly customerId: string | null
}

const found = (kind: RelatedKind, id: string, label: string, customerId: string | null, day: string | null = null): RelatedFound => ({ record: { kind, id, label, day }, customerId })

/** The record a task is about, as its button says it; undefined where it is not there. */
export function* relatedRecord(kind: RelatedKind, id: string, zone: string): Loading<RelatedFound | undefined> {
  switch (kind) {
    case 'customer': {
      const customer = yield* get(customerTable, id)
      return customer && found(kind, id, customer.name, id)
    }
    case 'location': {
      const location = yield* get(locationTable, id)
      return location && found(kind, id, location.line1, location.customerId)
    }
    case 'job': {
      const job = yield* get(jobTable, id)
      return job && found(kind, id, `Job ${job.number}`, job.customerId)
    }
    case 'invoice': {
      const invoice = yield* get(invoiceTable, id)
      return invoice && found(kind, id, invoice.number === null ? 'Invoice in draft' : `Invoice ${invoice.number}`, invoice.customerId)
    }
    case 'call': {
      const call = yield* get(callTable, id)
      if (!call) return undefined
      const { day } = wallTimeOf(call.offeredAt, zone)
      const who = call.callerName !== '' ? call.callerName : call.fromNumber === null ? 'a withheld number' : formatPhone(call.fromNumber)
      return found(kind, id, `Call of ${formatDay(day)}, ${formatTime(call.offeredAt, zone)}, ${who}`, call.customerId, day)
    }
  }
}
