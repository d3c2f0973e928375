import type { z } from 'zod'
import type { Permission } from '../domain/people/permissions.ts'

/**
 * A method that is not a command. A `query` only reads the store; an `action` has an effect outside it
 * (a file, a backup, a sign-in, the practice line) and sends commands for what must be recorded.
 */
export interface Method<Name extends string = string, In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'action'
  readonly name: Name
  readonly summary: string
  /** `null`: answered before anyone has signed in. */
  readonly permission: Permission | null
  readonly input: In
  readonly output: Out
  /** The tables whose changes make a query's answer stale. */
  readonly reads: readonly string[]
}

export function defineQuery<const Name extends string, In extends z.ZodType, Out extends z.ZodType>(
  definition: Omit<Method<Name, In, Out>, 'kind'>,
): Method<Name, In, Out> {
  return { kind: 'query', ...definition }
}

export function defineAction<const Name extends string, In extends z.ZodType, Out extends z.ZodType>(
  definition: Omit<Method<Name, In, Out>, 'kind' | 'reads'>,
): Method<Name, In, Out> {
  return { kind: 'action', reads: [], ...definition }
}
