import { newId } from '../../src/shared/base/id.ts'
import { addDays, HOUR, type IsoDay, MINUTE } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import { type Page, startBackend } from './backend.ts'
import { nextOfficeMorning } from './officeClock.ts'
import { dayShifts } from './shifts.ts'

/** A small company whose board has what boards trip over: clock changes, nights, another zone, long and short visits, somebody who left. */

const ZONE = 'America/Chicago'

export const ODD_PEOPLE = { owner: { name: 'Sean Avery', pin: '4821' }, dispatcher: { name: 'Dana Wray', pin: '2222' } } as const

/** The day on which the tests of a browser look at the board. */
export const oddToday = (): IsoDay => wallTimeOf(nextOfficeMorning(), ZONE).day

/** The next day of that many hours. */
export function dayOfHours(hours: 23 | 25): IsoDay {
  for (let day = oddToday(); ; day = addDays(day, 1)) {
    if (instantOf(addDays(day, 1), 0, ZONE) - instantOf(day, 0, ZONE) === hours * HOUR) return day
  }
}

interface Technician {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly zone?: string
}

class OddBoard {
  readonly #page: Page
  readonly #unitId = newId()
  readonly #jobTypeId = newId()
  readonly #priorityId = newId()
  readonly #technicians = new Map<string, { readonly id: string; readonly input: Readonly<Record<string, unknown>> }>()

  constructor(page: Page) {
    this.#page = page
  }

  async open(): Promise<void> {
    const { owner, dispatcher } = ODD_PEOPLE
    await this.#page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: owner.name, pin: owner.pin })
    const userId = newId()
    await this.#page.ask('user.add', { id: userId, name: dispatcher.name, roles: ['dispatcher'] })
    await this.#page.ask('people.setPin', { userId, pin: dispatcher.pin })
    await this.#page.ask('businessUnit.save', { id: this.#unitId, name: 'Cooling', position: 0, accountClass: 'Cooling', active: true })
    await this.#page.ask('priority.save', { id: this.#priorityId, name: 'High', rank: 2, rule: 'Hot', respondWithinMinutes: 480, active: true })
    await this.#page.ask('jobType.save', { id: this.#jobTypeId, name: 'No cooling', businessUnitId: this.#unitId, durationMinutes: 90, skills: ['Cooling'], defaultPriorityId: this.#priorityId, defaultItemId: null, active: true })
  }

  async hire({ name, from, to, zone }: Technician): Promise<void> {
    const input = {
      id: newId(),
      name,
      businessUnitId: this.#unitId,
      skills: ['Cooling'],
      shifts: dayShifts(from, to),
      homeArea: '',
      homeLatitude: null,
      homeLongitude: null,
      phone: null,
      position: this.#technicians.size,
      active: true,
      ...(zone === undefined ? {} : { zone }),
      lunches: dayShifts(720, 750),
    }
    this.#technicians.set(name, { id: input.id, input })
    await this.#page.ask('technician.save', input)
  }

  async letGo(name: string): Promise<void> {
    await this.#page.ask('technician.save', { ...this.#technicians.get(name)?.input, active: false })
  }

  /** @param start minutes of the day by the company's clocks */
  async visit(customer: string, technician: string | null, day: IsoDay, start: number, minutes: number): Promise<void> {
    const [customerId, locationId, appointmentId] = [newId(), newId(), newId()]
    const location = { id: locationId, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
    await this.#page.ask('customer.create', { customerId, kind: 'residential', firstName: 'Omar', lastName: customer, companyName: '', leadSource: '', phones: [], emails: [], location })
    const windowStart = Math.min(1320, Math.floor(start / 120) * 120)
    await this.#page.ask('job.book', {
      jobId: newId(),
      customerId,
      locationId,
      businessUnitId: this.#unitId,
      jobTypeId: this.#jobTypeId,
      priorityId: this.#priorityId,
      summary: 'No cool upstairs',
      notes: '',
      plannedPayment: 'check',
      lines: [{ id: newId(), priceItemId: null, kind: 'service', description: 'Diagnosis', quantity: 1000, unitPriceCents: 8900, unitCostCents: 0, taxable: false }],
      appointment: { id: appointmentId, windowDay: day, windowStart, windowEnd: windowStart + 120, zone: ZONE, windowStartsAt: instantOf(day, windowStart, ZONE), windowEndsAt: instantOf(day, windowStart + 120, ZONE), durationMinutes: 90 },
      callId: null,
      readBack: true,
      confirmation: true,
    })
    if (technician === null) return
    const startsAt = instantOf(day, start, ZONE)
    await this.#page.ask('appointment.assign', { appointmentId, technicianId: this.#technicians.get(technician)?.id, startsAt, endsAt: startsAt + minutes * MINUTE, overbookAccepted: true })
  }
}

async function filled(dataDir: string, fill: (board: OddBoard) => Promise<void>): Promise<void> {
  const office = startBackend({ directory: dataDir, now: nextOfficeMorning })
  const board = new OddBoard(office.page())
  await board.open()
  await fill(board)
  await office.close()
}

const MIDNIGHT = 24 * 60
/** More rows than a low window shows. */
const FURTHER = 20

/** What stands on the odd company's board, today and on the days of the clock changes. */
export async function oddCompany(dataDir: string): Promise<void> {
  const today = oddToday()
  await filled(dataDir, async (board) => {
    for (const technician of [
      { name: 'Al Brightwater', from: 8 * 60, to: 17 * 60 },
      { name: 'Bea Nightly', from: 22 * 60, to: MIDNIGHT + 6 * 60 },
      { name: 'Cy Denver', from: 8 * 60, to: 17 * 60, zone: 'America/Denver' },
      { name: 'Dee Former', from: 8 * 60, to: 17 * 60 },
      { name: 'Eve Longman', from: 8 * 60, to: 17 * 60 },
    ]) await board.hire(technician)
    for (let number = 1; number <= FURTHER; number++) await board.hire({ name: `Further ${number}`, from: 8 * 60, to: 17 * 60 })
    await board.visit('Castellan', 'Al Brightwater', today, 13 * 60, 90)
    await board.visit('Natarajan', 'Al Brightwater', today, 15 * 60, 60)
    await board.visit('Brief', 'Al Brightwater', today, 11 * 60 + 30, 5)
    await board.visit('Brooks', 'Bea Nightly', today, 23 * 60 + 30, 90)
    await board.visit('Okafor', 'Cy Denver', today, 14 * 60, 90)
    await board.visit('Lindqvist', 'Dee Former', today, 15 * 60, 60)
    await board.visit('Marsh', 'Eve Longman', today, 14 * 60, 24 * 60)
    await board.visit('Waiting', null, today, 14 * 60, 90)
    await board.visit('Springer', 'Al Brightwater', dayOfHours(23), 90, 60)
    await board.visit('Autumn', 'Al Brightwater', dayOfHours(25), 30, 180)
    await board.letGo('Dee Former')
  })
}

/** Set up, and nobody hired. */
export const emptyCompany = (dataDir: string): Promise<void> => filled(dataDir, () => Promise.resolve())

export const CROWD = 2000

/** Two thousand technicians; the last one has work. */
export const crowdedCompany = (dataDir: string): Promise<void> =>
  filled(dataDir, async (board) => {
    for (let number = 1; number <= CROWD; number++) await board.hire({ name: `Technician ${String(number).padStart(4, '0')}`, from: 8 * 60, to: 17 * 60 })
    await board.visit('Faraway', `Technician ${CROWD}`, oddToday(), 13 * 60, 90)
  })
