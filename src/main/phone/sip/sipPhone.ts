import { assertNever } from '../../../shared/base/assertNever.ts'
import { errorDetails, type Log } from '../../core/log.ts'
import type { Ability, LineState, PhoneCommand, PhoneEvent, PhonePort, SipAccount } from '../port.ts'
import { attempt } from '../attempt.ts'
import { CONSULT } from './callParts.ts'
import { type Clock, CallTale, machineClock } from './callTale.ts'
import { callerOf, correlationIn, externalIdOf, incomingFrom, type SipHeaders } from './identity.ts'
import { CallTapes } from './recording/callTapes.ts'
import { type IncomingRequest, insidesOf, type RTCSession } from './jssip.ts'
import { DEAF, Leg, type LegEars } from './leg.ts'
import type { BridgeEvent, MediaBridge } from './mediaBridge.ts'
import { type CallCommand, SipCall } from './sipCall.ts'
import { type Incoming, SipLine } from './sipLine.ts'
import { iceServersOf, legOptions, type Sound } from './sound.ts'
import { Subscriptions } from './subscriptions.ts'

export interface SipPhoneParts {
  readonly account: SipAccount
  readonly bridge: MediaBridge
  readonly log: Log
  readonly clock?: Clock
}

const SIP_ABILITIES: readonly Ability[] = ['answer', 'reject', 'hangUp', 'dial', 'hold', 'mute', 'digits', 'transfer', 'transferToNumber', 'consult', 'conference', 'pickUp', 'doNotDisturb', 'record']

/** More rings at once than an office has people are a fault or an attack: the rest is busy, and in the log. */
const MOST_OFFERED = 12
/** The microphone stays open so long after the last call, so that the next answer does not wait for it. */
const MICROPHONE_LINGERS_MS = 15_000
/** What most telephone systems take for "give me the ring at that extension". */
const PICK_UP_CODE = '**'
const BUSY_HERE = 486
const COULD_NOT = 'The telephone could not do this. The call is as it was.'

const headersOf = (request: IncomingRequest): SipHeaders => ({ all: (name) => (request.hasHeader(name) ? request.getHeaders(name) : []) })

const requestCallId = (request: IncomingRequest): string => (request as IncomingRequest & { readonly call_id: string }).call_id

const callIdOf = (session: RTCSession): string => insidesOf(session)._request.call_id

/** A softphone: SIP in this process, words in the media page. */
export class SipPhone implements PhonePort {
  readonly #bridge: MediaBridge
  readonly #sound: Sound
  readonly #log: Log
  readonly #clock: Clock
  readonly #account: SipAccount
  readonly #line: SipLine
  readonly #subscriptions: Subscriptions
  readonly #listeners = new Set<(event: PhoneEvent) => void>()
  readonly #calls = new Map<string, SipCall>()
  /** The call that an INVITE with Replaces takes the place of, until its session is there. */
  readonly #replaced = new Map<IncomingRequest, SipCall>()
  /** The office's id of the call that a colleague asks about. */
  readonly #askedAbout = new WeakMap<SipCall, string>()
  readonly #pickedUp = new WeakSet<SipCall>()
  readonly #tapes: CallTapes
  readonly #stopBridge: () => void
  #doNotDisturb = false
  #messages: LineState['messages'] = null
  #since: number
  #microphoneTimer: NodeJS.Timeout | undefined
  #registeredBefore = false
  /** As far as the monotonic clock has counted it. */
  #sleptMs = 0

