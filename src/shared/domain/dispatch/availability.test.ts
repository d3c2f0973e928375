import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, HOUR, MINUTE, overlaps, QUARTER_HOUR } from '../../base/time.ts'
import { type Candidate, earliestStart, gapsWithin, type PromisedVisit, rankWindows, type WindowSlot } from './availability.ts'

const DAY_ONE = '2026-07-14'
const ZERO = Date.UTC(2026, 6, 14, 5)
const WINDOWS = [8, 10, 12, 14, 16]
const SKILLS = ['cooling', 'gas', 'pool']

const at = (hour: number, day = 0): number => ZERO + day * 24 * HOUR + hour * HOUR

const slotsOf = (days: number): WindowSlot[] =>
  Array.from({ length: days }, (_, day) =>
    WINDOWS.map((start) => ({ day: addDays(DAY_ONE, day), start: start * 60, end: (start + 2) * 60, startsAt: at(start, day), endsAt: at(start + 2, day) })),
  ).flat()

const candidate = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  id: name,
  name,
  skills: ['cooling'],
  ownUnit: true,
  shifts: [{ startsAt: at(7), endsAt: at(17) }],
  busy: [],
  ...more,
})

const ask = (technicians: readonly Candidate[], more: Partial<Parameters<typeof rankWindows>[0]> = {}) =>
  rankWindows({ slots: slotsOf(1), durationMinutes: 90, skills: ['cooling'], technicians, promised: [], now: at(0), technicianId: null, ...more })

