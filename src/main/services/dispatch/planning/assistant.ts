import type { assistantMethods } from '../../../../shared/contract/methods/assistant.ts'
import type { Happened, Proposal, SuggestedTechnician, TriedMove } from '../../../../shared/contract/methods/assistant.ts'
import type { IsoDay } from '../../../../shared/base/time.ts'
import { loadVisit } from '../../../../shared/domain/dispatch/visit.ts'
import { jobTypeTable } from '../../../../shared/domain/jobs/tables.ts'
import { all } from '../../../../shared/domain/kernel/load.ts'
import { errorDetails } from '../../../core/log.ts'
import { type Asked, type Implementation, ServiceError } from '../../../core/service.ts'
import type { DayFacts, DayVisit } from './dayFacts.ts'
import { type SalesFigures, salesFigures } from './figures.ts'
import { preferencesOf } from './known.ts'
import type { PlanningAnswers, PlanningQuestion } from './questions.ts'
import { readDayFacts } from './readDay.ts'
import type { Fault } from './replanDay.ts'
import { staleMoves } from './seen.ts'

async function ask<Kind extends PlanningQuestion['kind']>(question: Extract<PlanningQuestion, { readonly kind: Kind }>, { planner, log }: Asked): Promise<PlanningAnswers[Kind]> {
  try {
    return await planner.ask<Kind>(question)
  } catch (error) {
    log.error('planner.failed', { question: question.kind, ...errorDetails(error) })
    throw new ServiceError('dispatch.noPlan', 'The day could not be planned. Nothing was changed. Plan it on the board; the log says more.')
  }
}

const unknownVisit = (): ServiceError => new ServiceError('dispatch.unknownVisit', 'This visit is not there any more.')

/** What the books say of those who could go, where the visit is a chance to sell. */
function figuresFor(jobTypeId: string, { technicians }: DayFacts, { store, now }: Asked): Readonly<Record<string, SalesFigures>> | null {
  const jobTypes = store.engine.run(all(jobTypeTable))
  const jobType = jobTypes.find(({ id }) => id === jobTypeId)
  if (jobType?.sells !== true) return null
  const skilled = technicians.filter(({ active, skills }) => active && jobType.skills.every((skill) => skills.includes(skill)))
  return salesFigures({ store, technicianIds: skilled.map(({ id }) => id), salesTypes: jobTypes.filter(({ sells }) => sells === true).map(({ id }) => id), now: now() })
}

async function suggest({ appointmentId, day }: { readonly appointmentId: string; readonly day?: IsoDay | undefined }, asked: Asked): Promise<{ technicians: SuggestedTechnician[] }> {
  const visit = asked.store.engine.run(loadVisit(appointmentId))
  if (!visit) throw unknownVisit()
  const { appointment } = visit
  const facts = readDayFacts(day ?? appointment.windowDay, asked, { alsoIds: [appointmentId] })
  const technicians = await ask({ kind: 'suggest', facts, visitId: appointmentId, preferences: preferencesOf(asked, appointment.customerId, appointment.locationId), figures: figuresFor(visit.job.jobTypeId, facts, asked) }, asked)
  return { technicians: [...technicians] }
}

const isWaiting = (visit: DayVisit | undefined): visit is DayVisit => visit !== undefined && visit.technicianId === null && visit.state !== 'done'

/** What has happened, without the visits that wait no more. */
function stillSo(facts: DayFacts, happened: readonly Happened[]): readonly Happened[] {
  const waits = new Set(facts.visits.filter(isWaiting).map(({ id }) => id))
  return happened.map((event) => (event.kind === 'waiting' ? { ...event, appointmentIds: event.appointmentIds.filter((id) => waits.has(id)) } : event))
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
      // What a colleague has seen to meanwhile waits no more; only where nothing is left to plan is that a refusal.
      if (event.appointmentIds.some((id) => isWaiting(visits.get(id)))) continue
      const taken = event.appointmentIds.map((id) => visits.get(id)).find((visit) => visit !== undefined)
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
  const facts = readDayFacts(day, asked, { alsoIds: happened.flatMap((event) => (event.kind === 'sick' ? [] : event.kind === 'waiting' ? event.appointmentIds : [event.appointmentId])) })
  refuseUnknown(facts, happened)
  const answer = await ask({ kind: 'replan', facts, happened: stillSo(facts, happened) }, asked)
  if (answer.kind === 'proposal') return answer.proposal
  asked.log.error('planner.unsound', { faults: JSON.stringify(answer.faults.slice(0, 10)) })
  throw new ServiceError('dispatch.noPlan', 'The proposal did not stand up to the check, so it is not shown. Nothing was changed. Plan it on the board.')
}

async function tryMoves({ day, moves }: { readonly day: IsoDay; readonly moves: readonly TriedMove[] }, asked: Asked): Promise<{ faults: Fault[]; stale: { appointmentId: string; message: string }[] }> {
  const facts = readDayFacts(day, asked, { alsoIds: moves.map(({ appointmentId }) => appointmentId) })
  if (moves.some(({ appointmentId, seen }) => !seen && !facts.visits.some(({ id }) => id === appointmentId))) throw unknownVisit()
  const stale = staleMoves(facts, moves)
  const staying = new Set(stale.map(({ appointmentId }) => appointmentId))
  const standing = moves.filter(({ appointmentId }) => !staying.has(appointmentId))
  return {
    faults: standing.length === 0 ? [] : [...(await ask({ kind: 'try', facts, moves: standing }, asked))],
    stale: stale.map(({ appointmentId, what }) => ({ appointmentId, message: what === 'day' ? dayWords(facts, moves, appointmentId) : visitWords(appointmentId, asked) })),
  }
}

function dayWords({ technicians }: DayFacts, moves: readonly TriedMove[], appointmentId: string): string {
  const to = moves.find((move) => move.appointmentId === appointmentId)?.to
  return `The day of ${technicians.find(({ id }) => id === to?.technicianId)?.name ?? 'the technician'} has changed since.`
}

function visitWords(appointmentId: string, { store, actorId }: Asked): string {
  const visit = store.engine.run(loadVisit(appointmentId))
  if (!visit) return 'It is not there any more.'
  const { changedBy } = visit
  return `${changedBy === undefined ? 'Somebody has' : changedBy.id === actorId ? 'You have' : `${changedBy.name} has`} changed it since.`
}

export const assistantService: Implementation<typeof assistantMethods> = {
  'dispatch.suggest': (question, asked) => suggest(question, asked),
  'dispatch.replan': (question, asked) => replan(question, asked),
  'dispatch.tryMoves': (question, asked) => tryMoves(question, asked),
}
