import { normalizePhone } from '../../../shared/base/phone.ts'
import type { CallBook, Parties, Whom } from '../observed/callBook.ts'
import { otherEnd } from '../observed/otherEnd.ts'
import type { EndCause, ExtensionState } from '../port.ts'
import type { EslEvent } from './eslConnection.ts'

/** A leg as its events tell it. */
interface Leg {
  readonly id: string
  readonly extension: string | null
  /** The leg for whose sake this one was made; its own id where it is the first. */
  readonly call: string
  /** `outbound` is from FreeSWITCH to somebody’s telephone. */
  readonly direction: string
  readonly callerNumber: string
  readonly dialled: string
  readonly state: ExtensionState['state']
}

interface Watched {
  readonly key: string
  /** The first leg’s id, under which all the others are made. */
  readonly call: string
  readonly direction: 'in' | 'out'
  mine: string | null
  far: string | null
  /** Where FreeSWITCH was asked to put the caller through to. */
  moving: Whom | null
  ending: 'rejected' | 'hungUp' | null
}

interface CallsParts {
  readonly extension: string
  readonly book: CallBook
  readonly onExtension: (extension: string, state: ExtensionState['state']) => void
  /** A call that was ended before its leg was there: here it is. */
  readonly onUnwanted: (leg: string) => void
}

const REMEMBERED = 5_000
/** FreeSWITCH’s causes (its documentation, Hangup Cause Code Table). */
const ELSEWHERE = new Set(['LOSE_RACE', 'PICKED_OFF'])
const REJECTED = new Set(['CALL_REJECTED', 'USER_BUSY'])

const field = (event: EslEvent, name: string): string => event[name] ?? ''
const extensionOf = (event: EslEvent): string | null => /^(\d{2,6})@/.exec(field(event, 'Channel-Presence-ID'))?.[1] ?? /^sofia\/[^/]+\/(?:sip:)?(\d{2,6})@/.exec(field(event, 'Channel-Name'))?.[1] ?? null

/** Turns FreeSWITCH’s events into the calls of one telephone. The first leg’s id is the call, so a ring group is one. */
export class EslCalls {
  readonly #parts: CallsParts
  readonly #legs = new Map<string, Leg>()
  readonly #gone = new Set<string>()
  readonly #calls = new Map<string, Watched>()

  constructor(parts: CallsParts) {
    this.#parts = parts
  }

  /** A call that was ordered here: its leg’s id was chosen by us. */
  ordered(id: string, number: string, agentId: string): void {
    const { extension } = this.#parts
    this.#begin(id, id, 'out', { lineName: extension, lineNumber: extension, ...otherEnd(number) }, agentId)
  }

