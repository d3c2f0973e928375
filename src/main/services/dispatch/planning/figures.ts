import { DAY, type Instant } from '../../../../shared/base/time.ts'
import type { Store } from '../../../store/store.ts'

/** What the books say of a technician who looks at work that may be sold. Counts of the last year. */
export interface SalesFigures {
  /** Visits of job types that are a chance to sell, done by the technician. */
  readonly estimates: number
  /** Those after which other work was booked at the place within ninety days. */
  readonly sold: number
  /** Finalized invoices of jobs that the technician did, and what they come to before tax, in cents. */
  readonly invoices: number
  readonly invoicedCents: number
}

const LOOKED_BACK = 365 * DAY
const SOLD_WITHIN = 90 * DAY

/** Fewer say nothing of anybody. */
export const FEWEST = 5

const marks = (ids: readonly string[]): string => ids.map(() => '?').join(', ')

/**
 * Conversion and ticket as raw facts, counted from visits, jobs and invoices. What was sold and booked under another address, or
 * not booked in Baton, is not known here.
 * @param salesTypes the job types that are a chance to sell; at least one
 */
export function salesFigures({ store, technicianIds, salesTypes, now }: { readonly store: Store; readonly technicianIds: readonly string[]; readonly salesTypes: readonly string[]; readonly now: Instant }): Readonly<Record<string, SalesFigures>> {
  const { companyId } = store
  const estimates = store.prepare(`
SELECT COUNT(*) AS estimates, COALESCE(SUM(EXISTS (
  SELECT 1 FROM job AS work
  WHERE work.company_id = visit.company_id AND work.location_id = visit.location_id AND work.id <> visit.job_id
    AND work.job_type_id NOT IN (${marks(salesTypes)}) AND work.state <> 'canceled' AND work.practice = 0
    AND work.created_at >= visit.starts_at AND work.created_at < visit.starts_at + ${SOLD_WITHIN}
)), 0) AS sold
FROM appointment AS visit JOIN job ON job.company_id = visit.company_id AND job.id = visit.job_id
WHERE visit.company_id = ? AND visit.technician_id = ? AND visit.starts_at >= ? AND visit.state = 'done' AND visit.practice = 0 AND job.job_type_id IN (${marks(salesTypes)})`)
  const invoices = store.prepare(`
SELECT COUNT(*) AS invoices, COALESCE(SUM(subtotal_cents), 0) AS invoicedCents FROM invoice
WHERE company_id = ? AND state = 'finalized' AND practice = 0 AND job_id IN (
  SELECT job_id FROM appointment WHERE company_id = ? AND technician_id = ? AND starts_at >= ? AND state = 'done' AND practice = 0
)`)
  const from = now - LOOKED_BACK
  return Object.fromEntries(
    technicianIds.map((id) => {
      const seen = estimates.get(...salesTypes, companyId, id, from, ...salesTypes) as Pick<SalesFigures, 'estimates' | 'sold'>
      const invoiced = invoices.get(companyId, companyId, id, from) as Pick<SalesFigures, 'invoices' | 'invoicedCents'>
      return [id, { ...seen, ...invoiced }]
    }),
  )
}
