import type { RegisteredCommand } from '../../../shared/domain/commands.ts'
import type { InputOf, Opens } from './given.ts'
import type { Look } from './look.ts'

/** What a person did by a command, in words. */
export interface Deed {
  /** Without its subject, in the past: `Gave Nora Whitfield’s visit to Hank Ruiz`. */
  readonly title: string
  readonly lines: readonly string[]
  /** Where it can be looked at; never a record that the command itself would have brought about. */
  readonly opens: Opens | null
}

/** Words for some commands, each for its own input. */
export type Deeds = { readonly [Name in RegisteredCommand['name']]?: (input: InputOf<Name>, look: Look) => Deed }
