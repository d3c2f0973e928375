import { readdirSync, readFileSync } from 'node:fs'

/** A running process: its command line and the letter of its state (`S` waits, `T` is stopped). */
export interface Running {
  readonly command: string
  readonly state: string
}

/** All running processes that name a folder: a laboratory's servers and telephones all do. */
export function processesIn(folder: string): readonly Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        const state = /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? ''
        return [{ command, state }]
      } catch {
        return []
      }
    })
    .filter(({ command }) => command.includes(folder))
}
