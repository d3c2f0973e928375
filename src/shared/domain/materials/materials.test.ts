import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { DispatchDesk, refusedAs } from '../../../../tests/support/dispatchDesk.ts'
import { newId } from '../../base/id.ts'
import { addDays, DAY, HOUR } from '../../base/time.ts'
import { wallTimeOf } from '../../base/zone.ts'
import type { Appointment } from '../dispatch/tables.ts'
import { SYSTEM_ACTOR } from '../people/permissions.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import { loadMaterials } from './content.ts'
import { type MaterialList, materialListId, materialListTable } from './tables.ts'

let desk: DispatchDesk
let tomorrow: string

const list = (): MaterialList | undefined => desk.office.engine.row(materialListTable, materialListId(desk.office.companyId, tomorrow))
const owed = () => {
  const promise = desk.office.engine.row(promiseTable, promiseId(queueId('material-lists'), materialListId(desk.office.companyId, tomorrow)))
  return promise?.state === 'open' ? promise : undefined
}
const look = (isTime = true) => desk.run('materialList.lookOver', { day: tomorrow, isTime, at: desk.office.now }, SYSTEM_ACTOR)
const hand = () => desk.run('materialList.hand', { day: tomorrow, said: 'On the bench' })

function addMaterial(visit: Appointment, description = 'Capacitor 45/5', quantity = 2000): string {
  const id = newId()
  desk.must('job.addLine', { jobId: visit.jobId, line: { id, priceItemId: null, kind: 'material', description, quantity, unitPriceCents: 1200 } }, desk.ownerId)
  return id
}

const needed = () => desk.office.engine.run(loadMaterials(tomorrow)).visits.flatMap(({ lines }) => lines.map(({ description, quantity }) => [description, quantity]))

beforeEach(() => {
  desk = new DispatchDesk()
  tomorrow = addDays(wallTimeOf(desk.office.now, 'America/Chicago').day, 1)
})

