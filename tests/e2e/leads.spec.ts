import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { DAY, MINUTE } from '../../src/shared/base/time.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import { leadId, leadSourceId } from '../../src/shared/domain/leads/ids.ts'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf } from '../support/officeClock.ts'
import { Booking } from './pages/booking.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { CountingKeyboard } from './pages/keyboard.ts'
import { Leads } from './pages/leads.ts'
import { ShellFrame } from './pages/shell.ts'

test.use({ prepare: { fill: importedCompany } })

const SUMMARY = 'Summary, in the customer\u2019s words'
const SOURCE = leadSourceId('website')

interface JobType {
  readonly id: string
  readonly name: string
}

async function ask<T>(page: Page, method: string, input: unknown): Promise<T> {
  const [answer] = await askBeside(page, [{ method, input }])
  return answer as T
}

async function begin(page: Page): Promise<Leads> {
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.owner.name)
  return new Leads(page)
}

async function waterHeater(page: Page): Promise<JobType> {
  const { jobTypes } = await ask<{ readonly jobTypes: readonly JobType[] }>(page, 'settings.get', {})
  const found = jobTypes.find(({ name }) => name.toLowerCase().includes('water heater'))
  if (!found) throw new Error('A new company has no water heaters')
  return found
}

/** Something came in from outside, a minute ago. */
async function comesIn(page: Page, changed: Readonly<Record<string, unknown>> = {}, externalId: string = newId()): Promise<string> {
  const at = (await clockOf(page)) - MINUTE
  const id = leadId(SOURCE, externalId)
  await ask(page, 'lead.receive', {
    leadId: id,
    sourceId: SOURCE,
    sourceName: 'Our website',
    channel: 'web',
    role: 'inboundCsr',
    externalId,
    receivedAt: at,
    contactBy: at + 5 * MINUTE,
    name: 'June Halloran',
    phones: [{ said: '(555) 017-0184', number: '+15550170184' }],
    email: 'june@halloran.example',
    line1: '61 Saltbrook Lane',
    line2: '',
    city: 'Fairhollow',
    region: 'IL',
    postalCode: '60601',
    wish: 'Water heater',
    jobTypeId: null,
    subject: '',
    words: 'No hot water since this morning.',
    windows: [],
    answers: [],
    details: [],
    files: [],
    campaign: 'Summer mailer',
    messages: [],
    chatOver: false,
    ...changed,
  })
  return id
}

test('a web lead is tried, qualified, booked with everything that came along, and converted, by keyboard alone', async ({ page }) => {
  const leads = await begin(page)
  const keyboard = new CountingKeyboard(page)
  const { id: jobTypeId } = await waterHeater(page)
  await ask(page, 'leadQuestion.save', { id: newId(), jobTypeId, position: 0, label: 'How old is the heater?', kind: 'choice', options: ['Under ten years', 'Older'], active: true })
  await comesIn(page, { jobTypeId })
  await leads.open()
  await expect(leads.row('new', 'June Halloran')).toHaveCount(1)
  await expect(leads.panel).toContainText('No hot water since this morning.')
  await expect(leads.panel).toContainText('61 Saltbrook Lane, Fairhollow, IL 60601')
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)

  await keyboard.press('n')
  await expect(leads.dialog('What came of trying to reach June Halloran?')).toBeVisible()
  await expectAccessible(page)
  await keyboard.letters('left')
  await keyboard.press('Enter', 'Control+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'the next try is set' })).toBeVisible()
  await expect(leads.panel).toContainText('1, left a message')
  await expect(leads.panel).toContainText('Accepted')
  await keyboard.press(']')
  await expect(leads.row('accepted', 'June Halloran')).toContainText('1, left a message')

  await keyboard.press('q')
  await expect(leads.dialog('What qualifies June Halloran').getByRole('combobox', { name: 'How old is the heater?' })).toBeFocused()
  await keyboard.letters('old')
  await keyboard.press('Enter', 'Control+Enter')
  await expect(leads.panel).toContainText('Older')

  await keyboard.press('b')
  const booking = new Booking(page)
  await expect(booking.input(SUMMARY)).toHaveValue('No hot water since this morning.')
  await expect(booking.field('firstName').getByRole('textbox')).toHaveValue('June')
  await expect(booking.field('phone').getByRole('textbox')).toHaveValue(/555/)
  await expect(booking.field('line1').getByRole('textbox')).toHaveValue('61 Saltbrook Lane')
  await expect(booking.form.getByRole('combobox', { name: 'How old is the heater?' })).toHaveValue('Older')
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await booking.expectFocus('window')
  await keyboard.press('1', 'Control+Enter')
  await booking.expectFocus('payment')
  await keyboard.letters('ch')
  await keyboard.press('Enter', 'Control+Enter')
  await booking.readBack(keyboard)
  await keyboard.press('Control+Enter')
  await expect(page.getByText(/^Job \S+ booked for June Halloran/)).toBeVisible()
  await leads.open()
  await expect(page.getByRole('main')).toContainText('Nothing new.')
  await keyboard.press(']', ']')
  await expect(leads.row('converted', 'June Halloran')).toHaveCount(1)
  await expect(leads.panel.getByRole('link', { name: 'June Halloran' })).toBeVisible()
  await expect(leads.panel).toContainText(/booked it/)
})

