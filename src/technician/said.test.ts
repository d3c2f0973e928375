import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { APPOINTMENT_STATES } from '../shared/domain/dispatch/tables.ts'
import { isReached, stepsTo } from '../shared/domain/field/steps.ts'
import type { TechnicianDay, TechnicianVisit } from '../shared/field/wire.ts'
import { actionsFor, nextPhoto, nextTap, type Said, type SaidState, sawOf, shownVisits, UNDO_MS } from './said.ts'
import { notHandedOver, tappedTime, windowOf } from './words.ts'

const visit: TechnicianVisit = {
  id: 'v1', jobNumber: '1042', jobType: 'No cooling', state: 'scheduled', holdReason: null, windowStartsAt: 0, windowEndsAt: 1, zone: 'America/Chicago', startsAt: 0, endsAt: 1, dispatchedAt: null, arrivedAt: null, doneAt: null,
  customer: 'Martin Okonjo', phones: [], address: '', latitude: null, longitude: null, access: [], summary: '', promised: [], notes: [], missing: [], lines: [],
}
const day: TechnicianDay = { now: 0, epoch: 'e1', company: { name: '', phone: '', phoneShown: '' }, technician: 'Wes Tran', day: '2026-07-14', zone: 'America/Chicago', expiresAt: 9e12, holdReasons: [], visits: [visit, { ...visit, id: 'v2' }] }

const tap = (seq: number, kind: 'onMyWay' | 'arrived' | 'hold' | 'resume' | 'done' | 'late' | 'issue', more: Partial<Said> = {}): Said =>
  ({ seq, linkId: 'l1', visitId: 'v1', about: 'Martin Okonjo', tappedAt: 1_000 * seq, state: 'waiting', what: 'tap', tap: { id: `t${seq}`, kind, ...(kind === 'hold' ? { reason: 'Parts' } : {}) }, ...more }) as Said
const photo = (seq: number): Said => ({ seq, linkId: 'l1', visitId: 'v1', about: '', tappedAt: 1_000 * seq, state: 'waiting', what: 'photo', photoId: `p${seq}`, reportId: 't1', photo: new Blob(['x']) })

describe('what goes next', () => {
  it('is the oldest tap, and no photo while one waits', () => {
    const now = 1e9
    const said = [photo(1), tap(3, 'arrived'), tap(2, 'onMyWay')]
    expect(nextTap(said, now)?.said.seq).toBe(2)
    expect(nextPhoto(said, new Set())).toBeUndefined()
    expect(nextTap([tap(1, 'arrived', { state: 'taken' }), tap(2, 'done', { state: 'refused' }), photo(3)], now)).toBeNull()
  })

  it('is the oldest photo then, but for those that did not go up', () => {
    const said = [photo(4), photo(1), tap(2, 'arrived', { state: 'settled' })]
    expect(nextPhoto(said, new Set())?.seq).toBe(1)
    expect(nextPhoto(said, new Set([1]))?.seq).toBe(4)
    expect(nextPhoto(said, new Set([1, 4]))).toBeUndefined()
  })

  it('waits as long as the tap can be taken back, and never longer, whatever the telephone\u2019s clock does', () => {
    expect(nextTap([tap(1, 'arrived')], 3_000)?.inMs).toBe(UNDO_MS - 2_000)
    expect(nextTap([tap(1, 'arrived')], 1_000 + UNDO_MS)?.inMs).toBe(0)
    // Set back by a day in between.
    expect(nextTap([tap(100_000, 'arrived')], 0)?.inMs).toBe(0)
    expect(nextTap([tap(1, 'issue')], 1_000)?.inMs).toBe(0)
  })

  it('keeps the order: nothing is sent before what was said before it, and all of it is', () => {
    const kinds = fc.constantFrom('onMyWay', 'arrived', 'hold', 'late', 'issue' as const)
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, fc.constantFrom<SaidState>('waiting', 'taken', 'settled', 'refused'), fc.boolean()), { maxLength: 8 }), (drawn) => {
        let said = drawn.map(([kind, state, isPhoto], index) => (isPhoto ? { ...photo(index), state } : tap(index, kind, { state })))
        const next = (): Said | undefined => nextTap(said, 1e12)?.said ?? nextPhoto(said, new Set())
        const order: number[] = []
        for (let one = next(); one; one = next()) {
          const { seq, what } = one
          if (what === 'tap') order.push(seq)
          said = said.map((other) => (other.seq === seq ? { ...other, state: 'taken' as const } : other))
        }
        expect(order).toEqual(order.toSorted((left, right) => left - right))
        expect(said.some(({ state }) => state === 'waiting')).toBe(false)
      }),
    )
  })
})

