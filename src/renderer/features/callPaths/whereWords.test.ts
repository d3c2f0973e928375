import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { instantOf } from '../../../shared/base/zone.ts'
import { APPOINTMENT_STATES } from '../../../shared/domain/dispatch/tables.ts'
import { whereIsTechnician } from './whereWords.ts'

const ZONE = 'America/Chicago'
const TODAY = '2026-07-14'
const at = (minute: number): number => instantOf(TODAY, minute, ZONE)

const visit = {
  state: 'confirmed',
  windowDay: TODAY,
  windowStart: 14 * 60,
  windowEnd: 16 * 60,
  windowStartsAt: at(14 * 60),
  windowEndsAt: at(16 * 60),
  zone: ZONE,
  technicianName: 'Al Reyes',
  startsAt: at(14 * 60 + 30),
  arrivedAt: null,
  doneAt: null,
  holdReason: null,
} as const

const noon = { now: at(12 * 60), today: TODAY }

describe('where is my technician', () => {
  it('says window, who and when', () => {
    expect(whereIsTechnician(visit, noon)).toEqual({
      say: 'You are on the schedule for today, Tuesday, between 2 and 4 in the afternoon. We expect Al around 2:30 PM.',
      owesCall: false,
    })
  })

  it('does not name a time on another day', () => {
    expect(whereIsTechnician(visit, { now: noon.now - 24 * HOUR, today: '2026-07-13' }).say).toBe('You are on the schedule for tomorrow, Tuesday, between 2 and 4 in the afternoon. Al is your technician.')
  })

  it('owes a call where nobody is assigned and the window is near', () => {
    const nobody = { ...visit, technicianName: null, startsAt: null }
    expect(whereIsTechnician(nobody, noon).owesCall).toBe(false)
    expect(whereIsTechnician(nobody, { now: visit.windowStartsAt - 20 * MINUTE, today: TODAY }).owesCall).toBe(true)
  })

  it('owes a call where the plan lies after the window, or the window is over', () => {
    expect(whereIsTechnician({ ...visit, startsAt: at(17 * 60) }, noon).owesCall).toBe(true)
    expect(whereIsTechnician(visit, { now: visit.windowEndsAt + MINUTE, today: TODAY }).owesCall).toBe(true)
    expect(whereIsTechnician({ ...visit, state: 'dispatched' }, { now: visit.windowEndsAt + MINUTE, today: TODAY }).owesCall).toBe(true)
    expect(whereIsTechnician({ ...visit, state: 'hold', holdReason: 'Waiting for parts' }, noon)).toMatchObject({ owesCall: true })
  })

  it('has a sentence for every state', () => {
    for (const state of APPOINTMENT_STATES) expect(whereIsTechnician({ ...visit, state }, noon).say, state).toMatch(/[.?]$/)
  })
})
