import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { contactMethodTable } from '../customers/tables.ts'
import { appointmentTable } from '../dispatch/tables.ts'
import { expr } from '../promises/expression.ts'
import { checkChecklist, type ChecklistItem, type HandoffFacts, isHole, RECORD_RULES, STANDARD_CHECKLIST, standings } from './checklist.ts'
import { type HandoffTick, handoffTickTable } from './tables.ts'

const FACTS: HandoffFacts = { phones: 1, line1: '27 Larkspur Court', city: 'Fairhollow', gateCode: '', accessNotes: '', parking: null, plannedPayment: 'card', lineCount: 1, confirmation: 'none', summary: '', technicianId: null, waiver: null }

const tickOf = (item: string, takenBackAt: number | null = null): HandoffTick =>
  ({ id: newId(), appointmentId: newId(), item, label: item, said: '', tickedBy: newId(), tickedAt: 1, takenBackBy: null, takenBackAt }) as unknown as HandoffTick

const holesOf = (facts: HandoffFacts, ticks: readonly HandoffTick[]): readonly string[] =>
  standings(STANDARD_CHECKLIST, facts, ticks).filter(isHole).map(({ item }) => item.key)

describe('a checklist', () => {
  it('is answered by the record, by a person, or not at all', () => {
    expect(holesOf(FACTS, [])).toEqual(['phone', 'address', 'access', 'home'])
    expect(holesOf({ ...FACTS, gateCode: '2290#' }, [tickOf('phone'), tickOf('home')])).toEqual(['address'])
    expect(holesOf({ ...FACTS, lineCount: 0 }, ['phone', 'address', 'access', 'home', 'line'].map((item) => tickOf(item)))).toEqual(['line'])
  })

  it('forgets a tick that was taken back, and one that the record no longer bears out', () => {
    expect(holesOf(FACTS, [tickOf('phone', 2), tickOf('address'), tickOf('access'), tickOf('home')])).toEqual(['phone'])
    expect(holesOf({ ...FACTS, phones: 0 }, ['phone', 'address', 'access', 'home'].map((item) => tickOf(item)))).toEqual(['phone'])
  })

  it('refuses two items of one key and a rule over what a visit does not have', () => {
    const item = (key: string, rule = RECORD_RULES.line.rule): ChecklistItem => ({ key, label: 'Line', answer: { kind: 'record', rule } })
    expect(checkChecklist(STANDARD_CHECKLIST)).toBeUndefined()
    expect(checkChecklist([item('a'), item('a')])).toMatchObject({ field: 'checklist.1.key' })
    expect(checkChecklist([item('a', expr.is('mood', 'good'))])).toMatchObject({ field: 'checklist.0.answer' })
    expect(checkChecklist([item('a', expr.field('lineCount'))])).toMatchObject({ message: expect.stringContaining('true or false') as string })
  })

  it('never takes a tick for what only the record answers', () => {
    fc.assert(
      fc.property(
        fc.subarray(STANDARD_CHECKLIST.map(({ key }) => key)),
        fc.record({ phones: fc.nat(2), lineCount: fc.nat(2), gateCode: fc.constantFrom('', '2290#'), line1: fc.constantFrom('', '27 Larkspur Court') }),
        (ticked, changed) => {
          const facts = { ...FACTS, ...changed }
          const holes = new Set(holesOf(facts, ticked.map((key) => tickOf(key))))
          expect(holes.has('line')).toBe(facts.lineCount === 0)
          expect(holes.has('phone')).toBe(facts.phones === 0 || !ticked.includes('phone'))
          expect(holes.has('access')).toBe(facts.gateCode === '' && !ticked.includes('access'))
        },
      ),
    )
  })
})

