import type { Clock } from '../../../shared/base/clock.ts'
import { DAY, type Instant } from '../../../shared/base/time.ts'
import { clockOf } from '../../../shared/base/zoneClock.ts'
import { clockFor, type WorkFacts } from '../../../shared/domain/dispatch/workTime.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { companyTable, technicianTable, type Technician, zoneClockTable } from '../../../shared/domain/people/tables.ts'
import { type ZoneClockValues, zoneOf, zonesToLearn } from '../../../shared/domain/people/zoneClocks.ts'
import type { Services } from '../../core/service.ts'

/** The clock a technician works by: as commands decide by it, or where it is not written down yet, as this machine knows it. */
export function clockAt(technician: Pick<Technician, 'zone'>, facts: Pick<WorkFacts, 'clocks' | 'companyZone'>, now: Instant): Clock {
  return clockFor(technician, facts, clockOf(zoneOf(technician, facts.companyZone), now).clock)
}

/** A zone's clock as a command takes it. */
export function clockToLearn(zone: string, around: Instant): ZoneClockValues {
  const { clock, until } = clockOf(zone, around)
  return { zone, changes: [...clock], until }
}

/** Clocks are written down again while there are still some years of them. */
const ENOUGH = 3 * 366 * DAY

/**
 * Writes down what the clocks of the company's zones do, where it is not known yet: from then on every workstation and the hub
 * decide about shifts alike. With a hub every workstation may say so; the one that knows further is kept.
 */
export function bringClocks({ store, run, log, now }: Pick<Services, 'store' | 'run' | 'log' | 'now'>): void {
  const { engine } = store
  const [company] = engine.run(all(companyTable))
  if (!company) return
  const zones = engine.run(all(technicianTable)).map((technician) => zoneOf(technician, company.zone))
  const missing = zonesToLearn([company.zone, ...zones], engine.run(all(zoneClockTable)), now() + ENOUGH).slice(0, 20)
  if (missing.length === 0) return
  const clocks = missing.map((zone) => clockToLearn(zone, now()))
  const outcome = run({ name: 'clock.learn', actorId: SYSTEM_ACTOR, input: { clocks } })
  log.info('clocks.brought', { zones: missing.join(' '), outcome: outcome.kind })
}
