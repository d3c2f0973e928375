import { newId } from '../../../shared/base/id.ts'
import type { mailMethods } from '../../../shared/contract/methods/mail.ts'
import { mailSettingsTable } from '../../../shared/domain/mail/tables.ts'
import { type Asked, type Implementation, ServiceError } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { readEmails } from './emails.ts'

async function readSettings(asked: Asked) {
  const { mailbox } = asked
  const company = companyOf(asked)
  const settings = mailbox.settings()
  return {
    settings: settings && { host: settings.host, port: settings.port, security: settings.security, userName: settings.userName, fromName: settings.fromName, fromAddress: settings.fromAddress },
    suggested: { fromName: company.name, fromAddress: company.email },
    hasPassword: await mailbox.hasPassword(),
    hindrance: await mailbox.hindrance(),
  }
}

/** A person waits for it and nobody else sends it, so it needs no lease and leaves no row. */
async function tryOut(to: string, asked: Asked) {
  const { mailbox } = asked
  const company = companyOf(asked)
  if (company.phase === 'sample') throw new ServiceError('effect.sample', 'This is the sample company: nothing leaves it.')
  const hindrance = await mailbox.hindrance()
  if (hindrance !== null) throw new ServiceError('mail.hindered', hindrance)
  const sent = await mailbox.send({ to, subject: `A test from ${company.name}`, text: 'Baton can send mail from this workstation.', key: newId(), attachments: [] })
  switch (sent.kind) {
    case 'sent':
      return { sent: true, sentence: `Sent to ${to}. The mail server answered: ${sent.answer}` }
    case 'notSent':
      return { sent: false, sentence: sent.failure.reason }
    case 'unknown':
      return { sent: false, sentence: `It went, but no answer came. Look whether it arrived. ${sent.failure.reason}` }
  }
}

export const mailService: Implementation<typeof mailMethods> = {
  'mail.settings': (_input, asked) => readSettings(asked),
  'mail.savePassword': async ({ password }, { mailbox, lookAtEffects, emit, actorId }) => {
    await mailbox.savePassword(password)
    emit('changed', { tables: [mailSettingsTable.name], by: actorId })
    lookAtEffects()
    return {}
  },
  'mail.forgetPassword': (_input, { mailbox, emit, actorId }) => {
    mailbox.forgetPassword()
    emit('changed', { tables: [mailSettingsTable.name], by: actorId })
    return {}
  },
  'mail.tryOut': ({ to }, asked) => tryOut(to, asked),
  'invoice.emails': ({ invoiceId }, asked) => readEmails(invoiceId, asked),
}
