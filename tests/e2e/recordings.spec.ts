import type { Locator, Page } from '@playwright/test'
import { accessibilityFaults } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { makeFinalInvoice } from '../support/finalInvoice.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf } from '../support/officeClock.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { keyRow, keysOn, VOICEMAIL_KEYS } from './pages/keysOverlay.ts'
import { RecordingDesk } from './pages/recordings.ts'
import { ShellFrame } from './pages/shell.ts'

test.use({ prepare: { fill: importedCompany } })

async function signedIn(page: Page, who: 'Sean' | 'Rosa'): Promise<RecordingDesk> {
  const { name, pin } = who === 'Sean' ? PEOPLE.owner : PEOPLE.csr
  await new FrontDoor(page).signIn(who, pin)
  await new ShellFrame(page).expectPerson(name)
  const desk = new RecordingDesk(page)
  await expect(desk.cell).toContainText('Ready')
  return desk
}

/** A minute and more passes for this page, and for nobody else. */
const aMinuteLater = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const real = performance.now.bind(performance)
    performance.now = () => real() + 61_000
  })

test('one key reads the notice, records, pauses and goes on; a payment pauses by itself, and a forgotten pause says so', async ({ page }, info) => {
  const desk = await signedIn(page, 'Rosa')
  await desk.talkWith('known')
  await desk.key('Control+F7')
  await expect(desk.notice).toContainText('This call is recorded. Is that all right with you?')
  // Nobody is recorded who was not told, and the notice takes no focus.
  await expect(desk.cell).not.toContainText('Recording')
  await page.screenshot({ path: info.outputPath('notice.png') })
  await desk.key('Escape')
  await expect(desk.notice).toBeHidden()
  await desk.readAndRecord()

  await desk.key('Control+F10')
  await expect(desk.card).toContainText('Nothing is recorded now.')
  await expect(desk.cell).toContainText('Recording paused: card')
  await page.screenshot({ path: info.outputPath('card.png') })
  expect.soft(await layoutFaults(page)).toEqual([])
  expect.soft(await accessibilityFaults(page, { fewRows: true })).toEqual([])
  // Whoever says go on while the number is read is told why not.
  await desk.key('Control+F7')
  await expect(desk.said('A payment is open')).toBeVisible()
  await desk.key('Control+F10')
  await expect(desk.card).toBeHidden()
  await expect(desk.cell).toContainText('Recording ·')

  await desk.key('Control+F7')
  await expect(desk.cell).toContainText('Recording paused ·')
  await aMinuteLater(page)
  await expect(desk.cell.getByRole('alert')).toContainText('Still paused: Ctrl F7 records')
  await page.screenshot({ path: info.outputPath('forgotten.png') })
  await desk.key('Control+F7')
  await expect(desk.cell).toContainText('Recording ·')
})

test('a page that is loaded anew in the middle of a payment leaves the recording paused', async ({ page }) => {
  const desk = await signedIn(page, 'Rosa')
  await desk.talkWith('known')
  await desk.readAndRecord()
  await desk.key('Control+F10')
  await expect(desk.cell).toContainText('Recording paused: card')
  await page.reload()
  await expect(desk.cell).toContainText('Recording paused: card')
  await expect(desk.card).toBeHidden()
  await desk.key('Control+F7')
  await expect(desk.cell).toContainText('Recording ·')
})

test('a recording is listened to by keys, with what was not recorded; without the right nothing is there', async ({ page, baton }, info) => {
  const desk = await signedIn(page, 'Sean')
  const callId = await desk.talkWith('known')
  await desk.readAndRecord()
  await expect.poll(() => desk.ask('calls.current')).toMatchObject({ calls: [{ recording: 'on' }] })
  await desk.key('Control+F10')
  await expect(desk.cell).toContainText('Recording paused: card')
  await desk.key('Control+F10')
  await expect(desk.cell).toContainText('Recording ·')
  await desk.calls.end()
  await desk.key('Escape')
  await expect(desk.calls.question).toBeHidden()
  await desk.openNewestCall()
  await expect(desk.notRecorded).toContainText('paused for a card')

  await page.locator('body').press(' ')
  await expect(desk.wave).toBeVisible()
  await expect(desk.wave.locator('[data-paused=card]')).toHaveCount(1)
  await expect(page.getByText(/Listened to once, last by Sean Avery/)).toBeVisible()
  await expect.poll(async () => (await desk.position.textContent()) ?? '').toMatch(/of 0:\d\d/)
  await page.locator('body').press('s')
  await expect(page.getByRole('button', { name: '1.25×' })).toHaveAttribute('aria-pressed', 'true')
  await page.screenshot({ path: info.outputPath('player.png') })
  expect.soft(await layoutFaults(page)).toEqual([])
  expect.soft(await accessibilityFaults(page, { fewRows: true })).toEqual([])

  const rosas = await baton.openAnotherPage()
  const rosa = await signedIn(rosas, 'Rosa')
  await rosa.openNewestCall()
  await expect(rosa.calls.detail).toContainText('Outcome')
  await expect(rosa.calls.detail).not.toContainText('Recording')
  await expect(rosa.ask('recording.ofCall', { callId })).rejects.toThrow()
})

