import type { Page } from '@playwright/test'
import type { Pbx } from '../../support/pbx/pbx.ts'
import { callByTrunk, floodByTrunk, trunkCall } from '../../support/pbx/sipp.ts'
import { TonePhone } from '../../support/pbx/tonePhone.ts'
import { type Figure, figure, quantile } from '../figure.ts'
import { noticedSince, typeInto, watchKeys } from '../typing/typist.ts'
import { nextPop, openPhoneOffice, type PhoneOffice, popsPainted } from './phoneOffice.ts'

const AREA = 'phone'
const POPS = 40
const ANSWERS = 20
const RELOADS = 10
const FLOOD = { calls: 300, perSecond: 60 } as const
const QUIET_KEYS = 60
/** A page that goes takes its sound with it: whatever comes after a silence this long is of the next one. Milliseconds. */
const SILENCE_MS = 60
const SOUND_WITHIN_MS = 20_000

const POP_TARGET_MS = 150
const FIRST_AUDIO_TARGET_MS = 250
const RELOAD_TARGET_MS = 600

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function foundWithin<T>(what: string, look: () => T | undefined): Promise<T> {
  for (const limit = performance.now() + SOUND_WITHIN_MS; ; ) {
    const found = look()
    if (found !== undefined) return found
    if (performance.now() > limit) throw new Error(`Never came: ${what}`)
    await pause(5)
  }
}

/** From sipp's INVITE, by its own clock, to the painted frame with the whole pop, by the browser's: one machine, one clock. */
async function* pops(pbx: Pbx, { page, numbers }: PhoneOffice): AsyncGenerator<Figure> {
  const took: number[] = []
  for (let call = 0; call < POPS; call++) {
    const before = await popsPainted(page)
    const made = callByTrunk(pbx, trunkCall('givesUp', { number: numbers[call % numbers.length]!, ringMs: 600 }))
    const painted = await nextPop(page, before)
    const { invitedAt } = await made
    if (invitedAt !== null) took.push(painted - invitedAt)
    await page.locator('[data-pop]').waitFor({ state: 'detached' })
  }
  yield figure(AREA, 'INVITE to painted pop, p50', quantile(took, 0.5), 'ms', { n: took.length })
  yield figure(AREA, 'INVITE to painted pop, p95', quantile(took, 0.95), 'ms', { target: POP_TARGET_MS, n: took.length })
}

/** A customer whose call rings on the screen. */
async function ringing(pbx: Pbx, page: Page, number: string): Promise<{ readonly customer: TonePhone; readonly taken: Promise<void> }> {
  const before = await popsPainted(page)
  const customer = await TonePhone.start(pbx, { number })
  const taken = customer.dial('5550100')
  await nextPop(page, before)
  return { customer, taken }
}

/** From the key to the first packet with the agent's voice at the customer's telephone. */
async function* answers(pbx: Pbx, { page, numbers }: PhoneOffice): AsyncGenerator<Figure> {
  const took: number[] = []
  for (let call = 0; call < ANSWERS; call++) {
    const { customer, taken } = await ringing(pbx, page, numbers[call % numbers.length]!)
    await pause(250)
    const pressed = performance.now()
    await page.keyboard.press('F8')
    await taken
    took.push((await foundWithin('the agent\u2019s voice', () => customer.heardAt()[0])) - pressed)
    await customer.hangUp()
    await page.locator('[data-pop]').waitFor({ state: 'detached' })
    await pause(300)
  }
  yield figure(AREA, 'F8 to the agent\u2019s voice at the caller\u2019s, p50', quantile(took, 0.5), 'ms', { target: FIRST_AUDIO_TARGET_MS, n: took.length })
}

/** From the reload of the whole application to the first packet of the agent's voice after it. */
async function* reloads(pbx: Pbx, { page, numbers }: PhoneOffice): AsyncGenerator<Figure> {
  const { customer, taken } = await ringing(pbx, page, numbers[0]!)
  await page.keyboard.press('F8')
  await taken
  await foundWithin('the agent\u2019s voice', () => customer.heardAt()[0])
  const took: number[] = []
  for (let reload = 0; reload < RELOADS; reload++) {
    await pause(1_000)
    const began = performance.now()
    const reloading = page.reload()
    const back = await foundWithin('the voice after the reload', () => {
      const since = customer.heardAt().filter((at) => at > began - 2 * SILENCE_MS)
      return since.find((at, index) => at > began && at - (since[index - 1] ?? at) > SILENCE_MS)
    })
    took.push(back - began)
    await reloading
  }
  await customer.hangUp()
  yield figure(AREA, 'reload of the application to audio, p50', quantile(took, 0.5), 'ms', { target: RELOAD_TARGET_MS, n: took.length })
}

/** How the screen bears a flood: what somebody types meanwhile, and the longest time its thread did nothing else. */
async function* flood(pbx: Pbx, { page, numbers }: PhoneOffice): AsyncGenerator<Figure> {
  await page.evaluate(() => (location.hash = '#/booking'))
  await page.locator('[data-field=summary] textarea').first().waitFor()
  await watchKeys(page)
  await typeInto(page, 'summary', QUIET_KEYS, () => true)
  await noticedSince(page)
  await typeInto(page, 'summary', QUIET_KEYS, () => true)
  const calm = await noticedSince(page)
  let over = false
  const flooding = floodByTrunk(pbx, { ...FLOOD, call: trunkCall('givesUp', { number: numbers[1]!, ringMs: 1_500 }) }).finally(() => (over = true))
  await typeInto(page, 'summary', 10_000, () => !over)
  await flooding
  const { keys, longTasks } = await noticedSince(page)
  const what = `a flood of ${FLOOD.calls} INVITEs, ${FLOOD.perSecond} a second`
  yield figure(AREA, `key to paint in ${what}, p95`, quantile(keys, 0.95), 'ms', { peer: 'quiet', peerValue: quantile(calm.keys, 0.95), n: keys.length })
  yield figure(AREA, `key to paint in ${what}, longest`, Math.max(...keys), 'ms', { peer: 'quiet', peerValue: Math.max(...calm.keys), n: keys.length })
  yield figure(AREA, `longest task of the page in ${what}`, Math.max(0, ...longTasks), 'ms', { n: longTasks.length })
}

/** What whoever sits there sees and the caller hears, through the whole application. */
export async function* appFigures(pbx: Pbx): AsyncGenerator<Figure> {
  const office = await openPhoneOffice(pbx)
  try {
    yield* pops(pbx, office)
    yield* answers(pbx, office)
    yield* reloads(pbx, office)
    yield* flood(pbx, office)
  } finally {
    await office.close()
  }
}
