import { setTimeout as pause } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import type { Clearance } from '../../../shared/domain/kernel/table.ts'
import { assertNever } from '../../../shared/base/assertNever.ts'
import { type DeviceName, type PresentPerson, type UpMessage, upMessage } from '../../../shared/sync/protocol.ts'
import type { CompanySummary, EnrolledDevice } from '../../core/hubAdmin.ts'
import { errorDetails } from '../log.ts'
import type { ServerParts } from '../parts.ts'
import type { RateLimit } from '../rateLimit.ts'
import type { Session } from '../sessions.ts'
import { CLOSE } from '../../../shared/sync/closeCodes.ts'
import { Lane } from './lane.ts'
import { MOST_UNREAD_BYTES, Outbound } from './outbound.ts'
import { pulledText } from './pageText.ts'
import type { Listener } from './room.ts'
import type { Traffic } from './traffic.ts'
import { upgradeNeeded } from './versions.ts'

type Of<T extends UpMessage['t']> = Extract<UpMessage, { readonly t: T }>

/** What a link needs of the company's other links. */
export interface LinkHouse {
  /** The link said hello: streams to it from now on. @returns where the stream is */
  welcome(link: Link, company: CompanySummary): number
  present(link: Link, people: readonly PresentPerson[]): void
  readonly everybody: readonly PresentPerson[]
  /** What the company's workstations are called, this one's own name as it was just read. */
  devicesWith(own: DeviceName): Promise<readonly DeviceName[]>
  gone(link: Link): void
}

export interface LinkLimits {
  /** A workstation may leave so many bytes unread before its stream is dropped. */
  readonly mostUnreadBytes: number
  /** A link that says nothing for so long is dropped. */
  readonly silenceMs: number
  /** One that is behind and has read nothing for so long is dropped too. */
  readonly behindMs: number
}

export const LINK_LIMITS: LinkLimits = { mostUnreadBytes: MOST_UNREAD_BYTES, silenceMs: 60_000, behindMs: 60_000 }

/** Questions of one kind that may wait for their answers. */
const MOST_WAITING = 16

export interface LinkOptions {
  readonly socket: WebSocket
  readonly session: Session
  readonly device: EnrolledDevice
  /** What has gone over the wire so far, whole messages or not. */
  readonly traffic: () => Traffic
  readonly house: LinkHouse
  readonly limits: LinkLimits
  /** Messages of this device; a push counts each command. */
  readonly rate: RateLimit
}

/** One workstation's connection. */
export class Link implements Listener {
  readonly session: Session
  readonly clearances: ReadonlySet<Clearance>
  readonly outbound: Outbound
  readonly #parts: ServerParts
  readonly #options: LinkOptions
  readonly #pushes = new Lane(MOST_WAITING)
  readonly #pulls = new Lane(MOST_WAITING)
  #heardAt = performance.now()
  /** At the last sweep. */
  #traffic: Traffic = { received: 0, delivered: 0 }
  #readAt = performance.now()
  #heardSince = false
  #greeted = false
  #closed = false
  #leaving = false
  /** How far the workstation has the feed, as far as it said. */
  #cursor = 0
  #version: string

