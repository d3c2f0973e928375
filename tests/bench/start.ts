import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '../support/chromium.ts'
import { ROOT, startWebHost, temporaryFolder } from '../support/webHost.ts'
import { type Figure, figure, quantile } from './figure.ts'

const RUNS = 5

/** From `npm start`'s script to the printed address, everything being installed and built. */
async function addressAfter(): Promise<number> {
  const folder = temporaryFolder()
  const from = performance.now()
  const child = spawn(process.execPath, [join(ROOT, 'build/start.mjs'), '--web', '--data', folder.path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const took = await new Promise<number>((resolve) => {
    let printed = ''
    child.stdout.on('data', (data) => {
      printed += String(data)
      if (printed.includes('Baton is at ')) resolve(performance.now() - from)
    })
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  await ended
  folder.remove()
  return took
}

/** From starting the built host's process to the first screen's buttons in a browser that is open already. */
async function usableAfter(browser: Awaited<ReturnType<typeof chromium.launch>>): Promise<number> {
  const folder = temporaryFolder()
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const from = performance.now()
  const host = await startWebHost(folder.path)
  await page.goto(host.address)
  await page.getByRole('button').first().waitFor()
  const took = performance.now() - from
  await context.close()
  await host.stop()
  folder.remove()
  return took
}

/** Scripts that the page loads before it shows anything, compressed as a web server would send them. */
function initialScriptBytes(): number {
  const html = readFileSync(join(ROOT, 'dist/renderer/index.html'), 'utf8')
  const scripts = new Set([...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, path]) => path))
  return [...scripts].reduce((sum, path) => sum + gzipSync(readFileSync(join(ROOT, 'dist/renderer', path ?? ''))).byteLength, 0)
}

export async function benchStart(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  const addresses: number[] = []
  for (let run = 0; run < RUNS; run++) addresses.push(await addressAfter())
  figures.push(figure('start', 'npm start, once built, to the address (median)', quantile(addresses, 0.5), 'ms', { target: 4000, n: RUNS }))

  const executablePath = findChromium()
  if (executablePath === undefined) console.error('There is no Chromium here, so the start to a usable screen is not measured.')
  else {
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
    const usable: number[] = []
    for (let run = 0; run < RUNS; run++) usable.push(await usableAfter(browser))
    await browser.close()
    figures.push(figure('start', 'built host to a usable screen (median)', quantile(usable, 0.5), 'ms', { target: 2000, n: RUNS }))
    figures.push(figure('start', 'built host to a usable screen (slowest)', Math.max(...usable), 'ms', { n: RUNS }))
  }
  figures.push(figure('start', 'initial JavaScript, gzipped', initialScriptBytes() / 1000, 'kB', { target: 400, n: 1 }))
  return figures
}
