import { normalizePhone } from '../../../shared/base/phone.ts'
import type { CallBook, Parties, Whom } from '../observed/callBook.ts'
import { otherEnd } from '../observed/otherEnd.ts'
import type { ExtensionState } from '../port.ts'
import { AmiChannels, type Channel } from './amiChannels.ts'
import type { AmiMessage } from './amiMessages.ts'

/** What Asterisk gives as the cause where somebody else answered (ITU-T Q.850, and Asterisk’s own 26). */
const ANSWERED_ELSEWHERE = '26'
const REJECTED = new Set(['17', '21'])
const VOICEMAIL = /^voicemail$/i

/** One call as this telephone has to do with it. */
interface Watched {
  readonly key: string
  readonly linkedId: string
  readonly direction: 'in' | 'out'
  /** This telephone’s channel, and the other party’s. */
  mine: string | null
  far: string | null
  /** Where it goes when this telephone’s channel ends; Asterisk was asked to put it through. */
  moving: Whom | null
  /** Somebody here gave the order to end it. */
  ending: boolean
  byMusic: boolean
}

interface CallsParts {
  readonly extension: string
  readonly book: CallBook
  readonly onExtension: (extension: string, state: ExtensionState['state']) => void
  /** A call that was ended before Asterisk had made its channel: here it is. */
  readonly onUnwanted: (channel: string) => void
}

const get = (event: AmiMessage, name: string): string => event.get(name) ?? ''

/** Turns Asterisk’s events into the calls of one telephone. Asterisk’s Linkedid is the call. */
export class AmiCalls {
  readonly #own: string
  readonly #book: CallBook
  readonly #onExtension: CallsParts['onExtension']
  readonly #onUnwanted: CallsParts['onUnwanted']
  readonly #channels = new AmiChannels()
  readonly #calls = new Map<string, Watched>()

  constructor({ extension, book, onExtension, onUnwanted }: CallsParts) {
    this.#onUnwanted = onUnwanted
    this.#own = extension
    this.#book = book
    this.#onExtension = onExtension
  }

  /** A call that was ordered here: its channel’s id was chosen by us, and so its Linkedid is known. */
  ordered(id: string, number: string, agentId: string): void {
    this.#begin(id, id, 'out', { lineName: this.#own, lineNumber: this.#own, ...otherEnd(number) }, agentId)
  }

