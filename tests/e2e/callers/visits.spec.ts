import { addDays } from '../../../src/shared/base/time.ts'
import { wallTimeOf } from '../../../src/shared/base/zone.ts'
import type { CallVisit } from '../../../src/shared/contract/methods/calls.ts'
import { expect, sampleTest as test } from '../../support/callerOffice.ts'
import { clockOf, OFFICE_ZONE } from '../../support/officeClock.ts'
import type { CallerDesk } from '../pages/callerDesk.ts'

// One office for all: the callers of this file follow each other at one desk.
test.describe.configure({ mode: 'default' })

async function visitsOf(desk: CallerDesk, customerId: string | null): Promise<readonly CallVisit[]> {
  return (await desk.ask<{ readonly visits: readonly CallVisit[] }>('calls.visits', { customerId })).visits
}

test('where is my technician: told in one key, and dispatch owes the call that was promised', async ({ desk, page }) => {
  const { path } = desk
  const callId = await desk.answer('whereIsMyTechnician')
  await page.keyboard.press('F3')
  await expect(path.heading('Where is my technician?')).toBeVisible()
  await expect(path.step('Answer')).toContainText(/\u201c.+[.?]\u201d/)
  await page.keyboard.press('Alt+ArrowDown')
  await desk.press('Within 30 min')
  await expect(path.step('Call with the arrival time')).toContainText(/you get a call by/)
  await desk.moment('where-is-my-technician')
  const { customerId, name } = await desk.record(callId)
  const [visit] = await visitsOf(desk, customerId)
  await path.finish(/Dispatch calls by/)
  await desk.expectRecord(callId, { kind: 'whereIsTechnician', outcome: 'excused', outcomeByRule: false, reason: 'Asked where the technician is', followUp: 'none', customerId })
  await desk.expectTask(callId, { type: 'etaCall', priority: 'high', related: { kind: 'job', id: visit?.jobId } }, { title: new RegExp(`Call ${name} with the arrival time`), role: 'dispatcher', within: 30 })
  await desk.hangUp(/Asked where the technician is/)
  await desk.seeTask(`Call ${name} with the arrival time`)
  await desk.moment('where-is-my-technician-owed')
})

test('reschedule: the visit has the new window, and the reason is in the log', async ({ desk, page }) => {
  const { path } = desk
  const callId = await desk.answer('whereIsMyTechnician')
  await path.choose('r', 'Reschedule')
  await expect(path.step('Which visit').getByRole('combobox', { name: 'Visit' })).toBeFocused()
  const { customerId } = await desk.record(callId)
  const before = (await visitsOf(desk, customerId)).find(({ state }) => state !== 'working' && state !== 'done')
  await page.keyboard.press('Tab')
  await expect(path.field('New arrival window')).toBeFocused()
  await page.keyboard.type('tom')
  const tomorrows = page.getByRole('option', { name: /Tomorrow/ })
  await expect(tomorrows.first()).toBeVisible()
  // Of who calls it depends which windows are full; a full one would ask why it is promised.
  const said = await tomorrows.allTextContents()
  for (let down = 0; down < said.findIndex((text) => / free/.test(text)); down++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(path.field('Why it moves')).toBeFocused()
  await page.keyboard.type('wo')
  await page.keyboard.press('Enter')
  await expect(path.step('New window')).toContainText(/I have tomorrow/)
  await desk.moment('reschedule')
  await path.finish(/is moved to Tomorrow/)
  await desk.expectRecord(callId, { kind: 'reschedule', outcome: 'excused', reason: 'Reschedule or cancel: Work or school', followUp: 'none' })
  const tomorrow = addDays(wallTimeOf(await clockOf(page), OFFICE_ZONE).day, 1)
  const after = (await visitsOf(desk, customerId)).find(({ appointmentId }) => appointmentId === before?.appointmentId)
  expect(after).toMatchObject({ windowDay: tomorrow, jobId: before?.jobId, state: 'scheduled' })
  // The technician\u2019s day is another one now: somebody owes the visit a technician.
  await desk.expectPromise(before?.appointmentId ?? '', { title: /Assign a technician/, role: 'dispatcher', within: 24 * 60 })
  await desk.hangUp(/Reschedule or cancel: Work or school/)
})

test('cancel: the job is off with its reason after another time was offered, and somebody asks again in a week', async ({ desk, page }) => {
  const { path } = desk
  const callId = await desk.answer('whereIsMyTechnician')
  await path.choose('c', 'Cancel')
  await expect(path.step('Which job')).toContainText('May I offer you another time instead?')
  const { customerId, name } = await desk.record(callId)
  const visit = (await visitsOf(desk, customerId)).find(({ state }) => state !== 'done')
  await page.keyboard.press('Tab')
  await expect(path.field('Reason')).toBeFocused()
  await page.keyboard.type('fix')
  await page.keyboard.press('Enter')
  await expect(path.field('In their words')).toBeFocused()
  await page.keyboard.type('It cools again since this morning.')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(path.step('Why').getByRole('checkbox')).toBeChecked()
  await desk.moment('cancel')
  await path.finish(/Job \d+ is canceled/)
  await desk.expectRecord(callId, { kind: 'cancel', outcome: 'excused', reason: 'Reschedule or cancel: Fixed itself', followUp: 'none' })
  expect(await desk.ask('jobs.get', { jobId: visit?.jobId })).toMatchObject({ state: 'canceled', cancelReason: 'Fixed itself: It cools again since this morning.' })
  expect((await visitsOf(desk, customerId)).map(({ appointmentId }) => appointmentId)).not.toContain(visit?.appointmentId)
  await desk.expectTask(callId, { type: 'followUp', customerId }, { title: new RegExp(`Ask ${name} whether it is wanted again`), role: 'customerRelations', within: 7 * 24 * 60 })
  await desk.hangUp(/Reschedule or cancel: Fixed itself/)
})
