// A process of its own between the hub and PostgreSQL. It runs one program for as long as the pipe to the hub is open:
// the system closes the pipe however the hub ends, and the guard then ends the program. Nothing else stops it, so that
// Ctrl+C in the terminal reaches the hub alone, which finishes its work first.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import type { GuardOrder } from './guarded.ts'

type Request = 'SIGINT' | 'SIGQUIT' | 'SIGKILL'

/** Fast shutdown first, then an immediate one; a cluster recovers from either, and from the last. */
const AFTER_A_KILL: readonly (readonly [Request, number])[] = [['SIGINT', 0], ['SIGQUIT', 4_000], ['SIGKILL', 7_000]]
/** The hub asked and waits: a large checkpoint may take its time. */
const WHEN_ASKED: readonly (readonly [Request, number])[] = [['SIGINT', 0], ['SIGQUIT', 60_000], ['SIGKILL', 70_000]]

const NOT_STARTED = 127
const SIGNALLED = 128

function run(order: GuardOrder): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  const child = spawn(order.program, order.words, {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: order.folder,
    ...(order.uid === undefined || order.gid === undefined ? {} : { uid: order.uid, gid: order.gid }),
    windowsHide: true,
  })
  const ask = (request: Request): void => {
    // Windows has no signals; PostgreSQL listens for them on a pipe that its own tool knows.
    if (process.platform === 'win32' && request !== 'SIGKILL') {
      spawn(join(dirname(order.program), 'pg_ctl.exe'), ['kill', request.slice(3), String(child.pid)], { stdio: 'ignore', windowsHide: true })
    } else {
      child.kill(request)
    }
  }
  child.once('error', (error) => {
    process.stderr.write(`${order.program} could not be started: ${error.message}\n`)
    process.exit(NOT_STARTED)
  })
  child.once('exit', (code, signal) => process.exit(code ?? SIGNALLED + constants.signals[signal ?? 'SIGKILL']))

  let asked = false
  let ending = false
  const end = (): void => {
    if (ending) return
    ending = true
    for (const [request, afterMs] of asked ? WHEN_ASKED : AFTER_A_KILL) setTimeout(ask, afterMs, request)
  }
  process.stdin.on('data', () => (asked = true))
  process.stdin.on('error', end)
  process.stdin.on('close', end)
}

run(JSON.parse(process.argv[2] ?? '') as GuardOrder)
