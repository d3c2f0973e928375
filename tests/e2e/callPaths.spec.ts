import type { Page } from '@playwright/test'
import { accessibilityFaults } from '../support/axe.ts'
import { layoutFaults } from '../support/layout.ts'
import { expect, test } from '../support/sampleOffice.ts'
import { CallPath } from './pages/callPath.ts'
import { Calls } from './pages/calls.ts'

// One office for all: the tests of this file follow each other on one page.
test.describe.configure({ mode: 'default' })

/** Lets a caller ring and answers; ends on the booking screen. */
async function answer(page: Page, caller: RegExp): Promise<CallPath> {
  const calls = new Calls(page)
  await calls.open()
  await calls.practiceAs(caller)
  await calls.answer()
  await expect(page.getByRole('heading', { level: 1, name: 'Booking' })).toBeVisible()
  return new CallPath(page)
}

/** Hangs up; nothing is asked, because the path has said how the call ended. */
async function hangUp(page: Page, log: RegExp): Promise<void> {
  const calls = new Calls(page)
  await page.keyboard.press('Shift+F8')
  await expect(calls.cell).toContainText('Ready')
  await calls.open()
  await expect(calls.list.getByRole('row').nth(1)).toContainText(log)
}

async function expectSound(page: Page): Promise<void> {
  expect.soft(await layoutFaults(page)).toEqual([])
  expect.soft(await accessibilityFaults(page, { fewRows: true })).toEqual([])
}

/** The promise that came of it, in its queue. */
async function expectPromise(page: Page, queue: string, title: RegExp): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Queues' }).click()
  await page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name: queue }).click()
  await expect(page.getByRole('main')).toContainText(title)
}

test('where is my technician is answered in one key, and dispatch owes the call that was promised', async ({ page }) => {
  const path = await answer(page, /today.s visit/)
  await page.keyboard.press('F3')
  await expect(path.heading('Where is my technician?')).toBeVisible()
  await expect(path.step('Answer')).toContainText(/\u201c.+[.?]\u201d/)
  await expectSound(page)
  await path.step('Call with the arrival time').getByRole('button', { name: 'Within 30 min' }).click()
  await path.finish(/Dispatch calls by/)
  await hangUp(page, /Excused.*Asked where the technician is|Asked where the technician is/)
})

test('a visit is moved, with the window in the button and the reason in the log', async ({ page }) => {
  const path = await answer(page, /today.s visit/)
  await path.choose('r', 'Reschedule')
  await expect(path.step('Which visit').getByRole('combobox', { name: 'Visit' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(path.field('New arrival window')).toBeFocused()
  await page.keyboard.type('tom')
  await expect(page.getByRole('option', { name: /Tomorrow/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(path.field('Why it moves')).toBeFocused()
  await page.keyboard.type('wo')
  await page.keyboard.press('Enter')
  await expectSound(page)
  await path.finish(/is moved to Tomorrow/)
  await hangUp(page, /Reschedule or cancel: Work or school/)
})

test('a complaint has a holder and a due time before the caller has hung up', async ({ page }) => {
  const path = await answer(page, /on file/)
  await path.choose('p', 'Complaint')
  await expect(path.field('What happened, in their words')).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Write down what happened, in their words.')).toBeVisible()
  await page.keyboard.type('Left muddy boots on the carpet and did not say sorry.')
  await expectSound(page)
  await path.finish(/complaint has a holder/)
  await hangUp(page, /Complaint/)
  await expectPromise(page, 'Complaints', /muddy boots/)
})

test('a billing question goes to receivables with the words in which it was asked', async ({ page }) => {
  const path = await answer(page, /on file/)
  await path.choose('b', 'Billing question')
  await expect(path.step('The account')).toContainText('Balance')
  await page.keyboard.type('Paid 120 by check on Friday')
  await expectSound(page)
  await path.finish(/Receivables calls/)
  await hangUp(page, /Billing question/)
})

test('a job is canceled with its reason after another time was offered', async ({ page }) => {
  const path = await answer(page, /today.s visit/)
  await path.choose('c', 'Cancel')
  await page.keyboard.press('Tab')
  await expect(path.field('Reason')).toBeFocused()
  await page.keyboard.type('fix')
  await page.keyboard.press('Enter')
  await expectSound(page)
  await path.finish(/Job \d+ is canceled/)
  await hangUp(page, /Reschedule or cancel: Fixed itself/)
})

test('an estimate without a visit is inside sales\u2019, and one with a visit goes on with the script', async ({ page }) => {
  const path = await answer(page, /on file/)
  await path.choose('q', 'Estimate')
  await page.keyboard.type('A smart thermostat, Ecobee or alike')
  await expectSound(page)
  await path.finish(/Inside sales sends/)
  await hangUp(page, /Wants an estimate/)
  // The caller was told that somebody goes through it with them the day after: somebody holds that too.
  await expectPromise(page, 'Tasks', /Go through the estimate with/)
  const second = await answer(page, /on file/)
  await second.choose('q', 'Estimate')
  await page.keyboard.type('New condenser')
  await page.getByRole('button', { name: 'A visit: book it with the script' }).click()
  await expect(page.getByLabel('Summary, in the customer\u2019s words')).toHaveValue('New condenser')
  await second.choose('f', 'Follow-up')
  await expect(second.step('What we owe')).toBeVisible()
  await page.keyboard.type('Very happy with Al.')
  await expectSound(page)
  await second.finish(/note is on the customer/)
  // The booking that was begun is still there.
  await expect(page.getByLabel('Summary, in the customer\u2019s words')).toHaveValue('New condenser')
  await page.keyboard.press('Shift+F8')
})

test('vendors, technicians, solicitors and wrong numbers leave a message, a block, or a reason', async ({ page }) => {
  const vendor = await answer(page, /new caller/)
  await vendor.choose('v', 'Vendor')
  await page.keyboard.type('Keystone Supply, Ann')
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.type('The blower motor is in.')
  await expectSound(page)
  await vendor.finish(/message has a holder/)
  await hangUp(page, /Keystone Supply, Ann/)

  const technician = await answer(page, /new caller/)
  await technician.choose('t', 'Technician calling in')
  await page.keyboard.type('sam')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.type('Needs a second pair of hands.')
  await expectSound(page)
  await technician.finish(/Dispatch has it/)
  await hangUp(page, /Sam/)

  const solicitor = await answer(page, /new caller/)
  await solicitor.choose('x', 'Solicitor')
  await expectSound(page)
  await solicitor.finish(/is blocked/)
  await hangUp(page, /Not a lead/)

  const wrong = await answer(page, /wrong number/)
  await wrong.choose('n', 'Wrong number')
  await wrong.finish(/wrong number/)
  await hangUp(page, /Wrong number/)
})
