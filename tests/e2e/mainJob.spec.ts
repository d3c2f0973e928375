import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { checkIif, parseIif } from '../../src/shared/domain/accounting/iifCheck.ts'
import { test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { CountingKeyboard } from './pages/keyboard.ts'

test.use({ prepare: { fill: importedCompany } })

/** The most keys from the ring to the booked job of a known customer, free text not counted. */
const MOST_KEYS = 25

const heading = (page: Page, name: RegExp | string) => page.getByRole('heading', { name })
const field = (page: Page, name: RegExp | string) => page.getByRole('combobox', { name })

async function switchTo(page: Page, { name, pin }: { readonly name: string; readonly pin: string }): Promise<void> {
  await page.keyboard.press('F2')
  await new FrontDoor(page, page.getByRole('dialog')).signIn(name.slice(0, 4), pin)
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('button', { name })).toBeVisible()
}

/** Books the caller with every field given a value of its own, and counts the keys from the ring on. */
async function bookTheCaller(page: Page): Promise<number> {
  const keys = new CountingKeyboard(page)
  await keys.press('F8')
  await expect(page.getByText('matched')).toBeVisible()
  await expect(field(page, 'Job type')).toBeFocused()
  await keys.press('Alt+ArrowUp')
  await keys.freeText('Side door, ring twice.')
  await keys.press('Enter')
  await keys.freeText('2290#')
  await keys.press('Enter')
  await keys.letters('wh')
  await keys.press('Enter')
  await keys.freeText('Water heater leaks at the bottom since last night.')
  await keys.press('Enter')
  await keys.letters('h')
  await keys.press('Enter')
  await keys.letters('an')
  await expect(page.getByRole('option').first()).toBeVisible()
  await keys.press('Enter')
  await expect(page.getByLabel('Quantity').nth(1)).toBeFocused()
  await keys.letters('2')
  await keys.press('Enter')
  await expect(page.getByText(/% full/).first()).toBeVisible()
  await keys.press('3')
  await keys.letters('ch')
  await keys.press('Enter')
  await keys.freeText('Mind the steps.')
  await keys.press('Enter')
  // Phone, address, date and window, what happens next.
  await keys.press('Enter', 'Enter', 'Enter', 'Enter')
  await keys.press('Control+Enter')
  await expect(page.getByText(/Job 48001 booked/)).toBeVisible()
  return keys.count
}

/** Puts the afternoon's visit on a technician, works it and closes it out. */
async function dispatchAndCloseOut(page: Page): Promise<void> {
  const { keyboard } = page
  const bar = page.locator('[role=gridcell][data-visit]')
  await keyboard.press('Alt+Shift+B')
  await expect(page.getByText('Al Brightwater')).toBeVisible()
  await keyboard.press('u')
  await keyboard.press('a')
  await expect(field(page, 'Technician')).toBeFocused()
  await keyboard.press('Control+Enter')
  await expect(bar).toContainText('Water heater')
  // The bar comes with the news, the form goes with the answer: until then letters are its own.
  await expect(field(page, 'Technician')).toBeHidden()
  // Nobody has asked who will be home: nothing goes out with that hole in it.
  await keyboard.press('d')
  await expect(page.getByRole('alert').filter({ hasText: '\u201cWho will be home\u201d is open. Press K' })).toBeVisible()
  await keyboard.press('k')
  await expect(page.getByRole('textbox', { name: 'Who will be home' })).toBeFocused()
  await keyboard.type('The customer')
  await keyboard.press('Enter')
  await expect(page.getByText('Nothing is missing.')).toBeVisible()
  await keyboard.press('Escape')
  for (const [key, state] of [['d', /Dispatched/], ['w', /Working/], ['f', /Done/]] as const) {
    await keyboard.press(key)
    await expect(bar).toHaveAccessibleName(state)
  }
  await keyboard.press('c')
  await expect(page.getByLabel('What was done')).toBeFocused()
  await keyboard.type('Replaced the water heater, tested for leaks.')
  await keyboard.press('Control+Enter')
  await expect(page.getByText(/is closed out/).first()).toBeVisible()
}

/** Drafts, finalises and collects: a part by check, the rest in cash. */
async function invoiceAndCollect(page: Page): Promise<void> {
  const { keyboard } = page
  await keyboard.press('Alt+Shift+M')
  await expect(page.getByRole('gridcell', { name: 'Done, not invoiced yet' })).toBeVisible()
  await keyboard.press('Enter')
  await expect(page.getByText('Water heater replacement, labor')).toBeVisible()
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await keyboard.press('Control+Enter')
  await expect(page.getByText('Invoice 20001')).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()

  const download = page.waitForEvent('download')
  await keyboard.press('p')
  const pdf = await readFile(await (await download).path())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')

  await keyboard.press('t')
  await expect(page.getByLabel('Amount')).toBeFocused()
  await keyboard.type('500')
  await keyboard.press('Tab')
  await keyboard.type('5521')
  await keyboard.press('Control+Enter')
  await expect(page.getByText('$363.00 due')).toBeVisible()
  await keyboard.press('t')
  await expect(page.getByLabel('Amount')).toBeFocused()
  await keyboard.press('Alt+m')
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByText('$363.00 due')).toBeHidden()
}

async function exported(page: Page, key: string): Promise<string> {
  const download = page.waitForEvent('download')
  await page.keyboard.press(key)
  return readFile(await (await download).path(), 'latin1')
}

test('one call, from the ring to the accountant\u2019s file, by keyboard alone', async ({ baton }) => {
  test.setTimeout(180_000)
  const { page } = baton
  const { keyboard } = page
  const calls = new Calls(page)

  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await calls.practice()
  await expect(calls.pop).toContainText('Balance')
  const count = await bookTheCaller(page)
  console.log(`${count} keys from the ring to the booked job`)
  expect(count).toBeLessThanOrEqual(MOST_KEYS)
  await expect(page.getByText('Send the confirmation').or(page.getByText(/confirmation/i)).first()).toBeVisible()
  await keyboard.press('Shift+F8')
  await expect(calls.cell).toContainText('Ready')

  await switchTo(page, PEOPLE.dispatcher)
  await dispatchAndCloseOut(page)

  await switchTo(page, PEOPLE.receivables)
  await invoiceAndCollect(page)

  await keyboard.press('Alt+Shift+M')
  await expect(heading(page, 'Review and batch')).toBeVisible()
  await keyboard.press('Control+b')
  await expect(heading(page, /Batch \d/)).toBeVisible()
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: /^Post/ })).toBeVisible()
  await keyboard.press('Control+Enter')
  await expect(field(page, 'Posted by')).toHaveValue(PEOPLE.owner.name)
  await expect(page.getByLabel('PIN')).toBeFocused()
  await keyboard.type(PEOPLE.owner.pin)
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toBeHidden()

  await expect(page.getByRole('button', { name: /IIF/ })).toBeVisible()
  const iif = await exported(page, 'i')
  const reading = parseIif(iif)
  const transactions = reading.kind === 'read' ? reading.transactions : []
  expect(checkIif(transactions)).toEqual([])
  expect(transactions.map(({ trns }) => trns['TRNSTYPE'])).toEqual(['INVOICE', 'PAYMENT', 'PAYMENT'])
  expect(await exported(page, 'i')).toBe(iif)
  const journal = await exported(page, 'c')
  expect(journal).toContain('863.00')
  expect(journal.split('\r\n').filter((line) => line.includes('20001')).length).toBeGreaterThan(0)
})
