import type { Performer } from '../../effects/performer.ts'
import type { Services } from '../../core/service.ts'
import { errorDetails } from '../../core/log.ts'
import { invoicePdf } from '../invoices/invoicePdf.ts'
import type { Mailbox } from './mailbox.ts'

/** Emails invoices as PDF files. */
export function invoiceEmailPerformer(services: Pick<Services, 'store' | 'log'>, mailbox: Mailbox): Performer {
  return {
    hindrance: () => mailbox.hindrance(),
    async perform({ payload, key }, allowed) {
      let pdf: Awaited<ReturnType<typeof invoicePdf>>
      try {
        pdf = await invoicePdf(payload.attach.invoiceId, services)
      } catch (error) {
        services.log.error('invoice.unprintable', { invoice: payload.attach.invoiceId, ...errorDetails(error) })
        return { kind: 'failed', reason: 'The invoice could not be made into a PDF file. The log says more.', lasting: true }
      }
      const sent = await mailbox.send({ ...payload, key, attachments: [{ filename: pdf.name, contentType: 'application/pdf', content: pdf.bytes }] }, allowed)
      switch (sent.kind) {
        case 'sent':
          return { kind: 'done', outcome: `The mail server took it: ${sent.answer}` }
        case 'notSent':
          return { kind: 'failed', reason: sent.failure.reason, lasting: sent.failure.kind === 'message' }
        case 'unknown':
          return { kind: 'unknown', reason: `The message was on its way, then no answer came. ${sent.failure.reason}` }
      }
    },
  }
}
