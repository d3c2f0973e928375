import type { Ending } from './causes.ts'
import { insidesOf, outliveTheLine, readFarewellsLast, type IncomingRequest, type IncomingResponse, type Referral, type RTCSession, type SessionInsides } from './jssip.ts'
import type { RemotePeer } from './remotePeer.ts'
import { legOptions, pcConfigOf, type Sound } from './sound.ts'

/** Who listens to a leg. */
export interface LegEars {
  /** The other telephone rings. */
  readonly early: () => void
  /** Answered: the two are through. */
  readonly talk: () => void
  readonly ended: (ending: Omit<Ending, 'direction' | 'answered'>) => void
  /** The words stopped flowing though the page is there. */
  readonly mediaFault: () => void
}

/** Nobody listens any more: for a ring that is refused before it is one. */
export const DEAF: LegEars = { early: () => undefined, talk: () => undefined, ended: () => undefined, mediaFault: () => undefined }

export type Offered = 'agreed' | 'refused' | 'over'
export type ReferralOutcome = 'taken' | 'notTaken' | 'over'

const OFFER_TRIES = 4
const READY_WITHIN_MS = 4_000
const LOOK_EVERY_MS = 20
/** A server that has just got the line back finds us by our registration. It is waited for a while, but not for good. */
const REGISTERED_WITHIN_MS = 2_000
const DIGIT_MS = 120
const DIGIT_GAP_MS = 80
/** A telephone that rings longer than this is taken by nobody. */
const REFERRAL_WITHIN_MS = 90_000

const FAULTS = new Set(['Connection Error', 'Request Timeout', 'RTP Timeout', 'Dialog Error', 'WebRTC Error', 'Internal Error', 'No ACK', 'SIP Failure Code', 'Bad Media Description', 'User Denied Media Access'])

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** On hold we send nothing to be heard and hear nothing: an answer to the other side's own offer says so too. */
const heldAnswer = (sdp: string): string => sdp.replaceAll(/^a=sendrecv\r?$/gm, 'a=sendonly\r').replaceAll(/^a=recvonly\r?$/gm, 'a=inactive\r')

interface EndEvent {
  readonly originator: string
  readonly message: IncomingRequest | IncomingResponse | null
  readonly cause: string
}

function endingOf({ originator, message, cause }: EndEvent): Omit<Ending, 'direction' | 'answered'> {
  const status = message && 'status_code' in message && typeof message.status_code === 'number' ? message.status_code : null
  const reason = message?.getHeader('Reason') ?? ''
  if (originator === 'remote') return { by: cause === 'No ACK' ? 'fault' : 'them', status, reason }
  if (cause === 'No Answer' || cause === 'Expires') return { by: 'them', status, reason }
  return { by: originator === 'system' || FAULTS.has(cause) ? 'fault' : 'us', status, reason }
}

/**
 * One dialogue with one other telephone. It adds to JsSIP's session what that lacks: offers that are made again after
 * both sides offered at once, that leave the call as it was where they are refused, and a fresh peer connection in a
 * call that is up.
 */
export class Leg {
  readonly session: RTCSession
  readonly #sound: Sound
  readonly #ears: LegEars
  readonly #insides: SessionInsides
  readonly #over: Promise<'over'>
  #work: Promise<unknown> = Promise.resolve()
  /** The status we refused with; JsSIP does not say it again. */
  #refusedWith: number | null = null
  #lineDropped = false
  #deaf = false
  #answer: IncomingResponse | null = null

