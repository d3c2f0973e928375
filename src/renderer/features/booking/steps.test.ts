import { describe, expect, it } from 'vitest'
import { emptyDraft, EMPTY_PERSON, EMPTY_PLACE, type BookingDraft } from '../../stores/booking.ts'
import { fieldOfRefusal, gapsIn, gapSentence, stepOf } from './steps.ts'
import { inSentence, lengthLabel, spokenDay, spokenWindow, windowLabel } from './words.ts'

const line = { id: 'line', priceItemId: 'item', kind: 'service', name: 'Diagnostic visit', priceCents: null, quantity: '1', fromJobType: true } as const

const complete: BookingDraft = {
  ...emptyDraft('new', null),
  customerId: 'customer',
  locationId: 'location',
  businessUnitId: 'unit',
  jobTypeId: 'type',
  summary: 'Not cooling',
  priorityId: 'priority',
  lines: [line],
  window: { day: '2026-07-14', start: 960, end: 1080, startsAt: 1, endsAt: 2, zone: 'America/Chicago', technicianName: null },
  plannedPayment: 'card',
  readBack: [true, true, true, true],
}

describe('gaps', () => {
  it('are none in a whole booking, and named by step in the order of the script', () => {
    expect(gapsIn(complete)).toEqual([])
    expect(gapSentence([])).toBe('Everything is there.')
    expect(gapSentence(gapsIn({ ...complete, plannedPayment: null, readBack: [true, true, true, false] }))).toBe('2 steps left: payment and notes, read back')
    expect(gapsIn(emptyDraft('new', null))[0]).toMatchObject({ step: 'customer', field: 'customer' })
  })

  it.each<[string, Partial<BookingDraft>, string]>([
    ['a new person without a name', { customerId: null, newPerson: { ...EMPTY_PERSON, phone: '555 014 2210' } }, 'firstName'],
    ['the telephone number abc', { customerId: null, newPerson: { ...EMPTY_PERSON, lastName: 'Okonjo', phone: 'abc' } }, 'phone'],
    ['an email without a domain', { customerId: null, newPerson: { ...EMPTY_PERSON, lastName: 'Okonjo', phone: '555 014 2210', email: 'martin@' } }, 'email'],
    ['a place without a street', { locationId: null, newPlace: { ...EMPTY_PLACE, city: 'Fairhollow' } }, 'line1'],
    ['neither job type nor unit, which a job type brings', { jobTypeId: null, businessUnitId: null }, 'jobType'],
    ['no line', { lines: [] }, 'lines'],
    ['a negative quantity', { lines: [{ ...line, quantity: '-2' }] }, 'lines'],
    ['a quantity in words', { lines: [{ ...line, quantity: 'two' }] }, 'lines'],
  ])('name the field for %s', (_what, change, field) => {
    expect(gapsIn({ ...complete, ...change }).map((gap) => gap.field)).toEqual([field])
  })
})

describe('refusals', () => {
  it.each([
    ['customerId', 'customer'],
    ['phones.0.value', 'phone'],
    ['location.city', 'city'],
    ['set.gateCode', 'gateCode'],
    ['appointment.windowDay', 'window'],
    ['lines.0.quantity', 'lines'],
    ['plannedPayment', 'payment'],
    ['callId', null],
    [undefined, null],
  ])('at %s appear at %s', (path, field) => {
    expect(fieldOfRefusal(path)).toBe(field)
    if (field !== null) expect(stepOf(field as NonNullable<ReturnType<typeof fieldOfRefusal>>)).toBeTruthy()
  })
})

describe('words', () => {
  it('say windows as people do', () => {
    const window = { day: '2026-07-14', start: 960, end: 1080 }
    expect(windowLabel(window, '2026-07-14')).toBe('Today, 4\u20136 PM')
    expect(inSentence(windowLabel(window, '2026-07-13'))).toBe('tomorrow 4\u20136 PM')
    expect(inSentence(windowLabel(window, '2026-07-10'))).toBe('Tue, Jul 14, 4\u20136 PM')
    expect(`${spokenDay('2026-07-14', '2026-07-10')}, ${spokenWindow(window)}`).toBe('Tuesday, July 14, between 4 and 6 in the afternoon')
    expect([lengthLabel(90), lengthLabel(60), lengthLabel(45)]).toEqual(['1 h 30 min', '1 h', '45 min'])
  })
})
