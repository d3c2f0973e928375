import { customType, integer, type SQLiteColumn, sqliteTable, type SQLiteTableWithColumns, text } from 'drizzle-orm/sqlite-core'
import { canonicalJson } from '../../shared/base/canonicalJson.ts'
import { alertTable } from '../../shared/domain/alerts/tables.ts'
import { attachmentTable } from '../../shared/domain/attachments/tables.ts'
import { refusedChangeTable } from '../../shared/domain/attention/tables.ts'
import { batchTable, bookNameTable, exportRecordTable, ledgerEntryTable } from '../../shared/domain/accounting/tables.ts'
import { callTable } from '../../shared/domain/calls/tables.ts'
import { contactMethodTable, customerTable, locationTable, noteTable } from '../../shared/domain/customers/tables.ts'
import { appointmentTable, assignmentTable, dispatchSettingsTable } from '../../shared/domain/dispatch/tables.ts'
import { importRejectTable, importRunTable } from '../../shared/domain/intake/tables.ts'
import { invoiceLineTable, invoiceTable, taxZoneTable } from '../../shared/domain/invoices/tables.ts'
import { jobLineTable, jobTable, jobTypeTable, priceItemTable, priorityTable } from '../../shared/domain/jobs/tables.ts'
import { type Column, columnName, columnsOf, type Row, type Table } from '../../shared/domain/kernel/table.ts'
import { suspensePaymentTable } from '../../shared/domain/payments/suspense.ts'
import { paymentTable } from '../../shared/domain/payments/tables.ts'
import { payRateTable } from '../../shared/domain/people/payRate.ts'
import { businessUnitTable, companyTable, credentialTable, technicianTable, userTable } from '../../shared/domain/people/tables.ts'
import { practiceResultTable } from '../../shared/domain/practice/tables.ts'
import { promiseTable, queueTable } from '../../shared/domain/promises/tables.ts'
import { taskNoteTable, taskStepTable, taskTable } from '../../shared/domain/tasks/tables.ts'

/** The declared tables as drizzle sees them: queries are typed from the same declarations as commands. */

type DrizzleColumn<TableName extends string, T> = SQLiteColumn<{
  name: string
  tableName: TableName
  dataType: 'custom'
  columnType: 'SQLiteCustomColumn'
  data: NonNullable<T>
  driverParam: unknown
  notNull: null extends T ? false : true
  hasDefault: false
  isPrimaryKey: false
  isAutoincrement: false
  hasRuntimeDefault: false
  enumValues: undefined
  baseColumn: never
  identity: undefined
  generated: undefined
}>

type DrizzleTable<T extends Table> = SQLiteTableWithColumns<{
  name: T['name']
  schema: undefined
  dialect: 'sqlite'
  columns: { [K in keyof Row<T> & string]: DrizzleColumn<T['name'], Row<T>[K]> }
}>

const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: canonicalJson,
  fromDriver: (stored) => JSON.parse(stored) as unknown,
})

function build(property: string, column: Column<unknown>) {
  const name = columnName(property)
  switch (column.kind) {
    case 'id':
    case 'text':
    case 'day':
      return text(name)
    case 'json':
      return json(name)
    case 'boolean':
      return integer(name, { mode: 'boolean' })
    case 'integer':
    case 'instant':
    case 'cents':
      return integer(name)
  }
}

function drizzleTable<T extends Table>(table: T): DrizzleTable<T> {
  const columns = Object.fromEntries(columnsOf(table).map(([property, column]) => [property, build(property, column)]))
  return sqliteTable(table.name, columns) as unknown as DrizzleTable<T>
}

export const schema = {
  practiceResult: drizzleTable(practiceResultTable),
  company: drizzleTable(companyTable),
  user: drizzleTable(userTable),
  credential: drizzleTable(credentialTable),
  businessUnit: drizzleTable(businessUnitTable),
  technician: drizzleTable(technicianTable),
  payRate: drizzleTable(payRateTable),
  priority: drizzleTable(priorityTable),
  priceItem: drizzleTable(priceItemTable),
  jobType: drizzleTable(jobTypeTable),
  taxZone: drizzleTable(taxZoneTable),
  queue: drizzleTable(queueTable),
  importRun: drizzleTable(importRunTable),
  importReject: drizzleTable(importRejectTable),
  customer: drizzleTable(customerTable),
  location: drizzleTable(locationTable),
  contactMethod: drizzleTable(contactMethodTable),
  note: drizzleTable(noteTable),
  call: drizzleTable(callTable),
  job: drizzleTable(jobTable),
  jobLine: drizzleTable(jobLineTable),
  dispatchSettings: drizzleTable(dispatchSettingsTable),
  appointment: drizzleTable(appointmentTable),
  assignment: drizzleTable(assignmentTable),
  promise: drizzleTable(promiseTable),
  invoice: drizzleTable(invoiceTable),
  invoiceLine: drizzleTable(invoiceLineTable),
  payment: drizzleTable(paymentTable),
  suspensePayment: drizzleTable(suspensePaymentTable),
  ledgerEntry: drizzleTable(ledgerEntryTable),
  bookName: drizzleTable(bookNameTable),
  batch: drizzleTable(batchTable),
  exportRecord: drizzleTable(exportRecordTable),
  refusedChange: drizzleTable(refusedChangeTable),
  task: drizzleTable(taskTable),
  taskStep: drizzleTable(taskStepTable),
  taskNote: drizzleTable(taskNoteTable),
  attachment: drizzleTable(attachmentTable),
  alert: drizzleTable(alertTable),
}

/** The operators that queries are built with; the only way drizzle leaves this folder. */
export { and, asc, count, desc, eq, exists, gt, gte, inArray, isNotNull, isNull, lt, min, ne, not, notInArray, or, sql, sum, type SQL } from 'drizzle-orm'