  /** @throws a sentence where the account can't be used as it is */
  constructor({ account, bridge, log, clock = machineClock }: SipPhoneParts) {
    this.#account = account
    this.#bridge = bridge
    this.#sound = { bridge, iceServers: iceServersOf(account) }
    this.#log = log
    // Nobody talks while the machine sleeps.
    const monotonic = (): number => {
      this.#line.look()
      return clock.monotonic() - this.#sleptMs
    }
    this.#clock = { now: clock.now, monotonic }
    this.#since = clock.now()
    this.#line = new SipLine({
      account,
      log,
      onStatus: ({ status }) => {
        this.#since = this.#clock.now()
        if (status === 'ready') this.#registered()
        else this.#subscriptions.drop()
        this.#sayLine()
      },
      onDropped: () => {
        for (const call of [...this.#calls.values()]) call.lineDropped()
      },
      onIncoming: (incoming) => this.#incoming(incoming),
      onWoke: (sleptMs) => {
        this.#sleptMs += sleptMs
      },
    })
    this.#subscriptions = new Subscriptions({
      line: this.#line,
      own: account.extension,
      log,
      onMessages: (messages) => {
        this.#messages = messages
        this.#sayLine()
      },
      onExtension: (extension) => this.#tell({ kind: 'extension', extension }),
    })
    this.#tapes = new CallTapes({
      now: clock.now,
      tell: (event) => this.#tell(event),
      say: (call) => this.#changed(call),
      refuse: (externalId, message) => this.#refuse('record', externalId, message),
    })
    this.#stopBridge = bridge.listen((event) => this.#attempt('media', () => this.#hearMedia(event)))
    this.#line.start()
  }

  #hearMedia(event: BridgeEvent): void {
    if (event.kind === 'sound') this.#tapes.hear(event)
    if (event.kind === 'audio') this.#sayLine()
    if (event.kind === 'lost') for (const call of this.#calls.values()) call.mediaLost()
    if (event.kind !== 'attached') return
    this.#ring()
    for (const call of this.#calls.values()) call.mediaBack()
  }

  listen(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  close(): void {
    for (const call of [...this.#calls.values()]) this.#attempt('close', () => call.leg?.hangUp(call.tale.state === 'offered' ? 480 : undefined))
    this.#subscriptions.drop()
    this.#line.close()
    clearTimeout(this.#microphoneTimer)
    this.#bridge.ring(false)
    this.#bridge.microphone(false)
    this.#stopBridge()
    this.#listeners.clear()
  }

  send(command: PhoneCommand): void {
    this.#attempt(command.kind, () => this.#perform(command), () => this.#refuse(command.kind, 'externalId' in command ? command.externalId : null, COULD_NOT))
  }

  line(): LineState {
    const { extension, server } = this.#account
    return {
      ...this.#line.status,
      at: this.#since,
      account: `Extension ${extension} at ${new URL(server).hostname}`,
      abilities: SIP_ABILITIES,
      doNotDisturb: this.#doNotDisturb,
      messages: this.#messages,
      audio: this.#bridge.audio,
    }
  }

  #perform(command: PhoneCommand): void {
    switch (command.kind) {
      case 'answer':
      case 'reject':
      case 'hangUp':
      case 'hold':
      case 'resume':
      case 'mute':
      case 'digits':
      case 'transfer':
      case 'consult':
      case 'completeTransfer':
      case 'conference':
        return this.#steer(command)
      case 'dial':
        return this.#dial(command.number, command.agentId)
      case 'pickUp':
        return this.#pickUp(command.extension, command.agentId)
      case 'doNotDisturb':
        this.#doNotDisturb = command.on
        return this.#sayLine()
      case 'watch':
        return this.#subscriptions.watch(command.extensions)
      case 'report':
        for (const call of this.#calls.values()) if (!this.#isElsewhere(call)) this.#tell({ kind: 'call', call: call.tale.tell() })
        this.#sayLine()
        return this.#tell({ kind: 'reported' })
      case 'record':
        return this.#record(command)
      case 'configure':
      case 'tryAccount':
      case 'practiceRing':
      case 'practiceDial':
      case 'practiceCutOff':
      case 'practiceSchedule':
        return this.#refuse(command.kind, null, 'The softphone can\u2019t do this.')
      default:
        return assertNever(command, 'telephone command')
    }
  }

  #steer(command: CallCommand): void {
    const call = this.#calls.get(command.externalId)
    if (!call) return this.#refuse(command.kind, command.externalId, 'This call is over.')
    call.perform(command)
  }

  #record({ externalId, to, why }: Extract<PhoneCommand, { kind: 'record' }>): void {
    const call = this.#calls.get(externalId)
    if (!call?.tale.answered) return this.#refuse('record', externalId, call ? 'Only a call that is up can be recorded.' : 'This call is over.')
    this.#tapes.record(call, to, why)
  }

  /** Every request that opens a dialogue comes here; it is answered, offered or refused, and never throws. */
  #incoming({ session, request }: Incoming): void {
    try {
      const replaced = this.#replaced.get(request)
      this.#replaced.delete(request)
      if (replaced) return this.#takePlace(replaced, session, request)
      const tale = this.#offer(request)
      const offered = [...this.#calls.values()].filter((call) => call.tale.state === 'offered').length
      if (this.#doNotDisturb || offered >= MOST_OFFERED) return this.#turnAway(tale, session)
      const about = this.#asksAbout(request, tale)
      const call = this.#begin(tale, session, about === undefined ? [] : [`${CONSULT}: ${about}`])
      if (about !== undefined) this.#askedAbout.set(call, about)
      this.#changed(call)
    } catch (error) {
      this.#log.warn('sip.incoming', errorDetails(error))
      if (!session.isEnded()) session.terminate({ status_code: 500 })
    }
  }

  /** What a colleague says they ask about. Whoever is no known telephone of this office could only write into a stranger's record with it. */
  #asksAbout(request: IncomingRequest, { fromExtension }: CallTale): string | undefined {
    return this.#isColleague(fromExtension) ? correlationIn(request.getHeader(CONSULT)) : undefined
  }

  #isColleague(extension: string | undefined): boolean {
    return extension !== undefined && this.#subscriptions.watches(extension)
  }

  #externalIdOf(callId: string): string {
    return externalIdOf(callId, (id) => this.#calls.has(id))
  }

  #offer(request: IncomingRequest): CallTale {
    return new CallTale({ externalId: this.#externalIdOf(requestCallId(request)), ...incomingFrom(headersOf(request)) }, 'offered', this.#clock)
  }

  /** Nothing rings and nothing is shown; the log has it all the same. */
  #turnAway(tale: CallTale, session: RTCSession): void {
    new Leg(session, this.#sound, DEAF).hangUp(BUSY_HERE)
    tale.end('busy')
    this.#tell({ kind: 'call', call: tale.tell() })
  }

  /**
   * A caller comes through to whoever was asked about them: nothing rings, they are simply there. They are no colleague, and
   * the line they dialled is the one their own call has, not the extension that was asked.
   */
  #takePlace(replaced: SipCall, session: RTCSession, request: IncomingRequest): void {
    const about = this.#askedAbout.get(replaced)
    const externalId = about !== undefined && !this.#calls.has(about) ? about : this.#externalIdOf(requestCallId(request))
    const { number } = callerOf(headersOf(request))
    const tale = new CallTale({ externalId, direction: 'in', lineName: '', lineNumber: '', fromNumber: number, practice: false, cameThrough: true }, 'offered', this.#clock)
    this.#begin(tale, session).answerAs(replaced.tale.agentId)
  }

  /** Only whom a colleague asks and talks with is given their caller: no stranger’s, and not into a conversation with somebody else. */
  #mayBeReplaced({ tale }: SipCall): boolean {
    return this.#isColleague(tale.fromExtension) && !tale.conference && tale.state === 'active'
  }

  #begin(tale: CallTale, session: RTCSession, answerHeaders: readonly string[] = []): SipCall {
    const call: SipCall = new SipCall({
      tale,
      bridge: this.#bridge,
      ask: (to, about, ears) => this.#call(to, ears, about === null ? [] : [`${CONSULT}: ${about.externalId}`]),
      answerHeaders,
      address: (user) => this.#line.address(user),
      say: () => this.#changed(call),
      refuse: (command, externalId, message) => this.#refuse(command, externalId, message),
      attempt: (command, work) => this.#attempt(command ?? 'call', work, () => command && this.#refuse(command, tale.externalId, COULD_NOT)),
    })
    call.join(new Leg(session, this.#sound, call.ears))
    session.on('replaces', ({ request, accept, reject }) => {
      if (!this.#mayBeReplaced(call)) {
        this.#log.warn('sip.notReplaced', { state: tale.state, colleague: this.#isColleague(tale.fromExtension) })
        return reject()
      }
      this.#replaced.set(request, call)
      accept()
    })
    this.#calls.set(tale.externalId, call)
    return call
  }

  #call(to: string, ears: LegEars, headers: readonly string[]): Leg {
    this.#openMicrophone()
    return new Leg(this.#line.ua.call(to, legOptions(this.#sound, headers)), this.#sound, ears)
  }

  #pickUp(extension: string, agentId: string): void {
    const ring = this.#subscriptions.ringAt(extension)
    const known = ring?.callId == null ? null : `sip:${ring.callId}`
    // It rings here as well: then it is simply answered.
    if (known !== null && this.#calls.has(known)) return this.#steer({ kind: 'answer', externalId: known, agentId })
    const session = this.#place('pickUp', `${this.#account.pickUpCode || PICK_UP_CODE}${extension}`)
    if (!session) return
    const { number, extension: asker } = callerOf({ all: (name) => (name === 'From' && ring?.remote != null ? [ring.remote] : []) })
    const tale = new CallTale({ externalId: known ?? `sip:${callIdOf(session)}`, direction: 'in', lineName: '', lineNumber: '', practice: false, fromNumber: number, ...(asker === null ? {} : { fromExtension: asker }) }, 'offered', this.#clock)
    tale.handledBy(agentId)
    tale.go('answering')
    const call = this.#begin(tale, session)
    this.#pickedUp.add(call)
    this.#changed(call)
  }

  #dial(number: string, agentId: string): void {
    const session = this.#place('dial', number)
    if (!session) return
    const called = number.startsWith('+') ? { fromNumber: number } : { fromNumber: null, fromExtension: number }
    const tale = new CallTale({ externalId: `sip:${callIdOf(session)}`, direction: 'out', lineName: '', lineNumber: '', practice: false, ...called }, 'dialing', this.#clock)
    tale.handledBy(agentId)
    this.#changed(this.#begin(tale, session))
  }

  /** @returns null, and it has been said why, where nothing can be dialled now */
  #place(command: 'dial' | 'pickUp', number: string): RTCSession | null {
    const { status, reason } = this.#line.status
    const { audio } = this.#bridge
    const problem = status === 'ready' ? audio.reason : reason || 'The telephone is not connected yet. Try again in a moment.'
    const isNumber = /^[+0-9*#][0-9*#]{0,30}$/.test(number)
    if (problem !== '' || !isNumber) {
      this.#refuse(command, null, problem || 'This is no number that can be dialled.')
      return null
    }
    this.#openMicrophone()
    return this.#line.ua.call(this.#line.address(number), legOptions(this.#sound))
  }

  /** A ring that is being picked up is somebody else's until it is ours: nothing of it is said. */
  #isElsewhere(call: SipCall): boolean {
    return this.#pickedUp.has(call) && !call.tale.answered
  }

  #changed(call: SipCall): void {
    const over = call.tale.state === 'ended'
    this.#tapes.follow(call)
    if (over && this.#calls.get(call.tale.externalId) === call) this.#calls.delete(call.tale.externalId)
    this.#ring()
    if (this.#isElsewhere(call)) {
      // Where it stays theirs nothing has ended.
      if (over) this.#refuse('pickUp', null, 'The ring could not be picked up. Somebody else was quicker, or the telephone system does not know how.')
      return
    }
    this.#tell({ kind: 'call', call: call.tale.tell() })
  }

  /** It rings for a caller who is offered, and for one who comes back. */
  #ring(): void {
    const states = [...this.#calls.values()].map(({ tale }) => tale.state)
    this.#bridge.ring(states.some((state) => state === 'offered' || state === 'recalling'))
    this.#bridge.ringback([...this.#calls.values()].some((call) => call.ringsElsewhere))
    if (states.length > 0) return this.#openMicrophone()
    clearTimeout(this.#microphoneTimer)
    this.#microphoneTimer = setTimeout(() => this.#bridge.microphone(false), MICROPHONE_LINGERS_MS)
    this.#microphoneTimer.unref()
  }

  #openMicrophone(): void {
    clearTimeout(this.#microphoneTimer)
    this.#bridge.microphone(true)
  }

  #registered(): void {
    this.#subscriptions.begin()
    if (this.#registeredBefore) for (const call of this.#calls.values()) call.refresh()
    this.#registeredBefore = true
  }

  #sayLine(): void {
    this.#tell({ kind: 'line', line: this.line() })
  }

  #refuse(command: PhoneCommand['kind'], externalId: string | null, message: string): void {
    this.#tell({ kind: 'refused', command, externalId, message })
  }

  #tell(event: PhoneEvent): void {
    for (const listener of [...this.#listeners]) this.#attempt('listener', () => listener(event))
  }

  /** The one place where whatever fails ends: it is written down, said where somebody waits, and ends nothing else. */
  #attempt(what: string, work: () => unknown, failed?: () => void): void {
    attempt(work, (error) => {
      this.#log.error('sip.failed', { what, ...errorDetails(error) })
      failed?.()
    })
  }
}
