import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Details of a log line: ids, counts, codes and times. Never a name, a number or an address of a customer. */
export type LogDetails = Readonly<Record<string, string | number | boolean | null>>

/** Structured and rotating: one JSON object a line, so that support can search it and a person can still read it. */
export interface Log {
  info(event: string, details?: LogDetails): void
  warn(event: string, details?: LogDetails): void
  error(event: string, details?: LogDetails): void
}

const MAX_BYTES = 2 * 1024 * 1024
const KEPT_FILES = 3

function rotate(file: string): void {
  for (let age = KEPT_FILES - 1; age >= 0; age--) {
    try {
      renameSync(age === 0 ? file : `${file}.${age}`, `${file}.${age + 1}`)
    } catch {
      // That generation does not exist yet.
    }
  }
}

/**
 * A log in `<dataDir>/logs/<name>.log`. Each thread writes a file of its own, because two can't rotate one.
 * Where the folder can't be written, warnings and errors go to `fallback` and the rest is dropped: a full disk must
 * not stop the office.
 */
export function openLog(dataDir: string, name: string, fallback: (line: string) => void = (line) => void process.stderr.write(`${line}\n`)): Log {
  const folder = join(dataDir, 'logs')
  const file = join(folder, `${name}.log`)
  let size = -1

  const write = (level: 'info' | 'warn' | 'error', event: string, details: LogDetails = {}): void => {
    const line = JSON.stringify({ at: new Date().toISOString(), level, event, ...details })
    try {
      if (size < 0) {
        // Often the first to make the data folder: for this account only.
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
      }
      if (size > MAX_BYTES) {
        rotate(file)
        size = 0
      }
      appendFileSync(file, `${line}\n`)
      size += line.length + 1
    } catch {
      size = -1
      if (level !== 'info') fallback(line)
    }
  }

  return {
    info: (event, details) => write('info', event, details),
    warn: (event, details) => write('warn', event, details),
    error: (event, details) => write('error', event, details),
  }
}

/** What a log may hold of an exception: its message and where it came from. */
export function errorDetails(error: unknown): LogDetails {
  return error instanceof Error ? { error: error.message, stack: error.stack ?? null } : { error: String(error) }
}
