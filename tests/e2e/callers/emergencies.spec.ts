import type { Page } from '@playwright/test'
import type { JobPage } from '../../../src/shared/contract/methods/jobs.ts'
import type { PromiseItem } from '../../../src/shared/contract/methods/promises.ts'
import { wallTimeOf } from '../../../src/shared/base/zone.ts'
import { expectAccessible } from '../../support/axe.ts'
import { expect, ownTest as test } from '../../support/callerOffice.ts'
import { PEOPLE } from '../../support/importedCompany.ts'
import { layoutFaults } from '../../support/layout.ts'
import { clockOf, OFFICE_ZONE } from '../../support/officeClock.ts'
import { Booking } from '../pages/booking.ts'
import type { CallerDesk } from '../pages/callerDesk.ts'
import { Emergency } from '../pages/emergency.ts'
import { FrontDoor } from '../pages/frontDoor.ts'
import { CountingKeyboard } from '../pages/keyboard.ts'
import { ShellFrame } from '../pages/shell.ts'

/** Dispatch at a screen of their own. */
async function dispatchBeside(page: Page): Promise<Page> {
  const dispatch = await page.context().newPage()
  await dispatch.goto(page.url().split('#')[0] ?? page.url())
  await new FrontDoor(dispatch).signIn(PEOPLE.dispatcher.name.slice(0, 4), PEOPLE.dispatcher.pin)
  await new ShellFrame(dispatch).expectPerson(PEOPLE.dispatcher.name)
  await page.bringToFront()
  return dispatch
}

/** Emergencies that nobody has acknowledged: each with dispatch, due within five minutes. */
async function waiting(desk: CallerDesk): Promise<readonly PromiseItem[]> {
  const { items } = await desk.ask<{ readonly items: readonly PromiseItem[] }>('queue.items', { of: { kind: 'everybodys' } })
  return items.filter(({ subjectKind }) => subjectKind === 'alert')
}

async function expectWaiting(desk: CallerDesk, titles: readonly RegExp[]): Promise<void> {
  await expect(async () => expect((await waiting(desk)).map(({ title }) => title)).toEqual(titles.map((title) => expect.stringMatching(title) as unknown))).toPass({ timeout: 10_000 })
  for (const promise of await waiting(desk)) await desk.expectPromise(promise.subjectId, { title: /Emergency: /, role: 'dispatcher', within: 5 })
}

async function pictureOf(dispatch: Page, name: string): Promise<void> {
  await dispatch.screenshot({ path: test.info().outputPath(`${name}.png`) })
  expect.soft(await layoutFaults(dispatch)).toEqual([])
  await expectAccessible(dispatch)
}

