import { newId } from '../../src/shared/base/id.ts'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'

const COMPANY = { name: 'Larkspur Heating & Air', zone: 'mount', owner: 'Ada Okonjo', pin: '4711' }

test('a company is set up by keyboard alone, and its owner stays signed in over a reload', { tag: '@electron' }, async ({ page }) => {
  const shell = new ShellFrame(page)
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await shell.expectPerson('Ada Okonjo')
  await expect(shell.status).toContainText('Larkspur Heating & Air')
  await expect(shell.status).toContainText('Online')
  await expect(shell.status).toContainText('Promises without a holder 0')
  await page.reload()
  await shell.expectPerson('Ada Okonjo')
})

test('what is missing is named at its field, the focus goes to the first gap, and nothing typed is lost', async ({ page }) => {
  const door = new FrontDoor(page)
  await door.expectWelcome()
  await page.keyboard.press('1')
  await page.getByLabel('Your name').fill('\u0645\u0631\u064a\u0645 O\u2019Hara \u{1F469}\u{1F3FD}\u200D\u{1F527}')
  await page.getByLabel('PIN', { exact: true }).fill('12')
  await page.getByLabel('PIN again').fill('13')
  await page.getByRole('button', { name: /Set up the company/ }).click()
  await expect(page.getByLabel('Company name')).toBeFocused()
  await expect(page.getByText('Type your company\u2019s name.')).toBeVisible()
  await expect(page.getByText('A PIN is four to eight digits.')).toBeVisible()
  await expect(page.getByText('The two PINs differ.')).toBeVisible()
  await expect(page.getByLabel('Your name')).toHaveValue('\u0645\u0631\u064a\u0645 O\u2019Hara \u{1F469}\u{1F3FD}\u200D\u{1F527}')
  await expectAccessible(page)
})

test('locking keeps what was typed beneath, takes no other PIN, and hides everything', async ({ page }) => {
  const door = new FrontDoor(page)
  const shell = new ShellFrame(page)
  await door.setUpByKeyboard(COMPANY)
  await page.keyboard.press('Control+k')
  await expect(shell.search).toBeFocused()
  await page.keyboard.type('half a na')
  await page.keyboard.press('Control+l')
  await expect(shell.lockCover).toBeVisible()
  await expect(page.locator('#root')).toHaveJSProperty('inert', true)
  await expectAccessible(page)

  await door.enterPin('0000')
  await expect(page.getByText(/PIN/).filter({ hasText: /not|wrong|differ|again/i }).first()).toBeVisible()
  await expect(shell.lockCover).toBeVisible()
  await expect(door.pin).toBeFocused()

  await door.unlock('4711')
  await expect(shell.lockCover).toBeHidden()
  await expect(shell.search).toHaveValue('half a na')
})

test('an open dialog is covered too, and is still there afterwards', async ({ page }) => {
  const door = new FrontDoor(page)
  await door.setUpByKeyboard(COMPANY)
  await page.keyboard.press('F2')
  await expect(page.getByRole('dialog', { name: 'Switch person' })).toBeVisible()
  await page.keyboard.press('Control+l')
  await expect(new ShellFrame(page).lockCover).toBeVisible()
  await expectAccessible(page)
  const cover = new FrontDoor(page, new ShellFrame(page).lockCover)
  await cover.unlock('4711')
  await expect(new ShellFrame(page).lockCover).toBeHidden()
  await expect(page.getByRole('dialog', { name: 'Switch person' })).toBeVisible()
})

test('a page that is reloaded while locked asks who is there', async ({ page }) => {
  const door = new FrontDoor(page)
  await door.setUpByKeyboard(COMPANY)
  await page.keyboard.press('Control+l')
  await expect(new ShellFrame(page).lockCover).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Sign in to Larkspur Heating & Air' })).toBeVisible()
  await door.signIn('ada', '4711')
  await new ShellFrame(page).expectPerson('Ada Okonjo')
})

test('F2 hands the page to another person by type-ahead and PIN', async ({ page }) => {
  const door = new FrontDoor(page)
  const shell = new ShellFrame(page)
  await door.setUpByKeyboard(COMPANY)
  const id = newId()
  await askBeside(page, [
    { method: 'user.add', input: { id, name: 'Dana Wray', roles: ['dispatcher'] } },
    { method: 'people.setPin', input: { userId: id, pin: '2580' } },
  ])
  await page.keyboard.press('F2')
  await expect(page.getByRole('dialog', { name: 'Switch person' })).toBeVisible()
  await door.signIn('dana', '2580')
  await shell.expectPerson('Dana Wray')
  await expect(page.getByRole('dialog')).toBeHidden()
})
