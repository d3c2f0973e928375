import { addDays, type Instant, type IsoDay, MINUTE } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { dispatchRules } from '../../../shared/domain/dispatch/settings.ts'
import { dispatchSettingsTable } from '../../../shared/domain/dispatch/tables.ts'
import { rowsSeen } from '../../../shared/domain/kernel/clockWord.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { listChanges, loadLists } from '../../../shared/domain/materials/commands.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { type Company, companyTable } from '../../../shared/domain/people/tables.ts'
import { lookOverList, loadStandings } from '../../../shared/domain/waitlist/lookOver.ts'
import { type DispatchDay, loadDispatchDay } from '../../../shared/domain/watch/day.ts'
import { DAYS_AHEAD, isWorkedAhead, loadNeeded, reschedulesNeeded } from '../../../shared/domain/watch/lookAhead.ts'
import { preparedDays } from '../../../shared/domain/watch/workingDay.ts'
import type { Services } from '../../core/service.ts'
import { zeroOf } from '../dispatch/dayFrame.ts'
import { lookAtLeftOver } from './leftOver.ts'

type Parts = Pick<Services, 'store' | 'run'>

/** What one look goes by. */
interface Look {
  readonly company: Company
  readonly at: Instant
  readonly today: IsoDay
  /** Minutes of the company’s day. */
  readonly minute: number
  /** A day of dispatch, read once. */
  readonly dayOf: (day: IsoDay) => DispatchDay
}

function lookAtWaitList({ store: { engine }, run }: Parts, { today: day, at }: Look): void {
  const changes = lookOverList(engine.run(loadStandings()), day, at)
  if (changes.length > 0) run({ name: 'waitList.lookOver', actorId: SYSTEM_ACTOR, input: { day, at, saw: rowsSeen(changes) } })
}

/** The coming days, and wherever else a visit is whose other time is owed: what is over ends there too. */
function lookAtReschedules({ store: { engine }, run }: Parts, { company: { zone }, today, at, dayOf }: Look): void {
  const days = new Set(Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) => addDays(today, ahead)))
  for (const { startsAt, windowDay } of engine.run(loadNeeded())) days.add(startsAt === null ? windowDay : wallTimeOf(startsAt, zone).day)
  for (const day of days) {
    const { zeroAt } = dayOf(day)
    const changes = reschedulesNeeded(dayOf(day), isWorkedAhead(zeroAt, at))
    if (changes.length > 0) run({ name: 'reschedule.lookAhead', actorId: SYSTEM_ACTOR, input: { day, zeroAt, at, saw: rowsSeen(changes) } })
  }
}

function lookAtMaterials({ store: { engine }, run }: Parts, { company, today, minute, at, dayOf }: Look): void {
  const { materialListAt } = dispatchRules(engine.run(all(dispatchSettingsTable)))
  for (const day of preparedDays(today, dayOf)) {
    const isTime = day === today || minute >= materialListAt
    const changes = listChanges(company.id, engine.run(loadLists(day, isTime)), at)
    if (changes.length > 0) run({ name: 'materialList.lookOver', actorId: SYSTEM_ACTOR, input: { day, isTime, at, saw: rowsSeen(changes) } })
  }
}

/**
 * Looks at what the time alone changes beside the day itself: visits of the next days that nobody can come to, the wait list,
 * the material lists, and what past days have left. It commands only where something would change, so that a quiet day fills no journal.
 */
export function lookAhead({ store, run, now }: Pick<Services, 'store' | 'run' | 'now'>): void {
  const { engine } = store
  const [company] = engine.run(all(companyTable))
  if (!company) return
  const at = now()
  const { day: today, minute } = wallTimeOf(at, company.zone)
  const read = new Map<IsoDay, DispatchDay>()
  const dayOf = (day: IsoDay): DispatchDay => {
    const known = read.get(day) ?? engine.run(loadDispatchDay(day, zeroOf(day, company.zone)))
    read.set(day, known)
    return known
  }
  const look: Look = { company, at, today, minute, dayOf }
  lookAtWaitList({ store, run }, look)
  lookAtReschedules({ store, run }, look)
  lookAtMaterials({ store, run }, look)
  lookAtLeftOver({ store, run }, { day: today, zeroAt: zeroOf(today, company.zone), at })
}

/** Days ahead change more slowly than the one at hand, and looking at several of them takes longer. */
export const AHEAD_EVERY = 5 * MINUTE
