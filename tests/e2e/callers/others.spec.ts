import type { Pop } from '../../../src/shared/contract/methods/calls.ts'
import { expect, sampleTest as test } from '../../support/callerOffice.ts'

// One office for all: the callers of this file follow each other at one desk.
test.describe.configure({ mode: 'default' })

test('vendor: the message has a holder, and the number is known from then on', async ({ desk, page }) => {
  const { path } = desk
  const callId = await desk.answer('newCaller')
  await path.choose('v', 'Vendor')
  await expect(path.field('Name and company')).toBeFocused()
  await page.keyboard.type('Keystone Supply, Ann')
  await page.keyboard.press('Alt+ArrowDown')
  await expect(path.step('Message').getByRole('textbox')).toBeFocused()
  await page.keyboard.type('The blower motor is in.')
  await desk.moment('vendor')
  await path.finish(/message has a holder/)
  await desk.expectRecord(callId, { kind: 'vendor', outcome: 'notLead', reason: 'Vendor', callerName: 'Keystone Supply, Ann', customerId: null, followUp: 'none' })
  await desk.expectTask(callId, { type: 'vendor', notes: 'The blower motor is in.', related: null }, { title: /Keystone Supply, Ann: The blower motor is in\./, role: 'dispatchCoordinator', within: 'today' })
  expect(await desk.ask<Pop>('calls.pop', { callId })).toMatchObject({ known: { kind: 'vendor', name: 'Keystone Supply, Ann' } })
  await desk.hangUp(/Keystone Supply, Ann/)
})

test('technician calling in: dispatch owes an answer within a quarter of an hour, and knows the number next time', async ({ desk, page }) => {
  const { path } = desk
  const callId = await desk.answer('newCaller')
  await path.choose('t', 'Technician calling in')
  await expect(path.field('Technician')).toBeFocused()
  await page.keyboard.type('sam')
  await expect(page.getByRole('option', { name: /^Sam/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Alt+ArrowDown')
  await expect(path.field('Running late, parts, access, done early, an issue')).toBeFocused()
  await page.keyboard.type('Needs a second pair of hands.')
  await expect(path.step('Who')).toContainText('Hi Sam')
  await desk.moment('technician')
  await path.finish(/Dispatch has it/)
  await desk.expectRecord(callId, { kind: 'technician', outcome: 'notLead', reason: 'Technician calling in', callerName: expect.stringMatching(/^Sam/), followUp: 'none' })
  await desk.expectTask(callId, { priority: 'high', notes: 'Needs a second pair of hands.' }, { title: /^Sam.*Needs a second pair of hands\./, role: 'dispatcher', within: 15 })
  expect((await desk.ask<Pop>('calls.pop', { callId })).technician?.name).toMatch(/^Sam/)
  await desk.hangUp(/Sam/)
})

test('solicitor: thanked in one key, the number rings nobody any more, and nothing is owed', async ({ desk }) => {
  const { path } = desk
  const callId = await desk.answer('newCaller')
  await path.choose('x', 'Solicitor')
  await expect(path.step('End it kindly')).toContainText('Please take this number off your list.')
  await expect(path.step('End it kindly').getByRole('checkbox')).toBeChecked()
  await desk.moment('solicitor')
  await path.finish(/is blocked/)
  await desk.expectRecord(callId, { kind: 'solicitor', outcome: 'notLead', reason: 'Solicitor', customerId: null, followUp: 'none' })
  expect(await desk.ask<Pop>('calls.pop', { callId })).toMatchObject({ known: { kind: 'blocked' } })
  expect(await desk.promisesAbout(callId)).toEqual([])
  expect(await desk.tasksOfCall(callId)).toEqual([])
  await desk.hangUp(/Not a lead/)
})

test('wrong number: sent on kindly, with a reason in the log and nothing owed', async ({ desk }) => {
  const { path } = desk
  const callId = await desk.answer('wrongNumber')
  await path.choose('n', 'Wrong number')
  await expect(path.step('End it kindly')).toContainText('No harm done')
  await desk.moment('wrong-number')
  await path.finish(/wrong number/)
  await desk.expectRecord(callId, { kind: 'wrongNumber', outcome: 'notLead', reason: 'Wrong number', customerId: null, followUp: 'none' })
  expect(await desk.promisesAbout(callId)).toEqual([])
  expect(await desk.tasksOfCall(callId)).toEqual([])
  await desk.hangUp(/Wrong number/)
})
