import { beforeEach, describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { taskProblems } from '../../../../tests/simulation/properties/tasks.ts'
import { newId } from '../../base/id.ts'
import { DAY, HOUR, MINUTE } from '../../base/time.ts'
import { callTable } from '../calls/tables.ts'
import { noteTable } from '../customers/tables.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import { taskNoteTable, taskStepTable, taskTable } from './tables.ts'

let desk: FrontDesk
let taskId: string

const QUEUES = { tasks: queueId('tasks'), complaints: queueId('complaints'), signOff: queueId('sign-off') }
const promise = (queue: keyof typeof QUEUES) => desk.office.engine.row(promiseTable, promiseId(QUEUES[queue], taskId))
const task = () => desk.office.engine.row(taskTable, taskId)
const refusal = (code: string, more: object = {}) => ({ kind: 'refused', refusal: { code, ...more } })

function create(more: Readonly<Record<string, unknown>> = {}, actorId = desk.csrId) {
  taskId = newId()
  return desk.office.run(
    'task.create',
    {
      taskId, title: 'Send the estimate', type: 'sendEstimate', callId: null, assigneeId: desk.dispatcherId, role: null, dueAt: desk.office.now + 3 * HOUR, remindAt: null,
      priority: 'normal', related: { kind: 'customer', id: desk.customerId }, notes: '', signOffWanted: false, steps: [], ...more,
    },
    actorId,
  )
}
const accepted = { kind: 'accepted' }
const finish = (actorId = desk.dispatcherId, resolution = 'Sent by mail.') => desk.office.run('task.finish', { taskId, resolution }, actorId)

beforeEach(() => {
  desk = new FrontDesk()
})

describe('a task', () => {
  it('is a promise of the person who holds it, until it is done', () => {
    expect(create()).toMatchObject(accepted)
    expect(task()).toMatchObject({ state: 'open', source: 'person', assigneeId: desk.dispatcherId, role: 'dispatcher', askedBy: desk.csrId, customerId: desk.customerId, practice: false })
    expect(promise('tasks')).toMatchObject({ state: 'open', holderUserId: desk.dispatcherId, customerId: desk.customerId, dueAt: task()?.dueAt })
    expect(finish()).toMatchObject(accepted)
    expect(task()).toMatchObject({ state: 'done', resolution: 'Sent by mail.', resolvedBy: desk.dispatcherId, resolvedAt: desk.office.now })
    expect(promise('tasks')).toMatchObject({ state: 'closed' })
    expect(promise('signOff')).toBeUndefined()
    expect(finish()).toMatchObject(refusal('task.closed', { message: 'This task is done already, by Dana Wray.' }))
  })

  it('may belong to a role, and passes to whoever it is given to', () => {
    create({ assigneeId: null, role: 'dispatcher' })
    expect(promise('tasks')).toMatchObject({ holderUserId: null, holderRole: 'dispatcher', assignedUserId: null })
    desk.office.must('task.reassign', { taskId, assigneeId: desk.csrId, role: null }, desk.dispatcherId)
    expect(promise('tasks')).toMatchObject({ holderUserId: desk.csrId, assignedRole: 'inboundCsr' })
    desk.office.must('task.reassign', { taskId, assigneeId: null, role: 'receivables' }, desk.csrId)
    expect(promise('tasks')).toMatchObject({ assignedUserId: null, assignedRole: 'receivables' })
  })

  it('says itself whose it is and by when, however its promise is worked', () => {
    create()
    const id = promiseId(QUEUES.tasks, taskId)
    desk.office.must('promise.take', { promiseId: id }, desk.csrId)
    expect(task()).toMatchObject({ assigneeId: desk.csrId })
    desk.office.must('promise.handOver', { promiseId: id, toUserId: null, toRole: 'dispatcher' }, desk.csrId)
    expect(task()).toMatchObject({ assigneeId: null, role: 'dispatcher' })
    const dueAt = desk.office.now + 2 * DAY
    desk.office.must('promise.postpone', { promiseId: id, dueAt, reason: 'She is away until then.' }, desk.dispatcherId)
    expect(task()).toMatchObject({ dueAt })
    expect(promise('tasks')).toMatchObject({ dueAt, note: 'She is away until then.' })
    desk.office.must('promise.recordOutcome', { promiseId: id, outcomeKey: 'waiting', note: 'Asked the supplier.' }, desk.dispatcherId)
    expect(desk.office.engine.rows(taskNoteTable)).toMatchObject([{ taskId, body: 'Waiting for an answer: Asked the supplier.' }])
    expect([...ledgerProblems((table) => desk.office.engine.rows(table)), ...taskProblems((table) => desk.office.engine.rows(table))]).toEqual([])
  })

  it('refuses what can\u2019t be kept, in a sentence', () => {
    expect(create({ dueAt: desk.office.now - HOUR })).toMatchObject(refusal('task.past', { field: 'dueAt' }))
    expect(create({ dueAt: desk.office.now + 400 * DAY })).toMatchObject(refusal('task.tooFar', { field: 'dueAt' }))
    expect(create({ remindAt: desk.office.now + 4 * HOUR })).toMatchObject(refusal('task.lateReminder', { field: 'remindAt' }))
    expect(create({ assigneeId: null })).toMatchObject(refusal('task.nobody', { field: 'assigneeId' }))
    expect(create({ assigneeId: newId() })).toMatchObject(refusal('task.nobody'))
    expect(create({ related: { kind: 'job', id: newId() } })).toMatchObject(refusal('task.unknownRecord', { field: 'related' }))
    desk.office.must('user.change', { userId: desk.dispatcherId, set: { presence: 'left' } }, desk.ownerId)
    expect(create()).toMatchObject(refusal('task.left', { message: 'Dana Wray does not work here any more. Choose somebody else, or a role.' }))
  })

  it('is changed by who asked, who holds it, or a manager', () => {
    create({ assigneeId: desk.ownerId })
    const change = (actorId: string, set: object) => desk.office.run('task.change', { taskId, set }, actorId)
    expect(change(desk.dispatcherId, { title: 'Another' })).toMatchObject(refusal('task.notYours'))
    expect(change(desk.csrId, { title: 'Send both estimates', priority: 'high', remindAt: desk.office.now + HOUR })).toMatchObject(accepted)
    expect(change(desk.ownerId, { dueAt: desk.office.now + DAY, related: null })).toMatchObject(accepted)
    expect(task()).toMatchObject({ title: 'Send both estimates', priority: 'high', relatedKind: null, customerId: null })
    expect(promise('tasks')).toMatchObject({ dueAt: task()?.dueAt, customerId: null })
  })

  it('is dropped by who asked or a manager, with a reason', () => {
    create()
    const drop = (actorId: string, reason = 'Asked for twice.') => desk.office.run('task.drop', { taskId, reason }, actorId)
    expect(drop(desk.dispatcherId)).toMatchObject(refusal('task.notAsked', { message: 'Only Rosa Quill, who asked for it, or a manager drops this task. Finish it, or give it to somebody else.' }))
    expect(drop(desk.csrId, ' ')).toMatchObject(refusal('input.invalid'))
    expect(drop(desk.csrId)).toMatchObject(accepted)
    expect(promise('tasks')).toMatchObject({ state: 'closed' })
  })

  it.each([['live', true], ['rehearsal', false]] as const)('of a practice call is practice where the company is %s: %s', (phase, practice) => {
    desk = new FrontDesk(phase)
    const externalId = 'practice:1'
    desk.office.must('call.offered', { externalId, direction: 'in', lineName: 'HVAC line', lineNumber: '', fromNumber: '+15550146638', offeredAt: desk.office.now, practice: true })
    const callId = desk.office.engine.rows(callTable)[0]?.id ?? ''
    expect(create({ callId, related: { kind: 'call', id: callId } })).toMatchObject(accepted)
    expect(task()).toMatchObject({ practice, source: 'call', callId })
    expect(promise('tasks')).toMatchObject({ practice })
  })
})

describe('steps', () => {
  const steps = () => desk.office.engine.rows(taskStepTable).toSorted((left, right) => left.position - right.position)

  it('are done one by one, before the task is', () => {
    create({ steps: [{ id: newId(), title: 'Ask for the model' }, { id: newId(), title: 'Price it' }] })
    const [first, second] = steps()
    desk.office.must('task.checkStep', { stepId: first?.id, done: true }, desk.dispatcherId)
    expect(finish()).toMatchObject(refusal('task.openSteps', { message: 'One step is still open. Tick what is done, or take off what is not needed.' }))
    desk.office.must('task.removeStep', { stepId: second?.id }, desk.dispatcherId)
    expect(finish()).toMatchObject(accepted)
    expect(steps()).toMatchObject([{ done: true, doneBy: desk.dispatcherId }])
    expect(desk.office.run('task.checkStep', { stepId: first?.id, done: false }, desk.dispatcherId)).toMatchObject(refusal('task.closed'))
  })

  it('keep their order, with what was added meanwhile at the end', () => {
    create({ steps: ['one', 'two', 'three'].map((title) => ({ id: newId(), title })) })
    const [one, two, three] = steps()
    desk.office.must('task.saveStep', { taskId, stepId: newId(), title: 'four' }, desk.csrId)
    desk.office.must('task.orderSteps', { taskId, stepIds: [three?.id, one?.id, two?.id] }, desk.csrId)
    expect(steps().map(({ title }) => title)).toEqual(['three', 'one', 'two', 'four'])
  })
})

describe('sign-off', () => {
  it('is a promise of the one who asked, once the task is done', () => {
    create({ signOffWanted: true })
    expect(finish(desk.dispatcherId, '')).toMatchObject(refusal('task.resolution', { field: 'resolution' }))
    expect(finish()).toMatchObject(accepted)
    expect(promise('signOff')).toMatchObject({ state: 'open', holderUserId: desk.csrId })
    const signOff = (actorId: string) => desk.office.run('task.signOff', { taskId, note: 'Thank you.' }, actorId)
    expect(signOff(desk.dispatcherId)).toMatchObject(refusal('task.ownWork', { message: 'You did this yourself. Rosa Quill looks at it.' }))
    expect(signOff(desk.csrId)).toMatchObject(accepted)
    expect(promise('signOff')).toMatchObject({ state: 'closed' })
    expect(task()).toMatchObject({ state: 'done', signOff: 'given' })
  })

  it('or it goes back, with what is missing', () => {
    create({ signOffWanted: true })
    finish()
    const dueAt = desk.office.now + DAY
    desk.office.must('task.sendBack', { taskId, reason: 'The price is missing.', dueAt }, desk.csrId)
    expect(task()).toMatchObject({ state: 'open', signOff: 'wanted', resolution: '', resolvedBy: null, dueAt })
    expect(promise('signOff')).toMatchObject({ state: 'closed' })
    expect(promise('tasks')).toMatchObject({ state: 'open', occurrence: 2, dueAt })
    expect(desk.office.engine.rows(taskNoteTable)).toMatchObject([{ body: 'Sent back: The price is missing. It had ended with: Sent by mail.' }])
  })

  it('passes to cover with the rest of a person\u2019s promises', () => {
    create({ signOffWanted: true })
    finish(desk.ownerId)
    desk.office.must('user.goAway', { userId: desk.csrId, absence: 'lunch', backAt: null, toUserId: desk.dispatcherId, toRole: null }, desk.csrId)
    expect(promise('signOff')).toMatchObject({ holderUserId: desk.dispatcherId, assignedUserId: desk.csrId })
    expect(desk.office.run('task.signOff', { taskId, note: '' }, desk.dispatcherId)).toMatchObject(accepted)
  })

  it('needs nobody where who asked did it', () => {
    create({ signOffWanted: true })
    expect(finish(desk.csrId)).toMatchObject(accepted)
    expect(task()).toMatchObject({ signOff: 'given' })
  })
})

describe('a complaint', () => {
  it('is noted on the account and due within a day, however it is moved about', () => {
    expect(create({ type: 'complaint', dueAt: desk.office.now + DAY + HOUR })).toMatchObject(refusal('task.tooFar', { message: 'A complaint is resolved within 24 hours. Choose an earlier time.' }))
    expect(create({ type: 'complaint', title: 'Muddy boots on the carpet', dueAt: desk.office.now + 20 * HOUR })).toMatchObject(accepted)
    expect(desk.office.engine.rows(noteTable)).toMatchObject([{ subjectKind: 'customer', subjectId: desk.customerId, body: 'Complaint: Muddy boots on the carpet' }])
    expect(promise('tasks')).toBeUndefined()
    expect(promise('complaints')).toMatchObject({ state: 'open', holderUserId: desk.dispatcherId })
    desk.office.now += 10 * HOUR
    const change = (dueAt: number) => desk.office.run('task.change', { taskId, set: { dueAt } }, desk.csrId)
    expect(change(desk.office.now + 20 * HOUR)).toMatchObject(refusal('task.tooFar'))
    expect(change(desk.office.now + 5 * HOUR)).toMatchObject(accepted)
    expect(finish(desk.dispatcherId, '')).toMatchObject(refusal('task.resolution'))
    expect(desk.office.run('task.drop', { taskId, reason: 'No.' }, desk.dispatcherId)).toMatchObject(refusal('task.notAsked'))
  })

  it('that another task turns out to be comes into the queue of complaints', () => {
    create({ dueAt: desk.office.now + 30 * DAY, remindAt: desk.office.now + 10 * DAY })
    desk.office.must('task.change', { taskId, set: { type: 'complaint' } }, desk.csrId)
    expect(promise('tasks')).toMatchObject({ state: 'closed' })
    expect(promise('complaints')).toMatchObject({ state: 'open' })
    expect(task()?.dueAt).toBeLessThanOrEqual(desk.office.now + DAY)
    expect(task()?.remindAt).toBe(task()?.dueAt)
  })
})

describe('promises of who is away', () => {
  const away = (more: object = {}, actorId = desk.dispatcherId) => desk.office.run('user.goAway', { userId: desk.dispatcherId, absence: 'lunch', backAt: null, toUserId: null, toRole: null, ...more }, actorId)

  it('pass to a colleague, and those nobody touched come back', () => {
    create()
    const [first, second] = [taskId, (create(), taskId)]
    expect(away({ toUserId: desk.csrId })).toMatchObject(accepted)
    const of = (id: string) => desk.office.engine.row(promiseTable, promiseId(QUEUES.tasks, id))
    expect([of(first), of(second)]).toMatchObject([{ holderUserId: desk.csrId }, { holderUserId: desk.csrId }])
    desk.office.must('promise.recordOutcome', { promiseId: promiseId(QUEUES.tasks, first), outcomeKey: 'leftMessage', note: '' }, desk.csrId)
    desk.office.must('user.comeBack', { userId: desk.dispatcherId }, desk.dispatcherId)
    expect(of(first)).toMatchObject({ holderUserId: desk.csrId, assignedUserId: desk.csrId, tries: 1 })
    expect(of(second)).toMatchObject({ holderUserId: desk.dispatcherId })
    expect([...ledgerProblems((table) => desk.office.engine.rows(table)), ...taskProblems((table) => desk.office.engine.rows(table))]).toEqual([])
  })

  it('pass on where the chosen colleague goes as well, and to a role where one is named', () => {
    create()
    away({ toUserId: desk.csrId })
    desk.office.must('user.goAway', { userId: desk.csrId, absence: 'today', backAt: null, toUserId: null, toRole: 'owner' }, desk.csrId)
    expect(promise('tasks')).toMatchObject({ holderUserId: null, holderRole: 'owner' })
  })

  it('are passed on by a manager where somebody is sick, and by nobody else', () => {
    create()
    expect(away({ absence: 'sick' }, desk.csrId)).toMatchObject(refusal('people.notYours'))
    expect(away({ absence: 'sick' }, desk.ownerId)).toMatchObject(accepted)
    expect(promise('tasks')).toMatchObject({ holderUserId: null, holderRole: 'owner' })
    expect(desk.office.run('user.comeBack', { userId: desk.dispatcherId }, desk.csrId)).toMatchObject(refusal('people.notYours'))
    desk.office.must('user.comeBack', { userId: desk.dispatcherId }, desk.ownerId)
    expect(promise('tasks')).toMatchObject({ holderUserId: desk.dispatcherId })
  })

  it('stay with somebody when a person leaves for good, and the last owner stays', () => {
    create()
    expect(away({ absence: 'left', toUserId: desk.csrId })).toMatchObject(accepted)
    expect(promise('tasks')).toMatchObject({ holderUserId: desk.csrId })
    expect(desk.office.run('user.comeBack', { userId: desk.dispatcherId }, desk.ownerId)).toMatchObject(refusal('people.left'))
    expect(desk.office.run('user.goAway', { userId: desk.ownerId, absence: 'left', backAt: null, toUserId: null, toRole: null }, desk.ownerId)).toMatchObject(refusal('people.lastOwner'))
  })

  it('refuse a colleague who can never have them and a time that has passed', () => {
    expect(away({ toUserId: desk.dispatcherId })).toMatchObject(refusal('people.passTo', { field: 'toUserId' }))
    expect(away({ backAt: desk.office.now - MINUTE })).toMatchObject(refusal('people.backPast', { field: 'backAt' }))
  })
})
