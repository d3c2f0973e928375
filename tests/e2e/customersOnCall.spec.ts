import type { Page } from '@playwright/test'
import { accessibilityFaults } from '../support/axe.ts'
import { askBeside } from '../support/askBeside.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { Booking } from './pages/booking.ts'
import { Customers } from './pages/customers.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { heldAnswer } from './pages/heldAnswer.ts'

test.use({ prepare: { fill: importedCompany } })

interface Row {
  readonly id: string
  readonly name: string
  readonly place: string
}

async function customersOf(page: Page, limit: number): Promise<readonly Row[]> {
  const [answer] = await askBeside(page, [{ method: 'customers.list', input: { limit, order: 'name' } }])
  return (answer as { readonly rows: readonly Row[] }).rows
}

async function firstCustomer(page: Page): Promise<Row> {
  const [row] = await customersOf(page, 1)
  if (!row) throw new Error('The company has no customers')
  return row
}

/** By the search, as a person does it. */
async function openBySearch(page: Page, { name }: Row): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type(name)
  await expect(page.getByRole('option', { name }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await new Customers(page).expectCustomer(name)
}

async function expectSound(page: Page): Promise<void> {
  expect.soft(await layoutFaults(page)).toEqual([])
  expect.soft(await accessibilityFaults(page, { fewRows: true })).toEqual([])
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer()
    data.setData('text', pasted)
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}

test('a flag is set with its reason, and warns in search and in the booking', async ({ page }) => {
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  const customer = await firstCustomer(page)
  await openBySearch(page, customer)
  const { keyboard } = page
  await keyboard.press('w')
  const panel = new Customers(page).panel('Flags that stop or warn')
  await expect(panel.getByRole('combobox', { name: 'Flag' })).toBeFocused()
  await keyboard.type('bad')
  await keyboard.press('Tab')
  await keyboard.type('Three checks came back.')
  await expectSound(page)
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: customer.name }).locator('..')).toContainText('Bad debt')
  await keyboard.press('Control+k')
  await keyboard.type(customer.name)
  await expect(page.getByRole('option', { name: customer.name }).first()).toContainText('Bad debt')
  await keyboard.press('Enter')
  await expect(page.getByRole('option', { name: customer.name })).toHaveCount(0)
  await keyboard.press('b')
  await expect(new Booking(page).side).toContainText('What they owe was given up.')
  await expectSound(page)
})

test('how to reach somebody and what they allow is written down by keyboard, with who took it', async ({ page }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  const customers = new Customers(page)
  await openBySearch(page, await firstCustomer(page))
  const { keyboard } = page
  await keyboard.press('r')
  const panel = customers.panel('How to reach them')
  await expect(panel.getByRole('combobox', { name: 'Language' })).toBeFocused()
  await keyboard.type('spa')
  await keyboard.press('Tab')
  await keyboard.type('te')
  await keyboard.press('Tab')
  await expect(panel.getByRole('textbox', { name: 'Best time' })).toBeFocused()
  await keyboard.type('After five')
  await keyboard.press('Tab')
  await keyboard.type('te')
  await keyboard.press('Tab')
  await keyboard.type('of')
  await keyboard.press('Tab')
  await keyboard.type('no')
  await keyboard.press('Tab')
  await expectSound(page)
  await keyboard.press('Control+Enter')
  await expect(panel).toBeHidden()
  await expect(customers.reach).toContainText('Spanish')
  await expect(customers.reach).toContainText('After five')
  await expect(customers.reach).toContainText('text no')
  await keyboard.press('r')
  await expect(panel).toContainText('taken by Rosa Quill')

  // Whom they ask for, and who is not to come again.
  await keyboard.press('Escape')
  await keyboard.press('a')
  const wishes = customers.panel('Technicians they ask for')
  await expect(wishes.getByRole('combobox', { name: 'They ask for' })).toBeFocused()
  await keyboard.type('tes')
  await keyboard.press('Tab')
  await keyboard.type('al b')
  await keyboard.press('Enter')
  await expect(wishes.getByRole('listitem')).toHaveText(/^Al Brightwater/)
  await expect(wishes.getByRole('combobox', { name: 'They do not want again' })).toBeFocused()
  await expectSound(page)
  await keyboard.press('Control+Enter')
  await expect(wishes).toBeHidden()
  await expect(customers.reach).toContainText('Tess Moran')
  await expect(customers.reach).toContainText('Al Brightwater')
})

