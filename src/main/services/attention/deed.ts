import type { z } from 'zod'
import type { RegisteredCommand } from '../../../shared/domain/commands.ts'
import type { Look } from './look.ts'

/** A place in the application: a record, and its calendar day where that matters. */
export interface Opens {
  readonly kind: string
  readonly id: string
  readonly day: string | null
}

/** What a person did by a command, in words. */
export interface Deed {
  /** Without its subject, in the past: `Gave Nora Whitfield\u2019s visit to Hank Ruiz`. */
  readonly title: string
  readonly lines: readonly string[]
  /** Where it can be looked at; never a record that the command itself would have brought about. */
  readonly opens: Opens | null
}

/** A command as it was logged. */
export interface Given {
  readonly commandName: string
  readonly commandVersion: number
  readonly input: unknown
}

type InputOf<Name extends RegisteredCommand['name']> = z.output<Extract<RegisteredCommand, { readonly name: Name }>['input']>

/** Words for some commands, each for its own input. */
export type Deeds = { readonly [Name in RegisteredCommand['name']]?: (input: InputOf<Name>, look: Look) => Deed }
