import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, HOUR, MINUTE } from '../../../../shared/base/time.ts'
import { instantOf } from '../../../../shared/base/zone.ts'
import { rankWindows } from '../../../../shared/domain/dispatch/availability.ts'
import { checkPlan } from '../../../../shared/planner/checker.ts'
import type { DayFacts, DayTechnician, DayVisit } from './dayFacts.ts'
import { WindowDays } from './offeredWindows.ts'
import { AS_IT_IS, judging, plannedDay } from './plannedDay.ts'
import type { WindowsAnswer, WindowsQuestion } from './windowsQuestion.ts'

const ZONE = 'America/Chicago'
const DAY = '2026-07-14'
const at = (hour: number, minute = 0, day = DAY): number => instantOf(day, hour * 60 + minute, ZONE)
/** Minutes of driving east of the office, about. */
const place = (minutes: number) => ({ latitude: 44_700_000, longitude: -93_600_000 + minutes * 7_300 })

const technician = (id: string, more: Partial<DayTechnician> = {}): DayTechnician => ({ id, name: id, unitId: 'hvac', active: true, skills: ['gas'], home: place(0), shifts: [{ startsAt: at(8), endsAt: at(18) }], blocks: [], onCall: [], ...more })

const visit = (id: string, technicianId: string | null, from: number, to: number, more: Partial<DayVisit> = {}): DayVisit => ({
  id,
  version: 1,
  state: 'scheduled',
  customerId: `customer of ${id}`,
  locationId: `place of ${id}`,
  businessUnitId: 'hvac',
  technicianId,
  startsAt: technicianId === null ? null : at(from),
  endsAt: technicianId === null ? null : at(to),
  windowStartsAt: at(from),
  windowEndsAt: at(Math.max(to, from + 2)),
  durationMinutes: (to - from) * 60,
  promisedTechnicianId: null,
  promisedAt: null,
  invoiced: false,
  crewIds: [],
  askedForId: null,
  notWantedIds: [],
  name: id,
  skills: ['gas'],
  rank: 3,
  place: place(0),
  ...more,
})

const facts = (technicians: readonly DayTechnician[], visits: readonly DayVisit[] = [], more: Partial<DayFacts> = {}): DayFacts => ({ day: DAY, startsAt: at(0), endsAt: at(24), now: at(6), speed: 45, technicians, visits, ...more })

const WINDOWS = [8, 10, 12, 14, 16]

const slotsOf = (day: string) => WINDOWS.map((hour) => ({ day, of: day, zone: ZONE, start: hour * 60, end: hour * 60 + 120, startsAt: at(hour, 0, day), endsAt: at(hour + 2, 0, day) }))

const question = (more: Partial<WindowsQuestion> = {}): WindowsQuestion => ({
  slots: slotsOf(DAY),
  gapsOf: DAY,
  durationMinutes: 60,
  skills: ['gas'],
  unitId: 'hvac',
  place: place(0),
  now: at(6),
  technicianId: null,
  preferences: {},
  unitNames: { hvac: 'HVAC', plumbing: 'Plumbing' },
  inFull: 100,
  ...more,
})

function answerOf(days: readonly DayFacts[], more: Partial<WindowsQuestion> = {}): WindowsAnswer {
  const known = new WindowDays()
  for (const day of days) known.learn(day)
  const answer = known.answer(question(more))
  if (!answer) throw new Error('A day is missing')
  return answer
}

const windowAt = ({ windows }: WindowsAnswer, hour: number) => {
  const found = windows.find(({ start }) => start === hour * 60)
  if (!found) throw new Error('There is no such window')
  return found
}