  orderFailed(id: string, cause: string): void {
    if (this.#calls.has(id)) this.#end(id, dialingCause(cause))
  }

  legsOf(key: string): { readonly mine: string | null; readonly far: string | null } {
    const call = this.#calls.get(key)
    return { mine: call?.mine ?? null, far: call?.far ?? null }
  }

  moving(key: string, whom: Whom | null): void {
    const call = this.#calls.get(key)
    if (call) call.moving = whom
  }

  endingHere(key: string, how: 'rejected' | 'hungUp'): void {
    const call = this.#calls.get(key)
    if (call) call.ending = how
  }

  take(event: EslEvent): void {
    const { book } = this.#parts
    const id = field(event, 'Unique-ID')
    if (id === '' || this.#gone.has(id)) return
    switch (field(event, 'Event-Name')) {
      case 'CHANNEL_CREATE':
        return this.#created(this.#learn(event, 'idle'))
      case 'CHANNEL_PROGRESS':
      case 'CHANNEL_PROGRESS_MEDIA':
        return this.#rings(this.#learn(event, 'ringing'))
      case 'CHANNEL_ANSWER':
        return this.#answered(this.#learn(event, 'busy'))
      case 'CHANNEL_BRIDGE':
        return this.#answered(this.#learn(event, 'busy'))
      case 'CHANNEL_HOLD':
        return this.#ofMine(id, ({ key }) => book.held(key))
      case 'CHANNEL_UNHOLD':
        return this.#ofMine(id, ({ key }) => book.talking(key))
      case 'CHANNEL_HANGUP_COMPLETE':
        return this.#hungUp(id, field(event, 'Hangup-Cause'), field(event, 'variable_sip_hangup_disposition'))
    }
  }

  /** Everything that is up, by `show channels as json`: the rest ended unseen, and what began unseen is told now. */
  listed(rows: readonly EslEvent[]): void {
    const up = new Set(rows.map((row) => field(row, 'uuid')))
    for (const id of [...this.#legs.keys()]) if (!up.has(id)) this.#forget(id)
    for (const { key, call, mine } of [...this.#calls.values()]) if (!up.has(call) && (mine === null || !up.has(mine))) this.#end(key, 'lost')
    for (const row of rows) this.#found(row)
  }

  #found(row: EslEvent): void {
    const id = field(row, 'uuid')
    if (this.#legs.has(id) || id === '') return
    const event = { 'Unique-ID': id, 'Channel-Name': field(row, 'name'), 'Channel-Presence-ID': field(row, 'presence_id'), 'Call-Direction': field(row, 'direction'), 'Caller-Caller-ID-Number': field(row, 'cid_num'), 'Caller-Destination-Number': field(row, 'dest'), 'Other-Leg-Unique-ID': field(row, 'call_uuid') }
    const state = field(row, 'callstate')
    this.#created(this.#learn(event, state === 'RINGING' ? 'ringing' : 'busy'))
    if (state === 'ACTIVE' || state === 'HELD') this.#ofMine(id, ({ key }) => (state === 'HELD' ? this.#parts.book.held(key) : this.#parts.book.talking(key)))
  }

  #learn(event: EslEvent, state: ExtensionState['state']): Leg {
    const id = field(event, 'Unique-ID')
    const before = this.#legs.get(id)
    const leg: Leg = {
      id,
      extension: before?.extension ?? extensionOf(event),
      call: before?.call ?? (field(event, 'Other-Leg-Unique-ID') || id),
      direction: before?.direction ?? field(event, 'Call-Direction'),
      callerNumber: before?.callerNumber ?? field(event, 'Caller-Caller-ID-Number'),
      dialled: before?.dialled ?? field(event, 'Caller-Destination-Number'),
      state: state === 'idle' ? (before?.state ?? 'idle') : state,
    }
    this.#legs.set(id, leg)
    this.#told(leg.extension)
    return leg
  }

  #created(leg: Leg): void {
    const { extension, book } = this.#parts
    const call = this.#callOf(leg.call)
    if (leg.extension !== extension) {
      if (call?.direction === 'out' && leg.id !== call.mine) call.far = leg.id
      return
    }
    if (call) {
      call.mine ??= leg.id
      if (call.ending && call.mine === leg.id) this.#parts.onUnwanted(leg.id)
      return
    }
    if (leg.direction === 'inbound') return this.#dialled(leg)
    const caller = this.#legs.get(leg.call)
    // A colleague’s own call is no customer’s.
    if (caller?.extension) return
    // Put through to us after we had to do with it before: another ring of the same caller, and another record.
    const key = book.isOver(leg.call) ? `${leg.call}.${leg.id}` : leg.call
    const dialled = caller?.dialled ?? ''
    const line = normalizePhone(dialled) ?? (dialled || extension)
    const begun = this.#begin(key, leg.call, 'in', { lineName: line, lineNumber: line, fromNumber: normalizePhone(caller?.callerNumber ?? leg.callerNumber) ?? null }, null)
    if (begun) [begun.mine, begun.far] = [leg.id, leg.call]
  }

  /** Dialled on the telephone itself; between colleagues it is no customer’s call. */
  #dialled(leg: Leg): void {
    const { extension } = this.#parts
    const number = normalizePhone(leg.dialled)
    if (number === undefined) return
    const call = this.#begin(leg.id, leg.id, 'out', { lineName: extension, lineNumber: extension, fromNumber: number }, null)
    if (call) call.mine = leg.id
  }

  #rings(leg: Leg): void {
    const call = this.#callOf(leg.call)
    if (call?.direction === 'out' && call.far === leg.id) this.#parts.book.early(call.key)
  }

  #answered(leg: Leg): void {
    const { book } = this.#parts
    const call = this.#callOf(leg.call)
    if (!call) return
    const state = book.state(call.key)
    if (call.direction === 'out') {
      if (leg.id === call.far && (state === 'dialing' || state === 'early')) book.talking(call.key)
      return
    }
    if (leg.id === call.mine) return state === 'offered' ? book.talking(call.key) : undefined
    // The caller’s own leg is answered with whoever answers.
    if (leg.id === call.call) return
    if (state === 'offered') this.#end(call.key, 'answeredElsewhere')
    else if (state === 'transferring') this.#putThrough(call)
  }

  #hungUp(id: string, cause: string, disposition: string): void {
    const leg = this.#forget(id)
    const call = leg && this.#callOf(leg.call)
    if (!call) return
    if (id === call.mine) return this.#mineHungUp(call, cause, disposition)
    if (id !== call.far) return
    const state = this.#parts.book.state(call.key)
    if (call.direction === 'in') this.#end(call.key, 'callerHungUp')
    else if (state === 'dialing' || state === 'early') this.#end(call.key, call.ending ?? dialingCause(cause))
    else this.#end(call.key, 'callerHungUp')
  }

