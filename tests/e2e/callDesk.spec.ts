import type { Page, TestInfo } from '@playwright/test'
import { accessibilityFaults } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf } from '../support/officeClock.ts'
import { Booking } from './pages/booking.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'
import { TelephoneDesk } from './pages/telephone.ts'

test.use({ prepare: { fill: importedCompany } })

interface Detail {
  readonly callId: string
  readonly name: string
  readonly fromNumber: string | null
  readonly answered: boolean
  readonly followUp: string
  readonly endCause: string | null
  readonly agentName: string | null
  readonly transferredBy: string | null
  readonly returnsCallId: string | null
  readonly customerId: string | null
  readonly outcome: string | null
  readonly callBackBy: number | null
}

/** Rosa at her desk. */
async function signedIn(page: Page): Promise<TelephoneDesk> {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.csr.name)
  const desk = new TelephoneDesk(page)
  await expect(desk.cell).toContainText('Ready')
  return desk
}

/** Nothing is wrong with how it looks, and a picture of it is kept. */
async function moment(desk: TelephoneDesk, info: TestInfo, name: string): Promise<void> {
  await desk.page.screenshot({ path: info.outputPath(`${name}.png`) })
  expect.soft(await layoutFaults(desk.page)).toEqual([])
  expect.soft(await accessibilityFaults(desk.page, { fewRows: true })).toEqual([])
}

const detail = (desk: TelephoneDesk, callId: string): Promise<Detail> => desk.ask('calls.detail', { callId })

test('digits go to the call while letters stay in the field, and a muted call says so', async ({ page }, info) => {
  const desk = await signedIn(page)
  await desk.talkWith('known')
  await new Booking(page).expectFocus('jobType')
  await desk.key('Alt+m')
  const notes = page.getByRole('textbox', { name: 'Call notes, kept with the call' })
  await expect(notes).toBeFocused()
  await page.keyboard.type('Gate ')
  await desk.key('Alt+d')
  await expect(desk.keypad).toBeVisible()
  await page.keyboard.type('code1# is')
  await expect(desk.keypad.getByRole('status', { name: 'Digits sent' })).toHaveText('1#')
  await expect(notes).toHaveValue('Gate code is')
  await moment(desk, info, 'keypad')
  await desk.key('Escape')
  await expect(desk.keypad).toBeHidden()
  await page.keyboard.type(' 2')
  await expect(notes).toHaveValue('Gate code is 2')
  await expect(desk.calls.practiceCard).toContainText('heard 1#')

  await desk.key('F10')
  await expect(desk.cell).toContainText('muted')
  await expect(desk.cell.getByRole('button', { name: 'Mute' })).toHaveAttribute('aria-pressed', 'true')
  await moment(desk, info, 'muted')
  await desk.key('F7')
  await expect(desk.cell).toContainText('Held')
  await desk.key('F7', 'F10')
  await expect(desk.cell).not.toContainText('muted')
  await expect(notes).toHaveValue('Gate code is 2')
})

test('a second call comes during the first, and one key goes between the two', async ({ page }, info) => {
  const desk = await signedIn(page)
  await desk.talkWith('known')
  const first = (await desk.ask<{ calls: readonly { name: string | null }[] }>('calls.current')).calls[0]?.name ?? ''
  await desk.ring('newCaller')
  await expect(desk.cell).toContainText('Ringing')
  await expect(desk.calls.pop).toBeHidden()
  await desk.key('F8')
  await expect(desk.cell.getByRole('button', { name: /^Held/ })).toContainText(first)
  await moment(desk, info, 'two-calls')
  await desk.key('F7')
  await expect(desk.cell.getByRole('button', { name: /^Held/ })).not.toContainText(first)
  await desk.key('F7')
  await expect(desk.cell.getByRole('button', { name: /^Held/ })).toContainText(first)
  await desk.key('Control+F8')
  await expect(desk.cell.getByRole('button', { name: /^Held/ })).toContainText(first)
})

/** This page's monotonic clock stands still, so many milliseconds on. */
const stopClock = (page: Page, on = 0): Promise<void> =>
  page.evaluate((more) => {
    const at = performance.now() + more
    performance.now = () => at
  }, on)

