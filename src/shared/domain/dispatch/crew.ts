import { z } from 'zod'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, versionInput } from '../kernel/inputs.ts'
import { refuse } from '../kernel/refusal.ts'
import { handOf, loadHands } from './assign.ts'
import { refuseOverlap } from './conflicts.ts'
import { loadVisit, planChanges, refuseMovedOn, refuseSettled, refuseUnknownVisit } from './visit.ts'

/** More do not fit into a house. */
const LARGEST_CREW = 8

export const setCrew = defineIntention({
  name: 'appointment.setCrew',
  version: 1,
  summary: 'Say who goes along on a visit, beside its technician.',
  permission: 'visit.assign',
  input: z.strictObject({
    appointmentId: idInput,
    /** All of them; empty for nobody. */
    crewIds: z.array(idInput).max(LARGEST_CREW, `At most ${LARGEST_CREW} go along on a visit.`),
    overbookAccepted: z.boolean(),
    expectedVersion: versionInput.optional(),
  }),
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    const { startsAt, endsAt } = visit?.appointment ?? { startsAt: null, endsAt: null }
    return { visit, hands: visit && startsAt !== null && endsAt !== null ? yield* loadHands(visit, input.crewIds, { startsAt, endsAt }) : [] }
  },
  decide(input, { visit, hands }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const { appointment, assignment } = visit
    const { technicianId, startsAt, endsAt } = appointment
    if (appointment.state === 'done' || appointment.state === 'canceled') return refuse('dispatch.over', 'This visit is over. Who was on it stays as it is.')
    if (!assignment || technicianId === null || startsAt === null || endsAt === null) return refuse('dispatch.noTechnician', 'Give this visit to a technician first.', { field: 'crewIds' })
    const crew = hands.filter((hand) => hand.technicianId !== technicianId)
    if (crew.some(({ technician }) => !technician?.active)) return refuse('dispatch.unknownTechnician', 'Choose technicians who work here.', { field: 'crewIds' })
    // Who is along already has the time; only whoever is new is asked whether it is free.
    const joining = crew.filter((hand) => !visit.crew.some((before) => before.technicianId === hand.technicianId))
    const overlap = refuseOverlap(joining, input.overbookAccepted, context)
    if (overlap) return overlap
    const along = crew.map((hand) => visit.crew.find((before) => before.technicianId === hand.technicianId) ?? handOf(hand))
    const plan = { technicianId, startsAt, endsAt, overbookAccepted: assignment.overbookAccepted, crew: along.map(({ technicianId: id, overbookAccepted }) => ({ technicianId: id, overbookAccepted })) }
    return accept(planChanges(visit, plan, context))
  },
})
