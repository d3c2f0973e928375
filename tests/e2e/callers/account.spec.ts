import type { CustomerPage } from '../../../src/shared/contract/methods/customers.ts'
import { expect, sampleTest as test } from '../../support/callerOffice.ts'
import { Booking } from '../pages/booking.ts'

// One office for all: the callers of this file follow each other at one desk.
test.describe.configure({ mode: 'default' })

test('billing question: receivables owes an answer today, with the words in which it was asked', async ({ desk, page }) => {
  const { path } = desk
  const callId = await desk.answer('known')
  await path.choose('b', 'Billing question')
  await expect(path.step('The account')).toContainText('Balance')
  await expect(path.field('What they ask, with amounts and dates')).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Write down what they ask, so that nobody asks them again.')).toBeVisible()
  await page.keyboard.type('Paid 120 by check on Friday, and the letter says it is open.')
  await expect(page.getByText('Write down what they ask, so that nobody asks them again.')).toBeHidden()
  await desk.moment('billing-question')
  await path.finish(/Receivables calls by/)
  const { customerId, name } = await desk.expectRecord(callId, { kind: 'billing', outcome: 'excused', reason: 'Billing question: Paid 120 by check on Friday, and the letter says it is open.', followUp: 'none' })
  await desk.expectTask(
    callId,
    { type: 'verifyPayment', customerId, notes: 'Paid 120 by check on Friday, and the letter says it is open.' },
    { title: new RegExp(`Billing question of ${name}`), role: 'receivables', within: 'today' },
  )
  await desk.hangUp(/Billing question/)
  await desk.seeTask(`Billing question of ${name}`)
})

test('complaint: it has a holder and a due time before the caller has hung up', async ({ desk, page }) => {
  const { path } = desk
  const callId = await desk.answer('known')
  await path.choose('p', 'Complaint')
  await expect(path.field('What happened, in their words')).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Write down what happened, in their words.')).toBeVisible()
  await page.keyboard.type('Left muddy boots on the carpet and did not say sorry.')
  await desk.moment('complaint')
  await path.finish(/complaint has a holder/)
  const { customerId } = await desk.expectRecord(callId, { kind: 'complaint', outcome: 'excused', reason: 'Complaint: Left muddy boots on the carpet and did not say sorry.', followUp: 'none' })
  await desk.expectTask(callId, { type: 'complaint', priority: 'high', customerId }, { title: /muddy boots/, role: 'customerRelations', within: 24 * 60 })
  await desk.hangUp(/Complaint/)
  await desk.seeTask(/muddy boots/)
  await desk.moment('complaint-held')
})

test('angry customer: heard out, and the service manager owes a call within the hour', async ({ desk, page }) => {
  const { path } = desk
  const callId = await desk.answer('whereIsMyTechnician')
  await path.choose('p', 'Complaint')
  await expect(path.field('What happened, in their words')).toBeFocused()
  await expect(path.step('Listen')).toContainText(/I\u2019m sorry this happened.*Stay calm/s)
  await page.keyboard.type('Third visit, still broken. Wants her money back, and to speak with whoever runs this place!')
  await page.keyboard.press('Alt+ArrowDown')
  await expect(path.step('About which visit').getByRole('combobox', { name: 'Visit' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(path.step('What happens next').getByRole('checkbox')).toBeFocused()
  await page.keyboard.press('Space')
  await expect(path.step('What happens next')).toContainText('You get a call within the hour.')
  await desk.moment('angry-customer')
  await path.finish(/The service manager has it/)
  await desk.expectRecord(callId, { kind: 'complaint', outcome: 'excused', followUp: 'none' })
  const task = await desk.expectTask(callId, { type: 'complaint', priority: 'high', related: { kind: 'job' } }, { title: /Third visit, still broken/, role: 'serviceManager', within: 60 })
  expect(task.notes).toContain('whoever runs this place!')
  await desk.hangUp(/Complaint: Third visit/)
})

test('follow-up: what is owed is in sight, and what they said is kept with the customer', async ({ desk, page }) => {
  const { path } = desk
  const callId = await desk.answer('whereIsMyTechnician')
  await path.choose('f', 'Follow-up')
  // Whoever has a visit today is not told that nothing is open.
  await expect(path.step('What we owe')).toContainText(/I see (job \d+ with us|what we owe you)/)
  await expect(path.field('Kept as a note on the customer')).toBeFocused()
  await page.keyboard.type('Very happy with Al. Asks whether the filter came.')
  await desk.moment('follow-up')
  await path.finish(/note is on the customer/)
  const { customerId } = await desk.expectRecord(callId, { kind: 'followUp', outcome: 'excused', reason: 'Question about a booked visit', followUp: 'none' })
  const { notes } = await desk.ask<CustomerPage>('customers.get', { customerId })
  expect(notes).toContainEqual(expect.objectContaining({ body: 'Very happy with Al. Asks whether the filter came.' }))
  await expect(page.getByRole('region', { name: 'Notes', exact: true })).toContainText('Asks whether the filter came.')
  await desk.hangUp(/Question about a booked visit/)
})

test('estimate: without a visit inside sales sends it today; with one the script goes on, and nothing typed is lost', async ({ desk, page }) => {
  const { path } = desk
  const booking = new Booking(page)
  const callId = await desk.answer('known')
  await path.choose('q', 'Estimate')
  await expect(path.field('What they want, sizes, makes, wishes')).toBeFocused()
  await page.keyboard.type('A smart thermostat, Ecobee or alike')
  await desk.moment('estimate')
  await path.finish(/Inside sales sends/)
  const { customerId, name } = await desk.expectRecord(callId, { kind: 'estimate', outcome: 'excused', reason: 'Wants an estimate: A smart thermostat, Ecobee or alike', followUp: 'none' })
  await desk.expectTask(callId, { type: 'sendEstimate', customerId }, { title: new RegExp(`Estimate for ${name}: A smart thermostat`), role: 'insideSales', within: 'today' })
  await desk.hangUp(/Wants an estimate/)
  // The caller was told that somebody goes through it with them the day after: somebody holds that too.
  await desk.seeTask(`Go through the estimate with ${name}`)

  const second = await desk.answer('known')
  await path.choose('q', 'Estimate')
  await page.keyboard.type('New condenser')
  await page.keyboard.press('Alt+ArrowDown')
  await desk.press('A visit: book it with the script')
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue('New condenser')
  await path.choose('f', 'Follow-up')
  await page.keyboard.type('Asked about last week as well.')
  await path.finish(/note is on the customer/)
  // The booking that was begun is still there.
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue('New condenser')
  await desk.moment('estimate-with-a-visit')
  // The words of the estimate went into the booking, and not into the note as well.
  const { notes } = await desk.ask<CustomerPage>('customers.get', { customerId: (await desk.record(second)).customerId })
  expect(notes.map(({ body }) => body)).toContain('Asked about last week as well.')
  await page.keyboard.press('Shift+F8')
  await expect(desk.calls.cell).toContainText('Ready')
})

