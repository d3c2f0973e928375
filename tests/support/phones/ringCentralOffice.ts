import { vi } from 'vitest'
import type { RingCentralAccount } from '../../../src/main/phone/port.ts'
import { RINGCENTRAL_ABILITIES, RingCentralLine } from '../../../src/main/phone/ringcentral/ringCentralLine.ts'
import { type PhoneDriver, TurnedWorld } from '../phoneDriver.ts'
import { RC_CLIENT, RC_JWT, RC_OWN, RC_SECRET, RingCentralServer, type Json } from './ringCentralServer.ts'

const LINE = '+13125550100'

interface Placed {
  readonly id: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly other: string
  state: 'ringing' | 'up' | 'held' | 'moved' | 'over'
  sequence: number
}

/** An extension at RingCentral and whoever calls it: says by events what happens, does what Call Control asks. */
export class RingCentralOffice {
  readonly server = new RingCentralServer((method, path, body) => this.#does(method, path, body))
  readonly #calls = new Map<string, Placed>()

  account(): RingCentralAccount {
    return { kind: 'ringcentral', name: 'Extension 101', server: `http://127.0.0.1:${this.server.port}`, clientId: RC_CLIENT, clientSecret: RC_SECRET, jwt: RC_JWT, deviceId: '59474004', lineNumber: LINE }
  }

  placed(from: string): Placed | undefined {
    return this.#calls.get(from)
  }

  ring(from: string, shown = from): void {
    const placed: Placed = { id: `s-${this.#calls.size}`, direction: 'Inbound', other: shown, state: 'ringing', sequence: 0 }
    this.#calls.set(from, placed)
    this.#own(placed, 'Setup')
    this.#own(placed, 'Proceeding')
  }

  answers(from: string): void {
    const placed = this.#calls.get(from)
    if (placed?.state === 'ringing') this.#own(Object.assign(placed, { state: 'up' }), 'Answered')
  }

  hold(from: string, on: boolean): void {
    const placed = this.#calls.get(from)
    if (placed?.state === (on ? 'up' : 'held')) this.#own(Object.assign(placed, { state: on ? 'held' : 'up' }), on ? 'Hold' : 'Answered')
  }

  over(from: string, reason: string, by: 'us' | 'them'): void {
    const placed = this.#calls.get(from)
    if (!placed || placed.state === 'over') return
    placed.state = 'over'
    if (by === 'them') this.#other(placed, 'Disconnected', reason)
    this.#own(placed, 'Disconnected', reason)
    this.server.sessions.delete(placed.id)
  }

  farEnd(number: string, code: 'Proceeding' | 'Answered'): void {
    const placed = this.#calls.get(number)
    if (!placed || placed.state === 'over') return
    if (code === 'Answered') placed.state = 'up'
    this.#other(placed, code)
    this.#own(placed, code)
  }

  farEndBusy(number: string): void {
    const placed = this.#calls.get(number)
    if (!placed) return
    this.#other(placed, 'Disconnected', 'TargetBusy')
    this.over(number, 'TargetBusy', 'us')
  }

  targetAnswers(from: string): void {
    const placed = this.#calls.get(from)
    if (placed) this.#event(placed, { id: 'p-target', extensionId: '999', direction: 'Inbound', from: { phoneNumber: placed.other }, to: { extensionNumber: '104' }, status: { code: 'Answered' } })
  }

  #own(placed: Placed, code: string, reason = ''): void {
    const [from, to] = placed.direction === 'Inbound' ? [placed.other, LINE] : [LINE, placed.other]
    this.#event(placed, { id: 'p-own', extensionId: RC_OWN, direction: placed.direction, from: { phoneNumber: from }, to: { phoneNumber: to }, status: { code, ...(reason === '' ? {} : { reason }) } })
  }