  #mineHungUp(call: Watched, cause: string, disposition: string): void {
    call.mine = null
    switch (this.#parts.book.state(call.key)) {
      case 'offered':
        if (call.ending) return this.#end(call.key, 'rejected')
        if (ELSEWHERE.has(cause)) return this.#end(call.key, 'answeredElsewhere')
        if (REJECTED.has(cause)) return this.#end(call.key, 'rejected')
        if (cause === 'ORIGINATOR_CANCEL') return this.#end(call.key, 'callerHungUp')
        // It stopped ringing here, and the caller is still there.
        return
      case 'dialing':
      case 'early':
        return this.#end(call.key, call.ending ?? dialingCause(cause))
      case 'transferring':
        return
      default:
        if (call.moving) return this.#parts.book.transferring(call.key, call.moving)
        // FreeSWITCH sent the end to this telephone: the other side had ended it.
        return this.#end(call.key, call.ending === null && disposition === 'send_bye' ? 'callerHungUp' : 'hungUp')
    }
  }

  #putThrough(call: Watched): void {
    this.#calls.delete(call.key)
    this.#parts.book.putThrough(call.key, this.#parts.book.whom(call.key).toAgentId)
  }

  #begin(key: string, call: string, direction: 'in' | 'out', parties: Parties, agentId: string | null): Watched | undefined {
    const { book } = this.#parts
    const begun = direction === 'in' ? book.offered(key, parties) : book.dialing(key, parties, agentId)
    if (!begun) return undefined
    const watched: Watched = { key, call, direction, mine: null, far: null, moving: null, ending: null }
    this.#calls.set(key, watched)
    return watched
  }

  #end(key: string, cause: EndCause): void {
    this.#calls.delete(key)
    this.#parts.book.ended(key, cause)
  }

  #forget(id: string): Leg | undefined {
    const leg = this.#legs.get(id)
    this.#legs.delete(id)
    this.#gone.add(id)
    for (const oldest of this.#gone) {
      if (this.#gone.size <= REMEMBERED) break
      this.#gone.delete(oldest)
    }
    if (leg) this.#told(leg.extension)
    return leg
  }

  #told(extension: string | null): void {
    if (extension === null || extension === this.#parts.extension) return
    const states = [...this.#legs.values()].filter((leg) => leg.extension === extension).map(({ state }) => state)
    this.#parts.onExtension(extension, states.includes('busy') ? 'busy' : states.includes('ringing') ? 'ringing' : 'idle')
  }

  #callOf(call: string): Watched | undefined {
    return [...this.#calls.values()].find((one) => one.call === call)
  }

  #ofMine(id: string, then: (call: Watched) => void): void {
    const call = [...this.#calls.values()].find(({ mine }) => mine === id)
    if (call) then(call)
  }
}

function dialingCause(cause: string): EndCause {
  if (/USER_BUSY/.test(cause)) return 'busy'
  if (/CALL_REJECTED/.test(cause)) return 'rejected'
  return /NORMAL_CLEARING|ORIGINATOR_CANCEL/.test(cause) ? 'hungUp' : 'failed'
}
