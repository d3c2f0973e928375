import type { AmiAccount } from '../../../src/main/phone/port.ts'
import { AMI_SECRET, AMI_USER, AmiServer, type LiveChannel } from './amiServer.ts'

const OWN = '101'
const COLLEAGUE = '104'
const LINE = '+13125550100'

interface Placed {
  readonly root: string
  readonly mine: string
  readonly theirs: string
}

/** An office behind Asterisk: a ring group of 101 (ours) and 104, a trunk, and whoever is dialled outside. */
export class Asterisk {
  readonly server = new AmiServer((action) => this.#does(action))
  readonly #calls = new Map<string, Placed>()
  #count = 0

  account(): AmiAccount {
    return { kind: 'ami', host: '127.0.0.1', port: this.server.port, tls: false, certificate: '', userName: AMI_USER, secret: AMI_SECRET, extension: OWN, technology: 'PJSIP', context: 'from-internal' }
  }

  placed(from: string): Placed | undefined {
    return this.#calls.get(from)
  }

  ring(from: string, shown = from): void {
    const stem = `178300${String(1_000 + this.#count++)}`
    const placed = { root: `${stem}.0`, mine: `${stem}.1`, theirs: `${stem}.2` }
    this.#calls.set(from, placed)
    this.#made(placed.root, 'carrier', { linkedId: placed.root, number: shown, exten: LINE, state: 'Ring' })
    for (const [id, extension] of [[placed.mine, OWN], [placed.theirs, COLLEAGUE]] as const) {
      this.#made(id, extension, { linkedId: placed.root, number: extension, exten: '', state: 'Down' })
      this.dial('DialBegin', placed.root, id, {})
      this.state(id, 'Ringing')
    }
  }

  callerHangsUp(from: string): void {
    const { root, mine, theirs } = this.#calls.get(from) ?? { root: '', mine: '', theirs: '' }
    this.server.event('HangupRequest', { ...this.#channel(root), Cause: '16' })
    for (const id of [mine, theirs]) {
      if (this.server.channelOf(id)?.['ChannelStateDesc'] === 'Ringing') this.dial('DialEnd', root, id, { DialStatus: 'CANCEL' })
    }
    for (const id of [mine, theirs, root]) if (this.server.isUp(id) && (id === root || this.server.channelOf(id)?.['ChannelStateDesc'] === 'Ringing')) this.server.hangUp(id, '16')
    this.server.hangUp(mine, '16')
    this.server.hangUp(theirs, '16')
  }

  /** As app_dial does it: the winner's DialEnd, then everybody else is cancelled and hung up as answered elsewhere. */
  answered(from: string, by: 'mine' | 'theirs'): void {
    const placed = this.#calls.get(from)
    if (!placed || this.server.channelOf(placed[by])?.['ChannelStateDesc'] !== 'Ringing') return
    const loser = placed[by === 'mine' ? 'theirs' : 'mine']
    this.state(placed[by], 'Up')
    this.dial('DialEnd', placed.root, placed[by], { DialStatus: 'ANSWER' })
    if (this.server.isUp(loser)) {
      this.dial('DialEnd', placed.root, loser, { DialStatus: 'CANCEL' })
      this.server.hangUp(loser, '26')
    }
    this.state(placed.root, 'Up')
    for (const id of [placed[by], placed.root]) this.server.event('BridgeEnter', { ...this.#channel(id), BridgeUniqueid: 'b1', BridgeType: 'basic' })
  }

  deskHangsUp(from: string): void {
    const placed = this.#calls.get(from)
    if (!placed || !this.server.isUp(placed.mine) || this.server.channelOf(placed.mine)?.['ChannelStateDesc'] === 'Ringing') return
    this.#hangUpMine(placed)
  }

  deskRejects(from: string): void {
    const { root, mine } = this.#calls.get(from) ?? { root: '', mine: '' }
    this.dial('DialEnd', root, mine, { DialStatus: 'BUSY' })
    this.server.hangUp(mine, '17')
  }

  hold(from: string, event: 'Hold' | 'Unhold'): void {
    const { mine, root } = this.#calls.get(from) ?? { mine: '', root: '' }
    if (this.server.channelOf(mine)?.['ChannelStateDesc'] !== 'Up') return
    this.server.event(event, this.#channel(mine))
    this.server.event(event === 'Hold' ? 'MusicOnHoldStart' : 'MusicOnHoldStop', { ...this.#channel(root), Class: 'default' })
  }

  farEnd(number: string, does: 'rings' | 'answers' | 'busy'): void {
    const { mine, theirs } = this.#calls.get(number) ?? { mine: '', theirs: '' }
    if (!this.server.isUp(theirs)) {
      this.#made(theirs, 'carrier', { linkedId: mine, number, exten: '', state: 'Down' })
      this.dial('DialBegin', mine, theirs, {})
    }
    if (does === 'rings') this.state(theirs, 'Ringing')
    else if (does === 'answers') {
      this.state(theirs, 'Up')
      this.dial('DialEnd', mine, theirs, { DialStatus: 'ANSWER' })
    } else {
      this.dial('DialEnd', mine, theirs, { DialStatus: 'BUSY' })
      this.server.hangUp(theirs, '17')
      this.server.hangUp(mine, '17')
    }
  }

  /** Whom the caller was redirected to takes them. */
  targetAnswers(from: string): void {
    const placed = this.#calls.get(from)
    if (!placed) return
    const id = `${placed.root}9`
    this.#made(id, COLLEAGUE, { linkedId: placed.root, number: COLLEAGUE, exten: '', state: 'Down' })
    this.dial('DialBegin', placed.root, id, {})
    this.state(id, 'Up')
    this.dial('DialEnd', placed.root, id, { DialStatus: 'ANSWER' })
  }

  /** Whom our telephone asks by an attended transfer: dialled without a channel that dials, as Asterisk does it. */
  consultedAnswers(from: string): void {
    const placed = this.#calls.get(from)
    if (!placed) return
    const id = `${placed.root}8`
    this.#made(id, COLLEAGUE, { linkedId: id, number: COLLEAGUE, exten: '', state: 'Down' })
    this.state(id, 'Up')
    const dest = Object.fromEntries(Object.entries(this.#channel(id)).map(([name, value]) => [`Dest${name}`, value]))
    this.server.event('DialEnd', { ...dest, DialStatus: 'ANSWER' })
  }

  dial(event: 'DialBegin' | 'DialEnd', caller: string, dialled: string, fields: Readonly<Record<string, string>>): void {
    const dest = Object.fromEntries(Object.entries(this.#channel(dialled)).map(([name, value]) => [`Dest${name}`, value]))
    this.server.event(event, { ...this.#channel(caller), ...dest, DialString: 'x', ...fields })
  }

  state(id: string, state: 'Ringing' | 'Up'): void {
    if (!this.server.isUp(id)) return
    this.server.channel('Newstate', { ...this.#channel(id), ChannelState: state === 'Up' ? '6' : '5', ChannelStateDesc: state })
  }

  #hangUpMine({ root, mine, theirs }: Placed): void {
    this.server.event('HangupRequest', { ...this.#channel(mine), Cause: '16' })
    this.server.hangUp(mine, '16')
    this.server.hangUp(theirs, '16')
    this.server.hangUp(root, '16')
  }

  #made(id: string, peer: string, { linkedId, number, exten, state }: { linkedId: string; number: string; exten: string; state: string }): void {
    this.server.channel('Newchannel', { Channel: `PJSIP/${peer}-${(4_096 + this.#count++).toString(16).padStart(8, '0')}`, ChannelState: '4', ChannelStateDesc: state, CallerIDNum: number, CallerIDName: '<unknown>', Context: 'from-pstn', Exten: exten, Priority: '1', Uniqueid: id, Linkedid: linkedId })
  }

  #channel(id: string): LiveChannel {
    return this.server.channelOf(id) ?? { Uniqueid: id, Channel: `PJSIP/gone-00000000`, Linkedid: id }
  }

  #does(action: Readonly<Record<string, string>>): void {
    const id = this.server.idOf(action['Channel'] ?? '') ?? ''
    const from = [...this.#calls].find(([, { root, mine }]) => root === id || mine === id)?.[0] ?? ''
    const placed = this.#calls.get(from)
    switch (action['Action']) {
      case 'Originate': {
        const mine = action['ChannelId'] ?? ''
        this.#calls.set(action['Exten'] ?? '', { root: mine, mine, theirs: `${mine}-far` })
        this.#made(mine, OWN, { linkedId: mine, number: OWN, exten: action['Exten'] ?? '', state: 'Ringing' })
        return this.state(mine, 'Up')
      }
      case 'Hangup':
        if (placed && this.server.channelOf(id)?.['ChannelStateDesc'] === 'Ringing' && id !== placed.root) return this.server.hangUp(id, action['Cause'] ?? '16')
        return placed ? this.#hangUpMine(placed) : undefined
      case 'Redirect':
        return placed ? this.server.hangUp(placed.mine, '16') : undefined
      default:
        return undefined
    }
  }
}
