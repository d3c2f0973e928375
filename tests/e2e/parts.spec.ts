import { addDays, HOUR } from '../../src/shared/base/time.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import { newId } from '../../src/shared/base/id.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf, OFFICE_ZONE } from '../support/officeClock.ts'
import { WHOLE_HANDOFF } from '../support/wholeHandOff.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'
import { ask, bookedVisit } from './pages/visits.ts'

test.use({ prepare: { fill: importedCompany } })

test('a visit waits for parts, and coming again is closed out with its cause', async ({ page }, info) => {
  const { keyboard } = page
  await new FrontDoor(page).signIn('Dana', PEOPLE.dispatcher.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.dispatcher.name)
  const now = await clockOf(page)
  const day = wallTimeOf(now, OFFICE_ZONE).day
  const visit = await bookedVisit(page, day, { planned: true, window: 1 })

  await keyboard.press('Alt+Shift+B')
  const bar = page.locator(`[role=gridcell][data-visit="${visit.appointmentId}"]`)
  await bar.click()
  await keyboard.press('H')
  await page.getByRole('textbox', { name: 'What', exact: true }).fill('Blower motor')
  await keyboard.press('Control+Enter')
  await expect(page.getByText('Say from whom they come.')).toBeVisible()
  await page.getByRole('textbox', { name: /^From whom/ }).fill('Hale Supply')
  await page.getByLabel(/^Expected on/).fill(addDays(day, 3))
  await expectAccessible(page)
  await keyboard.press('Control+Enter')
  await expect(page.getByText(/Blower motor, from Hale Supply/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: /^Parts to come\s*1$/ })).toBeVisible()
  const { queues } = await ask<{ readonly queues: readonly { readonly id: string; readonly key: string }[] }>(page, 'queues.list', {})
  for (const key of ['parts-to-come', 'parts-updates']) {
    const queueId = queues.find((queue) => queue.key === key)?.id
    const { items } = await ask<{ readonly items: readonly unknown[] }>(page, 'queue.items', { of: { kind: 'queue', queueId } })
    expect(items).toHaveLength(1)
  }
  await info.attach('waits for parts', { body: await page.screenshot(), contentType: 'image/png' })

  for (const to of ['dispatched', 'working']) await ask(page, 'appointment.changeState', { appointmentId: visit.appointmentId, to })
  const restId = newId()
  await ask(page, 'appointment.split', { appointmentId: visit.appointmentId, restId, firstMinutes: 30 })
  await ask(page, 'appointment.changeState', { appointmentId: visit.appointmentId, to: 'done' })
  await ask(page, 'appointment.closeOut', { appointmentId: visit.appointmentId, notes: 'Diagnosed.' })
  await ask(page, 'appointment.assign', { appointmentId: restId, technicianId: visit.technicianId, startsAt: visit.windowStartsAt + HOUR, endsAt: visit.windowStartsAt + 1.5 * HOUR, overbookAccepted: true })
  for (const tick of WHOLE_HANDOFF) await ask(page, 'handoff.tick', { appointmentId: restId, ...tick })
  for (const to of ['dispatched', 'working', 'done']) await ask(page, 'appointment.changeState', { appointmentId: restId, to })
  const rest = page.locator(`[role=gridcell][data-visit="${restId}"]`)
  await expect(rest).toHaveAccessibleName(/, Done, /)
  await rest.click()
  await keyboard.press('C')
  await expect(page.getByText('Why somebody came again is not said yet')).toBeVisible()
  await page.getByRole('textbox', { name: /^What was done/ }).fill('New motor, tested.')
  await keyboard.press('Control+Enter')
  await expect(page.getByText('Choose why somebody had to come again.')).toBeVisible()
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await info.attach('why again', { body: await page.screenshot(), contentType: 'image/png' })
  await page.getByRole('textbox', { name: /^Work that was approved/ }).fill('Replace the duct')
  const again = page.getByRole('combobox', { name: /^We come again/ })
  await again.press('ArrowDown')
  await expect(page.getByRole('listbox', { name: 'We come again' }).getByRole('option').first()).toBeVisible()
  await again.press('Enter')
  await expect(again).toHaveValue(/./)
  await page.getByRole('combobox', { name: /^Why somebody had to come again/ }).fill('Part was not')
  await keyboard.press('Enter')
  await keyboard.press('Control+Enter')
  await expect(page.getByText(/is closed out/).first()).toBeVisible()
  const { unassigned } = await ask<{ readonly unassigned: readonly { readonly jobId: string }[] }>(page, 'board.day', { day })
  expect(unassigned.filter(({ jobId }) => jobId === visit.jobId)).toHaveLength(1)
})
