import type { Outcome } from '../../../src/shared/sync/protocol.ts'
import type { Workstation } from './workstation.ts'

/** What became of a command, from the person's side and from the hub's. */
export interface Fate {
  readonly name: string
  readonly workstation: Workstation
  outcome: Outcome | null
  /** A restored hub had to decide it anew, on rows that may be others. */
  decidedAnew: boolean
}
