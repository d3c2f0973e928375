import { derivedId } from '../../../shared/base/id.ts'
import { type Instant, MINUTE } from '../../../shared/base/time.ts'
import { SAMPLE_PIN } from '../../../shared/contract/bridge.ts'
import { chunksOf } from '../../../shared/domain/intake/chunks.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { hashPin } from '../session/pin.ts'
import { batchMoments } from './batchStory.ts'
import { Calendar } from './calendar.ts'
import { callMoments } from './callStory.ts'
import { CUSTOMER_COUNT, type SampleCustomer, sampleCustomers } from './customers.ts'
import { leadMoments } from './leadStory.ts'
import { DISTRICTS, STATE, TAX_ZONES } from './places.ts'
import { lineSteps } from './lines.ts'
import { PRICE_BOOK } from './priceBook.ts'
import { PEOPLE, personId, shiftsOf, TECHNICIANS, technicianId } from './staff.ts'
import { referenceIds, startingData, type Step } from './startingData.ts'
import { taskMoments } from './taskStory.ts'
import { promiseMoments, timeMoments } from './timeStory.ts'
import { type Moment, type Setting, type Stop, TERMS_DAYS, VisitStory } from './visitStory.ts'
import { sampleVisits, type Visit } from './visits.ts'

export interface SampleOptions {
  readonly seed: number
  readonly companyId: string
  /** Epoch milliseconds: the story ends here. */
  readonly now: Instant
  readonly zone: string
}

export interface SamplePlan {
  /** In the order in which they happened. */
  readonly moments: readonly Moment[]
  readonly ownerId: string
  readonly customers: number
  readonly locations: number
}

/** The office opened its books this many days ago. */
const OPENED = -21

const COMPANY_NAME = 'Copper Ridge Home Services'

function companyMoments({ seed, calendar, ids }: Setting, zone: string): readonly Moment[] {
  const ownerId = personId(seed, PEOPLE[0]?.key ?? '')
  const at = calendar.at(OPENED, 7 * 60)
  const owner = (step: Step): Moment => ({ at, actorId: ownerId, ...step })
  const [, ...others] = PEOPLE
  const settings = {
    phone: '(555) 014-2000',
    email: 'office@copperridge.example',
    addressLine1: '1 Foundry Street',
    city: 'Fairhollow',
    state: STATE,
    postalCode: '55201',
    termsDays: TERMS_DAYS,
    invoiceFooter: 'Thank you for calling Copper Ridge. Checks to Copper Ridge Home Services, 1 Foundry Street, Fairhollow.',
  }
  return [
    { at, name: 'company.create', actorId: SYSTEM_ACTOR, input: { name: COMPANY_NAME, zone, phase: 'sample', ownerId, ownerName: PEOPLE[0]?.name } },
    owner({ name: 'company.change', input: { set: settings } }),
    owner({ name: 'user.change', input: { userId: ownerId, set: { roles: PEOPLE[0]?.roles } } }),
    ...others.map((person) => owner({ name: 'user.add', input: { id: personId(seed, person.key), name: person.name, roles: person.roles } })),
    ...PEOPLE.flatMap(({ key, cover }) => (cover === undefined ? [] : [owner({ name: 'user.change', input: { userId: personId(seed, key), set: { coverUserId: personId(seed, cover) } } })])),
    ...PEOPLE.map(({ key }) => {
      // The PIN is printed on the sign-in screen, so its salt may be anything; derived, it is the same each time.
      const salt = derivedId('sample', String(seed), 'salt', key).replaceAll('-', '')
      return owner({ name: 'user.setPin', input: { userId: personId(seed, key), ...hashPin(SAMPLE_PIN, salt) } })
    }),
    ...startingData(ids, PRICE_BOOK, TAX_ZONES).map(owner),
    ...lineSteps(seed, ids).map(owner),
    ...TECHNICIANS.map(({ unit, homeArea, ...worker }, index) => {
      const area = DISTRICTS.find((district) => district.name === homeArea)
      return owner({
        name: 'technician.save',
        input: {
          id: technicianId(seed, index),
          ...worker,
          businessUnitId: ids.unit(unit),
          homeArea,
          homeLatitude: area?.latitude ?? null,
          homeLongitude: area?.longitude ?? null,
          shifts: shiftsOf(index),
          phone: `+1555014${9900 + index}`,
          position: index,
          active: true,
        },
      })
    }),
  ]
}

