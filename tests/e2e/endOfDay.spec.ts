import { newId } from '../../src/shared/base/id.ts'
import { addDays, HOUR } from '../../src/shared/base/time.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf, OFFICE_ZONE } from '../support/officeClock.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'
import { ask, bookedVisit } from './pages/visits.ts'

test.use({ prepare: { fill: importedCompany } })

test('the day ends at zero: issues go to tomorrow by one key, what is left is opened where it is worked', async ({ page }, info) => {
  const { keyboard } = page
  await new FrontDoor(page).signIn('Dana', PEOPLE.dispatcher.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.dispatcher.name)
  const now = await clockOf(page)
  const day = wallTimeOf(now, OFFICE_ZONE).day
  const today = await bookedVisit(page, day, { planned: true, window: 1 })
  const tomorrow = await bookedVisit(page, addDays(day, 1), { lastName: 'Natarajan', phone: '+15550148823' })
  const task = { type: 'other', callId: null, assigneeId: null, role: 'dispatcher', remindAt: null, priority: 'normal', related: null, notes: '', signOffWanted: false, steps: [] }
  for (const title of ['Order the filter', 'Ask Al for the photos']) await ask(page, 'task.create', { taskId: newId(), title, dueAt: now + HOUR, ...task })

  await keyboard.press('Alt+Shift+N')
  const table = page.getByRole('grid', { name: 'End of day' })
  await expect(page.getByText('4 left')).toBeVisible()
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await info.attach('end of day', { body: await page.screenshot(), contentType: 'image/png' })
  await keyboard.press('Shift+M')
  await expect(page.getByText('2 left')).toBeVisible()
  await expect(table).not.toContainText('Order the filter')

  await keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: /^Omar Castellan/ })).toBeVisible()
  for (const to of ['dispatched', 'working', 'done']) await ask(page, 'appointment.changeState', { appointmentId: today.appointmentId, to })
  await ask(page, 'appointment.closeOut', { appointmentId: today.appointmentId, notes: 'New washer, tested.' })
  await keyboard.press('Escape')
  await keyboard.press('Alt+Shift+N')
  await expect(page.getByText('1 left')).toBeVisible()
  await expect(table).toContainText('Omar Natarajan')
  await ask(page, 'appointment.assign', { appointmentId: tomorrow.appointmentId, technicianId: today.technicianId, startsAt: tomorrow.windowStartsAt, endsAt: tomorrow.windowStartsAt + HOUR, overbookAccepted: false })
  await expect(page.getByText('The day is over: nothing is left of it, and tomorrow has its technicians.')).toBeVisible()
})
