import type { NetChange } from '../../src/shared/domain/kernel/changes.ts'
import { drawGenerator } from './drawing.ts'
import { openOffice } from './openingDay.ts'
import { Simulator } from './simulator.ts'
import { Tally } from './tally.ts'

/** A kind is looked for until it was accepted this often, in half of what is done. */
const WANTED = { enough: 200, share: 0.5 }

/**
 * One seeded sequence: an opening day, then `steps` proposals. The kinds accepted least so far are drawn
 * more often, so that none stays untried.
 */
export function playSequence(seed: number, steps: number, tally: Tally, watch: (simulator: Simulator, changes: readonly NetChange[]) => void = () => undefined): Simulator {
  const simulator = new Simulator(seed)
  openOffice(simulator)
  let done = 0
  for (let attempt = 0; done < steps && attempt < steps * 20; attempt++) {
    const generator = drawGenerator(simulator.world, tally, WANTED)
    const changes = generator && simulator.step(generator)
    if (!changes) continue
    done++
    watch(simulator, changes)
  }
  for (const { command, accepted } of simulator.tried) tally.add(command, accepted)
  return simulator
}
