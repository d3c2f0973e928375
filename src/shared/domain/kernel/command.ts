import type { z } from 'zod'
import type { Instant } from '../../base/time.ts'
import type { Permission } from '../people/permissions.ts'
import type { Change } from './changes.ts'
import type { Loading } from './load.ts'
import type { Clearance } from './table.ts'
import type { Refused } from './refusal.ts'

export type Accepted = { readonly kind: 'accepted'; readonly changes: readonly Change[] }
export type Decision = Accepted | Refused

export function accept(...changes: readonly (Change | readonly Change[])[]): Accepted {
  return { kind: 'accepted', changes: changes.flat() }
}

/** A counter whose next value the workstation hands out, without holes, in the command's transaction. */
export type NumberKind = 'customer' | 'job' | 'invoice' | 'batch'

/**
 * Everything `decide` may know beside its input and its rows. There is no clock and no randomness:
 * the time, the numbers and the ids travelled in with the command.
 */
export interface DecisionContext {
  readonly companyId: string
  readonly commandId: string
  readonly deviceId: string
  readonly at: Instant
  /** No clock that has seen it, its workstation’s or the hub’s, says that it is earlier: for what can’t be taken back. */
  readonly surelyAt: Instant
  readonly actorId: string
  /** May the actor do this as well? For rights that decide within a command (an overbooking, a discount). */
  readonly may: (permission: Permission) => boolean
  /** An id for a row this command brings about, the same at every replay. */
  readonly id: (label: string) => string
  /** A document number allocated for this command; throws where the command did not declare the kind. */
  readonly number: (kind: NumberKind) => string
}

interface CommandShape<Name extends string, Schema extends z.ZodType, Loaded> {
  readonly name: Name
  /** Grows when the input's shape changes; older shapes are upcast at the hub. */
  readonly version: number
  /** One sentence for the command list: what a person does by it. */
  readonly summary: string
  readonly permission: Permission
  readonly input: Schema
  /** Only with the hub's word: without a line to it the person is told so (posting a batch). */
  readonly online?: boolean
  /** What it writes is only for workstations with this clearance: elsewhere it can't even be typed in, because it would stay in that journal. */
  readonly clearance?: Clearance
  readonly numbers?: readonly NumberKind[]
  /**
   * Completes the input where the command originates (prices from the price book), before it is logged:
   * what it fills in travels with the command, so a replay elsewhere sees the same.
   * @param by `shared` where other workstations may be changing the same rows meanwhile
   */
  prepare?(input: z.output<Schema>, by: { readonly actorId: string; readonly deviceId: string; readonly shared?: boolean }): Loading<z.output<Schema>>
  // Methods, not properties, so that a list of commands of every shape type-checks as Command[].
  load(input: z.output<Schema>, by: { readonly actorId: string; readonly deviceId: string }): Loading<Loaded>
}

/**
 * A command that waits for the hub's word draws its number before the hub has spoken: refused there, it leaves a hole in
 * the series and nothing that explains it.
 */
function checkNumbers({ name, online, numbers = [] }: Pick<CommandShape<string, z.ZodType, unknown>, 'name' | 'online' | 'numbers'>): void {
  if (online === true && numbers.length > 0) throw new Error(`${name} can\u2019t both wait for the hub and take a ${numbers.join(', ')} number: refused, it would leave a hole. Take the number in the command before it`)
}

/** Something a person wants to do; it can be refused. */
export interface Intention<Name extends string = string, Schema extends z.ZodType = z.ZodType, Loaded = unknown>
  extends CommandShape<Name, Schema, Loaded> {
  readonly kind: 'intention'
  decide(input: z.output<Schema>, loaded: Loaded, context: DecisionContext): Decision
}

/** Something that has happened (a call came, money was taken); its return type has no refusal. */
export interface Fact<Name extends string = string, Schema extends z.ZodType = z.ZodType, Loaded = unknown>
  extends CommandShape<Name, Schema, Loaded> {
  readonly kind: 'fact'
  /**
   * Asks the person who reports it about what looks mistyped, once, where it is reported. From then on it has happened:
   * neither a replay nor the hub asks again, so `decide` must find a place for whatever this lets pass later.
   */
  question?(input: z.output<Schema>, loaded: Loaded, context: DecisionContext): Refused | undefined
  decide(input: z.output<Schema>, loaded: Loaded, context: DecisionContext): Accepted
}

export type Command = Intention | Fact

export function defineIntention<const Name extends string, Schema extends z.ZodType, Loaded>(
  definition: Omit<Intention<Name, Schema, Loaded>, 'kind'>,
): Intention<Name, Schema, Loaded> {
  checkNumbers(definition)
  return { kind: 'intention', ...definition }
}

export function defineFact<const Name extends string, Schema extends z.ZodType, Loaded>(
  definition: Omit<Fact<Name, Schema, Loaded>, 'kind'>,
): Fact<Name, Schema, Loaded> {
  checkNumbers(definition)
  return { kind: 'fact', ...definition }
}

/**
 * A command on its way: what is logged, put in the outbox, sent to the hub and replayed.
 * `id` makes sending it twice harmless.
 */
export interface CommandEnvelope {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly at: Instant
  readonly actorId: string
  readonly deviceId: string
  readonly companyId: string
  /** Shared by the chunks of one import, one sample company, one bulk action. */
  readonly operationId: string | null
  readonly input: unknown
  readonly numbers: Readonly<Partial<Record<NumberKind, string>>>
}