interface InHand {
  readonly desk: RecordingDesk
  readonly hand: Locator
  readonly player: Locator
}

/** A caller speaks to the machine, and what they said is in Rosa's hand, not heard yet. */
async function voicemailInHand(page: Page): Promise<InHand> {
  const desk = await signedIn(page, 'Rosa')
  await desk.calls.open()
  await desk.calls.practiceAs(/speaks to the machine/)
  await expect(desk.calls.row('Voicemail 0:38')).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Alt+Shift+R')
  await expect(page.getByRole('heading', { level: 1, name: 'Calls to return' })).toBeVisible()
  await page.keyboard.press('2')
  const hand = page.getByRole('region', { name: 'The promise in hand' })
  const player = hand.getByRole('group', { name: 'Voicemail' })
  await expect(player).toContainText('0:00 of 0:38')
  return { desk, hand, player }
}

test('a voicemail is heard with the promise in hand, by a key, and is owed its call back as before', async ({ page }, info) => {
  const { desk, hand, player } = await voicemailInHand(page)
  await expect(player).toContainText('Nobody has heard it yet.')
  const title = hand.getByRole('heading')
  const outcomes = hand.getByText('What came of it')
  const before = await outcomes.boundingBox()
  await page.screenshot({ path: info.outputPath('before.png') })
  await page.keyboard.press(' ')
  await expect(desk.voicemailWave).toBeVisible()
  await expect(player).toContainText(/Heard once, last by Rosa/)
  await expect.poll(async () => (await player.getByRole('timer').textContent()) ?? '').not.toContain('0:00 of')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(player.getByRole('button', { name: '1.25×' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press(' ')
  await expect(player.getByRole('button', { name: /Play/ })).toBeVisible()
  await page.screenshot({ path: info.outputPath('heard.png') })
  const keys = (await keysOn(page)).filter(({ section }) => section === 'Voicemail')
  expect(keys.map(keyRow)).toEqual(VOICEMAIL_KEYS.filter((key) => key.keys !== 'S').map(keyRow))
  // What may be said of the call stays under the finger, and the call is owed as it was.
  expect(await outcomes.boundingBox()).toEqual(before)
  await expect(title).toContainText('Call')
  await expect(page.getByRole('grid', { name: 'Voicemail to return' }).getByRole('row').filter({ hasText: /Voicemail of 0:38/ })).toHaveCount(1)
  expect.soft(await layoutFaults(page)).toEqual([])
  expect.soft(await accessibilityFaults(page, { fewRows: true })).toEqual([])

  await desk.openNewestCall()
  const section = desk.calls.detail.getByRole('group', { name: 'Voicemail' })
  await expect(section).toContainText('Kept until the call is returned')
  await page.locator('body').press(' ')
  await expect(desk.voicemailWave).toBeVisible()
  await page.screenshot({ path: info.outputPath('detail.png') })
})

test('the form that takes a payment pauses the recording while it is open, and only then', async ({ page }) => {
  const desk = await signedIn(page, 'Sean')
  const invoiceId = await makeFinalInvoice((name, input) => desk.ask(name, input), await clockOf(page))
  await desk.talkWith('known')
  await desk.readAndRecord()
  await page.evaluate((id) => {
    location.hash = `#/money/invoices/${id}`
  }, invoiceId)
  await expect(page.getByText('Diagnostic visit').first()).toBeVisible()
  await expect(desk.cell).toContainText('Recording ·')
  await desk.key('t')
  const form = page.getByRole('dialog', { name: /Payment from Martin Okonjo/ })
  await expect(form).toBeVisible()
  // Behind a dialog nothing is there for whoever listens to the page: the telephone says it.
  const recording = () => desk.ask('calls.current')
  await expect.poll(recording).toMatchObject({ calls: [{ recording: 'paused', tape: { why: 'card' } }] })
  await desk.key('Escape')
  await expect(form).toBeHidden()
  await expect(desk.cell).toContainText('Recording ·')
  // Taken for good, it goes on as well.
  await desk.key('t')
  await expect.poll(recording).toMatchObject({ calls: [{ recording: 'paused' }] })
  await form.getByRole('textbox', { name: /Check number/ }).fill('1077')
  await desk.key('Control+Enter')
  await expect(form).toBeHidden()
  await expect(desk.cell).toContainText('Recording ·')

  // A tab that was duplicated answers no calls, and the number may be read out there all the same.
  const [second] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => void window.open(location.href))])
  await expect(second.getByText('Diagnostic visit').first()).toBeVisible()
  await second.keyboard.press('t')
  await expect.poll(recording).toMatchObject({ calls: [{ recording: 'paused', tape: { why: 'card', paymentOpen: true } }] })
  await second.keyboard.press('Escape')
  await expect(desk.cell).toContainText('Recording ·')
  await second.keyboard.press('t')
  await expect(desk.cell).toContainText('Recording paused: card')
  await second.close()
  await expect.poll(recording).toMatchObject({ calls: [{ recording: 'paused', tape: { paymentOpen: false } }] })
})

