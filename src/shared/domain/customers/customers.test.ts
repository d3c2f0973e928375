import { describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { newId } from '../../base/id.ts'
import { contactMethodTable, customerTable, locationTable, noteTable } from './tables.ts'

const refusedAs = (code: string, field?: string) => ({ kind: 'refused', refusal: { code, ...(field === undefined ? {} : { field }) } })

describe('customer.create', () => {
  it('records who pays, where and how to reach them, and derives the name', () => {
    const { office, customerId, locationId } = new FrontDesk()
    expect(office.engine.row(customerTable, customerId)).toMatchObject({ name: 'Martin Okonjo', number: '1001', doNotService: false })
    expect(office.engine.row(locationTable, locationId)).toMatchObject({ customerId, line1: '27 Larkspur Court', gateCode: '2290#' })
    expect(office.engine.rows(contactMethodTable).map(({ value }) => value).toSorted()).toEqual(['+15550146638', 'martin@okonjo.example'])
  })

  it('names a company by its company, a person by both names', () => {
    const desk = new FrontDesk()
    const companyId = newId()
    desk.office.must('customer.create', desk.customer({ customerId: companyId, kind: 'commercial', companyName: 'Harbor Row LLC' }), desk.csrId)
    expect(desk.office.engine.row(customerTable, companyId)?.name).toBe('Harbor Row LLC')
  })

  it.each([
    ['emoji', '\u{1F9CA} Ann', '\u{1F9CA} Ann'],
    ['right-to-left text', '\u05E9\u05B8\u05DC\u05D5\u05B9\u05DD', '\u05E9\u05B8\u05DC\u05D5\u05B9\u05DD'],
    ['apostrophes', 'D\u2019Arcy O\u0027Neil', 'D\u2019Arcy O\u0027Neil'],
    ['a NUL, which is dropped', 'An\u0000na', 'Anna'],
  ])('takes %s', (_what, typed, kept) => {
    const desk = new FrontDesk()
    const customerId = newId()
    desk.office.must('customer.create', desk.customer({ customerId, firstName: typed, lastName: '' }), desk.csrId)
    expect(desk.office.engine.row(customerTable, customerId)?.firstName).toBe(kept)
  })

  it.each([
    ['a name of 400 characters', { firstName: 'x'.repeat(400) }, 'input.invalid', 'firstName', 'The first name is longer than 60 characters.'],
    ['a telephone number \u201cabc\u201d', { phones: [{ id: newId(), value: 'abc', label: '' }] }, 'input.invalid', 'phones.0.value', 'This is not a telephone number.'],
    ['an email without a domain', { emails: [{ id: newId(), value: 'martin@', label: '' }] }, 'input.invalid', 'emails.0.value', 'This is not an email address.'],
    ['no name at all', { firstName: ' ', lastName: '\u0000' }, 'customer.nameless', 'lastName', 'Enter a first name, a last name or a company name.'],
    [
      'the same number twice',
      { phones: [{ id: newId(), value: '+15550142210', label: '' }, { id: newId(), value: '+15550142210', label: 'home' }] },
      'customer.doubledPhone',
      'phones',
      'The same telephone number is entered twice.',
    ],
  ])('refuses %s', (_what, changed, code, field, message) => {
    const desk = new FrontDesk()
    expect(desk.office.run('customer.create', desk.customer(changed), desk.csrId)).toEqual({ kind: 'refused', refusal: { code, field, message } })
  })

  it('refuses the same customer twice', () => {
    const desk = new FrontDesk()
    expect(desk.office.run('customer.create', desk.customer({ customerId: desk.customerId }), desk.csrId)).toMatchObject(refusedAs('customer.exists'))
  })
})

describe('how a customer wants to be reached', () => {
  it('is kept with the customer and changed with them', () => {
    const { office, customerId, csrId } = new FrontDesk()
    expect(office.engine.row(customerTable, customerId)).toMatchObject({ language: null, bestTime: null, preferredChannel: null })
    office.must('customer.change', { customerId, set: { language: 'es', bestTime: 'After five', preferredChannel: 'text' } }, csrId)
    expect(office.engine.row(customerTable, customerId)).toMatchObject({ language: 'es', bestTime: 'After five', preferredChannel: 'text', name: 'Martin Okonjo' })
    expect(office.run('customer.change', { customerId, set: { language: 'Spanish' } }, csrId)).toMatchObject(refusedAs('input.invalid', 'set.language'))
  })

  it('may be said with a new customer, and where to park with a new place', () => {
    const desk = new FrontDesk()
    const customerId = newId()
    const location = desk.location({ parking: 'In the alley.' })
    desk.office.must('customer.create', desk.customer({ customerId, language: 'vi', preferredChannel: 'email', location }), desk.csrId)
    expect(desk.office.engine.row(customerTable, customerId)).toMatchObject({ language: 'vi', bestTime: null, preferredChannel: 'email' })
    expect(desk.office.engine.row(locationTable, location['id'] as string)).toMatchObject({ parking: 'In the alley.' })
  })
})

describe('customer.change', () => {
  it('follows a new name', () => {
    const { office, customerId, csrId } = new FrontDesk()
    office.must('customer.change', { customerId, set: { lastName: 'Okonjo-Reyes' } }, csrId)
    expect(office.engine.row(customerTable, customerId)).toMatchObject({ name: 'Martin Okonjo-Reyes', version: 2 })
  })

  it('keeps protective flags for managers', () => {
    const { office, customerId, csrId, ownerId } = new FrontDesk()
    expect(office.run('customer.change', { customerId, set: { doNotService: true } }, csrId)).toMatchObject(refusedAs('customer.managerOnly', 'set.doNotService'))
    office.must('customer.change', { customerId, set: { doNotService: true } }, ownerId)
    expect(office.engine.row(customerTable, customerId)?.doNotService).toBe(true)
  })
})

describe('locations and ways to reach', () => {
  it('adds and changes a place', () => {
    const desk = new FrontDesk()
    const location = desk.location({ line1: '9 Harbor Row', kind: 'rental' })
    desk.office.must('location.add', { customerId: desk.customerId, location }, desk.csrId)
    desk.office.must('location.change', { locationId: desk.locationId, set: { gateCode: '4471#' } }, desk.csrId)
    expect(desk.office.engine.row(locationTable, desk.locationId)?.gateCode).toBe('4471#')
    expect(desk.office.run('location.add', { customerId: desk.customerId, location }, desk.csrId)).toMatchObject(refusedAs('location.exists'))
    expect(desk.office.run('location.add', { customerId: newId(), location: desk.location() }, desk.csrId)).toMatchObject(refusedAs('customer.unknown'))
  })

  it('keeps emails in lower case and refuses a doubled one', () => {
    const { office, customerId, csrId } = new FrontDesk()
    const email = { id: newId(), customerId, locationId: null, kind: 'email', value: 'Martin@Work.Example', label: 'work', position: 1 }
    office.must('contactMethod.save', email, csrId)
    expect(office.engine.row(contactMethodTable, email.id)?.value).toBe('martin@work.example')
    expect(office.run('contactMethod.save', { ...email, id: newId() }, csrId)).toMatchObject(refusedAs('contactMethod.doubled', 'value'))
    office.must('contactMethod.remove', { id: email.id }, csrId)
    expect(office.run('contactMethod.remove', { id: email.id }, csrId)).toMatchObject(refusedAs('contactMethod.unknown'))
  })
})

describe('notes', () => {
  it('are written by a person at a time, belong to the customer\u2019s page, and can be pinned', () => {
    const { office, customerId, locationId, csrId } = new FrontDesk()
    const noteId = newId()
    office.must('note.add', { noteId, subjectKind: 'location', subjectId: locationId, body: 'Baby sleeps 1\u20133 PM.', pinned: false }, csrId)
    office.must('note.pin', { noteId, pinned: true }, csrId)
    expect(office.engine.row(noteTable, noteId)).toMatchObject({ customerId, authorId: csrId, pinned: true })
  })

  it('are never refused, not even twice', () => {
    const { office, customerId, csrId } = new FrontDesk()
    const note = { noteId: newId(), subjectKind: 'customer', subjectId: customerId, body: 'Prefers the back door.', pinned: false }
    office.must('note.add', note, csrId)
    expect(office.must('note.add', { ...note, body: 'again' }, csrId)).toEqual([])
  })
})
