import { chromium, type Page } from '@playwright/test'
import type { Services } from '../../src/main/core/service.ts'
import { popOf } from '../../src/main/services/calls/pop.ts'
import { desc, schema } from '../../src/main/store/schema.ts'
import { CHROMIUM_FLAGS, findChromium } from '../support/chromium.ts'
import { startWebHost, temporaryFolder } from '../support/webHost.ts'
import { Calls } from '../e2e/pages/calls.ts'
import { FrontDoor } from '../e2e/pages/frontDoor.ts'
import { type Figure, figure, quantile } from './figure.ts'
import { sampleBackend } from './sampleBackend.ts'

const RINGS = 40
const ROUNDS = 5

/** Milliseconds to answer who calls, for every caller of the sample company's two weeks. */
function answers(services: Services): readonly number[] {
  const calls = services.store.db.select({ id: schema.call.id }).from(schema.call).orderBy(desc(schema.call.offeredAt)).all()
  for (const { id } of calls) popOf(services, id)
  return Array.from({ length: ROUNDS }).flatMap(() =>
    calls.map(({ id }) => {
      const started = performance.now()
      popOf(services, id)
      return performance.now() - started
    }),
  )
}

/** Notes in the page when the pop with everything in it has been painted after each press of the practice key. */
async function watchPaints(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    const painted: number[] = []
    Object.assign(window, { painted })
    window.addEventListener(
      'keydown',
      (event) => {
        if (!event.altKey || event.code !== 'KeyR') return
        const pressed = performance.now()
        const look = new MutationObserver(() => {
          if (!document.querySelector('[data-pop] > [aria-busy=false]')) return
          look.disconnect()
          // A task after the frame's callbacks runs when the frame has been painted.
          requestAnimationFrame(() => setTimeout(() => painted.push(performance.now() - pressed)))
        })
        look.observe(document.body, { subtree: true, childList: true, attributes: true })
      },
      true,
    )
  })
  return () => page.evaluate(() => (window as unknown as { readonly painted: readonly number[] }).painted)
}

/** From the key that makes the practice line ring to the painted pop, everything between included: two threads, the record, the look-up. */
async function rings(dataDir: string, executablePath: string): Promise<readonly number[]> {
  const host = await startWebHost(dataDir)
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(host.address)
  await new FrontDoor(page).signIn('Rosa', '1234')
  const calls = new Calls(page)
  await calls.open()
  const paints = await watchPaints(page)
  for (let ring = 1; ring <= RINGS; ring++) {
    await page.keyboard.press('Alt+r')
    await page.waitForFunction((wanted) => (window as unknown as { readonly painted: readonly number[] }).painted.length >= wanted, ring)
    await page.keyboard.press('F9')
    await calls.pop.waitFor({ state: 'detached' })
  }
  const samples = await paints()
  await browser.close()
  await host.stop()
  return samples
}

export async function benchPop(): Promise<readonly Figure[]> {
  const folder = temporaryFolder()
  const { backend, services } = await sampleBackend(folder.path)
  const looked = answers(services)
  await backend.close()
  const figures = [
    figure('pop', 'who calls, in the backend (median)', quantile(looked, 0.5), 'ms', { n: looked.length }),
    figure('pop', 'who calls, in the backend (p99)', quantile(looked, 0.99), 'ms', { target: 5, n: looked.length }),
  ]
  const executablePath = findChromium()
  if (executablePath === undefined) console.error('There is no Chromium here, so the ring to the painted pop is not measured.')
  else {
    const painted = await rings(folder.path, executablePath)
    figures.push(figure('pop', 'ring to painted pop (median)', quantile(painted, 0.5), 'ms', { n: painted.length }))
    figures.push(figure('pop', 'ring to painted pop (p95)', quantile(painted, 0.95), 'ms', { target: 100, n: painted.length }))
  }
  folder.remove()
  return figures
}