test('a voicemail stops when it rings here, and starts no more until somebody is off the telephone', async ({ page }) => {
  const { desk, player } = await voicemailInHand(page)
  const play = player.getByRole('button', { name: /Play/ })
  const stop = player.getByRole('button', { name: /Stop/ })
  await page.keyboard.press(' ')
  await expect(stop).toBeVisible()
  await desk.ring('known')
  await expect(play).toBeVisible()
  await play.click()
  await expect(desk.said('It plays once you are off the telephone.')).toBeVisible()
  await expect(play).toBeVisible()

  await desk.calls.answer()
  await desk.key('Alt+Shift+R')
  await expect(page.getByRole('heading', { level: 1, name: 'Calls to return' })).toBeVisible()
  await desk.key('2')
  const listen = player.getByRole('button', { name: /Listen/ })
  await expect(listen.or(play)).toBeVisible()
  await listen.or(play).click()
  await expect(desk.said('It plays once you are off the telephone.')).toBeVisible()
  await expect(stop).toBeHidden()
  await desk.calls.end()
  await desk.key('Escape')
  await expect(desk.calls.question).toBeHidden()
  await listen.or(play).click()
  await expect(stop).toBeVisible()
})

test('a voicemail that can not be played, and its waveform once it can, move nothing below them', async ({ page }, info) => {
  const { desk, hand, player } = await voicemailInHand(page)
  await page.evaluate(() => {
    const real = window.atob
    window.atob = () => ''
    window.addEventListener('repaired', () => (window.atob = real))
  })
  const outcomes = hand.getByText('What came of it')
  const before = await outcomes.boundingBox()
  await page.keyboard.press(' ')
  await expect(player.getByRole('alert')).toContainText('no sound')
  expect(await outcomes.boundingBox()).toEqual(before)
  await page.screenshot({ path: info.outputPath('wrong in hand.png') })

  await desk.openNewestCall()
  const customer = desk.calls.detail.getByRole('heading', { name: 'Customer' })
  const there = await customer.boundingBox()
  await page.locator('body').press(' ')
  await expect(desk.calls.detail.getByRole('alert')).toContainText('no sound')
  expect(await customer.boundingBox()).toEqual(there)
  await page.screenshot({ path: info.outputPath('wrong in the log.png') })
  await page.evaluate(() => window.dispatchEvent(new Event('repaired')))
  await page.locator('body').press(' ')
  await expect(desk.voicemailWave).toBeVisible()
  expect(await customer.boundingBox()).toEqual(there)
  // Its place in the log is as high before the sound has come.
  const [high = 0, kept = 0] = await desk.calls.detail.getByRole('group', { name: 'Voicemail' }).evaluate((shown) => [shown.getBoundingClientRect().height, Number.parseFloat(getComputedStyle(shown.parentElement ?? shown).minHeight)])
  expect(high).toBeLessThanOrEqual(kept)
  // The slider takes the keys that sliders take, with nothing else in between.
  await page.locator('body').press(' ')
  await desk.voicemailWave.press('Home')
  await desk.voicemailWave.press('ArrowRight')
  await expect(desk.voicemailWave).toHaveAttribute('aria-valuenow', '5')
})
