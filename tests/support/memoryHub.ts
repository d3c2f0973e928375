import { createHash, createPublicKey, verify } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { Hub } from '../../src/hub/core/hub.ts'
import type { DecidedCommand, HubDevice } from '../../src/hub/core/hubStore.ts'
import { MemoryHubStore } from '../../src/hub/core/memoryHubStore.ts'
import { type ConnectTo, type HubConnection, HubRefused, type HubSocket, HubUnreachable, sessionText, type SnapshotManifest, type SocketListener } from '../../src/main/sync/hubConnection.ts'
import { newId } from '../../src/shared/base/id.ts'
import { CLEARANCES } from '../../src/shared/domain/kernel/table.ts'
import { TABLES, tableNamed } from '../../src/shared/domain/tables.ts'
import type { DownMessage, FeedRow, Page, PresentPerson, UpMessage } from '../../src/shared/sync/protocol.ts'
import { MemoryLeases } from './memoryLeases.ts'
import type { Timers } from '../../src/main/sync/timers.ts'

interface Line {
  readonly deviceId: string
  readonly listener: SocketListener
  open: boolean
}

/** What goes wrong on the wire. */
export interface HubWeather {
  /** Nobody gets through. */
  down: boolean
  /** The next so many answers to pushes are lost, and their lines with them. */
  loseAnswers: number
  /** Streamed pages come twice. */
  twice: boolean
  /** The next so many streamed pages do not come at all. */
  losePages: number
  /** The line breaks at each chunk of a snapshot whose number is in it; once. */
  readonly breakAtChunk: Set<number>
}

/** The hub's core behind the port that a workstation has for it, in one process. */
export class MemoryHub {
  readonly weather: HubWeather = { down: false, loseAnswers: 0, twice: false, losePages: 0, breakAtChunk: new Set() }
  readonly pushes: number[] = []
  readonly fetchedChunks: number[] = []
  store = new MemoryHubStore()
  hub: Hub
  companyId: string | null = null
  epoch = newId()
  chunkRows = 20
  /** Snapshots are handed out with so many chunks, and so many more each time; null: whole. */
  growsBy: number | null = null
  /** What happens before a chunk is handed out. */
  atChunk: (n: number) => Promise<void> = () => Promise.resolve()
  /** Commands in the order of the feed: what a backup is made of. */
  readonly #decided: DecidedCommand[] = []
  readonly #codes = new Map<string, 'found' | 'join'>()
  readonly #devices = new Map<string, { readonly publicKey: string; readonly name: string }>()
  readonly #lines = new Set<Line>()
  readonly #chunks = new Map<number, readonly FeedRow[]>()
  readonly #snapshots = new Map<string, readonly Buffer[]>()
  readonly #manifests = new Map<string, SnapshotManifest>()
  readonly #timers: Timers
  readonly leases: MemoryLeases
  readonly #people = new Map<string, readonly PresentPerson[]>()
  #founding: readonly FeedRow[] = []
  #names = 0

  constructor(timers: Timers) {
    this.#timers = timers
    this.leases = new MemoryLeases(timers)
    this.hub = this.#start()
  }

