import { weekdayOf } from '../../../shared/base/time.ts'
import type { ArrivalWindow } from '../../../shared/domain/dispatch/tables.ts'
import { DEFAULT_DISPATCH_SETTINGS } from '../../../shared/domain/dispatch/settings.ts'
import type { ImportedCustomer } from '../../../shared/domain/intake/rows.ts'
import type { Calendar } from './calendar.ts'
import { type CatalogueJobType, JOB_TYPES } from './catalogue.ts'
import { Chance } from './chance.ts'
import type { SampleCustomer } from './customers.ts'
import { shiftsOf, TECHNICIANS, type Worker } from './staff.ts'

/** How far the story reaches back and ahead, in days. */
export const FIRST_DAY = -14
const LAST_DAY = 6

/** One visit as it will be planned; what becomes of it is told elsewhere. */
export interface Visit {
  readonly key: string
  /** Days from today. */
  readonly day: number
  readonly technician: number
  readonly type: CatalogueJobType
  readonly window: ArrivalWindow
  /** Minutes of the day. */
  readonly start: number
  readonly end: number
  /** When the customer booked, as a day and a minute. */
  readonly bookedOn: number
  readonly bookedAt: number
  readonly customer: ImportedCustomer
  readonly location: ImportedCustomer['locations'][number]
}

const COMPANY_WINDOWS = DEFAULT_DISPATCH_SETTINGS.windows

/** How many of a technician's free slots are filled on a past day, today, and a day to come. */
const FILL = { past: 0.62, today: 0.62, ahead: 0.5 } as const

const WEIGHTS: Readonly<Record<string, number>> = {
  'System installation': 0.12,
  'Replacement estimate': 0.6,
  'Leak, water running': 0.4,
  'Burning smell or sparks': 0.3,
  'Sewage backing up': 0.4,
  'Weekly pool service': 3,
  'Panel upgrade': 0.3,
  'Water heater replacement': 0.4,
  'Slow drain': 2,
  Faucet: 1.5,
}

const SUMMER_ONLY = new Set(['No cooling', 'Cooling tune-up', 'Water around the air handler', 'Green pool'])
const WINTER_ONLY = new Set(['No heat', 'Heating tune-up'])

function weightOf(type: CatalogueJobType, month: number): number {
  const summer = month >= 5 && month <= 9
  if (SUMMER_ONLY.has(type.name)) return summer ? 3 : 0.1
  if (WINTER_ONLY.has(type.name)) return summer ? 0.05 : 3
  return WEIGHTS[type.name] ?? 1
}

function pickType(chance: Chance, worker: Worker, month: number, minutesLeft: number): CatalogueJobType | undefined {
  const possible = JOB_TYPES.filter((type) => type.unit === worker.unit && type.minutes <= minutesLeft && type.skills.every((skill) => worker.skills.includes(skill)))
  let rest = chance.next() * possible.reduce((sum, type) => sum + weightOf(type, month), 0)
  return possible.find((type) => (rest -= weightOf(type, month)) < 0)
}

/** Emergencies come the same day; a third of the rest does too, most are booked up to five days ahead. */
function booking(chance: Chance, type: CatalogueJobType, day: number, start: number): { readonly bookedOn: number; readonly bookedAt: number } {
  const latestToday = start - 75
  const sameDay = type.priority === 'emergency' || (type.priority !== 'planned' && chance.chance(0.4))
  if (sameDay && latestToday > 7 * 60 + 10) return { bookedOn: day, bookedAt: chance.between(7 * 60 + 5, latestToday) }
  return { bookedOn: day - chance.between(1, type.priority === 'planned' ? 5 : 3), bookedAt: chance.between(7 * 60 + 20, 17 * 60 + 40) }
}

interface Place {
  readonly customer: ImportedCustomer
  readonly location: ImportedCustomer['locations'][number]
}

/** Whom the technicians visit: people who live near them first, nobody twice unless they are unlucky. */
class Neighborhood {
  readonly #chance: Chance
  readonly #byDistrict = new Map<string, Place[]>()
  readonly #all: Place[] = []
  readonly #visited = new Set<string>()

  constructor(chance: Chance, customers: readonly SampleCustomer[]) {
    this.#chance = chance
    for (const { row, districts } of customers) {
      if (row.archived || row.doNotService) continue
      row.locations.forEach((location, position) => {
        const place = { customer: row, location }
        const district = districts[position] ?? ''
        this.#all.push(place)
        this.#byDistrict.set(district, [...(this.#byDistrict.get(district) ?? []), place])
      })
    }
  }

  pick(homeArea: string): Place {
    const near = this.#chance.chance(0.7) ? this.#byDistrict.get(homeArea) : undefined
    for (;;) {
      const place = this.#chance.pick(near ?? this.#all)
      if (this.#visited.has(place.customer.customerId) && !this.#chance.chance(0.1)) continue
      this.#visited.add(place.customer.customerId)
      return place
    }
  }
}

/** One technician's day, from the first window to the end of the shift, with lunch and the drive between. */
function* dayOf(chance: Chance, worker: Worker, shift: { readonly start: number; readonly end: number }, fill: number, month: number) {
  let minute = Math.max(shift.start, COMPANY_WINDOWS[0]?.start ?? 0)
  let lunch = false
  while (minute + 60 <= shift.end) {
    if (!lunch && minute >= 11 * 60 + 30) {
      lunch = true
      minute += 30
      continue
    }
    const start = minute
    const window = COMPANY_WINDOWS.find((candidate) => candidate.start <= start && start < candidate.end)
    const type = window && chance.chance(fill) ? pickType(chance, worker, month, shift.end - start) : undefined
    if (!window || !type) {
      minute += 60
      continue
    }
    yield { type, window, start, end: start + type.minutes }
    minute = start + type.minutes + 15 * chance.between(1, 3)
  }
}

/** Every visit of the story, those to come included; which of them are booked yet follows from when they are. */
export function sampleVisits(seed: number, calendar: Calendar, customers: readonly SampleCustomer[]): readonly Visit[] {
  const chance = new Chance(seed, 'visits')
  const places = new Neighborhood(chance, customers)
  const visits: Visit[] = []
  for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
    const weekday = weekdayOf(calendar.day(day))
    const month = Number(calendar.day(day).slice(5, 7))
    const fill = day < 0 ? FILL.past : day === 0 ? FILL.today : FILL.ahead
    TECHNICIANS.forEach((worker, technician) => {
      const shift = shiftsOf(technician).find((candidate) => candidate.weekday === weekday)
      if (!shift) return
      for (const slot of dayOf(chance, worker, shift, fill, month)) {
        visits.push({ key: `${day}/${technician}/${slot.start}`, day, technician, ...slot, ...booking(chance, slot.type, day, slot.start), ...places.pick(worker.homeArea) })
      }
    })
  }
  return visits
}
