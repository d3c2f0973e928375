import { chromium } from '@playwright/test'
import { join } from 'node:path'
import { build } from 'vite'
import { CHROMIUM_FLAGS, findChromium } from '../support/chromium.ts'
import { ROOT, temporaryFolder } from '../support/webHost.ts'
import { servePages } from './board/pagesServer.ts'
import { type Figure, figure, quantile } from './figure.ts'
import type { MapRun } from './map/page.ts'

const AREA = 'map'

/** The map of the day at 500 technicians and 2,000 visits: what a pan, a zoom and a first look cost. */
export async function* benchMap(): AsyncGenerator<Figure> {
  const executablePath = findChromium()
  if (executablePath === undefined) return console.error('There is no Chromium here, so the map is not measured.')
  const temporary = temporaryFolder()
  try {
    const root = join(ROOT, 'tests', 'bench', 'map')
    await build({ root, configFile: false, logLevel: 'error', build: { outDir: temporary.path, emptyOutDir: true, target: 'chrome140', reportCompressedSize: false, rolldownOptions: { input: [join(root, 'map.html')] } } })
    const server = await servePages([temporary.path])
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${server.address}/map.html`)
    const run = await page.evaluate((): Promise<MapRun> => window.runMap())
    await page.screenshot({ path: join(process.env['BATON_BENCH_PICTURES'] ?? temporary.path, 'map.png') })
    await browser.close()
    server.close()
    yield figure(AREA, 'from the answer to what is shown', run.model, 'ms', { target: 50 })
    yield figure(AREA, 'first picture, synchronous', run.first, 'ms', { target: 100 })
    yield figure(AREA, 'a pan, synchronous, p95', quantile(run.pans, 0.95), 'ms', { target: 16, n: run.pans.length })
    yield figure(AREA, 'a zoom, synchronous, p95', quantile(run.zooms, 0.95), 'ms', { target: 34, n: run.zooms.length })
    yield figure(AREA, 'frames while panning, p95', quantile(run.frames, 0.95), 'ms', { target: 34, n: run.frames.length })
  } finally {
    temporary.remove()
  }
}
