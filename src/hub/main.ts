import { homedir } from 'node:os'
import manifest from '../../package.json' with { type: 'json' }
import { BackupProblem } from './backup/format.ts'
import { runVerb } from './cli/verbs.ts'
import { HELP, type HubOptions, readOptions } from './cli/options.ts'
import { standardOutput } from './cli/output.ts'
import { makeDataFolder } from './cli/running.ts'
import { Sentence } from './cli/sentence.ts'
import { serve, type ServingHub } from './cli/serve.ts'
import { PostgresProblem } from './postgres/problem.ts'
import { errorDetails, type HubLog, openHubLog } from './server/log.ts'
import { NewerHubError } from './store/migrations/migrate.ts'
import { join } from 'node:path'

/** The hub's own process: `npm run hub`. */

/** A service manager kills after 90 s, and PostgreSQL with it; a hub that leaves by itself still has it ended in good order. */
const STOP_WITHIN_MS = 45_000

function leave(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const isForPeople = (error: unknown): error is Error => error instanceof Sentence || error instanceof PostgresProblem || error instanceof NewerHubError || error instanceof BackupProblem

function explain(error: unknown, log: HubLog): never {
  if (isForPeople(error)) leave(error.message)
  log.error('hub.crashed', errorDetails(error))
  leave(`The hub has stopped because of a fault of its own (${error instanceof Error ? error.message : String(error)}). What was acknowledged is safe. Start it again; its log says more.`)
}

async function runHub(options: HubOptions, log: HubLog): Promise<void> {
  let hub: ServingHub | undefined
  const stopping = new AbortController()
  const stop = async (): Promise<void> => {
    if (stopping.signal.aborted) return
    stopping.abort()
    setTimeout(() => {
      log.error('hub.stopHung', { withinMs: STOP_WITHIN_MS })
      leave('The hub did not end in good order and has left. What was acknowledged is safe. Its log says how far it came.')
    }, STOP_WITHIN_MS)
    await starting
    await hub?.stop()
    log.info('hub.stopped')
    process.exit(0)
  }
  // Before the address is printed: whoever reads it may stop the hub at once.
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  process.on('SIGHUP', () => hub?.renew())
  // The starter that this process belongs to is gone: nobody is left to stop it.
  process.on('disconnect', () => void stop())
  const starting = serve({ options, log, output: standardOutput, version: manifest.version, signal: stopping.signal }).then(
    (serving) => {
      hub = serving
      serving.onGivenUp(leave)
    },
    (error: unknown) => {
      if (!stopping.signal.aborted) throw error
    },
  )
  await starting
}

/** The folder comes before the log in it, which would make it for itself alone. */
function openLogOf({ log, data }: HubOptions): HubLog {
  try {
    makeDataFolder(data)
    return openHubLog(log === 'stdout' ? { kind: 'stdout' } : { kind: 'folder', folder: join(data, 'logs') })
  } catch (error) {
    leave(isForPeople(error) ? error.message : `The hub can\u2019t write its log in ${data} (${error instanceof Error ? error.message : String(error)}). It was not started.`)
  }
}

function optionsGiven(): HubOptions | null {
  try {
    return readOptions(process.argv.slice(2), { platform: process.platform, env: process.env, home: homedir(), cwd: process.cwd(), isRoot: process.getuid?.() === 0 })
  } catch (error) {
    if (isForPeople(error)) leave(error.message)
    throw error
  }
}

const options = optionsGiven()
if (options === null) {
  standardOutput.say(HELP)
} else if (options.verb === 'serve') {
  const log = openLogOf(options)
  process.on('uncaughtException', (error) => explain(error, log))
  process.on('unhandledRejection', (error) => explain(error, log))
  await runHub(options, log).catch((error: unknown) => explain(error, log))
} else {
  const quiet: HubLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const code = await runVerb(options.verb, { options, output: standardOutput, log: quiet, now: () => new Date() }).catch((error: unknown) => explain(error, quiet))
  process.exit(code)
}
