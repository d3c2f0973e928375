import { formatPhone } from '../../../shared/base/phone.ts'
import { termsName } from '../../../shared/domain/accounting/iif.ts'
import { inOrder } from '../../../shared/domain/invoices/sums.ts'
import type { Company } from '../../../shared/domain/people/tables.ts'
import type { Asked, Services } from '../../core/service.ts'
import { viewOf } from './detail.ts'
import { companyOf } from '../company.ts'
import type { InvoiceView } from './facts.ts'
import type { InvoicePaper } from './pdf/paper.ts'
import { pageCount } from '../../pdf/fonts.ts'
import { printInvoice } from './pdf/render.ts'

/** Why this is no invoice anybody owes: a sample company's, or one made for practice. */
function notReal(company: Company, practice: boolean): string | null {
  if (company.phase === 'sample') return 'sample company'
  return practice ? 'made for practice' : null
}

function paperOf({ invoice, job, lines, payments }: InvoiceView, company: Company): InvoicePaper {
  const city = [[company.city, company.state].filter(Boolean).join(', '), company.postalCode].filter(Boolean).join(' ')
  return {
    company: {
      name: company.name,
      lines: [company.addressLine1, city].filter((line) => line !== ''),
      contact: [company.phone.startsWith('+') ? formatPhone(company.phone) : company.phone, company.email].filter((part) => part !== ''),
    },
    number: invoice.number,
    day: invoice.day,
    dueDay: invoice.dueDay,
    terms: termsName(invoice),
    jobNumber: job.number,
    billTo: invoice.billTo,
    serviceAt: invoice.serviceAt,
    summary: invoice.memo,
    lines: inOrder(lines),
    subtotalCents: invoice.subtotalCents,
    taxShares: invoice.taxShares,
    totalCents: invoice.totalCents,
    payments: payments.filter((payment) => payment.state === 'taken' && payment.appliedCents > 0),
    balanceCents: invoice.balanceCents,
    footer: company.invoiceFooter,
    notReal: notReal(company, invoice.practice),
  }
}

/**
 * The invoice as a PDF file, with the name it is handed out under.
 * @throws ServiceError where there is no such invoice
 */
export async function invoicePdf(invoiceId: string, services: Pick<Services, 'store'>): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const view = viewOf(services, invoiceId)
  const bytes = await printInvoice(paperOf(view, companyOf(services)))
  const name = view.invoice.number === null ? `draft-job-${view.job.number}.pdf` : `invoice-${view.invoice.number}.pdf`
  return { name, bytes }
}

/** Answers `invoice.pdf`. */
export async function handOutPdf(invoiceId: string, asked: Asked) {
  const { name, bytes } = await invoicePdf(invoiceId, asked)
  const delivery = await asked.shell.offerFile({ name, mime: 'application/pdf', bytes })
  return { delivery, pages: pageCount(bytes) }
}
