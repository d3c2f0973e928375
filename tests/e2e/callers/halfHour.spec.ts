import type { Page } from '@playwright/test'
import { newId } from '../../../src/shared/base/id.ts'
import type { CallLogRow, Pop } from '../../../src/shared/contract/methods/calls.ts'
import type { CustomerPage } from '../../../src/shared/contract/methods/customers.ts'
import type { PromiseItem } from '../../../src/shared/contract/methods/promises.ts'
import { expect, ownTest as test } from '../../support/callerOffice.ts'
import { PEOPLE } from '../../support/importedCompany.ts'
import { layoutFaults } from '../../support/layout.ts'
import { clockOf } from '../../support/officeClock.ts'
import { Booking } from '../pages/booking.ts'
import type { CallerDesk } from '../pages/callerDesk.ts'
import { Calls } from '../pages/calls.ts'
import { Emergency } from '../pages/emergency.ts'
import { FrontDoor } from '../pages/frontDoor.ts'
import { CountingKeyboard } from '../pages/keyboard.ts'
import { ShellFrame } from '../pages/shell.ts'
import { TelephoneDesk } from '../pages/telephone.ts'

const DAUGHTER = { firstName: 'Wilma', lastName: 'Ostrander' }
const DAUGHTERS_NAME = `${DAUGHTER.firstName} ${DAUGHTER.lastName}`
const LARGE = { width: 2560, height: 1440 }

/** What a step took from whoever did it: keys that choose or go on. Written into the report of the test. */
function tookKeys(step: string, keyboard: CountingKeyboard, before: number): void {
  test.info().annotations.push({ type: `keys: ${step}`, description: String(keyboard.count - before) })
}

/** A moment as it looks on both sizes of screen. */
async function seen(desk: CallerDesk, name: string): Promise<void> {
  const { page } = desk
  const size = page.viewportSize() ?? LARGE
  await desk.moment(name)
  await page.setViewportSize(LARGE)
  await page.screenshot({ path: test.info().outputPath(`${name}-large.png`) })
  expect.soft(await layoutFaults(page)).toEqual([])
  await page.setViewportSize(size)
}

/** Mother and daughter have one telephone; no other number of the company is shared. */
async function shareANumber(desk: CallerDesk): Promise<CustomerPage> {
  const { rows } = await desk.ask<{ readonly rows: readonly { readonly id: string }[] }>('customers.list', { limit: 40, order: 'name' })
  for (const { id } of rows) {
    const mother = await desk.ask<CustomerPage>('customers.get', { customerId: id })
    const number = mother.phones[0]?.value
    if (number === undefined || mother.name === DAUGHTERS_NAME) continue
    await desk.ask('customer.create', { customerId: newId(), kind: 'residential', ...DAUGHTER, companyName: '', leadSource: '', phones: [{ id: newId(), value: number, label: 'home' }], emails: [], location: null })
    return mother
  }
  throw new Error('Nobody has a telephone number')
}

/** Dispatch at a screen of their own, on the same telephone system. */
async function dispatchBeside(page: Page): Promise<Page> {
  const dispatch = await page.context().newPage()
  await dispatch.goto(page.url().split('#')[0] ?? page.url())
  await new FrontDoor(dispatch).signIn(PEOPLE.dispatcher.name.slice(0, 4), PEOPLE.dispatcher.pin)
  await new ShellFrame(dispatch).expectPerson(PEOPLE.dispatcher.name)
  await page.bringToFront()
  return dispatch
}

const rowsOfToday = async (desk: CallerDesk): Promise<readonly CallLogRow[]> => (await desk.ask<{ readonly rows: readonly CallLogRow[] }>('calls.day', { day: null })).rows

/** What everybody owes: each with one holder, a next step and a time that is not over. */
async function expectAllHeld(desk: CallerDesk): Promise<void> {
  const { items } = await desk.ask<{ readonly items: readonly PromiseItem[] }>('queue.items', { of: { kind: 'everybodys' } })
  const now = await clockOf(desk.page)
  for (const { title, holder, nextStep, dueAt } of items) {
    expect({ title, holder, nextStep }).toEqual({ title, holder: expect.stringMatching(/\S/), nextStep: expect.stringMatching(/\S/) })
    expect(dueAt).toBeGreaterThan(now)
  }
  const keys = items.map(({ subjectId, queueId }) => `${subjectId} ${queueId}`)
  expect(new Set(keys).size).toBe(keys.length)
}

