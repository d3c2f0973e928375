import type { HubState } from '../../../src/shared/contract/methods/hub.ts'
import type { Checksum } from '../../../src/shared/sync/checksum.ts'

/** How a workstation is started. */
export interface DeskStart {
  readonly directory: string
  /** Milliseconds that its clock is off. */
  readonly shift: number
  /** How much faster than the world the link\u2019s own clock runs, so that a silence of a minute takes seconds. */
  readonly haste: number
}

/** Everything about a workstation at rest that can be compared with the hub and the others. */
export interface DeskReport {
  readonly deviceId: string
  readonly epoch: string
  readonly cursor: number
  /** In the outbox. */
  readonly unsent: number
  /** Lie on top of the hub's word. */
  readonly pending: number
  readonly checksums: Readonly<Record<string, Checksum>>
  /** What SQLite, the ledger and the promises say of themselves; empty when all is well. */
  readonly problems: readonly string[]
}

/** What the driver asks of a workstation, and what it answers. */
export interface DeskQuestions {
  /** Sets the company up, by ordinary commands. */
  setUp: { input: null; output: null }
  enrol: { input: { code: string; name: string }; output: HubState }
  invite: { input: null; output: string }
  revoke: { input: { deviceId: string }; output: null }
  /** Goes on to do what an office does until it is told to rest; as many changes wait for the hub at most. */
  work: { input: { seed: number; most: number; paceMs: number }; output: null }
  /** Runs so many commands, one after the other. */
  doSome: { input: { seed: number; count: number }; output: null }
  /** One command of the owner\u2019s, with its id or the refusal\u2019s sentence. */
  run: { input: { name: string; input: unknown; actor: 'owner' | 'clerk' }; output: { saved: string | null; sentence: string | null } }
  rest: { input: null; output: null }
  /** Keeps the mail password at this workstation. */
  mailPassword: { input: { password: string }; output: null }
  state: { input: null; output: HubState & { readonly cursor: number; readonly epoch: string; readonly pending: number } }
  report: { input: null; output: DeskReport }
  rows: { input: { table: string }; output: readonly Readonly<Record<string, unknown>>[] }
}

export type DeskQuestion = keyof DeskQuestions

export interface DeskRequest {
  readonly n: number
  readonly ask: DeskQuestion
  readonly input: unknown
}

export type DeskReply = { readonly n: number; readonly output: unknown } | { readonly n: number; readonly error: string }
