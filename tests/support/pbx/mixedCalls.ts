import { seededRandom } from '../../simulation/random.ts'
import { LINES } from './numbers.ts'
import type { Pbx } from './pbx.ts'
import { callByTrunk, type TrunkCall, trunkCall, type TrunkReport } from './sipp.ts'
import type { CallKind } from './sippScenarios.ts'

/** How often each kind comes in a mix, against the others. */
export type MixWeights = Readonly<Record<CallKind, number>>

export const EVERYDAY: MixWeights = { callerEnds: 5, officeEnds: 4, callerHolds: 2, givesUp: 4, takenElsewhere: 2, hangsUpEarly: 2, busy: 2 }

export interface MixOptions {
  /** The same seed gives the same calls. */
  readonly seed: number
  readonly calls: number
  readonly weights?: MixWeights
  readonly dialled?: string
}

const FIRST_NUMBER = 5_125_551_000

/** Calls as they come on a busy day, each from a number of its own, so that a test finds the record of each. */
export function planMix({ seed, calls, weights = EVERYDAY, dialled = LINES.main }: MixOptions): readonly TrunkCall[] {
  const random = seededRandom(seed)
  const kinds = Object.entries(weights).flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind as CallKind))
  return Array.from({ length: calls }, (_, index) =>
    trunkCall(random.pick(kinds) ?? 'givesUp', {
      callId: `mix-${seed}-${index}`,
      number: `+1${FIRST_NUMBER + index}`,
      name: `CALLER ${index}`,
      anonymous: random.chance(0.5),
      ringMs: 200 + random.below(1_200),
      talkMs: 300 + random.below(900),
      dialled,
    }),
  )
}

/**
 * Makes planned calls, some at the same time, in their order.
 * @param atOnce how many may be up at the same time
 * @returns what became of each, in the same order
 */
export async function callMix(pbx: Pbx, plan: readonly TrunkCall[], atOnce = 1): Promise<readonly TrunkReport[]> {
  const reports: TrunkReport[] = []
  const waiting = [...plan.entries()]
  const caller = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, call] = next
      reports[index] = await callByTrunk(pbx, call)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, caller))
  return reports
}
