import { describe, expect, it } from 'vitest'
import { MoneyDesk, refusedAs } from '../../../../tests/support/moneyDesk.ts'
import { newId } from '../../base/id.ts'
import { rateOn } from './pay.ts'
import { payRateTable } from './payRate.ts'

describe('pay', () => {
  it('holds from a day on until the next, and is corrected by setting the same day again', () => {
    const desk = new MoneyDesk()
    const set = (hourlyCents: number, fromDay: string) => desk.office.must('pay.set', { technicianId: desk.technicianId, hourlyCents, fromDay }, desk.ownerId)
    set(2800, '2026-01-01')
    set(3100, '2026-07-01')
    set(3050, '2026-07-01')
    const rates = desk.office.engine.rows(payRateTable)
    expect(rates).toHaveLength(2)
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01', '2027-01-01'].map((day) => rateOn(rates, day))).toEqual([null, 2800, 2800, 3050, 3050])
  })

  it('is the owner\u2019s to set, for a technician who is there and an hour that is no month', () => {
    const desk = new MoneyDesk()
    const set = (changed: Readonly<Record<string, unknown>>, actorId = desk.ownerId) =>
      desk.office.run('pay.set', { technicianId: desk.technicianId, hourlyCents: 2800, fromDay: '2026-01-01', ...changed }, actorId)
    expect(set({}, desk.preparerId)).toMatchObject(refusedAs('people.notAllowed'))
    expect(set({ technicianId: newId() })).toMatchObject(refusedAs('pay.unknownTechnician'))
    expect(set({ hourlyCents: -1 })).toMatchObject(refusedAs('input.invalid'))
    expect(set({ hourlyCents: 100_001 })).toMatchObject(refusedAs('input.invalid'))
    expect(desk.office.engine.rows(payRateTable)).toEqual([])
  })
})
