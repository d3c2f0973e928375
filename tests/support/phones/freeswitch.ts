import { vi } from 'vitest'
import { EslLine, ESL_ABILITIES } from '../../../src/main/phone/esl/eslLine.ts'
import type { EslAccount } from '../../../src/main/phone/port.ts'
import { type PhoneDriver, TurnedWorld } from '../phoneDriver.ts'
import { ESL_PASSWORD, EslServer } from './eslServer.ts'

const OWN = '101'
const COLLEAGUE = '104'
const LINE = '13125550100'

interface Placed {
  readonly first: string
  readonly mine: string
  readonly theirs: string
}

/** An office behind FreeSWITCH: a ring group of 101 (ours) and 104, a gateway, and whoever is dialled outside. */
export class Freeswitch {
  readonly server = new EslServer((command) => this.#does(command))
  readonly #calls = new Map<string, Placed>()
  #count = 0

  account(): EslAccount {
    return { kind: 'esl', host: '127.0.0.1', port: this.server.port, tls: false, certificate: '', password: ESL_PASSWORD, extension: OWN, domain: 'office.test', context: 'default' }
  }

  placed(from: string): Placed | undefined {
    return this.#calls.get(from)
  }

  ring(from: string, shown = from): void {
    const stem = `00000000-0000-4000-8000-${String(this.#count++).padStart(10, '0')}`
    const placed = { first: `${stem}00`, mine: `${stem}01`, theirs: `${stem}02` }
    this.#calls.set(from, placed)
    this.server.leg('CHANNEL_CREATE', { 'Unique-ID': placed.first, 'Call-Direction': 'inbound', 'Channel-Name': 'sofia/external/carrier', 'Caller-Caller-ID-Number': shown, 'Caller-Destination-Number': LINE, 'Channel-Call-State': 'RINGING' })
    for (const [id, extension] of [[placed.mine, OWN], [placed.theirs, COLLEAGUE]] as const) this.rings(id, extension, placed.first, shown)
  }

  rings(id: string, extension: string, first: string, shown: string): void {
    this.server.leg('CHANNEL_CREATE', { 'Unique-ID': id, 'Call-Direction': 'outbound', 'Channel-Name': `sofia/internal/${extension}@10.0.0.9`, 'Channel-Presence-ID': `${extension}@office.test`, 'Caller-Caller-ID-Number': shown, 'Caller-Destination-Number': extension, 'Other-Type': 'originator', 'Other-Leg-Unique-ID': first, 'Channel-Call-State': 'RINGING' })
    this.server.leg('CHANNEL_PROGRESS', { 'Unique-ID': id })
  }

  answers(id: string): void {
    this.server.leg('CHANNEL_ANSWER', { 'Unique-ID': id, 'Channel-Call-State': 'ACTIVE' })
  }

  hangUp(id: string, cause: string, disposition = ''): void {
    if (this.server.legOf(id)) this.server.leg('CHANNEL_HANGUP_COMPLETE', { 'Unique-ID': id, 'Hangup-Cause': cause, variable_sip_hangup_disposition: disposition })
  }

  is(id: string, state: string): boolean {
    return this.server.legOf(id)?.['Channel-Call-State'] === state
  }

  answered(from: string, by: 'mine' | 'theirs'): void {
    const placed = this.#calls.get(from)
    if (!placed || !this.is(placed[by], 'RINGING')) return
    const loser = placed[by === 'mine' ? 'theirs' : 'mine']
    this.answers(placed[by])
    this.hangUp(loser, 'LOSE_RACE', 'send_cancel')
    this.answers(placed.first)
    this.server.leg('CHANNEL_BRIDGE', { 'Unique-ID': placed.first })
  }

  callerHangsUp(from: string): void {
    const { first, mine, theirs } = this.#calls.get(from) ?? { first: '', mine: '', theirs: '' }
    for (const id of [mine, theirs]) this.hangUp(id, this.is(id, 'RINGING') ? 'ORIGINATOR_CANCEL' : 'NORMAL_CLEARING', this.is(id, 'RINGING') ? 'send_cancel' : 'send_bye')
    this.hangUp(first, 'NORMAL_CLEARING', 'recv_bye')
  }

  deskHangsUp(from: string): void {
    const placed = this.#calls.get(from)
    if (placed && !this.is(placed.mine, 'RINGING')) this.#ends(placed, 'recv_bye')
  }

  hold(from: string, on: boolean): void {
    const { mine } = this.#calls.get(from) ?? { mine: '' }
    if (this.is(mine, on ? 'ACTIVE' : 'HELD')) this.server.leg(on ? 'CHANNEL_HOLD' : 'CHANNEL_UNHOLD', { 'Unique-ID': mine, 'Channel-Call-State': on ? 'HELD' : 'ACTIVE' })
  }

  farEnd(number: string, does: 'rings' | 'answers' | 'busy'): void {
    const { mine, theirs } = this.#calls.get(number) ?? { mine: '', theirs: '' }
    if (!this.server.legOf(theirs)) this.server.leg('CHANNEL_CREATE', { 'Unique-ID': theirs, 'Call-Direction': 'outbound', 'Channel-Name': 'sofia/external/carrier', 'Other-Type': 'originator', 'Other-Leg-Unique-ID': mine, 'Channel-Call-State': 'RINGING' })
    if (does === 'rings') this.server.leg('CHANNEL_PROGRESS', { 'Unique-ID': theirs })
    else if (does === 'answers') this.answers(theirs)
    else {
      this.hangUp(theirs, 'USER_BUSY', 'recv_refuse')
      this.hangUp(mine, 'USER_BUSY', 'send_bye')
    }
  }

  targetAnswers(from: string): void {
    const { first } = this.#calls.get(from) ?? { first: '' }
    this.rings(`${first}-to`, COLLEAGUE, first, from)
    this.answers(`${first}-to`)
  }

  #ends({ first, mine, theirs }: Placed, disposition: string): void {
    this.hangUp(mine, 'NORMAL_CLEARING', disposition)
    this.hangUp(theirs, 'NORMAL_CLEARING', 'send_bye')
    this.hangUp(first, 'NORMAL_CLEARING', 'send_bye')
  }

