import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { all } from '../../../src/shared/domain/kernel/load.ts'
import { contactMethodTable } from '../../../src/shared/domain/customers/tables.ts'
import { CHROMIUM_FLAGS, findChromium, SOUND_FLAGS } from '../../support/chromium.ts'
import { writeTone } from '../../support/pbx/audio.ts'
import { passwordOf, REALM } from '../../support/pbx/numbers.ts'
import type { Pbx } from '../../support/pbx/pbx.ts'
import { startWebHost, temporaryFolder, type WebHost } from '../../support/webHost.ts'
import { FrontDoor } from '../../e2e/pages/frontDoor.ts'
import { AGENT_TONE } from '../../phone/support/mediaPage.ts'
import { sampleBackend } from '../sampleBackend.ts'
import { connectTo, type HostClient, signInAs } from '../typing/hostClient.ts'

const PIN = '1234'
const EXTENSION = '101'
const PATIENCE_MS = 60_000

declare global {
  interface Window {
    /** When each pop was painted with everything in it, epoch milliseconds, by its call. */
    popsPainted: Map<string, number>
  }
}

/** The whole application on the laboratory's server: the host's process, a real browser, the sample company. */
export interface PhoneOffice {
  readonly host: WebHost
  readonly page: Page
  readonly client: HostClient
  /** Customers of the company, E.164. */
  readonly numbers: readonly string[]
  close(): Promise<void>
}

/** Notes when the frame with each whole pop was painted. */
async function watchPops(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.popsPainted = new Map()
    const look = (): void => {
      const callId = document.querySelector('[data-pop]:has(> [aria-busy=false])')?.getAttribute('data-pop') ?? null
      if (callId === null || window.popsPainted.has(callId)) return
      window.popsPainted.set(callId, 0)
      requestAnimationFrame(() => {
        // A task after the frame's callbacks runs when the frame has been painted.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => window.popsPainted.set(callId, performance.timeOrigin + performance.now())
        port2.postMessage(null)
      })
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-pop', 'aria-busy'] })
  })
}

/** How many pops have been painted so far. */
export const popsPainted = (page: Page): Promise<number> => page.evaluate(() => [...window.popsPainted.values()].filter((at) => at > 0).length)

/** Waits for the next pop after so many, and answers with when it was painted. */
export async function nextPop(page: Page, after: number): Promise<number> {
  await page.waitForFunction((count) => [...window.popsPainted.values()].filter((at) => at > 0).length > count, after, { timeout: PATIENCE_MS, polling: 5 })
  return page.evaluate((count) => [...window.popsPainted.values()].filter((at) => at > 0)[count] ?? 0, after)
}

async function fill(folder: string, pbx: Pbx): Promise<readonly string[]> {
  const { backend, services } = await sampleBackend(folder)
  const account = { kind: 'sip', server: pbx.ws, domain: REALM, extension: EXTENSION, userName: '', displayName: 'Front desk', certificate: '' } as const
  await services.phoneAccount.save(account, { password: passwordOf(EXTENSION) })
  const numbers = services.store.engine.run(all(contactMethodTable)).flatMap(({ kind, value }) => (kind === 'phone' ? [value] : []))
  await backend.close()
  return numbers
}

async function soundIsThere(client: HostClient): Promise<void> {
  for (const limit = performance.now() + PATIENCE_MS; ; ) {
    const { status, audio } = await client.ask<{ status: string; audio: { status: string } | null }>('phone.state', {})
    if (status === 'ready' && audio?.status === 'ready') return
    if (performance.now() > limit) throw new Error(`The telephone did not come up: ${status}, ${JSON.stringify(audio)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function openBrowser(folder: string): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('There is no Chromium here, so the screen is not measured.')
  const microphone = writeTone(join(folder, 'agent.wav'), AGENT_TONE, 30, 48_000)
  return chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...SOUND_FLAGS, `--use-file-for-fake-audio-capture=${microphone}`] })
}

/** @param env further variables of the host's environment */
export async function openPhoneOffice(pbx: Pbx, env: Readonly<Record<string, string>> = {}): Promise<PhoneOffice> {
  const data = temporaryFolder()
  const sounds = mkdtempSync(join(tmpdir(), 'baton-bench-sounds-'))
  const numbers = await fill(data.path, pbx)
  const browser = await openBrowser(sounds)
  const host = await startWebHost(data.path, [], env)
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ['microphone'] })
  const page = await context.newPage()
  await watchPops(page)
  await page.goto(host.address)
  await new FrontDoor(page).signIn('Rosa', PIN)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  const client = await connectTo(host.address)
  await signInAs(client, /Rosa/, PIN)
  await soundIsThere(client)
  return {
    host,
    page,
    client,
    numbers,
    async close() {
      client.close()
      await browser.close()
      await host.stop()
      data.remove()
      rmSync(sounds, { recursive: true, force: true })
    },
  }
}
