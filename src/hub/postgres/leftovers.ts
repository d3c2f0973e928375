import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { PostgresLog } from './log.ts'
import { PostgresProblem } from './problem.ts'

interface Step {
  readonly signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'
  readonly waitMs: number
}

const STEPS: readonly Step[] = [
  { signal: 'SIGINT', waitMs: 15_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 10_000 },
]
const LOOK_AGAIN_MS = 20

/** The process that PostgreSQL's own lock file names; it may be long gone, and its number another's. */
function namedProcess(cluster: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10)
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

/** Every process of PostgreSQL's works in its cluster's folder, as does the program that makes the cluster. */
function workingIn(cluster: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === cluster && /postgres|initdb/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Without /proc: the process of the lock file, if it is PostgreSQL's at all. */
function namedAndAlive(cluster: string): readonly number[] {
  const pid = namedProcess(cluster)
  if (pid === undefined) return []
  try {
    const [program, words] = process.platform === 'win32' ? ['tasklist', ['/NH', '/FI', `PID eq ${pid}`]] : ['ps', ['-o', 'command=', '-p', String(pid)]]
    return /postgres/.test(execFileSync(program, words, { encoding: 'utf8' })) ? [pid] : []
  } catch {
    return []
  }
}

/** PostgreSQL's living processes on this cluster. */
function livingProcesses(cluster: string): readonly number[] {
  return process.platform === 'linux' ? workingIn(cluster) : namedAndAlive(cluster)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has gone by itself.
  }
}

/**
 * PostgreSQL refuses to start where its lock file names a process of the same user that lives. After a crash that may be
 * any program that was given the number since, in a container nearly always.
 */
function dropStaleLock(cluster: string, log: PostgresLog): void {
  const pid = namedProcess(cluster)
  if (pid === undefined || !isAlive(pid)) return
  log.warn('postgres.stale-lock', { process: pid })
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Ends what an earlier hub left running on the cluster. The caller holds the claim to the folder, so none of it belongs
 * to a hub that lives.
 * @throws PostgresProblem where something can't be ended
 */
export async function endLeftovers(cluster: string, log: PostgresLog): Promise<void> {
  for (const { signal, waitMs } of STEPS) {
    const living = livingProcesses(cluster)
    if (living.length === 0) return dropStaleLock(cluster, log)
    log.warn('postgres.leftover', { processes: living.join(' '), signal })
    // The first process ends the others in good order; they are asked themselves only where it is gone or deaf.
    const first = living.filter((pid) => pid === namedProcess(cluster))
    for (const pid of signal === 'SIGINT' && first.length > 0 ? first : living) send(pid, signal)
    const deadline = performance.now() + waitMs
    while (livingProcesses(cluster).length > 0 && performance.now() < deadline) await pause(LOOK_AGAIN_MS)
  }
  const living = livingProcesses(cluster)
  if (living.length === 0) return dropStaleLock(cluster, log)
  throw new PostgresProblem(`PostgreSQL is still running on ${cluster} from an earlier start (process ${living.join(', ')}) and can\u2019t be ended. The data is untouched. End it, or restart the machine, and start the hub again.`)
}