/** A call that was missed or spoke to the machine is returned from its list, by one key; ends in the call with the customer. */
async function callBack(desk: CallerDesk, keyboard: CountingKeyboard, callId: string, list: string): Promise<string> {
  const { page, calls } = desk
  await keyboard.press('Alt+Shift+r')
  await expect(page.getByRole('heading', { level: 1, name: 'Calls to return' })).toBeVisible()
  await keyboard.press(list)
  await expect(page.getByRole('region', { name: 'The promise in hand' })).toContainText('Practice')
  const owed = await desk.record(callId)
  expect(owed.callBackBy).toBeGreaterThan(await clockOf(page))
  await keyboard.press('l')
  await expect(calls.cell).toContainText('Calling')
  await expect(calls.cell.getByRole('button', { name: 'Mute' })).toBeVisible({ timeout: 20_000 })
  const { calls: up } = await desk.ask<{ readonly calls: readonly { readonly callId: string; readonly direction: string }[] }>('calls.current')
  const outward = up.find(({ direction }) => direction === 'out')?.callId ?? ''
  await desk.expectRecord(callId, { followUp: 'done', callBackBy: null })
  await desk.expectRecord(outward, { returnsCallId: callId, customerId: owed.customerId, answered: true, agentName: PEOPLE.csr.name })
  expect(await desk.promisesAbout(callId)).toEqual([])
  return outward
}

