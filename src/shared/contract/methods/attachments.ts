import { z } from 'zod'
import { fileNameInput } from '../../domain/attachments/commands.ts'
import { ATTACHMENT_SUBJECTS } from '../../domain/attachments/tables.ts'
import { idInput, textInput } from '../../domain/kernel/inputs.ts'
import { delivery } from '../bridge.ts'
import { defineAction, defineQuery } from '../method.ts'
import { UPLOAD_PART_BYTES } from './intake.ts'

const subject = { subjectKind: z.enum(ATTACHMENT_SUBJECTS), subjectId: idInput }

const listed = z.object({
  attachmentId: z.string(),
  subjectKind: z.enum(ATTACHMENT_SUBJECTS),
  subjectId: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number(),
  note: z.string(),
  at: z.number(),
  by: z.string(),
  /** What it belongs to, where that is not what was asked about: `Job 48012`. */
  about: z.string(),
  /**
   * `here`: the file is on this workstation, and at the hub where there is one. `toHub`: here, and on its way to the hub.
   * `atHub`: it comes when it is opened. `onItsWay`: only the workstation where it was attached has it. `missing`: this
   * workstation has no hub, and the file is not here.
   */
  place: z.enum(['here', 'toHub', 'atHub', 'onItsWay', 'missing']),
  /** The workstation that has it until the hub does. */
  deviceName: z.string(),
})

export type ListedAttachment = z.output<typeof listed>

const waiting = z.object({
  files: z.number(),
  bytes: z.number(),
  /** Of the file on its way, so far. */
  sent: z.number(),
  /** Why they wait; null where they go up as fast as they can. */
  problem: z.string().nullable(),
})

/** Attached files that the hub does not have yet. */
export type WaitingAttachments = z.output<typeof waiting>

const uploadId = z.string().regex(/^[0-9a-f-]{36}$/, 'This is not an upload.')

export const attachmentsMethods = [
  defineQuery({
    name: 'attachment.list',
    summary: 'What is attached to a record; to a customer also what is attached to their locations, jobs, calls and invoices. Newest first.',
    permission: 'office.view',
    input: z.strictObject(subject),
    output: z.array(listed),
    reads: ['attachment', 'user', 'job', 'location', 'invoice'],
  }),
  defineQuery({ name: 'attachment.waiting', summary: 'Attached files that the hub does not have yet.', permission: 'office.view', input: z.strictObject({}), output: waiting, reads: ['attachment'] }),
  defineAction({
    name: 'attachment.upload',
    summary: 'Send a file in parts, each at most 2 MB before encoding, in order from 0; up to 50 MB.',
    permission: 'customer.edit',
    input: z.strictObject({
      uploadId,
      part: z.int().min(0).max(100),
      last: z.boolean(),
      base64: z.base64().max(Math.ceil(UPLOAD_PART_BYTES / 3) * 4, 'This part of the file is too large.'),
    }),
    output: z.object({ received: z.int() }),
  }),
  defineAction({
    name: 'attachment.attach',
    summary: 'Attach an uploaded file to a record.',
    permission: 'customer.edit',
    input: z.strictObject({ uploadId, attachmentId: idInput, ...subject, name: fileNameInput, note: textInput('The note', 1000).default('') }),
    output: z.object({ attachmentId: z.string() }),
  }),
  defineAction({
    name: 'attachment.open',
    summary: 'Show an attached file: an image as it is, everything else as a file to keep. It is fetched from the hub where it is not here.',
    permission: 'office.view',
    input: z.strictObject({
      attachmentId: idInput,
      /** Hand it over as a file, whatever it is. */
      asFile: z.boolean().default(false),
      /** Names the work in `progress` events. */
      operationId: z.string().min(1).max(40),
    }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('image'), name: z.string(), mediaType: z.string(), base64: z.string() }),
      z.object({ kind: z.literal('file'), name: z.string(), delivery }),
    ]),
  }),
] as const
