import { z } from 'zod'
import { HOUR } from '../../base/time.ts'
import { attachmentTable } from '../attachments/tables.ts'
import { fileNameInput } from '../attachments/commands.ts'
import { appointmentTable } from '../dispatch/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { insert } from '../kernel/changes.ts'
import { accept, defineFact, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, textInput } from '../kernel/inputs.ts'
import { get, getIf } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { technicianTable } from '../people/tables.ts'
import { taskTable } from '../tasks/tables.ts'
import { fieldReportTable, technicianLinkTable } from './tables.ts'

/** So soon the service manager answers what came up in the field (D17). */
const ANSWER_WITHIN = 2 * HOUR

/** A photo as a telephone takes it, made smaller there; what is larger was not. */
export const MOST_PHOTO_BYTES = 6 * 1024 * 1024

/**
 * Something came up: the service manager’s to settle, recorded on the job and not said in a chat. A fact: it has come up,
 * whatever became of the visit meanwhile.
 */
export const raiseIssue = defineFact({
  name: 'field.issue',
  version: 1,
  summary: 'Say by a technician\u2019s link that something came up; it becomes the service manager\u2019s task.',
  permission: 'field.report',
  input: z.strictObject({
    reportId: idInput,
    linkId: idInput,
    appointmentId: idInput,
    tappedAt: instantInput,
    text: textInput('The issue', 2000).pipe(z.string().min(1, 'Say what came up.')),
  }),
  *load(input) {
    const appointment = yield* get(appointmentTable, input.appointmentId)
    return {
      existing: yield* get(fieldReportTable, input.reportId),
      link: yield* get(technicianLinkTable, input.linkId),
      appointment,
      job: yield* getIf(jobTable, appointment?.jobId),
    }
  },
  decide({ reportId, linkId, appointmentId, tappedAt, text }, { existing, link, appointment, job }, context) {
    if (existing) return accept()
    const [taskId, at] = [context.id('task'), Math.min(Math.max(tappedAt, link?.issuedAt ?? 0), context.at)]
    const [first = ''] = text.split('\n')
    const task = { id: taskId, title: `From the field: ${first}`.slice(0, 120), type: 'other', source: 'rule', callId: null, assigneeId: null, role: 'serviceManager', askedBy: null, dueAt: context.at + ANSWER_WITHIN, remindAt: null, priority: 'high' } as const
    const about = { relatedKind: job ? 'job' : null, relatedId: job?.id ?? null, customerId: job?.customerId ?? null, notes: text, practice: appointment?.practice ?? false } as const
    return accept(
      insert(taskTable, { ...task, ...about, state: 'open', resolution: '', resolvedAt: null, resolvedBy: null, signOff: 'none' }),
      insert(fieldReportTable, { id: reportId, linkId, technicianId: link?.technicianId ?? context.actorId, appointmentId, jobId: job?.id ?? null, kind: 'issue', tappedAt: Math.min(tappedAt, context.at), countedAt: at, heardAt: context.at, words: text, minutes: null, taskId }),
    )
  },
})

/** The photo of an issue is a file of its job. What it is was read from the file itself, at the hub. */
export const addFieldPhoto = defineIntention({
  name: 'field.photo',
  version: 1,
  summary: 'Attach the photo of an issue from the field to its job.',
  permission: 'field.report',
  input: z.strictObject({
    photoId: idInput,
    reportId: idInput,
    name: fileNameInput,
    mediaType: z.enum(['image/jpeg', 'image/png', 'image/webp']),
    bytes: z.int().min(1, 'The file is empty.').max(MOST_PHOTO_BYTES, 'This photo is larger than 6 MB.'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'This is not a SHA-256.'),
  }),
  *load(input, { actorId }) {
    const report = yield* get(fieldReportTable, input.reportId)
    return { existing: yield* get(attachmentTable, input.photoId), report, job: yield* getIf(jobTable, report?.jobId), technician: yield* get(technicianTable, actorId) }
  },
  decide({ photoId, reportId: _report, ...file }, { existing, report, job, technician }, context) {
    if (existing) return existing.sha256 === file.sha256 ? accept() : refuse('field.photoTaken', 'This id belongs to another file.')
    if (!report || report.technicianId !== context.actorId) return refuse('field.unknownReport', 'The issue that this photo belongs to is not there. Call the office.')
    if (!job) return refuse('field.unknownJob', 'The job that this photo belongs to is not there any more. Call the office.')
    return accept(
      insert(attachmentTable, { id: photoId, ...file, subjectKind: 'job', subjectId: job.id, customerId: job.customerId, note: report.words.slice(0, 1000), at: report.countedAt, authorId: context.actorId, deviceId: context.deviceId, deviceName: `${technician?.name ?? 'Technician'}, by the link`, storedAt: null, removedAt: null, removedBy: null }),
    )
  },
})
