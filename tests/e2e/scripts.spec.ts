import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { DAY } from '../../src/shared/base/time.ts'
import { shippedScript } from '../../src/shared/domain/scripts/shipped.ts'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { clockOf } from '../support/officeClock.ts'
import { Booking } from './pages/booking.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { CountingKeyboard } from './pages/keyboard.ts'
import { CallWords, Manuals } from './pages/scripts.ts'

test.use({ prepare: { fill: importedCompany } })

const CHOICES = { unit: 'pl', jobType: 'fa', summary: 'Dripping since Sunday.', priority: 'h', item: 'an', quantity: '1', window: '1', payment: 'ch', notes: 'Side door.' } as const

interface Settings {
  readonly jobTypes: readonly { readonly id: string; readonly name: string; readonly businessUnitId: string; readonly durationMinutes: number; readonly skills: readonly string[]; readonly defaultPriorityId: string; readonly defaultItemId: string | null }[]
}

/** A greeting of the company's own, published for every call. */
async function publishGreeting(page: Page, words: string): Promise<void> {
  const { content } = shippedScript('booking')
  const scriptId = newId()
  await askBeside(page, [
    { method: 'script.save', input: { scriptId, name: 'Every call', purpose: 'booking', businessUnitId: null, jobTypeId: null, content: { ...content, steps: content.steps.map((step) => (step.key === 'customer' ? { ...step, words: [words] } : step)) } } },
    { method: 'script.publish', input: { scriptId, versionId: newId(), note: 'A greeting of our own' } },
  ])
}

/** Takes the job types that begin so out of use, under another name and length. */
async function retireTypes(page: Page, begin: string): Promise<void> {
  const [settings] = (await askBeside(page, [{ method: 'settings.get', input: {} }])) as readonly Settings[]
  const types = settings?.jobTypes.filter(({ name }) => name.startsWith(begin)) ?? []
  expect(types.length).toBeGreaterThan(0)
  await askBeside(page, types.map(({ id, name, businessUnitId, skills, defaultPriorityId, defaultItemId }) => ({ method: 'jobType.save', input: { id, name: `Old ${name}`, businessUnitId, durationMinutes: 15, skills, defaultPriorityId, defaultItemId, active: false } })))
}

test('a script and a job type changed in the middle of a call are for the next call', async ({ page, baton }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  const [calls, booking, words, keyboard] = [new Calls(page), new Booking(page), new CallWords(page), new CountingKeyboard(page)]
  await expect(calls.cell).toContainText('Ready')
  await calls.practice()
  await keyboard.press('F8')
  await expect(booking.field('customer')).toContainText('matched')
  await expect(words.step('Customer')).toContainText('How can I help you today?')
  const before = await words.boxes()

  const owners = await baton.openAnotherPage()
  await new FrontDoor(owners).signIn('Sean', PEOPLE.owner.pin)
  await publishGreeting(owners, '\u201cGood day, this is {agent} of {company}.\u201d')
  await retireTypes(owners, 'Fa')

  // What follows comes from the same host, after the changes: were they for this call, it would show by now.
  await page.reload()
  await expect(words.step('Customer')).toContainText('How can I help you today?')
  expect(await words.boxes()).toEqual(before)
  await booking.fill(keyboard, CHOICES)
  const number = await booking.book(keyboard)
  expect(number).not.toBe('')

  await calls.practice()
  await keyboard.press('F8')
  await expect(words.step('Customer')).toContainText('Good day, this is Rosa of Copper Ridge Home Services.')
  await booking.input('Business unit').focus()
  await keyboard.letters('pl')
  await keyboard.press('Enter')
  await booking.input('Job type').click()
  await expect(page.getByRole('option', { name: /Faucet/ })).toHaveCount(0)
})

test('two new scripts, each published straight away, are two', async ({ page }) => {
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  await page.goto(`${new URL(page.url()).origin}/#/settings/scripts`)
  const scripts = page.getByRole('grid', { name: 'Scripts' })
  for (const [name, unit] of [['Plumbing calls', 'pl'], ['Every other call', '']] as const) {
    await expect(scripts).toBeVisible()
    await page.keyboard.press('n')
    const form = page.getByRole('form', { name: 'New script' })
    const field = form.getByRole('textbox', { name: 'Name', exact: true })
    await expect(field).toHaveValue('')
    await field.focus()
    await page.keyboard.type(name)
    if (unit !== '') {
      await form.getByRole('combobox', { name: 'Business unit' }).focus()
      await page.keyboard.type(unit)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Alt+u')
    await expect(page.getByRole('form', { name }).getByRole('region', { name: 'History' })).toContainText('Version 1')
    await page.keyboard.press('Escape')
  }
  await expect(scripts).toContainText('Plumbing calls')
  await expect(scripts).toContainText('Every other call')
})

test('a manual is read and acknowledged by one key, and the manager sees who has not', async ({ page, baton }) => {
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  const manualId = newId()
  const readByAt = (await clockOf(page)) + 2 * DAY
  await askBeside(page, [
    { method: 'manual.save', input: { manualId, name: 'CSR manual', body: '# Answering\n\nAnswer within three rings.', roles: ['inboundCsr'] } },
    { method: 'manual.publish', input: { manualId, versionId: newId(), note: 'The first', readByAt } },
  ])
  await page.goto(`${new URL(page.url()).origin}/#/settings/manuals/${manualId}`)
  const readers = page.getByRole('region', { name: 'Who has read it' })
  await expect(readers.getByRole('listitem')).toHaveText(/Rosa Quill/)
  await expect(readers.getByRole('listitem')).not.toContainText('read')
  await expectAccessible(page)

  const rosas = await baton.openAnotherPage()
  await new FrontDoor(rosas).signIn('Rosa', PEOPLE.csr.pin)
  const manuals = new Manuals(rosas)
  await manuals.open()
  await expect(manuals.reading('CSR manual')).toContainText('Answer within three rings.')
  await expectAccessible(rosas)
  await rosas.keyboard.press('r')
  await expect(rosas.getByText('nothing left to read')).toBeVisible()
  await expect(readers.getByRole('listitem')).toHaveText(/Rosa Quill.*read/)
})
