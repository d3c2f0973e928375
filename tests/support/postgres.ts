import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { findPostgres } from '../../src/hub/postgres/find.ts'
import type { PostgresLog } from '../../src/hub/postgres/log.ts'
import { PostgresProblem } from '../../src/hub/postgres/problem.ts'
import { type RunningPostgres, startPostgres } from '../../src/hub/postgres/start.ts'

const START_LIMIT_MS = 120_000

export const quietLog: PostgresLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A temporary folder that PostgreSQL's own user may pass through where the tests run as root. */
export function postgresFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'baton-pg-'))
  chmodSync(path, 0o711)
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** Why no PostgreSQL can be had on this machine; undefined where one can. */
export function postgresMissing(): string | undefined {
  try {
    findPostgres()
    return undefined
  } catch (error) {
    if (error instanceof PostgresProblem) return error.message
    throw error
  }
}

/** Something that a database is prepared with once, and then copied from. */
export interface DatabaseTemplate {
  /** A name of its own, in small letters, digits and underscores. */
  readonly name: string
  prepare(url: string): Promise<void>
}

/** One PostgreSQL for the tests of a file. */
export interface SharedPostgres {
  /** The address of a new database, empty or a copy of what `template` prepared. Only within tests and their hooks. */
  database(template?: DatabaseTemplate): Promise<string>
  /** The folder given to `startPostgres`. Only within tests and their hooks. */
  readonly directory: string
}

/** Runs one statement at an address and closes the connection. */
export async function runSql(url: string, sql: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql, [...values])
    return rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The address of another database of the same server. */
function withDatabase(url: string, name: string): string {
  return url.replace(/(@[^/]*\/)[^?]*/, `$1${name}`)
}

/**
 * Starts one PostgreSQL before the tests of this file (or of the `describe` that it is called in) and stops it after
 * them. Where no PostgreSQL can be had, those tests are skipped with the reason. It doesn't flush to the disk, so that it
 * is quick: what is acknowledged survives the death of any process, though not of the machine.
 */
export function sharedPostgres(): SharedPostgres {
  const missing = postgresMissing()
  const templates = new Map<string, Promise<string>>()
  let folder: ReturnType<typeof postgresFolder> | undefined
  let running: RunningPostgres | undefined
  let count = 0

  beforeAll(async () => {
    if (missing !== undefined) return
    folder = postgresFolder()
    running = await startPostgres({ directory: join(folder.path, 'postgres'), log: quietLog, settings: { fsync: 'off', max_connections: '200' } })
  }, START_LIMIT_MS)

  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing)
  })

  afterAll(async () => {
    await running?.stop()
    folder?.remove()
  }, START_LIMIT_MS)

  const notRunning = (): Error => new Error(missing ?? 'The shared PostgreSQL runs only within tests and their hooks.')
  const server = (): RunningPostgres => {
    if (!running) throw notRunning()
    return running
  }
  const create = async (name: string, from: string): Promise<string> => {
    await runSql(server().url, `CREATE DATABASE ${name} TEMPLATE ${from}`)
    return withDatabase(server().url, name)
  }
  const prepared = async ({ name, prepare }: DatabaseTemplate): Promise<string> => {
    await prepare(await create(`template_${name}`, 'template0'))
    return `template_${name}`
  }

  return {
    get directory() {
      if (!folder) throw notRunning()
      return join(folder.path, 'postgres')
    },
    async database(template) {
      if (template && !templates.has(template.name)) templates.set(template.name, prepared(template))
      const from = template ? await templates.get(template.name) : undefined
      return create(`test_${++count}`, from ?? 'template0')
    },
  }
}
