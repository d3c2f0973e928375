import { expect } from 'vitest'
import { ABILITIES, type CallState, mayFollow, type PhoneCall, type PhoneEvent, type PhonePort } from '../../src/main/phone/port.ts'

const PATIENCE_MS = 30_000
const SENTENCE = /^[A-Z].*[.?!]$/su

type Refused = Extract<PhoneEvent, { kind: 'refused' }>
type Line = Extract<PhoneEvent, { kind: 'line' }>['line']

/** Everything a telephone has said, and what every telephone must keep to whatever happens to it. */
export class Heard {
  readonly events: PhoneEvent[] = []
  readonly #waiting = new Set<() => void>()

  constructor(port: PhonePort) {
    port.listen((event) => {
      this.events.push(event)
      for (const look of [...this.#waiting]) look()
    })
  }

  get calls(): readonly PhoneCall[] {
    return this.events.flatMap((event) => (event.kind === 'call' ? [event.call] : []))
  }

  get voicemails(): readonly Extract<PhoneEvent, { kind: 'voicemail' }>[] {
    return this.events.filter((event) => event.kind === 'voicemail')
  }

  /** The last voicemail, once what was said in it is here. */
  async untilSound(): Promise<Extract<PhoneEvent, { kind: 'voicemail' }>> {
    await this.until('the sound of a voicemail', () => this.voicemails.at(-1)?.voicemail.sound !== undefined)
    const last = this.voicemails.at(-1)
    if (!last) throw new Error('Nothing was left.')
    return last
  }

  get refused(): readonly Refused[] {
    return this.events.filter((event) => event.kind === 'refused')
  }

  get line(): Line | undefined {
    return this.events.findLast((event) => event.kind === 'line')?.line
  }

  /** The newest word on whoever has this number. */
  of(number: string | null): PhoneCall | undefined {
    return this.calls.findLast(({ fromNumber }) => fromNumber === number)
  }

  stateOf(number: string | null): CallState | undefined {
    return this.of(number)?.state
  }

  /** Resolves once so, and fails with all that was heard where it never is. */
  until(what: string, isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(limit)
        this.#waiting.delete(look)
      }
      const look = (): void => {
        if (!isSo()) return
        done()
        resolve()
      }
      const limit = setTimeout(() => {
        done()
        reject(new Error(`Never came: ${what}. Heard:\n${this.events.map((event) => JSON.stringify(event)).join('\n')}`))
      }, PATIENCE_MS)
      this.#waiting.add(look)
    })
  }

  async untilState(number: string | null, state: CallState): Promise<PhoneCall> {
    await this.until(`${number ?? 'withheld'} ${state}`, () => this.stateOf(number) === state)
    const call = this.of(number)
    if (!call) throw new Error('The call is gone.')
    return call
  }

  async untilRefused(command: Refused['command']): Promise<Refused> {
    await this.until(`${command} refused`, () => this.refused.at(-1)?.command === command)
    const refused = this.refused.at(-1)
    if (!refused) throw new Error('Nothing was refused.')
    return refused
  }

  /** What holds of every word of every telephone. */
  keepsThePort(adapter: string): void {
    const last = new Map<string, PhoneCall>()
    for (const call of this.calls) {
      const before = last.get(call.externalId)
      if (before) follows(before, call)
      else expect(['offered', 'dialing']).toContain(call.state)
      expect(call.externalId.startsWith(`${adapter}:`) && call.externalId.length > adapter.length + 1, call.externalId).toBe(true)
      isWhole(call)
      last.set(call.externalId, call)
    }
    for (const { message } of this.refused) expect(message).toMatch(SENTENCE)
    for (const event of this.events) if (event.kind === 'line') isHonest(event.line)
  }
}

function isHonest({ status, reason, account, abilities }: Line): void {
  if (status === 'down') expect(reason).toMatch(SENTENCE)
  if (status === 'ready') expect(reason).toBe('')
  expect(account).not.toBe('')
  expect(new Set(abilities).size).toBe(abilities.length)
  expect(abilities.every((ability) => ABILITIES.includes(ability))).toBe(true)
}

function isWhole(call: PhoneCall): void {
  expect(call.fromNumber === null || /^\+[1-9]\d{6,14}$/.test(call.fromNumber), `number ${call.fromNumber}`).toBe(true)
  expect(typeof call.lineName).toBe('string')
  expect(typeof call.lineNumber).toBe('string')
  for (const value of [call.offeredAt, call.ringMs]) expect(Number.isFinite(value) && value >= 0).toBe(true)
  if (call.state !== 'ended') return
  expect(call.endedAt).toBeGreaterThan(0)
  // Nobody answered: nobody talked, and somebody else’s answer is no talk of ours.
  if (call.answeredAt === null) expect(call.talkMs).toBe(0)
  else expect(call.cause).not.toBe('answeredElsewhere')
}

const durationsOf = (call: PhoneCall): readonly number[] => ['ringMs', 'talkMs'].flatMap((name) => (name in call ? [(call as unknown as Record<string, number>)[name] ?? 0] : []))

function follows(before: PhoneCall, call: PhoneCall): void {
  expect(before.state === 'ended', `${call.externalId} was over and is ${call.state}`).toBe(false)
  expect(mayFollow(before.state, call.state), `${before.state} to ${call.state}`).toBe(true)
  expect({ ...call }).toMatchObject({ direction: before.direction, lineName: before.lineName, lineNumber: before.lineNumber, offeredAt: before.offeredAt, practice: before.practice })
  if (before.fromNumber !== null) expect(call.fromNumber).toBe(before.fromNumber)
  const [ring = 0] = durationsOf(before)
  const [laterRing = 0] = durationsOf(call)
  expect(laterRing).toBeGreaterThanOrEqual(ring)
  if (!('answeredAt' in before) || before.answeredAt === null) return
  expect(laterRing, 'the ring grows after the answer').toBe(ring)
  expect('answeredAt' in call && call.answeredAt === before.answeredAt, 'the answer moves').toBe(true)
  expect(durationsOf(call)[1] ?? 0).toBeGreaterThanOrEqual(durationsOf(before)[1] ?? 0)
}
