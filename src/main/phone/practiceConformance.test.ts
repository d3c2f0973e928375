import { phoneConformance } from '../../../tests/support/phoneConformance.ts'
import { type PhoneDriver, TurnedWorld } from '../../../tests/support/phoneDriver.ts'
import { CONSULTED_ANSWERS_MS, PRACTICE_ABILITIES, PracticeLine } from './practiceLine.ts'

const idOf = (from: string | null): string => `practice:${from ?? 'withheld'}`

/** Only time makes a practice caller give up: here it can be made to at once. */
class ImpatientWorld extends TurnedWorld {
  giveUp: () => void = () => undefined

  override after = (milliseconds: number, then: () => void): (() => void) => {
    let waits = true
    const once = (): void => {
      if (!waits) return
      waits = false
      callOff()
      then()
    }
    const callOff = this.schedule(milliseconds, once)
    this.giveUp = once
    return () => {
      waits = false
      callOff()
    }
  }
}

function practice(): PhoneDriver {
  const world = new ImpatientWorld()
  const givesUp = new Map<string, () => void>()
  const port = new PracticeLine(world)
  const ring = (fromNumber: string | null): void => {
    port.send({ kind: 'practiceRing', ring: { externalId: idOf(fromNumber), lineName: 'Main line', lineNumber: '+13125550100', fromNumber, hangsUpAfterMs: null } })
    if (fromNumber !== null) givesUp.set(fromNumber, world.giveUp)
  }
  return {
    port,
    adapter: 'practice',
    lineless: true,
    abilities: PRACTICE_ABILITIES,
    pass: (milliseconds) => world.pass(milliseconds),
    ring,
    ringWithheld: () => ring(null),
    callerHangsUp: (from) => givesUp.get(from)?.(),
    targetAnswers: (from) => port.send({ kind: 'answer', externalId: idOf(from), agentId: 'kim' }),
    consultedAnswers: () => world.pass(CONSULTED_ANSWERS_MS),
    leftBehind: () => world.waiting,
    stop: async () => undefined,
  }
}

phoneConformance('The practice line', async () => practice())
