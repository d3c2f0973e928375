import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { dispatchRules } from '../../../shared/domain/dispatch/settings.ts'
import { dispatchSettingsTable } from '../../../shared/domain/dispatch/tables.ts'
import { lateTasksOver, loadLateTasks } from '../../../shared/domain/field/lateTasks.ts'
import { rowsSeen } from '../../../shared/domain/kernel/clockWord.ts'
import { all, range } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { companyTable } from '../../../shared/domain/people/tables.ts'
import { hourBegins } from '../../../shared/domain/watch/commands.ts'
import { loadDispatchDay } from '../../../shared/domain/watch/day.ts'
import { truthHourTable } from '../../../shared/domain/watch/tables.ts'
import { updateCalls } from '../../../shared/domain/watch/updateCalls.ts'
import { errorDetails } from '../../core/log.ts'
import type { Services } from '../../core/service.ts'
import type { Timers } from '../../sync/timers.ts'
import { zeroOf } from '../dispatch/dayFrame.ts'
import { AHEAD_EVERY, lookAhead } from './lookAhead.ts'

type Parts = Pick<Services, 'store' | 'run' | 'now' | 'log'>

/** An office that opens later than this after the hour has missed it: the evening is no time for it. */
const HOUR_MAY_BEGIN_FOR = 5 * HOUR

/**
 * Looks at the day once: says whom we keep waiting, and begins the Truth Comes Home Hour at its time. It commands only where
 * something would change, so that a quiet day fills no journal; with a hub whoever says it first has said it for all.
 */
export function lookAtDay({ store, run, now }: Omit<Parts, 'log'>): void {
  const { engine } = store
  const [company] = engine.run(all(companyTable))
  if (!company) return
  const at = now()
  const { day } = wallTimeOf(at, company.zone)
  const zeroAt = zeroOf(day, company.zone)
  const rules = dispatchRules(engine.run(all(dispatchSettingsTable)))
  const today = engine.run(loadDispatchDay(day, zeroAt))
  const input = { day, zeroAt, at }
  const calls = [...updateCalls(today, at, rules), ...lateTasksOver(engine.run(loadLateTasks()), at)]
  if (calls.length > 0) run({ name: 'dispatch.lookAround', actorId: SYSTEM_ACTOR, input: { ...input, saw: rowsSeen(calls) } })
  const since = at - (zeroAt + rules.truthHourAt * MINUTE)
  if (since < 0 || since > HOUR_MAY_BEGIN_FOR || engine.run(range(truthHourTable, 'byDay', [day])).length > 0) return
  const begins = hourBegins(engine.run(loadDispatchDay(day, zeroAt)))
  if (begins.length > 0) run({ name: 'truthHour.begin', actorId: SYSTEM_ACTOR, input: { ...input, saw: rowsSeen(begins) } })
}

/** Often enough that nobody waits for it, and seldom enough that nobody notices it. */
const EVERY = 30_000

/** @returns what stops it */
export function watchDay(parts: Parts, timers: Timers): () => void {
  let stopped = false
  let stop: () => void = () => undefined
  let aheadAt = 0
  const lookAndGoOn = (): void => {
    if (stopped) return
    try {
      lookAtDay(parts)
      if (Math.abs(parts.now() - aheadAt) >= AHEAD_EVERY) {
        aheadAt = parts.now()
        lookAhead(parts)
      }
    } catch (error) {
      parts.log.warn('day.watch', errorDetails(error))
    }
    stop = timers.after(EVERY, lookAndGoOn)
  }
  stop = timers.after(EVERY, lookAndGoOn)
  return () => {
    stopped = true
    stop()
  }
}
