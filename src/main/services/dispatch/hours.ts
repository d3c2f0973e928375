import type { IsoDay } from '../../../shared/base/time.ts'
import { instantOf } from '../../../shared/base/zone.ts'
import type { TechnicianHours } from '../../../shared/contract/methods/dispatch.ts'
import { datedShiftTable, onCallTable } from '../../../shared/domain/dispatch/tables.ts'
import { LONGEST_TIME } from '../../../shared/domain/dispatch/workTime.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import { technicianTable } from '../../../shared/domain/people/tables.ts'
import { zoneOf } from '../../../shared/domain/people/zoneClocks.ts'
import type { Asked } from '../../core/service.ts'
import { companyOf } from '../company.ts'

const byStart = (left: { readonly startsAt: number }, right: { readonly startsAt: number }): number => left.startsAt - right.startsAt

/** Answers `technician.hours`: shifts of single days, days off and on-call time that is not over on `fromDay`. */
export function readTechnicianHours(technicianId: string, fromDay: IsoDay, asked: Asked): TechnicianHours {
  const { engine } = asked.store
  const technician = engine.run(get(technicianTable, technicianId))
  const { zone: companyZone } = companyOf(asked)
  const zone = technician ? zoneOf(technician, companyZone) : companyZone
  const from = instantOf(fromDay, 0, zone)
  const days = new Map<IsoDay, TechnicianHours['days'][number]>()
  for (const { day, startsAt, endsAt, note } of engine.run(range(datedShiftTable, 'byTechnician', [technicianId], { from: fromDay }))) {
    const shown = days.get(day) ?? { day, shifts: [], note }
    days.set(day, startsAt === null || endsAt === null ? shown : { ...shown, shifts: [...shown.shifts, { startsAt, endsAt }].sort(byStart) })
  }
  const onCall = engine.run(range(onCallTable, 'byTechnician', [technicianId], { from: from - LONGEST_TIME })).filter(({ endsAt }) => endsAt > from)
  return {
    zone,
    days: [...days.values()].sort((left, right) => (left.day < right.day ? -1 : 1)),
    onCall: onCall.map(({ id, startsAt, endsAt, note }) => ({ id, startsAt, endsAt, note })).sort(byStart),
  }
}
