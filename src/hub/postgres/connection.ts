import { createServer } from 'node:net'
import pg from 'pg'
import type { Layout } from './layout.ts'
import { type Settings, SOCKET_PORT } from './settings.ts'

/** The role that owns everything in the hub's own PostgreSQL, and the database that the hub keeps its tables in. */
export const ROLE = 'baton'
export const DATABASE = 'baton'
const MAINTENANCE_DATABASE = 'postgres'

/** Where PostgreSQL listens. It stays the same when PostgreSQL is restarted. */
export type Place = { readonly kind: 'socket'; readonly folder: string } | { readonly kind: 'port'; readonly port: number }

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port was given'))))
    })
  })
}

/** A socket in a private folder where the platform has them, else a free port of this machine only. */
export async function choosePlace(layout: Layout): Promise<Place> {
  return process.platform === 'win32' ? { kind: 'port', port: await freePort() } : { kind: 'socket', folder: layout.run }
}

/** The settings that make PostgreSQL listen there. */
export function listeningSettings(place: Place): Settings {
  switch (place.kind) {
    case 'socket':
      return { unix_socket_directories: place.folder, port: String(SOCKET_PORT) }
    case 'port':
      return { listen_addresses: '127.0.0.1', port: String(place.port) }
  }
}

/** The address of a database in PostgreSQL's own notation, which `pg` and psql both take. It holds the password. */
export function connectionUrl(place: Place, password: string, database: string): string {
  const user = `${ROLE}:${encodeURIComponent(password)}`
  switch (place.kind) {
    case 'socket':
      return `postgresql://${user}@/${database}?host=${encodeURIComponent(place.folder)}&port=${SOCKET_PORT}`
    case 'port':
      return `postgresql://${user}@127.0.0.1:${place.port}/${database}`
  }
}

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // A connection that breaks fails what runs on it; there is nobody else to tell.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

export type Readiness = 'ready' | 'wrong-password' | 'not-yet'

/** Does PostgreSQL answer? It refuses connections while it recovers after a crash. */
export async function readiness(place: Place, password: string): Promise<Readiness> {
  try {
    await withClient(connectionUrl(place, password, MAINTENANCE_DATABASE), (client) => client.query('SELECT 1'))
    return 'ready'
  } catch (error) {
    return error instanceof pg.DatabaseError && error.code === '28P01' ? 'wrong-password' : 'not-yet'
  }
}

/** Makes the hub's database, where it doesn't exist yet. */
export async function ensureDatabase(place: Place, password: string): Promise<void> {
  await withClient(connectionUrl(place, password, MAINTENANCE_DATABASE), async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} TEMPLATE template0`)
  })
}
