import type { Pop } from '../../../src/shared/contract/methods/calls.ts'
import { expect, sampleTest as test } from '../../support/callerOffice.ts'
import { Booking } from '../pages/booking.ts'
import { Drafts } from '../pages/drafts.ts'

// One office for all: the callers of this file follow each other at one desk.
test.describe.configure({ mode: 'default' })

test('shared number: nobody is guessed, and one key says which of them calls', async ({ desk, page }) => {
  const { calls, path } = desk
  const callId = await desk.ring('shared')
  await expect(calls.pop).toContainText(/\d customers have this number/)
  expect((await desk.ask<Pop>('calls.pop', { callId })).customerId).toBeNull()
  await desk.moment('shared-number')
  const second = (await calls.pop.getByRole('listitem').nth(1).locator('.b').textContent()) ?? ''
  await page.keyboard.press('Alt+2')
  await expect(calls.pop.getByRole('heading', { name: second })).toBeVisible()
  await expect(calls.cell).toContainText(second)
  await calls.answer()
  await expect(new Booking(page).field('customer')).toContainText('matched')
  await expect(new Booking(page).side).toContainText('same number')
  await desk.moment('shared-number-confirmed')
  const { candidates, customerId } = await desk.ask<Pop>('calls.pop', { callId })
  expect(candidates.find((candidate) => candidate.customerId === customerId)?.name).toBe(second)
  await path.choose('f', 'Follow-up')
  await page.keyboard.type('The spring tune-up is on her list; she calls again.')
  await path.finish(/note is on the customer/)
  await desk.expectRecord(callId, { customerId, name: second, kind: 'followUp', outcome: 'excused', followUp: 'none' })
  await desk.hangUp(new RegExp(second))
})

test('hang-up in the middle: what was typed stays, and the caller is owed a call back', async ({ desk, page }) => {
  const { calls } = desk
  const drafts = new Drafts(page)
  const callId = await desk.answer('known')
  const booking = new Booking(page)
  await expect(booking.field('customer')).toContainText('matched')
  await page.keyboard.press('F4')
  await expect(page.getByRole('menu', { name: 'What the call is about' })).toBeVisible()
  await page.keyboard.press('s')
  await expect(page.getByRole('menu', { name: 'What the call is about' })).toBeHidden()
  while (!(await drafts.problem.evaluate((field) => field === document.activeElement))) await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.type('No cooling upstairs since')
  // The line is dead; no key of ours.
  await desk.ask('phone.hangUp', { callId })
  await expect(calls.cell).toContainText(/Ended.*Say how/)
  await page.keyboard.type(' Sunday')
  await expect(drafts.problem).toHaveValue('No cooling upstairs since Sunday')
  await desk.moment('hang-up-in-the-middle')

  const { name, customerId } = await desk.record(callId)
  await calls.end()
  await calls.say('no time')
  await desk.expectRecord(callId, { kind: 'service', customerId, outcome: 'unbooked', outcomeByRule: false, followUp: 'owed', endedAt: expect.any(Number) })
  await desk.expectPromise(callId, { title: new RegExp(`Call ${name} back`), role: 'inboundCsr', holder: 'Rosa Quill', within: 60 })
  // Called back, the booking goes on where it broke off.
  await expect(drafts.problem).toHaveValue('No cooling upstairs since Sunday')
  await page.keyboard.press('Alt+Shift+r')
  await expect(page.getByRole('heading', { level: 1, name: 'Calls to return' })).toBeVisible()
  const lists = await page.getByRole('group', { name: 'Which calls' }).getByRole('button').allInnerTexts()
  await page.keyboard.press(String(lists.findIndex((list) => list.startsWith('Unbooked')) + 1))
  await expect(page.getByRole('main').getByRole('row').filter({ hasText: name })).toContainText('Rosa Quill')
  await desk.moment('hang-up-in-the-middle-owed')
  await desk.seeLog(/Unbooked/)
})