describe('the windows offered', () => {
  it('put first who is near, and say how far and why', () => {
    const near = visit('near', 'Ana', 10, 12, { place: place(28) })
    const answer = answerOf([facts([technician('Ana'), technician('Sam', { home: place(60) })], [near])], { place: place(30) })
    // On the way there or after it: the sooner of two that cost the same.
    expect(answer.windows[0]?.start).toBe(480)
    expect(windowAt(answer, 12)).toMatchObject({ available: true, technicians: [{ name: 'Ana', why: ['5 min away', 'Free from 12:05 PM', '1 other visit that day'] }, { name: 'Sam' }] })
  })

  it('come with whom the customer knows, where that is worth the drive', () => {
    const two = facts([technician('Ana', { home: place(20) }), technician('Sam', { home: place(22) })])
    expect(answerOf([two]).windows[0]?.technicians[0]?.name).toBe('Ana')
    const known = answerOf([two], { preferences: { Sam: { known: 'place', wish: null } } })
    expect(known.windows[0]?.technicians[0]).toMatchObject({ name: 'Sam', why: ['25 min away', 'Was here before', 'Free from 8:25 AM', 'No other visit that day'] })
    const far = facts([technician('Ana', { home: place(20) }), technician('Sam', { home: place(60) })])
    expect(answerOf([far], { preferences: { Sam: { known: 'place', wish: null } } }).windows[0]?.technicians[0]?.name).toBe('Ana')
  })

  it('say in a line why nobody comes: full, no skill, only with overtime', () => {
    const busy = [8, 10, 12, 14, 16].map((hour) => visit(`visit${hour}`, 'Ana', hour, hour + 2))
    expect(windowAt(answerOf([facts([technician('Ana')], busy)]), 10)).toMatchObject({ available: false, summary: 'Full: 1 of 1 taken', technicians: [] })
    expect(windowAt(answerOf([facts([technician('Ana', { skills: [] })])]), 10)).toMatchObject({ available: false, summary: 'Nobody with gas skill is on', whyNot: [{ name: 'Ana', why: 'No gas skill' }] })
    const long = answerOf([facts([technician('Ana')])], { place: place(30), durationMinutes: 9 * 60 + 40 })
    expect(windowAt(long, 8)).toMatchObject({ available: false, summary: 'Only with overtime', whyNot: [{ name: 'Ana', why: 'Only with overtime' }] })
  })

  it('know lunch, time off, training and a dated shift as time that is taken', () => {
    const blocks = [{ startsAt: at(12), endsAt: at(13) }, { startsAt: at(14), endsAt: at(16) }]
    const answer = answerOf([facts([technician('Ana', { blocks, shifts: [{ startsAt: at(10), endsAt: at(17) }] })])])
    expect(answer.windows.map(({ start, available }) => [start / 60, available])).toEqual([[10, true], [12, true], [16, true], [8, false], [14, false]])
    expect(windowAt(answer, 12).technicians[0]?.startsAt).toBe(at(13))
    expect(windowAt(answer, 14).whyNot).toEqual([{ id: 'Ana', name: 'Ana', why: 'Full until 4:00 PM' }])
  })

  it('are not offered on call time, which is said', () => {
    const answer = answerOf([facts([technician('Ana', { shifts: [], onCall: [{ startsAt: at(8), endsAt: at(18) }] })])])
    expect(windowAt(answer, 10)).toMatchObject({ available: false, whyNot: [{ why: 'Off then, on call: ask dispatch' }] })
  })

  it('keep room for what is promised and waits without a technician', () => {
    const waiting = visit('waiting', null, 8, 10)
    const answer = answerOf([facts([technician('Ana')], [waiting])])
    expect(windowAt(answer, 8).available).toBe(false)
    expect(windowAt(answer, 12).available).toBe(true)
  })

  it('come tomorrow rather than today only for more driving than a quarter of an hour', () => {
    const tomorrow = addDays(DAY, 1)
    const next = (home: number): DayFacts => ({ ...facts([technician('Sam', { home: place(home), shifts: [{ startsAt: at(8, 0, tomorrow), endsAt: at(18, 0, tomorrow) }] })]), day: tomorrow, startsAt: at(0, 0, tomorrow), endsAt: at(24, 0, tomorrow) })
    const firstOf = (today: number): string | undefined => answerOf([facts([technician('Ana', { home: place(today) })]), next(0)], { slots: [...slotsOf(DAY), ...slotsOf(tomorrow)] }).windows[0]?.day
    expect([firstOf(5), firstOf(30)]).toEqual([DAY, tomorrow])
  })

  it('are worked out anew once a day was learned again, and are none where it was not', () => {
    const days = new WindowDays()
    expect(days.answer(question())).toBeNull()
    days.learn(facts([technician('Ana')]))
    expect(windowAt(days.answer(question()) ?? { windows: [], gaps: [] }, 8).available).toBe(true)
    days.learn(facts([technician('Ana')], [visit('taken', 'Ana', 8, 10)]))
    expect(windowAt(days.answer(question()) ?? { windows: [], gaps: [] }, 8).available).toBe(false)
    days.forgetBefore(addDays(DAY, 1))
    expect(days.answer(question())).toBeNull()
  })

  it('know what time it is: nobody sets out before now', () => {
    const days = new WindowDays()
    days.learn(facts([technician('Ana')]))
    const later = days.answer(question({ now: at(11, 2) }))
    expect(later?.windows.map(({ start }) => start / 60)).toEqual([10, 12, 14, 16])
    expect(later?.windows[0]?.technicians[0]?.startsAt).toBe(at(11, 5))
    expect(later?.gaps).toEqual([{ technicianId: 'Ana', technicianName: 'Ana', startsAt: at(11, 15), endsAt: at(18) }])
  })

  it('tell every name and reason only of what is offered where that is asked', () => {
    const tomorrow = addDays(DAY, 1)
    const people = Array.from({ length: 8 }, (_, index) => technician(`T${index}`, { shifts: [{ startsAt: at(8), endsAt: at(18) }, { startsAt: at(8, 0, tomorrow), endsAt: at(18, 0, tomorrow) }] }))
    const days = [facts([...people, technician('Uma', { skills: [] })]), { ...facts([...people, technician('Uma', { skills: [] })]), day: tomorrow, startsAt: at(0, 0, tomorrow), endsAt: at(24, 0, tomorrow) }]
    const { windows } = answerOf(days, { slots: [...slotsOf(DAY), ...slotsOf(tomorrow)], inFull: 3 })
    const last = windows.at(-1)
    expect([windows[0]?.technicians.length, windows[0]?.whyNot.length]).toEqual([8, 1])
    expect([last?.day, last?.technicians.length, last?.whyNot.length]).toEqual([tomorrow, 4, 0])
  })
})

