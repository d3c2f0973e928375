import type { IsoDay } from '../../../shared/base/time.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import type { Exception, InvoiceDetail, ReviewRow } from '../../../shared/contract/methods/invoices.ts'
import type { RouteTarget } from '../../stores/route.ts'

export type RowStatus = 'stop' | 'look' | 'clean'

/** Whether a document may go to the books, has to be seen first, or is stopped. */
export function statusOf(row: ReviewRow): RowStatus {
  if (row.exceptions.some((exception) => exception.severity === 'stop')) return 'stop'
  return row.kind === 'job' || row.kind === 'draft' || row.exceptions.length > 0 ? 'look' : 'clean'
}

/** May it enter a batch now? */
export function isReady(row: ReviewRow): boolean {
  return (row.kind === 'invoice' || row.kind === 'payment') && statusOf(row) !== 'stop'
}

export interface Said {
  readonly words: string
  /** `alert` stops it, `hold` waits for somebody, `quiet` is only said. */
  readonly tone: 'alert' | 'hold' | 'quiet'
}

/** What the last column says: the first thing that stops it, what it waits for, or what is worth seeing. */
export function saidOf(row: ReviewRow): Said {
  const stop = row.exceptions.find((exception) => exception.severity === 'stop')
  if (stop) return { words: stop.reason, tone: 'alert' }
  if (row.kind === 'job') return { words: 'Not invoiced yet', tone: 'hold' }
  if (row.kind === 'draft') return { words: 'Draft, not final', tone: 'hold' }
  return { words: row.exceptions.map((exception) => exception.reason).join('; '), tone: 'quiet' }
}

/** Where something that was found is mended. */
export function mendTarget(link: Exception['link'], customerId: string): RouteTarget {
  switch (link.kind) {
    case 'invoice':
      return invoiceTarget(link.id)
    case 'payment':
      return { area: 'money', query: { row: link.id } }
    case 'customer':
      return { area: 'customers', path: [link.id] }
    case 'location':
      return { area: 'customers', path: [customerId], query: { location: link.id } }
    case 'job':
      return { area: 'jobs', path: [link.id] }
    case 'company':
    case 'business_unit':
      return { area: 'settings' }
  }
}

export const MEND_WORDS: Readonly<Record<Exception['link']['kind'], string>> = {
  invoice: 'Open the invoice',
  payment: 'Open the payment',
  customer: 'Open the customer',
  location: 'Open the place',
  job: 'Open the job',
  company: 'Open settings',
  business_unit: 'Open settings',
}

export const invoiceTarget = (invoiceId: string): RouteTarget => ({ area: 'money', path: ['invoices', invoiceId] })
export const batchTarget = (batchId: string): RouteTarget => ({ area: 'money', path: ['batches', batchId] })

/** `Invoice 20437` or `Draft, job 48190`. */
export function invoiceTitle(invoice: Pick<InvoiceDetail, 'number' | 'job'>): string {
  return invoice.number === null ? `Draft, job ${invoice.job.number}` : `Invoice ${invoice.number}`
}

/** `due on receipt`, `due Jul 28, 15 days`. */
export function termsWords(invoice: Pick<InvoiceDetail, 'termsDays' | 'dueDay' | 'day'>): string {
  if (invoice.dueDay !== null && invoice.dueDay !== invoice.day) return `due ${formatDay(invoice.dueDay)}`
  return invoice.termsDays === 0 ? 'due on receipt' : `terms ${invoice.termsDays} days`
}

/** `8.125%` for 81250 parts per million. */
export const percent = (ratePpm: number): string => `${ratePpm / 10_000}%`

/** `Jul 13` or `Jul 12\u201313`. */
export function daysWords(from: IsoDay, to: IsoDay): string {
  return from === to ? formatDay(from) : `${formatDay(from)}\u2013${from.slice(0, 7) === to.slice(0, 7) ? String(Number(to.slice(8))) : formatDay(to)}`
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
