import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { PostgresLog } from '../postgres/log.ts'

/** Structured lines. Details hold ids, counts, codes and times: never a name, a telephone number or what was written. */
export type HubLog = PostgresLog

export type LogTarget = { readonly kind: 'stdout' } | { readonly kind: 'folder'; readonly folder: string }

const MAX_BYTES = 20 * 1024 * 1024
const KEPT_FILES = 5
const LOOK_EVERY_MS = 60_000

function rotate(file: string): void {
  for (let age = KEPT_FILES - 1; age >= 0; age--) {
    try {
      renameSync(age === 0 ? file : `${file}.${age}`, `${file}.${age + 1}`)
    } catch {
      // That generation does not exist yet.
    }
  }
}

/** A file that is put aside when it has grown too long. */
function rotatingFile(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'hub.log')
  const destination = pino.destination({ dest: file, sync: true, append: true, mode: 0o600 })
  // A disk that is full must not stop the office: lines are lost, nothing else.
  destination.on('error', () => undefined)
  const look = (): void => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < MAX_BYTES) return
    rotate(file)
    destination.reopen()
  }
  look()
  setInterval(look, LOOK_EVERY_MS).unref()
  return destination
}

/** Opens the hub's log: one JSON object a line, with `level`, `time` and `event`. */
export function openHubLog(target: LogTarget): HubLog {
  const destination = target.kind === 'stdout' ? pino.destination({ dest: 1, sync: true }) : rotatingFile(target.folder)
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, destination)
  return {
    info: (event, details = {}) => logger.info({ event, ...details }),
    warn: (event, details = {}) => logger.warn({ event, ...details }),
    error: (event, details = {}) => logger.error({ event, ...details }),
  }
}

/** What a log may hold of an exception. PostgreSQL puts rows into `detail`, which therefore stays out. */
export function errorDetails(error: unknown): { readonly error: string; readonly cause: string | null; readonly stack: string | null } {
  if (!(error instanceof Error)) return { error: String(error), cause: null, stack: null }
  return { error: error.message, cause: error.cause instanceof Error ? error.cause.message : null, stack: error.stack ?? null }
}
