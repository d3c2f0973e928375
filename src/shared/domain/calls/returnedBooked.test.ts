import { expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { callIdOf } from './facts.ts'
import { type Call, callTable } from './tables.ts'

it('books on an outgoing call as on any: it says Booked, for its customer, and the call it returned stays returned', () => {
  const desk = new FrontDesk('live')
  const { office, csrId } = desk
  const base = { lineName: 'HVAC line', lineNumber: '', fromNumber: '+15550146638', practice: false }
  const came = { ...base, externalId: 'sip:in', direction: 'in', offeredAt: office.now }
  const made = { ...base, externalId: 'sip:out', direction: 'out', offeredAt: office.now + 120_000 }
  const row = ({ externalId }: typeof came): Call | undefined => office.engine.row(callTable, callIdOf(office.companyId, externalId))
  office.must('call.ended', { ...came, ringMs: 9_000, answeredAt: null, agentId: null, endedAt: came.offeredAt + 9_000, talkMs: 0, endCause: 'callerHungUp' })
  expect(row(came)).toMatchObject({ customerId: desk.customerId, followUp: 'owed' })
  office.must('call.offered', { ...made, agentId: csrId, returnsCallId: row(came)?.id })
  office.must('call.answered', { ...made, ringMs: 4_000, answeredAt: made.offeredAt + 4_000, agentId: csrId })
  const booking = desk.booking({ callId: row(made)?.id })
  office.must('job.book', booking, csrId)
  office.must('call.ended', { ...made, ringMs: 4_000, answeredAt: made.offeredAt + 4_000, agentId: csrId, endedAt: made.offeredAt + 90_000, talkMs: 86_000, endCause: 'hungUp' })
  expect(row(made)).toMatchObject({ outcome: 'booked', jobId: booking.jobId, customerId: desk.customerId, agentId: csrId, returnsCallId: row(came)?.id, followUp: 'none' })
  expect(row(came)).toMatchObject({ outcome: 'abandoned', followUp: 'done', jobId: null })
})
