import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { openHubStore } from '../../../src/hub/store/openHubStore.ts'
import { SCHEMA } from '../../../src/hub/store/migrations/migrate.ts'
import { Sessions } from '../../../src/hub/server/sessions.ts'
import type { Store } from '../../../src/main/store/store.ts'
import { CommandRunner } from '../../../src/main/core/runner.ts'
import { Replica } from '../../../src/main/sync/replica.ts'
import { newId } from '../../../src/shared/base/id.ts'
import { type DownMessage, type PushedCommand, SYNC_PROTOCOL } from '../../../src/shared/sync/protocol.ts'
import { commandHash } from '../../../src/shared/sync/pushed.ts'
import { postgresFolder } from '../../support/postgres.ts'
import { type Figure, figure, quantile } from '../figure.ts'
import { deskWork } from './busyDesk.ts'
import { asCompany, type CompanyRows, cutTo } from './company.ts'
import { type EnrolledPeer, enrolPeer, foundCompany } from './hubUnderTest.ts'
import { startChild } from './processes/child.ts'
import { AREA } from './scene.ts'

const RUN_MS = 4000
const ROUNDS = 3
const LEAST_IN_ONE = 150
const LEAST_IN_ALL = 300
const TIMES_UNBATCHED = 1.5
/** Workstations that book at the same time. */
const DESKS_IN_ONE = 50
const COMPANIES = 50
const DESKS_IN_EACH = 4
const ROWS_OF_EACH = 1600
const BOOKINGS = 400

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

interface BookingInput {
  readonly lines: readonly object[]
  readonly appointment: object
}

/** Bookings as a workstation sends them, for customers of all the companies. */
function bookingsFrom(store: Store, { rows }: CompanyRows): readonly PushedCommand[] {
  const runner = new CommandRunner(store, SILENT)
  const customers = new Set(rows.filter(([table]) => table === 'customer').map(([, id]) => id))
  store.sync.saveState({ epoch: 'bench', cursor: 0, schema: 1, hub: {}, snapshot: null })
  store.sync.containedUpTo(Number.MAX_SAFE_INTEGER)
  let count = 0
  for (let from = 0; from < 8000 && count < BOOKINGS; from += 1000) {
    for (const given of deskWork({ store }, from, 3)) {
      if (given.name !== 'job.book' || !customers.has((given.input as { readonly customerId: string }).customerId)) continue
      if (runner.run(given).kind === 'accepted') count += 1
      if (count === BOOKINGS) break
    }
  }
  return new Replica(store, SILENT).unsent(BOOKINGS)
}

let numbered = 0

/** The same booking once more, as a job of its own. */
function again(command: PushedCommand, wsSeq: number): PushedCommand {
  const { id: _id, hash: _hash, wsSeq: _wsSeq, numbers: _numbers, awaited, formerSeq, ...rest } = command
  const input = command.input as BookingInput
  numbered += 1
  const body = { ...rest, id: newId(), numbers: { job: `Z${numbered}` }, input: { ...input, jobId: newId(), lines: input.lines.map((line) => ({ ...line, id: newId() })), appointment: { ...input.appointment, id: newId() } } }
  return { ...body, wsSeq, hash: commandHash(body), awaited, formerSeq }
}

interface BookingDesk extends EnrolledPeer {
  readonly companyId: string
  wsSeq: number
}

