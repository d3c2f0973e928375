import { once } from 'node:events'
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, it } from 'vitest'
import { readOptions } from '../../src/hub/cli/options.ts'
import { serve } from '../../src/hub/cli/serve.ts'
import { freePort } from '../support/hubProcess.ts'
import { postgresFolder, sharedPostgres } from '../support/postgres.ts'
import { ask } from './hubServerOffice.ts'

/** A hub whose PostgreSQL goes away between the first look at it and the first table. */

const postgres = sharedPostgres()
const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Stands before a database; while it is `broken` every connection ends as soon as it has said who it is. */
class FrailDatabase {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #target: NetConnectOpts
  broken = false
  turnedAway = 0

  private constructor(target: NetConnectOpts) {
    this.#target = target
    this.#server = createServer((near) => this.#pass(near))
  }

  static async before(url: string): Promise<{ readonly database: FrailDatabase; readonly url: string }> {
    const { host, port, user = '', password = '', database: name = '' } = new pg.Client({ connectionString: url })
    const isSocket = host.startsWith('/')
    const database = new FrailDatabase(isSocket ? { path: `${host}/.s.PGSQL.${port}` } : { host, port })
    await once(database.#server.listen(0, '127.0.0.1'), 'listening')
    const address = database.#server.address()
    const own = typeof address === 'object' ? address?.port : 0
    return { database, url: `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${own}/${name}` }
  }

  #pass(near: Socket): void {
    this.#keep(near)
    near.once('data', (first: Buffer) => {
      // What only looks whether it answers gets through: it dies after that.
      if (this.broken && first.includes('baton-hub')) {
        this.turnedAway += 1
        return near.destroy()
      }
      const far = this.#keep(connect(this.#target))
      far.write(first)
      near.pipe(far).pipe(near)
      near.on('close', () => far.destroy())
      far.on('close', () => near.destroy())
      return undefined
    })
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket)
    return socket.on('error', () => undefined)
  }

  close(): Promise<unknown> {
    for (const socket of this.#sockets) socket.destroy()
    return new Promise((resolve) => this.#server.close(resolve))
  }
}

async function startBefore(url: string, signal: AbortSignal) {
  const folder = postgresFolder()
  closing.push(() => folder.remove())
  const port = await freePort()
  const options = readOptions(['--data', join(folder.path, 'hub'), '--http', '--host', '127.0.0.1', '--port', String(port)], { platform: 'linux', env: { DATABASE_URL: url }, home: folder.path, cwd: folder.path, isRoot: false })
  if (!options) throw new Error('There are no options')
  const events: (readonly [string, unknown])[] = []
  const note = (event: string, details?: unknown): void => void events.push([event, details])
  const starting = serve({ options, version: 'test', signal, log: { info: note, warn: note, error: note }, output: { say: () => undefined } as never })
  starting.catch(() => undefined)
  const address = `http://127.0.0.1:${port}`
  const looked = async (path: string): Promise<unknown> => (await ask(address, path).catch(() => ({ status: 0 })))
  return { starting, events, looked }
}

it('waits for a PostgreSQL that dies while the hub starts, says why, and is ready as soon as it is back', async () => {
  const { database, url } = await FrailDatabase.before(await postgres.database())
  closing.push(() => database.close())
  database.broken = true
  const { starting, events, looked } = await startBefore(url, new AbortController().signal)
  const reason = { status: 503, body: { code: 'hub.notReady', message: expect.stringContaining('the connection to it broke') } }
  await expect.poll(() => looked('/readyz'), { timeout: 20_000 }).toMatchObject(reason)
  expect(await looked('/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } })
  await expect.poll(() => database.turnedAway, { timeout: 20_000 }).toBeGreaterThan(2)
  const lines = events.filter(([event]) => event === 'hub.databaseAway').map(([, details]) => details)
  expect(lines.slice(0, 2)).toMatchObject([{ attempt: 1, reason: 'the connection to it broke', againInMs: 100 }, { attempt: 2, againInMs: 200 }])
  database.broken = false
  const hub = await starting
  closing.push(() => hub.stop())
  expect(await looked('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } })
})

it('can be stopped while it waits for its PostgreSQL', async () => {
  const { database, url } = await FrailDatabase.before(await postgres.database())
  closing.push(() => database.close())
  database.broken = true
  const stopping = new AbortController()
  const { starting, looked } = await startBefore(url, stopping.signal)
  await expect.poll(() => looked('/healthz'), { timeout: 20_000 }).toMatchObject({ status: 200 })
  stopping.abort()
  await expect(starting).rejects.toThrow()
  expect(await looked('/healthz')).toEqual({ status: 0 })
})
