import { createBackend } from '../../../src/main/core/backend.ts'
import { systemTimers, type Timers } from '../../../src/main/sync/timers.ts'
import type { DeskStart } from './deskTalk.ts'
import { serveDriver } from './deskServe.ts'

/**
 * A workstation without a page: the real backend over a real folder, and the real link. It prints `saved ID NAME` once a
 * command is committed, which is what a person is told, and `sent N` as the hub acknowledges; everything else the driver
 * asks over the process's channel. It ends when the driver is gone.
 */

const start = JSON.parse(process.argv[2] ?? 'null') as DeskStart | null
if (!start) throw new Error('Say how to start')

const say = (event: string, details?: unknown): void => void process.stderr.write(`${event} ${JSON.stringify(details ?? {})}\n`)
const now = (): number => Date.now() + start.shift

function hasty(timers: Timers, haste: number): Timers {
  const began = timers.now()
  return { ...timers, now: () => began + (timers.now() - began) * haste, after: (milliseconds, run) => timers.after(milliseconds / haste, run) }
}

const backend = createBackend({
  directory: start.directory,
  alone: true,
  version: 'test',
  desktop: false,
  shell: { offerFile: (file) => Promise.resolve({ kind: 'saved', path: file.name }), notify: () => undefined },
  phone: { send: () => undefined, listen: () => () => undefined, close: () => undefined },
  log: { info: () => undefined, warn: say, error: say },
  now,
  timers: hasty(systemTimers(now), start.haste),
})

if (!backend.services) {
  process.stderr.write(`${JSON.stringify(backend.startupError)}\n`)
  process.exit(1)
}

serveDriver(backend.services, now)
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => void backend.close().then(() => process.exit(0)))
process.stdout.write('ready\n')