test('the key that ends a talk is not meant for the caller on hold where the other one has just hung up', async ({ page }) => {
  const desk = await signedIn(page)
  await desk.talkWith('known')
  const second = await desk.ring('newCaller')
  await expect(desk.cell).toContainText('Ringing')
  await desk.key('F8')
  const waits = desk.cell.getByRole('button', { name: /^Held/ })
  await expect(waits).toBeVisible()
  // How it ended is said already, so that nothing is asked of it.
  await desk.ask('call.conclude', { callId: second, outcome: 'excused', reason: 'Asked for the address', callBackBy: null, callBackNumber: null, callerName: '', notes: '' })
  await stopClock(page)
  await desk.ask('phone.hangUp', { callId: second })
  await expect.poll(async () => (await desk.ask<{ calls: readonly object[] }>('calls.current')).calls.length).toBe(1)
  await expect(desk.cell).toHaveText(/^Held/)
  await desk.key('Shift+F8')
  await expect(desk.said('They have hung up already.')).toBeVisible()
  expect(await desk.ask('calls.current')).toMatchObject({ calls: [{ state: 'held' }] })
  // Two seconds later it is meant.
  await stopClock(page, 2_001)
  await desk.key('Shift+F8')
  await expect.poll(async () => (await desk.ask<{ calls: readonly object[] }>('calls.current')).calls.length).toBe(0)
})

test('a colleague is asked first, the caller taken back, then put through with the colleague’s name at the call', async ({ page }, info) => {
  const desk = await signedIn(page)
  const callId = await desk.talkWith('known')
  await new Booking(page).expectFocus('jobType')
  await desk.key('Alt+m')
  const field = page.getByRole('textbox', { name: 'Call notes, kept with the call' })
  await page.keyboard.type('Leak')
  await desk.choose('se', PEOPLE.owner.name)
  await moment(desk, info, 'put-through')
  await desk.key('Enter')
  await expect(desk.through).toBeHidden()
  // The cursor is where it was.
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('Leak')
  await expect(desk.cell).toContainText(`Rings ${PEOPLE.owner.name}`)
  await desk.key('Shift+F8')
  await expect(desk.said('The caller waits on hold')).toBeVisible()
  await desk.key('F7')
  await expect(desk.cell).toContainText('End')
  await desk.choose('se', PEOPLE.owner.name)
  await desk.key('Enter')
  await expect(desk.cell).toContainText(`With ${PEOPLE.owner.name}`, { timeout: 15_000 })
  await moment(desk, info, 'asking')
  await desk.key('F9')
  await expect(desk.cell).toContainText('Ready')
  await expect(async () => expect(await detail(desk, callId)).toMatchObject({ agentName: PEOPLE.owner.name, transferredBy: PEOPLE.csr.name })).toPass()
})

test('a caller goes to a number at once, and it is over for us', async ({ page }) => {
  const desk = await signedIn(page)
  const callId = await desk.talkWith('newCaller')
  await desk.choose('555 014 9999', '(555) 014-9999')
  await desk.key('Shift+Enter')
  await expect(desk.cell).toContainText('Rings (555) 014-9999')
  await expect(async () => expect(await detail(desk, callId)).toMatchObject({ endCause: 'transferred', outcome: 'excused', followUp: 'none' })).toPass({ timeout: 15_000 })
})

test('all three talk', async ({ page }, info) => {
  const desk = await signedIn(page)
  await desk.talkWith('known')
  await desk.choose('se', PEOPLE.owner.name)
  await desk.key('Enter')
  await expect(desk.cell.getByRole('button', { name: /^Three/ })).toBeVisible({ timeout: 15_000 })
  await desk.key('Alt+i')
  await expect(desk.cell).toContainText('all three')
  await moment(desk, info, 'three')
  // Two keys say how it ended: the first letter of the reason, and done.
  await desk.key('Shift+F8')
  await expect(desk.calls.question.getByRole('combobox', { name: 'Why was nothing booked?' })).toBeFocused()
  await desk.key('p', 'Control+Enter')
  await expect(desk.calls.question).toBeHidden()
  await expect(desk.said('Unbooked, call back')).toBeVisible()
})

