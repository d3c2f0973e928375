import { addDays, MINUTE } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { dispatchRules } from '../../../shared/domain/dispatch/settings.ts'
import { dispatchSettingsTable } from '../../../shared/domain/dispatch/tables.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { listChanges, loadLists } from '../../../shared/domain/materials/commands.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { companyTable } from '../../../shared/domain/people/tables.ts'
import { lookOverList, loadStandings } from '../../../shared/domain/waitlist/lookOver.ts'
import { loadDispatchDay } from '../../../shared/domain/watch/day.ts'
import { DAYS_AHEAD, reschedulesNeeded } from '../../../shared/domain/watch/lookAhead.ts'
import type { Services } from '../../core/service.ts'
import { zeroOf } from '../dispatch/dayFrame.ts'

/**
 * Looks at what the time alone changes beside the day itself: visits of the next days that nobody can come to, the wait list,
 * tomorrow’s material list. It commands only where something would change, so that a quiet day fills no journal.
 */
export function lookAhead({ store, run, now }: Pick<Services, 'store' | 'run' | 'now'>): void {
  const { engine } = store
  const [company] = engine.run(all(companyTable))
  if (!company) return
  const at = now()
  const { day, minute } = wallTimeOf(at, company.zone)
  if (lookOverList(engine.run(loadStandings()), day, at).length > 0) run({ name: 'waitList.lookOver', actorId: SYSTEM_ACTOR, input: { day, at } })
  for (let ahead = 1; ahead <= DAYS_AHEAD; ahead++) {
    const coming = addDays(day, ahead)
    const zeroAt = zeroOf(coming, company.zone)
    if (reschedulesNeeded(engine.run(loadDispatchDay(coming, zeroAt))).length > 0) run({ name: 'reschedule.lookAhead', actorId: SYSTEM_ACTOR, input: { day: coming, zeroAt, at } })
  }
  const tomorrow = addDays(day, 1)
  const isTime = minute >= dispatchRules(engine.run(all(dispatchSettingsTable))).materialListAt
  if (listChanges(company.id, engine.run(loadLists(tomorrow, isTime)), at).length > 0) run({ name: 'materialList.lookOver', actorId: SYSTEM_ACTOR, input: { day: tomorrow, isTime, at } })
}

/** Days ahead change more slowly than the one at hand, and looking at three of them takes longer. */
export const AHEAD_EVERY = 5 * MINUTE
