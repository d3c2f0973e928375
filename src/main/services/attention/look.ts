import { MINUTE, type Instant, type IsoDay } from '../../../shared/base/time.ts'
import { formatTime, formatWeekday, formatWindow, wallTimeOf } from '../../../shared/base/zone.ts'
import { batchTable, type Batch } from '../../../shared/domain/accounting/tables.ts'
import { callTable, type Call } from '../../../shared/domain/calls/tables.ts'
import { customerTable } from '../../../shared/domain/customers/tables.ts'
import { appointmentTable, type Appointment } from '../../../shared/domain/dispatch/tables.ts'
import { invoiceTable, type Invoice } from '../../../shared/domain/invoices/tables.ts'
import { jobTable, type Job } from '../../../shared/domain/jobs/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import type { Row, Table } from '../../../shared/domain/kernel/table.ts'
import { paymentTable, type Payment } from '../../../shared/domain/payments/tables.ts'
import { promiseTable, type Promised } from '../../../shared/domain/promises/tables.ts'
import type { Asked } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { type Names, namesIn } from '../customers/names.ts'
import type { Opens } from './given.ts'
import { wantedName } from './wantedCustomer.ts'

/** What the words about a change are made from: the records as they are here now. */
export interface Look extends Names {
  readonly now: Instant
  /** Without the right to see prices, what a job costs is left out. */
  readonly pricesShown: boolean
  /** Also of one who could not be recorded, as long as the change that says the name is kept. */
  readonly customer: (id: string | null) => string
  /** Where a customer's page is; null where they are not recorded. */
  readonly page: (customerId: string) => Opens | null
  readonly visit: (id: string) => Appointment | undefined
  readonly job: (id: string) => Job | undefined
  readonly invoice: (id: string) => Invoice | undefined
  readonly payment: (id: string) => Payment | undefined
  readonly batch: (id: string) => Batch | undefined
  readonly call: (id: string) => Call | undefined
  readonly promise: (id: string) => Promised | undefined
}

/** Looks into the store for whoever asks. */
export function lookFor(asked: Pick<Asked, 'store' | 'now' | 'session'>): Look {
  const { engine } = asked.store
  const row =
    <T extends Table>(table: T) =>
    (id: string): Row<T> | undefined =>
      engine.run(get(table, id))
  const customer = row(customerTable)
  return {
    ...namesIn(asked.store),
    zone: companyOf(asked).zone,
    now: asked.now(),
    pricesShown: asked.session.may('price.see'),
    customer: (id) => (id === null ? null : (customer(id)?.name ?? wantedName(id, asked.store))) ?? 'a customer who is not here',
    page: (customerId) => (customer(customerId) ? { kind: 'customer', id: customerId, day: null } : null),
    visit: row(appointmentTable),
    job: row(jobTable),
    invoice: row(invoiceTable),
    payment: row(paymentTable),
    batch: row(batchTable),
    call: row(callTable),
    promise: row(promiseTable),
  }
}

type Clock = Pick<Look, 'zone' | 'now'>

/** `Today` or `Wed, Jul 15`. */
export function dayWords(day: IsoDay, { zone, now }: Clock): string {
  return day === wallTimeOf(now, zone).day ? 'Today' : formatWeekday(day)
}

/** `Today, 2:15 PM`. */
export function momentWords(at: Instant, clock: Clock): string {
  return `${dayWords(wallTimeOf(at, clock.zone).day, clock)}, ${formatTime(at, clock.zone)}`
}

/** `Today, 1–2:30 PM`; the day is the start’s. */
export function spanWords(startsAt: Instant, endsAt: Instant, clock: Clock): string {
  const start = wallTimeOf(startsAt, clock.zone)
  return `${dayWords(start.day, clock)}, ${formatWindow(start.minute, start.minute + Math.round((endsAt - startsAt) / MINUTE))}`
}

/** An arrival window as promised: `Today, 4–6 PM`. */
export function windowWords(window: { readonly windowDay: IsoDay; readonly windowStart: number; readonly windowEnd: number }, clock: Clock): string {
  return `${dayWords(window.windowDay, clock)}, ${formatWindow(window.windowStart, window.windowEnd)}`
}

/** `Nora Whitfield’s visit`; of one that is not here, `a visit`. */
export function visitWords(appointmentId: string, look: Look): string {
  const visit = look.visit(appointmentId)
  return visit ? `${look.customer(visit.customerId)}\u2019s visit` : 'a visit'
}

export const technicianWords = (technicianId: string, look: Look): string => look.technician(technicianId) ?? 'a technician who is not here'

/** `invoice 1042`, or whose it is while it has no number. */
export function invoiceWords(invoice: Invoice | undefined, look: Look): string {
  if (!invoice) return 'an invoice'
  return invoice.number === null ? `${look.customer(invoice.customerId)}\u2019s invoice` : `invoice ${invoice.number}`
}

export const jobWords = (job: Job | undefined): string => (job ? `job ${job.number}` : 'a job')

export const batchWords = (batch: Batch | undefined): string => (batch ? `batch ${batch.number}` : 'a batch')
