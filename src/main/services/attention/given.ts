import type { z } from 'zod'
import type { RegisteredCommand } from '../../../shared/domain/commands.ts'

/** A place in the application: a record, and its calendar day where that matters. */
export interface Opens {
  readonly kind: string
  readonly id: string
  readonly day: string | null
}

/** A command as it was logged. */
export interface Given {
  readonly commandName: string
  readonly commandVersion: number
  readonly input: unknown
}

/** What the command of this name takes. */
export type InputOf<Name extends RegisteredCommand['name']> = z.output<Extract<RegisteredCommand, { readonly name: Name }>['input']>
