import { WebSocket } from 'ws'
import { z } from 'zod'
import { assertNever } from '../../../shared/base/assertNever.ts'
import { normalizePhone } from '../../../shared/base/phone.ts'
import { diallable } from '../observed/dialled.ts'
import { type AskedOfCall, type AskedOfNone, NO_EXTENSION, ObservedLine } from '../observed/observedLine.ts'
import { Retry } from '../observed/retry.ts'
import { isPrivateAddress } from '../observed/secureAddress.ts'
import { machineWorld, type PhoneWorld } from '../observed/world.ts'
import type { Ability, RingCentralAccount, Target } from '../port.ts'
import { CLOCKS_APART_MS, SPOKEN_WITHIN_MS } from '../voicemail/callLeftIn.ts'
import { RingCentralApi, RingCentralFault, ringCentralSentence } from './ringCentralApi.ts'
import { RingCentralCalls } from './ringCentralCalls.ts'
import { type LeftMessage, sessionShape, socketMessageIn } from './ringCentralEvents.ts'

/** What RingCentral’s Call Control can do with a call of a desk telephone or its own application. */
export const RINGCENTRAL_ABILITIES: readonly Ability[] = ['answer', 'reject', 'hangUp', 'hold', 'dial', 'transfer', 'transferToNumber']

const BEAT_EVERY_MS = 60_000
/** So many beats without an answer, and the line is dead though nobody closed it. */
const UNANSWERED = 3
const CONNECT_WITHIN_MS = 8_000
const LONGEST_MESSAGE = 512 * 1024
const SUBSCRIBE = 'subscribe'
const CALLS_ALONE = 'calls'
const SESSIONS = '/restapi/v1.0/account/~/telephony/sessions'
const FILTER = '/restapi/v1.0/account/~/extension/~/telephony/sessions'
const VOICEMAILS = '/restapi/v1.0/account/~/extension/~/voicemail'
/** At its first connection Baton takes what nobody has listened to since then: over a long weekend. */
const UNHEARD_SINCE_MS = 72 * 60 * 60_000
/** A line is found dead some minutes late, and two clocks differ. */
const SPARE_MS = 15 * 60_000
const LIST_AGAIN_AFTER_MS = 60_000
const REMEMBERED = 1_000
const CANT = 'RingCentral can\u2019t do that from Baton. Do it on the telephone itself.'
const GONE = 'RingCentral can\u2019t be reached. Is this machine online? Baton keeps trying.'
const NOT_OFFERED = 'RingCentral does not tell this application of calls. It needs the permissions CallControl and WebSocketsSubscription. Baton keeps trying.'
const BUSY = 'RingCentral takes on nobody just now. Baton keeps trying.'
const callOutShape = z.object({ session: z.object({ id: z.string().min(1), parties: z.array(z.object({ id: z.string() })) }) })
const OVER = new Set(['Disconnected', 'Gone'])

/** An extension at RingCentral: seen by its telephony session events over WebSocket, steered by Call Control. */
export class RingCentralLine extends ObservedLine {
  readonly #account: RingCentralAccount
  readonly #api: RingCentralApi
  readonly #calls: RingCentralCalls
  readonly #retry: Retry
  #socket: WebSocket | null = null
  #beats = 0
  /** Messages that were told, by id. */
  readonly #told = new Set<string>()
  /** Up to when nothing was missed, epoch milliseconds; null before the first list. */
  #heardTo: number | null = null
  #listed = false
  #stopList: () => void = () => undefined
  /** Sounds of a list are fetched one after the other: RingCentral counts requests. */
  #turn: Promise<unknown> = Promise.resolve()
  #stopBeat: () => void = () => undefined

  constructor(account: RingCentralAccount, world: PhoneWorld = machineWorld) {
    super(world, { adapter: 'ringcentral', account: `${account.name} at RingCentral`, abilities: RINGCENTRAL_ABILITIES })
    this.#account = account
    this.#api = new RingCentralApi(account, world)
    this.#calls = new RingCentralCalls(this.book, account.lineNumber)
    this.#retry = new Retry(world, () => void this.#open())
    void this.#open()
  }

  protected shutDown(): void {
    this.#retry.stop()
    this.#drop()
    this.#api.close()
  }

