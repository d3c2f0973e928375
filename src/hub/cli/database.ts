import { join } from 'node:path'
import pg from 'pg'
import type { PostgresLog } from '../postgres/log.ts'
import { PostgresProblem } from '../postgres/problem.ts'
import { startPostgres } from '../postgres/start.ts'
import type { HubOptions } from './options.ts'
import { makeDataFolder, readLastHub } from './running.ts'
import { Sentence } from './sentence.ts'

export interface Database {
  readonly url: string
  /** Calls the listener where the database has ended and won't be brought back; a server of somebody else's is theirs to watch. */
  onGivenUp(listener: () => void): void
  stop(): Promise<void>
}

const given = (url: string): Database => ({ url, onGivenUp: () => undefined, stop: () => Promise.resolve() })

async function answers(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num')
    return Number(rows[0]?.server_version_num) >= 150_000 ? null : 'it is older than PostgreSQL 15'
  } catch (error) {
    return error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function givenServer(url: string): Promise<Database> {
  const problem = await answers(url)
  if (problem !== null) throw new Sentence(`The PostgreSQL at DATABASE_URL can\u2019t be used: ${problem}. Nothing was changed. Check the address, and that the database exists and this user may use it.`)
  return given(url)
}

/** The database for a hub that is about to serve: its own PostgreSQL, which nobody else may be using, or the given server. @throws PostgresProblem, Sentence */
export async function databaseToServe({ databaseUrl, data }: HubOptions, log: PostgresLog): Promise<Database> {
  if (databaseUrl !== null) return givenServer(databaseUrl)
  makeDataFolder(data)
  const postgres = await startPostgres({ directory: join(data, 'postgres'), log })
  return {
    url: postgres.url,
    onGivenUp: (listener) => void postgres.onExit(({ willRestart }) => !willRestart && listener()),
    stop: () => postgres.stop(),
  }
}

/** The database for a verb that works beside a running hub, or without one. @throws PostgresProblem, Sentence */
export async function databaseToUse(options: HubOptions, log: PostgresLog): Promise<Database> {
  const { databaseUrl, data } = options
  if (databaseUrl !== null) return givenServer(databaseUrl)
  const last = readLastHub(data)
  if (last && (await answers(last.databaseUrl)) === null) return given(last.databaseUrl)
  return databaseToServe(options, log)
}

/** The database with nobody else at it, for what replaces everything. @throws Sentence where a hub runs */
export async function databaseAlone(options: HubOptions, log: PostgresLog): Promise<Database> {
  if (options.databaseUrl === null) {
    return databaseToServe(options, log).catch((error: unknown) => {
      if (error instanceof PostgresProblem && error.message.includes('already running')) throw new Sentence('The hub is running. Nothing was changed. Stop it, then run this again.')
      throw error
    })
  }
  const database = await givenServer(options.databaseUrl)
  const others = await countHubs(database.url)
  if (others > 0) throw new Sentence('A hub is using this database. Nothing was changed. Stop every hub on it, then run this again.')
  return database
}

async function countHubs(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: 'baton-restore' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ count: string }>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('baton-hub', 'baton-hub-notices')")
    return Number(rows[0]?.count)
  } finally {
    await client.end().catch(() => undefined)
  }
}
