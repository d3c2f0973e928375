import { z } from 'zod'
import { METHODS } from '../../shared/contract/methods.ts'
import { COMMANDS } from '../../shared/domain/commands.ts'

/** One thing that can be asked of Baton, as a script needs to know it. */
export interface ListedMethod {
  readonly name: string
  readonly kind: 'query' | 'action' | 'intention' | 'fact'
  readonly summary: string
  /** Null: needs nobody signed in. */
  readonly permission: string | null
  /** JSON schemas (draft 2020-12). */
  readonly input: unknown
  readonly output: unknown
}

const schema = (type: z.ZodType, io: 'input' | 'output'): unknown => z.toJSONSchema(type, { io, unrepresentable: 'any' })

const commandOutput = schema(z.object({ commandId: z.string(), changed: z.array(z.object({ table: z.string(), id: z.string() })) }), 'output')

/** Every query, action and command by name, with the shapes of what goes in and what comes out. */
export function listMethods(): readonly ListedMethod[] {
  const methods = [...METHODS.values()].map(
    ({ name, kind, summary, permission, input, output }): ListedMethod => ({ name, kind, summary, permission, input: schema(input, 'input'), output: schema(output, 'output') }),
  )
  const commands = [...COMMANDS.values()].map(
    ({ name, kind, summary, permission, input }): ListedMethod => ({ name, kind, summary, permission, input: schema(input, 'input'), output: commandOutput }),
  )
  return [...methods, ...commands].sort((left, right) => (left.name < right.name ? -1 : 1))
}
