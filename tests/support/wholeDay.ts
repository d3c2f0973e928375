import { newId } from '../../src/shared/base/id.ts'
import { DISTRICTS } from '../../src/main/services/sample/places.ts'
import { startBackend } from './backend.ts'
import { PEOPLE } from './importedCompany.ts'
import { dayShifts } from './shifts.ts'

/** Fifty technicians of five trades and their jobs of one day, as another program would export them. */

const TRADES = [
  { unit: 'HVAC', technicians: 14, jobs: ['Thermostat', 'Cooling tune-up', 'Heating tune-up'] },
  { unit: 'Plumbing', technicians: 12, jobs: ['Faucet', 'Toilet', 'Leak search'] },
  { unit: 'Electrical', technicians: 10, jobs: ['Outlet or switch', 'Smoke alarms', 'Dead circuit'] },
  { unit: 'Drains', technicians: 8, jobs: ['Slow drain', 'Sewer camera', 'Main line'] },
  { unit: 'Pool', technicians: 6, jobs: ['Weekly pool service', 'Pump or filter', 'Green pool'] },
] as const

const FIRST = ['Al', 'Bea', 'Cy', 'Dot', 'Ed', 'Flo', 'Gus', 'Hal', 'Ida', 'Jo']
const LAST = ['Marsh', 'Nolan', 'Oakes', 'Pruitt', 'Quist']
const CUSTOMERS = ['Abbott', 'Barlow', 'Castle', 'Dunmore', 'Ellery', 'Fairbank', 'Gilroy', 'Hadley', 'Ingram', 'Jessup', 'Kendrick', 'Lathrop', 'Merriam', 'Norwood', 'Osgood', 'Pickett', 'Ransom', 'Sewell', 'Thurber', 'Upton']
const GIVEN = ['Ana', 'Ben', 'Cora', 'Dean', 'Ella', 'Finn', 'Gwen', 'Hugh', 'Iris', 'Jack', 'Kate', 'Liam', 'Mara', 'Neil', 'Olga', 'Paul', 'Rhea', 'Saul', 'Tess', 'Vera']

/** Eight visits a day, begun at these minutes; 45 minutes each and 20 to the next. */
const STARTS = [480, 545, 610, 675, 780, 845, 910, 975]
const WINDOWS = [480, 480, 600, 600, 780, 780, 900, 900]
const MINUTES = 45

const TECHNICIANS: readonly { readonly name: string; readonly unit: string; readonly district: number }[] = TRADES.flatMap(({ unit, technicians }) => Array.from({ length: technicians }, () => unit)).map((unit, index) => ({
  name: `${FIRST[index % 10] ?? ''} ${LAST[Math.floor(index / 10)] ?? ''}`,
  unit,
  district: index % DISTRICTS.length,
}))

/** A place of its own near the middle of a district; every number has one. */
function near(district: number, number: number): { readonly latitude: number; readonly longitude: number } {
  const { latitude, longitude, spread } = DISTRICTS[district] ?? { latitude: 0, longitude: 0, spread: 0 }
  const [turn, far] = [number * 2.399963, spread * Math.sqrt(((number * 37) % 100) / 100)]
  return { latitude: Math.round(latitude + far * Math.sin(turn)), longitude: Math.round(longitude + far * Math.cos(turn)) }
}

/** Every eighth visit was given to nobody where they come from. */
const isUnassigned = (technician: number, slot: number): boolean => slot === technician % STARTS.length

const HEADINGS = ['Job #', 'Customer Name', 'Customer Phone', 'Service Street', 'Service City', 'Service State', 'Service Zip', 'Latitude', 'Longitude', 'Job Type', 'Summary', 'Priority', 'Scheduled Date', 'Arrival Window', 'Start Time', 'Duration', 'Technician', 'Access', 'Who is home', 'Job Total'] as const

const clock = (minute: number): string => `${Math.floor(minute / 60) % 12 || 12}:${String(minute % 60).padStart(2, '0')} ${minute < 720 ? 'AM' : 'PM'}`

/** The list of a day's jobs. @param day as `2026-11-24` */
export function jobsCsv(day: string): { readonly text: string; readonly jobs: number; readonly unassigned: number; readonly withHole: string } {
  const [year, month, date] = day.split('-')
  const rows: string[][] = []
  TECHNICIANS.forEach(({ name, unit, district }, index) => {
    const jobs = TRADES.find((trade) => trade.unit === unit)?.jobs ?? ['']
    STARTS.forEach((start, slot) => {
      const number = index * STARTS.length + slot
      const { latitude, longitude } = near(district, number)
      const place = DISTRICTS[district]
      const from = WINDOWS[slot] ?? 0
      rows.push([
        String(71_000 + number),
        nameOf(number),
        `(555) 014-${String(number).padStart(4, '0')}`,
        `${100 + number} ${place?.streets[number % (place.streets.length || 1)] ?? ''}`,
        place?.city ?? '',
        'MN',
        place?.postalCode ?? '',
        String(latitude / 1_000_000),
        String(longitude / 1_000_000),
        jobs[slot % jobs.length] ?? '',
        'As agreed by telephone',
        'Normal',
        `${month}/${date}/${year}`,
        `${clock(from)} - ${clock(from + 120)}`,
        isUnassigned(index, slot) ? '' : clock(start),
        String(MINUTES),
        isUnassigned(index, slot) ? '' : name,
        'Front door',
        number === HOLE ? '' : 'Somebody of the family',
        '$189.00',
      ])
    })
  })
  const text = [HEADINGS, ...rows].map((row) => row.map((cell) => (/[",]/.test(cell) ? `"${cell}"` : cell)).join(',')).join('\r\n')
  return { text, jobs: rows.length, unassigned: TECHNICIANS.length, withHole: nameOf(HOLE) }
}

/** The job where nobody asked who will be home. */
const HOLE = 1

/** Four hundred names, each of one customer. */
const nameOf = (number: number): string => `${GIVEN[number % 20] ?? ''} ${CUSTOMERS[Math.floor(number / 20)] ?? ''}`

/** The office before its first day: its people and technicians, and no customer. */
export async function companyBeforeItsDay(dataDir: string): Promise<void> {
  const office = startBackend({ directory: dataDir })
  const page = office.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge Home Services', zone: 'America/Chicago', ownerName: PEOPLE.owner.name, pin: PEOPLE.owner.pin })
  for (const { name, pin, roles } of [PEOPLE.csr, PEOPLE.dispatcher]) {
    const id = newId()
    await page.ask('user.add', { id, name, roles })
    await page.ask('people.setPin', { userId: id, pin })
  }
  const { businessUnits, jobTypes } = await page.ask<{
    readonly businessUnits: readonly { readonly id: string; readonly name: string }[]
    readonly jobTypes: readonly { readonly businessUnitId: string; readonly skills: readonly string[] }[]
  }>('settings.get')
  for (const [position, { name, unit, district }] of TECHNICIANS.entries()) {
    const businessUnit = businessUnits.find((each) => each.name === unit)
    const home = near(district, 1000 + position)
    await page.ask('technician.save', {
      id: newId(),
      name,
      businessUnitId: businessUnit?.id,
      skills: [...new Set(jobTypes.filter(({ businessUnitId }) => businessUnitId === businessUnit?.id).flatMap(({ skills }) => skills))],
      shifts: dayShifts(7 * 60, 19 * 60),
      homeArea: DISTRICTS[district]?.name ?? '',
      homeLatitude: home.latitude,
      homeLongitude: home.longitude,
      phone: `+1555016${String(position).padStart(4, '0')}`,
      position,
      active: true,
    })
  }
  await office.close()
}