test('who may be on file stands on top, and a number books for them', async ({ page }) => {
  const leads = await begin(page)
  const keyboard = new CountingKeyboard(page)
  const [customerId, customerPlace] = [newId(), newId()]
  const location = { id: customerPlace, kind: 'home', line1: '9 Copper Street', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: 'America/Chicago', accessNotes: '', gateCode: '', pets: '', parking: '', latitude: null, longitude: null, taxZoneId: null }
  await ask(page, 'customer.create', { customerId, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550170199', label: '' }], emails: [], location })
  await comesIn(page, { name: 'O. Castellan', phones: [{ said: '555-017-0199', number: '+15550170199' }] })
  await leads.open()
  const onFile = leads.panel.getByRole('listitem').filter({ hasText: 'Omar Castellan' })
  await expect(onFile).toContainText('same phone')
  await expectAccessible(page)
  await keyboard.press('1')
  const booking = new Booking(page)
  await expect(booking.input(SUMMARY)).toHaveValue('No hot water since this morning.')
  await expect(booking.form).toContainText('9 Copper Street')
  await expect(booking.input('Note for dispatch')).toHaveValue(/Wrote this address: 61 Saltbrook Lane/)
})

test('a chat is answered and closed in place, a lead is dismissed with its reason and opened again', async ({ page }) => {
  const leads = await begin(page)
  const keyboard = new CountingKeyboard(page)
  const at = (await clockOf(page)) - MINUTE
  await comesIn(page, { channel: 'chat', messages: [{ id: '1', at, by: 'June', visitor: true, text: 'Do you come on Saturdays?' }] })
  await leads.open()
  await expect(leads.story).toContainText('Do you come on Saturdays?')
  await keyboard.press('a')
  await expect(leads.answer).toBeFocused()
  await keyboard.freeText('Yes, until noon.')
  await keyboard.press('Enter')
  await expect(leads.story).toContainText('Yes, until noon.')
  await expect(leads.answer).toHaveValue('')
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await keyboard.press('Escape')
  await page.locator('h1').first().evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await keyboard.press('z')
  await expect(leads.answer).toBeHidden()

  await keyboard.press('x')
  await expect(leads.dialog('Dismiss June Halloran?')).toBeVisible()
  await expectAccessible(page)
  await keyboard.press('Control+Enter')
  await expect(leads.dialog('Dismiss June Halloran?')).toContainText('Choose a reason.')
  await keyboard.letters('price')
  await keyboard.press('Enter', 'Control+Enter')
  await expect(leads.dialog('Dismiss June Halloran?')).toBeHidden()
  await leads.open()
  await keyboard.press('[')
  await expect(leads.row('dismissed', 'June Halloran')).toHaveCount(1)
  await expect(leads.panel).toContainText('Only asked for a price')
  await keyboard.press('o', 'Control+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'is open again' })).toBeVisible()
})

test('who is typing when the visitor leaves keeps field and words, hears how they are reached, and sends it when they come back', async ({ page }) => {
  const leads = await begin(page)
  const keyboard = new CountingKeyboard(page)
  const at = (await clockOf(page)) - MINUTE
  const said = (id: string, text: string) => ({ id, at, by: 'June', visitor: true, text })
  await comesIn(page, { channel: 'chat', messages: [said('1', 'Do you come on Saturdays?')] }, 'chat-1')
  await leads.open()
  await expect(leads.story).toContainText('Do you come on Saturdays?')
  await keyboard.press('a')
  await keyboard.freeText('Yes, ')
  await comesIn(page, { channel: 'chat', chatOver: true }, 'chat-1')
  await expect(leads.panel.getByRole('status')).toContainText('June Halloran has left the chat. An answer can go by email to june@halloran.example or by telephone at (555) 017-0184.')
  await expect(leads.answer).toBeFocused()
  await keyboard.freeText('next box, zone Q.')
  await expect(leads.answer).toHaveValue('Yes, next box, zone Q.')
  await keyboard.press('Enter')
  await expect(leads.answer).toHaveValue('Yes, next box, zone Q.')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)

  await comesIn(page, { channel: 'chat', messages: [said('2', 'Still there?')] }, 'chat-1')
  await expect(leads.story).toContainText('Still there?')
  await expect(leads.answer).toBeFocused()
  await keyboard.press('Enter')
  await expect(leads.story).toContainText('Yes, next box, zone Q.')
  await expect(leads.answer).toHaveValue('')
})

test('who asked for a time has it in the booking; writes again after it, and stays booked', async ({ page }) => {
  const leads = await begin(page)
  const keyboard = new CountingKeyboard(page)
  const { id: jobTypeId } = await waterHeater(page)
  const at = (await clockOf(page)) - MINUTE
  const { day } = wallTimeOf(at + DAY, 'America/Chicago')
  await comesIn(page, { channel: 'chat', jobTypeId, windows: [{ day, start: 10 * 60, end: 12 * 60 }], messages: [{ id: '1', at, by: '', visitor: true, text: 'Could you come tomorrow?' }] }, 'chat-2')
  await leads.open()
  await expect(leads.story).toContainText('Could you come tomorrow?')
  await keyboard.press('b')
  const booking = new Booking(page)
  await expect(booking.field('window')).toContainText('As they asked for.')
  await expect(booking.field('window').getByRole('combobox')).toHaveValue(/^Tomorrow, /)
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await booking.expectFocus('payment')
  await keyboard.letters('ch')
  await keyboard.press('Enter', 'Control+Enter')
  await booking.readBack(keyboard)
  await keyboard.press('Control+Enter')
  await expect(page.getByText(/^Job \S+ booked for June Halloran/)).toBeVisible()

  await comesIn(page, { channel: 'chat', messages: [{ id: '2', at, by: '', visitor: true, text: 'Is there parking?' }] }, 'chat-2')
  await leads.open()
  await keyboard.press(']')
  await expect(leads.row('accepted', 'June Halloran')).toHaveCount(1)
  await expect(leads.story).toContainText('Is there parking?')
  await keyboard.press('a')
  await keyboard.freeText('Right in front.')
  await keyboard.press('Enter')
  await expect(leads.story).toContainText('Right in front.')
  await expect(leads.answer).toHaveValue('')
  await keyboard.press('Escape')
  await page.locator('h1').first().evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await expectAccessible(page)
  await keyboard.press('x')
  await expect(page.getByRole('status').filter({ hasText: 'the booking stands' })).toBeVisible()
  await expect(leads.row('accepted', 'June Halloran')).toHaveCount(0)
})

test('a lead is found from anywhere, and its number calls and takes it', async ({ page }) => {
  const leads = await begin(page)
  const keyboard = new CountingKeyboard(page)
  await comesIn(page)
  await keyboard.press('Control+k')
  await keyboard.letters('hot water jun')
  await expect(page.getByRole('option', { name: /June Halloran/ })).toBeVisible()
  await keyboard.letters('e')
  await keyboard.press('Enter')
  await expect(leads.panel).toContainText('No hot water since this morning.')
  await expect(leads.row('new', 'June Halloran')).toHaveCount(1)
  const number = leads.panel.getByRole('button', { name: '(555) 017-0184' })
  await number.focus()
  await keyboard.press('Enter')
  // No telephone is connected here: it is shown large, to be dialled elsewhere.
  await expect(page.getByRole('dialog', { name: 'Call from your desk phone' })).toContainText('June Halloran')
  await keyboard.press('Escape')
  await expect(leads.panel).toContainText('Accepted')
  await expect(leads.panel).toContainText('Yours')
})

test('its promise leads to it, and a try said there is counted on it; what comes meanwhile moves nothing', async ({ page }) => {
  const leads = await begin(page)
  const keyboard = new CountingKeyboard(page)
  await comesIn(page)
  await leads.open()
  await expect(leads.row('new', 'June Halloran')).toHaveCount(1)
  await comesIn(page, { name: 'Amos Birch', contactBy: await clockOf(page) })
  await expect(page.getByRole('button', { name: /^1 new/ })).toBeVisible()
  await expect(leads.row('new', 'Amos Birch')).toHaveCount(0)
  await keyboard.press('r')
  await expect(leads.list('new').getByRole('row').nth(1)).toContainText('Amos Birch')
  await expect(leads.panel).toContainText('June Halloran')

  await keyboard.press('Alt+Shift+Q')
  const promised = page.getByRole('row').filter({ hasText: 'Contact June Halloran' })
  await promised.first().click()
  await keyboard.press('n', 'Enter')
  await expect(page.getByRole('status').filter({ hasText: 'No answer' })).toBeVisible()
  await leads.open()
  await expect(leads.row('new', 'Amos Birch')).toHaveCount(1)
  await keyboard.press(']')
  await expect(leads.row('accepted', 'June Halloran')).toContainText('1, no answer')
})

test('leads come in from a file, whose columns a person corrects, and the settings for leads can be used', async ({ page }) => {
  const leads = await begin(page)
  const keyboard = new CountingKeyboard(page)
  await keyboard.press('Alt+Shift+S')
  await page.goto(`${page.url().split('#')[0] ?? ''}#/import`)
  await expect(page.getByRole('heading', { name: 'Import customers' })).toBeVisible()
  await keyboard.press('g')
  await expect(page.getByRole('heading', { name: 'Leads from a file' })).toBeVisible()
  await page.getByLabel('CSV file of leads').setInputFiles({ name: 'angi.csv', mimeType: 'text/csv', buffer: Buffer.from('Lead ID,Who,Phone Number,Budget\r\nA-1,June Halloran,(555) 017-0184,$500\r\nA-2,Nobody,,\r\n') })
  const whose = page.getByRole('textbox', { name: 'Whose leads these are' })
  await expect(whose).toBeFocused()
  await keyboard.freeText('Angi')
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  const who = page.getByRole('combobox', { name: 'Who' })
  await who.focus()
  await keyboard.letters('name')
  await keyboard.press('Enter')
  await expect(page.getByRole('grid', { name: 'First leads as they will come in' })).toContainText('June Halloran')
  await expect(whose).toHaveValue('Angi')
  await keyboard.press('Control+Enter')
  await expect(leads.row('new', 'June Halloran')).toContainText('Angi')

  for (const [section, title] of [
    ['leadSources', 'Lead sources'],
    ['leadMailbox', 'Lead mailbox'],
    ['leadQuestions', 'Qualification'],
  ] as const) {
    await page.goto(`${page.url().split('#')[0] ?? ''}#/settings/${section}`)
    await expect(page.getByRole('heading', { name: title }).first()).toBeVisible()
    expect.soft(await layoutFaults(page)).toEqual([])
    await expectAccessible(page)
  }
})