function customerMoments({ seed, calendar }: Setting, customers: readonly SampleCustomer[]): readonly Moment[] {
  const actorId = personId(seed, PEOPLE[0]?.key ?? '')
  const runId = derivedId('sample', String(seed), 'import')
  const at = calendar.at(OPENED, 8 * 60)
  const steps: readonly Step[] = [
    { name: 'import.start', input: { runId, source: 'sample', fileName: '', fileHash: '' } },
    ...[...chunksOf(customers.map(({ row }) => row))].map((rows) => ({ name: 'import.addRows', input: { runId, rows } })),
    { name: 'import.finish', input: { runId } },
  ]
  return steps.map((step) => ({ at, actorId, ...step }))
}

const PROMISED = 2

/** Tomorrow's, booked long enough ago that somebody has planned it. */
const isPromised =
  (calendar: Calendar) =>
  ({ day, bookedOn, bookedAt }: Visit): boolean =>
    day === 1 && calendar.at(bookedOn, bookedAt) < calendar.now - 90 * MINUTE

/** What goes wrong now, so that every queue and tray has something in it. */
function stops(visits: readonly Visit[], calendar: Calendar): ReadonlyMap<string, Stop> {
  const found = new Map<string, Stop>()
  const mark = (stop: Stop, count: number, suits: (visit: Visit, startsAt: Instant) => boolean): void => {
    let left = count
    for (const visit of visits) {
      if (left === 0) return
      if (found.has(visit.key) || !suits(visit, calendar.at(visit.day, visit.start))) continue
      found.set(visit.key, stop)
      left -= 1
    }
  }
  const { now } = calendar
  mark('arrive', 2, (visit, startsAt) => visit.day === 0 && startsAt < now - 15 * MINUTE && startsAt > now - 100 * MINUTE)
  mark('finish', 1, (visit, startsAt) => visit.day === 0 && startsAt < now - 45 * MINUTE)
  mark('finish', 1, (visit) => visit.day === -1)
  mark('assign', 3, (visit, startsAt) => visit.day === 0 && startsAt > now)
  mark('assign', 1, (visit) => visit.day === 0 && visit.type.priority === 'high')
  mark('assign', 3, (visit) => visit.day === 1)
  mark('closeOut', 2, (visit) => visit.day === -1)
  mark('invoice', 3, (visit) => visit.day === -1 && visit.start < 14 * 60)
  // Planned for tomorrow, to be promised more exactly: they must not be canceled on the way.
  mark('arrive', PROMISED, isPromised(calendar))
  mark('pay', 6, (visit) => visit.day < -4 && visit.type.minutes >= 90)
  return found
}

/**
 * The sample company as commands: the same seed, company and moment give the same commands, byte for byte.
 * The office is played through as if time went on, and cut at `now`.
 */
export function planSample({ seed, companyId, now, zone }: SampleOptions): SamplePlan {
  const calendar = new Calendar(now, zone)
  const setting: Setting = { seed, companyId, calendar, ids: referenceIds(`sample/${seed}`) }
  const customers = sampleCustomers({ seed, zone, ids: setting.ids })
  const planned = sampleVisits(seed, calendar, customers)
  const visits = planned.filter((visit) => calendar.at(visit.bookedOn, visit.bookedAt) + MINUTE <= now)
  const stopOf = stops(visits, calendar)
  const stories = visits.map((visit) => new VisitStory(setting, visit, stopOf.get(visit.key) ?? null).tell())
  const promised = visits.flatMap((visit, index) => {
    const story = stories[index]
    return story && stopOf.get(visit.key) === 'arrive' && isPromised(calendar)(visit) ? [{ visit, story }] : []
  })
  const billings = stories.flatMap((story) => story.billing ?? [])
  const told = [...stories.flatMap((story) => story.moments), ...callMoments(setting, customers), ...taskMoments(setting, customers), ...leadMoments(setting, customers), ...batchMoments(setting, billings), ...timeMoments(setting, planned, OPENED), ...promiseMoments(setting, promised)]
  return {
    // Sorting is stable: what happens at the same instant keeps the order in which it was told.
    moments: [...companyMoments(setting, zone), ...customerMoments(setting, customers), ...told.filter((moment) => moment.at <= now).sort((left, right) => left.at - right.at)],
    ownerId: personId(seed, PEOPLE[0]?.key ?? ''),
    customers: CUSTOMER_COUNT,
    locations: customers.reduce((sum, { row }) => sum + row.locations.length, 0),
  }
}