  #does(command: string): string {
    const words = command.split(' ')
    const id = words.find((word) => this.server.legOf(word)) ?? ''
    const [from = '', placed] = [...this.#calls].find(([, legs]) => Object.values(legs).includes(id)) ?? []
    const started = /^originate \{origination_uuid=([^,]+),.*\}user\/101@office\.test (\S+) XML default$/.exec(command)
    if (started) {
      const [, mine = '', number = ''] = started
      this.#calls.set(number, { first: mine, mine, theirs: `${mine}-far` })
      this.server.leg('CHANNEL_CREATE', { 'Unique-ID': mine, 'Call-Direction': 'outbound', 'Channel-Name': 'sofia/internal/101@10.0.0.9', 'Channel-Presence-ID': '101@office.test', 'Caller-Destination-Number': OWN, 'Channel-Call-State': 'RINGING' })
      this.answers(mine)
      return `+OK ${mine}\n`
    }
    if (!placed) return '-ERR No such channel!\n'
    if (words[0] === 'uuid_kill') {
      if (words[2] === 'CALL_REJECTED') this.hangUp(id, 'CALL_REJECTED', 'send_cancel')
      else this.#ends(placed, 'send_bye')
    } else if (words[0] === 'uuid_hold') this.hold(from, words[1] !== 'off')
    else if (words[0] === 'uuid_transfer') this.hangUp(placed.mine, 'BLIND_TRANSFER', 'send_bye')
    else if (words[0] !== 'uuid_send_dtmf') return '-ERR Command not found!\n'
    return '+OK\n'
  }
}

/** FreeSWITCH as the conformance suite drives it. */
export async function freeswitchDriver(): Promise<PhoneDriver> {
  const office = new Freeswitch()
  await office.server.listen()
  const world = new TurnedWorld()
  const port = new EslLine(office.account(), world)
  return {
    port,
    adapter: 'esl',
    abilities: ESL_ABILITIES,
    pass: (milliseconds) => world.pass(milliseconds),
    ring: (from) => office.ring(from),
    ringWithheld: () => office.ring('withheld', 'anonymous'),
    callerHangsUp: (from) => office.callerHangsUp(from),
    deskAnswers: (from) => office.answered(from, 'mine'),
    deskHangsUp: (from) => office.deskHangsUp(from),
    deskRejects: (from) => office.hangUp(office.placed(from)?.mine ?? '', 'CALL_REJECTED', 'recv_refuse'),
    deskHolds: (from) => office.hold(from, true),
    deskResumes: (from) => office.hold(from, false),
    answeredElsewhere: (from) => office.answered(from, 'theirs'),
    dialled: (number) => vi.waitUntil(() => office.placed(number) !== undefined, { interval: 1 }).then(() => undefined),
    farEndRings: (number) => office.farEnd(number, 'rings'),
    farEndAnswers: (number) => office.farEnd(number, 'answers'),
    farEndBusy: (number) => office.farEnd(number, 'busy'),
    targetAnswers: (from) => office.targetAnswers(from),
    repeats: () => office.server.sayAgain(),
    garbles() {
      const body = (text: string): string => `Content-Length: ${Buffer.byteLength(text)}\nContent-Type: text/event-json\n\n${text}`
      for (const text of ['rubbish\n\n', body('{'), body('[]'), body('null'), body('"x"'), body('{"Event-Name":"CHANNEL_HANGUP_COMPLETE"}'), body('{"Event-Name":"CHANNEL_CREATE","Unique-ID":{"a":1}}'), '\n\n\n\n', 'Content-Type: text/unknown\n\n', 'Content-Length: -4\nContent-Type: text/event-json\n\n']) office.server.raw(text)
    },
    refusesNext: () => (office.server.refusesNext = true),
    serverGone: () => office.server.stop(),
    serverBack: () => office.server.listen(),
    leftBehind: () => office.server.connections + world.waiting,
    stop: () => office.server.stop(),
  }
}
