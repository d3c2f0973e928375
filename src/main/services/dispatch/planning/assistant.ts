import type { assistantMethods } from '../../../../shared/contract/methods/assistant.ts'
import type { Happened, Proposal, SuggestedTechnician, TriedMove } from '../../../../shared/contract/methods/assistant.ts'
import type { IsoDay } from '../../../../shared/base/time.ts'
import { loadVisit } from '../../../../shared/domain/dispatch/visit.ts'
import { errorDetails } from '../../../core/log.ts'
import { type Asked, type Implementation, ServiceError } from '../../../core/service.ts'
import { and, eq, isNotNull, schema } from '../../../store/schema.ts'
import type { DayFacts } from './dayFacts.ts'
import type { PlanningAnswers, PlanningQuestion } from './questions.ts'
import { readDayFacts } from './readDay.ts'
import type { Fault } from './replanDay.ts'

/** Who was there before: at this very place, or with the customer elsewhere. */
function knownTechnicians(asked: Asked, customerId: string, locationId: string): Readonly<Record<string, 'place' | 'customer'>> {
  const { appointment } = schema
  const rows = asked.store.db
    .select({ technicianId: appointment.technicianId, locationId: appointment.locationId })
    .from(appointment)
    .where(and(eq(appointment.companyId, asked.store.companyId), eq(appointment.customerId, customerId), eq(appointment.state, 'done'), isNotNull(appointment.technicianId)))
    .all()
  const known: Record<string, 'place' | 'customer'> = {}
  for (const row of rows) {
    if (row.technicianId === null) continue
    if (row.locationId === locationId) known[row.technicianId] = 'place'
    else known[row.technicianId] ??= 'customer'
  }
  return known
}

async function ask<Kind extends PlanningQuestion['kind']>(question: Extract<PlanningQuestion, { readonly kind: Kind }>, { planner, log }: Asked): Promise<PlanningAnswers[Kind]> {
  try {
    return await planner.ask<Kind>(question)
  } catch (error) {
    log.error('planner.failed', { question: question.kind, ...errorDetails(error) })
    throw new ServiceError('dispatch.noPlan', 'The day could not be planned. Nothing was changed. Plan it on the board; the log says more.')
  }
}

const unknownVisit = (): ServiceError => new ServiceError('dispatch.unknownVisit', 'This visit is not there any more.')

async function suggest({ appointmentId, day }: { readonly appointmentId: string; readonly day?: IsoDay | undefined }, asked: Asked): Promise<{ technicians: SuggestedTechnician[] }> {
  const visit = asked.store.engine.run(loadVisit(appointmentId))
  if (!visit) throw unknownVisit()
  const { appointment } = visit
  const facts = readDayFacts(day ?? appointment.windowDay, asked, [appointmentId])
  const technicians = await ask({ kind: 'suggest', facts, visitId: appointmentId, known: knownTechnicians(asked, appointment.customerId, appointment.locationId) }, asked)
  return { technicians: [...technicians] }
}

/** What has happened has to be about somebody of that day. */
function refuseUnknown(facts: DayFacts, happened: readonly Happened[]): void {
  if (facts.now >= facts.endsAt && happened.length > 0) throw new ServiceError('dispatch.dayOver', 'That day is over: there is nothing left to plan.', { field: 'day' })
  const visits = new Map(facts.visits.map((visit) => [visit.id, visit]))
  for (const event of happened) {
    if (event.kind === 'sick') {
      if (!facts.technicians.some(({ id }) => id === event.technicianId)) throw new ServiceError('dispatch.unknownTechnician', 'Choose a technician who works here.', { field: 'technicianId' })
      continue
    }
    if (event.kind === 'waiting') {
      const taken = event.appointmentIds.map((id) => visits.get(id)).find((visit) => visit === undefined || visit.technicianId !== null || visit.state === 'done')
      if (taken === undefined && event.appointmentIds.every((id) => visits.has(id))) continue
      throw taken === undefined ? unknownVisit() : new ServiceError('dispatch.notWaiting', `${taken.name} has a technician already. Look again at what waits.`, { field: 'appointmentIds' })
    }
    const visit = visits.get(event.appointmentId)
    if (!visit) throw unknownVisit()
    if (event.kind === 'overrun' && (visit.technicianId === null || visit.startsAt === null || event.endsAt <= visit.startsAt)) {
      throw new ServiceError('dispatch.notPlanned', 'Choose a visit that somebody has, and an end after its beginning.', { field: 'endsAt' })
    }
    if (visit.state === 'done' || (event.kind === 'emergency' && visit.state === 'working')) throw new ServiceError('dispatch.alreadyDone', 'This visit has begun already.', { field: 'appointmentId' })
  }
}

async function replan({ day, happened }: { readonly day: IsoDay; readonly happened: readonly Happened[] }, asked: Asked): Promise<Proposal> {
  const facts = readDayFacts(day, asked, happened.flatMap((event) => (event.kind === 'sick' ? [] : event.kind === 'waiting' ? event.appointmentIds : [event.appointmentId])))
  refuseUnknown(facts, happened)
  const answer = await ask({ kind: 'replan', facts, happened }, asked)
  if (answer.kind === 'proposal') return answer.proposal
  asked.log.error('planner.unsound', { faults: JSON.stringify(answer.faults.slice(0, 10)) })
  throw new ServiceError('dispatch.noPlan', 'The proposal did not stand up to the check, so it is not shown. Nothing was changed. Plan it on the board.')
}

async function tryMoves({ day, moves }: { readonly day: IsoDay; readonly moves: readonly TriedMove[] }, asked: Asked): Promise<{ faults: Fault[] }> {
  const facts = readDayFacts(day, asked, moves.map(({ appointmentId }) => appointmentId))
  if (moves.some(({ appointmentId }) => !facts.visits.some(({ id }) => id === appointmentId))) throw unknownVisit()
  return { faults: [...(await ask({ kind: 'try', facts, moves }, asked))] }
}

export const assistantService: Implementation<typeof assistantMethods> = {
  'dispatch.suggest': (question, asked) => suggest(question, asked),
  'dispatch.replan': (question, asked) => replan(question, asked),
  'dispatch.tryMoves': (question, asked) => tryMoves(question, asked),
}
