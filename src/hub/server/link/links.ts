import type { WebSocket } from 'ws'
import type { DeviceName, PresentPerson } from '../../../shared/sync/protocol.ts'
import type { CompanySummary, DeviceSighting } from '../../core/hubAdmin.ts'
import type { DecidedCommand } from '../../core/hubStore.ts'
import type { Holder } from '../gate.ts'
import { errorDetails } from '../log.ts'
import type { Notice } from '../notices/notices.ts'
import type { ServerParts } from '../parts.ts'
import { RateLimit } from '../rateLimit.ts'
import { CLOSE } from '../../../shared/sync/closeCodes.ts'
import { DeviceNames } from './deviceNames.ts'
import { Link, LINK_LIMITS, type LinkHouse, type LinkLimits } from './link.ts'
import { Presence } from './presence.ts'
import { Room } from './room.ts'
import type { Traffic } from './traffic.ts'

/** How often things are looked at that nobody tells of; ms. */
export interface LinkRhythm {
  /** The feeds, where another process's notice was lost. */
  readonly pollMs: number
  /** Silent peers, and what the database is told of who was there. */
  readonly sweepMs: number
  readonly sightingsMs: number
}

export const LINK_RHYTHM: LinkRhythm = { pollMs: 5_000, sweepMs: 10_000, sightingsMs: 30_000 }

/** A device's messages: an offline week comes up in a go, and a loop gone wild does not. */
const MESSAGES = { burst: 5_000, perMinute: 60_000 }

/** What the database, and then each workstation, gets for a clean end. */
const END_MS = 3_000

/** The links of one company. */
class CompanyLinks implements LinkHouse {
  readonly companyId: string
  readonly links = new Map<string, Link>()
  readonly presence: Presence
  readonly #names: DeviceNames
  /** Workstations that have left since the database was last told. */
  readonly #departed = new Map<string, DeviceSighting>()
  readonly #parts: ServerParts
  #room: Room | undefined

  constructor(companyId: string, parts: ServerParts) {
    this.companyId = companyId
    this.#parts = parts
    this.presence = new Presence((people) => this.#tellPresence(people))
    this.#names = new DeviceNames(() => parts.admin.devices(companyId))
  }

  get room(): Room | undefined {
    return this.#room
  }

  /** Who was there since this was last asked. */
  takeSightings(): readonly DeviceSighting[] {
    const seen = new Map(this.#departed)
    this.#departed.clear()
    for (const link of this.links.values()) if (link.isGreeted) seen.set(link.session.deviceId, link.sighting)
    return [...seen.values()]
  }

  get everybody(): readonly PresentPerson[] {
    return this.presence.people
  }

  welcome(link: Link, company: CompanySummary): number {
    if (this.#room?.epoch !== company.epoch) {
      this.#room?.leave(link)
      this.#room?.dismiss()
      this.#room = new Room(this.companyId, company, this.#parts.store, (error) => this.#parts.log.warn('feed.unread', { company: this.companyId, ...errorDetails(error) }))
    }
    this.#room.join(link)
    if (this.#room.position < company.seq) this.#room.wake()
    return this.#room.position
  }

  present(link: Link, people: readonly PresentPerson[]): void {
    this.setPresence(link.session.deviceId, people, 'here')
    this.#parts.notices.tell({ kind: 'presence', companyId: this.companyId, deviceId: link.session.deviceId, people })
  }

  setPresence(deviceId: string, people: readonly PresentPerson[], from: 'here' | 'elsewhere'): void {
    this.presence.set(deviceId, people, from)
  }

  async devicesWith(own: DeviceName): Promise<readonly DeviceName[]> {
    await this.#names.all()
    this.#tellNames(this.#names.note([own]))
    return this.#names.all()
  }

  /** Workstations as the database lists them: names that are new are told. */
  named(devices: readonly DeviceName[]): void {
    this.#tellNames(this.#names.note(devices))
  }

  #tellNames(devices: readonly DeviceName[]): void {
    if (devices.length === 0) return
    for (const link of this.links.values()) if (link.isGreeted) link.outbound.say({ t: 'presence', people: this.everybody, devices })
  }

  #tellPresence(people: readonly PresentPerson[]): number {
    const text = Buffer.from(JSON.stringify({ t: 'presence', people, devices: [] }))
    for (const link of this.links.values()) link.outbound.mention(text)
    return this.links.size
  }

  gone(link: Link): void {
    this.#room?.leave(link)
    if (link.isGreeted) this.#departed.set(link.session.deviceId, link.sighting)
    // A newer link of the same workstation has its place already.
    if (this.links.get(link.session.deviceId) !== link) return
    this.links.delete(link.session.deviceId)
    this.present(link, [])
  }
}

/** All links of this hub process. */
export class Links {
  readonly #parts: ServerParts
  readonly #limits: LinkLimits
  readonly #companies = new Map<string, CompanyLinks>()
  readonly #rate = new RateLimit(MESSAGES)
  readonly #stopListening: readonly (() => void)[]
  readonly #timers: readonly NodeJS.Timeout[]
  #closing = false

