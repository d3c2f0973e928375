import { spawn } from 'node:child_process'
import { appendFileSync, closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Account } from './account.ts'

/** What the guard runs. */
export interface GuardOrder {
  readonly program: string
  readonly words: readonly string[]
  readonly folder: string
  readonly uid?: number
  readonly gid?: number
}

/** A program that ends when this process does. */
export interface Guarded {
  /** Resolves when the program has ended, with its exit code; a signal counts 128 more than its number. */
  readonly ended: Promise<number>
  /** Ends the program in good order; resolves with its exit code. */
  stop(): Promise<number>
}

/** The guard itself could not be started, or was killed: what became of the program isn't known. */
const NO_GUARD = -1

/** Variables of PostgreSQL's that somebody set for a server of their own must not lead ours astray. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_') && name !== 'LANG' && name !== 'NODE_OPTIONS')
  return { ...Object.fromEntries(own), LC_ALL: 'C', TZ: 'UTC' }
}

/**
 * Runs a program that can't outlive this process, even where this one is killed.
 * @param output file that what it prints is added to
 */
export function runGuarded(program: string, words: readonly string[], folder: string, account: Account | undefined, output: string): Guarded {
  const built = import.meta.url.endsWith('.js')
  const guard = fileURLToPath(new URL(built ? './postgresGuard.js' : './guard.ts', import.meta.url))
  const order: GuardOrder = { program, words, folder, ...(account ? { uid: account.uid, gid: account.gid } : {}) }
  const file = openSync(output, 'a', 0o600)
  try {
    const child = spawn(process.execPath, ['--no-warnings', guard, JSON.stringify(order)], {
      stdio: ['pipe', file, file],
      env: environment(),
      // A session of its own: what the terminal sends to the hub doesn't reach PostgreSQL.
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    const ended = new Promise<number>((resolve) => {
      child.once('error', (error) => {
        appendFileSync(output, `${process.execPath} could not be started: ${error.message}\n`)
        resolve(NO_GUARD)
      })
      child.once('exit', (code) => resolve(code ?? NO_GUARD))
    })
    // A guard that is gone can't be written to; that it is gone is told by `ended`.
    child.stdin?.on('error', () => undefined)
    return {
      ended,
      stop() {
        child.stdin?.end('stop')
        return ended
      },
    }
  } finally {
    closeSync(file)
  }
}
