import { derivedId } from '../../src/shared/base/id.ts'
import { HOUR, MINUTE } from '../../src/shared/base/time.ts'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import type { NetChange } from '../../src/shared/domain/kernel/changes.ts'
import type { CommandEnvelope, NumberKind } from '../../src/shared/domain/kernel/command.ts'
import { execute, type Place } from '../../src/shared/domain/kernel/execute.ts'
import { MemoryEngine } from '../../src/shared/domain/kernel/memoryEngine.ts'
import { drawActor } from './drawing.ts'
import { seededRandom } from './random.ts'
import type { Generator, World } from './world.ts'

export const ZONE = 'America/Chicago'

export interface Tried {
  readonly command: string
  readonly accepted: boolean
  /** The refusal's code. */
  readonly code: string | null
}

/** One seeded office: it proposes commands, runs them in memory, and remembers what was tried and accepted. */
export class Simulator {
  readonly engine = new MemoryEngine()
  readonly companyId = derivedId('company', 'simulated')
  readonly deviceId = derivedId('device', 'simulated')
  readonly log: CommandEnvelope[] = []
  readonly tried: Tried[] = []
  readonly seed: number
  at = Date.UTC(2026, 6, 14, 13, 0)
  readonly #random
  readonly #numbers = new Map<NumberKind, number>()

  constructor(seed: number) {
    this.seed = seed
    this.#random = seededRandom(seed, () => this.at)
  }

  get world(): World {
    return { rows: (table) => this.engine.rows(table), at: this.at, zone: ZONE, random: this.#random }
  }

  /** Lets the generator propose, runs what it proposes, and says what came of it; undefined where it had nothing. */
  step(generator: Generator): readonly NetChange[] | undefined {
    // Most sequences see a night go by: days end, and what was promised for them is late.
    this.at += this.#random.chance(0.02) ? this.#random.below(20) * HOUR : this.#random.below(20) * MINUTE
    const proposal = generator.propose(this.world)
    return proposal && this.run(generator.command, proposal.input, drawActor(this.world, generator.command, proposal), proposal.place)
  }

  run(name: string, input: unknown, actorId: string, place: Place = 'origin'): readonly NetChange[] {
    const command = COMMANDS.get(name)
    if (!command) throw new Error(`No command is named ${name}`)
    const parsed = command.input.safeParse(input)
    if (!parsed.success) {
      this.tried.push({ command: name, accepted: false, code: 'input.invalid' })
      return []
    }
    // What comes from elsewhere was completed there.
    const complete = command.prepare && place === 'origin' ? this.engine.run(command.prepare(parsed.data, { actorId, deviceId: this.deviceId })) : parsed.data
    const kinds = command.numbers ?? []
    const envelope: CommandEnvelope = {
      id: this.#random.id(),
      name,
      version: command.version,
      at: this.at,
      actorId,
      deviceId: this.deviceId,
      companyId: this.companyId,
      operationId: null,
      input: complete,
      numbers: Object.fromEntries(kinds.map((kind) => [kind, String(this.#numbers.get(kind) ?? 1)])),
    }
    const execution = this.engine.run(execute(command, envelope, place))
    if (execution.kind === 'refused') {
      this.tried.push({ command: name, accepted: false, code: execution.refusal.code })
      return []
    }
    for (const kind of kinds) this.#numbers.set(kind, (this.#numbers.get(kind) ?? 1) + 1)
    this.engine.apply(execution.changes)
    this.log.push(envelope)
    this.tried.push({ command: name, accepted: true, code: null })
    return execution.changes
  }

  get random(): World['random'] {
    return this.#random
  }
}
