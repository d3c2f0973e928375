import { z } from 'zod'
import { noteTable } from '../customers/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, optionalLine } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { type Job, jobTable, type JobType, WAIVER_STATES } from './tables.ts'

const WORDS: Readonly<Record<NonNullable<Job['waiver']>, string>> = { owed: 'Waiver is owed', sent: 'Waiver sent', returned: 'Waiver is back, signed', none: 'No waiver needed' }

/**
 * How a job’s waiver stands under its job type. One that was switched on after the job was booked is owed by it too: work may
 * not start before it is back, so somebody must be able to say that it is.
 * @returns null where none is needed
 */
export function waiverStanding({ waiver }: Pick<Job, 'waiver'>, jobType: Pick<JobType, 'waiver'> | undefined): Job['waiver'] {
  return waiver ?? (jobType?.waiver ? 'owed' : null)
}

/** True while work may not start: the paper is not back. */
export function lacksWaiver({ waiver }: Pick<Job, 'waiver'>): boolean {
  return waiver === 'owed' || waiver === 'sent'
}

export const setWaiver = defineIntention({
  name: 'job.setWaiver',
  version: 1,
  summary: 'Say how a job\u2019s waiver stands: owed, sent, back and signed, or not needed.',
  permission: 'job.edit',
  input: z.strictObject({ jobId: idInput, waiver: z.enum(WAIVER_STATES), said: optionalLine('The note', 200) }),
  *load(input) {
    return yield* get(jobTable, input.jobId)
  },
  decide({ jobId, waiver, said }, job, context) {
    if (!job) return refuse('job.unknown', 'This job is not recorded.')
    const subject = { subject: { kind: 'job', id: jobId } }
    if (job.state === 'canceled') return refuse('job.canceled', `Job ${job.number} is canceled.`, subject)
    if (job.waiver === waiver) return refuse('job.sameWaiver', `${WORDS[waiver]}: that is written down already.`, subject)
    if (waiver === 'none' && said === '') return refuse('job.waiverReason', 'Say in a few words why this job needs no waiver.', { field: 'said' })
    return accept(
      update(jobTable, job, { waiver, waiverAt: waiver === 'owed' || waiver === 'none' ? null : context.at }),
      insert(noteTable, { id: context.id('waiver'), customerId: job.customerId, subjectKind: 'job', subjectId: job.id, body: [WORDS[waiver], said].filter((part) => part !== '').join(': '), pinned: false, authorId: context.actorId, at: context.at }),
    )
  },
})
