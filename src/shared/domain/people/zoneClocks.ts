import { z } from 'zod'
import { type Clock } from '../../base/clock.ts'
import { derivedId } from '../../base/id.ts'
import type { Instant } from '../../base/time.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import { accept, defineFact } from '../kernel/command.ts'
import { instantInput, zoneInput } from '../kernel/inputs.ts'
import { getMany } from '../kernel/load.ts'
import { type Technician, type ZoneClock, zoneClockTable } from './tables.ts'

/** A zone's clock as the edge knows it. */
export const zoneClockInput = z.strictObject({
  zone: zoneInput,
  changes: z
    .array(z.strictObject({ at: instantInput, offset: z.int().min(-14 * 60).max(14 * 60) }))
    .min(1)
    .max(200)
    .refine((changes) => changes.every(({ at }, index) => index === 0 || at > (changes[index - 1]?.at ?? 0)), 'The changes of a clock go on in time.'),
  until: instantInput,
})

export type ZoneClockValues = z.output<typeof zoneClockInput>

export const zoneClockId = (zone: string): string => derivedId('zone-clock', zone)

/** Writes a clock down where it says more than what is there. */
export function clockChanges(values: ZoneClockValues, existing: ZoneClock | undefined): readonly Change[] {
  if (!existing) return [insert(zoneClockTable, { id: zoneClockId(values.zone), ...values })]
  return values.until > existing.until ? [update(zoneClockTable, existing, values)] : []
}

/** The clock of a zone, where somebody has written it down. */
export function clockIn(rows: readonly ZoneClock[], zone: string): Clock | undefined {
  return rows.find((row) => row.zone === zone)?.changes
}

/** The zone of a technician's own clock. */
export function zoneOf({ zone }: Pick<Technician, 'zone'>, companyZone: string): string {
  return zone ?? companyZone
}

/** Every zone that technicians work in whose clock is not known far enough. */
export function zonesToLearn(zones: Iterable<string>, rows: readonly ZoneClock[], until: Instant): readonly string[] {
  return [...new Set(zones)].filter((zone) => !rows.some((row) => row.zone === zone && row.until >= until))
}

/**
 * Writes down what the clocks of a zone do, so that whoever decides about shifts needs no tables of time zones. A fact of the
 * software: of two workstations that say it, the one that knows further is kept.
 */
export const learnClocks = defineFact({
  name: 'clock.learn',
  version: 1,
  summary: 'Write down what the clocks of a time zone do.',
  permission: 'company.setUp',
  input: z.strictObject({ clocks: z.array(zoneClockInput).min(1).max(20) }),
  *load(input) {
    return yield* getMany(zoneClockTable, new Set(input.clocks.map(({ zone }) => zoneClockId(zone))))
  },
  decide(input, rows) {
    const furthest = new Map<string, ZoneClockValues>()
    for (const clock of input.clocks) if ((furthest.get(clock.zone)?.until ?? 0) < clock.until) furthest.set(clock.zone, clock)
    return accept([...furthest.values()].flatMap((clock) => clockChanges(clock, rows.find(({ zone }) => zone === clock.zone))))
  },
})
