import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { transitionBetween } from '../dispatch/states.ts'
import { APPOINTMENT_STATES, type AppointmentState } from '../dispatch/tables.ts'
import { countedAt, isOvertaken, isReached, stepsTo } from './steps.ts'
import { REPORT_KINDS } from './tables.ts'

const STEPS = REPORT_KINDS.filter((kind) => kind !== 'late')

const step = fc.constantFrom(...STEPS)
const state = fc.constantFrom(...APPOINTMENT_STATES)
const moment = fc.integer({ min: 1_000, max: 9_000 })

describe('what a tap leads to', () => {
  it('goes from state to state as the board would, and ends where the tap says', () => {
    fc.assert(
      fc.property(step, state, fc.option(moment), (said, from, arrivedAt) => {
        const path = stepsTo(said, { state: from, arrivedAt })
        if (!path || isReached(said, from)) return
        let at: AppointmentState = from
        for (const to of path) {
          const transition = transitionBetween(at, to)
          expect(transition, `${at} to ${to}`).toBeDefined()
          // Nothing is undone or canceled from the field.
          expect(transition?.kind === 'back' || to === 'canceled').toBe(false)
          at = to
        }
        expect(isReached(said, at)).toBe(true)
      }),
    )
  })

  it('lets nobody be done, or go on, who never arrived', () => {
    for (const from of APPOINTMENT_STATES) for (const said of ['done', 'resume'] as const) expect(stepsTo(said, { state: from, arrivedAt: null })).toBeUndefined()
    expect(stepsTo('arrived', { state: 'scheduled', arrivedAt: null })).toEqual(['dispatched', 'working'])
    expect(stepsTo('done', { state: 'hold', arrivedAt: 5 })).toEqual(['working', 'done'])
  })
})

describe('an older tap', () => {
  it('never leaves a hold that is newer, nor brings one, and nothing stops one that is newer or was made seeing it', () => {
    fc.assert(
      fc.property(step, state, fc.option(state, { nil: undefined }), moment, moment, (said, from, saw, tappedAt, since) => {
        const visit = { state: from, holdReason: 'Parts', dispatchedAt: since, arrivedAt: since, updatedAt: since }
        const overtaken = isOvertaken(said, { tappedAt, saw }, visit, [])
        expect(isOvertaken(said, { tappedAt, saw, sawHold: 'Parts' }, visit, [])).toBe(overtaken)
        expect(isOvertaken(said, { tappedAt, saw, sawHold: 'Nobody home' }, visit, [])).toBe(overtaken || (saw === 'hold' && from === 'hold' && said !== 'hold'))
        if (tappedAt >= since || saw === from) expect(overtaken).toBe(false)
        else if (from === 'hold') expect(overtaken).toBe(said !== 'hold')
        else if (from === 'working' || from === 'dispatched') expect(overtaken).toBe(said === 'hold')
        // A step on the way undoes nothing, however late it is heard.
        else if (said !== 'hold') expect(overtaken).toBe(false)
      }),
    )
  })
})

describe('the moment that counts', () => {
  it('is never in the future, never before the link was there, and keeps the order of a visit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REPORT_KINDS), moment, moment, fc.option(moment), fc.option(moment), moment, (said, tapped, issuedAt, dispatchedAt, arrivedAt, heardAt) => {
        const at = countedAt(said, tapped, { issuedAt }, { dispatchedAt, arrivedAt }, heardAt)
        expect(at).toBeLessThanOrEqual(heardAt)
        if (issuedAt <= heardAt) expect(at).toBeGreaterThanOrEqual(issuedAt)
        if (said === 'arrived' && dispatchedAt !== null && dispatchedAt <= heardAt) expect(at).toBeGreaterThanOrEqual(dispatchedAt)
        if (said === 'done' && arrivedAt !== null && arrivedAt <= heardAt) expect(at).toBeGreaterThanOrEqual(arrivedAt)
        if (tapped <= heardAt && tapped >= issuedAt && tapped >= (dispatchedAt ?? 0) && tapped >= (arrivedAt ?? 0)) expect(at).toBe(tapped)
      }),
    )
  })
})