describe('a hand-off', () => {
  let desk: FrontDesk
  let visitId: string
  const run = (name: string, input: unknown, actor = desk.dispatcherId) => desk.office.run(name, input, actor)
  const dispatchIt = () => run('appointment.changeState', { appointmentId: visitId, to: 'dispatched', reason: null })
  const ticks = () => desk.office.engine.rows(handoffTickTable)

  const begin = (handOff: readonly { item: string; said: string }[]): void => {
    const booking = desk.booking({ handOff })
    desk.office.must('job.book', booking, desk.csrId)
    const visit = desk.office.engine.rows(appointmentTable).find(({ jobId }) => jobId === booking.jobId)
    if (!visit) throw new Error('The visit was not booked')
    visitId = visit.id
    const technicianId = newId()
    desk.office.must('technician.save', { id: technicianId, name: 'Theo Barnard', businessUnitId: desk.unitId, skills: ['cooling'], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true }, desk.ownerId)
    desk.office.must('appointment.assign', { appointmentId: visitId, technicianId, startsAt: visit.windowStartsAt, endsAt: visit.windowStartsAt + 90 * MINUTE, overbookAccepted: false }, desk.dispatcherId)
  }

  beforeEach(() => {
    desk = new FrontDesk()
    desk.office.must(
      'jobType.save',
      { id: desk.jobTypeId, name: 'No cooling', businessUnitId: desk.unitId, durationMinutes: 90, skills: ['cooling'], defaultPriorityId: desk.priorityId, defaultItemId: desk.itemId, active: true, checklist: STANDARD_CHECKLIST },
      desk.ownerId,
    )
  })

  it('keeps a second visit that was split off once somebody has begun to hand it over', () => {
    begin([])
    const restId = newId()
    desk.office.must('appointment.split', { appointmentId: visitId, restId, firstMinutes: 60 }, desk.dispatcherId)
    const { version } = desk.office.engine.row(appointmentTable, visitId) ?? { version: 0 }
    desk.office.must('handoff.tick', { appointmentId: restId, item: 'address', said: '' }, desk.dispatcherId)
    const join = { appointmentId: visitId, restId, durationMinutes: 90, overbookAccepted: false, expectedVersion: version, restVersion: 1 }
    expect(run('appointment.join', join)).toMatchObject({ refusal: { code: 'dispatch.restInUse' } })
  })

  it('keeps a visit in the office until its holes are filled, and names them', () => {
    begin([{ item: 'phone', said: '' }])
    expect(dispatchIt()).toMatchObject({ kind: 'refused', refusal: { code: 'dispatch.hole', message: expect.stringMatching(/^Job .* can\u2019t be dispatched yet: \u201cAddress confirmed\u201d and \u201cWho will be home\u201d are open. Press K/) as string } })
    expect(run('handoff.tick', { appointmentId: visitId, item: 'address', said: '' }).kind).toBe('accepted')
    expect(run('handoff.tick', { appointmentId: visitId, item: 'home', said: '' })).toMatchObject({ refusal: { code: 'handoff.words', field: 'said' } })
    expect(run('handoff.tick', { appointmentId: visitId, item: 'home', said: 'The son, 17' }).kind).toBe('accepted')
    expect(dispatchIt().kind).toBe('accepted')
  })

  it('keeps who ticked what: the CSR in the booking, the dispatcher later', () => {
    begin([{ item: 'phone', said: '' }, { item: 'home', said: 'Martin' }, { item: 'line', said: '' }, { item: 'nothing', said: '' }])
    run('handoff.tick', { appointmentId: visitId, item: 'address', said: '' })
    expect(ticks().map(({ item, tickedBy, said }) => [item, tickedBy, said]).sort()).toEqual([['address', desk.dispatcherId, ''], ['home', desk.csrId, 'Martin'], ['phone', desk.csrId, '']])
  })

  it('lets nobody tick what is not so', () => {
    begin([])
    expect(run('handoff.tick', { appointmentId: visitId, item: 'line', said: '' })).toMatchObject({ refusal: { code: 'handoff.notTicked' } })
    for (const { id } of desk.office.engine.rows(contactMethodTable)) desk.office.must('contactMethod.remove', { id }, desk.csrId)
    expect(run('handoff.tick', { appointmentId: visitId, item: 'phone', said: '' })).toMatchObject({ refusal: { code: 'handoff.untrue' } })
    expect(run('handoff.tick', { appointmentId: visitId, item: 'mood', said: '' })).toMatchObject({ refusal: { code: 'handoff.unknownItem' } })
  })

  it('opens the hole again when a tick is taken back, and remembers by whom', () => {
    begin([{ item: 'phone', said: '' }, { item: 'address', said: '' }, { item: 'home', said: 'Martin' }])
    expect(run('handoff.takeBack', { appointmentId: visitId, item: 'home' }).kind).toBe('accepted')
    expect(ticks().find(({ item }) => item === 'home')).toMatchObject({ tickedBy: desk.csrId, takenBackBy: desk.dispatcherId })
    expect(dispatchIt()).toMatchObject({ refusal: { code: 'dispatch.hole' } })
    expect(run('handoff.takeBack', { appointmentId: visitId, item: 'home' })).toMatchObject({ refusal: { code: 'handoff.notTicked' } })
  })

  it('sends nobody past the checklist by way of hold, and lets work that has begun go on', () => {
    begin([])
    desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'hold', reason: 'Waiting for the customer' }, desk.dispatcherId)
    for (const to of ['dispatched', 'working']) expect(run('appointment.changeState', { appointmentId: visitId, to, reason: null })).toMatchObject({ refusal: { code: 'dispatch.hole' } })
    for (const [item, said] of [['phone', ''], ['address', ''], ['home', 'Martin']]) run('handoff.tick', { appointmentId: visitId, item, said })
    desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'working', reason: null }, desk.dispatcherId)
    run('handoff.takeBack', { appointmentId: visitId, item: 'home' })
    desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'hold', reason: 'Waiting for parts' }, desk.dispatcherId)
    expect(run('appointment.changeState', { appointmentId: visitId, to: 'working', reason: null }).kind).toBe('accepted')
  })
})
