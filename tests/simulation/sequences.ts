import type { NetChange } from '../../src/shared/domain/kernel/changes.ts'
import { openOffice } from './openingDay.ts'
import { GENERATORS } from './generators.ts'
import { Simulator } from './simulator.ts'
import type { Generator } from './world.ts'

/** How often each kind was tried and accepted, over all sequences. */
export class Tally {
  readonly accepted = new Map<string, number>()
  readonly refused = new Map<string, number>()

  add(simulator: Simulator): void {
    for (const { command, accepted } of simulator.tried) {
      const counts = accepted ? this.accepted : this.refused
      counts.set(command, (counts.get(command) ?? 0) + 1)
    }
  }

  get total(): number {
    return [...this.accepted.values(), ...this.refused.values()].reduce((sum, count) => sum + count, 0)
  }

  get acceptedTotal(): number {
    return [...this.accepted.values()].reduce((sum, count) => sum + count, 0)
  }

  /** One line a command, for the test's output. */
  table(): string {
    const names = [...new Set([...this.accepted.keys(), ...this.refused.keys()])].sort()
    return names.map((name) => `${name.padEnd(28)} ${String(this.accepted.get(name) ?? 0).padStart(7)} accepted ${String(this.refused.get(name) ?? 0).padStart(7)} refused`).join('\n')
  }
}

/** Mostly what moves a job along, so that sequences reach the accountant; now and then anything. */
const COMMON = new Set(['customer.create', 'call.offered', 'call.answered', 'job.book', 'appointment.assign', 'appointment.changeState', 'appointment.closeOut', 'invoice.draft', 'invoice.finalize', 'payment.record', 'batch.prepare', 'batch.review', 'batch.post'])

const STARTS_A_COMPANY = new Set(['company.create'])

/**
 * One seeded sequence: an opening day, then `steps` proposals. The kinds accepted least so far are drawn
 * more often, so that none stays untried.
 */
export function playSequence(seed: number, steps: number, tally: Tally, watch: (simulator: Simulator, changes: readonly NetChange[]) => void = () => undefined): Simulator {
  const simulator = new Simulator(seed)
  openOffice(simulator)
  const { random } = simulator
  const common = GENERATORS.filter((generator) => COMMON.has(generator.command))
  const others = GENERATORS.filter((generator) => !STARTS_A_COMPANY.has(generator.command))
  const draw = (): Generator | undefined => {
    if (random.chance(0.55)) return random.pick(common)
    const [one, other] = [random.pick(others), random.pick(others)]
    if (!one || !other) return one
    return (tally.accepted.get(one.command) ?? 0) <= (tally.accepted.get(other.command) ?? 0) ? one : other
  }
  let done = 0
  for (let attempt = 0; done < steps && attempt < steps * 20; attempt++) {
    const generator = draw()
    const changes = generator && simulator.step(generator)
    if (!changes) continue
    done++
    watch(simulator, changes)
  }
  tally.add(simulator)
  return simulator
}
