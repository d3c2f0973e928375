import type { Page } from '@playwright/test'
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

/** One visit that is kept, one that runs into the evening, one that nobody has. */
async function threeVisits(page: Page): Promise<{ readonly late: string; readonly day: string }> {
  const day = wallTimeOf(await clockOf(page), OFFICE_ZONE).day
  await bookedVisit(page, day, { planned: true, window: 1, lastName: 'Castellan' })
  const late = await bookedVisit(page, day, { planned: true, window: 2, laterBy: 105, lasting: 300, lastName: 'Whitfield', phone: '+15550148822' })
  await bookedVisit(page, day, { window: 3, lastName: 'Natarajan', phone: '+15550148823' })
  return { late: late.appointmentId, day }
}

async function signIn(page: Page): Promise<void> {
  await new FrontDoor(page).signIn('Dana', PEOPLE.dispatcher.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.dispatcher.name)
}

test('the hour ends when its three lists are empty, by keyboard alone', async ({ page }, info) => {
  const { keyboard } = page
  await signIn(page)
  await threeVisits(page)
  await keyboard.press('Alt+Shift+V')
  const table = page.getByRole('grid', { name: 'Truth Comes Home Hour' })
  await expect(page.getByText(/begins at 2:00 PM/)).toBeVisible()
  await keyboard.press('b')
  await expect(page.getByText('1 kept, 1 at risk, 1 must move')).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('Truth hour 3')
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await info.attach('truth hour', { body: await page.screenshot(), contentType: 'image/png' })

  const panel = page.getByRole('complementary', { name: /in the hour$/ })
  await expect(panel).toContainText('Omar Natarajan')
  await expect(panel).toContainText('Nobody has it.')
  await keyboard.press('c')
  await expect(page.getByRole('combobox', { name: 'New arrival window' })).toBeFocused()
  await expect(page.getByRole('button', { name: /^Promise Tomorrow/ })).toBeVisible()
  await expectAccessible(page)
  await keyboard.press('Control+Enter')
  await expect(page.getByText(/Omar Natarajan is moved to Tomorrow/)).toBeVisible()

  await expect(panel).toContainText('Omar Whitfield')
  await keyboard.press('c')
  await expect(page.getByRole('textbox', { name: 'We will be there at' })).toBeFocused()
  await keyboard.press('Control+Enter')
  await expect(page.getByText('Write down what the customer said to the new time.')).toBeVisible()
  await keyboard.press('Tab')
  await keyboard.type('Fine, the neighbor lets us in')
  await expectAccessible(page)
  await keyboard.press('Control+Enter')
  await expect(page.getByText(/Omar Whitfield expects us at/)).toBeVisible()

  await expect(panel).toContainText('Omar Castellan')
  await keyboard.press('c')
  await expect(page.getByText('Every list is empty: the hour is over.')).toBeVisible()
  await expect(table.getByRole('row').filter({ hasText: 'Omar' })).toHaveCount(0)
  await expect(page.getByRole('contentinfo')).not.toContainText('Truth hour')
  await expectAccessible(page)
})

test('an alert that somebody has seen is quiet for everybody, and is gone with its cause', async ({ baton }, info) => {
  const { page } = baton
  const { keyboard } = page
  await signIn(page)
  const { late, day } = await threeVisits(page)
  await expect(page.getByRole('contentinfo')).toContainText(/alert/)
  await keyboard.press('Alt+Shift+A')
  const table = page.getByRole('grid', { name: 'Alerts' })
  await expect(table).toContainText('Whitfield')
  const row = table.getByRole('row').filter({ hasText: 'Omar Whitfield' })
  await expect(row).toContainText('after the shift')
  await expect(page.getByText('1 to act on, 0 seen')).toBeVisible()
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await info.attach('alerts', { body: await page.screenshot(), contentType: 'image/png' })

  await keyboard.press('s')
  await expect(page.getByRole('combobox', { name: 'What I do' })).toBeFocused()
  await expectAccessible(page)
  await keyboard.press('Control+Enter')
  await expect(page.getByText('0 to act on, 1 seen')).toBeVisible()
  await expect(row).toContainText(`Seen by ${PEOPLE.dispatcher.name}`)
  await expect(row).toContainText('Calling the customer')
  await expect(page.getByRole('contentinfo')).not.toContainText('1 alert')

  // The owner sees that somebody is at it.
  const other = await baton.openAnotherPage()
  await new FrontDoor(other).signIn('Sean', PEOPLE.owner.pin)
  await new ShellFrame(other).expectPerson(PEOPLE.owner.name)
  await other.keyboard.press('Alt+Shift+A')
  await expect(other.getByRole('grid', { name: 'Alerts' })).toContainText(`Seen by ${PEOPLE.dispatcher.name}`)

  // Another plan, and the cause is gone on every screen; nobody stands on another alert for it.
  interface ShownDay {
    readonly planned: readonly { readonly id: string; readonly technicianId: string; readonly windowStartsAt: number }[]
    readonly groups: readonly { readonly technicians: readonly { readonly id: string; readonly shifts: readonly { readonly endsAt: number }[] }[] }[]
  }
  const { planned, groups } = await ask<ShownDay>(page, 'board.day', { day })
  const technician = groups.flatMap(({ technicians }) => technicians).find(({ id }) => planned.some((visit) => visit.id === late && visit.technicianId === id))
  const next = await bookedVisit(page, day, { window: 3, lastName: 'Brightwater', phone: '+15550148824' })
  const lastMinutes = next.windowEndsAt - 300_000
  await ask(page, 'appointment.assign', { appointmentId: next.appointmentId, technicianId: technician?.id, startsAt: lastMinutes, endsAt: (technician?.shifts[0]?.endsAt ?? 0) + 3_600_000, overbookAccepted: true })
  for (const shown of [page, other]) await expect(shown.getByRole('grid', { name: 'Alerts' })).toContainText('Brightwater')
  const halfAnHour = (appointmentId: string, startsAt: number): Promise<unknown> => ask(page, 'appointment.assign', { appointmentId, technicianId: technician?.id, startsAt, endsAt: startsAt + 1_800_000, overbookAccepted: false })
  await halfAnHour(late, planned.find(({ id }) => id === late)?.windowStartsAt ?? 0)
  for (const shown of [page, other]) await expect(shown.getByRole('complementary', { name: 'No longer in this list' })).toContainText('Omar Whitfield is no longer in this list.')
  await expect(page.getByRole('row', { selected: true })).toHaveCount(0)
  await keyboard.press('s')
  await expect(page.getByRole('form', { name: 'Seen' })).toBeHidden()
  await keyboard.press('j')
  await expect(page.getByRole('complementary', { name: 'Alert about Omar Brightwater' })).toBeVisible()
  await halfAnHour(next.appointmentId, lastMinutes)
  for (const shown of [page, other]) await expect(shown.getByText('Every visit of today is on its way to be kept.')).toBeVisible()
})
