import { type Account, accountForPostgres } from './account.ts'
import { type Claim, claim } from './claim.ts'
import { clusterMajor, ensureCluster, readPassword } from './cluster.ts'
import { choosePlace, connectionUrl, DATABASE, ensureDatabase } from './connection.ts'
import { type Layout, prepareFolders } from './layout.ts'
import { type Installation, installations } from './find.ts'
import type { PostgresLog } from './log.ts'
import { explained } from './problem.ts'
import { preparePrograms } from './program.ts'
import type { Settings } from './settings.ts'
import { type PostgresExit, Supervisor } from './supervisor.ts'

export interface PostgresOptions {
  /** The folder of the hub's PostgreSQL; made where it doesn't exist. Nothing else may be kept in it. */
  readonly directory: string
  readonly log: PostgresLog
  /** Settings of PostgreSQL's that rank above those of the cluster. */
  readonly settings?: Settings
  /** The PostgreSQLs to choose from, the preferred one first; those of this machine unless given. */
  readonly from?: readonly Installation[]
}

/** The hub's own PostgreSQL, running and watched over. */
export interface RunningPostgres {
  /** Address of the hub's database for `pg`. It holds the password, and stays the same when PostgreSQL is restarted. */
  readonly url: string
  /** Ends PostgreSQL in good order, and lets another hub have the folder. May be called more than once. */
  stop(): Promise<void>
  /**
   * Calls the listener each time PostgreSQL ends by itself; by then a restart is under way, and connections fail until
   * it is done. Returns what ends the listening.
   */
  onExit(listener: (exit: PostgresExit) => void): () => void
}

/**
 * Starts the hub's own PostgreSQL, and makes its cluster at the first start. It is restarted when it dies, and it ends
 * when this process does, however that ends.
 * @throws PostgresProblem with a sentence for a person, where that is not possible
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  try {
    const { layout, account } = prepareFolders(options.directory, accountForPostgres)
    const held = await claim(layout)
    return await startClaimed(layout, account, held, options).catch(async (error: unknown) => {
      await held.release()
      throw error
    })
  } catch (error) {
    throw explained(error, options.directory)
  }
}

async function startClaimed(layout: Layout, account: Account | undefined, held: Claim, { log, settings = {}, from = installations() }: PostgresOptions): Promise<RunningPostgres> {
  const programs = await preparePrograms(layout, account, from, clusterMajor(layout), log)
  const password = readPassword(layout)
  await ensureCluster(layout, { programs, account, password, settings }, log)
  const place = await choosePlace(layout)
  const supervisor = new Supervisor({ layout, programs, account, place, password, settings }, log)
  await supervisor.start()
  try {
    await ensureDatabase(place, password)
  } catch (error) {
    await supervisor.stop()
    throw error
  }
  let stopped: Promise<void> | undefined
  return {
    url: connectionUrl(place, password, DATABASE),
    stop: () => (stopped ??= supervisor.stop().finally(() => held.release())),
    onExit: (listener) => supervisor.onExit(listener),
  }
}
