import { batchTable } from '../accounting/tables.ts'
import { callTable } from '../calls/tables.ts'
import { appointmentTable } from '../dispatch/tables.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import type { Table } from '../kernel/table.ts'
import type { SubjectKind } from './tables.ts'

/** The table behind each kind of record that a queue may be about. */
export const SUBJECT_TABLES: Readonly<Record<SubjectKind, Table>> = {
  call: callTable,
  appointment: appointmentTable,
  job: jobTable,
  invoice: invoiceTable,
  batch: batchTable,
}
