import { normalizePhone } from '../../../shared/base/phone.ts'
import type { CallBook, Whom } from '../observed/callBook.ts'
import type { EndCause } from '../port.ts'
import type { TwilioFields } from './twilioHooks.ts'

interface Watched {
  readonly direction: 'in' | 'out'
  /** The leg that Twilio made for the other side of the first: this desk’s telephone, or whoever it dialled. */
  leg: string | null
  moving: Whom | null
  ending: 'hungUp' | 'rejected' | null
}

const get = (fields: TwilioFields, name: string): string => fields.get(name) ?? ''
const OVER = new Set(['completed', 'canceled', 'busy', 'failed', 'no-answer'])

/** Turns Twilio’s requests into the calls of one telephone. The first leg’s CallSid is the call. */
export class TwilioCalls {
  readonly #book: CallBook
  readonly #line: string
  readonly #onUnwanted: (leg: string) => void
  readonly #calls = new Map<string, Watched>()
  /** Legs that were made for the sake of a call, and legs made for theirs. */
  readonly #callOf = new Map<string, string>()

  /** @param onUnwanted a ring that was rejected before its leg was known: here it is */
  constructor(book: CallBook, line: string, onUnwanted: (leg: string) => void) {
    this.#book = book
    this.#line = line
    this.#onUnwanted = onUnwanted
  }

  ordered(sid: string, number: string, agentId: string): void {
    if (this.#book.dialing(sid, { lineName: this.#line, lineNumber: this.#line, fromNumber: number }, agentId)) this.#began(sid, 'out')
  }

  /** The leg of this desk’s telephone, and the one of the other party. */
  legsOf(key: string): { readonly telephone: string | null; readonly caller: string | null } {
    const call = this.#calls.get(key)
    if (!call) return { telephone: null, caller: null }
    return call.direction === 'in' ? { telephone: call.leg, caller: key } : { telephone: key, caller: call.leg }
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

  /** Twilio asks what to do with a caller. */
  rings(fields: TwilioFields): void {
    const sid = get(fields, 'CallSid')
    if (sid === '') return
    const line = normalizePhone(get(fields, 'To')) ?? this.#line
    if (this.#book.offered(sid, { lineName: line, lineNumber: line, fromNumber: normalizePhone(get(fields, 'From')) ?? null })) this.#began(sid, 'in')
  }

  /** What became of a leg that Twilio was told to make. */
  leg(fields: TwilioFields): void {
    const sid = get(fields, 'CallSid')
    const key = this.#callOf.get(get(fields, 'ParentCallSid'))
    const call = key === undefined ? undefined : this.#calls.get(key)
    if (key === undefined || !call) return
    this.#callOf.set(sid, key)
    const status = get(fields, 'CallStatus')
    if (call.moving) {
      if (sid !== call.leg && status === 'in-progress') this.#putThrough(key)
      return
    }
    if (call.leg === null) {
      call.leg = sid
      if (call.ending === 'rejected') this.#onUnwanted(sid)
    }
    if (sid !== call.leg) return
    if (status === 'in-progress') this.#book.talking(key)
    else if (status === 'ringing' && call.direction === 'out') this.#book.early(key)
    // A caller is still on the line when this telephone is busy, and may leave a message: `dialed` comes next and says so.
    else if (status === 'busy' && call.direction === 'out') this.#unanswered(key, call, 'busy')
  }

  /**
   * What Twilio was told to ring has ended; the first leg may still be there.
   * @returns true where a caller whom nobody answered is still on the line
   */
  dialed(fields: TwilioFields): boolean {
    const sid = get(fields, 'CallSid')
    const waits = this.#calls.get(sid)?.direction === 'in' && this.#book.state(sid) === 'offered' && !OVER.has(get(fields, 'CallStatus')) && get(fields, 'DialCallStatus') !== 'completed'
    this.#dialed(fields)
    return waits
  }

  #dialed(fields: TwilioFields): void {
    const key = this.#callOf.get(get(fields, 'CallSid'))
    const call = key === undefined ? undefined : this.#calls.get(key)
    if (key === undefined || !call) return
    const firstIsGone = OVER.has(get(fields, 'CallStatus'))
    const state = this.#book.state(key)
    if (call.moving) {
      // Whoever it was put through to did not take the caller, who has gone by now.
      if (state === 'transferring' && get(fields, 'DialCallStatus') !== 'completed') this.#end(key, 'callerHungUp')
      return
    }
    if (state === 'offered' || state === 'dialing' || state === 'early') return this.#unanswered(key, call, get(fields, 'DialCallStatus'))
    // The caller’s leg is the first of a call that came in, this telephone’s the first of one that went out.
    const byThem = (call.direction === 'in') === firstIsGone
    this.#end(key, call.ending === null && byThem ? 'callerHungUp' : 'hungUp')
  }

  /** The first leg has ended. */
  status(fields: TwilioFields): void {
    const key = get(fields, 'CallSid')
    const call = this.#calls.get(key)
    if (!call || !OVER.has(get(fields, 'CallStatus'))) return
    const state = this.#book.state(key)
    if (call.direction === 'in') return this.#end(key, call.ending ?? 'callerHungUp')
    // A customer that was put through talks on, on a leg of their own.
    if (call.moving && state !== 'dialing') return
    this.#end(key, 'hungUp')
  }

  #unanswered(key: string, call: Watched, status: string): void {
    const state = this.#book.state(key)
    if (state !== 'offered' && state !== 'dialing' && state !== 'early') return
    if (call.ending !== null) return this.#end(key, call.ending)
    if (call.direction === 'in') return this.#end(key, status === 'busy' ? 'rejected' : 'callerHungUp')
    this.#end(key, status === 'busy' ? 'busy' : 'failed')
  }

  #putThrough(key: string): void {
    this.#forget(key)
    this.#book.putThrough(key, null)
  }

  #end(key: string, cause: EndCause): void {
    this.#forget(key)
    this.#book.ended(key, cause)
  }

  #began(key: string, direction: 'in' | 'out'): void {
    this.#calls.set(key, { direction, leg: null, moving: null, ending: null })
    this.#callOf.set(key, key)
  }

  #forget(key: string): void {
    this.#calls.delete(key)
    for (const [leg, call] of this.#callOf) if (call === key) this.#callOf.delete(leg)
  }
}