describe('what the page shows', () => {
  it('lays what was tapped over what the office last said, of that visit only', () => {
    const [first, second] = shownVisits(day, [tap(2, 'arrived'), tap(1, 'onMyWay'), tap(3, 'late')])
    expect(first).toMatchObject({ state: 'working', dispatchedAt: 1_000, arrivedAt: 2_000 })
    expect(second).toMatchObject({ state: 'scheduled' })
    expect(shownVisits(day, [tap(1, 'arrived', { state: 'refused' }), tap(2, 'done', { state: 'settled' })])[0]).toMatchObject({ state: 'scheduled' })
    expect(shownVisits(day, [tap(1, 'arrived'), tap(2, 'hold'), tap(3, 'resume'), tap(4, 'done')])[0]).toMatchObject({ state: 'done', holdReason: null, arrivedAt: 1_000, doneAt: 4_000 })
  })

  it('goes along with each tap as the technician saw it', () => {
    expect(sawOf({ ...visit, startsAt: 5 })).toEqual({ saw: 'scheduled', sawStartsAt: 5 })
    const [held] = shownVisits(day, [tap(1, 'arrived'), tap(2, 'hold')])
    expect(held && sawOf(held)).toEqual({ saw: 'hold', sawStartsAt: 0, sawHold: 'Parts' })
  })

  it('offers nothing that the office would have to refuse', () => {
    for (const state of APPOINTMENT_STATES) {
      for (const arrivedAt of [null, 5]) {
        if (arrivedAt === null && (state === 'working' || state === 'done')) continue
        const actions = actionsFor({ state, arrivedAt })
        for (const { kind } of actions) if (kind !== 'issue' && kind !== 'late') expect(isReached(kind, state) || stepsTo(kind, { state, arrivedAt }) !== undefined, `${kind} when ${state}`).toBe(true)
        expect(actions.filter(({ main }) => main).length).toBeLessThanOrEqual(1)
        expect(actions.map(({ kind }) => kind)).toContain('issue')
      }
    }
    expect(actionsFor({ state: 'inspected' as 'done', arrivedAt: null }).map(({ kind }) => kind)).toEqual(['issue'])
  })
})

describe('what the office has not settled', () => {
  const open = { ...visit, missing: ['Gate code and access', 'Who will be home'] }

  it('stands on the visit in words until somebody is on the way', () => {
    expect(notHandedOver({ ...open, missing: ['Who will be home'] })).toBe('Not handed over yet: \u201cWho will be home\u201d is open. Call the office before you drive.')
    expect(notHandedOver(open)).toBe('Not handed over yet: \u201cGate code and access\u201d, \u201cWho will be home\u201d are open. Call the office before you drive.')
    expect(notHandedOver(visit)).toBeNull()
    for (const kind of ['onMyWay', 'arrived'] as const) expect(shownVisits({ ...day, visits: [open] }, [tap(1, kind)]).map(notHandedOver)).toEqual([null])
  })

  it('says nothing of a day that was kept by an older page', () => {
    const { missing: _none, ...older } = open
    expect(notHandedOver(older)).toBeNull()
  })
})

describe('the times on the page', () => {
  it('are those of the visit\u2019s place, with the name of its zone where the page is about another', () => {
    const at = Date.UTC(2026, 6, 14, 16)
    const window = { windowStartsAt: at, windowEndsAt: at + 7_200_000, zone: 'America/Denver' }
    const plain = (text: string): string => text.replaceAll('\u202F', ' ')
    expect(plain(windowOf(window, 'America/Denver'))).toBe('10:00 AM \u2013 12:00 PM')
    expect(plain(windowOf(window, 'America/Chicago'))).toBe('10:00 AM \u2013 12:00 PM MDT')
    expect(plain(tappedTime({ tappedAt: at, zone: 'America/New_York' }))).toBe('12:00 PM')
  })
})