for (const { list, script, left } of [
  { list: '1', script: 'hangsUp', left: 'Missed' },
  { list: '2', script: 'voicemail', left: 'Voicemail 0:38' },
] as const) {
  test(`${left}: returned within its hour from the list, by one key, and its promise is kept by itself`, async ({ page }, info) => {
    const desk = await signedIn(page)
    const callId = await desk.ring(script)
    await desk.key('F9')
    await expect(async () => expect(await detail(desk, callId)).toMatchObject({ followUp: 'owed' })).toPass({ timeout: 30_000 })
    await desk.key('Alt+Shift+r')
    await expect(page.getByRole('heading', { level: 1, name: 'Calls to return' })).toBeVisible()
    await desk.key(list)
    await expect(page.getByRole('region', { name: 'The promise in hand' })).toContainText('Practice')
    const { callBackBy, customerId } = await detail(desk, callId)
    await desk.key('l')
    await expect(desk.cell).toContainText('Calling')
    await moment(desk, info, `calling-${script}`)
    await expect(desk.cell.getByRole('button', { name: 'Mute' })).toBeVisible({ timeout: 15_000 })
    const { calls } = await desk.ask<{ calls: readonly { callId: string; direction: string }[] }>('calls.current')
    expect(await detail(desk, callId)).toMatchObject({ followUp: 'done', callBackBy: null })
    expect(callBackBy).toBeGreaterThan(await clockOf(page))
    expect(calls).toMatchObject([{ direction: 'out' }])
    expect(await detail(desk, calls[0]?.callId ?? '')).toMatchObject({ returnsCallId: callId, customerId, answered: true, agentName: PEOPLE.csr.name })
    // What came of it is said as of any call: on the booking, or in two keys.
    await desk.key('F8')
    await expect(page.getByRole('heading', { level: 1, name: 'Booking' })).toBeVisible()
    await desk.key('Shift+F8')
    await expect(desk.calls.question.getByRole('combobox', { name: 'Why was nothing booked?' })).toBeFocused()
    await desk.key('q', 'Control+Enter')
    await expect(desk.calls.question).toBeHidden()
    await desk.key('Alt+Shift+c')
    await expect(desk.calls.row(`${left}, returned`)).toBeVisible()
    await expect(desk.calls.row('Question about a booked visit')).toBeVisible()
  })
}

test('a number that can’t be dialled here is shown large, and do not disturb stays in the cell', async ({ page }, info) => {
  const desk = await signedIn(page)
  await desk.key('Alt+Shift+u')
  await expect(page.getByRole('grid', { name: 'Customers' }).getByRole('row').nth(1)).toBeVisible()
  await desk.key('j', 'Enter')
  await expect(page.getByRole('button', { name: /^Call/ }).first()).toBeVisible()
  await desk.key('c')
  const shown = page.getByRole('dialog', { name: 'Call from your desk phone' })
  await expect(shown).toContainText(/\(\d{3}\) \d{3}-\d{4}/)
  await moment(desk, info, 'desk-phone')
  await desk.key('Escape')
  await expect(shown).toBeHidden()

  await desk.key('Alt+z')
  await expect(desk.cell).toContainText('Do not disturb')
  const callId = await desk.ring('newCaller')
  await expect(async () => expect(await detail(desk, callId)).toMatchObject({ endCause: 'busy', followUp: 'owed' })).toPass()
  await expect(desk.cell).toContainText('Do not disturb')
  await desk.key('Alt+z')
  await expect(desk.cell).toContainText('Ready')
})

test.describe('on a large dark screen', () => {
  test.use({ view: { viewport: { width: 2560, height: 1440 }, colorScheme: 'dark' } })

  test('the cell, the menu and the keypad keep their places', async ({ page }, info) => {
    const desk = await signedIn(page)
    await desk.talkWith('known')
    await new Booking(page).expectFocus('jobType')
    const place = await desk.cell.boundingBox()
    await desk.choose('', PEOPLE.dispatcher.name)
    await moment(desk, info, 'put-through-dark')
    await desk.key('Escape', 'Alt+d')
    await expect(desk.keypad).toBeVisible()
    await moment(desk, info, 'keypad-dark')
    await desk.key('Escape', 'F10')
    await expect(desk.cell).toContainText('muted')
    expect(await desk.cell.boundingBox()).toEqual(place)
  })
})

test('a number from another program is looked up and offered, and dialled by nobody', async ({ page }, info) => {
  let fromOutside: (frame: unknown) => void = () => undefined
  await page.routeWebSocket(/./, (socket) => {
    socket.connectToServer()
    fromOutside = (frame) => socket.send(JSON.stringify(frame))
  })
  await page.reload()
  const desk = await signedIn(page)
  fromOutside({ t: 'evt', name: 'link', payload: { kind: 'telephone', number: '+1-555-015-0272' } })
  const offer = page.getByRole('region', { name: 'Number from another program' })
  await expect(offer).toContainText('(555) 015-0272')
  await expect(page.getByRole('combobox', { name: /search/i })).toHaveValue('+1-555-015-0272')
  await expect(desk.cell).toContainText('Ready')
  await moment(desk, info, 'offer')
  await desk.key('Control+F9')
  await expect(offer).toBeHidden()
  await expect(page.getByRole('dialog', { name: 'Call from your desk phone' })).toContainText('(555) 015-0272')
  await desk.key('Escape')
  fromOutside({ t: 'evt', name: 'link', payload: { kind: 'telephone', number: '911' } })
  await expect(offer).toContainText('not a number that can be called')
  await desk.key('F9')
  await expect(offer).toBeHidden()
})
