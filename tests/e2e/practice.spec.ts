import type { Page } from '@playwright/test'
import { askBeside } from '../support/askBeside.ts'
import { accessibilityFaults } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { Booking } from './pages/booking.ts'
import { CallPath } from './pages/callPath.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { Practice } from './pages/practice.ts'
import { ShellFrame } from './pages/shell.ts'

test.use({ prepare: { fill: importedCompany } })

async function signIn(page: Page, { name, pin }: { readonly name: string; readonly pin: string }): Promise<void> {
  await new FrontDoor(page).signIn(name.slice(0, 4), pin)
  await new ShellFrame(page).expectPerson(name)
}

async function expectSound(page: Page): Promise<void> {
  expect.soft(await layoutFaults(page)).toEqual([])
  expect.soft(await accessibilityFaults(page, { fewRows: true })).toEqual([])
}

/** For people to look at, in both sizes and appearances, where PICTURES names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES']
  if (folder === undefined) return
  const size = page.viewportSize()
  for (const [width, height] of [[1440, 900], [2560, 1440]] as const) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` })
      if (width === 1440 && colorScheme === 'dark') expect.soft(await accessibilityFaults(page, { fewRows: true, contrastOnly: true })).toEqual([])
    }
  }
  if (size) await page.setViewportSize(size)
}

/** What the office has, apart from the score: none of it may come from an exercise. */
async function officeRecords(page: Page): Promise<unknown> {
  const [customers, calls] = await askBeside(page, [
    { method: 'customers.list', input: { limit: 50, order: 'recent' } },
    { method: 'calls.current', input: {} },
  ])
  return { customers, calls }
}

