import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dispatchProblems } from '../../../../tests/simulation/properties/dispatch.ts'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { DispatchDesk, refusedAs } from '../../../../tests/support/dispatchDesk.ts'
import { newId } from '../../base/id.ts'
import { addDays, DAY, HOUR, MINUTE } from '../../base/time.ts'
import { instantOf, wallTimeOf } from '../../base/zone.ts'
import { SYSTEM_ACTOR } from '../people/permissions.ts'
import { technicianTable } from '../people/tables.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { type Promised, promiseTable } from '../promises/tables.ts'
import { type Appointment, technicianTimeTable } from './tables.ts'

const ZONE = 'America/Chicago'

function owed(desk: DispatchDesk, key: string, visitId: string): Promised | undefined {
  const promise = desk.office.engine.row(promiseTable, promiseId(queueId(key), visitId))
  return promise?.state === 'open' ? promise : undefined
}

function windowOn(desk: DispatchDesk, ahead: number, start = 480) {
  const windowDay = addDays(wallTimeOf(desk.office.now, ZONE).day, ahead)
  return { windowDay, windowStart: start, windowEnd: start + 120, windowStartsAt: instantOf(windowDay, start, ZONE), windowEndsAt: instantOf(windowDay, start + 120, ZONE) }
}

const ask = (desk: DispatchDesk, appointmentId: string, why = 'At work then') => desk.run('reschedule.ask', { appointmentId, why }, desk.csrId)
const settle = (desk: DispatchDesk, appointmentId: string, how: object, more: object = {}) => desk.run('reschedule.settle', { appointmentId, how, objection: 'At work then', said: '', ...more }, desk.csrId)

/** The clock looks at the day so many days ahead. */
function look(desk: DispatchDesk, ahead: number) {
  const day = addDays(wallTimeOf(desk.office.now, ZONE).day, ahead)
  return desk.run('reschedule.lookAhead', { day, zeroAt: instantOf(day, 0, ZONE), at: desk.office.now }, SYSTEM_ACTOR)
}

