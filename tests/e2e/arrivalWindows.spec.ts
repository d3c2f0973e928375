import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import type { WindowProposal } from '../../src/shared/contract/methods/dispatch.ts'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { clockOf, OFFICE_ZONE } from '../support/officeClock.ts'
import { Booking } from './pages/booking.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { CountingKeyboard } from './pages/keyboard.ts'
import { Search } from './pages/search.ts'

test.use({ prepare: { fill: importedCompany } })

async function askOne<T>(page: Page, method: string, input: unknown = {}): Promise<T> {
  const [answer] = await askBeside(page, [{ method, input }])
  return answer as T
}

interface JobType {
  readonly id: string
  readonly name: string
  readonly businessUnitId: string
  readonly defaultPriorityId: string
  readonly defaultItem: { readonly id: string } | null
}

interface Place {
  readonly customerId: string
  readonly locationId: string
}

/** Other desks book the window until nobody is free in it. */
async function fillUp(page: Page, jobType: JobType, place: Place, best: WindowProposal): Promise<void> {
  const { day, start, end, startsAt, endsAt, zone } = best
  for (let booked = 0; booked < 40; booked++) {
    const { windows } = await askOne<{ windows: readonly WindowProposal[] }>(page, 'dispatch.windows', { jobTypeId: jobType.id, fromDay: day, days: 1, locationId: place.locationId })
    if (windows.find((each) => each.start === start)?.available !== true) return
    await askOne(page, 'job.book', {
      jobId: newId(),
      ...place,
      businessUnitId: jobType.businessUnitId,
      jobTypeId: jobType.id,
      priorityId: jobType.defaultPriorityId,
      summary: 'The kitchen faucet drips.',
      notes: '',
      plannedPayment: 'check',
      lines: [{ id: newId(), priceItemId: jobType.defaultItem?.id ?? null, kind: 'service', description: 'Faucet repair', quantity: 1000 }],
      appointment: { id: newId(), windowDay: day, windowStart: start, windowEnd: end, zone, windowStartsAt: startsAt, windowEndsAt: endsAt, durationMinutes: 240 },
      callId: null,
      readBack: true,
      confirmation: true,
    })
  }
  throw new Error('The window does not fill up')
}

/** Nobody has to choose where: the booking begins at the job type. */
async function customerOfOnePlace(page: Page): Promise<{ readonly customerId: string; readonly locations: readonly { readonly id: string }[] }> {
  const { rows } = await askOne<{ rows: readonly { id: string }[] }>(page, 'customers.list', { limit: 50 })
  for (const { id: customerId } of rows) {
    const { locations } = await askOne<{ locations: readonly { id: string }[] }>(page, 'customers.get', { customerId })
    if (locations.length === 1) return { customerId, locations }
  }
  throw new Error('Every customer has several places')
}

test('windows say who comes and why; one that is taken meanwhile stays where it was, and is promised all the same only with a reason', async ({ page }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  const booking = new Booking(page)
  const keyboard = new CountingKeyboard(page)
  const { customerId, locations } = await customerOfOnePlace(page)
  const { jobTypes } = await askOne<{ jobTypes: readonly JobType[] }>(page, 'booking.form')
  const faucet = jobTypes.find(({ name }) => name === 'Faucet')
  if (!faucet) throw new Error('The office repairs no faucets')

  await page.evaluate((id) => (location.hash = `#/booking?customer=${id}`), customerId)
  await booking.expectFocus('jobType')
  await page.keyboard.type('fa\n')
  await booking.expectFocus('summary')
  await keyboard.freeText('Dripping since Sunday.')
  await keyboard.press('Alt+ArrowDown', 'Alt+ArrowDown')
  await booking.expectFocus('window')
  const offered = booking.side.getByRole('region', { name: 'Arrival windows' }).getByRole('listitem')
  await expect(offered).toHaveCount(3)
  await expect(offered.first()).toContainText(/other visit/)
  const fromDay = wallTimeOf(await clockOf(page), OFFICE_ZONE).day
  const place = { customerId, locationId: locations[0]?.id ?? '' }
  const { windows } = await askOne<{ windows: readonly WindowProposal[] }>(page, 'dispatch.windows', { jobTypeId: faucet.id, fromDay, days: 10, locationId: place.locationId })
  const best = windows[0]
  const first = best?.technicians[0]
  if (!best || !first) throw new Error('The office has no window')

  // Whom they do not want again is offered no more from the moment in which somebody writes it down.
  await expect(offered.first()).toContainText(first.name)
  await askOne(page, 'customer.change', { customerId, set: { notWantedIds: [first.id] } })
  await expect(offered.filter({ hasText: first.name })).toHaveCount(0)
  await expect(offered).toHaveCount(3)
  await askOne(page, 'customer.change', { customerId, set: { notWantedIds: null } })
  await expect(offered.first()).toContainText(first.name)

  const labels = await offered.locator('.m.el').allInnerTexts()
  await fillUp(page, faucet, place, best)
  await expect(offered.first()).toContainText('Just taken')
  expect(await offered.locator('.m.el').allInnerTexts()).toEqual(labels)

  // All the others, each with who or why not, in the order in which they were first shown.
  await keyboard.press('Alt+a')
  const all = page.getByRole('listbox', { name: 'Arrival window' })
  await expect(all.getByRole('option').first()).toContainText('Just taken')
  await expect(all.getByRole('option').filter({ hasText: /other visits? that day|min away/ }).first()).toContainText(/\d+ of \d+ free$/)
  await expectAccessible(page)
  await keyboard.press('Escape', '1')

  await booking.expectFocus('overbook')
  await keyboard.press('Control+Enter')
  await booking.expectError('overbook', 'Say why it is promised though nobody is free')
  await expectAccessible(page)
  await keyboard.freeText('Her only day off this month')
  await keyboard.press('Enter')
  await booking.expectFocus('payment')
  await keyboard.letters('cas')
  await keyboard.press('Enter', 'Enter')
  await booking.readBack(keyboard)
  const number = await booking.book(keyboard)

  const search = new Search(page)
  await search.find(number)
  await search.openBest(`Job ${number}`)
  await expect(page.getByRole('main')).toContainText('though nobody was free: Her only day off this month')
})
