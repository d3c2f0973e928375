import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

interface Entry {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

function processes(): readonly Entry[] {
  return readdirSync('/proc').flatMap((name): Entry[] => {
    if (!/^\d+$/.test(name)) return []
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      return [{ pid: Number(name), parent: Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? 0), command: /^Name:\s+(.+)$/m.exec(status)?.[1] ?? '' }]
    } catch {
      return []
    }
  })
}

/** Its share of what is shared and all of what is its own. */
function proportionalMegabytes(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** A process and all that it has started, and these in turn. */
function family(pid: number): readonly Entry[] {
  const all = processes()
  const below = new Set([pid])
  for (let before = 0; before !== below.size; ) {
    before = below.size
    for (const entry of all) if (below.has(entry.parent)) below.add(entry.pid)
  }
  return all.filter((entry) => below.has(entry.pid))
}

/** Megabytes of a hub\u2019s process and of the PostgreSQL below it; undefined where the system doesn\u2019t say. */
export function hubMegabytes(pid: number): { readonly hub: number; readonly postgres: number } | undefined {
  if (!existsSync(`/proc/${pid}/smaps_rollup`)) return undefined
  const postgres = family(pid).filter((entry) => entry.command.startsWith('postgres'))
  return { hub: proportionalMegabytes(pid), postgres: postgres.reduce((sum, entry) => sum + proportionalMegabytes(entry.pid), 0) }
}

const autogroupOf = (pid: number | 'self'): string => readFileSync(`/proc/${pid}/autogroup`, 'utf8').split(' ')[0] ?? ''

/**
 * Linux shares the processors out between sessions first, and PostgreSQL makes every backend a session of its own: there a
 * process\u2019s own priority says nothing to ours. See sched(7), "The autogroup feature".
 */
function standBackAsGroup(pid: number): void {
  try {
    if (autogroupOf(pid) !== autogroupOf('self')) writeFileSync(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_LOW))
  } catch {
    // A kernel without autogroups, or a process that has ended: its own priority is all there is to say.
  }
}

/**
 * Lets what stands for other machines of an office take only the processor time that this process leaves: there it would
 * have processors of its own. Where the system can't say what belongs together nothing is changed.
 * @returns whether it stands back now
 */
export function standBack(pids: readonly number[]): boolean {
  if (!existsSync('/proc/self/status')) return false
  for (const { pid } of pids.flatMap(family)) {
    setPriority(pid, constants.priority.PRIORITY_LOW)
    standBackAsGroup(pid)
  }
  return true
}
