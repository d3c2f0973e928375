import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../../../shared/base/time.ts'
import { instantOf } from '../../../../shared/base/zone.ts'
import { checkPlan } from '../../../../shared/planner/checker.ts'
import type { Proposal } from '../../../../shared/contract/methods/assistant.ts'
import type { DayFacts, DayTechnician, DayVisit } from './dayFacts.ts'
import { judging, plannedDay } from './plannedDay.ts'
import type { Preference } from './preferences.ts'
import { replanDay, tryMoves } from './replanDay.ts'
import { type SuggestQuestion, suggestTechnicians } from './suggest.ts'

const ZONE = 'America/Chicago'
const DAY = '2026-07-14'
const at = (hour: number, minute = 0, day = DAY): number => instantOf(day, hour * 60 + minute, ZONE)
/** Minutes of driving east of the office, about: 45 km/h, roads a third longer than the crow flies. */
const place = (minutes: number) => ({ latitude: 44_700_000, longitude: -93_600_000 + minutes * 7_300 })

const technician = (id: string, more: Partial<DayTechnician> = {}): DayTechnician => ({
  id,
  name: id,
  unitId: 'hvac',
  active: true,
  skills: ['cooling'],
  home: place(0),
  shifts: [{ startsAt: at(8), endsAt: at(17) }],
  blocks: [],
  onCall: [],
  ...more,
})

const visit = (id: string, more: Partial<DayVisit> = {}): DayVisit => ({
  id,
  version: 1,
  state: 'scheduled',
  customerId: `customer of ${id}`,
  locationId: `place of ${id}`,
  businessUnitId: 'hvac',
  technicianId: 'Theo',
  startsAt: at(9),
  endsAt: at(10),
  windowStartsAt: at(8),
  windowEndsAt: at(12),
  durationMinutes: 60,
  promisedTechnicianId: null,
  promisedAt: null,
  invoiced: false,
  crewIds: [],
  askedForId: null,
  notWantedIds: [],
  name: id,
  skills: ['cooling'],
  rank: 3,
  place: place(10),
  ...more,
})

const facts = (technicians: readonly DayTechnician[], visits: readonly DayVisit[], more: Partial<DayFacts> = {}): DayFacts => ({
  day: DAY,
  startsAt: at(0),
  endsAt: at(24),
  now: at(7),
  speed: 45,
  technicians,
  visits,
  ...more,
})

const hours = (seconds: number): number => seconds / 3600
const budget = { kind: 'iterations', count: 200 } as const

function proposalFor(day: DayFacts, happened: Parameters<typeof replanDay>[0]['happened']): Proposal {
  const answer = replanDay({ facts: day, happened }, budget)
  if (answer.kind === 'unsound') throw new Error(JSON.stringify(answer.faults))
  return answer.proposal
}

