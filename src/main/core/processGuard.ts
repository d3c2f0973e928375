import { errorDetails, type Log } from './log.ts'

/** better-sqlite3 is built on Node-API 10; below it the process dies without a word. */
const NODE_API = 10

/** Why this Node can't run Baton, or null where it can. */
export function nodeProblem(versions: { readonly napi?: string | undefined; readonly node: string } = process.versions): string | null {
  if (Number(versions.napi ?? 0) >= NODE_API) return null
  return `Baton needs Node 22.14 or newer to run, and this is ${versions.node}. Start it with npm start, which brings its own.`
}

/** A bug anywhere in a host ends it with a sentence and a line in the log, never with a bare stack. */
export function explainCrashes(log: Log): void {
  const crash = (error: unknown): void => {
    log.error('host.crashed', errorDetails(error))
    console.error('Baton has stopped because of a fault of its own. What was saved is safe. Start it again; the log in the data folder says more.')
    process.exit(1)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}