  protected async askOfNone(command: AskedOfNone): Promise<string | null> {
    if (command.kind !== 'dial') return CANT
    const number = diallable(normalizePhone(command.number) ?? command.number)
    if (number === null) return 'This is no number that can be dialled.'
    this.#calls.ordering(number, command.agentId)
    let session: { readonly key: string; readonly party: string } | null = null
    const refused = await this.#safely(async () => {
      const started = callOutShape.parse(await this.#api.ask('POST', '/restapi/v1.0/account/~/telephony/call-out', { from: { deviceId: this.#account.deviceId }, to: { phoneNumber: number } })).session
      session = { key: started.id, party: started.parties[0]?.id ?? '' }
    })
    this.#calls.ordered(number, session)
    return refused
  }

  protected async askOfCall(command: AskedOfCall, key: string): Promise<string | null> {
    const party = this.#calls.partyOf(key)
    if (party === null) return ringCentralSentence(404)
    const session = `${SESSIONS}/${encodeURIComponent(key)}`
    const path = `${session}/parties/${encodeURIComponent(party)}`
    switch (command.kind) {
      case 'answer':
        this.book.handledBy(key, command.agentId)
        return this.#safely(() => this.#api.ask('POST', `${path}/answer`, { deviceId: this.#account.deviceId }))
      case 'reject':
        this.#calls.endingHere(key, 'rejected')
        return this.#safely(() => this.#api.ask('POST', `${path}/reject`))
      case 'hangUp':
        this.#calls.endingHere(key, 'hungUp')
        return this.#safely(() => this.#api.ask('DELETE', session))
      case 'hold':
        return this.#safely(() => this.#api.ask('POST', `${path}/hold`))
      case 'resume':
        return this.#safely(() => this.#api.ask('POST', `${path}/unhold`))
      case 'transfer':
        return this.#transfer(key, `${path}/transfer`, command.to)
      case 'mute':
      case 'digits':
      case 'consult':
      case 'completeTransfer':
      case 'conference':
      case 'record':
        return CANT
      default:
        return assertNever(command, 'telephone command')
    }
  }

  async #transfer(key: string, path: string, to: Target): Promise<string | null> {
    const number = to.kind === 'number' ? diallable(to.number) : diallable(to.extension)
    if (number === null) return NO_EXTENSION
    const whom = { toAgentId: to.kind === 'colleague' ? to.agentId : null, toNumber: number }
    // Our own party may end before the answer comes, and is not to be taken for the end of the call.
    this.#calls.moving(key, whom)
    const refused = await this.#safely(() => this.#api.ask('POST', path, to.kind === 'number' ? { phoneNumber: number } : { extensionNumber: number }))
    if (refused === null) this.book.transferring(key, whom)
    else this.#calls.moving(key, null)
    return refused
  }

  async #safely(act: () => Promise<unknown>): Promise<string | null> {
    try {
      await act()
      return null
    } catch (error) {
      return ringCentralSentence(statusOf(error))
    }
  }

  async #open(): Promise<void> {
    this.#drop()
    if (!isPrivateAddress(this.#account.server)) return this.lineIs('down', 'The address of RingCentral begins with https://. Check it under Settings, Phone.')
    try {
      const { id } = await this.#api.extension()
      this.#calls.signedInAs(id)
      const address = await this.#api.socketAddress()
      if (!this.closed) this.#listen(new WebSocket(address, { handshakeTimeout: CONNECT_WITHIN_MS, maxPayload: LONGEST_MESSAGE, perMessageDeflate: false }))
    } catch (error) {
      const status = statusOf(error)
      if (!this.closed) this.#lost(status === 401 || status === 403 ? ringCentralSentence(status) : GONE)
    }
  }

  #listen(socket: WebSocket): void {
    this.#socket = socket
    const current = (): boolean => this.#socket === socket
    socket.on('message', (data: Buffer, binary: boolean) => {
      if (current() && !binary) this.#heard(socket, data.toString('utf8'))
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (current()) this.#lost(GONE)
    })
  }

  #heard(socket: WebSocket, text: string): void {
    const message = socketMessageIn(text)
    if (!message) return
    switch (message.kind) {
      case 'connected':
        return this.#subscribe(socket, SUBSCRIBE, [FILTER, VOICEMAILS])
      case 'answer':
        this.#beats = 0
        return this.#answered(message.messageId, message.status, socket)
      case 'session':
        return this.#calls.take(message.event)
      case 'voicemail':
        return this.#voicemail(message.left, false)
      default:
        return assertNever(message, 'message of RingCentral')
    }
  }

  #subscribe(socket: WebSocket, messageId: string, eventFilters: readonly string[]): void {
    socket.send(JSON.stringify([{ type: 'ClientRequest', messageId, method: 'POST', path: '/restapi/v1.0/subscription/' }, { eventFilters, deliveryMode: { transportType: 'WebSocket' } }]))
  }

  #answered(messageId: string, status: number, socket: WebSocket): void {
    // An application that may read no messages is told of calls all the same.
    if (messageId === SUBSCRIBE && status === 403) return this.#subscribe(socket, CALLS_ALONE, [FILTER])
    if (messageId === SUBSCRIBE || messageId === CALLS_ALONE) void this.#subscribed(status, socket)
  }

  #voicemail({ id, from, creationTime, attachments }: LeftMessage, listed: boolean): void {
    if (listed && this.#told.has(id)) return
    this.#told.add(id)
    for (const oldest of this.#told) {
      if (this.#told.size <= REMEMBERED) break
      this.#told.delete(oldest)
    }
    const number = normalizePhone(from.phoneNumber) ?? null
    const { lineNumber } = this.#account
    const sound = attachments.find(({ type, contentType }) => type === 'AudioRecording' || contentType.startsWith('audio/'))
    const seen = number === null ? null : this.book.lastLeft(number, creationTime - SPOKEN_WITHIN_MS, creationTime + CLOCKS_APART_MS)
    // Of a call that was not seen here the message is all there is, unless the log has it from another workstation, or from before a start.
    const voicemail = { leftAt: creationTime, seconds: sound?.vmDuration ?? 0, recording: `message ${id}`, ...(seen === null ? { apart: true } : {}) }
    this.voicemailLeft(seen ?? `message-${id}`, { lineName: lineNumber, lineNumber, fromNumber: number }, voicemail, sound && (() => (listed ? this.#inTurn(() => this.#api.sound(id, sound.id)) : this.#api.sound(id, sound.id))))
  }

  #inTurn(ask: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const mine = this.#turn.then(ask)
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  /** Of messages that were left while nobody listened here no event tells. */
  async #list(socket: WebSocket): Promise<void> {
    const from = (this.#heardTo ?? this.world.now() - UNHEARD_SINCE_MS) - SPARE_MS
    try {
      const left = await this.#api.voicemails(from, this.#heardTo === null)
      if (this.#socket !== socket) return
      this.#listed = true
      for (const message of left) this.#voicemail(message, true)
    } catch (error) {
      // An application that may read no messages never may.
      if (this.#socket !== socket || statusOf(error) === 403) return
      this.#stopList = this.world.after(LIST_AGAIN_AFTER_MS, () => void this.#list(socket))
    }
  }

  async #subscribed(status: number, socket: WebSocket): Promise<void> {
    if (status < 200 || status >= 300) return this.#lost(status === 429 || status >= 500 ? BUSY : NOT_OFFERED)
    try {
      for (const key of this.book.keys()) await this.#catchUp(key)
    } catch {
      return this.#lost(GONE)
    }
    if (this.#socket !== socket) return
    this.#retry.wentWell()
    this.#beat(socket)
    this.lineIs('ready')
    void this.#list(socket)
  }

  /** What a call is now that was up when the line broke: events that were missed are not sent again. */
  async #catchUp(key: string): Promise<void> {
    try {
      const { id, ...rest } = (await this.#api.ask('GET', `${SESSIONS}/${encodeURIComponent(key)}`)) as { readonly id?: unknown }
      const session = sessionShape.safeParse({ telephonySessionId: id, sequence: Number.MAX_SAFE_INTEGER, ...rest })
      if (session.success && session.data.parties.every(({ status }) => OVER.has(status.code))) this.#calls.lost(key)
    } catch (error) {
      if (statusOf(error) !== 404) throw error
      this.#calls.lost(key)
    }
  }

  #beat(socket: WebSocket): void {
    this.#stopBeat = this.world.after(BEAT_EVERY_MS, () => {
      if (++this.#beats > UNANSWERED) return this.#lost(GONE)
      socket.send(JSON.stringify([{ type: 'Heartbeat', messageId: 'beat' }]))
      this.#beat(socket)
    })
  }

  #lost(sentence: string): void {
    this.#drop()
    this.lineIs('down', sentence)
    this.#retry.later()
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = null
    this.#beats = 0
    this.#stopBeat()
    this.#stopList()
    if (this.#listed) this.#heardTo = this.world.now()
    this.#listed = false
    socket?.terminate()
  }
}

const statusOf = (error: unknown): number => (error instanceof RingCentralFault ? error.status : 0)