describe('tomorrow\u2019s material list', () => {
  it('is owed at its time where a visit takes materials along, before the first van leaves', () => {
    const visit = desk.book()
    look()
    expect(list()).toBeUndefined()
    addMaterial(visit)
    look(false)
    expect(list()).toBeUndefined()
    look()
    expect(list()).toMatchObject({ state: 'owed', firstAt: visit.windowStartsAt })
    expect(owed()).toMatchObject({ holderRole: 'dispatcher', nextStep: 'Open it, hand it to the warehouse, and say that they have it.' })
  })

  it('ends when the warehouse has it, and is owed again where it changed since', () => {
    const visit = desk.book()
    const lineId = addMaterial(visit)
    look()
    expect(hand()).toMatchObject({ kind: 'accepted' })
    expect(owed()).toBeUndefined()
    expect(list()).toMatchObject({ state: 'sent', sentBy: desk.dispatcherId, said: 'On the bench', content: [{ appointmentId: visit.id, lines: [{ lineId, quantity: 2000 }] }] })
    expect(hand()).toMatchObject(refusedAs('materialList.sent'))
    desk.must('job.changeLine', { lineId, set: { quantity: 3000 } }, desk.ownerId)
    look(false)
    expect(owed()).toMatchObject({ occurrence: 2 })
    desk.must('job.changeLine', { lineId, set: { quantity: 2000 } }, desk.ownerId)
    look()
    expect(owed()).toBeUndefined()
  })

  it('ends by itself where nothing is taken along any more, and when the van is out', () => {
    const visit = desk.book()
    addMaterial(visit)
    look()
    desk.must('appointment.changeState', { appointmentId: visit.id, to: 'canceled', reason: 'So' })
    look()
    expect([list()?.state, owed()]).toEqual(['none', undefined])
    desk.must('appointment.changeState', { appointmentId: visit.id, to: 'scheduled', reason: 'So' })
    look()
    expect(owed()).toBeDefined()
    desk.office.now = visit.windowStartsAt + 1
    desk.run('materialList.lookOver', { day: addDays(tomorrow, 1), isTime: false, at: desk.office.now }, SYSTEM_ACTOR)
    expect([list()?.state, owed()]).toEqual(['none', undefined])
  })

  it('names parts that came in for a visit, what was used on none, and each job\u2019s once', () => {
    const visit = desk.book()
    desk.assign(visit)
    addMaterial(visit, 'Filter', 1000)
    for (const to of ['dispatched', 'working']) desk.must('appointment.changeState', { appointmentId: visit.id, to, reason: null })
    const restId = newId()
    desk.must('appointment.split', { appointmentId: visit.id, restId, firstMinutes: 30 })
    desk.office.now = visit.windowStartsAt
    desk.must('appointment.changeState', { appointmentId: visit.id, to: 'done', reason: null })
    // The filter went in with the first visit.
    expect(needed()).toEqual([])
    addMaterial(visit, 'Blower motor', 1000)
    expect(needed()).toEqual([['Blower motor', 1000]])
    expect(hand()).toMatchObject({ kind: 'accepted' })
  })

  it('lays ready for the return trip what was written down while somebody was at the first visit', () => {
    const visit = desk.book()
    desk.assign(visit)
    addMaterial(visit, 'Filter', 1000)
    for (const to of ['dispatched', 'working']) desk.must('appointment.changeState', { appointmentId: visit.id, to, reason: null })
    const restId = newId()
    desk.must('appointment.split', { appointmentId: visit.id, restId, firstMinutes: 30 })
    addMaterial(visit, 'Blower motor', 1000)
    desk.must('appointment.changeState', { appointmentId: visit.id, to: 'done', reason: null })
    expect(needed()).toEqual([['Blower motor', 1000]])
  })

  it('ends however long nobody looked', () => {
    addMaterial(desk.book())
    look()
    expect(owed()).toBeDefined()
    desk.office.now += 20 * DAY
    desk.run('materialList.lookOver', { day: addDays(tomorrow, 20), isTime: false, at: desk.office.now }, SYSTEM_ACTOR)
    expect([list()?.state, owed()]).toEqual(['none', undefined])
  })

  it('is looked at on its own morning until the first van is out', () => {
    const visit = desk.book()
    addMaterial(visit)
    desk.office.now = visit.windowStartsAt - HOUR
    look()
    expect(owed()).toBeDefined()
    hand()
    addMaterial(visit, 'Filter')
    look()
    expect(owed()).toBeDefined()
    desk.office.now = visit.windowStartsAt + 1
    look()
    expect([list()?.state, owed()]).toEqual(['none', undefined])
    addMaterial(visit, 'Fuse')
    expect(look()).toMatchObject({ changes: [] })
  })

  it('is not owed again because somebody comes early, and its van is out all the same', () => {
    const early = desk.book({ windowStart: 600, windowEnd: 720 })
    const later = desk.book({ windowStart: 840, windowEnd: 960 })
    for (const visit of [early, later]) {
      desk.assign(visit)
      addMaterial(visit)
    }
    const go = (...states: readonly string[]) => states.forEach((to) => desk.must('appointment.changeState', { appointmentId: early.id, to, reason: 'So' }))
    look()
    hand()
    desk.office.now = early.windowStartsAt - HOUR / 2
    go('dispatched', 'working')
    expect(look()).toMatchObject({ changes: [] })
    expect(hand()).toMatchObject(refusedAs('materialList.sent'))
    // The rest of the work comes today as well: its things are with who is there.
    desk.must('appointment.split', { appointmentId: early.id, restId: newId(), firstMinutes: 30 })
    expect(look()).toMatchObject({ changes: [] })
    addMaterial(later, 'Filter')
    look()
    expect(list()).toMatchObject({ state: 'owed', firstAt: early.windowStartsAt })
    hand()
    expect(list()).toMatchObject({ state: 'sent', firstAt: early.windowStartsAt, content: expect.arrayContaining([expect.objectContaining({ appointmentId: early.id })]) as unknown })
    // A wrong click: nobody was there, and the warehouse has it all.
    go('dispatched')
    expect(look()).toMatchObject({ changes: [] })
    go('working', 'done')
    expect(look()).toMatchObject({ changes: [] })
    addMaterial(later, 'Fuse')
    look()
    expect(owed()).toBeDefined()
    desk.office.now = early.windowStartsAt
    look()
    expect([list()?.state, owed()]).toEqual(['none', undefined])
  })

  it('says nothing about a day without materials', () => {
    desk.book()
    expect(hand()).toMatchObject(refusedAs('materialList.empty'))
  })

  it('is owed exactly while the warehouse lacks what the day needs, whatever is changed', () => {
    const deed = fc.record({ what: fc.constantFrom('book', 'material', 'cancel', 'back', 'hand', 'look', 'assign'), which: fc.nat(2) })
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 14 }), (deeds) => {
        desk = new DispatchDesk()
        tomorrow = addDays(wallTimeOf(desk.office.now, 'America/Chicago').day, 1)
        const visits = [desk.book()]
        for (const { what, which } of deeds) {
          const visit = visits[which % visits.length]
          if (!visit) continue
          if (what === 'book') visits.push(desk.book())
          else if (what === 'material') addMaterial(visit)
          else if (what === 'hand') hand()
          else if (what === 'assign') desk.tryAssign(desk.visit(visit.id))
          else if (what !== 'look') desk.run('appointment.changeState', { appointmentId: visit.id, to: what === 'cancel' ? 'canceled' : 'scheduled', reason: 'So' })
          look()
          const state = list()?.state
          const wanted = needed().length > 0
          const same = state !== undefined && JSON.stringify(list()?.content.map(({ appointmentId, technicianId, lines }) => [appointmentId, technicianId, lines.length])) === JSON.stringify(desk.office.engine.run(loadMaterials(tomorrow)).visits.map(({ appointmentId, technicianId, lines }) => [appointmentId, technicianId, lines.length]))
          expect(owed() !== undefined).toBe(state === 'owed')
          if (wanted) expect(state).toBe(same && list()?.sentAt !== null ? 'sent' : 'owed')
          expect(ledgerProblems((table) => desk.rows(table))).toEqual([])
        }
        desk.office.now += DAY
      }),
      { numRuns: 40 },
    )
  })
})