  constructor(parts: ServerParts, limits: LinkLimits = LINK_LIMITS, rhythm: LinkRhythm = LINK_RHYTHM) {
    this.#parts = parts
    this.#limits = limits
    this.#stopListening = [parts.hub.onDecided((companyId, decided) => this.#decided(companyId, decided)), parts.notices.onNotice((notice) => this.#hear(notice))]
    this.#timers = [
      setInterval(() => this.#wakeAll(), rhythm.pollMs),
      setInterval(() => this.#sweep(), rhythm.sweepMs),
      setInterval(() => void this.#noteSightings(), rhythm.sightingsMs),
    ]
  }

  /** Takes over a socket whose workstation has proved who it is. */
  accept(socket: WebSocket, { session, device }: Holder, traffic: () => Traffic): void {
    if (this.#closing) return socket.close(CLOSE.comeBack, 'The hub is stopping; come back')
    const house = this.#house(session.companyId)
    house.links.get(session.deviceId)?.close(CLOSE.replaced, 'Replaced by a newer link')
    house.links.set(session.deviceId, new Link(this.#parts, { socket, session, device, traffic, house, limits: this.#limits, rate: this.#rate }))
  }

  #house(companyId: string): CompanyLinks {
    let house = this.#companies.get(companyId)
    if (!house) this.#companies.set(companyId, (house = new CompanyLinks(companyId, this.#parts)))
    return house
  }

  /** After the commit: this process's listeners at once, the other processes by a notice. */
  #decided(companyId: string, decided: readonly DecidedCommand[]): void {
    const { metrics, notices } = this.#parts
    for (const { entry, refusal } of decided) {
      metrics.commands.add({ outcome: entry.outcome })
      if (refusal) metrics.refusals.add({ code: refusal.code })
    }
    this.#companies.get(companyId)?.room?.offer(decided.map(({ entry }) => entry))
    notices.tell({ kind: 'feed', companyId })
  }

  #hear(notice: Notice): void {
    switch (notice.kind) {
      case 'feed':
        return this.#companies.get(notice.companyId)?.room?.wake()
      case 'revoked':
        return this.cut(notice.companyId, notice.deviceId)
      case 'presence':
        return this.#companies.get(notice.companyId)?.setPresence(notice.deviceId, notice.people, 'elsewhere')
      case 'missed':
        this.#wakeAll()
        return void this.#lookAtDevices()
    }
  }

  #wakeAll(): void {
    for (const { room } of this.#companies.values()) if (room && room.size > 0) room.wake()
  }

  /** Ends a revoked workstation's link at once. */
  cut(companyId: string, deviceId: string): void {
    this.#companies.get(companyId)?.links.get(deviceId)?.cutRevoked()
  }

  /** A workstation of this company has another name. */
  renamed(companyId: string, device: DeviceName): void {
    this.#companies.get(companyId)?.named([device])
  }

  /** Where a notice was lost, or another process was told, the database knows who was revoked and what everybody is called. */
  async #lookAtDevices(): Promise<void> {
    for (const house of this.#companies.values()) {
      const { companyId, links } = house
      if (links.size === 0) continue
      const devices = await this.#parts.admin.devices(companyId).catch(() => [])
      for (const { id, revokedAt } of devices) if (revokedAt !== null) this.cut(companyId, id)
      house.named(devices.map(({ id, name }) => ({ deviceId: id, name })))
    }
  }

  #sweep(): void {
    const now = performance.now()
    for (const { links, presence } of this.#companies.values()) {
      for (const link of [...links.values()]) link.sweep(now)
      presence.forgetSilent()
    }
  }

  /** Tells the database who was there, and the other processes who is where. */
  async #noteSightings(): Promise<void> {
    await this.#lookAtDevices()
    for (const house of this.#companies.values()) {
      const { companyId } = house
      for (const [deviceId, people] of house.presence.here) this.#parts.notices.tell({ kind: 'presence', companyId, deviceId, people })
      const sightings = house.takeSightings()
      if (sightings.length === 0) continue
      await this.#parts.admin.sawDevices(companyId, sightings).catch((error: unknown) => this.#parts.log.warn('devices.unseen', { company: companyId, ...errorDetails(error) }))
    }
  }

  isConnected(companyId: string, deviceId: string): boolean {
    return this.#companies.get(companyId)?.links.has(deviceId) ?? false
  }

  /** Connected workstations and the furthest that one of them is behind, by company. */
  get figures(): readonly { readonly companyId: string; readonly connected: number; readonly oldestCursor: number | null }[] {
    return [...this.#companies.values()].map(({ companyId, links }) => {
      const cursors = [...links.values()].map(({ sighting }) => sighting.cursor)
      return { companyId, connected: links.size, oldestCursor: cursors.length > 0 ? Math.min(...cursors) : null }
    })
  }

  /** Tells everybody to come back, and waits until they are gone, for a while. */
  async close(withinMs = END_MS): Promise<void> {
    this.#closing = true
    for (const timer of this.#timers) clearInterval(timer)
    for (const stop of this.#stopListening) stop()
    await this.#noteSightings()
    const all = [...this.#companies.values()].flatMap(({ links }) => [...links.values()])
    await Promise.all(all.map((link) => link.end(CLOSE.comeBack, 'The hub is stopping; come back', withinMs)))
    for (const { presence } of this.#companies.values()) presence.close()
  }
}
