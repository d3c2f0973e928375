import { expect, it } from 'vitest'
import type { PopCandidate } from '../../../shared/contract/methods/calls.ts'
import { instantOf } from '../../../shared/base/zone.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { probablyAbout } from './guess.ts'

const ZONE = 'America/Chicago'
const TODAY = '2026-07-14'
const at = (minute: number, day = TODAY): number => instantOf(day, minute, ZONE)
const moment = { now: at(13 * 60 + 42), today: TODAY, zone: ZONE }

type Job = PopCandidate['jobs'][number]
type Visit = NonNullable<Job['visit']>

const visit = (more: Partial<Visit> = {}): Visit => ({
  appointmentId: 'a',
  state: 'confirmed',
  day: TODAY,
  windowStart: 13 * 60,
  windowEnd: 15 * 60,
  windowStartsAt: at(13 * 60, more.day),
  windowEndsAt: at(15 * 60, more.day),
  startsAt: null,
  arrivedAt: null,
  holdReason: null,
  technicianName: 'Theo Barnard',
  ...more,
})
const job = (of: Visit | null): Job => ({ jobId: 'j', number: '48213', typeName: 'No cool', summary: '', locationId: 'l', visit: of })
const candidate = (more: Partial<PopCandidate> = {}): PopCandidate => ({
  customerId: 'c',
  number: '10482',
  name: 'Priya Natarajan',
  kind: 'residential',
  since: 0,
  phoneLabel: 'mobile',
  confirmedAt: null,
  lastActivityAt: null,
  doNotService: false,
  creditHold: false,
  badDebt: false,
  language: null,
  bestTime: '',
  locations: [],
  jobs: [],
  notes: [],
  balanceCents: 0,
  overdueSince: null,
  lastVisit: null,
  owedSince: null,
  ...more,
})
const guess = (more: Partial<PopCandidate>) => probablyAbout([candidate(more)], 'c', moment)

it('thinks of today\u2019s visit first, and says where it stands', () => {
  const about = (of: Partial<Visit>) => guess({ jobs: [job(visit(of))], owedSince: moment.now - HOUR })
  expect(about({ startsAt: at(15 * 60 + 25) })).toEqual({
    customerId: 'c',
    jobId: 'j',
    what: 'Job 48213, No cool, today 1\u20133 PM',
    why: 'Theo is planned for 3:25 PM, after the window.',
  })
  expect(about({ state: 'working', arrivedAt: at(13 * 60 + 5) })?.why).toBe('Theo is there since 1:05 PM.')
  expect(about({ state: 'dispatched' })?.why).toBe('Theo is on the way.')
  expect(about({ state: 'dispatched', windowEndsAt: at(12 * 60) })?.why).toBe('Theo is on the way, 1 h 42 after the window.')
  expect(about({ windowEndsAt: at(13 * 60) })?.why).toBe('The window ended 42 min ago and nobody is there.')
  expect(about({ technicianName: null })?.why).toBe('No technician is assigned yet.')
  expect(about({ state: 'hold', holdReason: 'Waiting for the blower motor' })?.why).toBe('On hold: Waiting for the blower motor')
})

it('goes on to the call back we owe, the next visit, the open invoice, the job without a visit', () => {
  const later = job(visit({ day: '2026-07-16' }))
  const all = { jobs: [later, job(null)], owedSince: moment.now - 90 * 60_000, overdueSince: '2026-07-01' }
  expect(guess(all)).toMatchObject({ what: 'The call back we owe', why: 'Called 1 h 30 ago and was not called back yet.' })
  expect(guess({ ...all, owedSince: null })?.what).toBe('Job 48213, No cool, Jul 16 1\u20133 PM')
  expect(guess({ ...all, owedSince: null, jobs: [job(null)] })).toMatchObject({ what: 'An open invoice', why: 'Due since Jul 1.' })
  expect(guess({ jobs: [job(null)] })?.why).toBe('Open, and no visit is booked.')
  expect(guess({})).toBeNull()
})

it('guesses nothing while it is unclear who calls', () => {
  const two = [candidate({ jobs: [job(visit())] }), candidate({ customerId: 'other' })]
  expect(probablyAbout(two, null, moment)).toBeNull()
  expect(probablyAbout(two, 'c', moment)?.jobId).toBe('j')
})
