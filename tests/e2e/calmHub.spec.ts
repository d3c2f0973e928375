import { expect, test } from '../support/hubOffice.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { lookAround, passMinute, watchStillness, whatMoved } from '../support/stillness.ts'
import { Booking } from './pages/booking.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { HubSettings, HubStatus } from './pages/hub.ts'

test('the booking of a live call stands still while the hub is lost and found again', async ({ office }) => {
  test.setTimeout(240_000)
  const { page } = await office.workstation(importedCompany)
  await watchStillness(page)
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  const settings = new HubSettings(page)
  await settings.open()
  await settings.join.look(office.hub.firstCode)
  await settings.join.enrol('Front desk 1')
  await expect(settings.workstation('Front desk 1')).toBeVisible({ timeout: 60_000 })
  const status = new HubStatus(page)
  await status.expectLink('Online')

  const calls = new Calls(page)
  await calls.practice()
  await calls.answer()
  const booking = new Booking(page)
  await booking.expectFocus('jobType')
  await page.keyboard.type('fa\nDripping since Sun')
  await booking.expectFocus('summary')
  await expect(booking.side.getByRole('region', { name: 'Arrival windows' }).getByRole('listitem').first()).toBeVisible()
  await lookAround(page)
  await office.pullTheCable()
  await status.expectLink('Offline since')
  await passMinute(page)
  expect(await whatMoved(page)).toEqual([])
  await expect(page.getByText('Tentative').first()).toBeVisible()
  await office.plugIn()
  await status.expectLink('Online')
  await passMinute(page)
  expect(await whatMoved(page)).toEqual([])
})
