import { z } from 'zod'
import { bookedOn, isPractice } from '../calls/rules.ts'
import { callTable } from '../calls/tables.ts'
import { contactMethodTable, customerTable, locationTable, noteTable } from '../customers/tables.ts'
import { arrivalWindowFields, refusedWindow } from '../dispatch/arrivalWindow.ts'
import { asksCapacity, capacityInput, overbookedWords, refusedFull, slotWith } from '../dispatch/capacity.ts'
import { type Claim, loadClaim, mayClaim, slotOf } from '../dispatch/claim.ts'
import { appointmentTable } from '../dispatch/tables.ts'
import { NEW_VISIT } from '../dispatch/visit.ts'
import { bookedTicks } from '../handoff/commands.ts'
import { checklistOf, handoffFacts } from '../handoff/handOff.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, optionalLine, textInput, zoneInput } from '../kernel/inputs.ts'
import { all, get, getIf, getMany, range } from '../kernel/load.ts'
import { insert, update } from '../kernel/changes.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { businessUnitTable, companyTable } from '../people/tables.ts'
import { answersInput } from '../scripts/content.ts'
import { type Offered, offeredThen } from './begun.ts'
import { jobTotal, lineValues, namesPrices, newLine, type NewLine, pricedLine, refusedItem, refusedLine, refusedTotal } from './lines.ts'
import { jobLineTable, jobTable, jobTypeTable, PAYMENT_FORMS, type PriceItem, priceItemTable, priorityTable } from './tables.ts'

const promisedWindow = z.strictObject({
  id: idInput,
  ...arrivalWindowFields,
  zone: zoneInput,
  durationMinutes: z.int().min(15, 'A visit lasts at least 15 minutes.').max(24 * 60, 'A visit lasts at most 24 hours.'),
})

function refusedLines(lines: readonly NewLine[], items: readonly PriceItem[], offered: Offered): Refused | undefined {
  if (lines.length === 0) return refuse('job.withoutLine', 'Add at least one line item; $0.00 is fine.', { field: 'lines' })
  for (const [index, line] of lines.entries()) {
    const field = `lines.${index}`
    const refused = refusedItem(line, items.find(({ id }) => id === line.priceItemId), field, offered.changed) ?? refusedLine(line, field)
    if (refused) return refused
    if (lines.findIndex(({ id }) => id === line.id) !== index) return refuse('job.doubledLine', 'Two lines carry the same id.', { field })
  }
  return refusedTotal(lines.map((line, position) => lineValues(line, '', position)))
}

const claimOf = (input: { readonly jobTypeId: string; readonly appointment: z.output<typeof promisedWindow> }): Claim => ({
  window: input.appointment,
  durationMinutes: input.appointment.durationMinutes,
  jobTypeId: input.jobTypeId,
  appointmentId: null,
})