  constructor(session: RTCSession, sound: Sound, ears: LegEars) {
    this.session = session
    this.#sound = sound
    this.#ears = ears
    this.#insides = insidesOf(session)
    let settle: (over: 'over') => void = () => undefined
    this.#over = new Promise((resolve) => (settle = resolve))
    const hearEnd = (event: EndEvent): void => {
      settle('over')
      const ending = this.#lineDropped ? ({ by: 'fault', status: null, reason: '' } as const) : endingOf(event)
      ears.ended(ending.by === 'us' && this.#refusedWith !== null ? { ...ending, status: this.#refusedWith } : ending)
    }
    session.on('ended', hearEnd as never)
    session.on('failed', hearEnd as never)
    session.on('accepted', ({ response }: { readonly response?: IncomingResponse | null }) => {
      this.#answer = response ?? null
      ears.talk()
    })
    session.on('progress', (event: { readonly originator: string }) => {
      if (event.originator === 'remote') ears.early()
    })
    outliveTheLine(session)
    this.#hearTheLine()
    session.on('refer', ({ reject }) => reject())
    session.on('sdp', (event) => {
      if (event.originator === 'local' && event.type === 'answer' && this.#insides._localHold) event.sdp = heldAnswer(event.sdp)
    })
    session.on('peerconnection', () => this.#watchPeer())
    if (this.#insides._connection) this.#watchPeer()
  }

  get callId(): string {
    return this.#insides._request.call_id
  }

  /** The peer connection's number at the media page; null before there is one. */
  get pc(): number | null {
    return this.#insides._connection?.pc ?? null
  }

  get peer(): RemotePeer | null {
    return this.#insides._connection
  }

  get talks(): boolean {
    return this.session.isEstablished()
  }

  get over(): boolean {
    return this.session.isEnded()
  }

  /** Whether the other side waits, as we have offered it last and nobody refused. */
  get held(): boolean {
    return this.#insides._localHold
  }

  /** Whether what it heard with went with a page before anybody answered: it is to be mended once they have. */
  get deaf(): boolean {
    return this.#deaf
  }

  /** What a field of the other side’s answer says; empty where they have not answered, or don’t say. */
  answeredWith(field: string): string {
    return this.#answer?.getHeader(field)?.trim() ?? ''
  }

  answer(extraHeaders: readonly string[] = []): void {
    this.session.answer(legOptions(this.#sound, extraHeaders))
  }

  /** The page that offered is gone and nobody has answered yet. */
  deafen(): void {
    this.#deaf = true
    this.peer?.deafen()
  }

  /** The line that a ring came over is gone: nobody can answer it any more, and nobody would ever end it. */
  lineDropped(): void {
    if (this.over || this.talks) return
    this.#lineDropped = true
    this.session.terminate()
  }

  /** @param status for a ring that is refused */
  hangUp(status?: number): void {
    if (this.over) return
    this.#refusedWith = status ?? null
    this.session.terminate(status === undefined ? {} : { status_code: status })
  }

  mute(on: boolean): void {
    if (on) this.session.mute({ audio: true })
    else this.session.unmute({ audio: true })
  }

  digits(digits: string): void {
    this.session.sendDTMF(digits, { transportType: 'RFC2833' as never, duration: DIGIT_MS, interToneGap: DIGIT_GAP_MS })
  }

  /** Holds or takes back; where the other side refuses, it is as it was. */
  setHold(on: boolean): Promise<Offered> {
    return this.#inTurn(async () => {
      if (this.over) return 'over'
      if (this.#insides._localHold === on) return 'agreed'
      this.#hold(on)
      const outcome = await this.#offer()
      if (outcome === 'refused' && !this.over) this.#hold(!on)
      return outcome
    })
  }

  /** Offers once more what is, so that a server that was away knows where we are. */
  refresh(): Promise<Offered> {
    return this.#inTurn(() => this.#offer())
  }

  /** A fresh peer connection at whatever page is there now, offered to the other side. */
  mend(): Promise<Offered> {
    const insides = this.#insides
    insides._connection?.close()
    // What the lost page was asked for never comes; nothing waits for it any more.
    insides._connectionPromiseQueue = Promise.resolve()
    insides._rtcReady = true
    insides._iceReady = false
    return this.#inTurn(() => {
      if (this.over) return Promise.resolve<Offered>('over')
      this.#deaf = false
      insides._createRTCConnection(pcConfigOf(this.#sound))
      insides._connection?.addTrack()
      insides._setLocalMediaStatus()
      return this.#offer()
    })
  }

  /**
   * Asks the other side to call somebody in our place (RFC 3515).
   * @param replaces the leg that the new call takes the place of (RFC 3891)
   * @param hear is told once, and at once: a farewell may come in the same packet or overtake, and must find it told
   */
  refer(target: string, replaces: Leg | undefined, hear: (outcome: ReferralOutcome) => void): void {
    // JsSIP says of a request that meets no line that it failed before anybody can listen.
    if (!this.#insides._ua.isConnected()) return hear('notTaken')
    const refer = this.session.refer.bind(this.session) as (to: string, options: object) => Referral | false
    const referral = refer(target, replaces ? { replaces: replaces.session } : {})
    if (referral === false) return hear('notTaken')
    const readFarewell = readFarewellsLast(this.session)
    let told = false
    const tell = (outcome: ReferralOutcome): void => {
      clearTimeout(timer)
      if (told) return
      told = true
      hear(outcome)
      readFarewell()
    }
    const timer = setTimeout(() => tell('notTaken'), REFERRAL_WITHIN_MS)
    timer.unref()
    referral.on('accepted', () => tell('taken'))
    referral.on('failed', () => tell('notTaken'))
    referral.on('requestFailed', () => tell('notTaken'))
    void this.#over.then(tell)
  }

  /** A line that breaks before anybody answered is a fault, and no farewell of ours; after that it ends nothing. */
  #hearTheLine(): void {
    const insides = this.#insides
    const faultBy = (end: () => void) => (): void => {
      if (this.talks) return
      this.#lineDropped = true
      end()
    }
    insides.onTransportError = faultBy(insides.onTransportError.bind(this.session))
    insides.onRequestTimeout = faultBy(insides.onRequestTimeout.bind(this.session))
  }

  #watchPeer(): void {
    const peer = this.#insides._connection
    peer?.onState(({ ice }) => {
      if (ice === 'failed' && this.#insides._connection === peer && this.talks) this.#ears.mediaFault()
    })
  }

  #hold(on: boolean): void {
    this.#insides._localHold = on
    this.#insides._setLocalMediaStatus()
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#work.then(task)
    this.#work = done.catch(() => undefined)
    return done
  }

  async #within<T>(outcome: Promise<T>, milliseconds: number, otherwise: T): Promise<T | 'over'> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<T>((resolve) => {
      timer = setTimeout(() => resolve(otherwise), milliseconds)
    })
    const first = await Promise.race([outcome, late, this.#over])
    clearTimeout(timer)
    return first
  }

  #lineIsUp(waited: number): boolean {
    const { _ua: line } = this.#insides
    return line.isConnected() && (line.isRegistered() || waited >= REGISTERED_WITHIN_MS)
  }

  async #readyToOffer(): Promise<boolean> {
    for (let waited = 0; waited < READY_WITHIN_MS; waited += LOOK_EVERY_MS) {
      if (this.over) return false
      if (this.#lineIsUp(waited) && this.session.isReadyToReOffer()) return true
      await pause(LOOK_EVERY_MS)
    }
    return false
  }

  /** Both sides may offer at once (491): then each waits its own while and asks again (RFC 3261, 14.1). */
  async #offer(): Promise<Offered> {
    for (let attempt = 0; attempt < OFFER_TRIES; attempt++) {
      if (!(await this.#readyToOffer())) return this.over ? 'over' : 'refused'
      const answered = new Promise<number>((resolve) => {
        this.#insides._sendReinvite({ eventHandlers: { succeeded: () => resolve(200), failed: (response) => resolve(response?.status_code ?? 0) } })
      })
      const status = await this.#within(answered, 35_000, 408)
      if (status === 'over') return 'over'
      if (status === 200) return 'agreed'
      if (status !== 491) return 'refused'
      await pause(this.session.direction === ('outgoing' as never) ? 2_100 + Math.random() * 1_900 : Math.random() * 2_000)
    }
    return 'refused'
  }
}
