import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../../shared/base/time.ts'
import type { DayFacts, DayTechnician, DayVisit } from './dayFacts.ts'
import { dayMark, staleMoves } from './seen.ts'

const at = (hour: number): number => hour * HOUR
const technician = (id: string): DayTechnician => ({ id, name: id, unitId: 'hvac', active: true, skills: [], home: null, shifts: [{ startsAt: at(8), endsAt: at(17) }], blocks: [], onCall: [] })
const visit = (id: string, technicianId: string | null, start: number, more: Partial<DayVisit> = {}) => ({ id, version: 3, technicianId, crewIds: [], startsAt: technicianId === null ? null : at(start), endsAt: technicianId === null ? null : at(start + 1), ...more }) as DayVisit
const facts = (visits: readonly DayVisit[], more: Partial<DayFacts> = {}): DayFacts => ({ day: '2026-07-14', startsAt: at(0), endsAt: at(24), now: at(7), speed: 45, technicians: [technician('Theo'), technician('Lena')], visits, ...more })

const before = [visit('a', 'Theo', 9), visit('b', 'Lena', 9), visit('c', null, 0)]
const mark = dayMark(facts(before), 'Lena')
const moves = [{ appointmentId: 'a', to: { technicianId: 'Lena', startsAt: at(11), endsAt: at(12) }, seen: { version: 3, dayMark: mark } }]

describe('what a proposal was made on', () => {
  it.each([
    ['nothing has changed', before, []],
    ['the clock has gone on, and another\u2019s day has changed', [...before, visit('d', 'Theo', 14)], []],
    ['the visit has another version', [visit('a', 'Theo', 9, { version: 4 }), ...before.slice(1)], [{ appointmentId: 'a', what: 'visit' }]],
    ['the visit is not there any more', before.slice(1), [{ appointmentId: 'a', what: 'visit' }]],
    ['a visit of who is to take it has another time', [before[0], visit('b', 'Lena', 10), before[2]], [{ appointmentId: 'a', what: 'day' }]],
    ['who is to take it goes along elsewhere', [...before, visit('d', 'Theo', 14, { crewIds: ['Lena'] })], [{ appointmentId: 'a', what: 'day' }]],
    ['only what the visit of who is to take it says of itself has changed', [before[0], visit('b', 'Lena', 9, { version: 9 }), before[2]], []],
    ['a visit of another day is read along', [...before, visit('d', 'Lena', 33)], []],
  ] as const)('stands or not where %s', (_what, visits, stale) => {
    expect(staleMoves(facts(visits as readonly DayVisit[], { now: at(8) }), moves)).toEqual(stale)
  })

  it('does not stand where time is kept for who is to take it, and asks nothing of moves that nobody proposed', () => {
    const kept = facts(before, { technicians: [technician('Theo'), { ...technician('Lena'), blocks: [{ startsAt: at(14), endsAt: at(15) }] }] })
    expect(staleMoves(kept, moves)).toEqual([{ appointmentId: 'a', what: 'day' }])
    expect(staleMoves(kept, [{ appointmentId: 'a', to: null }])).toEqual([])
    expect(staleMoves(kept, [{ appointmentId: 'a', to: null, seen: { version: 3, dayMark: null } }])).toEqual([])
  })
})
