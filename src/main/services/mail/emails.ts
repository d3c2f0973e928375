import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay, formatTime } from '../../../shared/base/zone.ts'
import type { Sending } from '../../../shared/contract/methods/mail.ts'
import { contactMethodTable } from '../../../shared/domain/customers/tables.ts'
import { effectTable, type WorldEffect } from '../../../shared/domain/effects/tables.ts'
import type { Invoice } from '../../../shared/domain/invoices/tables.ts'
import { getIf, range } from '../../../shared/domain/kernel/load.ts'
import { type Company, userTable } from '../../../shared/domain/people/tables.ts'
import type { Asked } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { viewOf } from '../invoices/detail.ts'

/** What a waiting email waits for, the nearest obstacle first. */
function waitsFor(effect: WorldEffect, hindrance: string | null, { hub, now, store }: Asked): string | null {
  if (effect.state !== 'waiting') return null
  const { link } = hub.state()
  if (link !== 'none' && link !== 'online') return 'It goes out when the line to the hub is back.'
  if (effect.notBefore !== null && effect.notBefore > now()) return `It is tried again at ${formatTime(effect.notBefore, companyOf({ store }).zone)}.`
  if (hindrance === null) return 'It goes out in a moment.'
  return link === 'none' ? hindrance : `A workstation that has the mail password sends it. ${hindrance}`
}

function sendingOf(effect: WorldEffect, hindrance: string | null, asked: Asked): Sending {
  const { id, state, attempt, payload, requestedAt, startedAt, finishedAt, outcome } = effect
  const by = asked.store.engine.run(getIf(userTable, effect.requestedBy))
  const device = effect.device === null ? null : asked.hub.nameOf(effect.device)
  return { id, state, attempt, to: payload.to, requestedAt, requestedBy: by?.name ?? null, startedAt, finishedAt, device, outcome, waitsFor: waitsFor(effect, hindrance, asked) }
}

/** Why an email of this invoice can't even be asked for; the commands say the same. */
function whyNot(invoice: Invoice, company: Company, configured: boolean): string | null {
  if (invoice.state !== 'finalized') return 'This invoice is a draft. Make it final, then send it.'
  if (company.phase === 'sample') return 'This is the sample company: nothing leaves it.'
  if (invoice.practice) return 'This invoice was made for practice. It is not sent to anybody.'
  return configured ? null : 'Baton does not know your mail server yet. A manager enters it under Settings, Mail.'
}

function draftOf(invoice: Invoice, company: Company, firstName: string, to: string) {
  const owed = invoice.balanceCents > 0 ? `The balance is ${formatMoney(invoice.balanceCents)}${invoice.dueDay === null ? '' : `, due ${formatDay(invoice.dueDay)}`}.` : 'It is paid in full. Thank you.'
  const lines = [`Hello${firstName === '' ? '' : ` ${firstName}`},`, `attached is your invoice ${invoice.number ?? ''} from ${company.name}. ${owed}`, 'If anything about it is unclear, please call us or answer this message.', [company.name, company.phone].filter(Boolean).join('\n')]
  return { to, subject: `Invoice ${invoice.number ?? ''} from ${company.name}`, text: lines.join('\n\n') }
}

/** Answers `invoice.emails`. */
export async function readEmails(invoiceId: string, asked: Asked) {
  const { engine } = asked.store
  const { invoice, customer } = viewOf(asked, invoiceId)
  const company = companyOf(asked)
  const hindrance = await asked.mailbox.hindrance()
  const effects = engine.run(range(effectTable, 'bySubject', ['invoice', invoiceId]))
  const addresses = engine.run(range(contactMethodTable, 'byCustomer', [customer.id])).filter(({ kind }) => kind === 'email').map(({ value }) => value)
  return {
    emails: effects.toSorted((left, right) => right.requestedAt - left.requestedAt).map((effect) => sendingOf(effect, hindrance, asked)),
    draft: draftOf(invoice, company, customer.firstName, addresses[0] ?? ''),
    addresses,
    hindrance: whyNot(invoice, company, asked.mailbox.settings() !== null),
  }
}