describe('a day told to the planner', () => {
  it('makes a shift shorter by time off at its end, and keeps what lies within it', () => {
    const blocks = [{ startsAt: at(12), endsAt: at(12, 30) }, { startsAt: at(15), endsAt: at(18) }]
    const { problem } = plannedDay(facts([technician('Theo', { blocks })], []))
    expect(problem.technicians[0]).toMatchObject({ shift: { from: 8 * 3600, to: 15 * 3600 }, overtime: null, blocks: [{ earliest: 12 * 3600, latest: 12 * 3600, seconds: 1800 }] })
  })

  it('takes the pause between two shifts out, and gives somebody off no time', () => {
    const split = [{ startsAt: at(7), endsAt: at(11) }, { startsAt: at(13), endsAt: at(18) }]
    const { problem } = plannedDay(facts([technician('Theo', { shifts: split }), technician('Lena', { shifts: [], blocks: [] })], []))
    expect(problem.technicians[0]).toMatchObject({ shift: { from: 7 * 3600, to: 18 * 3600 }, blocks: [{ earliest: 11 * 3600, seconds: 7200 }] })
    expect(problem.technicians[1]).toMatchObject({ shift: { from: 0, to: 0 }, overtime: null })
  })

  it('calls somebody on call out for an emergency alone', () => {
    const onCall = [{ startsAt: at(17), endsAt: at(23) }]
    const day = facts([technician('Theo', { onCall })], [])
    const until = (calledOut: boolean): number => hours(plannedDay(day, { without: new Set(), calledOut, standing: new Set(), lasts: new Map(), waiting: false }).problem.technicians[0]?.overtime?.until ?? 0)
    expect([until(false), until(true)]).toEqual([19, 23])
  })

  it('pins who is there, on the way or on hold, and what was promised of the others', () => {
    const visits = [
      visit('working', { state: 'working' }),
      visit('sent', { state: 'dispatched' }),
      visit('hers', { promisedTechnicianId: 'Theo' }),
      visit('exact', { promisedAt: at(9) }),
      visit('open'),
    ]
    const { problem } = plannedDay(facts([technician('Theo')], visits))
    const nine = 9 * 3600
    expect(Object.fromEntries(problem.stops.map(({ id, pinned }) => [id, pinned]))).toEqual({
      working: { technicianId: 'Theo', start: nine },
      sent: { technicianId: 'Theo', start: nine },
      hers: { technicianId: 'Theo', start: null },
      exact: { technicianId: null, start: nine },
      open: { technicianId: null, start: null },
    })
  })

  it('lets a crew and what is done stand as time that is taken, for everybody in it', () => {
    const { problem } = plannedDay(facts([technician('Theo'), technician('Lena')], [visit('crew', { crewIds: ['Lena'] }), visit('over', { state: 'done' })]))
    expect(problem.stops).toEqual([])
    expect(problem.technicians.map(({ blocks }) => blocks.map(({ id }) => id))).toEqual([['visit crew', 'visit over'], ['visit crew']])
  })

  it.each([
    ['2026-03-08', 23],
    ['2026-11-01', 25],
  ])('counts the hours of %s, of which there are %i, as they pass', (day, length) => {
    const shifts = [{ startsAt: at(0, 0, day), endsAt: at(24, 0, day) }]
    const planned = plannedDay(facts([technician('Theo', { shifts })], [visit('late', { startsAt: at(20, 0, day), endsAt: at(21, 0, day), windowStartsAt: at(20, 0, day), windowEndsAt: at(22, 0, day) })], { day, startsAt: at(0, 0, day), endsAt: at(24, 0, day), now: at(0, 0, day) - HOUR }))
    expect(hours(planned.problem.technicians[0]?.shift.to ?? 0)).toBe(length)
    const [entry] = planned.plan.routes[0]?.entries ?? []
    expect(planned.instantOf(entry?.startsAt ?? 0)).toBe(at(20, 0, day))
  })

  it('leaves a shift over midnight whole', () => {
    const { problem } = plannedDay(facts([technician('Theo', { shifts: [{ startsAt: at(22), endsAt: at(30) }] })], []))
    expect(problem.technicians[0]?.shift).toEqual({ from: 22 * 3600, to: 30 * 3600 })
  })

  it('says nothing against a day that stands, however people planned it', () => {
    const seat = fc.record({ quarter: fc.integer({ min: 20, max: 90 }), length: fc.integer({ min: 0, max: 12 }), who: fc.constantFrom('Theo', 'Lena'), far: fc.integer({ min: 0, max: 60 }) })
    fc.assert(
      fc.property(fc.array(seat, { maxLength: 10 }), (seats) => {
        const visits = seats.map(({ quarter, length, who, far }, index) => visit(`visit${index}`, { technicianId: who, startsAt: at(0, quarter * 15), endsAt: at(0, (quarter + length) * 15), place: place(far) }))
        const day = plannedDay(facts([technician('Theo'), technician('Lena', { shifts: [] })], visits))
        expect(checkPlan(judging(day, new Set()), day.plan).faults).toEqual([])
        expect(proposalFor(day.facts, [{ kind: 'sick', technicianId: 'Nobody', from: at(7), until: null }]).moves).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})

describe('who is right for a visit', () => {
  const waiting = visit('waiting', { technicianId: null, startsAt: null, endsAt: null, windowStartsAt: at(10), windowEndsAt: at(12), place: place(30) })

  it('puts who is near before who is far, and says why not the others', () => {
    const near = visit('near', { startsAt: at(9), endsAt: at(10), place: place(28) })
    const full = visit('full', { technicianId: 'Sam', startsAt: at(8), endsAt: at(19) })
    const people = [technician('Rosa'), technician('Theo'), technician('Lena', { skills: ['drains'] }), technician('Sam'), technician('Ned', { shifts: [] })]
    const found = suggestTechnicians({ facts: facts(people, [waiting, near, full]), visitId: 'waiting', preferences: {}, figures: null })
    expect(found.map(({ fits }) => fits)).toEqual(['window', 'window', 'no', 'no', 'no'])
    expect(found.slice(0, 2).map(({ name }) => name)).toEqual(['Theo', 'Rosa'])
    expect(Object.fromEntries(found.map(({ name, whyNot }) => [name, whyNot]))).toMatchObject({ Theo: '', Lena: 'No cooling skill', Sam: 'Full', Ned: 'Off' })
    expect(found[0]).toMatchObject({ startsAt: at(10, 5), endsAt: at(11, 5), why: expect.arrayContaining(['1 other visit']) as unknown })
  })

  it('likes who was there before, and who was promised most of all', () => {
    const people = [technician('Rosa', { home: place(30) }), technician('Theo'), technician('Lena')]
    const first = (more: Partial<DayVisit>, preferences: Record<string, Preference>): string | undefined => suggestTechnicians({ facts: facts(people, [{ ...waiting, place: place(10), ...more }]), visitId: 'waiting', preferences, figures: null })[0]?.name
    const wasThere: Preference = { known: 'place', wish: null }
    expect(first({}, { Theo: wasThere })).toBe('Theo')
    expect(first({ promisedTechnicianId: 'Lena' }, { Theo: wasThere })).toBe('Lena')
  })

  it('sends whom the customer asks for, and never whom they do not want again', () => {
    const people = [technician('Rosa Lind', { home: place(10) }), technician('Theo'), technician('Ana Petrov')]
    const asked = { ...waiting, place: place(10), askedForId: 'Ana Petrov', notWantedIds: ['Rosa Lind'] }
    const found = suggestTechnicians({ facts: facts(people, [asked]), visitId: 'waiting', preferences: { 'Ana Petrov': { known: null, wish: 'asked' }, 'Rosa Lind': { known: 'place', wish: 'notWanted' } }, figures: null })
    expect(found.map(({ name, fits }) => [name, fits])).toEqual([['Ana Petrov', 'window'], ['Theo', 'window'], ['Rosa Lind', 'no']])
    expect([found[0]?.why[0], found[1]?.why.at(-1), found[2]?.whyNot]).toEqual(['They ask for Ana', 'They ask for Ana', 'The customer does not want them again'])
  })

  it('minds what technicians have sold only where the visit is a chance to sell, and says the figures as they are', () => {
    const people = [technician('Rosa', { home: place(9) }), technician('Theo', { home: place(10) }), technician('New', { home: place(30) })]
    const asked = (figures: SuggestQuestion['figures']) => suggestTechnicians({ facts: facts(people, [{ ...waiting, place: place(10) }]), visitId: 'waiting', preferences: {}, figures })
    const figures = {
      Rosa: { estimates: 20, sold: 15, invoices: 40, invoicedCents: 40 * 90_000 },
      Theo: { estimates: 20, sold: 2, invoices: 40, invoicedCents: 40 * 30_000 },
      New: { estimates: 2, sold: 2, invoices: 1, invoicedCents: 900_000 },
    }
    const without = asked(null)
    expect(without.map(({ name }) => name)).toEqual(['Theo', 'Rosa', 'New'])
    expect(without.flatMap(({ why }) => why).join()).not.toMatch(/Sold|a job|figures/)
    const sells = asked(figures)
    expect(sells.map(({ name }) => name)[0]).toBe('Rosa')
    expect(Object.fromEntries(sells.map(({ name, why }) => [name, why.filter((each) => /Sold|a job|figures/.test(each))]))).toEqual({ Rosa: ['Sold 15 of 20 estimates', '$900 a job, of 40'], Theo: ['Sold 2 of 20 estimates', '$300 a job, of 40'], New: ['No figures yet'] })
  })

  it('offers the time after the window where nobody is free in it, and says so', () => {
    const found = suggestTechnicians({ facts: facts([technician('Theo')], [waiting, visit('long', { startsAt: at(8), endsAt: at(13) })]), visitId: 'waiting', preferences: {}, figures: null })
    expect(found).toMatchObject([{ name: 'Theo', fits: 'later', startsAt: at(13, 20), whyNot: 'Only after the window' }])
  })
})

describe('a day that was upset', () => {
  it('gives the visits of a sick technician to others, on the five minutes, and calls nobody for it', () => {
    const visits = [visit('first'), visit('second', { startsAt: at(10, 30), endsAt: at(11, 30) })]
    const { moves, left } = proposalFor(facts([technician('Theo'), technician('Lena')], visits), [{ kind: 'sick', technicianId: 'Theo', from: at(7), until: null }])
    expect(left).toEqual([])
    expect(moves.map(({ appointmentId, kind, after, broke, call }) => [appointmentId, kind, after?.technicianId, broke, call])).toEqual(expect.arrayContaining([['first', 'given', 'Lena', null, []], ['second', 'given', 'Lena', null, []]]))
    for (const { after } of moves) expect((after?.startsAt ?? 1) % (5 * MINUTE)).toBe(0)
    expect(tryMoves({ facts: facts([technician('Theo'), technician('Lena')], visits), moves: moves.map(({ appointmentId, after }) => ({ appointmentId, to: after })) })).toEqual([])
  })

  it('breaks a promise only where it can’t be kept, and says that it does', () => {
    const visits = [visit('hers', { promisedTechnicianId: 'Theo' })]
    const { moves } = proposalFor(facts([technician('Theo'), technician('Lena')], visits), [{ kind: 'sick', technicianId: 'Theo', from: at(7), until: null }])
    expect(moves).toMatchObject([{ appointmentId: 'hers', after: { technicianId: 'Lena' }, broke: 'technician', isHit: true }])
    expect(moves[0]?.call).toContain('Another technician than they were promised')
  })

  it('calls whoever somebody was on the way to, who was promised nobody in particular', () => {
    const { moves } = proposalFor(facts([technician('Theo'), technician('Lena')], [visit('sent', { state: 'dispatched' })]), [{ kind: 'sick', technicianId: 'Theo', from: at(7), until: null }])
    expect(moves).toMatchObject([{ appointmentId: 'sent', broke: null, call: ['Somebody was on the way to them'] }])
  })

  it('takes what a sick technician should have begun, and leaves a crew and who is at the door to a person', () => {
    const visits = [visit('missed'), visit('crew', { startsAt: at(11), endsAt: at(12), crewIds: ['Lena'] }), visit('door', { state: 'working', startsAt: at(13), endsAt: at(14) })]
    const { moves, left } = proposalFor(facts([technician('Theo'), technician('Lena')], visits, { now: at(9, 30) }), [{ kind: 'sick', technicianId: 'Theo', from: at(9, 30), until: null }])
    expect(moves.map(({ appointmentId }) => appointmentId)).toEqual(['missed'])
    expect(left).toEqual([
      { appointmentId: 'crew', name: 'crew', why: 'A crew goes to it: say who leads' },
      { appointmentId: 'door', name: 'door', why: 'Theo is at work there: put it on hold first' },
    ])
  })

  it('lets who is back in the middle of lunch eat first', () => {
    const blocks = [{ startsAt: at(12), endsAt: at(12, 30) }]
    const day = facts([technician('Theo', { blocks })], [visit('first', { windowEndsAt: at(16) })])
    const { moves } = proposalFor(day, [{ kind: 'sick', technicianId: 'Theo', from: at(8), until: at(12, 10) }])
    expect(moves).toMatchObject([{ kind: 'retimed', after: { startsAt: at(12, 40) } }])
    expect(tryMoves({ facts: day, moves: moves.map(({ appointmentId, after }) => ({ appointmentId, to: after })) })).toEqual([])
  })

  it('makes room for an emergency before others', () => {
    const flood = visit('flood', { technicianId: null, startsAt: null, endsAt: null, windowStartsAt: at(8), windowEndsAt: at(10), rank: 1, place: place(55) })
    const { moves } = proposalFor(facts([technician('Theo'), technician('Lena', { skills: ['drains'] })], [flood, visit('tune-up', { startsAt: at(8, 30), endsAt: at(9, 30), windowEndsAt: at(16) })]), [{ kind: 'emergency', appointmentId: 'flood' }])
    expect(moves.find(({ appointmentId }) => appointmentId === 'flood')).toMatchObject({ kind: 'placed', before: null, after: { technicianId: 'Theo' }, call: ['They wait to hear when somebody comes'] })
  })

  it('plans what waits in its window, calls nobody for it, and names what fits nobody', () => {
    const nobody = { technicianId: null, startsAt: null, endsAt: null } as const
    const visits = [visit('stands'), visit('waits', { ...nobody, windowStartsAt: at(13), windowEndsAt: at(15) }), visit('pool', { ...nobody, skills: ['pool'] }), visit('over', { ...nobody, windowStartsAt: at(5), windowEndsAt: at(6) })]
    const { moves, left } = proposalFor(facts([technician('Theo')], visits), [{ kind: 'waiting', appointmentIds: ['waits', 'pool', 'over'] }])
    expect(moves).toMatchObject([{ appointmentId: 'waits', kind: 'placed', before: null, after: { technicianId: 'Theo' }, broke: null, call: [] }])
    expect(moves[0]?.after?.startsAt).toBeGreaterThanOrEqual(at(13))
    expect(moves[0]?.after?.startsAt).toBeLessThan(at(15))
    expect(left.map(({ appointmentId }) => appointmentId)).toEqual(['pool', 'over'])
  })

  it('moves what comes after a visit that lasts longer', () => {
    const visits = [visit('long', { state: 'working', startsAt: at(8), endsAt: at(9) }), visit('next', { startsAt: at(9, 30), endsAt: at(10, 30), windowEndsAt: at(11) })]
    const { moves } = proposalFor(facts([technician('Theo'), technician('Lena')], visits, { now: at(8, 45) }), [{ kind: 'overrun', appointmentId: 'long', endsAt: at(11) }])
    expect(moves).toMatchObject([{ appointmentId: 'next', kind: 'given', after: { technicianId: 'Lena' } }])
  })

  it('sends nobody whom the customer does not want again, and leaves who has the visit', () => {
    const visits = [visit('moved', { notWantedIds: ['Lena', 'Theo'] })]
    const tried = (technicianId: string) => tryMoves({ facts: facts([technician('Theo'), technician('Lena')], visits), moves: [{ appointmentId: 'moved', to: { technicianId, startsAt: at(10), endsAt: at(11) } }] })
    expect(tried('Lena')).toEqual([{ appointmentId: 'moved', message: 'moved does not want Lena again.' }])
    expect(tried('Theo')).toEqual([])
  })

  it('says what stands against some of a proposal alone', () => {
    const visits = [visit('stands', { technicianId: 'Lena' }), visit('moved')]
    const faults = tryMoves({ facts: facts([technician('Theo'), technician('Lena')], visits), moves: [{ appointmentId: 'moved', to: { technicianId: 'Lena', startsAt: at(9, 30), endsAt: at(10, 30) } }] })
    expect(faults).toEqual([{ appointmentId: 'moved', message: 'Lena can’t be there by then.' }])
  })
})