/** Books one after the other on one line. @returns accepted bookings */
function book(port: number, desk: BookingDesk, bookings: readonly PushedCommand[], until: () => boolean): { readonly open: Promise<void>; begin(): Promise<number> } {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/link`, { headers: { authorization: `Bearer ${desk.token}` }, perMessageDeflate: false })
  let accepted = 0
  let begin: () => void = () => undefined
  const send = (): void => {
    desk.wsSeq += 1
    const command = again(bookings[desk.wsSeq % bookings.length] as PushedCommand, desk.wsSeq)
    socket.send(JSON.stringify({ t: 'push', n: desk.wsSeq, commands: [command] }))
  }
  const done = new Promise<number>((resolve, reject) => {
    begin = send
    socket.on('error', reject)
    socket.on('message', (data: Buffer) => {
      // The stream of all the others' rows is not for this one to read.
      if (data.subarray(0, 11).toString() !== '{"t":"pushe') return
      const message = JSON.parse(data.toString()) as Extract<DownMessage, { t: 'pushed' }>
      if (message.answer.kind !== 'done') return reject(new Error(JSON.stringify(message.answer)))
      const [word] = message.answer.acknowledged
      if (word?.outcome !== 'accepted') return reject(new Error(JSON.stringify(word)))
      if (!until()) {
        accepted += 1
        return send()
      }
      socket.terminate()
      resolve(accepted)
    })
  })
  const open = new Promise<void>((resolve) => {
    socket.once('open', () => socket.send(JSON.stringify({ t: 'hello', protocol: SYNC_PROTOCOL, schema: SCHEMA, version: 'bench', epoch: '', cursor: 0 })))
    socket.once('message', () => resolve())
  })
  return {
    open,
    begin() {
      begin()
      return done
    },
  }
}

/** Bookings a second of all these workstations together. */
async function rate(port: number, desks: readonly BookingDesk[], bookings: readonly PushedCommand[]): Promise<number> {
  let ended = false
  const lines = desks.map((desk) => book(port, desk, bookings, () => ended))
  await Promise.all(lines.map(({ open }) => open))
  const started = performance.now()
  const counting = lines.map((line) => line.begin())
  const stop = setTimeout(() => (ended = true), RUN_MS)
  const counted = await Promise.all(counting)
  clearTimeout(stop)
  return (counted.reduce((sum, count) => sum + count, 0) / (performance.now() - started)) * 1000
}

async function enrolDesks(url: string, companies: readonly CompanyRows[], desks: number): Promise<readonly BookingDesk[]> {
  const opened = await openHubStore(url, { connections: 2, name: 'baton-bench' })
  const sessions = new Sessions(opened.admin, Date.now)
  const enrolled: BookingDesk[] = []
  for (const company of companies) {
    await foundCompany(opened.admin, company)
    for (let desk = 0; desk < desks; desk++) enrolled.push({ ...(await enrolPeer(opened.admin, sessions, company.companyId)), companyId: company.companyId, wsSeq: 0 })
  }
  await opened.close()
  return enrolled
}

/** How many bookings the hub takes in a second: decided, in PostgreSQL and on the disk, and acknowledged over the wire. */
export async function benchBookings(sample: CompanyRows, store: Store): Promise<readonly Figure[]> {
  const small = cutTo(sample, ROWS_OF_EACH)
  const bookings = bookingsFrom(store, small)
  const folder = postgresFolder()
  const hub = startChild(fileURLToPath(new URL('processes/bookingHub.ts', import.meta.url)))
  try {
    const url = await hub.ask<string>('start', { folder: folder.path })
    const inOne = await enrolDesks(url, [asCompany(small, newId())], DESKS_IN_ONE)
    const inAll = await enrolDesks(url, Array.from({ length: COMPANIES }, () => asCompany(small, newId())), DESKS_IN_EACH)
    const [together, alone, all]: [number[], number[], number[]] = [[], [], []]
    for (let round = 0; round < ROUNDS; round++) {
      const batched = await hub.ask<number>('serve', { folder: folder.path, together: true })
      together.push(await rate(batched, inOne, bookings))
      all.push(await rate(batched, inAll, bookings))
      const unbatched = await hub.ask<number>('serve', { folder: folder.path, together: false })
      alone.push(await rate(unbatched, inOne, bookings))
    }
    await hub.ask('end')
    const [one, single] = [quantile(together, 0.5), quantile(alone, 0.5)]
    return [
      figure(AREA, `hub bookings in one company, ${DESKS_IN_ONE} workstations, median`, one, '1/s', { least: LEAST_IN_ONE, n: ROUNDS, peer: 'a transaction each', peerValue: single }),
      figure(AREA, 'hub bookings in one company, times a transaction each', one / single, 'x', { least: TIMES_UNBATCHED, n: ROUNDS }),
      figure(AREA, `hub bookings over ${COMPANIES} companies, ${COMPANIES * DESKS_IN_EACH} workstations, median`, quantile(all, 0.5), '1/s', { least: LEAST_IN_ALL, n: ROUNDS }),
    ]
  } finally {
    await hub.stop()
    folder.remove()
  }
}
