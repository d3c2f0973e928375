import { formatPhone } from '../../../shared/base/phone.ts'
import { compareText } from '../../../shared/base/text.ts'
import type { Instant, IsoDay } from '../../../shared/base/time.ts'
import { OPEN_STATES } from '../../../shared/domain/dispatch/states.ts'
import { appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { all, type Loading, range } from '../../../shared/domain/kernel/load.ts'
import { type Technician, technicianTable } from '../../../shared/domain/people/tables.ts'
import { phoneRules } from '../../../shared/domain/phone/settings.ts'
import { phoneSettingTable } from '../../../shared/domain/phone/tables.ts'
import { loadTechnicianDay, loadVisitFor } from '../../../shared/field/technicianDay.ts'
import type { TechnicianVisit } from '../../../shared/field/wire.ts'
import type { Services } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { openPromisesOf } from '../dispatch/openPromises.ts'

type Parts = Pick<Services, 'store' | 'now'>

/** A visit as it stands on paper, with what is still owed to the customer about it. */
export interface SheetVisit extends TechnicianVisit {
  readonly owed: readonly string[]
}

/** One technician's day, or the visits of a day that nobody has. */
export interface DaySheet {
  /** Null for the visits that nobody has. */
  readonly technicianId: string | null
  readonly technician: string
  readonly day: IsoDay
  /** In which the day begins and ends; every visit says its own times in its own. */
  readonly zone: string
  /** In order. */
  readonly visits: readonly SheetVisit[]
}

/** Everything that is the same on every sheet of a print. */
export interface SheetHead {
  readonly company: string
  /** Whom to call when nothing else works, the first first. */
  readonly callUs: readonly { readonly name: string; readonly number: string }[]
  readonly madeAt: Instant
  readonly zone: string
  /** Why none of it is real, where none is. */
  readonly notReal: string | null
}

/** Who and what stands on every sheet. @throws ServiceError where there is no company yet */
export function sheetHead(parts: Parts): SheetHead {
  const company = companyOf(parts)
  const { backupNumber } = phoneRules(parts.store.engine.run(all(phoneSettingTable)))
  const callUs = [
    { name: 'Office', number: company.phone },
    { name: 'When the office does not answer', number: backupNumber },
  ].filter(({ number }) => number !== '')
  return {
    company: company.name,
    callUs: callUs.map(({ name, number }) => ({ name, number: formatPhone(number) })),
    madeAt: parts.now(),
    zone: company.zone,
    notReal: company.phase === 'sample' ? 'Sample company' : null,
  }
}

/** Who has a sheet: everybody at work, in the office's order. */
export function sheetTechnicians({ store }: Pick<Parts, 'store'>): readonly Technician[] {
  return store.engine
    .run(all(technicianTable))
    .filter(({ active }) => active)
    .toSorted((left, right) => left.position - right.position || compareText(left.name, right.name))
}

const withOwed = (visits: readonly TechnicianVisit[], parts: Pick<Parts, 'store'>): readonly SheetVisit[] => {
  const promises = openPromisesOf(parts, visits.map(({ id }) => id))
  return visits.map((visit) => ({ ...visit, owed: (promises.get(visit.id) ?? []).map(({ nextStep }) => nextStep) }))
}

/** A technician's day as their link shows it, for paper; null where they are not there any more. */
export function readDaySheet(technicianId: string, day: IsoDay, parts: Parts): DaySheet | null {
  const now = parts.now()
  const read = parts.store.engine.run(loadTechnicianDay({ technicianId, day, expiresAt: now }, '', now))
  if (!read) return null
  const visits = read.visits.filter(({ state }) => state !== 'canceled')
  return { technicianId, technician: read.technician, day, zone: read.zone, visits: withOwed(visits, parts) }
}

/** The visits of a day that nobody has who is still here: whoever has the paper can still give them to somebody. */
function* loadNobodys(day: IsoDay): Loading<readonly TechnicianVisit[]> {
  const active = new Set((yield* all(technicianTable)).filter((technician) => technician.active).map(({ id }) => id))
  const found: TechnicianVisit[] = []
  for (const appointment of yield* range(appointmentTable, 'byDay', [day])) {
    const { technicianId, state, practice, windowStartsAt, windowEndsAt } = appointment
    if (practice || !OPEN_STATES.includes(state) || (technicianId !== null && active.has(technicianId))) continue
    const visit = yield* loadVisitFor(appointment, { startsAt: windowStartsAt, endsAt: windowEndsAt })
    if (visit) found.push(visit)
  }
  return found.toSorted((left, right) => left.windowStartsAt - right.windowStartsAt || compareText(left.id, right.id))
}

/** The sheet of the visits that nobody has; null where somebody has each. */
export function readNobodysSheet(day: IsoDay, parts: Parts): DaySheet | null {
  const visits = parts.store.engine.run(loadNobodys(day))
  return visits.length === 0 ? null : { technicianId: null, technician: 'Nobody has these yet', day, zone: companyOf(parts).zone, visits: withOwed(visits, parts) }
}