test('names typed before anybody knows who works here are chosen as soon as that is known', async ({ page }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  const customers = new Customers(page)
  await openBySearch(page, await firstCustomer(page))
  const tellWhoWorksHere = await heldAnswer(page, 'booking.form')
  await expect(customers.reach).toBeVisible()
  const { keyboard } = page
  await keyboard.press('a')
  const wishes = customers.panel('Technicians they ask for')
  const asked = wishes.getByRole('combobox', { name: 'They ask for' })
  await expect(asked).toBeFocused()
  await keyboard.type('tes')
  await keyboard.press('Tab')
  await keyboard.type('al b')
  await keyboard.press('Enter')
  await expect(asked).toHaveValue('tes')
  tellWhoWorksHere()
  await expect(asked).toHaveValue('Tess Moran')
  await expect(wishes.getByRole('listitem')).toHaveText(/^Al Brightwater/)
  await keyboard.press('Control+Enter')
  await expect(wishes).toBeHidden()
  await expect(customers.reach).toContainText('Tess Moran')
})

test('two customers stand side by side, each worked on by the same keys', async ({ page }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  // Names repeat in the file, and the search would open another one of the same name.
  const all = await customersOf(page, 60)
  const first = all[0]
  const second = all.find(({ name }) => name !== first?.name)
  const open = async ({ id, name }: Row): Promise<void> => {
    await page.evaluate((customerId) => (location.hash = `#/customers/${customerId}`), id)
    await new Customers(page).expectCustomer(name)
  }
  if (!first || !second) throw new Error('Two customers are needed')
  const marked = ({ name }: Row) => page.getByRole('heading', { level: 1, name }).locator('xpath=ancestor::header/..').locator('li[aria-current]')
  await open(first)
  await page.keyboard.press('d')
  await expect(page.getByText(/stays open/)).toBeVisible()
  await open(second)
  await expect(page.getByRole('heading', { level: 1, name: first.name })).toBeVisible()
  await expectSound(page)
  await page.keyboard.press('j')
  await expect(marked(second)).toHaveCount(1)
  await expect(marked(first)).toHaveCount(0)
  await page.keyboard.press('d')
  await expect(page).toHaveURL(new RegExp(first.id))
  await page.keyboard.press('j')
  await expect(marked(first)).toHaveCount(1)
  await page.keyboard.press('n')
  await page.keyboard.type('Called about the neighbor.')
  await page.keyboard.press('Control+Enter')
  const [page1] = await askBeside(page, [{ method: 'customers.get', input: { customerId: first.id } }])
  expect(JSON.stringify(page1)).toContain('Called about the neighbor.')
  await expect(page.getByRole('heading', { level: 1, name: second.name })).toBeVisible()
  await page.keyboard.press('Shift+D')
  await expect(page.getByRole('heading', { level: 1, name: second.name })).toBeHidden()
})

test('a pasted address comes apart, the service area is said, and a double is taken with one key', async ({ page }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  await page.evaluate(() => (location.hash = '#/customers/new'))
  const { keyboard } = page
  const form = page.getByRole('form', { name: 'New customer' })
  await expect(form.getByRole('textbox', { name: 'First name' })).toBeFocused()
  await form.getByRole('textbox', { name: 'Street' }).focus()
  await paste(page, 'Ada Vance\n418 Juniper Bend\nUnit 3\nMillport, Illinois 60699\n(555) 014-2210')
  await expect(form.getByRole('textbox', { name: 'Street' })).toHaveValue('418 Juniper Bend')
  await expect(form.getByRole('textbox', { name: 'Unit' })).toHaveValue('Unit 3')
  await expect(form.getByRole('textbox', { name: 'City' })).toHaveValue('Millport')
  await expect(form.getByRole('textbox', { name: 'State' })).toHaveValue('IL')
  await expect(form.getByRole('textbox', { name: 'Access' })).toHaveValue('Ada Vance, (555) 014-2210')
  await expect(form).toContainText('Nobody has said whether 60699 is in the service area.')
  await expectSound(page)
  const { name } = await firstCustomer(page)
  await form.getByRole('textbox', { name: 'First name' }).focus()
  await keyboard.type(name.split(' ')[0] ?? '')
  await keyboard.press('Tab')
  await keyboard.type(name.split(' ').slice(1).join(' '))
  await expect(page.getByRole('complementary', { name: 'Recorded already' })).toContainText(name)
  await keyboard.press('Alt+u')
  await new Customers(page).expectCustomer(name)
})
