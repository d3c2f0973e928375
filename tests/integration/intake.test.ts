import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { type ImportPreview, UPLOAD_PART_BYTES } from '../../src/shared/contract/methods/intake.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'
import { jobberFile, type JobberRow, jobberRow, toCsv } from '../support/jobberCsv.ts'

interface BroughtIn {
  readonly runId: string
  readonly customers: number
  readonly locations: number
  readonly keptAside: number
  readonly canceled: boolean
}

let office: TestBackend
let page: Page

beforeEach(async () => {
  office = startBackend()
  page = office.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' })
})

afterEach(() => office.close())

async function upload(content: string | Uint8Array, partBytes = UPLOAD_PART_BYTES): Promise<string> {
  const bytes = Buffer.from(content)
  const uploadId = newId()
  const parts = Math.max(1, Math.ceil(bytes.length / partBytes))
  for (let part = 0; part < parts; part++) {
    const base64 = bytes.subarray(part * partBytes, (part + 1) * partBytes).toString('base64')
    await page.ask('import.upload', { uploadId, fileName: 'clients.csv', part, last: part === parts - 1, base64 })
  }
  return uploadId
}

const preview = (uploadId: string) => page.ask<ImportPreview>('import.preview', { uploadId })
const bringIn = (uploadId: string, more: object = {}) => page.ask<BroughtIn>('import.bringIn', { uploadId, operationId: newId(), ...more })
function prepare(sql: string) {
  const { services } = office.backend
  if (!services) throw new Error('The backend did not start')
  return services.store.prepare(sql)
}

const count = (sql: string): number => (prepare(`SELECT count(*) AS n FROM ${sql}`).get() as { n: number }).n

const address = { street1: '12 Elm Street', street2: '', city: 'Fairhollow', state: 'Minnesota', zip: '55201' }
const row = (index: number, more: JobberRow = {}): JobberRow => ({ ...jobberRow(index, { ...address, street1: `${index} Elm Street` }), ...more })

