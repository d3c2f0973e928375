import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A machine under load may take its time; the bench, not a test, says how fast a start is. */
const START_LIMIT_MS = 60_000

/** The built web host as a process of its own, exactly as a person runs it. */
export interface WebHost {
  /** With the token, as it was printed. */
  readonly address: string
  readonly dataDir: string
  readonly process: ChildProcess
  /** Everything it has printed so far. */
  output(): string
  /** Ends it as Ctrl+C does; resolves with its exit code. */
  stop(): Promise<number | null>
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'baton-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/**
 * Starts the built web host on a free port.
 * @param env further variables of its environment
 * @throws with what it printed where it ends before it has an address
 */
export async function startWebHost(dataDir: string, flags: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<WebHost> {
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'main', 'web.js'), '--data', dataDir, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let printed = ''
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`Baton printed no address within ${START_LIMIT_MS} ms:\n${printed}`))
    }, START_LIMIT_MS)
    const hear = (data: Buffer): void => {
      printed += data.toString()
      const found = /Baton is at (http:\S+)/.exec(printed)?.[1]
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then((code) => {
      clearTimeout(timer)
      reject(new Error(`Baton ended with code ${code} before it printed an address:\n${printed}`))
    })
  })
  return {
    address,
    dataDir,
    process: child,
    output: () => printed,
    stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      return ended
    },
  }
}
