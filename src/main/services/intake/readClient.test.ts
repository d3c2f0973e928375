import { describe, expect, it } from 'vitest'
import { derivedId } from '../../../shared/base/id.ts'
import { mapColumns, missingColumns } from './jobberColumns.ts'
import { type ClientRow, mergeClients, readClient } from './readClient.ts'
import { readState, readStreet, readZip } from './usAddress.ts'

function read(cells: Readonly<Record<string, string>>) {
  const columns = mapColumns(Object.keys(cells))
  return readClient(Object.values(cells), 2, { columns, scope: derivedId('test'), zone: 'America/Chicago', taxZoneId: null })
}

function client(cells: Readonly<Record<string, string>>): ClientRow {
  const row = read({ 'First Name': 'Ana', 'Last Name': 'Abbott', 'Service Street 1': '1 Elm Street', 'Service City': 'Fairhollow', ...cells })
  if (row.kind === 'bad') throw new Error(row.reason)
  return row
}

describe('columns', () => {
  it('are known by their headings whatever their case and signs', () => {
    const becomes = mapColumns(['J-ID', 'MAIN PHONE #S', 'e-mails', 'Service Zip code', 'PFT[Alarm?]', 'Created Date']).map(({ target }) => (target.kind === 'field' ? target.field : target.kind))
    expect(becomes).toEqual(['jobberId', 'mainPhone', 'emails', 'zip', 'note', 'none'])
  })

  it('that mean the same go to the first', () => {
    expect(mapColumns(['Phone', 'Main Phone']).map(({ target }) => target.kind)).toEqual(['field', 'none'])
  })

  it('must have a name and an address', () => {
    expect(missingColumns(mapColumns(['Display Name', 'Service Street 1']))).toBeNull()
    expect(missingColumns(mapColumns(['Service Street 1']))).toContain('name')
    expect(missingColumns(mapColumns(['Display Name']))).toContain('address')
  })
})

describe('a row', () => {
  it.each([
    ['a person', {}, 'residential', 'Ana', ''],
    ['a company by its flag', { 'Company Name': 'Lofts', 'Is Company?': 'true' }, 'commercial', 'Ana', 'Lofts'],
    ['a company by its display name', { 'Company Name': 'Lofts', 'Display Name': 'Lofts' }, 'commercial', 'Ana', 'Lofts'],
    ['a person who works somewhere', { 'Company Name': 'Lofts', 'Display Name': 'Ana Abbott' }, 'residential', 'Ana', 'Lofts'],
  ])('tells %s', (_what, cells, kind, firstName, companyName) => {
    expect(client(cells).customer).toMatchObject({ kind, firstName, companyName })
  })

  it('splits a display name where there is no other', () => {
    expect(client({ 'First Name': '', 'Last Name': '', 'Display Name': 'Ana Maria Abbott' }).customer).toMatchObject({ firstName: 'Ana Maria', lastName: 'Abbott' })
  })

  it('reads several numbers and addresses of one cell, each once', () => {
    const { customer } = client({ 'Main Phone #s': '555-014-2210, 555.014.2211', 'Mobile Phone #s': '(555) 014-2210', 'E-mails': 'A@b.example;a@B.example c@d.example' })
    expect(customer.phones).toEqual([
      { value: '+15550142210', label: 'Mobile' },
      { value: '+15550142211', label: 'Main' },
    ])
    expect(customer.emails.map(({ value }) => value)).toEqual(['a@b.example', 'c@d.example'])
  })

  it('uses the billing address where there is no other, and says so', () => {
    const row = client({ 'Service Street 1': '', 'Service City': '', 'Billing Street 1': '9 Ash Street', 'Billing City': 'Millport' })
    expect(row.customer.locations).toMatchObject([{ line1: '9 Ash Street', city: 'Millport' }])
    expect(row.warnings).toEqual(['There is no service address; the billing address is used'])
  })

  it.each([
    ['no name', { 'First Name': ' ', 'Last Name': '' }, 'There is no name.'],
    ['no address', { 'Service Street 1': '', 'Service City': '' }, 'There is no address.'],
    ['no street', { 'Service Street 1': '' }, 'There is no street.'],
    ['no city', { 'Service City': '' }, 'There is no city.'],
    ['a name of 400 characters', { 'First Name': 'x'.repeat(400) }, 'The first name is longer than 60 characters.'],
  ])('with %s stays out', (_what, cells, reason) => {
    expect(read({ 'First Name': 'Ana', 'Last Name': 'Abbott', 'Service Street 1': '1 Elm Street', 'Service City': 'Fairhollow', ...cells })).toEqual({ kind: 'bad', rowNumber: 2, reason })
  })

  it('takes emoji, apostrophes and right-to-left names, and drops NUL', () => {
    expect(client({ 'First Name': '\ud83c\udf35 O\u2019D\u0000', 'Last Name': '\u05e0\u05d5\u05e2\u05d4' }).customer).toMatchObject({ firstName: '\ud83c\udf35 O\u2019D', lastName: '\u05e0\u05d5\u05e2\u05d4' })
  })

  it('adds to an earlier row of the same client', () => {
    const first = client({ 'J-ID': '7_1', 'Main Phone #s': '555-014-2210', Tags: 'VIP' })
    const next = client({ 'J-ID': '7_2', 'Main Phone #s': '555-014-2211', Tags: 'VIP', 'Service Street 1': '3 Elm Street' })
    expect(first.key).toBe(next.key)
    expect(mergeClients(first.customer, next.customer)).toMatchObject({
      number: 'J7',
      phones: [{ value: '+15550142210' }, { value: '+15550142211' }],
      locations: [{ line1: '1 Elm Street' }, { line1: '3 Elm Street' }],
      note: 'Tags in Jobber: VIP',
    })
  })
})

describe('American addresses', () => {
  it('write states short', () => {
    expect(['Texas', 'tx', 'TX', 'new york', 'Ontario'].map(readState)).toEqual(['TX', 'TX', 'TX', 'NY', 'Ontario'])
  })

  it.each([
    ['55201', 'MN', '55201', false],
    ['552011234', 'MN', '55201-1234', false],
    ['6040', 'CT', '06040', true],
    ['6040', 'MN', '6040', true],
    ['', 'MN', '', false],
  ])('read ZIP %s in %s as %s', (text, state, value, warns) => {
    const zip = readZip(text, state)
    expect([zip.value, zip.warning !== null]).toEqual([value, warns])
  })

  it('leave out what a list view wrote behind the street', () => {
    expect(readStreet('12 Elm Street \u2022 Austin, Texas 78701')).toBe('12 Elm Street')
  })
})
