import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cpus, loadavg } from 'node:os'
import { type Browser, chromium, type Page } from '@playwright/test'
import { openStore } from '../../src/main/store/store.ts'
import { newId } from '../../src/shared/base/id.ts'
import { CHROMIUM_FLAGS, findChromium } from '../support/chromium.ts'
import { jobberFile, jobberRow, toCsv } from '../support/jobberCsv.ts'
import { startWebHost, temporaryFolder, type WebHost } from '../support/webHost.ts'
import { FrontDoor } from '../e2e/pages/frontDoor.ts'
import { type Figure, figure, quantile } from './figure.ts'
import { sampleBackend } from './sampleBackend.ts'
import { deskWork, type Given } from './sync/busyDesk.ts'
import { layCable } from './sync/cable.ts'
import { asCompany, companyIn, cutTo } from './sync/company.ts'
import { foundCompany, startHubUnderTest } from './sync/hubUnderTest.ts'
import { standBack } from './sync/otherProcesses.ts'
import { joinedDesk, type Scene } from './sync/scene.ts'
import { connectTo, type HostClient, signInAs } from './typing/hostClient.ts'
import { FIELDS, noticedSince, type Noticed, type TypedField, typeInto, watchKeys } from './typing/typist.ts'

const AREA = 'typing'
const PIN = '1234'
/** Two frames at sixty a second: what is typed is there as it is typed. */
const FRAME_MS = 33
const LONGEST_TASK_MS = 50
const KEYS = 240
/** A few words in the one field, then in the other. */
const TURN = 12
const IMPORT_ROWS = 100_000
const PART_BYTES = 1_900_000
const PENDING = 500
const INCOMING_COMMANDS = 330
/** One lasts two seconds, which is some ten keys a field. */
const CATCH_UPS = 5
const HUB_ROWS = 20_000
const RING_MS = 700
const LOOK_EVERY_MS = 100

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const never = (): boolean => true

type Typed = ReadonlyMap<TypedField, Noticed>

/** The booking screen of a CSR, with what it notices. */
async function openBooking(browser: Browser, host: WebHost): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(host.address)
  await new FrontDoor(page).signIn('Rosa', PIN)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await page.evaluate(() => (location.hash = '#/booking'))
  await page.locator('[data-field=summary] textarea').first().waitFor()
  await watchKeys(page)
  // What is typed for the first time loads what it needs; a person's day has many calls.
  for (const field of FIELDS) await typeInto(page, field, 30, never)
  await noticedSince(page)
  return page
}

/** What was noticed at several times, as one. */
function together(times: readonly Typed[]): Typed {
  const of = (field: TypedField): readonly Noticed[] => times.flatMap((typed) => typed.get(field) ?? [])
  return new Map(FIELDS.map((field) => [field, { keys: of(field).flatMap(({ keys }) => keys), longTasks: of(field).flatMap(({ longTasks }) => longTasks) }]))
}

/** Types in both fields while something goes on. */
async function typeInBoth(page: Page, keys: number, wanted: () => boolean): Promise<Typed> {
  const typed = new Map<TypedField, Noticed>()
  for (const field of FIELDS) {
    await typeInto(page, field, keys, wanted)
    typed.set(field, await noticedSince(page))
  }
  return typed
}

/** The same, in turns of a few words, until it is over: what goes on is not always alike. */
async function typeInTurns(page: Page, wanted: () => boolean): Promise<Typed> {
  const turns: Typed[] = []
  while (wanted()) turns.push(await typeInBoth(page, TURN, wanted))
  return together(turns)
}

function figures(what: string, typed: Typed, idle: Typed | null): readonly Figure[] {
  return [...typed].flatMap(([field, { keys, longTasks }]) => {
    const calm = idle?.get(field)
    const beside = calm ? { peer: 'idle', peerValue: quantile(calm.keys, 0.95) } : {}
    return [
      figure(AREA, `key to paint in the ${field}, ${what}, p95`, quantile(keys, 0.95), 'ms', { target: FRAME_MS, n: keys.length, ...beside }),
      figure(AREA, `longest task over ${LONGEST_TASK_MS} ms in the ${field}, ${what}`, Math.max(0, ...longTasks), 'ms', { target: LONGEST_TASK_MS, n: keys.length }),
    ]
  })
}

async function sendImport(client: HostClient): Promise<string> {
  const uploadId = newId()
  const places = jobberFile().rows.slice(0, 1000)
  const rows = Array.from({ length: IMPORT_ROWS }, (_, index) => {
    const place = places[index % places.length]
    return jobberRow(index, { street1: `${index} ${place?.['Service Street 1'] ?? ''}`, street2: '', city: place?.['Service City'] ?? '', state: place?.['Service State'] ?? '', zip: place?.['Service Zip code'] ?? '' })
  })
  const bytes = Buffer.from(toCsv(rows))
  for (let part = 0; part * PART_BYTES < bytes.length; part++) {
    const end = (part + 1) * PART_BYTES
    await client.ask('import.upload', { uploadId, fileName: 'jobber-clients.csv', part, last: end >= bytes.length, base64: bytes.subarray(part * PART_BYTES, end).toString('base64') })
  }
  return uploadId
}

/** Lets callers ring, one after the other, each taken by a colleague. */
async function ringOn(client: HostClient, wanted: () => boolean): Promise<void> {
  while (wanted()) {
    const { callId } = await client.ask<{ callId: string }>('practice.ring', { script: 'known' })
    await pause(RING_MS)
    await client.ask('phone.answer', { callId })
    await client.ask('phone.hangUp', { callId })
    await pause(RING_MS)
  }
}

