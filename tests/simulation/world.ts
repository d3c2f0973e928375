import type { Place } from '../../src/shared/domain/kernel/execute.ts'
import type { Row, Table } from '../../src/shared/domain/kernel/table.ts'

/** Chance that replays: every generator draws from it and from nothing else. */
export interface Random {
  /** An integer in [0, below). */
  readonly below: (limit: number) => number
  readonly chance: (probability: number) => boolean
  /** One of them, or undefined where there are none. */
  readonly pick: <T>(from: readonly T[]) => T | undefined
  readonly id: () => string
}

/** What a generator sees of the simulated office. */
export interface World {
  readonly rows: <T extends Table>(table: T) => readonly Row<T>[]
  readonly at: number
  readonly zone: string
  readonly random: Random
}

export interface Proposal {
  readonly input: unknown
  /** Who does it; without one the simulator picks a person who may, now and then one who may not. */
  readonly actorId?: string
  /** `hub`: it comes from a workstation that saw other rows, so nothing is completed or asked about here. */
  readonly place?: Place
}

/**
 * Proposes an input for one command, mostly one that will be accepted, sometimes one that must be refused.
 * `undefined` where the office is not in a state for it. Every registered command has one; a test says so.
 */
export interface Generator {
  readonly command: string
  readonly propose: (world: World) => Proposal | undefined
}
