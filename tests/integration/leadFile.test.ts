import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LeadFilePreview } from '../../src/shared/contract/methods/leadSettings.ts'
import type { LeadItem } from '../../src/shared/contract/methods/leads.ts'
import { newId } from '../../src/shared/base/id.ts'
import { guessColumns } from '../../src/main/services/leads/leadColumns.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

let office: TestBackend
let page: Page

beforeEach(async () => {
  office = startBackend()
  page = office.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '2468' })
})

afterEach(() => office.close())

const FILE = ['Lead ID,Customer Name,Phone Number,Email,Street Address,City,Zip Code,Service Requested,Comments,Budget', 'A-1,June Halloran,(555) 014-2210,june@halloran.example,61 Saltbrook Lane,Fairhollow,60601,AC repair,"Not cooling, upstairs",$500', 'A-2,Omar,555-014-7781,,,,,,,', 'A-3,Nobody,,,,,,,,', 'A-1,June Halloran,(555) 014-2210,,,,,,,'].join('\r\n')

async function upload(text: string): Promise<string> {
  const uploadId = crypto.randomUUID()
  await page.ask('import.upload', { uploadId, fileName: 'angi.csv', part: 0, last: true, base64: Buffer.from(text).toString('base64') })
  return uploadId
}

const leads = async (): Promise<readonly LeadItem[]> => (await page.ask<{ leads: readonly LeadItem[] }>('leads.list', { state: 'new' })).leads

it('guesses what columns are by their headings, and keeps what it does not know', () => {
  expect(guessColumns(['Lead ID', 'First Name', 'Last name', 'E-mail', 'Mobile', 'Home phone', 'Address 1', 'Address 2', 'Town', 'State', 'ZIP', 'Category', 'Notes', 'Shoe size', ''])).toEqual([
    'id', 'firstName', 'lastName', 'email', 'phone', 'phone', 'line1', 'line2', 'city', 'state', 'postalCode', 'jobType', 'message', 'detail', 'none',
  ])
})

it('says what a file would bring, then brings it, each lead once however often the file comes', async () => {
  const uploadId = await upload(FILE)
  const preview = await page.ask<LeadFilePreview>('leadFile.preview', { uploadId, sourceName: 'Angi', columns: null })
  expect(preview).toMatchObject({ unusable: null, rows: 4, leads: 3, known: 0, bad: 1, findings: [{ rowNumber: 4 }] })
  expect(preview.columns.map(({ becomes }) => becomes)).toEqual(['id', 'name', 'phone', 'email', 'line1', 'city', 'postalCode', 'jobType', 'message', 'detail'])
  expect(await leads()).toEqual([])
  const columns = preview.columns.map(({ becomes }) => becomes)
  expect(await page.ask('leadFile.bringIn', { uploadId, operationId: newId(), sourceName: 'Angi', columns })).toEqual({ received: 2, known: 1, bad: 1 })
  expect((await leads()).map(({ name, channel, sourceName, holder }) => [name, channel, sourceName, holder])).toEqual([
    ['June Halloran', 'list', 'Angi', 'Owner'],
    ['Omar', 'list', 'Angi', 'Owner'],
  ])
  const again = await upload(FILE)
  expect(await page.ask('leadFile.preview', { uploadId: again, sourceName: 'angi', columns })).toMatchObject({ leads: 0, known: 3 })
  expect(await page.ask('leadFile.bringIn', { uploadId: again, operationId: newId(), sourceName: 'angi', columns })).toEqual({ received: 0, known: 3, bad: 1 })
  expect(await leads()).toHaveLength(2)
})

it('takes columns as a person says they are, and says where nobody could be reached', async () => {
  const uploadId = await upload('Who,Where to\r\nJune,555-014-2210\r\n')
  expect(await page.ask('leadFile.preview', { uploadId, sourceName: 'List', columns: null })).toMatchObject({ unusable: expect.stringContaining('No column holds') as unknown, leads: 0 })
  expect(await page.ask('leadFile.preview', { uploadId, sourceName: 'List', columns: ['name', 'phone'] })).toMatchObject({ unusable: null, leads: 1, sample: [{ name: 'June', phone: '555-014-2210' }] })
  expect(await page.ask('leadFile.preview', { uploadId: await upload(''), sourceName: '', columns: null })).toMatchObject({ unusable: 'This file is empty.' })
})
