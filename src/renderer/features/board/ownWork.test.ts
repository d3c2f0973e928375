import { describe, expect, it } from 'vitest'
import { at, day, visit } from './boardFixtures.ts'
import { NO_WORK, withOwnWork, workedOn } from './ownWork.ts'

const on = (...ids: readonly string[]) => workedOn(NO_WORK, ids.map((id) => ({ table: 'appointment', id })))

describe('own work on a board that stands still', () => {
  const shown = day([visit('mine', 'theo', 8, 10), visit('theirs', 'lena', 8, 10)], { unassigned: [visit('waits', null, 12, 14)] })
  const moved = (id: string, technicianId: string, from: number, to: number) => visit(id, technicianId, from, to, { version: 2 })

  it('moves, and what somebody else did waits', () => {
    const fresh = day([moved('mine', 'lena', 11, 13), moved('theirs', 'theo', 11, 13), moved('waits', 'theo', 14, 16)])
    const { day: after } = withOwnWork(shown, fresh, on('mine'))
    expect(after.planned).toEqual([visit('theirs', 'lena', 8, 10), moved('mine', 'lena', 11, 13)])
    expect(after.unassigned).toEqual(shown.unassigned)
  })

  it('is all there is to show where nobody else changed anything', () => {
    const fresh = day([moved('mine', 'lena', 11, 13), visit('theirs', 'lena', 8, 10)], { unassigned: shown.unassigned })
    expect(withOwnWork(shown, fresh, on('mine')).day).toBe(fresh)
  })

  it('goes off the board and into a tray, and the drives to it go along', () => {
    const leg = { technicianId: 'theo', toVisitId: 'mine', startsAt: at(7), endsAt: at(8), minutes: 60 }
    const theirs = { technicianId: 'lena', toVisitId: 'theirs', startsAt: at(7.5), endsAt: at(8), minutes: 30 }
    const taken = visit('mine', null, 8, 10, { version: 2 })
    const fresh = day([moved('theirs', 'theo', 11, 13)], { unassigned: [taken], legs: [{ ...theirs, technicianId: 'theo' }] })
    const { day: after } = withOwnWork({ ...shown, legs: [leg, theirs] }, fresh, on('mine'))
    expect(after.planned.map(({ id }) => id)).toEqual(['theirs'])
    expect(after.unassigned.map(({ id }) => id)).toEqual(['waits', 'mine'])
    expect(after.legs).toContainEqual(theirs)
    expect(after.legs).not.toContainEqual(leg)
  })

  it('is waited for in the next answer where this one was on its way before, and is nobody\u2019s leave to move it again', () => {
    const early = day([visit('mine', 'theo', 8, 10), moved('theirs', 'theo', 11, 13)], { unassigned: shown.unassigned })
    const first = withOwnWork(shown, early, on('mine'))
    expect(first.day.planned).toEqual(expect.arrayContaining([visit('theirs', 'lena', 8, 10), visit('mine', 'theo', 8, 10)]))
    expect(first.left.ids.has('mine')).toBe(true)
    const second = withOwnWork(first.day, day([moved('mine', 'lena', 14, 16), moved('theirs', 'theo', 11, 13)], { unassigned: shown.unassigned }), first.left)
    expect(second.day.planned).toContainEqual(moved('mine', 'lena', 14, 16))
    expect(second.left.ids.has('mine')).toBe(false)
    // A colleague moves it on: from here on it stands still as the others do.
    const third = withOwnWork(second.day, day([visit('mine', 'theo', 16, 18, { version: 3 }), moved('theirs', 'theo', 11, 13)], { unassigned: shown.unassigned }), second.left)
    expect(third.day.planned).toContainEqual(moved('mine', 'lena', 14, 16))
  })

  it('is kept time as well, of its technician alone', () => {
    const kept = (id: string) => [{ id, kind: 'lunch' as const, note: '', startsAt: at(12), endsAt: at(13) }]
    const withTimes = (theo: ReturnType<typeof kept>, lena: ReturnType<typeof kept>) =>
      day([], { groups: shown.groups.map((group) => ({ ...group, technicians: group.technicians.map((one) => ({ ...one, blocks: one.id === 'theo' ? theo : one.id === 'lena' ? lena : [] })) })) })
    const work = workedOn(NO_WORK, [{ table: 'technician_time', id: 'new' }])
    const after = withOwnWork(withTimes([], []), withTimes(kept('new'), kept('other')), work).day
    expect(after.groups[0]?.technicians.map(({ blocks }) => blocks.length)).toEqual([1, 0])
  })
})

it('what is sent from this page and is not of the board moves nothing on it', () => {
  expect(workedOn(NO_WORK, [{ table: 'draft', id: 'a' }, { table: 'call', id: 'b' }, { table: 'promise', id: 'c' }])).toBe(NO_WORK)
  expect(workedOn(NO_WORK, [{ table: 'dated_shift', id: 'a' }])).toMatchObject({ everything: true })
})