  #start(): Hub {
    const hub = new Hub(this.store, { now: () => this.#timers.now() })
    hub.onDecided((_companyId, decided) => {
      this.#decided.push(...decided)
      this.#stream({ after: (decided[0]?.entry.seq ?? 1) - 1, upTo: decided.at(-1)?.entry.seq ?? 0, entries: decided.map(({ entry }) => entry) })
    })
    return hub
  }

  /** A code for one enrolment. */
  code(): string {
    const secret = newId()
    this.#codes.set(secret, this.companyId === null ? 'found' : 'join')
    return `baton1.${Buffer.from(JSON.stringify({ a: 'http://hub.test', c: secret, f: null })).toString('base64url')}`
  }

  rows(table: string) {
    return this.store.rowsOf(this.companyId ?? '', tableNamed(table))
  }

  /** Every line breaks. @param code with which the hub has hung up, where it did */
  cut(code?: number): void {
    for (const line of [...this.#lines]) this.#hangUp(line, code)
  }

  /** How many lines a workstation has open. */
  linesOf(deviceId: string): number {
    return [...this.#lines].filter((line) => line.deviceId === deviceId).length
  }

  async revoke(deviceId: string): Promise<void> {
    const device = await this.store.device(this.companyId ?? '', deviceId)
    if (device) this.store.saveDevice(this.companyId ?? '', { ...device, revokedAt: 1 })
  }

  async lastWsSeq(deviceId: string): Promise<number> {
    return (await this.store.device(this.companyId ?? '', deviceId))?.lastWsSeq ?? 0
  }

  get seq(): number {
    return this.#decided.length
  }

  /** Puts the company back as it was at a place of its feed, under a new epoch, as a restore from a backup does. */
  async restoreTo(seq: number): Promise<void> {
    const kept = this.#decided.splice(0).slice(0, seq)
    const companyId = this.companyId ?? ''
    const devices = await Promise.all([...this.#devices.keys()].map((id) => this.store.device(companyId, id)))
    this.store = new MemoryHubStore()
    this.hub = this.#start()
    const former = this.epoch
    this.epoch = newId()
    this.store.found(companyId, this.epoch, devices.flatMap((device) => (device ? [{ ...device, lastWsSeq: device.name === 'founder' ? this.#foundedAt : 0, recoveredEpoch: former }] : [])))
    this.#fill(this.#founding)
    for (const one of kept) {
      await this.store.change(companyId, (transaction) => transaction.commit({ decided: [one], changes: one.entry.rows.map(([table, id, after]) => ({ table: tableNamed(table), id, before: this.rows(table).find((row) => row.id === id) ?? null, after })) }))
      this.#decided.push(one)
    }
    await this.store.change(companyId, (transaction) => transaction.recover({ epochSeq: seq, recoveringUntil: this.#timers.now() + 15 * 60_000 }))
    this.cut()
  }

  #foundedAt = 0

  #fill(rows: readonly FeedRow[]): void {
    this.store.rows(this.companyId ?? '').apply(rows.map(([table, id, after]) => ({ table: tableNamed(table), id, before: null, after })))
  }

  #hangUp(line: Line, code?: number): void {
    if (!this.#lines.delete(line)) return
    line.open = false
    this.#people.delete(line.deviceId)
    line.listener.closed(code)
  }

  #stream(page: Page): void {
    if (this.weather.losePages > 0) {
      this.weather.losePages -= 1
      return
    }
    for (const line of this.#lines) for (let time = 0; time < (this.weather.twice ? 2 : 1); time++) this.#say(line, { t: 'page', page })
  }

  #say(line: Line, message: DownMessage): void {
    const text = JSON.stringify(message)
    setImmediate(() => {
      if (line.open) line.listener.message(JSON.parse(text) as DownMessage)
    })
  }

  #reach(): void {
    if (this.weather.down) throw new HubUnreachable('The cable is out')
  }

  #deviceOf(token: string): string {
    this.#reach()
    if (!this.#devices.has(token)) throw new HubRefused(401, 'session.refused', 'The hub does not know this workstation.')
    return token
  }

  readonly connect: ConnectTo = () => this.#connection

  readonly #connection: HubConnection = {
    look: async (secret) => {
      this.#reach()
      const mode = this.#codes.get(secret)
      if (!mode) throw new HubRefused(404, 'code.unknown', 'This code is not good.')
      return { mode, companyId: this.companyId, companyName: this.companyId === null ? null : 'Copper Ridge' }
    },
    enrol: async ({ secret, deviceId, publicKey, companyId, name, lastWsSeq }) => {
      this.#reach()
      const mode = this.#codes.get(secret)
      if (!mode) throw new HubRefused(404, 'code.unknown', 'This code is not good.')
      this.#codes.delete(secret)
      if (mode === 'found') {
        this.companyId = companyId
        this.store.found(companyId, this.epoch, [])
      }
      this.#devices.set(deviceId, { publicKey, name })
      const id = this.companyId ?? ''
      const known = await this.store.device(id, deviceId)
      const device: HubDevice = known ?? { id: deviceId, name, clearances: new Set(CLEARANCES), prefix: ['', 'B', 'C', 'D', 'E'][this.#names++] ?? 'Z', lastWsSeq: lastWsSeq ?? 0, revokedAt: null, recoveredEpoch: this.epoch }
      this.store.saveDevice(id, { ...device, revokedAt: null })
      return { mode, companyId: id, epoch: this.epoch, prefix: device.prefix, clearances: [...CLEARANCES] }
    },
    challenge: async () => {
      this.#reach()
      return 'challenge'
    },
    session: async ({ companyId, deviceId, challenge, signature }) => {
      const { publicKey } = this.#devices.get(this.#deviceOf(deviceId)) ?? { publicKey: '' }
      const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
      if (!verify(null, Buffer.from(sessionText({ companyId, deviceId, challenge })), key, Buffer.from(signature, 'base64'))) throw new HubRefused(401, 'session.refused', 'Another key.')
      if ((await this.store.device(companyId, deviceId))?.revokedAt != null) throw new HubRefused(403, 'device.revoked', 'Revoked.')
      return { token: deviceId, expiresAt: 0 }
    },
    foundRows: async (token, chunk, rows) => {
      this.#deviceOf(token)
      this.#chunks.set(chunk, JSON.parse(JSON.stringify(rows)) as readonly FeedRow[])
      if (this.weather.breakAtChunk.delete(chunk)) throw new HubUnreachable('The line broke')
    },
    foundingDone: async (token, { lastWsSeq, rows }) => {
      const deviceId = this.#deviceOf(token)
      const device = await this.store.device(this.companyId ?? '', deviceId)
      if (this.#founding.length === 0) {
        const all = [...this.#chunks.values()].flat()
        if (all.length !== rows) throw new HubRefused(409, 'founding.incomplete', `${all.length} of ${rows}`)
        this.#founding = all
        this.#foundedAt = lastWsSeq
        this.#fill(all)
        if (device) this.store.saveDevice(this.companyId ?? '', { ...device, name: 'founder', lastWsSeq })
      }
      if (this.weather.breakAtChunk.delete(-1)) throw new HubUnreachable('The line broke')
      return 0
    },
    snapshot: async (token, beyond) => {
      this.#deviceOf(token)
      const known = beyond && this.#manifests.get(beyond.id)
      if (beyond && !known) throw new HubRefused(404, 'snapshot.gone', 'The hub does not keep it any more.')
      const manifest = known ?? this.#makeSnapshot()
      this.#manifests.set(manifest.id, manifest)
      const made = (beyond?.chunks ?? 0) + (this.growsBy ?? manifest.chunks.length)
      return { ...manifest, chunks: manifest.chunks.slice(0, made), complete: made >= manifest.chunks.length }
    },
    snapshotChunk: async (token, id, n) => {
      this.#deviceOf(token)
      await this.atChunk(n)
      this.fetchedChunks.push(n)
      if (this.weather.breakAtChunk.delete(n)) throw new HubUnreachable('The line broke')
      const chunk = this.#snapshots.get(id)?.[n]
      if (!chunk) throw new HubRefused(404, 'snapshot.gone', 'The hub does not keep it any more.')
      return chunk
    },
    recovered: async (token, epoch) => {
      await this.hub.recovered(this.companyId ?? '', this.#deviceOf(token), epoch)
    },
    devices: async (token) => {
      this.#deviceOf(token)
      return [...this.#devices].map(([deviceId, { name }]) => ({ deviceId, name, enrolledAt: 0, lastSeenAt: null, revokedAt: null, connected: true, clearances: [...CLEARANCES], version: 'test' }))
    },
    rename: async () => undefined,
    revoke: async (_token, _actorId, deviceId) => this.revoke(deviceId),
    invite: async () => ({ code: this.code(), expiresAt: 0 }),
    open: async (token, listener) => this.#open(this.#deviceOf(token), listener),
    close: () => undefined,
  }

  /** Snapshots are forgotten by the hub. */
  forgetSnapshots(): void {
    this.#manifests.clear()
    this.#snapshots.clear()
  }

  get #present(): readonly PresentPerson[] {
    return [...this.#people.values()].flat()
  }

  #makeSnapshot(): SnapshotManifest {
    const all = TABLES.flatMap((table) => this.rows(table.name).map((row): FeedRow => [table.name, row.id, row]))
    const first = ['company', 'user', 'credential', 'queue', 'customer', 'location', 'contact_method']
    const parts = [all.filter(([table]) => first.includes(table)), all.filter(([table]) => !first.includes(table))]
    const chunks = parts.flatMap((rows, part) =>
      Array.from({ length: Math.ceil(rows.length / this.chunkRows) }, (_, index) => {
        const lines = rows.slice(index * this.chunkRows, (index + 1) * this.chunkRows)
        return { first: part === 0, rows: lines.length, bytes: gzipSync(`${lines.map((row) => JSON.stringify(row)).join('\n')}\n`) }
      }),
    )
    const id = newId()
    this.#snapshots.set(id, chunks.map(({ bytes }) => bytes))
    return { id, epoch: this.epoch, seq: this.seq, schema: 1, rows: all.length, chunks: chunks.map(({ first: isFirst, rows, bytes }, n) => ({ n, rows, first: isFirst, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })) }
  }

  #open(deviceId: string, listener: SocketListener): HubSocket {
    const line: Line = { deviceId, listener, open: true }
    this.#lines.add(line)
    return {
      send: (message) => void this.#hear(line, JSON.parse(JSON.stringify(message)) as UpMessage),
      close: () => this.#hangUp(line),
    }
  }

  async #hear(line: Line, message: UpMessage): Promise<void> {
    const companyId = this.companyId ?? ''
    switch (message.t) {
      case 'hello': {
        const { company } = await this.store.feed(companyId, 0, 1)
        const { epoch, seq, feedFloor, epochSeq, recoveringUntil } = company
        this.#say(line, { t: 'welcome', companyId, hubVersion: 'test', at: 0, position: { epoch, seq, feedFloor, epochSeq }, recovering: recoveringUntil !== null, lastWsSeq: await this.lastWsSeq(line.deviceId) })
        return this.#say(line, { t: 'presence', people: this.#present, devices: [...this.#devices].map(([deviceId, { name }]) => ({ deviceId, name })) })
      }
      case 'push': {
        this.pushes.push(message.commands.length)
        const answer = await this.hub.push(companyId, line.deviceId, message.commands)
        if (this.weather.loseAnswers > 0) {
          this.weather.loseAnswers -= 1
          return this.#hangUp(line)
        }
        return this.#say(line, { t: 'pushed', n: message.n, answer })
      }
      case 'pull':
        return this.#say(line, { t: 'pulled', n: message.n, answer: await this.hub.pull(companyId, line.deviceId, message.epoch, message.after) })
      case 'presence':
        this.#people.set(line.deviceId, message.people.map((person) => ({ ...person, deviceId: line.deviceId })))
        for (const other of this.#lines) this.#say(other, { t: 'presence', people: this.#present, devices: [] })
        return
      case 'ping':
        return this.#say(line, { t: 'pong' })
      case 'lease':
        return this.#say(line, { t: 'leased', n: message.n, answer: this.leases.answer(line.deviceId, message) })
    }
  }
}