  constructor(parts: ServerParts, options: LinkOptions) {
    const { socket, session, device, limits } = options
    this.#parts = parts
    this.#options = options
    this.session = session
    this.clearances = new Set(device.clearances)
    this.#version = device.version
    this.outbound = new Outbound(socket, 0, () => this.#slow(), limits.mostUnreadBytes)
    socket.on('message', (data: Buffer, binary: boolean) => this.#arrive(data, binary))
    socket.on('close', (code: number) => this.#gone(code))
  }

  get sighting(): { readonly deviceId: string; readonly cursor: number; readonly version: string } {
    return { deviceId: this.session.deviceId, cursor: this.#cursor, version: this.#version }
  }

  get isGreeted(): boolean {
    return this.#greeted
  }

  get #ids() {
    return { company: this.session.companyId, device: this.session.deviceId }
  }

  #slow(): void {
    this.#parts.metrics.slowListeners.add()
    this.#parts.log.warn('link.slow', this.#ids)
  }

  stream(pages: readonly Buffer[], upTo: number): void {
    this.outbound.stream(pages, upTo)
  }

  comeBack(): void {
    this.close(CLOSE.comeBack, 'The hub has moved on; come back')
  }

  close(code: number, reason: string): void {
    // Whatever it still says is nobody's to hear.
    this.#leaving = true
    this.outbound.close(code, reason)
  }

  cutRevoked(): void {
    this.outbound.say({ t: 'revoked' })
    this.close(CLOSE.revoked, 'Revoked')
  }

  /** Drops a peer that is silent, or that has not read for long. A dead one answers no closing either. */
  sweep(now: number): void {
    this.#lookAtTraffic(now)
    const { behindSince } = this.outbound
    const { silenceMs, behindMs } = this.#options.limits
    const isReading = behindSince === null || now - Math.max(behindSince, this.#readAt) < behindMs
    if (now - this.#heardAt < silenceMs && isReading) return
    this.#parts.log.info('link.silent', this.#ids)
    this.#options.socket.terminate()
  }

  /** Part of a message on a slow line is a sign of life. Its sender can't ask for one before it is through, so it is told. */
  #lookAtTraffic(now: number): void {
    const { received, delivered } = this.#options.traffic()
    if (delivered > this.#traffic.delivered) this.#readAt = now
    if (received > this.#traffic.received) {
      this.#heardAt = now
      if (!this.#heardSince) this.outbound.say({ t: 'pong' })
    }
    this.#heardSince = false
    this.#traffic = { received, delivered }
  }

  /** Answers what was asked before, takes nothing more, and ends. @param withinMs what the database, and then the peer, gets for its part of it */
  async end(code: number, reason: string, withinMs: number): Promise<void> {
    this.#leaving = true
    const { socket } = this.#options
    await Promise.race([this.#pushes.idle, pause(withinMs, undefined, { ref: false })])
    if (socket.readyState === socket.CLOSED) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => socket.terminate(), withinMs)
      socket.once('close', () => {
        clearTimeout(timer)
        resolve()
      })
      this.close(code, reason)
    })
  }

  #gone(code: number): void {
    if (this.#closed) return
    this.#closed = true
    this.#parts.log.info('link.closed', { ...this.#ids, code })
    this.#options.house.gone(this)
  }

  #arrive(data: Buffer, binary: boolean): void {
    if (this.#closed || this.#leaving) return
    this.#heardAt = performance.now()
    this.#heardSince = true
    const message = binary ? undefined : readMessage(data)
    if (!message) {
      this.#parts.metrics.badMessages.add()
      return this.#refuse(CLOSE.policy, 'The hub did not understand a message of this workstation. Nothing of it was done. Update Baton on the older of the two.')
    }
    this.#throttle(message.t === 'push' ? message.commands.length : 1)
    if (message.t === 'hello') return void this.#guarded(() => this.#hello(message))
    if (!this.#greeted) return this.#refuse(CLOSE.policy, 'The first message must be hello.')
    this.#take(message)
  }

  #refuse(code: number, message: string): void {
    this.outbound.say({ t: 'error', message })
    this.close(code, '')
  }

  /** One that says too much is read more slowly: what it says is not lost. */
  #throttle(cost: number): void {
    const seconds = this.#options.rate.take(this.session.deviceId, cost)
    if (seconds === 0 || this.#options.socket.isPaused) return
    this.#parts.metrics.limited.add({ what: 'messages' })
    this.#options.socket.pause()
    setTimeout(() => {
      this.#heardAt = performance.now()
      if (this.#options.socket.isPaused) this.#options.socket.resume()
    }, seconds * 1000).unref()
  }

  #take(message: Exclude<UpMessage, Of<'hello'>>): void {
    switch (message.t) {
      case 'push':
        return this.#inLane(this.#pushes, () => this.#push(message))
      case 'lease':
        return this.#inLane(this.#pushes, () => this.#lease(message))
      case 'pull':
        return this.#inLane(this.#pulls, () => this.#pull(message))
      case 'presence':
        return this.#options.house.present(this, message.people.map((person) => ({ ...person, deviceId: this.session.deviceId })))
      case 'ping':
        return this.outbound.say({ t: 'pong' })
      default:
        return assertNever(message, 'message')
    }
  }

  #inLane(lane: Lane, work: () => Promise<void>): void {
    if (!lane.run(() => this.#guarded(work))) this.#refuse(CLOSE.policy, 'Too many questions at once.')
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    if (this.#closed) return
    try {
      await work()
    } catch (error) {
      this.#parts.metrics.storeFailures.add()
      this.#parts.log.error('link.failed', { ...this.#ids, ...errorDetails(error) })
      this.#refuse(CLOSE.later, 'The hub\u2019s database does not answer. Work goes on here, and what is done is kept; this workstation tries again by itself.')
    }
  }

  async #hello(hello: Of<'hello'>): Promise<void> {
    const { admin, version, schema, now, metrics, log } = this.#parts
    const { companyId, deviceId } = this.session
    const company = await admin.company(companyId)
    const device = await admin.device(companyId, deviceId)
    const devices = device ? await this.#options.house.devicesWith({ deviceId, name: device.name }) : []
    if (this.#closed) return
    if (!company || !device || device.revokedAt !== null) return this.cutRevoked()
    if (company.state === 'founding') return this.#refuse(CLOSE.founding, 'The company\u2019s data is still on its way to the hub.')
    const upgrade = upgradeNeeded(hello, { version, schema, minSchema: company.minSchema })
    if (upgrade) {
      metrics.upgrades.add({ older: upgrade.older })
      log.warn('link.upgrade', { ...this.#ids, older: upgrade.older, version: hello.version })
      this.outbound.say({ t: 'upgrade', status: 426, message: upgrade.message })
      return this.close(CLOSE.upgrade, 'Upgrade required')
    }
    this.#cursor = hello.epoch === company.epoch ? hello.cursor : 0
    this.#version = hello.version
    const { epoch, seq, feedFloor, epochSeq, recoveringUntil } = company
    this.outbound.say({ t: 'welcome', position: { epoch, seq, feedFloor, epochSeq }, companyId, hubVersion: version, at: now(), recovering: recoveringUntil !== null, lastWsSeq: device.lastWsSeq })
    const streamedTo = this.#options.house.welcome(this, company)
    // What others did while the database was asked is not in the welcome.
    if (streamedTo > seq) this.outbound.nudge(streamedTo)
    if (!this.#greeted) log.info('link.open', { ...this.#ids, version: hello.version, cursor: hello.cursor, seq })
    this.#greeted = true
    this.outbound.say({ t: 'presence', people: this.#options.house.everybody, devices })
  }

  async #push({ n, commands }: Of<'push'>): Promise<void> {
    const { hub, metrics } = this.#parts
    const from = performance.now()
    const answer = await hub.push(this.session.companyId, this.session.deviceId, commands)
    metrics.push.observe((performance.now() - from) / 1000)
    metrics.pushAnswers.add({ kind: answer.kind })
    if (answer.kind === 'cloned') this.#parts.log.warn('link.cloned', { ...this.#ids, wsSeq: answer.wsSeq })
    this.outbound.say({ t: 'pushed', n, answer })
    if (answer.kind === 'revoked') this.cutRevoked()
  }

  async #pull({ n, epoch, after }: Of<'pull'>): Promise<void> {
    const { companyId, deviceId } = this.session
    const answer = await this.#parts.hub.pull(companyId, deviceId, epoch, after)
    if (answer.kind === 'page') this.#cursor = Math.max(this.#cursor, after)
    await this.outbound.sayAndWait(pulledText(n, answer))
    if (answer.kind === 'revoked') this.cutRevoked()
  }

  async #lease({ n, name, action, token, seconds }: Of<'lease'>): Promise<void> {
    const { companyId, deviceId } = this.session
    const answer = await this.#parts.admin.lease(companyId, deviceId, { name, action, token, seconds })
    this.outbound.say({ t: 'leased', n, answer })
  }
}

function readMessage(data: Buffer): UpMessage | undefined {
  try {
    return upMessage.safeParse(JSON.parse(data.toString('utf8'))).data
  } catch {
    return undefined
  }
}
