import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PLAIN_STOP, type Problem } from '../../../src/shared/planner/problem.ts'
import { ROOT } from '../../support/webHost.ts'

/** The optimiser lab, where it lies beside the repository: its instances, and its prototype as the peer. */

const LAB = join(ROOT, '../shared/dispatch-lab')

export const labFile = (name: string): string | null => (existsSync(join(LAB, name)) ? join(LAB, name) : null)

/** What the lab's files hold: VROOM's format. */
interface VroomDay {
  readonly vehicles: readonly { readonly id: number; readonly start_index: number; readonly end_index: number; readonly time_window: readonly [number, number]; readonly capacity?: readonly [number]; readonly skills?: readonly number[] }[]
  readonly jobs: readonly {
    readonly id: number
    readonly location_index: number
    readonly service?: number
    readonly time_windows?: readonly (readonly [number, number])[]
    readonly delivery?: readonly [number]
    readonly skills?: readonly number[]
    readonly priority?: number
  }[]
  readonly matrices: { readonly car: { readonly durations: readonly (readonly number[])[] } }
}

/** A cent is a second: what a plan costs is what it drives. */
export function labDay(file: string): Problem {
  const { vehicles, jobs, matrices } = JSON.parse(readFileSync(file, 'utf8')) as VroomDay
  const rows = matrices.car.durations
  return {
    now: null,
    travelPrice: 60,
    travel: { places: rows.length, seconds: Int32Array.from(rows.flat()) },
    technicians: vehicles.map(({ id, start_index, end_index, time_window: [from, to], capacity, skills = [] }) => ({
      id: String(id),
      skills: skills.map(String),
      shift: { from, to },
      overtime: null,
      startPlace: start_index,
      endPlace: end_index,
      blocks: [],
      capacity: capacity?.[0] ?? null,
    })),
    stops: jobs.map(({ id, location_index, service = 0, time_windows = [[-1e9, 1e9]], delivery, skills = [], priority = 0 }) => ({
      ...PLAIN_STOP,
      id: String(id),
      place: location_index,
      seconds: service,
      skills: skills.map(String),
      windows: time_windows.map(([from, to]) => ({ from, to, price: 0, late: null })),
      load: delivery?.[0] ?? 0,
      dropPrice: 1e8 * (1 + priority),
    })),
  }
}

/** The lab's prototype: solves a file of the lab, in thousandths of CPU seconds. */
export interface Prototype {
  readonly loadVroom: (file: string) => PrototypeDay
  readonly solve: (day: PrototypeDay, milliseconds: number, seed: number, warm?: { readonly seqs: readonly (readonly number[])[]; readonly absent: readonly number[] }) => PrototypePlan
}

export interface PrototypeDay {
  readonly V: readonly { readonly sk: number; readonly t0: number; readonly t1: number }[]
}

export interface PrototypePlan {
  readonly cost: number
  readonly absent: readonly number[]
  readonly seqs: readonly (readonly number[])[]
}

export async function labPrototype(): Promise<Prototype | null> {
  const file = labFile('sisr.mjs')
  if (file === null) return null
  // It is a program too, and would take the bench's words for its own.
  const words = process.argv
  process.argv = words.slice(0, 2)
  try {
    return (await import(pathToFileURL(file).href)) as Prototype
  } finally {
    process.argv = words
  }
}

/** CPU milliseconds of this process: what others do on the machine does not count. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
