import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '../support/chromium.ts'
import { ROOT, startWebHost, temporaryFolder } from '../support/webHost.ts'
import { type Figure, figure } from './figure.ts'

/** What the system has given a process, in megabytes; undefined where the system doesn't say. */
function residentMegabytes(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return undefined
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

function sampleInto(dataDir: string): { readonly seconds: number } {
  const from = performance.now()
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'dist/main/cli.js'), 'call', 'company.startSample', '{}', '--data', dataDir], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The sample company could not be made: ${stdout}`)
  return { seconds: (performance.now() - from) / 1000 }
}

export async function benchMemory(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  const empty = temporaryFolder()
  const sample = temporaryFolder()
  const { seconds } = sampleInto(sample.path)
  figures.push(figure('memory', 'sample company made by the command line', seconds, 's', { target: 20 }))

  const executablePath = findChromium()
  const browser = executablePath === undefined ? undefined : await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
  for (const [name, folder] of [['empty store', empty], ['sample company', sample]] as const) {
    const host = await startWebHost(folder.path)
    const page = await browser?.newPage()
    if (page) {
      await page.goto(host.address)
      await page.getByRole('button').first().waitFor()
      const session = await page.context().newCDPSession(page)
      await session.send('HeapProfiler.collectGarbage')
      const { usedSize } = await session.send('Runtime.getHeapUsage')
      figures.push(figure('memory', `page, first screen, ${name}`, usedSize / 2 ** 20, 'MB'))
    }
    const resident = residentMegabytes(host.process.pid)
    if (resident !== undefined) figures.push(figure('memory', `host with its worker, ${name}`, resident, 'MB'))
    await page?.close()
    await host.stop()
    folder.remove()
  }
  await browser?.close()
  return figures
}
