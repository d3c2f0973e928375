import { z } from 'zod'
import { cleanText } from '../../base/text.ts'
import { customerOf } from '../customers/notes.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, type Command, defineFact, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, optionalLine, textInput } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { ATTACHMENT_SUBJECTS, type Attachment, attachmentTable, isSound } from './tables.ts'

/** Larger than any photo or permit; a video of a visit is not what an office passes around. */
export const MAX_ATTACHMENT_BYTES = 50 * 1024 * 1024

export const TOO_LARGE = 'This file is larger than 50 MB. Send a smaller copy: a photo as JPEG, or a document as PDF with fewer pages.'

const sha256Input = z.string().regex(/^[0-9a-f]{64}$/, 'This is not a SHA-256.')

/** A file’s name without folders: people see it, and it becomes the name of what is handed over. */
export const fileNameInput = z
  .string()
  .transform((name) => cleanText(name.replace(/^[^]*[/\\]/, '').replace(/\p{Cc}+/gu, ' ')))
  .pipe(lineInput('The name', 200))

const noteInput = textInput('The note', 1000)

/** A fact: the photo exists and somebody put it there, whatever became of the record meanwhile. */
const addAttachment = defineFact({
  name: 'attachment.add',
  version: 1,
  summary: 'Attach a file to a customer, location, job, call or invoice.',
  permission: 'customer.edit',
  input: z.strictObject({
    attachmentId: idInput,
    subjectKind: z.enum(ATTACHMENT_SUBJECTS),
    subjectId: idInput,
    name: fileNameInput,
    mediaType: z.string().max(120).regex(/^[a-z]+\/[a-z0-9.+-]+$/, 'This is not a kind of file.'),
    bytes: z.int().min(1, 'The file is empty.').max(MAX_ATTACHMENT_BYTES, TOO_LARGE),
    sha256: sha256Input,
    note: noteInput,
    deviceName: optionalLine('The workstation\u2019s name', 60),
  }),
  *load(input) {
    return { existing: yield* get(attachmentTable, input.attachmentId), customerId: yield* customerOf(input.subjectKind, input.subjectId) }
  },
  decide({ attachmentId, ...values }, { existing, customerId }, context) {
    if (existing) return accept()
    return accept(insert(attachmentTable, { id: attachmentId, ...values, customerId, at: context.at, authorId: context.actorId, deviceId: context.deviceId, storedAt: null, removedAt: null, removedBy: null }))
  },
})

/** The hub has the whole file: it is no longer on its way for anybody. Said by the workstation that sent it; never refused. */
const storedAttachment = defineIntention({
  name: 'attachment.stored',
  version: 1,
  summary: 'Record that the hub has an attached file.',
  permission: 'attachment.report',
  input: z.strictObject({ sha256: sha256Input, attachmentIds: z.array(idInput).min(1).max(200) }),
  *load(input) {
    const found: Attachment[] = []
    for (const id of new Set(input.attachmentIds)) {
      const attachment = yield* get(attachmentTable, id)
      if (attachment?.sha256 === input.sha256 && attachment.storedAt === null) found.push(attachment)
    }
    return found
  },
  decide(_input, found, context) {
    return accept(found.map((attachment) => update(attachmentTable, attachment, { storedAt: context.at })))
  },
})

const NOT_BY_HAND = 'A recording or a voicemail is kept and deleted by the rules of its line. Nothing was changed.'
const GONE = 'This attachment is not known here.'

const describeAttachment = defineIntention({
  name: 'attachment.describe',
  version: 1,
  summary: 'Rename an attachment or change its note.',
  permission: 'customer.edit',
  input: z.strictObject({ attachmentId: idInput, set: z.strictObject({ name: fileNameInput.optional(), note: noteInput.optional() }) }),
  *load(input) {
    return yield* get(attachmentTable, input.attachmentId)
  },
  decide({ set }, attachment) {
    if (!attachment) return refuse('attachment.unknown', GONE)
    if (isSound(attachment)) return refuse('attachment.recording', NOT_BY_HAND)
    if (attachment.removedAt !== null) return refuse('attachment.removed', 'This attachment was removed meanwhile. Nothing was changed.')
    return accept(update(attachmentTable, attachment, { name: set.name ?? attachment.name, note: set.note ?? attachment.note }))
  },
})

/** The row stays, so that who attached what stays known; the file is forgotten after a while. */
const removeAttachment = defineIntention({
  name: 'attachment.remove',
  version: 1,
  summary: 'Remove an attachment, or put one back that was removed.',
  permission: 'customer.edit',
  input: z.strictObject({ attachmentId: idInput, removed: z.boolean().default(true) }),
  *load(input) {
    return yield* get(attachmentTable, input.attachmentId)
  },
  decide({ removed }, attachment, context) {
    if (!attachment) return refuse('attachment.unknown', GONE)
    if (isSound(attachment)) return refuse('attachment.recording', NOT_BY_HAND)
    if ((attachment.removedAt !== null) === removed) return accept()
    return accept(update(attachmentTable, attachment, removed ? { removedAt: context.at, removedBy: context.actorId } : { removedAt: null, removedBy: null }))
  },
})

export const attachmentsCommands = [addAttachment, storedAttachment, describeAttachment, removeAttachment] as const satisfies readonly Command[]
