import { contactMethodTable, locationTable, type ContactMethod, type Location } from '../customers/tables.ts'
import type { Appointment } from '../dispatch/tables.ts'
import { type Job, jobTypeTable, type JobType } from '../jobs/tables.ts'
import { get, type Loading, range } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { type ChecklistItem, type HandoffFacts, isHole, type ItemStanding, LEAST_CHECKLIST, standings, waiverItem } from './checklist.ts'
import { handoffTickTable } from './tables.ts'

/** A visit's checklist as it stands. */
export interface HandOff {
  readonly facts: HandoffFacts
  readonly items: readonly ItemStanding[]
}

/** The checklist of a job type, or the least that every visit needs. */
export function checklistOf(jobType: Pick<JobType, 'checklist' | 'waiver'> | undefined): readonly ChecklistItem[] {
  const items = jobType?.checklist ?? LEAST_CHECKLIST
  return jobType?.waiver && !items.some(({ key }) => key === 'waiver') ? [...items, waiverItem(jobType.waiver)] : items
}

interface FactParts {
  readonly appointment: Pick<Appointment, 'confirmation' | 'technicianId'>
  readonly job: Pick<Job, 'plannedPayment' | 'lineCount' | 'summary' | 'waiver'>
  readonly location: Pick<Location, 'line1' | 'city' | 'gateCode' | 'accessNotes' | 'parking'> | undefined
  readonly contacts: readonly ContactMethod[]
}

/** What the rules of a checklist read. */
export function handoffFacts({ appointment, job, location, contacts }: FactParts): HandoffFacts {
  return {
    phones: contacts.filter(({ kind }) => kind === 'phone').length,
    line1: location?.line1 ?? '',
    city: location?.city ?? '',
    gateCode: location?.gateCode ?? '',
    accessNotes: location?.accessNotes ?? '',
    parking: location?.parking ?? null,
    plannedPayment: job.plannedPayment,
    lineCount: job.lineCount,
    confirmation: appointment.confirmation,
    summary: job.summary,
    technicianId: appointment.technicianId,
    waiver: job.waiver,
  }
}

/** Reads how a visit's hand-off stands. */
export function* loadHandOff({ appointment, job }: { readonly appointment: Appointment; readonly job: Job }): Loading<HandOff> {
  const facts = handoffFacts({
    appointment,
    job,
    location: yield* get(locationTable, appointment.locationId),
    contacts: yield* range(contactMethodTable, 'byCustomer', [appointment.customerId]),
  })
  const items = checklistOf(yield* get(jobTypeTable, job.jobTypeId))
  return { facts, items: standings(items, facts, yield* range(handoffTickTable, 'byAppointment', [appointment.id])) }
}

/** What nobody has answered for yet, by its name on the checklist. */
export const openItems = ({ items }: HandOff): readonly string[] => items.filter(isHole).map(({ item }) => item.label)

/** `\u201cGate code and access\u201d and \u201cWho will be home\u201d`. */
export const quoted = (labels: readonly string[]): string => {
  const [last = '', ...before] = labels.map((label) => `\u201c${label}\u201d`).reverse()
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`
}

/** Nothing is dispatched with a hole in it: the sentence names each, and the key that leads to where it is filled. */
export function refuseHoles(handOff: HandOff, { appointment, job }: { readonly appointment: Pick<Appointment, 'id'>; readonly job: Pick<Job, 'number'> }): Refused | undefined {
  const holes = handOff.items.filter(isHole)
  const [first] = holes
  if (!first) return undefined
  const named = quoted(openItems(handOff))
  return refuse('dispatch.hole', `Job ${job.number} can\u2019t be dispatched yet: ${named} ${holes.length === 1 ? 'is' : 'are'} open. Press K and fill the hand-off.`, {
    field: `handoff.${first.item.key}`,
    subject: { kind: 'appointment', id: appointment.id },
  })
}
