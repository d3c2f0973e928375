import { derivedId, newId } from '../../src/shared/base/id.ts'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import type { NetChange } from '../../src/shared/domain/kernel/changes.ts'
import type { CommandEnvelope, NumberKind } from '../../src/shared/domain/kernel/command.ts'
import { execute, type Place } from '../../src/shared/domain/kernel/execute.ts'
import { MemoryEngine } from '../../src/shared/domain/kernel/memoryEngine.ts'
import type { Refusal } from '../../src/shared/domain/kernel/refusal.ts'
import { SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'

export type Outcome = { readonly kind: 'accepted'; readonly changes: readonly NetChange[]; readonly objection: Refusal | null } | { readonly kind: 'refused'; readonly refusal: Refusal }

/**
 * An office in memory for unit tests: it runs commands as the workstation's runner does
 * (validate, number, execute, apply), with a clock the test sets.
 */
export class Office {
  readonly engine = new MemoryEngine()
  readonly companyId = derivedId('company', 'test')
  /** The workstation that the next command comes from. */
  deviceId = derivedId('device', 'test')
  /** Tuesday, July 14, 2026, 1:42 PM in Chicago. */
  now = Date.UTC(2026, 6, 14, 18, 42)
  /** True once the company is on a hub. */
  shared = false
  readonly log: CommandEnvelope[] = []
  readonly #next = new Map<NumberKind, number>()

  /** Runs a command and applies it where accepted, as the person who gives it does or (`place`) as the hub does. Input that does not validate is a refusal with code `input.invalid`. */
  run(name: string, input: unknown, actorId: string = SYSTEM_ACTOR, place: Place = 'origin'): Outcome {
    const command = COMMANDS.get(name)
    if (!command) throw new Error(`No command is named ${name}`)
    const parsed = command.input.safeParse(input)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      return { kind: 'refused', refusal: { code: 'input.invalid', message: issue?.message ?? 'Invalid', field: issue?.path.join('.') ?? '' } }
    }
    this.now += 1000
    const numbers = Object.fromEntries((command.numbers ?? []).map((kind) => [kind, String(this.#next.get(kind) ?? 1001)]))
    const envelope: CommandEnvelope = {
      id: newId(this.now),
      name,
      version: command.version,
      at: this.now,
      actorId,
      deviceId: this.deviceId,
      companyId: this.companyId,
      operationId: null,
      // What comes from elsewhere was completed there.
      input: command.prepare && place === 'origin' ? this.engine.run(command.prepare(parsed.data, { actorId, deviceId: this.deviceId, shared: this.shared })) : parsed.data,
      numbers,
    }
    const outcome = this.engine.run(execute(command, envelope, place))
    if (outcome.kind === 'refused') return outcome
    for (const kind of command.numbers ?? []) this.#next.set(kind, (this.#next.get(kind) ?? 1001) + 1)
    this.engine.apply(outcome.changes)
    this.log.push(envelope)
    return outcome
  }

  /** Runs a command that must be accepted. */
  must(name: string, input: unknown, actorId?: string): readonly NetChange[] {
    const outcome = this.run(name, input, actorId)
    if (outcome.kind === 'refused') throw new Error(`${name} was refused: ${outcome.refusal.code} ${outcome.refusal.message} ${outcome.refusal.field ?? ''}`)
    return outcome.changes
  }
}
