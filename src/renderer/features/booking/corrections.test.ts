import { expect, test } from 'vitest'
import type { CommandInput } from '../../api/types.ts'
import { correctionsOf, otherJob } from './corrections.ts'

const line = (id: string, quantity = 1000) => ({ id, priceItemId: null, kind: 'service' as const, description: 'Diagnostic visit', quantity })
const SENT: CommandInput<'job.book'> = {
  jobId: 'job',
  customerId: 'customer',
  locationId: 'place',
  businessUnitId: 'unit',
  jobTypeId: 'type',
  priorityId: 'high',
  summary: 'Drips',
  notes: '',
  plannedPayment: 'check',
  lines: [line('first'), line('second')],
  appointment: { id: 'visit', windowDay: '2026-07-15', windowStart: 480, windowEnd: 600, zone: 'America/Chicago', windowStartsAt: 0, windowEndsAt: 1, durationMinutes: 90 },
  callId: null,
  readBack: true,
  confirmation: true,
  handOff: [{ item: 'phone', said: '' }],
  answers: [{ key: 'since', question: 'Since when?', answer: 'Sunday' }],
}
const NONE = { set: {}, added: [], changed: [], removed: [], handOff: [] }

test('nothing is sent of what stands as it was booked, whatever the window', () => {
  expect(correctionsOf(SENT, SENT)).toEqual(NONE)
  expect(correctionsOf(SENT, { ...SENT, appointment: { ...SENT.appointment, windowStart: 600 } })).toEqual(NONE)
})

test('everything that was typed otherwise since is sent', () => {
  const set = { priorityId: 'low', summary: 'Drips, and the cellar is wet', notes: 'Dog', plannedPayment: 'cash' as const, answers: [{ key: 'since', question: 'Since when?', answer: 'Monday' }] }
  expect(correctionsOf(SENT, { ...SENT, ...set })).toEqual({ ...NONE, set })
  expect(correctionsOf(SENT, { ...SENT, lines: [line('second', 2000), line('third')], handOff: [{ item: 'phone', said: '' }, { item: 'home', said: 'Her sister' }] })).toEqual({
    ...NONE,
    added: [line('third')],
    changed: [{ id: 'second', quantity: 2000 }],
    removed: ['first'],
    handOff: [{ item: 'home', said: 'Her sister' }],
  })
})

test('another customer, place or kind of work is another job', () => {
  expect(otherJob(SENT, { ...SENT, summary: 'Else' })).toBeNull()
  expect(otherJob(SENT, { ...SENT, customerId: 'other', locationId: 'other' })?.field).toBe('customerId')
  expect(otherJob(SENT, { ...SENT, locationId: 'other' })?.field).toBe('locationId')
  expect(otherJob(SENT, { ...SENT, jobTypeId: 'other' })?.field).toBe('jobTypeId')
})
