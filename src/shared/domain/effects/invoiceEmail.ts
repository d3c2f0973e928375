import { z } from 'zod'
import { mayContact } from '../customers/consent.ts'
import { consentTable } from '../customers/tables.ts'
import { companyTable } from '../people/tables.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { emailInput, idInput, lineInput, textInput } from '../kernel/inputs.ts'
import { all, get, range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { mailSettingsTable } from '../mail/tables.ts'
import { request } from './request.ts'
import { effectTable, type EffectState } from './tables.ts'

/** Why nothing more may be asked for while an email of the same invoice is in this state. */
const IN_THE_WAY: Readonly<Partial<Record<EffectState, string>>> = {
  waiting: 'This invoice is on its way already. Look at what it waits for.',
  running: 'This invoice is being sent at this moment.',
  uncertain: 'Nobody knows yet whether this invoice was sent. Settle that first, so that the customer does not get it twice.',
}

export const emailInvoice = defineIntention({
  name: 'invoice.email',
  version: 1,
  summary: 'Email an invoice to the customer as a PDF: a workstation that can send mail does it, once.',
  permission: 'invoice.edit',
  input: z.strictObject({
    effectId: idInput,
    invoiceId: idInput,
    to: emailInput,
    subject: lineInput('The subject', 200),
    text: textInput('The text', 4000),
  }),
  *load(input) {
    const invoice = yield* get(invoiceTable, input.invoiceId)
    return {
      known: yield* get(effectTable, input.effectId),
      invoice,
      answers: invoice ? yield* range(consentTable, 'byCustomer', [invoice.customerId]) : [],
      company: (yield* all(companyTable))[0],
      settings: (yield* all(mailSettingsTable))[0],
      earlier: yield* range(effectTable, 'bySubject', ['invoice', input.invoiceId]),
    }
  },
  decide(input, { known, invoice, answers, company, settings, earlier }, context) {
    // A hub that was restored may hear of what was done before it hears of the request.
    if (known) return known.subjectId === input.invoiceId ? accept() : refuse('effect.taken', 'This id belongs to something else that was sent. Try again.')
    if (!invoice || !company) return refuse('invoice.unknown', 'This invoice is not there.')
    const subject = { kind: 'invoice', id: invoice.id }
    if (invoice.state !== 'finalized') return refuse('invoice.draft', 'This invoice is a draft. Make it final, then send it.', { subject })
    if (company.phase === 'sample') return refuse('effect.sample', 'This is the sample company: nothing leaves it. In your own company the invoice would be sent now.', { subject })
    if (invoice.practice) return refuse('effect.practice', 'This invoice was made for practice. It is not sent to anybody.', { subject })
    if (!mayContact(answers, 'email', 'service')) return refuse('consent.noEmail', 'This customer asked for no email, also about visits and invoices. Print the invoice and send it by mail, or ask them again and write down what they answer.', { subject: { kind: 'customer', id: invoice.customerId } })
    if (!settings) return refuse('mail.notSetUp', 'Baton does not know your mail server yet. A manager enters it under Settings, Mail.', { subject })
    for (const { state } of earlier) {
      const sentence = IN_THE_WAY[state]
      if (sentence !== undefined) return refuse('effect.open', sentence, { subject })
    }
    return accept(
      request({
        id: input.effectId,
        kind: 'invoice.email',
        subjectKind: 'invoice',
        subjectId: invoice.id,
        customerId: invoice.customerId,
        payload: { to: input.to, subject: input.subject, text: input.text, attach: { kind: 'invoice.pdf', invoiceId: invoice.id } },
        // Mailboxes may drop a second copy with the same Message-ID, and as many do not.
        deduplicates: false,
        requestedAt: context.at,
        requestedBy: context.actorId,
        requestedDevice: context.deviceId,
      }),
    )
  },
})