test('a new hire books a practice caller without a fault, and the company knows nothing but the score', async ({ page }) => {
  await signIn(page, PEOPLE.csr)
  const before = await officeRecords(page)
  const practice = new Practice(page)
  await practice.open()
  await expect(practice.callers.getByRole('row')).toHaveCount(11)
  await expectSound(page)
  await picture(page, 'practice-callers')
  await practice.start('A known customer on a shared number')
  await page.keyboard.press('F8')
  const booking = new Booking(page)
  await booking.expectFocus('customer')
  await practice.expectCaller('Our kitchen faucet drips')
  await practice.say('greet', 'Thank you for calling, this is Rosa. How can I help you today?')
  await practice.say('listen', 'I\u2019m sorry to hear that. Let\u2019s get you on the schedule.')
  await practice.say('reach', 'May I have your name and the best number to reach you at?')
  await practice.expectCaller('It\u2019s June Haines.')
  await booking.expectFocus('customer')
  await page.keyboard.type('June')
  await expect(page.getByRole('option', { name: /June Haines/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await booking.expectFocus('location')
  await practice.say('place', 'What is the address where the work is? How do we get in?')
  await page.keyboard.press('Alt+ArrowDown')
  await booking.expectFocus('jobType')
  await practice.say('problem', 'What is it doing, and when did it start?')
  await booking.expectFocus('jobType')
  await page.keyboard.type('fa')
  await page.keyboard.press('Enter')
  await booking.expectFocus('summary')
  await page.keyboard.type('The kitchen faucet drips from the spout since Sunday.')
  await expectSound(page)
  await picture(page, 'practice-room')
  await page.keyboard.press('Enter')
  await booking.expectFocus('priority')
  await page.keyboard.type('nor')
  await page.keyboard.press('Enter')
  await booking.expectFocus('lines')
  await page.keyboard.press('Enter')
  await practice.say('expect', 'Our technician tells you the price before any work starts. I have a window for you.')
  await booking.expectFocus('window')
  await expect(booking.side.getByRole('region', { name: 'Arrival windows' }).getByRole('listitem')).toHaveCount(3)
  await page.keyboard.press('1')
  await booking.expectFocus('payment')
  await page.keyboard.type('check')
  await page.keyboard.press('Enter')
  await booking.expectFocus('notes')
  await page.keyboard.press('Enter')
  await practice.say('readBack', 'Let me read that back: June Haines, 555 014 7702, at 77 Millrace Lane.')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await practice.say('close', 'Is there anything else? Thank you for calling.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/^Job \S+ booked for June Haines/)).toBeVisible()
  await page.keyboard.press('Shift+F8')
  await expect(practice.log).toContainText('The call is over.')
  await practice.score()
  await practice.expectPoints({ total: 100, fields: 45, order: 20, words: 25, time: 10 })
  await expect(practice.result.getByText('Missing')).toHaveCount(0)
  await expectSound(page)
  await picture(page, 'practice-perfect')
  expect(await officeRecords(page)).toEqual(before)
  await page.keyboard.press('o')
  await expect(practice.callers.getByRole('row', { selected: true })).toContainText('100')
})

test('a wrong word, a missed field and a wrong order are told with the better wording, and the manager sees it', async ({ page }) => {
  await signIn(page, PEOPLE.csr)
  const practice = new Practice(page)
  await practice.open()
  await practice.start('Cancel my appointment')
  await page.keyboard.press('F8')
  await new Booking(page).expectFocus('jobType')
  await practice.expectCaller('I have to cancel my appointment tomorrow.')
  await practice.say('greet', 'Thank you for calling, this is Rosa.')
  await practice.say('listen', 'We can\u2019t do that so late.')
  await practice.say('problem', 'Which appointment is it?')
  await practice.say('reach', 'May I have your name?')
  const path = new CallPath(page)
  await path.choose('c', 'Cancel')
  await expect(path.step('Which job')).toContainText('heating tune-up')
  await practice.say('expect', 'May I offer you another time instead?')
  await path.field('Reason').focus()
  await page.keyboard.type('cust')
  await page.keyboard.press('Enter')
  await expectSound(page)
  await path.finish(/is canceled/)
  await practice.say('close', 'Thank you for calling.')
  await page.keyboard.press('Shift+F8')
  await expect(new Calls(page).cell).toContainText('Ready')
  await practice.score()
  await practice.expectPoints({ total: 84, fields: 38, order: 16, words: 20, time: 10 })
  await expect(practice.point('Fields', 'Handed on')).toContainText('A call in a week, to ask whether it is wanted again')
  await expect(practice.point('Order', 'Wrong')).toHaveCount(1)
  await expect(practice.point('Words', 'What we can\u2019t do')).toContainText('What I can do is')
  await expectSound(page)
  await picture(page, 'practice-faults')

  await page.keyboard.press('F2')
  await new FrontDoor(page, page.getByRole('dialog')).signIn(PEOPLE.owner.name.slice(0, 4), PEOPLE.owner.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.owner.name)
  await practice.open()
  await page.keyboard.press(']')
  const everybody = page.getByRole('grid', { name: 'What everybody scored' })
  await expect(everybody.getByRole('row').nth(1)).toContainText('84')
  await expect(everybody.getByRole('row').nth(1)).toContainText(PEOPLE.csr.name)
  await expectSound(page)
  await picture(page, 'practice-everybody')
  await page.keyboard.press('Enter')
  await expect(practice.result).toContainText(PEOPLE.csr.name)
})

test('an exercise outlives a reload, and two keys leave it without a score', async ({ page }) => {
  await signIn(page, PEOPLE.csr)
  const practice = new Practice(page)
  await practice.open()
  await practice.start('The line goes dead')
  await page.keyboard.press('F8')
  await new Booking(page).expectFocus('customer')
  await practice.expectCaller('water coming through my kitchen ceiling')
  await practice.say('greet', 'Thank you for calling.')
  await page.reload()
  await new Booking(page).expectFocus('customer')
  await practice.expectCaller('You, greet: Thank you for calling.')
  await page.keyboard.press('Alt+j')
  await practice.expectCaller('Right. Right, thanks.')
  await practice.say('problem', 'What is it doing?')
  await expect(practice.log).toContainText('The call is over.')
  await page.keyboard.press('Alt+Shift+p')
  await expect(practice.dock).toContainText('Leave without a score?')
  await page.keyboard.press('Alt+Shift+p')
  await expect(practice.callers).toBeVisible()
  await expect(practice.band).toBeHidden()
  await expect(practice.callers.getByRole('row').filter({ hasText: 'The line goes dead' })).toContainText('\u2013')
})
