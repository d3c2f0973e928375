import { cpus, release, totalmem, type } from 'node:os'

export interface BenchOptions {
  /** How long what is measured over time is measured: the telephone's fifty calls a minute. */
  readonly minutes: number
}

/** One measured figure, as `npm run bench -- AREA --json` prints it, a line each. */
export interface Figure {
  readonly area: string
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What was measured beside it in the same run. */
  readonly peer: string | null
  readonly peerValue: number | null
  /** value / peerValue. */
  readonly ratio: number | null
  /** What it should be, at most or at least. */
  readonly target: number | null
  readonly bound: 'atMost' | 'atLeast'
  readonly met: boolean | null
  readonly n: number
  readonly machine: string
}

/** What was measured on. */
export const MACHINE = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, Node ${process.versions.node}`

const rounded = (value: number): number => Math.round(value * 1000) / 1000

export interface FigureContext {
  /** The most it should be. */
  readonly target?: number
  /** The least it should be, where more is better. */
  readonly least?: number
  readonly peer?: string
  /** Undefined where the peer could not be measured. */
  readonly peerValue?: number | undefined
  readonly n?: number
}

export function figure(area: string, name: string, value: number, unit: string, more: FigureContext = {}): Figure {
  const { peerValue = null, n = 1 } = more
  const peer = peerValue === null ? null : (more.peer ?? null)
  const target = more.least ?? more.target ?? null
  const bound = more.least === undefined ? 'atMost' : 'atLeast'
  return {
    area,
    name,
    value: rounded(value),
    unit,
    peer,
    peerValue: peerValue === null ? null : rounded(peerValue),
    ratio: peerValue === null || peerValue === 0 ? null : rounded(value / peerValue),
    target,
    bound,
    met: target === null ? null : bound === 'atMost' ? value <= target : value >= target,
    n,
    machine: MACHINE,
  }
}

/** The value below which a share of the samples lies; 0.95 for p95. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