test('half an hour at the telephone: every caller has one record with its outcome, and whatever is owed has a holder and a time', async ({ desk, page }) => {
  test.setTimeout(300_000)
  const { calls, path } = desk
  const telephone = new TelephoneDesk(page)
  const booking = new Booking(page)
  const emergency = new Emergency(page)
  const keyboard = new CountingKeyboard(page)
  const dispatch = await dispatchBeside(page)
  const mother = await shareANumber(desk)
  await desk.watchTheMouse()
  const ids: Record<string, string> = {}

  await test.step('a known caller is booked', async () => {
    const callId = (ids['known'] = await desk.ring('known'))
    const { candidates } = await desk.ask<Pop>('calls.pop', { callId })
    expect(candidates).toHaveLength(1)
    await expect(calls.pop.getByRole('heading', { name: candidates[0]?.name ?? '' })).toBeVisible()
    await seen(desk, '01-known-rings')
    await keyboard.press('F8')
    await expect(booking.field('customer')).toContainText('matched')
    await booking.fill(keyboard, { jobType: 'fa', summary: 'Dripping since Sunday.', priority: 'h', item: 'an', quantity: '2', window: '2', payment: 'ch', notes: 'Mind the steps.', confirmed: true })
    await seen(desk, '02-known-booking')
    await booking.book(keyboard)
    await keyboard.press('Shift+F8')
    await expect(calls.cell).toContainText('Ready')
    await expect(calls.question).toBeHidden()
    tookKeys('known caller, from ring to hung up', keyboard, 0)
    await seen(desk, '03-known-booked')
    await desk.expectRecord(callId, { outcome: 'booked', customerId: candidates[0]?.customerId, followUp: 'none', agentName: PEOPLE.csr.name, endCause: 'hungUp' })
  })

  await test.step('a shared number is settled, and a second caller is served during the first', async () => {
    const before = keyboard.count
    const first = (ids['shared'] = await desk.ring('shared'))
    await expect(calls.pop).toContainText('2 customers have this number')
    expect((await desk.ask<Pop>('calls.pop', { callId: first })).customerId).toBeNull()
    await seen(desk, '04-shared-rings')
    const [one, two] = await calls.pop.getByRole('listitem').allInnerTexts()
    expect(`${one} ${two}`).toContain(mother.name)
    await keyboard.press(one?.includes(DAUGHTERS_NAME) === true ? 'Alt+1' : 'Alt+2')
    await expect(calls.cell).toContainText(DAUGHTERS_NAME)
    await keyboard.press('F8')
    await expect(booking.field('customer')).toContainText('matched')
    await keyboard.press('F4', 'f')
    await expect(path.heading('Follow-up')).toBeVisible()
    await keyboard.freeText('Her mother\u2019s furnace runs again')

    const second = (ids['second'] = await desk.ring('wrongNumber'))
    await expect(calls.pop).toBeHidden()
    await seen(desk, '05-second-rings')
    await keyboard.press('F8')
    await expect(calls.cell.getByRole('button', { name: /^Held/ })).toContainText(DAUGHTERS_NAME)
    await expect(path.heading('Booking')).toBeVisible()
    await keyboard.press('F4', 'n')
    await expect(path.heading('Wrong number')).toBeVisible()
    await seen(desk, '06-second-answered')
    await keyboard.press('Control+Enter')
    await expect(telephone.said(/wrong number/).first()).toBeVisible()
    await keyboard.press('Shift+F8')
    await desk.expectRecord(second, { outcome: 'notLead', reason: 'Wrong number', followUp: 'none', kind: 'wrongNumber', endCause: 'hungUp' })

    await keyboard.press('F7')
    await expect(calls.cell).not.toContainText('Held')
    await expect(path.heading('Follow-up')).toBeVisible()
    await expect(page.getByText('Her mother\u2019s furnace runs again')).toBeVisible()
    await seen(desk, '07-back-with-the-first')
    await keyboard.press('Control+Enter')
    await expect(telephone.said(/note is on the customer/).first()).toBeVisible()
    await keyboard.press('Shift+F8')
    await expect(calls.cell).toContainText('Ready')
    await expect(calls.question).toBeHidden()
    tookKeys('shared number with a second call in between', keyboard, before)
    await desk.expectRecord(first, { outcome: 'excused', name: DAUGHTERS_NAME, kind: 'followUp', followUp: 'none', endCause: 'hungUp' })
  })

  await test.step('an emergency is booked for today, and the caller goes to dispatch once dispatch has been asked', async () => {
    const before = keyboard.count
    const callId = (ids['emergency'] = await desk.ring('known'))
    await keyboard.press('F8')
    await expect(booking.field('customer')).toContainText('matched')
    await booking.expectFocus('jobType')
    await keyboard.letters('fa')
    await keyboard.press('Enter')
    await booking.expectFocus('summary')
    await keyboard.freeText('The kitchen smells like gas and the kids are home')
    await expect(emergency.band).toContainText('Call 911 from outside')
    const [alert] = (await desk.ask<{ readonly items: readonly PromiseItem[] }>('queue.items', { of: { kind: 'everybodys' } })).items.filter(({ subjectKind }) => subjectKind === 'alert')
    await desk.expectPromise(alert?.subjectId ?? '', { title: /Emergency: Gas/, role: 'dispatcher', within: 5 })
    await seen(desk, '08-emergency')
    await keyboard.press('Alt+ArrowDown', 'Alt+ArrowDown')
    await booking.expectFocus('window')
    await expect(booking.side.getByRole('region', { name: 'Arrival windows' }).getByRole('listitem').first()).toContainText('Today')
    await keyboard.press('1')
    await booking.expectFocus('payment')
    await keyboard.letters('car')
    await keyboard.press('Enter', 'Enter')
    await booking.readBack(keyboard, true)
    await booking.book(keyboard)

    await keyboard.press('F9')
    await expect(telephone.through.getByRole('combobox', { name: 'Who the caller goes to' })).toBeFocused()
    await keyboard.letters('da')
    await expect(telephone.through.getByRole('option', { selected: true })).toContainText(PEOPLE.dispatcher.name)
    await seen(desk, '09-asking-whom')
    await keyboard.press('Enter')
    await expect(calls.cell).toContainText(`With ${PEOPLE.dispatcher.name}`, { timeout: 20_000 })
    await seen(desk, '10-with-dispatch')
    await keyboard.press('F9')
    await expect(calls.cell).toContainText('Ready')
    tookKeys('emergency, booked and put through to dispatch', keyboard, before)
    await seen(desk, '11-put-through')
    await desk.expectRecord(callId, { outcome: 'booked', agentName: PEOPLE.dispatcher.name, transferredBy: PEOPLE.csr.name, endedAt: null })

    // Dispatch has the caller and the alert at their own screen.
    await dispatch.bringToFront()
    await dispatch.screenshot({ path: test.info().outputPath('12-at-dispatch.png') })
    const theirs = new Calls(dispatch)
    await new Emergency(dispatch).acknowledge()
    await expect(new Emergency(dispatch).bar.getByRole('listitem')).toHaveCount(0)
    await expect(theirs.cell).toContainText('End')
    await dispatch.keyboard.press('Shift+F8')
    await expect(theirs.cell).toContainText('Ready')
    await expect(theirs.question).toBeHidden()
    await page.bringToFront()
    await desk.expectRecord(callId, { outcome: 'booked', endedAt: expect.any(Number), followUp: 'none' })
  })

  await test.step('a missed call is returned and booked', async () => {
    const before = keyboard.count
    const missed = (ids['missed'] = await desk.ring('hangsUp'))
    await desk.expectRecord(missed, { state: 'ringing' })
    await keyboard.press('F9')
    await expect(async () => expect(await desk.record(missed)).toMatchObject({ outcome: 'abandoned', followUp: 'owed', answered: false })).toPass({ timeout: 60_000 })
    await desk.expectPromise(missed, { title: /Call .* back/, role: 'inboundCsr', within: 60 })
    ids['missedReturned'] = await callBack(desk, keyboard, missed, '1')
    await seen(desk, '13-missed-returned')
    await keyboard.press('F8')
    await expect(booking.field('customer')).toContainText('matched')
    await booking.fill(keyboard, { jobType: 'fa', summary: 'No hot water upstairs.', priority: 'h', item: 'an', quantity: '1', window: '1', payment: 'ch', notes: 'Rang before.', confirmed: true })
    await booking.book(keyboard)
    await keyboard.press('Shift+F8')
    await expect(calls.cell).toContainText('Ready')
    tookKeys('missed call, returned and booked', keyboard, before)
    await desk.expectRecord(ids['missedReturned'], { outcome: 'booked', followUp: 'none' })
  })

  await test.step('a voicemail is returned within its hour', async () => {
    const before = keyboard.count
    const voicemail = (ids['voicemail'] = await desk.ring('voicemail'))
    await keyboard.press('F9')
    await expect(async () => expect(await desk.record(voicemail)).toMatchObject({ outcome: 'abandoned', followUp: 'owed', voicemailSeconds: 38 })).toPass({ timeout: 60_000 })
    await desk.expectPromise(voicemail, { title: /Call .* back/, role: 'inboundCsr', within: 60 })
    ids['voicemailReturned'] = await callBack(desk, keyboard, voicemail, '2')
    await seen(desk, '14-voicemail-returned')
    await keyboard.press('Shift+F8')
    await expect(calls.question.getByRole('combobox', { name: 'Why was nothing booked?' })).toBeFocused()
    await seen(desk, '15-how-it-ended')
    await keyboard.press('q', 'Control+Enter')
    await expect(calls.question).toBeHidden()
    tookKeys('voicemail, returned', keyboard, before)
    await desk.expectRecord(ids['voicemailReturned'], { outcome: 'excused', reason: 'Question about a booked visit', followUp: 'none' })
  })

  await test.step('the log has each of them once, and nobody is owed anything without a holder', async () => {
    await keyboard.press('Alt+Shift+c')
    await expect(calls.row('Voicemail 0:38, returned')).toBeVisible()
    await expect(calls.row('Missed, returned')).toBeVisible()
    await seen(desk, '16-the-log')
    const rows = await rowsOfToday(desk)
    expect(rows.map(({ callId }) => callId).toSorted()).toEqual(Object.values(ids).toSorted())
    expect(rows.filter(({ outcome }) => outcome === null)).toEqual([])
    await expectAllHeld(desk)
    await keyboard.press('Alt+Shift+d')
    await seen(desk, '17-what-is-left')
  })
})
