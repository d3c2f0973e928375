import type { Ability, PhoneCall, PhoneCommand } from '../../src/main/phone/port.ts'
import type { PhoneDriver } from './phoneDriver.ts'
import { Heard } from './phoneHeard.ts'

export const CALLER = '+15125550140'
export const OTHER = '+15125550141'
/** Longer than any adapter waits before it tries again. */
export const RETRY_WITHIN_MS = 120_000

/** A telephone on the bench: what it is driven by, and what it says. */
export interface Bench {
  readonly driver: PhoneDriver
  readonly heard: Heard
  can(ability: Ability): boolean
  /** Rings and waits until it is heard. */
  rung(from?: string): Promise<PhoneCall>
  /** Rings and is answered, by command or at the telephone itself. */
  answered(from?: string): Promise<PhoneCall>
  hangsUp(from?: string): void
  send(command: PhoneCommand): void
  /** Lets everything that is under way arrive: another caller rings and gives up after it. */
  settled(): Promise<void>
  /** Lets a line that was lost over something find back. */
  recovered(): Promise<void>
}

export function benchOf(driver: PhoneDriver): Bench {
  const heard = new Heard(driver.port)
  let markers = 0
  const can = (ability: Ability): boolean => driver.abilities.includes(ability)
  const send = (command: PhoneCommand): void => driver.port.send(command)
  const idOf = (from: string): string => heard.of(from)?.externalId ?? ''
  const bench: Bench = {
    driver,
    heard,
    can,
    send,
    rung(from = CALLER) {
      driver.ring(from)
      return heard.untilState(from, 'offered')
    },
    async answered(from = CALLER) {
      const { externalId } = await bench.rung(from)
      driver.pass(7_000)
      if (can('answer')) send({ kind: 'answer', externalId, agentId: 'rosa' })
      else driver.deskAnswers?.(from)
      return heard.untilState(from, 'active')
    },
    hangsUp(from = CALLER) {
      if (can('hangUp')) send({ kind: 'hangUp', externalId: idOf(from) })
      else driver.deskHangsUp?.(from)
    },
    async recovered() {
      if (driver.lineless) return
      driver.pass(RETRY_WITHIN_MS)
      await heard.until('the line is ready again', () => heard.line?.status === 'ready')
    },
    async settled() {
      const marker = `+151255502${String(markers++).padStart(2, '0')}`
      await bench.rung(marker)
      driver.callerHangsUp(marker)
      await heard.untilState(marker, 'ended')
    },
  }
  return bench
}
