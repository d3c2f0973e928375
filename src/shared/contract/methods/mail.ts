import { z } from 'zod'
import { EFFECT_STATES } from '../../domain/effects/tables.ts'
import { idInput, emailInput } from '../../domain/kernel/inputs.ts'
import { MAIL_SECURITIES } from '../../domain/mail/tables.ts'
import { defineAction, defineQuery } from '../method.ts'

const mailSettings = z.object({
  /** Null: nobody has entered a mail server yet. */
  settings: z.object({ host: z.string(), port: z.int(), security: z.enum(MAIL_SECURITIES), userName: z.string(), fromName: z.string(), fromAddress: z.string() }).nullable(),
  /** What the form starts with. */
  suggested: z.object({ fromName: z.string(), fromAddress: z.string() }),
  /** The password is on this workstation. */
  hasPassword: z.boolean(),
  /** Why this workstation can't send mail now; null where it can. */
  hindrance: z.string().nullable(),
})

const sending = z.object({
  id: z.string(),
  state: z.enum(EFFECT_STATES),
  attempt: z.int(),
  to: z.string(),
  requestedAt: z.int(),
  requestedBy: z.string().nullable(),
  startedAt: z.int().nullable(),
  finishedAt: z.int().nullable(),
  /** The workstation that began it last, where the office has a name for it. */
  device: z.string().nullable(),
  /** What came of it so far, in words; empty where there is nothing to say. */
  outcome: z.string(),
  /** What it waits for, as a sentence; null where it does not wait. */
  waitsFor: z.string().nullable(),
})

export type Sending = z.output<typeof sending>

export const mailMethods = [
  defineQuery({
    name: 'mail.settings',
    summary: 'The company\u2019s mail server, and whether this workstation can send.',
    permission: 'settings.edit',
    input: z.strictObject({}),
    reads: ['mail_settings', 'company'],
    output: mailSettings,
  }),
  defineAction({
    name: 'mail.savePassword',
    summary: 'Keep the mail password on this workstation: in its keychain where it has one, never in the store.',
    permission: 'settings.edit',
    input: z.strictObject({ password: z.string().min(1, 'The password is empty.').max(400, 'The password is longer than 400 characters.') }),
    output: z.object({}),
  }),
  defineAction({ name: 'mail.forgetPassword', summary: 'Take the mail password off this workstation.', permission: 'settings.edit', input: z.strictObject({}), output: z.object({}) }),
  defineAction({
    name: 'mail.tryOut',
    summary: 'Send a test message at once, to see whether the settings are right.',
    permission: 'settings.edit',
    input: z.strictObject({ to: emailInput }),
    /** What the mail server said. */
    output: z.object({ sent: z.boolean(), sentence: z.string() }),
  }),
  defineQuery({
    name: 'invoice.emails',
    summary: 'How an invoice was emailed so far, newest first; what a new email would say; and why none can be sent.',
    permission: 'invoice.edit',
    input: z.strictObject({ invoiceId: idInput }),
    reads: ['effect', 'invoice', 'customer', 'contact_method', 'company', 'user', 'mail_settings'],
    output: z.object({
      emails: z.array(sending),
      draft: z.object({ to: z.string(), subject: z.string(), text: z.string() }),
      /** The customer's addresses, the first one first. */
      addresses: z.array(z.string()),
      hindrance: z.string().nullable(),
    }),
  }),
] as const
