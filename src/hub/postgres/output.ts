import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs'

const MAX_BYTES = 2 * 1024 * 1024
const SHOWN_BYTES = 2_000

/** Bytes of a file; 0 where it doesn't exist. */
export function lengthOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** The end of what was added to a file since it had `length` bytes. */
export function printedSince(file: string, length: number): string {
  const end = lengthOf(file)
  const start = Math.max(length, end - SHOWN_BYTES)
  if (end <= start) return 'nothing.'
  const handle = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(end - start)
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, start)).trim()
  } finally {
    closeSync(handle)
  }
}

/** Keeps one older file beside it. PostgreSQL must not be running: it holds on to the file it has. */
export function rotate(file: string): void {
  if (lengthOf(file) > MAX_BYTES) renameSync(file, `${file}.1`)
}
