import { normalizePhone } from '../../../shared/base/phone.ts'
import type { CallBook, Whom } from '../observed/callBook.ts'
import type { EndCause } from '../port.ts'
import type { Party, SessionEvent } from './ringCentralEvents.ts'

interface Watched {
  readonly direction: 'in' | 'out'
  mine: string
  moving: Whom | null
  ending: 'hungUp' | 'rejected' | null
  /** The other side has gone, which is why this one will. */
  leftAlone: boolean
}

/** RingCentral’s reasons where somebody else took the ring, and where a caller was put through. */
const ELSEWHERE = new Set(['AgentAnswered', 'Pickup', 'TakeOver'])
const PUT_THROUGH = new Set(['BlindTransfer', 'RccTransfer', 'AttendedTransfer', 'DtmfTransfer', 'CallRedirected'])
const REMEMBERED = 2_000

/** Turns RingCentral’s telephony session events into the calls of one extension. The telephony session is the call. */
export class RingCentralCalls {
  readonly #book: CallBook
  readonly #line: string
  readonly #calls = new Map<string, Watched>()
  /** The newest message of each session, for a while after its end. */
  readonly #sequences = new Map<string, number>()
  /** Who is having a number dialled just now: its first event may come before the answer. */
  readonly #ordering = new Map<string, string>()
  #extensionId = ''

  constructor(book: CallBook, line: string) {
    this.#line = line
    this.#book = book
  }

  signedInAs(extensionId: string): void {
    this.#extensionId = extensionId
  }

  ordering(number: string, agentId: string): void {
    this.#ordering.set(number, agentId)
  }

  /** @param session what it became; null where it was not done */
  ordered(number: string, session: { readonly key: string; readonly party: string } | null): void {
    const agentId = this.#ordering.get(number) ?? null
    this.#ordering.delete(number)
    if (!session) return
    const parties = { lineName: this.#line, lineNumber: this.#line, fromNumber: normalizePhone(number) ?? null }
    if (this.#book.dialing(session.key, parties, agentId)) this.#watch(session.key, 'out', session.party)
  }

  partyOf(key: string): string | null {
    return this.#calls.get(key)?.mine ?? null
  }

  moving(key: string, whom: Whom | null): void {
    const call = this.#calls.get(key)
    if (call) call.moving = whom
  }

  endingHere(key: string, how: 'hungUp' | 'rejected'): void {
    const call = this.#calls.get(key)
    if (call) call.ending = how
  }

  lost(key: string): void {
    this.#end(key, 'lost')
  }

  take({ telephonySessionId: key, sequence, parties }: SessionEvent): void {
    if (sequence <= (this.#sequences.get(key) ?? -1)) return
    this.#remember(key, sequence)
    for (const party of parties) if (party.extensionId !== this.#extensionId) this.#other(key, party)
    for (const party of parties) if (party.extensionId === this.#extensionId) this.#own(key, party)
  }

  #own(key: string, party: Party): void {
    const call = this.#calls.get(key) ?? this.#begun(key, party)
    if (!call) return
    // A second leg of ours in the same session (a ring that came back) takes the place of the first.
    if (party.status.code !== 'Disconnected' && party.status.code !== 'Gone') call.mine = party.id
    if (call.mine !== party.id) return
    switch (party.status.code) {
      case 'Proceeding':
        return call.direction === 'out' ? this.#book.early(key) : undefined
      case 'Answered':
        return this.#book.talking(key)
      case 'Hold':
        return this.#book.held(key)
      case 'VoiceMail':
      case 'VoiceMailScreening':
        return this.#book.state(key) === 'offered' ? this.#end(key, 'callerHungUp') : undefined
      case 'Disconnected':
      case 'Gone':
        return this.#over(key, call, party.status.reason)
    }
  }

  #begun(key: string, party: Party): Watched | undefined {
    if (party.status.code === 'Disconnected' || party.status.code === 'Gone') return undefined
    const incoming = party.direction === 'Inbound'
    const [other, line] = incoming ? [party.from, party.to] : [party.to, party.from]
    // A colleague’s own call is no customer’s.
    if (other.extensionId !== '' || (other.phoneNumber === '' && other.extensionNumber !== '')) return undefined
    const lineNumber = normalizePhone(line.phoneNumber) ?? (line.phoneNumber || line.extensionNumber)
    const parties = { lineName: lineNumber, lineNumber: lineNumber || this.#line, fromNumber: normalizePhone(other.phoneNumber) ?? null }
    const begun = incoming ? this.#book.offered(key, parties) : this.#book.dialing(key, parties, this.#ordering.get(normalizePhone(other.phoneNumber) ?? other.phoneNumber) ?? null)
    return begun ? this.#watch(key, incoming ? 'in' : 'out', party.id) : undefined
  }

  #other(key: string, { status: { code, reason } }: Party): void {
    const call = this.#calls.get(key)
    if (!call) return
    const state = this.#book.state(key)
    const gone = code === 'Disconnected' || code === 'Gone'
    if (call.direction === 'out' && (state === 'dialing' || state === 'early')) {
      if (code === 'Proceeding') this.#book.early(key)
      else if (code === 'Answered') this.#book.talking(key)
      else if (gone) this.#end(key, call.ending ?? dialingCause(reason))
      return
    }
    if (state === 'transferring') {
      if (code === 'Answered') this.#putThrough(key)
      else if (gone && reason === 'CallFinished') this.#end(key, 'callerHungUp')
      return
    }
    if (gone && !PUT_THROUGH.has(reason)) call.leftAlone = true
  }

  #over(key: string, call: Watched, reason: string): void {
    const state = this.#book.state(key)
    if (state === 'offered') {
      if (call.ending || reason === 'Rejected') return this.#end(key, 'rejected')
      return this.#end(key, ELSEWHERE.has(reason) ? 'answeredElsewhere' : 'callerHungUp')
    }
    if (state === 'dialing' || state === 'early') return this.#end(key, call.ending ?? (reason === 'Cancelled' || reason === 'CallFinished' ? 'hungUp' : dialingCause(reason)))
    if (state === 'transferring') return
    if (call.moving) return this.#book.transferring(key, call.moving)
    if (PUT_THROUGH.has(reason)) return this.#putThrough(key)
    if (reason === 'CallDropped' || reason === 'InternalError') return this.#end(key, 'lost')
    this.#end(key, call.ending ?? (call.leftAlone ? 'callerHungUp' : 'hungUp'))
  }

  #putThrough(key: string): void {
    this.#forget(key)
    // RingCentral tells an extension of its own sessions, and nothing of what a colleague does with the caller.
    this.#book.putThrough(key, this.#book.whom(key).toAgentId, true)
  }

  #end(key: string, cause: EndCause): void {
    this.#forget(key)
    this.#book.ended(key, cause)
  }

  #forget(key: string): void {
    this.#calls.delete(key)
  }

  #watch(key: string, direction: 'in' | 'out', mine: string): Watched {
    const call: Watched = { direction, mine, moving: null, ending: null, leftAlone: false }
    this.#calls.set(key, call)
    return call
  }

  #remember(key: string, sequence: number): void {
    this.#sequences.delete(key)
    this.#sequences.set(key, sequence)
    for (const oldest of this.#sequences.keys()) {
      if (this.#sequences.size <= REMEMBERED) break
      this.#sequences.delete(oldest)
    }
  }
}

function dialingCause(reason: string): EndCause {
  if (reason === 'TargetBusy') return 'busy'
  return reason === 'Rejected' ? 'rejected' : 'failed'
}