  orderFailed(id: string, busy: boolean): void {
    if (this.#calls.has(id)) this.#end(id, busy ? 'busy' : 'failed')
  }

  /** The names of the call’s channels, as actions want them. */
  channelsOf(key: string): { readonly mine: string | null; readonly far: string | null } {
    const call = this.#calls.get(key)
    const name = (id: string | null | undefined): string | null => (id ? (this.#channels.get(id)?.name ?? null) : null)
    return { mine: name(call?.mine), far: name(call?.far) }
  }

  moving(key: string, whom: Whom | null): void {
    const call = this.#calls.get(key)
    if (call) call.moving = whom
  }

  endingHere(key: string): void {
    const call = this.#calls.get(key)
    if (call) call.ending = true
  }

  take(event: AmiMessage): void {
    switch (get(event, 'event')) {
      case 'Newchannel':
        return this.#made(this.#channels.learn(event))
      case 'Newstate':
        return this.#state(this.#channels.learn(event))
      case 'Newexten':
        return this.#application(event)
      case 'DialBegin':
        return this.#dialBegins(event)
      case 'DialEnd':
        return this.#dialEnds(event)
      case 'BridgeEnter':
        return this.#bridged(event)
      case 'Hold':
        return this.#ofMine(event, ({ key }) => this.#book.held(key))
      case 'Unhold':
        return this.#ofMine(event, ({ key }) => this.#book.talking(key))
      case 'MusicOnHoldStart':
      case 'MusicOnHoldStop':
        return this.#music(event)
      case 'BlindTransfer':
        return this.#blindTransfer(event)
      case 'AttendedTransfer':
        return this.#attendedTransfer(event)
      case 'HangupRequest':
      case 'SoftHangupRequest':
        return this.#ofMine(event, (call) => (call.ending = true))
      case 'Hangup':
        return this.#hungUp(event)
    }
  }

  /** The line is up again, and everything is asked anew: what comes from now on counts. */
  askedAnew(): void {
    for (const extension of this.#channels.extensions()) if (extension !== this.#own) this.#onExtension(extension, 'idle')
    this.#channels.clear()
  }

  /** One of those that CoreShowChannels lists. */
  listed(event: AmiMessage): void {
    const channel = this.#channels.learn(event)
    if (channel) this.#told(channel)
  }

  /** Everything that is up was listed: the rest ended unseen, and what began unseen is told now. */
  allListed(): void {
    const linked = new Set(this.#channels.all().map(({ linkedId }) => linkedId))
    for (const call of [...this.#calls.values()]) if (!linked.has(call.linkedId)) this.#end(call.key, 'lost')
    for (const channel of this.#channels.all()) if (channel.extension === this.#own) this.#found(channel)
  }

  #found(mine: Channel): void {
    const far = this.#channels.all().find(({ linkedId, id }) => linkedId === mine.linkedId && id !== mine.id)
    const call = this.#rings(mine, this.#channels.get(mine.linkedId) ?? far)
    if (call && mine.state === 'Up') this.#book.talking(call.key)
  }

  #made(channel: Channel | undefined): void {
    if (!channel) return
    this.#told(channel)
    if (channel.extension !== this.#own || channel.linkedId !== channel.id) return
    const ordered = this.#calls.get(channel.id)
    if (ordered) {
      ordered.mine = channel.id
      if (ordered.ending) this.#onUnwanted(channel.name)
    } else this.#dialled(channel)
  }

  /** Dialled on the telephone itself; between colleagues it is no customer’s call. */
  #dialled(mine: Channel): void {
    const number = normalizePhone(mine.exten)
    if (number === undefined) return
    const call = this.#begin(mine.id, mine.id, 'out', { lineName: this.#own, lineNumber: this.#own, fromNumber: number }, null)
    if (call) call.mine = mine.id
  }

  #state(channel: Channel | undefined): void {
    if (!channel) return
    this.#told(channel)
    const call = this.#callOfLink(channel.linkedId)
    if (call?.direction === 'out' && call.far === channel.id && channel.state === 'Ringing') this.#book.early(call.key)
  }

  #dialBegins(event: AmiMessage): void {
    const caller = this.#channels.learn(event)
    const dialled = this.#channels.learn(event, 'dest')
    if (!dialled) return
    this.#told(dialled)
    const call = caller && this.#callOfLink(caller.linkedId)
    if (dialled.extension === this.#own) this.#rings(dialled, this.#channels.get(dialled.linkedId) ?? caller)
    else if (call?.direction === 'out' && call.mine === caller?.id) call.far = dialled.id
  }

  /** This telephone rings for a caller. One that it has rung for before (a queue, a second ring) goes on. */
  #rings(mine: Channel, caller: Channel | undefined): Watched | undefined {
    const known = this.#callOfLink(mine.linkedId)
    if (known) {
      known.mine ??= mine.id
      return known
    }
    // A colleague’s own call is no customer’s.
    if (!caller || caller.extension !== null) return undefined
    // Put through to us after we had to do with it before: another ring of the same caller, and another record.
    const key = this.#book.isOver(mine.linkedId) ? `${mine.linkedId}.${mine.id}` : mine.linkedId
    const line = normalizePhone(caller.exten) ?? caller.exten
    const call = this.#begin(key, mine.linkedId, 'in', { lineName: line, lineNumber: line || this.#own, fromNumber: normalizePhone(caller.number) ?? null }, null)
    if (call) [call.mine, call.far] = [mine.id, caller.id]
    return call
  }

  #dialEnds(event: AmiMessage): void {
    const status = get(event, 'dialstatus')
    const dialled = this.#channels.learn(event, 'dest')
    const call = dialled && this.#callOfLink(dialled.linkedId)
    if (dialled && status === 'ANSWER') this.#consulted(dialled)
    if (!call || !dialled || dialled.name.startsWith('Local/')) return
    if (dialled.id === call.mine && call.direction === 'in') return this.#ownDialEnds(call, status)
    if (call.direction === 'out' && dialled.id === call.far) return this.#farDialEnds(call, status)
    if (status !== 'ANSWER') return
    if (this.#book.state(call.key) === 'offered') this.#end(call.key, 'answeredElsewhere')
    else if (this.#book.state(call.key) === 'transferring') this.#putThrough(call)
  }

  #ownDialEnds(call: Watched, status: string): void {
    if (status === 'ANSWER') this.#book.talking(call.key)
    else if (status === 'BUSY' && this.#book.state(call.key) === 'offered') this.#end(call.key, 'rejected')
  }

  #farDialEnds(call: Watched, status: string): void {
    if (status === 'ANSWER') return this.#book.talking(call.key)
    if (status === 'BUSY') this.#end(call.key, 'busy')
    else if (status === 'CONGESTION' || status === 'CHANUNAVAIL' || status === 'NOANSWER') this.#end(call.key, 'failed')
  }

  /** Whoever is asked about a caller has answered. Their channel may be linked to the call or not. */
  #consulted(dialled: Channel): void {
    for (const { key } of this.#calls.values()) {
      if (this.#book.consulting(key) === 'ringing' && [dialled.extension, dialled.exten, dialled.number].includes(this.#book.whom(key).toNumber)) this.#book.consultTalks(key)
    }
  }

  #bridged(event: AmiMessage): void {
    const channel = this.#channels.learn(event)
    const call = channel && this.#callOfLink(channel.linkedId)
    if (!call || channel?.id !== call.mine || call.direction !== 'in') return
    if (this.#book.state(call.key) === 'offered') this.#book.talking(call.key)
  }

  #music(event: AmiMessage): void {
    const id = get(event, 'uniqueid')
    const call = [...this.#calls.values()].find(({ far }) => far === id)
    if (!call) return
    const state = this.#book.state(call.key)
    if (get(event, 'event') === 'MusicOnHoldStart') {
      if (state !== 'active') return
      call.byMusic = true
      this.#book.held(call.key)
    } else if (call.byMusic && state === 'held') {
      call.byMusic = false
      this.#book.talking(call.key)
    }
  }

  #blindTransfer(event: AmiMessage): void {
    const call = this.#callOfChannel(get(event, 'transfereruniqueid'))
    if (!call || get(event, 'result') !== 'Success') return
    this.#book.transferring(call.key, call.moving ?? { toAgentId: null, toNumber: get(event, 'extension') || null })
  }

  #attendedTransfer(event: AmiMessage): void {
    const call = this.#callOfChannel(get(event, 'origtransfereruniqueid'))
    if (call && get(event, 'result') === 'Success') this.#putThrough(call)
  }

  /** The caller went on to the machine: nobody answers this ring any more. */
  #application(event: AmiMessage): void {
    const call = this.#callOfLink(get(event, 'linkedid'))
    if (call && VOICEMAIL.test(get(event, 'application')) && this.#book.state(call.key) === 'offered') this.#end(call.key, 'callerHungUp')
  }

  #hungUp(event: AmiMessage): void {
    const id = get(event, 'uniqueid')
    const channel = this.#channels.forget(id)
    if (!channel) return
    this.#told(channel)
    const call = this.#callOfLink(channel.linkedId)
    if (!call) return
    if (call.mine === id) this.#mineHungUp(call, get(event, 'cause'))
    else if (call.far === id && call.direction === 'in') this.#end(call.key, 'callerHungUp')
    else if (call.far === id && this.#book.state(call.key) !== 'dialing' && this.#book.state(call.key) !== 'early') this.#end(call.key, 'callerHungUp')
  }

  #mineHungUp(call: Watched, cause: string): void {
    call.mine = null
    switch (this.#book.state(call.key)) {
      case 'offered':
        if (call.ending) return this.#end(call.key, 'rejected')
        if (cause === ANSWERED_ELSEWHERE) return this.#end(call.key, 'answeredElsewhere')
        if (REJECTED.has(cause)) return this.#end(call.key, 'rejected')
        // It stopped ringing here, and the caller is still there: in the queue, with a colleague soon, or about to give up.
        return
      case 'transferring':
      case 'recalling':
        return
      case 'consulting':
        return this.#putThrough(call)
      default:
        if (!call.moving) return this.#end(call.key, 'hungUp')
        return this.#book.transferring(call.key, call.moving)
    }
  }

  #putThrough(call: Watched): void {
    this.#calls.delete(call.key)
    this.#book.putThrough(call.key, this.#book.whom(call.key).toAgentId)
  }

  #begin(key: string, linkedId: string, direction: 'in' | 'out', parties: Parties, agentId: string | null): Watched | undefined {
    const begun = direction === 'in' ? this.#book.offered(key, parties) : this.#book.dialing(key, parties, agentId)
    if (!begun) return undefined
    const call: Watched = { key, linkedId, direction, mine: null, far: null, moving: null, ending: false, byMusic: false }
    this.#calls.set(key, call)
    return call
  }

  #end(key: string, cause: Parameters<CallBook['ended']>[1]): void {
    this.#calls.delete(key)
    this.#book.ended(key, cause)
  }

  #told({ extension }: Channel): void {
    if (extension !== null && extension !== this.#own) this.#onExtension(extension, this.#channels.stateOf(extension))
  }

  #callOfLink(linkedId: string): Watched | undefined {
    return [...this.#calls.values()].find((call) => call.linkedId === linkedId)
  }

  #callOfChannel(id: string): Watched | undefined {
    return [...this.#calls.values()].find(({ mine }) => mine === id)
  }

  #ofMine(event: AmiMessage, then: (call: Watched) => void): void {
    const call = this.#callOfChannel(get(event, 'uniqueid'))
    if (call) then(call)
  }
}
