import { setImmediate as nextTurn } from 'node:timers/promises'
import { derivedId } from '../../../shared/base/id.ts'
import { addDays, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { PRACTICE_CITY, PRACTICE_PEOPLE, PRACTICE_VISITS, type PracticePerson, type PracticeVisit } from '../../../shared/domain/practice/people.ts'
import type { CommandRequest } from '../../core/runner.ts'
import { ServiceError, type Services } from '../../core/service.ts'
import { JOB_TYPES } from '../sample/catalogue.ts'
import { PEOPLE, shiftsOf, TECHNICIANS } from '../sample/staff.ts'
import { firstSteps, referenceIds, type Step } from '../sample/startingData.ts'
import type { Trainee } from './exercise.ts'

/** Commands in one transaction; the office is served between two. */
const GROUP = 25

const scoped = (...parts: readonly string[]): string => derivedId('practice', ...parts)

export const practicePersonId = (key: string): string => scoped('customer', key)

/** Every visit of the practice company is handed over whole: its technicians can be sent. */
const HANDED_OVER = [
  { item: 'phone', said: '' },
  { item: 'address', said: '' },
  { item: 'access', said: 'No gate' },
  { item: 'home', said: 'The customer' },
] as const

interface Plan {
  readonly companyId: string
  readonly companyName: string
  readonly zone: string
  readonly lockAfterMinutes: number
  readonly trainee: Trainee
  /** Epoch milliseconds. */
  readonly now: number
  /** What the company says on its calls. */
  readonly words: readonly Step[]
}

type Request = Pick<CommandRequest, 'name' | 'input' | 'actorId' | 'at'>

const OWNER = scoped('owner')

/** The office of the practice company: nobody of the real one but the trainee, who is a CSR here whatever else they are. */
function officeSteps({ companyId, companyName, zone, lockAfterMinutes, trainee, now }: Plan): readonly Request[] {
  const at = now - 48 * HOUR
  const owner = (step: Step): Request => ({ at, actorId: OWNER, ...step })
  const ids = referenceIds(companyId)
  const [first, ...others] = PEOPLE
  return [
    { at, name: 'company.create', actorId: SYSTEM_ACTOR, input: { name: companyName, zone, phase: 'sample', ownerId: OWNER, ownerName: first?.name ?? 'Owner' } },
    owner({ name: 'company.change', input: { set: { lockAfterMinutes } } }),
    ...others.map(({ key, name, roles }) => owner({ name: 'user.add', input: { id: scoped('person', key), name, roles } })),
    owner({ name: 'user.add', input: { id: trainee.userId, name: trainee.name, roles: ['inboundCsr'] } }),
    ...firstSteps(companyId).map(owner),
    ...TECHNICIANS.map(({ unit, homeArea, ...worker }, index) =>
      owner({
        name: 'technician.save',
        input: {
          id: scoped('technician', String(index)),
          ...worker,
          businessUnitId: ids.unit(unit),
          homeArea,
          homeLatitude: null,
          homeLongitude: null,
          shifts: shiftsOf(index),
          phone: `+1555014${9900 + index}`,
          position: index,
          active: true,
        },
      }),
    ),
  ]
}

function customerStep({ key, firstName, lastName, phone, line1 }: PracticePerson, zone: string): Step {
  return {
    name: 'customer.create',
    input: {
      customerId: practicePersonId(key),
      kind: 'residential',
      firstName,
      lastName,
      companyName: '',
      leadSource: '',
      phones: [{ id: scoped('phone', key), value: phone, label: 'Mobile' }],
      emails: [],
      location: { id: scoped('location', key), kind: 'home', line1, line2: '', ...PRACTICE_CITY, zone, accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null },
    },
  }
}

/** A visit of today lies around now, so that its technician is on the way whenever somebody practises. */
function windowOf({ day, start }: PracticeVisit, { now, zone }: Plan): { readonly day: string; readonly start: number; readonly end: number } {
  const today = wallTimeOf(now, zone)
  if (day !== 0) return { day: addDays(today.day, day), start, end: start + 120 }
  const begin = Math.min(Math.floor(today.minute / 60) * 60, 21 * 60)
  return { day: today.day, start: begin, end: begin + 120 }
}

function visitSteps(visit: PracticeVisit, plan: Plan): readonly Request[] {
  const { companyId, zone, now } = plan
  const ids = referenceIds(companyId)
  const type = JOB_TYPES.find(({ unit, name }) => unit === visit.unit && name === visit.jobType)
  if (!type) throw new Error(`The practice company has no job type ${visit.jobType}`)
  const technician = TECHNICIANS.findIndex(({ unit, skills }) => unit === visit.unit && type.skills.every((skill) => skills.includes(skill)))
  const window = windowOf(visit, plan)
  const [startsAt, endsAt] = [instantOf(window.day, window.start, zone), instantOf(window.day, window.end, zone)]
  const [jobId, appointmentId] = [scoped('job', visit.person), scoped('appointment', visit.person)]
  const at = now - 24 * HOUR
  const dispatch = (name: string, input: unknown, minutes: number): Request => ({ at: at + minutes * MINUTE, name, actorId: OWNER, input })
  return [
    dispatch(
      'job.book',
      {
        jobId,
        customerId: practicePersonId(visit.person),
        locationId: scoped('location', visit.person),
        businessUnitId: ids.unit(visit.unit),
        jobTypeId: ids.jobType(type),
        priorityId: ids.priority(type.priority),
        summary: visit.summary,
        notes: '',
        plannedPayment: 'card',
        lines: [{ id: scoped('line', visit.person), priceItemId: ids.item(type.item), kind: 'service', description: '', quantity: 1000 }],
        appointment: { id: appointmentId, windowDay: window.day, windowStart: window.start, windowEnd: window.end, zone, windowStartsAt: startsAt, windowEndsAt: endsAt, durationMinutes: type.minutes },
        callId: null,
        readBack: true,
        confirmation: false,
        handOff: HANDED_OVER,
      },
      0,
    ),
    dispatch('appointment.assign', { appointmentId, technicianId: scoped('technician', String(technician)), startsAt, endsAt: startsAt + type.minutes * MINUTE, overbookAccepted: true }, 5),
    ...(visit.state === 'dispatched' ? [{ ...dispatch('appointment.changeState', { appointmentId, to: 'dispatched', reason: null }, 6), at: now - MINUTE }] : []),
  ]
}

/** Runs them in groups, the office served between two. @returns how many were refused; the log says which */
async function runAll(services: Services, requests: readonly Request[]): Promise<number> {
  let refused = 0
  for (let from = 0; from < requests.length; from += GROUP) {
    const group = requests.slice(from, from + GROUP)
    services.runGroup(group).forEach((outcome, index) => {
      if (outcome.kind !== 'refused') return
      refused += 1
      services.log.error('practice.refused', { command: group[index]?.name ?? '', code: outcome.refusal.code, message: outcome.refusal.message })
    })
    await nextTurn()
  }
  return refused
}

/**
 * Fills an empty store with the practice company: the reference data that Baton ships with, the words of the real company,
 * and the customers that the callers speak of. Always the same but for the day.
 * @throws ServiceError where one of its commands is refused, but for the words
 */
export async function buildPracticeCompany(services: Services, plan: Omit<Plan, 'companyId' | 'now'>): Promise<void> {
  const whole: Plan = { ...plan, companyId: services.store.companyId, now: services.now() }
  const known = whole.now - 47 * HOUR
  const requests = [
    ...officeSteps(whole),
    ...PRACTICE_PEOPLE.map((person): Request => ({ at: known, actorId: OWNER, ...customerStep(person, whole.zone) })),
    ...PRACTICE_VISITS.flatMap((visit) => visitSteps(visit, whole)),
  ]
  const refused = await runAll(services, requests)
  if (refused > 0) throw new ServiceError('practice.failed', 'The practice company could not be built, so nothing was begun. Try again; the log says more.')
  // Words that do not fit the practice company are missing there; nobody is kept from practicing by them.
  await runAll(services, whole.words.map((step): Request => ({ at: known, actorId: OWNER, ...step })))
}
