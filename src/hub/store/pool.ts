import pg from 'pg'
import { HubStoreConflict, HubStoreFailure } from '../core/hubStore.ts'

const INT8 = 20
const TIMESTAMPTZ = 1184

const readInstant = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date

/** All of our integers fit a double exactly; instants are epoch milliseconds everywhere. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (format !== 'binary' && oid === INT8) return Number
    if (format !== 'binary' && oid === TIMESTAMPTZ) return (text: string) => readInstant(text).getTime()
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown
  },
}

export interface PoolOptions {
  /** Most connections at once. */
  readonly connections?: number
  readonly name?: string
}

/** Milliseconds a caller waits for a connection before it hears that the database is not there. */
const CONNECT_LIMIT_MS = 10_000

/** Connections to the hub's database that take several statements without waiting for the answers between. */
export function openPool(url: string, { connections = 10, name = 'baton-hub' }: PoolOptions = {}): pg.Pool {
  // The types of `pg` do not know its pipelining yet.
  const config: pg.PoolConfig & { readonly pipeline: boolean } = { connectionString: url, max: connections, pipeline: true, types, application_name: name, connectionTimeoutMillis: CONNECT_LIMIT_MS, keepAlive: true }
  const pool = new pg.Pool(config)
  // A connection that breaks while idle is replaced when the next is asked for; nobody waits for this one.
  pool.on('error', () => undefined)
  // The pool listens only while a connection is idle. One that breaks in somebody's hands fails their statements, and
  // an error that nobody hears would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Data exceptions (a text that PostgreSQL cannot hold) and broken constraints are about the rows; all else is about the server. */
const ABOUT_ROWS = new Set(['22', '23'])

/** What went wrong, in the words of the port. */
export function storeError(error: unknown): HubStoreFailure | HubStoreConflict {
  if (error instanceof HubStoreFailure || error instanceof HubStoreConflict) return error
  const code = error instanceof pg.DatabaseError ? (error.code ?? '') : ''
  const message = error instanceof Error ? error.message : String(error)
  if (ABOUT_ROWS.has(code.slice(0, 2))) return new HubStoreConflict(message, { cause: error })
  return new HubStoreFailure(`The hub\u2019s database did not answer: ${message}`, { cause: error })
}

const names = new Map<string, string>()

/** A prepared statement's name, the same on every connection: each parses a text once. */
function preparedName(text: string): string {
  let name = names.get(text)
  if (name === undefined) names.set(text, (name = `baton_${names.size + 1}`))
  return name
}

export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** The part of a client that its types leave out. */
interface Wired {
  readonly connection?: { readonly stream?: { cork(): void; uncork(): void } }
}

const gathering = new WeakSet<object>()

/** Lets everything that is sent before the present work pauses go to the server in one write instead of one a statement. */
function gather(client: pg.ClientBase | pg.Pool): void {
  const stream = (client as Wired).connection?.stream
  if (!stream || gathering.has(stream)) return
  gathering.add(stream)
  stream.cork()
  process.nextTick(() => {
    gathering.delete(stream)
    stream.uncork()
  })
}

/** Runs a statement prepared; rows as objects. */
export async function rowsOf<T extends object>(client: pg.ClientBase | pg.Pool, text: string, values: readonly unknown[] = []): Promise<readonly T[]> {
  gather(client)
  const { rows } = await client.query<T & pg.QueryResultRow>({ name: preparedName(text), text, values: [...values] })
  return rows
}

/** Runs a statement prepared; rows as arrays in the order of the columns. */
export async function arraysOf(client: pg.ClientBase, { text, values }: Statement): Promise<readonly (readonly unknown[])[]> {
  gather(client)
  const { rows } = await client.query<unknown[]>({ name: preparedName(text), text, values: [...values], rowMode: 'array' })
  return rows
}

/**
 * Runs `body` in a transaction; whatever it throws takes everything back.
 * @throws HubStoreFailure
 * @throws HubStoreConflict
 */
export async function inTransaction<T>(pool: pg.Pool, body: (client: pg.PoolClient) => Promise<T>, mode = 'ISOLATION LEVEL READ COMMITTED'): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw storeError(error)
  })
  try {
    const begun = client.query(`BEGIN ${mode}`)
    begun.catch(() => undefined)
    const result = await body(client)
    await begun
    const { command } = await client.query('COMMIT')
    if (command !== 'COMMIT') throw new HubStoreFailure('The hub\u2019s database took a transaction back')
    client.release()
    return result
  } catch (error) {
    await rollBack(client)
    throw fromTransaction(error)
  }
}

/** What a transaction's caller hears: its own errors as they are, what the database throws in the words of the port. */
export function fromTransaction(error: unknown): unknown {
  const own = error instanceof Error && !(error instanceof pg.DatabaseError) && error.name !== 'Error' && !('code' in error)
  return own ? error : storeError(error)
}

/** Gives a connection back after a failure: usable if a rollback goes through, closed otherwise. */
export async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK')
    client.release()
  } catch {
    client.release(true)
  }
}
