import type { z } from 'zod'
import type { RegisteredMethod } from '../../shared/contract/methods.ts'
import type { RegisteredCommand } from '../../shared/domain/commands.ts'

export type MethodName = RegisteredMethod['name']
type MethodNamed<N extends MethodName> = Extract<RegisteredMethod, { readonly name: N }>

/** What a query or action takes, and what it answers. */
export type InputOf<N extends MethodName> = z.input<MethodNamed<N>['input']>
export type OutputOf<N extends MethodName> = z.output<MethodNamed<N>['output']>

export type CommandName = RegisteredCommand['name']
type CommandNamed<N extends CommandName> = Extract<RegisteredCommand, { readonly name: N }>

export type CommandInput<N extends CommandName> = z.input<CommandNamed<N>['input']>

/** What the backend answers to a command it accepted. */
export interface CommandAnswer {
  readonly commandId: string
  /** Empty where the first answer was lost on its way and this one answers the second sending. */
  readonly changed: readonly { readonly table: string; readonly id: string }[]
}

/** A second person's sign-in for one command, as posting a batch asks for. */
export interface Approval {
  readonly userId: string
  readonly pin: string
}