describe('a Jobber export over a thousand addresses', () => {
  it('comes in after a preview that changes nothing, with the bad rows kept aside', async () => {
    const file = jobberFile()
    const uploadId = await upload(file.text, 50_000)
    const seen = await preview(uploadId)
    expect(seen).toMatchObject({ unusable: null, rows: file.rows.length, customers: file.customers, badRows: file.bad, alreadyHere: 0, encoding: 'utf-8', sameFile: null })
    expect(seen.columns.find(({ heading }) => heading === 'Service Zip code')?.becomes).toBe('ZIP code')
    expect(new Set(seen.findings.filter(({ kind }) => kind === 'bad').map(({ text }) => text))).toContain('There is no name.')
    expect(count('customer') + count('import_run')).toBe(0)

    const result = await bringIn(uploadId)
    expect(result).toMatchObject({ customers: file.customers, locations: file.rows.length - file.bad, keptAside: file.bad, canceled: false })
    expect(count('customer')).toBe(file.customers)
    expect(count('location')).toBe(file.rows.length - file.bad)
    expect(count("customer WHERE number = 'J70000005'")).toBe(1)
    expect(page.events.filter(({ name }) => name === 'progress').length).toBeGreaterThan(5)

    const again = await preview(await upload(file.text))
    expect(again.sameFile).toMatchObject({ by: 'Sean Avery', customers: file.customers })
    expect(again.alreadyHere).toBe(file.customers)
  })

  it('hands over the rows kept aside, which come in once mended', async () => {
    const good = await upload(toCsv([row(1), row(2, { 'Service Street 1': '' }), row(3, { 'First Name': '', 'Last Name': '', 'Display Name': '' })]))
    const { runId } = await bringIn(good)
    await page.ask('import.keptAside', { runId })
    const [offered] = office.files
    const text = new TextDecoder().decode(offered?.bytes)
    expect(offered?.name).toBe('clients, kept aside.csv')
    expect(text).toContain('Row 3: There is no street.')
    const [heading, withoutStreet = ''] = text.split('\r\n')
    const mended = [heading, withoutStreet.replace(',,Fairhollow', '7 Ash Street,,Fairhollow')].join('\r\n')
    const seen = await preview(await upload(mended))
    expect(seen).toMatchObject({ customers: 1, badRows: 0, alreadyHere: 0 })
  })

  it('adds the mended row of a client who came in with another, and takes only that back', async () => {
    const second = row(1, { 'J-ID': '70000001_99', 'Service Street 1': '' })
    await bringIn(await upload(toCsv([row(1), second])))
    const uploadId = await upload(toCsv([row(1), { ...second, 'Service Street 1': '9 Ash Street' }]))
    const seen = await preview(uploadId)
    expect(seen).toMatchObject({ customers: 1, alreadyHere: 1, further: 1 })
    expect(seen.findings.at(-1)).toMatchObject({ rowNumber: 3, text: 'Adds a location to Ben Abbott, who is here already.' })
    const { runId, ...result } = await bringIn(uploadId)
    expect(result).toMatchObject({ customers: 0, locations: 1, keptAside: 1 })
    expect(count('location')).toBe(2)
    await expect(page.ask('import.takeBack', { runId, operationId: newId() })).resolves.toMatchObject({ removed: 0, removedLocations: 1 })
    expect(count("location WHERE line1 = '1 Elm Street'")).toBe(1)
    expect(count('location')).toBe(1)
  })

  it('is taken back whole, except whom the office has worked with since', async () => {
    const { runId } = await bringIn(await upload(toCsv([row(1), row(2), row(3)])))
    const [first] = prepare('SELECT id, name FROM customer ORDER BY number').all() as { id: string; name: string }[]
    await page.ask('note.add', { noteId: newId(), subjectKind: 'customer', subjectId: first?.id, body: 'Called about a leak.', pinned: false })
    await expect(page.ask('import.takeBack', { runId, operationId: newId() })).resolves.toEqual({ removed: 2, removedLocations: 0, kept: 1, keptNames: [first?.name] })
    expect(count('customer')).toBe(1)
    await expect(page.ask('import.takeBack', { runId, operationId: newId() })).rejects.toMatchObject({ error: { code: 'import.undone' } })
  })

  it('stops when asked, keeps what is in, and says so', async () => {
    const file = jobberFile()
    const uploadId = await upload(file.text)
    await preview(uploadId)
    const operationId = newId()
    const running = page.ask<BroughtIn>('import.bringIn', { uploadId, operationId })
    await page.ask('import.cancel', { operationId })
    const result = await running
    expect(result.canceled).toBe(true)
    expect(result.customers).toBeLessThan(file.customers)
    expect(count('customer')).toBe(result.customers)
    await expect(page.ask('import.runs')).resolves.toMatchObject([{ state: 'done', customers: result.customers }])
  })
})

