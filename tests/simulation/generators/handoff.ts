import { OPEN_STATES } from '../../../src/shared/domain/dispatch/states.ts'
import { type Appointment, appointmentTable } from '../../../src/shared/domain/dispatch/tables.ts'
import { checklistOf } from '../../../src/shared/domain/handoff/handOff.ts'
import { handoffTickId, handoffTickTable } from '../../../src/shared/domain/handoff/tables.ts'
import { jobTable, jobTypeTable } from '../../../src/shared/domain/jobs/tables.ts'
import type { Generator, World } from '../world.ts'

const WRONG = 0.15

function openVisit({ random, rows }: World, suits: (visit: Appointment) => boolean): Appointment | undefined {
  return random.pick(rows(appointmentTable).filter((visit) => OPEN_STATES.includes(visit.state) && !visit.practice && !visit.invoiced && suits(visit)))
}

const tick: Generator = {
  command: 'handoff.tick',
  propose: (world) => {
    const { random, rows } = world
    const listed = new Set(rows(jobTypeTable).flatMap(({ id, checklist }) => (checklist && checklist.length > 1 ? [id] : [])))
    const jobs = new Set(rows(jobTable).flatMap(({ id, jobTypeId }) => (listed.has(jobTypeId) ? [id] : [])))
    const visit = openVisit(world, (candidate) => jobs.has(candidate.jobId))
    if (!visit) return undefined
    const job = rows(jobTable).find(({ id }) => id === visit.jobId)
    const items = checklistOf(rows(jobTypeTable).find(({ id }) => id === job?.jobTypeId)).filter(({ answer }) => answer.kind !== 'record')
    const standing = new Set(rows(handoffTickTable).flatMap(({ id, takenBackAt }) => (takenBackAt === null ? [id] : [])))
    const open = items.filter(({ key }) => !standing.has(handoffTickId(visit.id, key)))
    const item = random.pick(open) ?? random.pick(items)
    if (random.chance(WRONG)) return { input: { appointmentId: visit.id, item: random.pick(['line', 'nothing', 'home']), said: '' } }
    return item && { input: { appointmentId: visit.id, item: item.key, said: random.pick(['The customer', 'The son, 17', 'Nobody, key under the mat']) } }
  },
}

const takeBack: Generator = {
  command: 'handoff.takeBack',
  propose: ({ random, rows }) => {
    const ticks = rows(handoffTickTable)
    const known = random.pick(random.chance(WRONG) ? ticks : ticks.filter(({ takenBackAt }) => takenBackAt === null))
    return known && { input: { appointmentId: known.appointmentId, item: known.item } }
  },
}

export const handoffGenerators: readonly Generator[] = [tick, takeBack]
