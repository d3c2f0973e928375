import { z } from 'zod'
import { DAY } from '../../base/time.ts'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, versionInput } from '../kernel/inputs.ts'
import { refuse } from '../kernel/refusal.ts'
import { loadClaimAgain, slotAgain } from './comeBack.ts'
import { STATE_NAMES, transitionBetween } from './states.ts'
import { appointmentTable } from './tables.ts'
import { historyNote, loadVisit, refuseMovedOn, refuseSettled, refuseUnknownVisit } from './visit.ts'

/** How a visit stands whose parts are on their way. */
const ordered = { state: 'hold', partsState: 'awaited' } as const

export const awaitParts = defineIntention({
  name: 'appointment.awaitParts',
  version: 1,
  summary: 'Hold a visit until its parts are here: what was ordered, from whom, and when it is expected. Said again, it changes the order\u2019s note.',
  permission: 'visit.progress',
  input: z.strictObject({
    appointmentId: idInput,
    what: lineInput('What was ordered', 200),
    from: lineInput('The supplier', 100),
    /** When somebody looks whether they are here. */
    expectedAt: instantInput,
    /** Why it is on hold, as the office says it. */
    reason: lineInput('The reason', 300),
    /** Every so many days the customer hears how it stands, as agreed with them. Absent in what an older Baton gave. */
    updateEveryDays: z.int().min(1, 'Call once a day at most.').max(14, 'Let nobody wait longer than two weeks for a word.').default(2),
    expectedVersion: versionInput.optional(),
  }),
  *load({ appointmentId, expectedAt }) {
    const visit = yield* loadVisit(appointmentId)
    // On hold for something else, or until later, nothing was kept for it.
    return { visit, claim: visit?.appointment.slot === 'held' ? yield* loadClaimAgain(visit, { ...visit.appointment, ...ordered, partsExpectedAt: expectedAt }) : null }
  },
  decide(input, { visit, claim }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const { appointment } = visit
    const held = appointment.state === 'hold'
    if (!held && !transitionBetween(appointment.state, 'hold')) return refuse('dispatch.transition', `A visit can\u2019t go from ${STATE_NAMES[appointment.state]} to ${STATE_NAMES.hold}.`, { field: 'appointmentId' })
    if (input.expectedAt <= context.at) return refuse('parts.past', 'The parts are expected later than now. Choose the day on which they come.', { field: 'expectedAt' })
    return accept(
      update(appointmentTable, appointment, {
        ...ordered,
        holdReason: input.reason,
        partsWhat: input.what,
        partsFrom: input.from,
        partsExpectedAt: input.expectedAt,
        partsReceivedAt: null,
        slot: slotAgain(visit, claim, null, context.at) ?? appointment.slot,
        partsUpdateDays: input.updateEveryDays,
        // Said again, the rhythm goes on from the last call unless another was agreed.
        partsUpdateAt: appointment.partsState === 'awaited' && appointment.partsUpdateDays === input.updateEveryDays ? appointment.partsUpdateAt : context.at + input.updateEveryDays * DAY,
      }),
      historyNote(visit, 'parts', `Parts ordered: ${input.what}, from ${input.from}`, context),
    )
  },
})