describe('a file', () => {
  it('gives several rows of one client one customer with several locations', async () => {
    const rows = [row(1), row(2), row(1, { 'J-ID': '70000001_99', 'Service Street 1': '9 Ash Street', 'Mobile Phone #s': '(555) 016-0001 x7' })]
    const result = await bringIn(await upload(toCsv(rows)))
    expect(result).toMatchObject({ customers: 2, locations: 3 })
    expect(count("contact_method WHERE value = '+15550160001' AND label = 'Mobile, ext. 7'")).toBe(1)
  })

  it('keeps what can\u2019t be read in a note and says so', async () => {
    const uploadId = await upload(toCsv([row(1, { 'Main Phone #s': 'call after 5', 'E-mails': 'none', Tags: 'VIP', 'CFT[Gate code]': '4471#', 'Service State': 'Vermont', 'Service Zip code': '5401' })]))
    const seen = await preview(uploadId)
    expect(seen.findings).toMatchObject([{ rowNumber: 2, kind: 'warning', text: expect.stringContaining('\u201ccall after 5\u201d is not a telephone number') }])
    await bringIn(uploadId)
    const note = prepare('SELECT body FROM note').get() as { body: string }
    expect(note.body.split('\n')).toEqual(['Tags in Jobber: VIP', 'Gate code: 4471#', 'Main phone as written in the file: call after 5', 'Email as written in the file: none'])
    expect(count("location WHERE state = 'VT' AND postal_code = '05401'")).toBe(1)
  })

  it.each([
    ['Windows-1252', (text: string) => Buffer.from(text, 'latin1'), 'windows-1252'],
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
  ])('is read in %s', async (_name, encode, encoding) => {
    const uploadId = await upload(encode(toCsv([row(1, { 'Last Name': 'M\u00fcller' })])), 97)
    expect(await preview(uploadId)).toMatchObject({ encoding, customers: 1 })
    await bringIn(uploadId)
    expect(count("customer WHERE last_name = 'M\u00fcller'")).toBe(1)
  })

  it('with semicolons, quotes and line breaks in cells is read', async () => {
    const text = '"Display Name";"Service Street 1";"Service City";"Tags"\r\n"O""Brien; Mary";"1 Elm Street\nRear";Fairhollow;\r\n'
    const uploadId = await upload(text)
    const seen = await preview(uploadId)
    expect(seen.sample).toMatchObject([{ name: 'O"Brien; Mary' }])
  })

  it('that breaks off is read up to the break', async () => {
    const uploadId = await upload(`${toCsv([row(1)])}70000002_1,"2024-01-01,no end`)
    const seen = await preview(uploadId)
    expect(seen).toMatchObject({ customers: 1, badRows: 1, findings: [{ rowNumber: 3, kind: 'bad', text: expect.stringContaining('never closed') }] })
    await expect(bringIn(uploadId)).resolves.toMatchObject({ customers: 1, keptAside: 1 })
  })

  it.each([
    ['that is empty', '', 'This file is empty.'],
    ['with nothing below the heading', 'Display Name,Service Street 1\r\n', 'This file has a heading row and nothing below it.'],
    ['that is something else', 'PK\u0003\u0004garbage\u0000\u0001', 'No column of this file has a name or an address.'],
    ['without addresses', 'Display Name,E-mails\r\nAna,a@b.example\r\n', 'No column of this file has an address.'],
  ])('%s is refused with what to do', async (_name, text, sentence) => {
    const uploadId = await upload(text)
    expect((await preview(uploadId)).unusable).toContain(sentence)
    await expect(bringIn(uploadId)).rejects.toMatchObject({ error: { code: 'import.unusable' } })
    expect(count('import_run')).toBe(0)
  })

  it('finds the same customer twice, in the file and in the office', async () => {
    await bringIn(await upload(toCsv([row(1)])))
    const uploadId = await upload(toCsv([row(1), row(2), row(2, { 'J-ID': '71000000_1' }), row(3, { 'Main Phone #s': '(555) 015-0001' })]))
    const seen = await preview(uploadId)
    expect(seen.alreadyHere).toBe(1)
    expect(seen.findings.map(({ rowNumber, kind, text }) => `${rowNumber} ${kind} ${text}`)).toEqual([
      '2 here Ben Abbott is here already (the same client).',
      '4 warning Row 3 looks like the same customer.',
      '5 warning Ben Abbott, who is here already, has the same telephone number.',
    ])
    await expect(bringIn(uploadId)).resolves.toMatchObject({ customers: 3, keptAside: 1 })
  })

  it('whose parts come out of order, or are somebody else\u2019s, is not taken', async () => {
    const uploadId = newId()
    const part = { uploadId, fileName: 'a.csv', last: false, base64: 'QQ==' }
    await page.ask('import.upload', { ...part, part: 0 })
    await expect(page.ask('import.upload', { ...part, part: 2 })).rejects.toMatchObject({ error: { code: 'import.uploadOrder' } })
    await expect(page.ask('import.preview', { uploadId })).rejects.toMatchObject({ error: { code: 'import.noFile' } })
  })
})
