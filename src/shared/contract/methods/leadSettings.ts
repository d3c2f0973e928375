import { z } from 'zod'
import { idInput } from '../../domain/kernel/inputs.ts'
import { LEAD_CHANNELS } from '../../domain/leads/tables.ts'
import { MAIL_SECURITIES } from '../../domain/mail/tables.ts'
import { ROLES } from '../../domain/people/permissions.ts'
import { QUESTION_KINDS } from '../../domain/scripts/content.ts'
import { defineAction, defineQuery } from '../method.ts'

/** What a column of a file of leads becomes. `detail`: it is kept under its heading. */
export const LEAD_COLUMNS = ['id', 'name', 'firstName', 'lastName', 'phone', 'email', 'line1', 'line2', 'city', 'state', 'postalCode', 'jobType', 'message', 'campaign', 'detail', 'none'] as const

export type LeadColumn = (typeof LEAD_COLUMNS)[number]

const uploadId = z.string().regex(/^[0-9a-f-]{36}$/, 'This is not an upload.')
const columns = z.array(z.enum(LEAD_COLUMNS)).max(200)

const preview = z.object({
  fileName: z.string(),
  /** Why nothing can come of this file; then every count is zero. */
  unusable: z.string().nullable(),
  columns: z.array(z.object({ heading: z.string(), becomes: z.enum(LEAD_COLUMNS), example: z.string() })),
  rows: z.int(),
  leads: z.int(),
  /** Leads of this source that are here already. */
  known: z.int(),
  bad: z.int(),
  findings: z.array(z.object({ rowNumber: z.int(), text: z.string() })),
  sample: z.array(z.object({ rowNumber: z.int(), name: z.string(), phone: z.string(), email: z.string(), place: z.string(), wants: z.string() })),
})

export type LeadFilePreview = z.output<typeof preview>

export const leadSettingsMethods = [
  defineQuery({
    name: 'leads.settings',
    summary: 'Who sends leads, the mailbox that is watched, and what qualifies leads of each job type.',
    permission: 'settings.edit',
    input: z.strictObject({}),
    reads: ['lead_source', 'lead_mailbox', 'lead_question', 'job_type', 'lead'],
    output: z.object({
      sources: z.array(
        z.object({ id: z.string(), key: z.string(), name: z.string(), channel: z.enum(LEAD_CHANNELS), role: z.enum(ROLES), contactMinutes: z.int(), active: z.boolean(), leads: z.int(), lastAt: z.int().nullable() }),
      ),
      mailbox: z.object({ host: z.string(), port: z.int(), security: z.enum(MAIL_SECURITIES), userName: z.string(), folder: z.string(), since: z.int(), active: z.boolean() }).nullable(),
      /** The password is on this workstation. */
      hasPassword: z.boolean(),
      /** How the watching goes at this workstation, as a sentence. */
      watching: z.object({ good: z.boolean(), sentence: z.string() }),
      questions: z.array(z.object({ id: z.string(), jobTypeId: z.string().nullable(), position: z.int(), label: z.string(), kind: z.enum(QUESTION_KINDS), options: z.array(z.string()), active: z.boolean() })),
    }),
  }),
  defineQuery({
    name: 'leads.secrets',
    summary: 'Where sources send to over HTTP, and which of them have a secret; why there is none.',
    permission: 'settings.edit',
    input: z.strictObject({}),
    reads: ['lead_source'],
    output: z.object({ hindrance: z.string().nullable(), address: z.string(), secrets: z.array(z.object({ sourceId: z.string(), madeAt: z.number(), endsAt: z.number().nullable() })) }),
  }),
  defineAction({
    name: 'leadSource.newSecret',
    summary: 'Make a secret for a source at the hub; it is told once, here.',
    permission: 'settings.edit',
    input: z.strictObject({ sourceId: idInput, endOthersNow: z.boolean() }),
    output: z.object({ secret: z.string(), address: z.string() }),
  }),
  defineAction({
    name: 'leadMailbox.savePassword',
    summary: 'Keep the password of the watched mailbox on this workstation: in its keychain where it has one, never in the store.',
    permission: 'settings.edit',
    input: z.strictObject({ password: z.string().min(1, 'The password is empty.').max(400, 'The password is longer than 400 characters.') }),
    output: z.object({}),
  }),
  defineAction({ name: 'leadMailbox.forgetPassword', summary: 'Take the mailbox\u2019s password off this workstation.', permission: 'settings.edit', input: z.strictObject({}), output: z.object({}) }),
  defineAction({
    name: 'leadFile.preview',
    summary: 'Read an uploaded CSV of leads and say what would come in, what would not and why. Changes nothing.',
    permission: 'import.run',
    /** Without columns they are guessed. */
    input: z.strictObject({ uploadId, sourceName: z.string().max(60), columns: columns.nullable() }),
    output: preview,
  }),
  defineAction({
    name: 'leadFile.bringIn',
    summary: 'Record the leads of an uploaded CSV; those that are here already stay as they are.',
    permission: 'import.run',
    input: z.strictObject({ uploadId, operationId: z.string().min(1).max(40), sourceName: z.string().trim().min(1, 'Say whose leads these are.').max(60), columns }),
    output: z.object({ received: z.int(), known: z.int(), bad: z.int() }),
  }),
] as const