/** Does something for as long as typing goes on. */
async function during(work: (wanted: () => boolean) => Promise<void>, typing: () => Promise<Typed>): Promise<Typed> {
  let going = true
  const worked = work(() => going)
  const typed = await typing()
  going = false
  await worked
  return typed
}

async function* atOneDesk(browser: Browser, directory: string): AsyncGenerator<Figure, Typed> {
  const host = await startWebHost(directory)
  const page = await openBooking(browser, host)
  const colleague = await connectTo(host.address)
  await signInAs(colleague, /^Sean/, PIN)
  const idle = await typeInBoth(page, KEYS, never)
  yield* figures('nothing else going on', idle, null)
  yield* figures('while the phone rings', await during((wanted) => ringOn(colleague, wanted), () => typeInBoth(page, KEYS, never)), idle)

  const uploadId = await sendImport(colleague)
  let done = false
  const brought = colleague.ask<{ customers: number; canceled: boolean }>('import.bringIn', { uploadId, operationId: newId() }).then((result) => {
    done = true
    return result
  })
  yield* figures(`while ${IMPORT_ROWS} rows are imported`, await typeInTurns(page, () => !done), idle)
  const { customers } = await brought
  if (customers < IMPORT_ROWS / 2) throw new Error(`Only ${customers} customers came in`)
  colleague.close()
  await page.close()
  await host.stop()
  return idle
}

function workFrom(directory: string, count: number): readonly Given[] {
  const store = openStore(directory)
  const given = [...deskWork({ store }, 600, 260)].slice(0, count)
  store.close()
  return given
}

interface HubStateShown {
  readonly link: string
  readonly waiting: number
  readonly progress: unknown
}

async function until(client: HostClient, done: (state: HubStateShown) => boolean): Promise<void> {
  while (!done(await client.ask<HubStateShown>('hub.state', {}))) await pause(LOOK_EVERY_MS)
}

/** A day offline goes up while another workstation's comes down: everything that is pending runs again, over and over. */
async function whileCatchingUp(browser: Browser, { hub, company, folder }: Scene, day: number): Promise<Typed> {
  const directory = folder(`typing-${day}`)
  mkdirSync(directory)
  const cable = await layCable(hub.address)
  const { desk: other } = await joinedDesk({ hub, company, pouch: null, folder }, `other-${day}`)
  let host = await startWebHost(directory)
  const setup = await connectTo(host.address)
  await setup.ask('hub.enrol', { code: await hub.code(company.companyId, cable.address), name: 'Typing' })
  await until(setup, ({ link, progress }) => link === 'online' && progress === null)
  setup.close()
  await host.stop()
  const given = workFrom(directory, PENDING)

  cable.pull()
  host = await startWebHost(directory)
  const actors = new Map<string, HostClient>()
  for (const { name, actorId, input } of given) {
    let actor = actors.get(actorId)
    if (!actor) {
      actor = await connectTo(host.address)
      await actor.ask('session.signIn', { userId: actorId, pin: PIN })
      actors.set(actorId, actor)
    }
    await actor.ask(name, input)
  }
  await other.ask('work', { from: 1200, daysAhead: 300, count: INCOMING_COMMANDS, every: 0 })
  await other.ask('settled')
  const page = await openBooking(browser, host)
  const [any] = actors.values()
  if (!any) throw new Error('Nobody worked offline')
  let done = false
  if (standBack([hub.pid, other.pid])) console.error('While it catches up, the hub, its PostgreSQL and the other workstation take what this one leaves: they are other machines.')
  cable.plug()
  await any.ask('hub.syncNow', {})
  const settled = until(any, ({ link, waiting }) => link === 'online' && waiting === 0).then(() => (done = true))
  const typed = await typeInTurns(page, () => !done)
  await settled
  for (const actor of actors.values()) actor.close()
  await page.close()
  await host.stop()
  await cable.close()
  await other.ask('close')
  await other.stop()
  return typed
}

/** A CSR's keys, to the frame that shows them, in a real browser, while everything else a workstation does goes on. */
export async function* benchTyping(): AsyncGenerator<Figure> {
  const executablePath = findChromium()
  if (executablePath === undefined) return console.error('There is no Chromium here, so typing is not measured.')
  console.error(`Load average of the last minute ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} processors: what else this machine does is in these figures.`)
  const temporary = temporaryFolder()
  const folder = (name: string): string => join(temporary.path, name)
  const sample = folder('sample')
  mkdirSync(sample)
  const { backend } = await sampleBackend(sample)
  await backend.close()
  const store = openStore(sample)
  const company = asCompany(cutTo(companyIn(store), HUB_ROWS), newId())
  store.close()
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
  try {
    const idle = yield* atOneDesk(browser, sample)
    const hub = await startHubUnderTest()
    try {
      const days: Typed[] = []
      for (let day = 1; day <= CATCH_UPS; day++) {
        // Each day's company is its own: nobody's cursor is behind but the one that was away.
        const ofDay = asCompany(company, newId())
        await foundCompany(hub.admin, ofDay)
        days.push(await whileCatchingUp(browser, { hub, company: ofDay, pouch: null, folder }, day))
      }
      yield* figures(`while ${PENDING} go up and ${INCOMING_COMMANDS} come down`, together(days), idle)
    } finally {
      await hub.stop()
    }
  } finally {
    await browser.close()
    temporary.remove()
  }
}
