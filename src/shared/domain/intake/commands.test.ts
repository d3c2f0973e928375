import { beforeEach, describe, expect, it } from 'vitest'
import { Office } from '../../../../tests/support/office.ts'
import { newId } from '../../base/id.ts'
import { refusedChangeTable } from '../attention/tables.ts'
import { contactMethodTable, customerTable, locationTable, noteTable } from '../customers/tables.ts'
import { handedDraftTable } from '../drafts/tables.ts'
import type { Table } from '../kernel/table.ts'
import { leadTable } from '../leads/tables.ts'
import { waitEntryTable } from '../waitlist/tables.ts'
import type { ImportedCustomer } from './rows.ts'
import { importRejectTable, importRunTable } from './tables.ts'

let office: Office
let ownerId: string
let runId: string

beforeEach(() => {
  office = new Office()
  ownerId = newId()
  runId = newId()
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId, ownerName: 'Sean Avery' })
  office.must('import.start', { runId, source: 'jobberClients', fileName: 'clients.csv', fileHash: 'ab'.repeat(32) }, ownerId)
})

function location(line1: string): ImportedCustomer['locations'][number] {
  return {
    id: newId(),
    name: '',
    kind: 'home',
    line1,
    line2: '',
    city: 'Fairhollow',
    state: 'MN',
    postalCode: '55901',
    latitude: null,
    longitude: null,
    zone: 'America/Chicago',
    taxZoneId: null,
    accessNotes: '',
    gateCode: '',
    pets: '',
  }
}

function customer(more: Partial<ImportedCustomer> = {}): ImportedCustomer {
  return {
    customerId: newId(),
    number: 'J1',
    kind: 'residential',
    firstName: 'Harriet',
    lastName: 'O\u2019Dell',
    companyName: '',
    billing: { line1: '', line2: '', city: '', state: '', postalCode: '' },
    leadSource: '',
    taxExempt: false,
    doNotService: false,
    creditHold: false,
    archived: false,
    phones: [{ value: '+15555550142', label: 'Mobile' }],
    emails: [{ value: 'Harriet@Example.com', label: '' }],
    locations: [location('12 Alder Street')],
    note: '',
    ...more,
  }
}

const add = (...rows: readonly ImportedCustomer[]) => office.run('import.addRows', { runId, rows }, ownerId)

describe('import.addRows', () => {
  it('brings a customer with every location and contact method, marked with the run', () => {
    const row = customer({ locations: [location('12 Alder Street'), location('14 Alder Street')], note: 'Tags in Jobber: VIP' })
    expect(add(row).kind).toBe('accepted')
    expect(office.engine.row(customerTable, row.customerId)).toMatchObject({ name: 'Harriet O\u2019Dell', importRunId: runId })
    expect(office.engine.rows(locationTable).map((one) => one.customerId)).toEqual([row.customerId, row.customerId])
    expect(office.engine.rows(contactMethodTable).map((one) => one.value).sort()).toEqual(['+15555550142', 'harriet@example.com'])
    expect(office.engine.rows(noteTable)).toHaveLength(1)
    expect(office.engine.row(importRunTable, runId)).toMatchObject({ customers: 1, importedRows: 2 })
  })

  it('calls a business by its name and a person by theirs', () => {
    const business = customer({ kind: 'commercial', companyName: 'Millport Lofts' })
    const person = customer({ companyName: 'Millport Lofts' })
    add(business, person)
    expect(office.engine.row(customerTable, business.customerId)?.name).toBe('Millport Lofts')
    expect(office.engine.row(customerTable, person.customerId)?.name).toBe('Harriet O\u2019Dell')
  })

  it('refuses a customer without a name, without an address, or with a telephone number that is none', () => {
    expect(add(customer({ firstName: '', lastName: '' }))).toMatchObject({ refusal: { message: 'There is no name.' } })
    expect(add(customer({ locations: [] }))).toMatchObject({ refusal: { message: 'There is no address.' } })
    expect(add(customer({ phones: [{ value: 'abc', label: '' }] }))).toMatchObject({ refusal: { message: 'This is not a telephone number.' } })
  })

  it('refuses customers that are here already, in the store or in the same part', () => {
    const row = customer()
    add(row)
    expect(add(row)).toMatchObject({ refusal: { code: 'import.repeated' } })
    const twice = customer()
    expect(add(twice, { ...twice, locations: [location('9 Elm Street')] })).toMatchObject({ refusal: { code: 'import.repeated' } })
  })

  it('refuses a part larger than a live command should wait for', () => {
    expect(add(...Array.from({ length: 100 }, () => customer({ note: 'x'.repeat(3000) })))).toMatchObject({ refusal: { code: 'input.invalid' } })
  })

  it('takes nothing after the end', () => {
    office.must('import.finish', { runId }, ownerId)
    expect(add(customer())).toMatchObject({ refusal: { code: 'import.ended' } })
    expect(office.run('import.finish', { runId }, ownerId)).toMatchObject({ refusal: { code: 'import.ended' } })
  })

  it('refuses a tax zone that does not exist', () => {
    expect(add(customer({ locations: [{ ...location('12 Alder Street'), taxZoneId: newId() }] }))).toMatchObject({ refusal: { code: 'import.taxZone' } })
  })
})

