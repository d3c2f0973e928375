import { newId } from '../../src/shared/base/id.ts'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { LateAnswers } from '../support/lateAnswers.ts'
import { layoutFaults } from '../support/layout.ts'
import { CallPath } from './pages/callPath.ts'
import { Calls } from './pages/calls.ts'
import { Drafts } from './pages/drafts.ts'
import { FrontDoor } from './pages/frontDoor.ts'

const COMPANY = { name: 'Larkspur Heating & Air', zone: 'pac', owner: 'Ada Okonjo', pin: '4711' }

/** A colleague who answers the telephone too. */
async function addKim(page: Parameters<typeof askBeside>[0]): Promise<void> {
  const kim = newId()
  await askBeside(page, [
    { method: 'user.add', input: { id: kim, name: 'Kim Ode', roles: ['inboundCsr'] } },
    { method: 'people.setPin', input: { userId: kim, pin: '5822' } },
  ])
}

test('two calls are booked beside each other, and one key goes from draft to draft', async ({ page }) => {
  const [calls, drafts] = [new Calls(page), new Drafts(page)]
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await calls.practice()
  await calls.answer()
  await drafts.problem.focus()
  await page.keyboard.type('No cooling upstairs')
  await calls.practice()
  const before = await drafts.strip.boundingBox()
  await calls.answer()
  await expect(drafts.strip.getByRole('button')).toHaveCount(2)
  expect(await drafts.strip.boundingBox()).toEqual(before)
  await expect(drafts.strip.getByRole('button').first()).toContainText(/held 0:0\d/)
  await drafts.problem.focus()
  await page.keyboard.type('Water heater leaks')
  await drafts.next()
  await expect(drafts.problem).toHaveValue('No cooling upstairs')
  // Looking at a draft holds nobody; taking the caller back does both.
  await expect(drafts.strip.getByRole('button').first()).toContainText(/held/)
  await drafts.next()
  await expect(drafts.problem).toHaveValue('Water heater leaks')
  await page.keyboard.press('F7')
  await expect(drafts.problem).toHaveValue('No cooling upstairs')
  await expect(drafts.strip.getByRole('button').last()).toContainText(/held/)
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
})

test('a draft that is given up leaves the cursor in the next one', async ({ page }) => {
  const [calls, drafts] = [new Calls(page), new Drafts(page)]
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  for (const words of ['No cooling upstairs', 'Water heater leaks']) {
    await calls.practice()
    await calls.answer()
    await drafts.problem.focus()
    await page.keyboard.type(words)
  }
  await page.keyboard.press('Alt+x')
  await expect(page.getByRole('dialog', { name: 'Give this draft up?' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(drafts.problem).toHaveValue('No cooling upstairs')
  await expect(page.getByRole('form', { name: 'Booking' }).locator(':focus')).toBeVisible()
})

test('what is answered about one caller leaves a person with the next one, and tells them where it was refused', async ({ page }) => {
  const [calls, drafts, path, late] = [new Calls(page), new Drafts(page), new CallPath(page), new LateAnswers()]
  await late.of(page, 'call.conclude')
  await page.reload()
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await calls.practice()
  await calls.answer()
  await expect(drafts.problem).toBeVisible()
  await path.choose('n', 'Wrong number')
  const first = page.url()
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => late.waiting).toBe(1)
  await calls.practice()
  await calls.answer()
  await expect(page).not.toHaveURL(first)
  await expect(drafts.problem).toBeVisible()
  const second = page.url()
  late.refuse('The log is closed.')
  await expect(page.getByRole('status').filter({ hasText: /^The call of .* is not finished: The log is closed\./ })).toBeVisible()
  await expect(page).toHaveURL(second)

  await drafts.next()
  await expect(page).toHaveURL(first)
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => late.waiting).toBe(1)
  await drafts.next()
  await expect(page).toHaveURL(second)
  late.release()
  await expect(page.getByRole('status').filter({ hasText: /wrong number/i })).toBeVisible()
  await expect(drafts.strip.getByRole('button')).toHaveCount(1)
  await expect(page).toHaveURL(second)
})

test('not a letter is lost where Baton falls in the very moment of the last one', async ({ page, baton }) => {
  const [calls, drafts] = [new Calls(page), new Drafts(page)]
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await calls.practice()
  await calls.answer()
  await drafts.problem.focus()
  await page.keyboard.type('No cooling upstairs since Sunday')
  const { hash } = new URL(page.url())
  await baton.crashAndRestart()
  await new FrontDoor(page).signIn('ada', COMPANY.pin)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.evaluate((to) => (location.hash = to), hash)
  await expect(drafts.problem).toHaveValue('No cooling upstairs since Sunday')
  // What Baton had not heard of before it fell reaches its own store now.
  await drafts.expectKept('No cooling upstairs since Sunday')
})

test('what Baton has kept outlives the page\u2019s whole storage, and a colleague goes on with it at the same desk', async ({ page, baton }) => {
  const [calls, drafts] = [new Calls(page), new Drafts(page)]
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await addKim(page)
  await calls.practice()
  await calls.answer()
  await drafts.problem.focus()
  await page.keyboard.type('No cooling upstairs since Sunday')
  await drafts.expectKept('No cooling upstairs since Sunday')
  const { hash } = new URL(page.url())
  await page.evaluate(() => {
    localStorage.clear()
    sessionStorage.clear()
  })
  await page.reload()
  await new FrontDoor(page).signIn('ada', COMPANY.pin)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.evaluate((to) => (location.hash = to), hash)
  await expect(drafts.problem).toHaveValue('No cooling upstairs since Sunday')

  // A profile that never was here before.
  const kims = await baton.openAnotherPage()
  await new FrontDoor(kims).signIn('kim', '5822')
  const atKims = new Drafts(kims)
  await expect(kims.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await kims.keyboard.press('Shift+F7')
  await expect(atKims.problem).toHaveValue('No cooling upstairs since Sunday')
  await expect(atKims.current).toContainText('Ada Okonjo')
})

test('a draft goes to a colleague with everything typed, and comes back where nobody took it', async ({ page, baton }) => {
  const [calls, drafts] = [new Calls(page), new Drafts(page)]
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await addKim(page)
  await calls.practice()
  await calls.answer()
  await drafts.problem.focus()
  await page.keyboard.type('No cooling upstairs')
  await drafts.handTo('kim', 'She speaks Spanish.', 'is kept')
  await expect(page.getByRole('status').filter({ hasText: 'Handed to Kim Ode' })).toBeVisible()

  await page.keyboard.press('Alt+p')
  await expect(drafts.problem).toHaveValue('No cooling upstairs')
  await drafts.handTo('kim', 'She speaks Spanish.', 'is kept')

  const kims = await baton.openAnotherPage()
  await new FrontDoor(kims).signIn('kim', '5822')
  await expect(kims.getByRole('main')).toContainText('Go on with')
  await kims.keyboard.press('Alt+p')
  const atKims = new Drafts(kims)
  await expect(atKims.problem).toHaveValue('No cooling upstairs')
  await expect(kims.getByRole('status').filter({ hasText: 'where Ada Okonjo stopped' })).toBeVisible()
  await expectAccessible(kims)
  // Taken is taken.
  await page.keyboard.press('Alt+p')
  await expect(page.getByRole('status').filter({ hasText: 'Nothing was handed to you' })).toBeVisible()
})