  #other(placed: Placed, code: string, reason = ''): void {
    this.#event(placed, { id: 'p-other', direction: 'Outbound', from: { phoneNumber: LINE }, to: { phoneNumber: placed.other }, status: { code, ...(reason === '' ? {} : { reason }) } })
  }

  #event(placed: Placed, party: Json): void {
    placed.sequence++
    const body = { sequence: placed.sequence, telephonySessionId: placed.id, sessionId: '1', eventTime: '2026-07-14T13:00:00.000Z', parties: [party] }
    if (placed.state !== 'over') this.server.sessions.set(placed.id, { id: placed.id, parties: [party] })
    this.server.notify(body)
  }

  #does(method: string, path: string, body: Json): Json | null {
    if (path.endsWith('/telephony/call-out')) {
      const number = String((body['to'] as Json)['phoneNumber'])
      const placed: Placed = { id: `s-${this.#calls.size}`, direction: 'Outbound', other: number, state: 'ringing', sequence: 0 }
      // The first event may well come before the answer.
      setImmediate(() => {
        this.#calls.set(number, placed)
        this.#own(placed, 'Setup')
      })
      return { session: { id: placed.id, parties: [{ id: 'p-own' }] } }
    }
    const [, id = '', act = ''] = /\/sessions\/([^/]+)(?:\/parties\/p-own\/(\w+))?$/.exec(path) ?? []
    const [from = '', placed] = [...this.#calls].find(([, one]) => one.id === id) ?? []
    if (!placed || placed.state === 'over') return null
    if (method === 'DELETE') this.over(from, placed.state === 'ringing' && placed.direction === 'Outbound' ? 'Cancelled' : 'CallFinished', 'us')
    else if (act === 'answer') this.answers(from)
    else if (act === 'reject') this.over(from, 'Rejected', 'us')
    else if (act === 'hold' || act === 'unhold') this.hold(from, act === 'hold')
    else if (act === 'transfer') this.#own(Object.assign(placed, { state: 'moved' }), 'Disconnected', 'BlindTransfer')
    else return null
    return {}
  }
}

/** RingCentral as the conformance suite drives it. */
export async function ringCentralDriver(): Promise<PhoneDriver> {
  const office = new RingCentralOffice()
  await office.server.listen()
  const world = new TurnedWorld()
  const port = new RingCentralLine(office.account(), world)
  return {
    port,
    adapter: 'ringcentral',
    abilities: RINGCENTRAL_ABILITIES,
    pass: (milliseconds) => world.pass(milliseconds),
    ring: (from) => office.ring(from),
    ringWithheld: () => office.ring('withheld', 'anonymous'),
    callerHangsUp: (from) => office.over(from, office.placed(from)?.state === 'ringing' ? 'Cancelled' : 'CallFinished', 'them'),
    deskAnswers: (from) => office.answers(from),
    deskHangsUp: (from) => (office.placed(from)?.state === 'up' ? office.over(from, 'CallFinished', 'us') : undefined),
    deskRejects: (from) => office.over(from, 'Rejected', 'us'),
    deskHolds: (from) => office.hold(from, true),
    deskResumes: (from) => office.hold(from, false),
    answeredElsewhere: (from) => (office.placed(from)?.state === 'ringing' ? office.over(from, 'AgentAnswered', 'us') : undefined),
    dialled: (number) => vi.waitUntil(() => office.placed(number) !== undefined, { interval: 1 }).then(() => undefined),
    farEndRings: (number) => office.farEnd(number, 'Proceeding'),
    farEndAnswers: (number) => office.farEnd(number, 'Answered'),
    farEndBusy: (number) => office.farEndBusy(number),
    targetAnswers: (from) => office.targetAnswers(from),
    repeats: () => office.server.sayAgain(),
    garbles() {
      for (const text of ['', '{', '[]', '[1,2]', 'null', '[{"type":"ServerNotification"}]', '[{"type":"ServerNotification","messageId":"x","status":200},{"body":{"telephonySessionId":"s-0","sequence":99,"parties":[{"id":"p-own"}]}}]', '[{"type":"Surprise"},{}]']) office.server.raw(text)
    },
    refusesNext: () => void office.server.failures.push({ status: 500 }),
    serverGone: () => office.server.stop(),
    serverBack: () => office.server.listen(),
    leftBehind: () => office.server.connections + world.waiting,
    stop: () => office.server.stop(),
  }
}
