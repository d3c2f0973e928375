import { describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { newId } from '../../base/id.ts'
import { DAY, HOUR, MINUTE } from '../../base/time.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import { leadId, leadSourceId } from './ids.ts'
import { leadEntryTable, leadTable } from './tables.ts'

const SOURCE = leadSourceId('web-form')

function came(desk: FrontDesk, changed: Readonly<Record<string, unknown>> = {}) {
  const externalId = String(changed['externalId'] ?? newId())
  const at = desk.office.now
  const input = {
    leadId: leadId(SOURCE, externalId),
    sourceId: SOURCE,
    sourceName: 'Website',
    channel: 'web',
    role: 'inboundCsr',
    externalId,
    receivedAt: at,
    contactBy: at + 5 * MINUTE,
    name: 'June Halloran',
    phones: [{ said: '555 014 2210', number: '+15550142210' }],
    email: 'june@halloran.example',
    line1: '61 Saltbrook Lane',
    line2: '',
    city: 'Fairhollow',
    region: 'IL',
    postalCode: '60601',
    wish: 'AC repair',
    jobTypeId: desk.jobTypeId,
    subject: '',
    words: 'Not cooling since last night.',
    windows: [],
    answers: [],
    details: [],
    files: [],
    campaign: '',
    messages: [],
    chatOver: false,
    ...changed,
  }
  return { input, id: input.leadId, send: (more: Readonly<Record<string, unknown>> = {}) => desk.office.must('lead.receive', { ...input, ...more }) }
}

const lead = (desk: FrontDesk, id: string) => desk.office.engine.row(leadTable, id)
const entries = (desk: FrontDesk, id: string) => desk.office.engine.rows(leadEntryTable).filter((entry) => entry.leadId === id)
const promise = (desk: FrontDesk, id: string, queue = 'leads-to-contact') => desk.office.engine.row(promiseTable, promiseId(queueId(queue), id))
const open = (desk: FrontDesk, id: string) => desk.office.engine.rows(promiseTable).filter(({ subjectId, state }) => subjectId === id && state === 'open')

const message = (id: string, text: string, at: number, visitor = true) => ({ id, at, by: visitor ? 'June' : 'Robot', visitor, text })

describe('a lead', () => {
  it('is a promise of the role that works its source, due by its first contact', () => {
    const desk = new FrontDesk()
    const { id, input, send } = came(desk)
    send()
    expect(lead(desk, id)).toMatchObject({ state: 'new', phone: '+15550142210', attempts: 0, ownerId: null })
    expect(promise(desk, id)).toMatchObject({ state: 'open', dueAt: input.contactBy, assignedRole: 'inboundCsr' })
    expect(open(desk, id)).toHaveLength(1)
  })

  it('said again by its source is the same, whatever became of it', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk)
    send()
    desk.office.must('lead.dismiss', { leadId: id, reason: 'spam', note: '' }, desk.csrId)
    expect(send({ name: 'Somebody else' })).toEqual([])
    expect(lead(desk, id)).toMatchObject({ state: 'dismissed', name: 'June Halloran' })
    expect(desk.office.engine.rows(leadTable)).toHaveLength(1)
  })

  it('is taken by whoever works it first, and its next try moves its promise', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk)
    send()
    const nextAttemptAt = desk.office.now + 3 * HOUR
    desk.office.must('lead.attempt', { leadId: id, how: 'noAnswer', nextAttemptAt, note: 'Rang out' }, desk.csrId)
    expect(lead(desk, id)).toMatchObject({ state: 'accepted', ownerId: desk.csrId, attempts: 1, lastAttempt: 'noAnswer', nextAttemptAt })
    expect(promise(desk, id)).toMatchObject({ state: 'open', dueAt: nextAttemptAt, holderUserId: desk.csrId })
    expect(entries(desk, id)).toMatchObject([{ kind: 'attempt', body: 'No answer: Rang out', byId: desk.csrId }])
    for (const wrong of [desk.office.now - 1, desk.office.now + 31 * DAY]) {
      expect(desk.office.run('lead.attempt', { leadId: id, how: 'noAnswer', nextAttemptAt: wrong, note: '' }, desk.csrId)).toMatchObject({ kind: 'refused', refusal: { field: 'nextAttemptAt' } })
    }
  })

  it('counts a try that is said in the queues as well', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk)
    send()
    desk.office.must('promise.recordOutcome', { promiseId: promiseId(queueId('leads-to-contact'), id), outcomeKey: 'leftMessage', note: 'With her son' }, desk.csrId)
    const tried = lead(desk, id)
    expect(tried).toMatchObject({ state: 'accepted', ownerId: desk.csrId, attempts: 1, lastAttempt: 'leftMessage' })
    expect(promise(desk, id)).toMatchObject({ dueAt: tried?.nextAttemptAt, tries: 1 })
    expect(entries(desk, id)).toMatchObject([{ kind: 'attempt', body: 'Left a message: With her son' }])
  })

  it('booked is nobody\u2019s promise any more, and names its customer and job', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk)
    send()
    const booking = desk.booking()
    expect(desk.office.run('lead.convert', { leadId: id, customerId: desk.customerId, jobId: booking.jobId }, desk.csrId)).toMatchObject({ refusal: { code: 'lead.notBooked' } })
    desk.office.must('job.book', booking, desk.csrId)
    desk.office.must('lead.convert', { leadId: id, customerId: desk.customerId, jobId: booking.jobId }, desk.csrId)
    expect(lead(desk, id)).toMatchObject({ state: 'converted', customerId: desk.customerId, jobId: booking.jobId })
    expect(open(desk, id)).toEqual([])
    expect(desk.office.run('lead.dismiss', { leadId: id, reason: 'spam', note: '' }, desk.csrId)).toMatchObject({ refusal: { code: 'lead.converted' } })
  })

  it('dismissed says why, and comes back when it is opened again', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk)
    send()
    expect(desk.office.run('lead.dismiss', { leadId: id, reason: 'other', note: '' }, desk.csrId)).toMatchObject({ refusal: { code: 'lead.reason' } })
    desk.office.must('lead.dismiss', { leadId: id, reason: 'price', note: 'Has two quotes' }, desk.csrId)
    expect(open(desk, id)).toEqual([])
    const nextAttemptAt = desk.office.now + DAY
    desk.office.must('lead.reopen', { leadId: id, nextAttemptAt }, desk.csrId)
    expect(lead(desk, id)).toMatchObject({ state: 'accepted', ownerId: desk.csrId, dismissReason: null })
    expect(promise(desk, id)).toMatchObject({ state: 'open', dueAt: nextAttemptAt, occurrence: 2 })
  })

  it('handed over and postponed says so itself', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk)
    send()
    const theirs = promiseId(queueId('leads-to-contact'), id)
    desk.office.must('promise.handOver', { promiseId: theirs, toUserId: desk.dispatcherId, toRole: 'dispatcher' }, desk.csrId)
    expect(lead(desk, id)).toMatchObject({ ownerId: desk.dispatcherId })
    const dueAt = desk.office.now + DAY
    desk.office.must('promise.postpone', { promiseId: theirs, dueAt, reason: 'Asked for tomorrow' }, desk.dispatcherId)
    expect(lead(desk, id)).toMatchObject({ nextAttemptAt: dueAt })
    expect(promise(desk, id)).toMatchObject({ dueAt })
  })

  it('keeps what it answered, by question', () => {
    const desk = new FrontDesk()
    const [roof, age] = [newId(), newId()]
    const { id, send } = came(desk, { answers: [{ key: roof, question: 'Roof?', answer: 'Flat' }] })
    send()
    desk.office.must('lead.qualify', { leadId: id, answers: [{ key: roof, question: 'Roof?', answer: 'Gable' }, { key: age, question: 'Age?', answer: '' }] }, desk.csrId)
    expect(lead(desk, id)?.answers).toEqual([{ key: roof, question: 'Roof?', answer: 'Gable' }])
  })

  it('by email is owed an answer in a list of its own', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk, { channel: 'email' })
    send()
    expect(open(desk, id)).toMatchObject([{ queueId: queueId('emails-to-answer') }])
  })

  it('is not for everybody: who books nothing neither takes nor reports one', () => {
    const desk = new FrontDesk()
    const permitId = newId()
    desk.office.must('user.add', { id: permitId, name: 'Pia Lund', roles: ['permitCoordinator'] }, desk.ownerId)
    const { id, input, send } = came(desk)
    expect(desk.office.run('lead.receive', input, permitId)).toMatchObject({ refusal: { code: 'people.notAllowed' } })
    send()
    expect(desk.office.run('lead.accept', { leadId: id }, permitId)).toMatchObject({ refusal: { code: 'people.notAllowed' } })
  })
})