export const bookJob = defineIntention({
  name: 'job.book',
  version: 2,
  summary: 'Book a job with its lines and the arrival window promised to the customer.',
  permission: 'job.book',
  numbers: ['job'],
  input: z.strictObject({
    jobId: idInput,
    customerId: idInput,
    locationId: idInput,
    businessUnitId: idInput,
    jobTypeId: idInput,
    priorityId: idInput,
    summary: lineInput('The summary', 2000),
    notes: textInput('The note for dispatch'),
    plannedPayment: z.enum(PAYMENT_FORMS, 'Choose how the customer plans to pay.'),
    lines: z.array(newLine).max(100, 'A job has at most 100 lines.'),
    appointment: promisedWindow,
    callId: idInput.nullable(),
    readBack: z.boolean(),
    /** Was a confirmation promised? Then sending it is owed. */
    confirmation: z.boolean(),
    /**
     * When the call's booking was begun. What it was offered then may be booked though it was taken out of use meanwhile:
     * a change in the middle of a call is no change of that call.
     */
    begunAt: instantInput.nullable().optional(),
    /** The words it was booked with, and what the script's own questions brought. */
    scriptVersionId: idInput.nullable().optional(),
    answers: answersInput.optional(),
    /** Items of the hand-off checklist that the caller answered, with what was said. */
    handOff: z.array(z.strictObject({ item: lineInput('The item', 40), said: optionalLine('What was said', 200) })).max(20).optional(),
    /** Whether the window was promised as one with somebody free in it, or knowing that nobody is. */
    capacity: capacityInput.optional(),
    /** Had the window a free skilled technician when it was promised? Filled in where it is asked: on a hub, or with `capacity`. */
    claimed: z.boolean().optional(),
  }),
  *prepare(input, by) {
    const mayName = yield* namesPrices(by.actorId)
    const lines: NewLine[] = []
    for (const line of input.lines) lines.push(yield* pricedLine(line, mayName))
    return { ...input, lines, claimed: asksCapacity(input.capacity, by.shared) && (yield* mayClaim(claimOf(input))) }
  },
  *load(input) {
    return {
      existing: yield* get(jobTable, input.jobId),
      visit: yield* get(appointmentTable, input.appointment.id),
      customer: yield* get(customerTable, input.customerId),
      location: yield* get(locationTable, input.locationId),
      unit: yield* get(businessUnitTable, input.businessUnitId),
      jobType: yield* get(jobTypeTable, input.jobTypeId),
      priority: yield* get(priorityTable, input.priorityId),
      items: yield* getMany(priceItemTable, new Set(input.lines.flatMap(({ priceItemId }) => priceItemId ?? []))),
      takenLines: yield* getMany(jobLineTable, input.lines.map(({ id }) => id)),
      call: yield* getIf(callTable, input.callId),
      company: (yield* all(companyTable))[0],
      claim: input.claimed ? yield* loadClaim(claimOf(input)) : null,
      contacts: input.handOff ? yield* range(contactMethodTable, 'byCustomer', [input.customerId]) : [],
    }
  },
  decide(input, { existing, visit, customer, location, unit, jobType, priority, items, takenLines, call, company, claim, contacts }, context) {
    if (existing) return refuse('job.exists', `This is booked already as job ${existing.number}.`, { subject: { kind: 'job', id: existing.id } })
    if (visit || takenLines.length > 0) return refuse('job.doubledPart', 'A part of this booking is recorded already. Start it again.')
    if (!customer) return refuse('job.unknownCustomer', 'Choose a customer.', { field: 'customerId' })
    if (customer.archived) return refuse('job.archivedCustomer', `${customer.name} is archived. Bring the customer back first.`, { field: 'customerId' })
    if (customer.doNotService && !context.may('settings.edit')) {
      return refuse('job.doNotService', `${customer.name} is marked \u201cdo not service\u201d. Only a service manager or an owner can book.`, { field: 'customerId' })
    }
    if (!location || location.customerId !== customer.id) {
      return refuse('job.foreignLocation', `Choose one of ${customer.name}\u2019s locations.`, { field: 'locationId' })
    }
    const offered = offeredThen(input.begunAt ?? null, context.at)
    if (!offered(unit)) return refuse('job.unknownUnit', 'Choose a business unit that is in use.', { field: 'businessUnitId' })
    if (!offered(jobType)) return refuse('job.unknownType', 'Choose a job type that is in use.', { field: 'jobTypeId' })
    if (jobType.businessUnitId !== unit.id && !offered.changed(jobType)) {
      return refuse('job.wrongUnit', `\u201c${jobType.name}\u201d does not belong to ${unit.name}. Choose another job type.`, { field: 'jobTypeId' })
    }
    if (!offered(priority)) return refuse('job.unknownPriority', 'Choose a priority from the table.', { field: 'priorityId' })
    const refused = refusedLines(input.lines, items, offered) ?? refusedWindow(input.appointment, context.at, 'appointment.') ?? refusedFull(input.capacity, input.claimed, input.appointment, 'appointment.')
    if (refused) return refused
    if (input.callId !== null && !call) return refuse('job.unknownCall', 'The call this booking belongs to is not recorded.', { field: 'callId' })
    if (!input.readBack) return refuse('job.notReadBack', 'Read the phone, address, date and window back to the customer first.', { field: 'readBack' })

    const practice = isPractice(call, company)
    const { jobId, customerId, locationId, businessUnitId, jobTypeId, priorityId, summary, notes, plannedPayment, callId } = input
    const lines = input.lines.map((line, position) => lineValues(line, jobId, position))
    const overbooked = overbookedWords(input.capacity, input.appointment)
    const facts = handoffFacts({ appointment: { confirmation: input.confirmation ? 'owed' : 'none', technicianId: null }, job: { plannedPayment, lineCount: lines.length, summary, waiver: jobType.waiver === null ? null : 'owed' }, location, contacts })
    return accept(
      insert(jobTable, {
        id: jobId,
        number: context.number('job'),
        customerId,
        locationId,
        businessUnitId,
        jobTypeId,
        priorityId,
        summary,
        notes,
        plannedPayment,
        state: 'open',
        cancelReason: null,
        callId,
        lineCount: lines.length,
        totalCents: jobTotal(lines),
        invoiceId: null,
        practice,
        scriptVersionId: input.scriptVersionId ?? null,
        waiver: jobType.waiver === null ? null : 'owed',
        waiverAt: null,
        answers: input.answers && input.answers.length > 0 ? input.answers : null,
      }),
      lines.map((line) => insert(jobLineTable, line)),
      insert(appointmentTable, {
        ...NEW_VISIT,
        ...input.appointment,
        jobId,
        customerId,
        locationId,
        businessUnitId,
        confirmation: input.confirmation ? 'owed' : 'none',
        // The customer was promised this window: it stands, and somebody calls where its time is gone.
        slot: practice ? 'none' : slotWith(input.capacity, slotOf(claimOf(input), claim)),
        practice,
      }),
      overbooked === '' ? [] : insert(noteTable, { id: context.id('overbooked'), customerId, subjectKind: 'job', subjectId: jobId, body: overbooked, pinned: false, authorId: context.actorId, at: context.at }),
      practice ? [] : bookedTicks(input.appointment.id, input.handOff ?? [], checklistOf(jobType), facts, context),
      call ? update(callTable, call, bookedOn(call, { jobId, customerId, locationId })) : [],
    )
  },
})
