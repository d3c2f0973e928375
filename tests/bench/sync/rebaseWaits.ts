import { openStore } from '../../../src/main/store/store.ts'
import { type Figure, figure, quantile } from '../figure.ts'
import { deskWork, type Given } from './busyDesk.ts'
import { layCable } from './cable.ts'
import { standBack } from './otherProcesses.ts'
import type { Child } from './processes/child.ts'
import { AREA, type Scene } from './scene.ts'
import { type DeskPage, startWebDesk, strangerRings, type WebDesk } from './webDesk.ts'

const PENDING = 500
/** About 1,000 rows. */
const INCOMING_COMMANDS = 330
const FRAME_MS = 33
const PIN = '1234'
const KEY_EVERY_MS = 40
const RING_EVERY_MS = 150
const LOOK_EVERY_MS = 100
/** Calls that ring meanwhile are on their way up as well: there is hardly a moment at which nothing waits. */
const RINGING = 5

interface HubStateShown {
  readonly link: string
  readonly waiting: number
  readonly progress: unknown
}

async function until(page: DeskPage, done: (state: HubStateShown) => boolean): Promise<void> {
  while (!done(await page.ask<HubStateShown>('hub.state', {}))) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
}

/** The desk's work, read from its store while nothing else has it open. */
function workFrom(directory: string, count: number): readonly Given[] {
  const store = openStore(directory)
  const given = [...deskWork({ store }, 600, 260)].slice(0, count)
  store.close()
  return given
}

interface Waits {
  readonly keys: number[]
  readonly rings: number[]
}

/** Types and rings until it is called off. */
async function typeAndRing(desk: WebDesk, page: DeskPage, heard: { next: (() => void) | null }, wanted: () => boolean): Promise<Waits> {
  const waits: Waits = { keys: [], rings: [] }
  const words = ['har', 'harr', 'harri', 'harris', 'mil', 'mill', 'mille', 'miller']
  const type = async (): Promise<void> => {
    for (let index = 0; wanted(); index++) {
      const started = performance.now()
      await page.ask('search.query', { text: words[index % words.length], limit: 12 })
      waits.keys.push(performance.now() - started)
      await new Promise((resolve) => setTimeout(resolve, KEY_EVERY_MS))
    }
  }
  const ring = async (): Promise<void> => {
    while (wanted()) {
      const started = performance.now()
      await new Promise<void>((resolve) => {
        heard.next = resolve
        desk.ring(strangerRings())
      })
      waits.rings.push(performance.now() - started)
      await new Promise((resolve) => setTimeout(resolve, RING_EVERY_MS))
    }
  }
  await Promise.all([type(), ring()])
  return waits
}

/** How long a key and a ring wait in a workstation whose offline work goes up while another's comes down. */
export async function benchRebaseWaits({ hub, company, folder }: Scene, other: Child): Promise<readonly Figure[]> {
  const directory = folder('typing')
  const cable = await layCable(hub.address)
  let desk = await startWebDesk(directory)
  const setup = desk.page()
  await setup.ask('hub.enrol', { code: await hub.code(company.companyId, cable.address), name: 'Typing' })
  await until(setup, ({ link, progress }) => link === 'online' && progress === null)
  await desk.close()
  const given = workFrom(directory, PENDING)

  const heard: { next: (() => void) | null } = { next: null }
  cable.pull()
  desk = await startWebDesk(directory)
  const pages = new Map<string, DeskPage>()
  const open = async (userId: string): Promise<DeskPage> => {
    const known = pages.get(userId)
    if (known) return known
    const page = desk.page(pages.size === 0 ? (name) => name === 'phone' && heard.next?.() : undefined)
    pages.set(userId, page)
    await page.ask('session.signIn', { userId, pin: PIN })
    return page
  }
  for (const { name, actorId, input } of given) await (await open(actorId)).ask(name, input)
  await other.ask('work', { from: 1200, daysAhead: 300, count: INCOMING_COMMANDS, every: 0 })
  await other.ask('settled')

  const page = await open(given[0]?.actorId ?? '')
  const calm = performance.now() + 3000
  // Threads have priorities of their own, and a process begun later would have the usual one: both are there by now.
  if (standBack([hub.pid, other.pid])) console.error('While keys and rings are timed, the hub, its PostgreSQL and the other workstation take what this one leaves: they are other machines.')
  const before = await typeAndRing(desk, page, heard, () => performance.now() < calm)
  let going = true
  const during = typeAndRing(desk, page, heard, () => going)
  cable.plug()
  await page.ask('hub.syncNow', {})
  await until(page, ({ link, waiting }) => link === 'online' && waiting <= RINGING)
  going = false
  const waits = await during
  await desk.close()
  await cable.close()
  const name = `while ${PENDING} go up and ${INCOMING_COMMANDS} come down`
  return [
    figure(AREA, `a key waits for its search, ${name}, longest`, Math.max(...waits.keys), 'ms', { target: FRAME_MS, n: waits.keys.length, peer: 'idle', peerValue: Math.max(...before.keys) }),
    figure(AREA, `a key waits for its search, ${name}, p95`, quantile(waits.keys, 0.95), 'ms', { n: waits.keys.length, peer: 'idle', peerValue: quantile(before.keys, 0.95) }),
    figure(AREA, `a ring waits for its pop, ${name}, longest`, Math.max(...waits.rings), 'ms', { target: FRAME_MS, n: waits.rings.length, peer: 'idle', peerValue: Math.max(...before.rings) }),
    figure(AREA, `a ring waits for its pop, ${name}, p95`, quantile(waits.rings, 0.95), 'ms', { n: waits.rings.length, peer: 'idle', peerValue: quantile(before.rings, 0.95) }),
  ]
}