describe('a chat', () => {
  it('is owed an answer within two minutes of what was said, and then looked after', () => {
    const desk = new FrontDesk()
    const said = desk.office.now - MINUTE
    const { id, send } = came(desk, { channel: 'chat', messages: [message('m1', 'Anybody there?', said)] })
    send()
    expect(open(desk, id)).toMatchObject([{ queueId: queueId('chats-to-answer'), dueAt: said + 2 * MINUTE }])
    desk.office.must('lead.answerChat', { entryId: newId(), leadId: id, text: 'Yes, how can I help?' }, desk.csrId)
    expect(lead(desk, id)).toMatchObject({ chat: 'answered', state: 'accepted', ownerId: desk.csrId })
    expect(open(desk, id)).toMatchObject([{ queueId: queueId('leads-to-contact') }])
    expect(open(desk, id)[0]?.dueAt).toBeGreaterThan(desk.office.now)
  })

  it('goes on with what was said since, each message once', () => {
    const desk = new FrontDesk()
    const at = desk.office.now
    const [first, second] = [message('m1', 'Hello', at), message('m2', 'My AC is out', at + 1000)]
    const { id, send } = came(desk, { channel: 'chat', messages: [first] })
    send()
    desk.office.must('lead.answerChat', { entryId: newId(), leadId: id, text: 'Hi' }, desk.csrId)
    send({ messages: [first, second, second] })
    expect(entries(desk, id).filter(({ kind }) => kind === 'said').toSorted((left, right) => left.at - right.at).map(({ body }) => body)).toEqual(['Hello', 'My AC is out'])
    expect(lead(desk, id)).toMatchObject({ chat: 'waiting', chatSaidAt: at + 1000 })
    expect(send({ messages: [second, first] })).toEqual([])
  })

  it('closed takes no more words, and opens again where the visitor goes on', () => {
    const desk = new FrontDesk()
    const at = desk.office.now
    const { id, send } = came(desk, { channel: 'chat', messages: [message('m1', 'Hello', at)] })
    send()
    desk.office.must('lead.closeChat', { leadId: id }, desk.csrId)
    expect(desk.office.run('lead.answerChat', { entryId: newId(), leadId: id, text: 'Hi' }, desk.csrId)).toMatchObject({ refusal: { code: 'lead.chatClosed' } })
    expect(open(desk, id)).toHaveLength(1)
    desk.office.must('lead.dismiss', { leadId: id, reason: 'notWanted', note: '' }, desk.csrId)
    send({ messages: [message('m2', 'One more thing', at + MINUTE)] })
    expect(lead(desk, id)).toMatchObject({ state: 'accepted', chat: 'waiting', dismissReason: null })
    expect(open(desk, id)).toMatchObject([{ queueId: queueId('chats-to-answer') }])
  })

  /** A chat that became a booking, and its visitor who writes again two days later. */
  function bookedChat() {
    const desk = new FrontDesk()
    const { id, send, input } = came(desk, { channel: 'chat', messages: [message('m1', 'My AC is out', desk.office.now)] })
    send()
    const booking = desk.booking()
    desk.office.must('job.book', booking, desk.csrId)
    desk.office.must('lead.convert', { leadId: id, customerId: desk.customerId, jobId: booking.jobId }, desk.csrId)
    expect(open(desk, id)).toEqual([])
    const again = (more: Readonly<Record<string, unknown>> = {}) => {
      const at = desk.office.now
      send({ receivedAt: at, contactBy: at + 2 * MINUTE, messages: [message('m9', 'Can you come earlier?', at)], ...more })
    }
    return { desk, id, again, jobId: booking.jobId, input }
  }

  it('that was booked is somebody\u2019s promise again when its visitor goes on, can be answered, and keeps its booking', () => {
    const { desk, id, again, jobId } = bookedChat()
    again()
    expect(lead(desk, id)).toMatchObject({ state: 'accepted', chat: 'waiting', customerId: desk.customerId, jobId, settledAt: null })
    expect(open(desk, id)).toMatchObject([{ queueId: queueId('chats-to-answer'), holderUserId: desk.csrId, dueAt: (lead(desk, id)?.chatSaidAt ?? 0) + 2 * MINUTE }])
    desk.office.must('lead.answerChat', { entryId: newId(), leadId: id, text: 'Yes, at ten.' }, desk.csrId)
    expect(open(desk, id)).toMatchObject([{ queueId: queueId('leads-to-contact') }])
    expect(desk.office.run('lead.dismiss', { leadId: id, reason: 'spam', note: '' }, desk.csrId)).toMatchObject({ refusal: { code: 'lead.booked' } })
    desk.office.must('lead.convert', { leadId: id, customerId: desk.customerId, jobId }, desk.csrId)
    expect(lead(desk, id)).toMatchObject({ state: 'converted', jobId, chat: 'closed' })
    expect(open(desk, id)).toEqual([])
    expect(entries(desk, id).filter(({ kind }) => kind === 'converted')).toHaveLength(1)
  })

  it('whose visitor leaves with the words is owed a contact soon, however it had ended or far off the next try was', () => {
    const { desk, id, again } = bookedChat()
    again({ chatOver: true })
    expect(lead(desk, id)).toMatchObject({ state: 'accepted', chat: 'closed' })
    expect(open(desk, id)).toMatchObject([{ queueId: queueId('leads-to-contact'), holderUserId: desk.csrId, dueAt: lead(desk, id)?.nextAttemptAt }])
    expect(lead(desk, id)?.nextAttemptAt).toBeLessThanOrEqual(desk.office.now + 2 * MINUTE)

    const at = desk.office.now
    const far = came(desk, { channel: 'chat', messages: [message('m1', 'Hello', at)] })
    far.send()
    desk.office.must('lead.attempt', { leadId: far.id, how: 'reached', nextAttemptAt: at + 20 * DAY, note: '' }, desk.csrId)
    far.send({ contactBy: desk.office.now + 2 * MINUTE, chatOver: true })
    expect(open(desk, far.id)).toMatchObject([{ queueId: queueId('leads-to-contact') }])
    expect(open(desk, far.id)[0]?.dueAt).toBeLessThanOrEqual(desk.office.now + 2 * MINUTE)
  })

  it('that a machine goes on with alone stays as it was', () => {
    const { desk, id, again } = bookedChat()
    again({ messages: [message('m8', 'Was this helpful?', desk.office.now, false)] })
    expect(lead(desk, id)).toMatchObject({ state: 'converted', chat: 'closed' })
    expect(open(desk, id)).toEqual([])
  })

  it('answered is looked after within minutes, though the next try was weeks away', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk, { channel: 'chat', messages: [message('m1', 'Hello', desk.office.now)] })
    send()
    desk.office.must('lead.attempt', { leadId: id, how: 'reached', nextAttemptAt: desk.office.now + 20 * DAY, note: '' }, desk.csrId)
    desk.office.must('lead.answerChat', { entryId: newId(), leadId: id, text: 'Hi' }, desk.csrId)
    expect(open(desk, id)[0]?.dueAt).toBeLessThanOrEqual(desk.office.now + 15 * MINUTE)
  })

  it('takes the same answer once, also when it was closed meanwhile, and no other words under it', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk, { channel: 'chat', messages: [message('m1', 'Hello', desk.office.now)] })
    send()
    const entryId = newId()
    desk.office.must('lead.answerChat', { entryId, leadId: id, text: 'Hi' }, desk.csrId)
    expect(desk.office.must('lead.answerChat', { entryId, leadId: id, text: 'Hi' }, desk.csrId)).toEqual([])
    expect(desk.office.run('lead.answerChat', { entryId, leadId: id, text: 'Hi there' }, desk.csrId)).toMatchObject({ refusal: { code: 'lead.said' } })
    send({ chatOver: true })
    expect(desk.office.must('lead.answerChat', { entryId, leadId: id, text: 'Hi' }, desk.csrId)).toEqual([])
    expect(entries(desk, id).filter(({ kind }) => kind === 'answer')).toHaveLength(1)
  })

  it('has our answers in the order in which they were taken, though a clock is slow', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk, { channel: 'chat', messages: [message('m1', 'Hello', desk.office.now)] })
    send()
    const [first, second] = [newId(), newId()]
    desk.office.must('lead.answerChat', { entryId: first, leadId: id, text: 'Good morning' }, desk.csrId)
    const said = desk.office.engine.row(leadEntryTable, first)?.at ?? 0
    desk.office.now -= HOUR
    desk.office.must('lead.answerChat', { entryId: second, leadId: id, text: 'How can I help?' }, desk.dispatcherId)
    expect(desk.office.engine.row(leadEntryTable, second)?.at).toBe(said + 1)
  })
})

describe('a letter', () => {
  it('that goes on with one that was dismissed makes it a promise again', () => {
    const desk = new FrontDesk()
    const { id, send } = came(desk, { channel: 'email' })
    send()
    desk.office.must('lead.dismiss', { leadId: id, reason: 'price', note: '' }, desk.csrId)
    const at = desk.office.now + DAY
    send({ receivedAt: at, contactBy: at + 4 * HOUR, messages: [message('m2', 'We thought about it', at)] })
    expect(lead(desk, id)).toMatchObject({ state: 'accepted', chat: 'none' })
    expect(open(desk, id)).toMatchObject([{ queueId: queueId('emails-to-answer'), dueAt: at + 4 * HOUR }])
  })
})
