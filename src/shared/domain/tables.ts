import { alertTable, deskSettingTable } from './alerts/tables.ts'
import { attachmentTable } from './attachments/tables.ts'
import { refusedChangeTable } from './attention/tables.ts'
import { batchTable, bookNameTable, exportRecordTable, ledgerEntryTable } from './accounting/tables.ts'
import { callTable, knownNumberTable } from './calls/tables.ts'
import { consentTable, contactMethodTable, customerTable, flagChangeTable, locationTable, noteTable, serviceAreaTable } from './customers/tables.ts'
import { acceptedMoveTable, appointmentTable, assignmentTable, datedShiftTable, dispatchSettingsTable, onCallTable, technicianTimeTable } from './dispatch/tables.ts'
import { handoffTickTable } from './handoff/tables.ts'
import { handedDraftTable } from './drafts/tables.ts'
import { effectTable } from './effects/tables.ts'
import { fieldReportTable, technicianLinkTable } from './field/tables.ts'
import { importRejectTable, importRunTable } from './intake/tables.ts'
import { invoiceLineTable, invoiceTable, taxZoneTable } from './invoices/tables.ts'
import { jobLineTable, jobTable, jobTypeTable, priceItemTable, priorityTable } from './jobs/tables.ts'
import type { Table } from './kernel/table.ts'
import { leadEntryTable, leadMailboxTable, leadQuestionTable, leadSourceTable, leadTable } from './leads/tables.ts'
import { mailSettingsTable } from './mail/tables.ts'
import { suspensePaymentTable } from './payments/suspense.ts'
import { paymentTable } from './payments/tables.ts'
import { payRateTable } from './people/payRate.ts'
import { businessUnitTable, companyTable, credentialTable, technicianTable, userTable, zoneClockTable } from './people/tables.ts'
import { phoneExtensionTable, phoneLineTable, phoneOutageTable, phoneSettingTable, statusChangeTable, workStatusTable } from './phone/tables.ts'
import { practiceResultTable } from './practice/tables.ts'
import { promiseTable, queueTable } from './promises/tables.ts'
import { callListeningTable, callRecordingTable, voicemailTable } from './recordings/tables.ts'
import { manualTable, manualVersionTable, readReceiptTable, scriptTable, scriptVersionTable, specialTable } from './scripts/tables.ts'
import { taskNoteTable, taskStepTable, taskTable } from './tasks/tables.ts'
import { materialListTable } from './materials/tables.ts'
import { alertSeenTable, truthHourTable } from './watch/tables.ts'
import { waitEntryTable } from './waitlist/tables.ts'

/** Every table of the domain, in the order in which an empty store can be filled. */
export const TABLES: readonly Table[] = [
  companyTable,
  userTable,
  credentialTable,
  businessUnitTable,
  technicianTable,
  payRateTable,
  priorityTable,
  priceItemTable,
  jobTypeTable,
  taxZoneTable,
  queueTable,
  importRunTable,
  importRejectTable,
  customerTable,
  locationTable,
  contactMethodTable,
  noteTable,
  callTable,
  knownNumberTable,
  jobTable,
  jobLineTable,
  dispatchSettingsTable,
  appointmentTable,
  assignmentTable,
  handoffTickTable,
  alertSeenTable,
  truthHourTable,
  materialListTable,
  promiseTable,
  invoiceTable,
  invoiceLineTable,
  paymentTable,
  suspensePaymentTable,
  ledgerEntryTable,
  bookNameTable,
  batchTable,
  exportRecordTable,
  refusedChangeTable,
  mailSettingsTable,
  effectTable,
  attachmentTable,
  callRecordingTable,
  voicemailTable,
  callListeningTable,
  taskTable,
  taskStepTable,
  taskNoteTable,
  scriptTable,
  scriptVersionTable,
  specialTable,
  manualTable,
  manualVersionTable,
  readReceiptTable,
  deskSettingTable,
  alertTable,
  flagChangeTable,
  consentTable,
  serviceAreaTable,
  handedDraftTable,
  waitEntryTable,
  practiceResultTable,
  phoneLineTable,
  phoneExtensionTable,
  phoneSettingTable,
  workStatusTable,
  statusChangeTable,
  phoneOutageTable,
  leadSourceTable,
  leadMailboxTable,
  leadQuestionTable,
  leadTable,
  leadEntryTable,
  zoneClockTable,
  technicianTimeTable,
  datedShiftTable,
  onCallTable,
  acceptedMoveTable,
  technicianLinkTable,
  fieldReportTable,
]

const byName = new Map(TABLES.map((table) => [table.name, table]))

/** A newer Baton may speak of tables that this one does not have. */
export function tableIfKnown(name: string): Table | undefined {
  return byName.get(name)
}

/** @throws where no such table is declared: a bug, not bad input. */
export function tableNamed(name: string): Table {
  const table = byName.get(name)
  if (!table) throw new Error(`No table is named ${name}`)
  return table
}