test('emergency: its words alert dispatch, safety words come first, and a call with the ETA is owed', async ({ desk, page }) => {
  const dispatch = await dispatchBeside(page)
  const [mine, theirs] = [new Emergency(page), new Emergency(dispatch)]
  const keyboard = new CountingKeyboard(page)
  const booking = new Booking(page)
  const callId = await desk.answer('known')
  await expect(booking.field('customer')).toContainText('matched')
  await booking.expectFocus('jobType')
  await keyboard.letters('fa')
  await keyboard.press('Enter')
  await booking.expectFocus('summary')
  const words = 'No emergency last week but today the kitchen smells like gas and the kids are home'
  await page.keyboard.type(words)
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue(words)
  await booking.expectFocus('summary')
  await expect(mine.band).toContainText('Call 911 from outside')
  await expect(mine.band).toContainText('Nobody has acknowledged it yet')
  await expect(mine.bar.getByRole('listitem')).toHaveCount(0)
  await expect(booking.side.getByRole('region', { name: 'Owed already' })).toContainText('Emergency: Gas')
  await desk.moment('emergency')
  await expectWaiting(desk, [/Emergency: Gas/])

  // Dispatch types on, with the alert above: it takes neither the cursor nor the place.
  await expect(theirs.bar).toContainText('Emergency: Gas')
  await dispatch.bringToFront()
  await dispatch.keyboard.press('Control+k')
  await dispatch.keyboard.type('okon')
  await expect(dispatch.getByRole('combobox', { name: 'Search', exact: true })).toHaveValue('okon')
  // Not even what is found lies over it.
  await expect(dispatch.getByText(/Nothing matches/)).toBeVisible()
  const [bar, found] = [await theirs.bar.boundingBox(), await dispatch.getByText(/Nothing matches/).boundingBox()]
  expect(found?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0))
  await pictureOf(dispatch, 'emergency-at-dispatch')
  await theirs.acknowledge()
  await expect(theirs.bar.getByRole('listitem')).toHaveCount(0)
  await expect(dispatch.getByRole('combobox', { name: 'Search', exact: true })).toHaveValue('okon')
  await page.bringToFront()
  await expect(mine.band).toContainText('Dana Wray has it')
  await expectWaiting(desk, [])

  // Booked for today, with the call that was promised in dispatch\u2019s hands.
  await keyboard.press('Alt+ArrowDown', 'Alt+ArrowDown')
  await booking.expectFocus('window')
  await expect(booking.side.getByRole('region', { name: 'Arrival windows' }).getByRole('listitem').first()).toContainText('Today')
  await keyboard.press('1')
  await booking.expectFocus('payment')
  await keyboard.letters('car')
  await keyboard.press('Enter', 'Enter')
  await booking.readBack(keyboard, true)
  await desk.moment('emergency-read-back')
  await booking.book(keyboard)
  const { jobId, name, customerId } = await desk.expectRecord(callId, { outcome: 'booked', followUp: 'none' })
  const job = await desk.ask<JobPage>('jobs.get', { jobId })
  expect(job).toMatchObject({ state: 'open', summary: words, visits: [{ windowDay: wallTimeOf(await clockOf(page), OFFICE_ZONE).day, state: 'scheduled' }] })
  await desk.expectPromise(job.visits[0]?.id ?? '', { title: /Assign a technician/, role: 'dispatcher', within: 24 * 60 })
  await desk.expectTask(callId, { type: 'etaCall', priority: 'high', customerId, notes: words }, { title: new RegExp(`Call ${name} with the ETA: Gas`), role: 'dispatcher', within: 30 })
  await desk.hangUp(/Booked/)
})

test('a second emergency during the first: both stand, each is acknowledged by itself, and the first caller is held', async ({ desk, page }) => {
  const { calls } = desk
  const dispatch = await dispatchBeside(page)
  const [mine, theirs] = [new Emergency(page), new Emergency(dispatch)]
  const first = await desk.answer('known')
  const booking = new Booking(page)
  await expect(booking.field('customer')).toContainText('matched')
  await booking.expectFocus('jobType')
  await page.keyboard.press('Alt+e')
  await mine.say('g')
  const second = await desk.ring('newCaller')
  // The ring takes nothing from the first: the words are still there.
  await expect(mine.band).toContainText('Gas')
  await desk.moment('second-emergency-rings')
  await page.keyboard.press('F8')
  await expect(mine.band).toBeHidden()
  await page.keyboard.press('Alt+e')
  await mine.say('f')
  await expect(mine.band).toContainText('Leak or flood')
  await expect(calls.cell).toContainText('Held')
  // The words beside the script are those of whoever is talked with.
  await expect(calls.practiceCard).toContainText('a new caller')
  await desk.moment('second-emergency')
  await expect(theirs.bar.getByRole('listitem')).toHaveCount(2)
  await expect(theirs.bar.getByRole('listitem').nth(0)).toContainText('Gas')
  await expect(theirs.bar.getByRole('listitem').nth(1)).toContainText('Leak or flood')
  await expectWaiting(desk, [/Emergency: Gas/, /Emergency: Leak or flood/])
  await dispatch.bringToFront()
  await pictureOf(dispatch, 'second-emergency-at-dispatch')
  await theirs.acknowledge()
  await expect(theirs.bar.getByRole('listitem')).toHaveCount(1)
  await expect(theirs.bar).toContainText('Leak or flood')
  await expectWaiting(desk, [/Emergency: Leak or flood/])
  await theirs.acknowledge()
  await expectWaiting(desk, [])

  // Back to the first: their words and their draft are where they were.
  await page.bringToFront()
  await page.keyboard.press('F7')
  await expect(mine.band).toContainText('Gas')
  await expect(mine.band).toContainText('Dana Wray has it')
  for (const callId of [first, second]) await desk.expectRecord(callId, { endedAt: null })
})