describe('rankWindows', () => {
  it('says who can come and from when, and why not the others', () => {
    const answers = ask([
      candidate('Theo', { busy: [{ startsAt: at(8), endsAt: at(9.5) }] }),
      candidate('Lena', { skills: ['gas'] }),
      candidate('Sam', { shifts: [{ startsAt: at(12), endsAt: at(17) }] }),
      candidate('Wes', { busy: [{ startsAt: at(7), endsAt: at(13) }] }),
    ])
    const morning = answers.find(({ slot }) => slot.start === 480)
    expect(morning?.fits).toMatchObject([{ technician: { name: 'Theo' }, startsAt: at(9.5), visits: 1 }])
    expect(morning?.whyNot.map(({ technician, obstacle }) => [technician.name, obstacle])).toEqual([
      ['Lena', { kind: 'skill', missing: ['cooling'] }],
      ['Sam', { kind: 'off' }],
      ['Wes', { kind: 'full', until: at(13) }],
    ])
    expect(morning).toMatchObject({ onShift: 2, fullness: 88 })
  })

  it('does not promise a window twice, and not one that has passed', () => {
    const technicians = [candidate('Theo'), candidate('Lena', { shifts: [] })]
    const promised: PromisedVisit = { startsAt: at(8), endsAt: at(10), durationMinutes: 240, skills: ['cooling'] }
    const [first, ...rest] = ask(technicians, { promised: [promised] })
    expect(first?.slot.start).toBe(720)
    expect(rest.find(({ slot }) => slot.start === 480)).toMatchObject({ fits: [], whyNot: [{ obstacle: { kind: 'promised' } }, { obstacle: { kind: 'off' } }] })
    expect(ask(technicians, { now: at(12.1) }).map(({ slot }) => slot.start)).toEqual([720, 840, 960])
  })

  it('keeps a gas visit for the one who knows gas', () => {
    const technicians = [candidate('Both', { skills: ['cooling', 'gas'] }), candidate('Cooling')]
    const cooling: PromisedVisit = { startsAt: at(8), endsAt: at(10), durationMinutes: 120, skills: ['cooling'] }
    const answers = ask(technicians, { promised: [cooling], skills: ['gas'], durationMinutes: 120 })
    expect(answers.find(({ slot }) => slot.start === 480)?.fits.map(({ technician }) => technician.name)).toEqual(['Both'])
  })

  it('answers for one technician alone', () => {
    const [first] = ask([candidate('Theo'), candidate('Lena')], { technicianId: 'Lena' })
    expect(first).toMatchObject({ fits: [{ technician: { name: 'Lena' } }], whyNot: [], onShift: 1 })
  })

  const quarters = (below: number) => fc.integer({ min: 0, max: below }).map((quarter) => quarter * QUARTER_HOUR)
  const interval = fc.record({ start: quarters(3 * 96), length: fc.integer({ min: 1, max: 60 }) }).map(({ start, length }) => ({ startsAt: ZERO + start, endsAt: ZERO + start + length * 5 * MINUTE }))
  const shift = fc.record({ day: fc.integer({ min: 0, max: 2 }), from: fc.integer({ min: 5, max: 12 }), hours: fc.integer({ min: 1, max: 10 }) }).map(({ day, from, hours }) => ({ startsAt: at(from, day), endsAt: at(from + hours, day) }))
  const technician = fc.record({ skills: fc.subarray(SKILLS), shifts: fc.array(shift, { maxLength: 4 }), busy: fc.array(interval, { maxLength: 12 }), ownUnit: fc.boolean() })
  const technicians = fc.array(technician, { maxLength: 8 }).map((list) => list.map((parts, index): Candidate => ({ id: String(index), name: `T${index}`, ...parts })))
  const promised = fc.array(
    fc.record({ slot: fc.constantFrom(...slotsOf(3)), durationMinutes: fc.integer({ min: 1, max: 40 }).map((units) => units * 5), skills: fc.subarray(SKILLS) }),
    { maxLength: 10 },
  ).map((list) => list.map(({ slot, ...visit }): PromisedVisit => ({ startsAt: slot.startsAt, endsAt: slot.endsAt, ...visit })))

  it('proposes only starts that overlap nothing, lie inside a shift and a window, and need no missing skill', () => {
    fc.assert(
      fc.property(technicians, promised, fc.subarray(SKILLS), fc.integer({ min: 1, max: 60 }), quarters(96), (who, waiting, skills, units, elapsed) => {
        const duration = units * 5 * MINUTE
        const now = ZERO + elapsed
        const answers = rankWindows({ slots: slotsOf(3), durationMinutes: units * 5, skills, technicians: who, promised: waiting, now, technicianId: null })
        for (const { slot, fits, whyNot } of answers) {
          expect(fits.length + whyNot.length).toBe(who.length)
          for (const { technician: fit, startsAt } of fits) {
            const endsAt = startsAt + duration
            expect(startsAt % QUARTER_HOUR).toBe(0)
            expect(startsAt >= slot.startsAt && startsAt < slot.endsAt && startsAt >= now).toBe(true)
            expect(skills.every((skill) => fit.skills.includes(skill))).toBe(true)
            expect(fit.shifts.some((one) => one.startsAt <= startsAt && endsAt <= one.endsAt)).toBe(true)
            expect(fit.busy.some((visit) => overlaps(visit.startsAt, visit.endsAt, startsAt, endsAt))).toBe(false)
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('promises a window exactly as often as there are technicians free for all of it', () => {
    const whole = fc.record({ skills: fc.subarray(SKILLS), taken: fc.subarray(WINDOWS) })
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 6 }), fc.constantFrom(...WINDOWS), fc.constantFrom(...SKILLS), (list, start, skill) => {
        const who = list.map(({ skills, taken }, index) => candidate(`T${index}`, { skills, shifts: [{ startsAt: at(8), endsAt: at(18) }], busy: taken.map((hour) => ({ startsAt: at(hour), endsAt: at(hour + 2) })) }))
        const free = list.filter(({ skills, taken }) => skills.includes(skill) && !taken.includes(start)).length
        const waiting: PromisedVisit[] = []
        const slots = slotsOf(1).filter((slot) => slot.start === start * 60)
        const open = (): boolean => (rankWindows({ slots, durationMinutes: 120, skills: [skill], technicians: who, promised: waiting, now: at(0), technicianId: null })[0]?.fits.length ?? 0) > 0
        while (waiting.length <= free && open()) waiting.push({ startsAt: at(start), endsAt: at(start + 2), durationMinutes: 120, skills: [skill] })
        expect(waiting.length).toBe(free)
      }),
    )
  })

  it('finds the first start that a search of every quarter hour finds', () => {
    fc.assert(
      fc.property(fc.array(shift, { maxLength: 3 }), fc.array(interval, { maxLength: 8 }), fc.integer({ min: 1, max: 30 }), quarters(3 * 96), (shifts, busyList, units, offset) => {
        const duration = units * 5 * MINUTE
        const sorted = [...shifts].sort((left, right) => left.startsAt - right.startsAt)
        const merged = busyList
          .sort((left, right) => left.startsAt - right.startsAt)
          .reduce<{ startsAt: number; endsAt: number }[]>((all, one) => {
            const last = all.at(-1)
            if (last && one.startsAt <= last.endsAt) last.endsAt = Math.max(last.endsAt, one.endsAt)
            else all.push({ ...one })
            return all
          }, [])
        const from = ZERO + offset
        const before = from + 6 * HOUR
        let expected: number | undefined
        for (let start = Math.ceil(from / QUARTER_HOUR) * QUARTER_HOUR; start < before && expected === undefined; start += QUARTER_HOUR) {
          const fits = sorted.some((one) => one.startsAt <= start && start + duration <= one.endsAt)
          if (fits && !merged.some((one) => overlaps(one.startsAt, one.endsAt, start, start + duration))) expected = start
        }
        expect(earliestStart(sorted, merged, from, before, duration)).toBe(expected)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('gapsWithin', () => {
  const today = { startsAt: at(0), endsAt: at(24) }
  const gaps = (technicians: readonly Candidate[], more: Partial<Parameters<typeof rankWindows>[0]> = {}): readonly (readonly [string, number, number])[] =>
    gapsWithin({ slots: [], durationMinutes: 90, skills: ['cooling'], technicians, promised: [], now: at(10), technicianId: null, ...more }, today).map(({ technician, startsAt, endsAt }) => [technician.name, (startsAt - ZERO) / HOUR, (endsAt - ZERO) / HOUR])

  it('lists what the skilled have left of today, from now on, to the quarter hour and half an hour or more', () => {
    const technicians = [
      candidate('Theo', { busy: [{ startsAt: at(8), endsAt: at(11) + 5 * MINUTE }, { startsAt: at(12), endsAt: at(16.75) }] }),
      candidate('Lena', { skills: ['gas'] }),
      candidate('Sam', { shifts: [{ startsAt: at(7), endsAt: at(12) }, { startsAt: at(31), endsAt: at(41) }], busy: [{ startsAt: at(9), endsAt: at(10.5) }] }),
      candidate('Wes', { busy: [{ startsAt: at(7), endsAt: at(17) }] }),
    ]
    expect(gaps(technicians)).toEqual([['Sam', 10.5, 12], ['Theo', 11.25, 12]])
  })

  it('leaves out what is kept for visits that are promised already', () => {
    const promised: PromisedVisit = { startsAt: at(10), endsAt: at(14), durationMinutes: 360, skills: ['cooling'] }
    expect(gaps([candidate('Theo')])).toEqual([['Theo', 10, 17]])
    expect(gaps([candidate('Theo')], { promised: [promised] })).toEqual([['Theo', 16, 17]])
  })

  it('never lies on a visit or outside a shift, and holds every start that could be offered', () => {
    const hours = fc.integer({ min: 0, max: 40 }).map((quarters) => 7 + quarters / 4)
    const visits = fc.array(fc.record({ from: hours, long: fc.integer({ min: 1, max: 16 }) }), { maxLength: 6 })
    fc.assert(
      fc.property(visits, hours, (planned, nowAt) => {
        const busy = planned.map(({ from, long }) => ({ startsAt: at(from), endsAt: at(from + long / 4) }))
        const found = gapsWithin({ slots: [], durationMinutes: 30, skills: [], technicians: [candidate('Theo', { busy })], promised: [], now: at(nowAt), technicianId: null }, today)
        for (const { startsAt, endsAt } of found) {
          expect(startsAt).toBeGreaterThanOrEqual(Math.max(at(7), at(nowAt)))
          expect(endsAt).toBeLessThanOrEqual(at(17))
          expect(busy.some((visit) => overlaps(visit.startsAt, visit.endsAt, startsAt, endsAt))).toBe(false)
        }
        const [first] = rankWindows({ slots: [{ day: DAY_ONE, start: 0, end: 1440, startsAt: at(0), endsAt: at(24) }], durationMinutes: 30, skills: [], technicians: [candidate('Theo', { busy })], promised: [], now: at(nowAt), technicianId: null })
        expect(found[0]?.startsAt).toBe(first?.fits[0]?.startsAt)
      }),
      { numRuns: 300 },
    )
  })
})
