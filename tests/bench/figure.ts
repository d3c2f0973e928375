import { cpus, release, totalmem, type } from 'node:os'

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
  /** The most it should be. */
  readonly target: number | null
  readonly met: boolean | null
  readonly n: number
  readonly machine: string
}

const MACHINE = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, Node ${process.versions.node}`

const rounded = (value: number): number => Math.round(value * 1000) / 1000

export function figure(
  area: string,
  name: string,
  value: number,
  unit: string,
  more: { readonly target?: number; readonly peer?: string; readonly peerValue?: number; readonly n?: number } = {},
): Figure {
  const { target = null, peer = null, peerValue = null, n = 1 } = more
  return {
    area,
    name,
    value: rounded(value),
    unit,
    peer,
    peerValue: peerValue === null ? null : rounded(peerValue),
    ratio: peerValue === null || peerValue === 0 ? null : rounded(value / peerValue),
    target,
    met: target === null ? null : value <= target,
    n,
    machine: MACHINE,
  }
}

/** The value below which a share of the samples lies; 0.95 for p95. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