describe('import.reject', () => {
  it('keeps a row whole with the reason', () => {
    const raw = [
      ['Display Name', ''],
      ['Service Street 1', '12 Alder Street'],
    ]
    office.must('import.reject', { runId, rows: [{ rowNumber: 4, reason: 'There is no name.', raw }] }, ownerId)
    expect(office.engine.rows(importRejectTable)).toMatchObject([{ rowNumber: 4, reason: 'There is no name.', raw }])
    expect(office.engine.row(importRunTable, runId)).toMatchObject({ rejectedRows: 1 })
  })
})

describe('import.undo', () => {
  it('takes back what nobody has touched and ends the run', () => {
    const row = customer({ note: 'Tags in Jobber: VIP' })
    add(row)
    office.must('import.undo', { runId, customerIds: [row.customerId], last: true }, ownerId)
    for (const table of [customerTable, locationTable, contactMethodTable, noteTable]) expect(office.engine.rows(table)).toEqual([])
    expect(office.engine.row(importRunTable, runId)?.state).toBe('undone')
    expect(office.run('import.undo', { runId, customerIds: [], last: true }, ownerId)).toMatchObject({ refusal: { code: 'import.undone' } })
  })

  it('keeps a customer who has called since, whole', () => {
    const [called, quiet] = [customer(), customer()]
    add(called, quiet)
    const call = { externalId: 'c-1', customerId: called.customerId }
    office.engine.apply([{ table: { name: 'call' } as never, id: 'call-1', before: null, after: { id: 'call-1', ...call } as never }])
    office.must('import.undo', { runId, customerIds: [called.customerId, quiet.customerId], last: true }, ownerId)
    expect(office.engine.rows(customerTable).map((one) => one.id)).toEqual([called.customerId])
    expect(office.engine.rows(locationTable)).toHaveLength(1)
    expect(office.engine.rows(contactMethodTable)).toHaveLength(2)
  })

  it('keeps a customer about whom a change could not stand, settled or not', () => {
    const [refused, quiet] = [customer(), customer()]
    add(refused, quiet)
    office.engine.apply([{ table: refusedChangeTable, id: 'refused-1', before: null, after: { id: 'refused-1', customerId: refused.customerId, state: 'dropped' } as never }])
    office.must('import.undo', { runId, customerIds: [refused.customerId, quiet.customerId], last: true }, ownerId)
    expect(office.engine.rows(customerTable).map((one) => one.id)).toEqual([refused.customerId])
  })

  it.each([
    ['whose draft was handed over', handedDraftTable],
    ['who wanted an earlier time', waitEntryTable],
    ['who came as a lead', leadTable],
  ])('keeps a customer %s', (_whose, table: Table) => {
    const [busy, quiet] = [customer(), customer()]
    add(busy, quiet)
    office.engine.apply([{ table, id: 'one', before: null, after: { id: 'one', customerId: busy.customerId, locationId: null, state: 'dropped' } as never }])
    office.must('import.undo', { runId, customerIds: [busy.customerId, quiet.customerId], last: true }, ownerId)
    expect(office.engine.rows(customerTable).map((one) => one.id)).toEqual([busy.customerId])
  })

  it('leaves customers of other imports alone', () => {
    const other = newId()
    office.must('import.start', { runId: other, source: 'jobberClients', fileName: 'more.csv', fileHash: '' }, ownerId)
    const row = customer()
    office.must('import.addRows', { runId: other, rows: [row] }, ownerId)
    office.must('import.undo', { runId, customerIds: [row.customerId], last: true }, ownerId)
    expect(office.engine.row(customerTable, row.customerId)).toBeDefined()
  })
})
