import { z } from 'zod'
import { type Attachment, attachmentTable } from '../attachments/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, optionalLine, textInput, versionInput } from '../kernel/inputs.ts'
import { all, range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { OPEN_STATES } from './states.ts'
import { dispatchRules } from './settings.ts'
import { type Appointment, appointmentTable, DEBRIEF_ITEMS, type DebriefItem, dispatchSettingsTable } from './tables.ts'
import { loadVisit, refuseMovedOn, refuseSettled, refuseUnknownVisit } from './visit.ts'

/** Somebody was there before for the same job: this is a return trip or a call-back, and the office wants to know why. */
export function isReturnTrip(visit: Pick<Appointment, 'id' | 'arrivedAt' | 'doneAt'>, ofTheJob: readonly Pick<Appointment, 'id' | 'state' | 'arrivedAt' | 'doneAt'>[]): boolean {
  const begun = visit.arrivedAt ?? visit.doneAt ?? 0
  return ofTheJob.some(({ id, state, arrivedAt, doneAt }) => id !== visit.id && state !== 'canceled' && arrivedAt !== null && (doneAt ?? arrivedAt) <= begun)
}

const reasonWithout = lineInput('The reason', 200)

/** What a debrief has of what the office may ask for. */
interface DebriefFacts {
  readonly equipment: string
  readonly afterVisit: string | null
  readonly photos: number
}

const DEBRIEF_WORDS: Readonly<Record<DebriefItem, string>> = { equipment: 'equipment', photos: 'photos', nextStep: 'next step' }

function hasItem(item: DebriefItem, { equipment, afterVisit, photos }: DebriefFacts): boolean {
  switch (item) {
    case 'equipment':
      return equipment !== ''
    case 'photos':
      return photos > 0
    case 'nextStep':
      return afterVisit !== null && afterVisit !== ''
  }
}

/** What the office asks for and nobody has given, nor said why not (D16). */
export function debriefHoles(asks: readonly DebriefItem[], facts: DebriefFacts, without: Readonly<Partial<Record<DebriefItem, string | undefined>>>): readonly DebriefItem[] {
  return asks.filter((item) => !hasItem(item, facts) && without[item] === undefined)
}

/** Photos of the job, however they came: from the technician’s link or attached in the office. */
export function isPhoto({ mediaType, removedAt }: Pick<Attachment, 'mediaType' | 'removedAt'>): boolean {
  return removedAt === null && mediaType.startsWith('image/')
}

export const closeOut = defineIntention({
  name: 'appointment.closeOut',
  version: 1,
  summary: 'Debrief a visit that is done: what was done, on which equipment.',
  permission: 'visit.closeOut',
  input: z.strictObject({
    appointmentId: idInput,
    notes: textInput('The notes').pipe(z.string().min(1, 'Say what was done.')),
    equipment: textInput('The equipment note', 500).default(''),
    /** Why somebody had to come again: asked where the job had a visit before. */
    causeCode: lineInput('The cause', 80).nullable().default(null),
    /** What comes next, or that nothing does. */
    afterVisit: optionalLine('The next step', 300).nullable().default(null),
    /** Why something that the office asks for is not there: no equipment on site, the camera failed. */
    without: z.strictObject({ equipment: reasonWithout, photos: reasonWithout, nextStep: reasonWithout }).partial().default({}),
    expectedVersion: versionInput.optional(),
  }),
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    return {
      visit,
      siblings: visit ? yield* range(appointmentTable, 'byJob', [visit.job.id]) : [],
      attachments: visit ? yield* range(attachmentTable, 'bySubject', ['job', visit.job.id]) : [],
      rules: dispatchRules(yield* all(dispatchSettingsTable)),
    }
  },
  decide(input, { visit, siblings, attachments, rules }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const { appointment, job } = visit
    if (appointment.state !== 'done') return refuse('dispatch.notDone', 'A visit is closed out once it is done.')
    if (job.lineCount === 0) {
      return refuse('dispatch.noLine', `Job ${job.number} has no line item. Add what was done, even at $0.00.`, { subject: { kind: 'job', id: job.id } })
    }
    if (input.causeCode === null && isReturnTrip(appointment, siblings)) {
      return refuse('dispatch.cause', `Somebody was there before for job ${job.number}. Say why somebody had to come again.`, { field: 'causeCode', subject: { kind: 'appointment', id: appointment.id } })
    }
    const [hole] = debriefHoles(rules.debriefAsks, { equipment: input.equipment, afterVisit: input.afterVisit, photos: attachments.filter(isPhoto).length }, input.without)
    if (hole) {
      return refuse('dispatch.debrief', `The debrief lacks the ${DEBRIEF_WORDS[hole]}. Add it, or say why there is none.`, { field: `without.${hole}`, subject: { kind: 'appointment', id: appointment.id } })
    }
    const missing = DEBRIEF_ITEMS.flatMap((item) => (input.without[item] === undefined ? [] : [`No ${DEBRIEF_WORDS[item]}: ${input.without[item]}`]))
    const othersOpen = siblings.some((other) => other.id !== appointment.id && (OPEN_STATES.includes(other.state) || (other.state === 'done' && other.closedOutAt === null)))
    return accept(
      update(appointmentTable, appointment, {
        closedOutAt: appointment.closedOutAt ?? context.at,
        causeCode: input.causeCode,
        afterVisit: input.afterVisit === '' ? null : input.afterVisit,
        closeOutNotes: [input.notes, ...(input.equipment === '' ? [] : [`Equipment: ${input.equipment}`]), ...missing].join('\n\n'),
      }),
      othersOpen ? [] : update(jobTable, job, { state: 'done' }),
    )
  },
})