describe('reschedules', () => {
  it('are owed three days ahead, within the hour where it is nearer, by one holder', () => {
    const desk = new DispatchDesk()
    const [near, far] = [desk.book({ ahead: 2 }), desk.book({ ahead: 10 })]
    for (const { id } of [near, far]) expect(ask(desk, id)).toMatchObject({ kind: 'accepted' })
    const soon = owed(desk, 'reschedules', near.id)
    // The desk has no liaison: the owner stands in.
    expect(soon).toMatchObject({ assignedRole: 'customerRelations', holderRole: 'owner', nextStep: 'Call, hear what speaks against the time, and save it, move it or cancel it.' })
    expect(soon?.dueAt).toBe((soon?.openedAt ?? 0) + HOUR)
    expect(owed(desk, 'reschedules', far.id)?.dueAt).toBe(far.windowStartsAt - 3 * DAY)
    expect(ask(desk, far.id)).toMatchObject(refusedAs('reschedule.asked'))
  })

  it('end saved, with what the customer had against the time', () => {
    const desk = new DispatchDesk()
    const { id } = desk.book({ ahead: 2 })
    ask(desk, id)
    expect(settle(desk, id, { kind: 'saved' }, { objection: '' })).toMatchObject(refusedAs('reschedule.objection'))
    expect(settle(desk, id, { kind: 'saved' }, { said: 'Her sister lets us in' })).toMatchObject({ kind: 'accepted' })
    expect(desk.visit(id)).toMatchObject({ reschedule: 'saved', objection: 'At work then', state: 'scheduled' })
    expect(owed(desk, 'reschedules', id)).toBeUndefined()
    ask(desk, id, 'Now at work too')
    expect(owed(desk, 'reschedules', id)).toMatchObject({ occurrence: 2 })
  })

  it('end moved, here and by whoever promises another window', () => {
    const desk = new DispatchDesk()
    const [first, second] = [desk.book({ ahead: 2 }), desk.book({ ahead: 2 })]
    desk.assign(first)
    for (const { id } of [first, second]) ask(desk, id)
    const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = first
    expect(settle(desk, first.id, { kind: 'moved', windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt })).toMatchObject(refusedAs('reschedule.sameWindow'))
    expect(settle(desk, first.id, { kind: 'moved', ...windowOn(desk, 4) })).toMatchObject({ kind: 'accepted' })
    expect(desk.visit(first.id)).toMatchObject({ reschedule: 'moved', windowDay: windowOn(desk, 4).windowDay, technicianId: null, confirmation: 'owed' })
    desk.must('appointment.reschedule', { appointmentId: second.id, ...windowOn(desk, 5), reason: 'At work' }, desk.csrId)
    expect(desk.visit(second.id)).toMatchObject({ reschedule: 'moved' })
    for (const { id } of [first, second]) expect(owed(desk, 'reschedules', id)).toBeUndefined()
  })

  it('end moved to a window that begins with theirs and ends later: it is another one', () => {
    const desk = new DispatchDesk()
    const visit = desk.book({ ahead: 2, windowStart: 480, windowEnd: 600 })
    ask(desk, visit.id)
    const longer = { ...windowOn(desk, 2), windowEnd: 720, windowEndsAt: visit.windowStartsAt + 4 * HOUR }
    expect(settle(desk, visit.id, { kind: 'moved', ...longer })).toMatchObject({ kind: 'accepted' })
    expect(desk.visit(visit.id)).toMatchObject({ reschedule: 'moved', windowStart: 480, windowEnd: 720 })
  })

  it('end canceled or not reached, and then the customer is called until rebooked or declined', () => {
    const desk = new DispatchDesk()
    const [canceled, unreached, other] = [desk.book({ ahead: 2 }), desk.book({ ahead: 3 }), desk.book({ ahead: 3 })]
    for (const { id } of [canceled, unreached, other]) ask(desk, id)
    settle(desk, canceled.id, { kind: 'canceled' })
    expect(settle(desk, unreached.id, { kind: 'unreached' }, { objection: '' })).toMatchObject({ kind: 'accepted' })
    desk.must('appointment.changeState', { appointmentId: other.id, to: 'canceled', reason: 'Found another company' })
    expect([canceled, unreached, other].map(({ id }) => desk.visit(id).reschedule)).toEqual(['canceled', 'unreached', 'canceled'])
    expect(desk.visit(unreached.id).cancelReason).toBe('Could not be reached')
    for (const { id } of [canceled, unreached, other]) {
      expect(owed(desk, 'reschedules', id)).toBeUndefined()
      expect(owed(desk, 'canceled-to-rebook', id)).toBeDefined()
    }
    expect(settle(desk, canceled.id, { kind: 'saved' })).toMatchObject(refusedAs('reschedule.canceled'))
    expect(settle(desk, canceled.id, { kind: 'moved', ...windowOn(desk, 6) })).toMatchObject({ kind: 'accepted' })
    expect(desk.visit(canceled.id)).toMatchObject({ state: 'scheduled', cancelReason: null, rebooking: 'none', technicianId: null, startsAt: null })
    expect(owed(desk, 'canceled-to-rebook', canceled.id)).toBeUndefined()
    desk.must('promise.recordOutcome', { promiseId: promiseId(queueId('canceled-to-rebook'), unreached.id), outcomeKey: 'noAnswer', note: '' }, desk.csrId)
    expect(owed(desk, 'canceled-to-rebook', unreached.id)).toMatchObject({ tries: 1 })
    desk.must('promise.recordOutcome', { promiseId: promiseId(queueId('canceled-to-rebook'), unreached.id), outcomeKey: 'declined', note: 'Sold the house' }, desk.csrId)
    expect(owed(desk, 'canceled-to-rebook', unreached.id)).toBeUndefined()
  })

  it('end when somebody is at the door, and are put back with what was undone', () => {
    const desk = new DispatchDesk()
    const visit = desk.book({ ahead: 2 })
    desk.assign(visit)
    ask(desk, visit.id)
    const before = desk.standing(visit.id)
    desk.must('appointment.changeState', { appointmentId: visit.id, to: 'canceled', reason: 'Clicked wrongly' })
    desk.must('appointment.putBack', { appointmentId: visit.id, standing: before, expectedVersion: desk.visit(visit.id).version })
    expect(owed(desk, 'reschedules', visit.id)).toBeDefined()
    for (const item of ['dispatched', 'working']) desk.must('appointment.changeState', { appointmentId: visit.id, to: item, reason: null })
    expect(owed(desk, 'reschedules', visit.id)).toBeUndefined()
    expect(ask(desk, visit.id)).toMatchObject(refusedAs('reschedule.begun'))
  })

  it('are needed by themselves where nobody can come as planned, as long as that is so', () => {
    const desk = new DispatchDesk()
    const visit = desk.book({ ahead: 2 })
    desk.assign(visit)
    look(desk, 2)
    expect(desk.visit(visit.id).reschedule).toBeNull()
    const blockId = newId()
    desk.must('technicianTime.add', { technicianId: desk.theo, kind: 'timeOff', spans: [{ id: blockId, startsAt: visit.windowStartsAt - HOUR, endsAt: visit.windowEndsAt + HOUR }], note: 'Sick', overbookAccepted: true }, desk.ownerId)
    look(desk, 2)
    expect(desk.visit(visit.id)).toMatchObject({ reschedule: 'needed', rescheduleWhy: 'Theo Barnard is away then' })
    expect(owed(desk, 'reschedules', visit.id)).toBeDefined()
    const changes = look(desk, 2)
    expect(changes).toMatchObject({ kind: 'accepted', changes: [] })

    desk.must('appointment.assign', { appointmentId: visit.id, technicianId: desk.lena, startsAt: visit.windowStartsAt, endsAt: visit.windowStartsAt + HOUR, overbookAccepted: false })
    look(desk, 2)
    expect(desk.visit(visit.id)).toMatchObject({ reschedule: null, rescheduleWhy: null })
    expect(owed(desk, 'reschedules', visit.id)).toBeUndefined()
    expect(desk.rows(technicianTimeTable)).toHaveLength(1)
  })

  it('does not flip where a visit is planned on another day than it is promised for', () => {
    const desk = new DispatchDesk()
    const visit = desk.book({ ahead: 2 })
    const elsewhere = instantOf(addDays(visit.windowDay, 1), 960, ZONE)
    desk.must('technicianTime.add', { technicianId: desk.theo, kind: 'timeOff', spans: [{ id: newId(), startsAt: elsewhere - HOUR, endsAt: elsewhere + 3 * HOUR }], overbookAccepted: true }, desk.ownerId)
    desk.assign(visit, { startsAt: elsewhere, overbookAccepted: true, acceptance: { acceptedBy: 'Dana Wray', customer: 'told', words: 'A day later.' } })
    const off = desk.assignments(visit.id)[0]
    expect(off?.startsAt).toBe(elsewhere)
    for (const ahead of [2, 3]) look(desk, ahead)
    for (const ahead of [2, 3, 2, 3]) expect(look(desk, ahead)).toMatchObject({ kind: 'accepted', changes: [] })
  })

  it('are needed again where another reason comes, or the same one comes back, though the time was saved', () => {
    const desk = new DispatchDesk()
    const visit = desk.book({ ahead: 2 })
    desk.assign(visit)
    const off = (startsAt = visit.windowStartsAt): string => {
      const id = newId()
      desk.must('technicianTime.add', { technicianId: desk.theo, kind: 'timeOff', spans: [{ id, startsAt, endsAt: startsAt + HOUR }], overbookAccepted: true }, desk.ownerId)
      return id
    }
    ask(desk, visit.id)
    settle(desk, visit.id, { kind: 'saved' })
    const first = off()
    look(desk, 2)
    // The customer keeps the time; that nobody can come to it is another matter.
    expect(desk.visit(visit.id)).toMatchObject({ reschedule: 'needed', rescheduleWhy: 'Theo Barnard is away then' })
    settle(desk, visit.id, { kind: 'saved' })
    look(desk, 2)
    expect(owed(desk, 'reschedules', visit.id)).toBeUndefined()
    desk.must('technicianTime.remove', { ids: [first] }, desk.ownerId)
    look(desk, 2)
    off()
    look(desk, 2)
    expect(owed(desk, 'reschedules', visit.id)).toBeDefined()
  })

  it('are needed no longer on the day itself once somebody can come, and are opened by nobody there', () => {
    const desk = new DispatchDesk()
    const [visit, other] = [desk.book({ ahead: 1 }), desk.book({ ahead: 1 })]
    desk.assign(visit)
    const blockId = newId()
    desk.must('technicianTime.add', { technicianId: desk.theo, kind: 'timeOff', spans: [{ id: blockId, startsAt: visit.windowStartsAt, endsAt: visit.windowEndsAt }], overbookAccepted: true }, desk.ownerId)
    look(desk, 1)
    expect(owed(desk, 'reschedules', visit.id)).toBeDefined()
    desk.office.now = instantOf(visit.windowDay, 480, ZONE)
    look(desk, 0)
    expect(owed(desk, 'reschedules', visit.id)).toBeDefined()
    desk.assign(other, { overbookAccepted: false, technicianId: desk.lena })
    desk.must('technicianTime.add', { technicianId: desk.lena, kind: 'timeOff', spans: [{ id: newId(), startsAt: other.windowStartsAt, endsAt: other.windowEndsAt }], overbookAccepted: true }, desk.ownerId)
    desk.must('technicianTime.remove', { ids: [blockId] }, desk.ownerId)
    look(desk, 0)
    expect([visit, other].map(({ id }) => desk.visit(id).reschedule)).toEqual([null, null])
    expect(owed(desk, 'reschedules', visit.id)).toBeUndefined()
  })

  it('leaves what a customer asked for alone, whatever the plan says', () => {
    const desk = new DispatchDesk()
    const visit = desk.book({ ahead: 2 })
    desk.assign(visit)
    ask(desk, visit.id)
    look(desk, 2)
    expect(desk.visit(visit.id)).toMatchObject({ reschedule: 'asked', rescheduleWhy: 'At work then' })
  })

  it('are needed exactly while nobody can come as planned, whatever is done in whatever order, and a second look says nothing', () => {
    const deed = fc.record({ what: fc.constantFrom('assign', 'assign', 'elsewhere', 'unassign', 'off', 'off', 'on', 'saved', 'leaves', 'comes', 'night'), ahead: fc.integer({ min: 1, max: 5 }), which: fc.nat(1) })
    let met = 0
    fc.assert(
      fc.property(fc.array(deed, { minLength: 4, maxLength: 20, size: 'max' }), (deeds) => {
        const desk = new DispatchDesk()
        const visits = [desk.book({ ahead: 2 }), desk.book({ ahead: 3 })]
        const started = desk.office.now
        /** For which reason somebody said that the time is kept; gone once the reason is. */
        const kept = new Map<string, boolean>()
        const off = (visit: Appointment): boolean => visit.startsAt !== null && visit.endsAt !== null && desk.rows(technicianTimeTable).some(({ technicianId, startsAt, endsAt }) => technicianId === visit.technicianId && startsAt < (visit.endsAt ?? 0) && endsAt > (visit.startsAt ?? 0))
        const left = (): boolean => desk.rows(technicianTable).some(({ id, active }) => id === desk.theo && !active)
        for (const { what, ahead, which } of deeds) {
          const visit = desk.visit(visits[which]?.id ?? '')
          const acceptance = { acceptedBy: 'Dana Wray', customer: 'told', words: 'So' }
          if (what === 'assign') desk.tryAssign(visit, { acceptance })
          else if (what === 'elsewhere') desk.tryAssign(visit, { startsAt: instantOf(addDays(wallTimeOf(desk.office.now, ZONE).day, ahead), 600, ZONE), acceptance })
          else if (what === 'unassign') desk.run('appointment.unassign', { appointmentId: visit.id, acceptance })
          else if (what === 'off') desk.run('technicianTime.add', { technicianId: desk.theo, kind: 'timeOff', spans: [{ id: newId(), startsAt: visit.startsAt ?? visit.windowStartsAt, endsAt: (visit.startsAt ?? visit.windowStartsAt) + HOUR }], overbookAccepted: true }, desk.ownerId)
          else if (what === 'on') desk.run('technicianTime.remove', { ids: desk.rows(technicianTimeTable).map(({ id }) => id) }, desk.ownerId)
          else if (what === 'saved' && visit.reschedule === 'needed') kept.set(visit.id, settle(desk, visit.id, { kind: 'saved' }).kind === 'accepted' && left())
          else if (what === 'leaves' || what === 'comes') desk.saveTechnician(desk.theo, 'Theo Barnard', { active: what === 'comes' })
          else if (what === 'night' && desk.office.now < started + DAY) desk.office.now += DAY
          for (const again of [false, true]) for (let day = 0; day <= 7; day++) expect(look(desk, day), again ? 'a second look' : '').toMatchObject(again ? { changes: [] } : { kind: 'accepted' })
          for (const { id } of visits) {
            const now = desk.visit(id)
            const why = now.startsAt === null ? false : left() && now.technicianId === desk.theo ? 'left' : off(now) ? 'away' : false
            if (why === false || (kept.has(id) && kept.get(id) !== (why === 'left'))) kept.delete(id)
            const daysOff = now.startsAt === null ? 0 : Math.round((instantOf(wallTimeOf(now.startsAt, ZONE).day, 0, ZONE) - instantOf(wallTimeOf(desk.office.now, ZONE).day, 0, ZONE)) / DAY)
            // On the day itself, and further ahead, what is owed already stays as long as its cause, and nothing new is.
            if (why === false || kept.has(id)) expect(now.reschedule).not.toBe('needed')
            else if (daysOff >= 1 && daysOff <= 3) expect(now.reschedule).toBe('needed')
            if (now.reschedule === 'needed') met++
          }
        }
      }),
      { numRuns: 60 },
    )
    expect(met).toBeGreaterThan(20)
  })

  it('leave nothing owed that has ended and nothing forgotten that stands, whatever is done in whatever order', () => {
    const deed = fc.record({ what: fc.constantFrom('ask', 'saved', 'moved', 'canceled', 'unreached', 'cancel', 'back', 'assign', 'dispatched', 'reschedule', 'look', 'off'), ahead: fc.integer({ min: 1, max: 6 }), which: fc.nat(1) })
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 14 }), (deeds) => {
        const desk = new DispatchDesk()
        const visits = [desk.book({ ahead: 2 }), desk.book({ ahead: 3 })]
        for (const { what, ahead, which } of deeds) {
          const visit = visits[which]
          if (!visit) continue
          const { id } = visit
          const now = desk.visit(id)
          if (what === 'ask') ask(desk, id, `Why ${ahead}`)
          else if (what === 'saved' || what === 'canceled' || what === 'unreached') settle(desk, id, { kind: what })
          else if (what === 'moved') settle(desk, id, { kind: 'moved', ...windowOn(desk, ahead) })
          else if (what === 'cancel') desk.run('appointment.changeState', { appointmentId: id, to: 'canceled', reason: 'So' })
          else if (what === 'back') desk.run('appointment.changeState', { appointmentId: id, to: 'scheduled', reason: 'So' })
          else if (what === 'dispatched') desk.run('appointment.changeState', { appointmentId: id, to: 'dispatched', reason: null })
          else if (what === 'assign') desk.tryAssign(now)
          else if (what === 'reschedule') desk.run('appointment.reschedule', { appointmentId: id, ...windowOn(desk, ahead), reason: 'So' })
          else if (what === 'off') desk.run('technicianTime.add', { technicianId: desk.theo, kind: 'timeOff', spans: [{ id: newId(), startsAt: now.windowStartsAt, endsAt: now.windowStartsAt + HOUR }], overbookAccepted: true }, desk.ownerId)
          else look(desk, ahead)
          desk.office.now += 7 * MINUTE
          expect([...ledgerProblems((table) => desk.rows(table)), ...dispatchProblems((table) => desk.rows(table))]).toEqual([])
          for (const each of visits) {
            const row = desk.visit(each.id)
            const open = (row.reschedule === 'asked' || row.reschedule === 'needed') && ['scheduled', 'confirmed', 'dispatched', 'hold'].includes(row.state)
            expect(owed(desk, 'reschedules', each.id) !== undefined).toBe(open)
            // Canceled means that somebody calls, or that they were heard.
            if (row.state === 'canceled') expect(owed(desk, 'canceled-to-rebook', each.id)).toBeDefined()
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})
