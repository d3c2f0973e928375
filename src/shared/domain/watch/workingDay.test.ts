import { beforeEach, describe, expect, it } from 'vitest'
import { DispatchDesk } from '../../../../tests/support/dispatchDesk.ts'
import { newId } from '../../base/id.ts'
import { addDays } from '../../base/time.ts'
import { instantOf } from '../../base/zone.ts'
import { loadDispatchDay } from './day.ts'
import { preparedDays } from './workingDay.ts'

const ZONE = 'America/Chicago'
const FRIDAY = '2026-07-17'

describe('the days that are prepared', () => {
  let desk: DispatchDesk
  const on = (today: string) => preparedDays(today, (day) => desk.office.engine.run(loadDispatchDay(day, instantOf(day, 0, ZONE))))
  const works = (id: string, weekdays: readonly number[]) => desk.saveTechnician(id, 'Somebody', { shifts: weekdays.map((weekday) => ({ weekday, start: 480, end: 1020 })) })
  const after = (day: string, ahead: number): readonly string[] => Array.from({ length: ahead + 1 }, (_, index) => addDays(day, index))

  beforeEach(() => {
    desk = new DispatchDesk()
    works(desk.theo, [1, 2, 3, 4, 5])
    works(desk.lena, [1, 2, 3, 4, 5])
    works(newId(), [1, 2, 3, 4, 5, 6])
  })

  it('are today and tomorrow in the week, and on a Friday everything up to Monday', () => {
    expect(on(addDays(FRIDAY, -1))).toEqual(after(addDays(FRIDAY, -1), 1))
    // One of three works on Saturday: nobody is there to prepare Monday.
    expect(on(FRIDAY)).toEqual(after(FRIDAY, 3))
    expect(on(addDays(FRIDAY, 1))).toEqual(after(addDays(FRIDAY, 1), 2))
  })

  it('go past a holiday', () => {
    for (const technicianId of [desk.theo, desk.lena]) desk.must('shift.set', { technicianId, day: addDays(FRIDAY, 3), spans: [], note: 'Holiday' }, desk.ownerId)
    expect(on(FRIDAY)).toEqual(after(FRIDAY, 4))
  })
})
