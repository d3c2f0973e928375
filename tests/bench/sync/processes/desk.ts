import { mkdirSync } from 'node:fs'
import { type Backend, createBackend } from '../../../../src/main/core/backend.ts'
import type { Services } from '../../../../src/main/core/service.ts'
import { schema } from '../../../../src/main/store/schema.ts'
import { hostedTransport } from '../../../../src/main/core/transport.ts'
import { connectOverHttp } from '../../../../src/main/sync/httpConnection.ts'
import { type ConnectTo, type HubConnection, HubUnreachable } from '../../../../src/main/sync/hubConnection.ts'
import type { DownMessage, FeedEntry } from '../../../../src/shared/sync/protocol.ts'
import type { AnyRow } from '../../../../src/shared/domain/kernel/table.ts'
import { deskWork, type Given } from '../busyDesk.ts'
import { serveParent } from './child.ts'

/** A whole workstation without a screen, as a process of its own. */

/** Milliseconds that mean the same in every process of this machine. */
const clock = (): number => performance.timeOrigin + performance.now()

const LOOK_EVERY_MS = 5

let backend: Backend | undefined
let plugged = true
let hangUp: () => void = () => undefined
/** Commands of the feed that have arrived and are not yet in the store, by their places. */
const arriving = new Map<number, string>()
let heard: [commandId: string, at: number][] = []

function note(entries: readonly FeedEntry[]): void {
  for (const { seq, commandId } of entries) arriving.set(seq, commandId)
}

function listenTo(message: DownMessage): void {
  if (message.t === 'page') note(message.page.entries)
  if (message.t === 'pulled' && message.answer.kind === 'page') note(message.answer.page.entries)
}

/** The real way to the hub with a cable that can be pulled, and with an ear on it. */
const connect: ConnectTo = (place): HubConnection => {
  const connection = connectOverHttp(place)
  return {
    ...connection,
    async open(token, listener) {
      if (!plugged) throw new HubUnreachable('The cable is out')
      const socket = await connection.open(token, {
        message(message) {
          listenTo(message)
          listener.message(message)
        },
        closed: () => listener.closed(),
      })
      hangUp = () => socket.close()
      return socket
    },
  }
}

function here(): Services {
  if (!backend?.services) throw new Error(backend?.startupError?.message ?? 'No store is open')
  return backend.services
}

/** A page hears of rows after they were committed: what the feed brought is in the store up to the cursor then. */
function attend(): void {
  const { store } = here()
  const page = hostedTransport((frame) => {
    if (frame.t !== 'evt' || frame.name !== 'changed' || arriving.size === 0) return
    const [at, cursor] = [clock(), store.sync.state()?.cursor ?? 0]
    for (const [seq, commandId] of arriving) {
      if (seq > cursor) continue
      heard.push([commandId, at])
      arriving.delete(seq)
    }
  }, () => undefined)
  const owner = store.db.select().from(schema.user).get()
  backend?.connect(page, owner?.id)
  page.arrive({ t: 'hello', protocol: 1, clientId: 'a-page-of-the-bench' })
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
}

function runOne({ run }: Services, given: Given): { readonly commandId: string; readonly rows: readonly AnyRow[] } {
  const outcome = run(given)
  if (outcome.kind !== 'accepted') throw new Error(`${given.name}: ${JSON.stringify(outcome)}`)
  return { commandId: outcome.commandId, rows: outcome.changes.flatMap(({ after }) => (after ? [after] : [])) }
}

interface Work {
  readonly from: number
  readonly daysAhead: number
  readonly count: number
}

serveParent({
  open({ directory }: { readonly directory: string }) {
    mkdirSync(directory, { recursive: true })
    backend = createBackend({
      directory,
      version: 'bench',
      desktop: false,
      connect,
      shell: { offerFile: () => Promise.resolve({ kind: 'canceled' }), notify: () => undefined },
      phone: { send: () => undefined, listen: () => () => undefined, close: () => undefined },
      log: { info: () => undefined, warn: () => undefined, error: (event, details) => console.error(event, details) },
    })
    here()
  },
  /** Joins a company: milliseconds until today is usable and until everything is in and can be found. */
  async join({ code, name }: { readonly code: string; readonly name: string }) {
    const { hub, store } = here()
    const started = performance.now()
    let [usable, rows] = [0, 0]
    await hub.enrol(code, name)
    await until(() => {
      const { link, progress, problem } = hub.state()
      if (link === 'stopped') throw new Error(problem ?? 'stopped')
      rows = Math.max(rows, progress?.of ?? 0)
      if (usable === 0 && (progress?.usable === true || (link === 'online' && !progress))) usable = performance.now() - started
      return link === 'online' && !progress
    })
    const all = performance.now() - started
    const customer = store.db.select().from(schema.customer).get()
    const found = store.search.byWords(customer?.name.split(' ').at(-1) ?? '', 3).length
    if (found === 0) throw new Error('The customers can\u2019t be found')
    attend()
    return { usable, all, rows }
  },
  /** Gives commands, one every so many milliseconds: their ids, when they were committed here, and what they changed. */
  async work({ from, daysAhead, count, every }: Work & { readonly every: number }) {
    const services = here()
    const given = [...deskWork(services, from, daysAhead)].slice(0, count)
    const done: { readonly commandId: string; readonly at: number; readonly rows: readonly AnyRow[] }[] = []
    const started = performance.now()
    for (const [index, one] of given.entries()) {
      const { commandId, rows } = runOne(services, one)
      done.push({ commandId, at: clock(), rows })
      const wait = started + (index + 1) * every - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    }
    return done
  },
  /** What the feed has brought into the store since the last time. */
  heard() {
    const said = heard
    heard = []
    return said
  },
  /** Commands with the cable out, then the cable in again: milliseconds until the hub has acknowledged them all. */
  async drain({ from, daysAhead, count }: Work) {
    const services = here()
    plugged = false
    hangUp()
    await until(() => services.hub.state().link === 'offline')
    const rows = [...deskWork(services, from, daysAhead)].slice(0, count).map((given) => runOne(services, given).rows)
    plugged = true
    const started = performance.now()
    services.hub.syncNow()
    await until(() => services.hub.state().waiting === 0)
    return { milliseconds: performance.now() - started, rows }
  },
  /** Nothing waits here any more. */
  async settled() {
    const { hub } = here()
    await until(() => hub.state().link === 'online' && hub.state().waiting === 0)
  },
  megabytes() {
    globalThis.gc?.()
    return process.memoryUsage().rss / 2 ** 20
  },
  async close() {
    await backend?.close()
    backend = undefined
  },
})