const anyVisits = fc.array(fc.record({ technician: fc.constantFrom('Ana', 'Sam', null), from: fc.integer({ min: 7, max: 17 }), length: fc.integer({ min: 1, max: 3 }), place: fc.integer({ min: 0, max: 40 }) }), { maxLength: 7 })
const anyPeople = fc.record({ lunch: fc.boolean(), from: fc.integer({ min: 6, max: 11 }), to: fc.integer({ min: 13, max: 19 }), home: fc.integer({ min: 0, max: 40 }), skilled: fc.boolean() })

describe('any window offered', () => {
  it('can be claimed, and who is said to come can be there: the checker finds nothing against it', () => {
    fc.assert(
      fc.property(fc.tuple(anyPeople, anyPeople), anyVisits, fc.constantFrom(30, 60, 150), fc.integer({ min: 0, max: 60 }), (people, visits, durationMinutes, where) => {
        const technicians = people.map(({ lunch, from, to, home, skilled }, index) =>
          technician(index === 0 ? 'Ana' : 'Sam', { home: place(home), skills: skilled ? ['gas'] : [], shifts: [{ startsAt: at(from), endsAt: at(to) }], blocks: lunch ? [{ startsAt: at(12), endsAt: at(12, 30) }] : [] }),
        )
        const day = facts(technicians, visits.map(({ technician: id, from, length, place: where }, index) => visit(`visit${index}`, id, from, from + length, { place: place(where) })))
        const { windows } = answerOf([day], { durationMinutes, place: place(where) })
        const planned = plannedDay(day, { ...AS_IT_IS, waiting: false })
        const standing = judging(planned, new Set())
        const before = new Set(checkPlan(standing, planned.plan).faults.map(({ technicianId, id }) => `${technicianId}/${id}`))
        for (const window of windows) {
          const claim = rankWindows({
            slots: [window],
            durationMinutes,
            skills: ['gas'],
            technicians: technicians.map((each) => ({ id: each.id, name: each.name, skills: each.skills, ownUnit: true, shifts: each.shifts, busy: day.visits.flatMap(({ technicianId, startsAt, endsAt }) => (technicianId === each.id && startsAt !== null && endsAt !== null ? [{ startsAt, endsAt }] : [])), blocked: each.blocks })),
            promised: day.visits.filter(({ technicianId }) => technicianId === null).map(({ windowStartsAt: startsAt, windowEndsAt: endsAt, durationMinutes: minutes, skills }) => ({ startsAt, endsAt, durationMinutes: minutes, skills })),
            now: at(0),
            technicianId: null,
          })
          if (window.available) expect(claim[0]?.fits.length).toBeGreaterThan(0)
          expect(window.technicians.length > 0).toBe(window.available)
          for (const { id, startsAt, endsAt } of window.technicians) {
            const who = technicians.find((each) => each.id === id)
            expect(startsAt >= window.startsAt && startsAt < window.endsAt).toBe(true)
            expect(endsAt - startsAt).toBe(durationMinutes * MINUTE)
            expect(who?.skills).toContain('gas')
            expect(who?.shifts.some((shift) => shift.startsAt <= startsAt && endsAt <= shift.endsAt)).toBe(true)
            const booked = plannedDay(facts(technicians, [...day.visits, { ...visit('new', id, 0, 1), startsAt, endsAt, windowStartsAt: startsAt - HOUR, windowEndsAt: endsAt + HOUR, place: place(where) }]), { ...AS_IT_IS, waiting: false })
            const faults = checkPlan(judging(booked, new Set()), booked.plan).faults.filter((fault) => !before.has(`${fault.technicianId}/${fault.id}`))
            expect(faults).toEqual([])
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is one of those asked for, each once, and what can be offered comes first', () => {
    fc.assert(
      fc.property(anyVisits, (visits) => {
        const day = facts([technician('Ana'), technician('Sam')], visits.map(({ technician: id, from, length, place: where }, index) => visit(`visit${index}`, id, from, from + length, { place: place(where) })))
        const { windows } = answerOf([day])
        expect(windows.map(({ start }) => start).sort((left, right) => left - right)).toEqual(WINDOWS.map((hour) => hour * 60))
        const firstFull = windows.findIndex(({ available }) => !available)
        if (firstFull >= 0) expect(windows.slice(firstFull).every(({ available }) => !available)).toBe(true)
      }),
    )
  })
})
