import type { WaitingAttachments } from '../../shared/contract/methods/attachments.ts'
import type { HubState } from '../../shared/contract/methods/hub.ts'
import type { EventName, EventPayload } from '../../shared/contract/events.ts'
import { COMMANDS } from '../../shared/domain/commands.ts'
import { get } from '../../shared/domain/kernel/load.ts'
import type { Clearance } from '../../shared/domain/kernel/table.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { userTable } from '../../shared/domain/people/tables.ts'
import { TABLES } from '../../shared/domain/tables.ts'
import type { LeaseAnswer, UpMessage } from '../../shared/sync/protocol.ts'
import type { BackgroundLane } from '../core/backgroundLane.ts'
import type { Log } from '../core/log.ts'
import type { CommandOutcome, CommandRequest, CommandRunner } from '../core/runner.ts'
import { ServiceError } from '../core/service.ts'
import type { LocalBlob } from '../store/blobFolder.ts'
import type { Store } from '../store/store.ts'
import type { AskAttachments } from './attachmentConnection.ts'
import { AttachmentDownloads } from './attachmentDownloads.ts'
import { AttachmentUploads, NOTHING_WAITS } from './attachmentUploads.ts'
import { DeviceKeys, type SecretBox } from './deviceKey.ts'
import { enrolWith, type EnrolmentParts, lookAt } from './enrolment.ts'
import type { ConnectTo } from './hubConnection.ts'
import { following, rememberOfHub } from './hubMemory.ts'
import { Link } from './link.ts'
import type { HubDevice, HubLook, HubPort, Invitation, PresentAtHub, Speaker, Viewing, WaitingChange } from './port.ts'
import { Presence } from './presence.ts'
import { Retries } from './retries.ts'
import type { Timers } from './timers.ts'

/** More waiting changes are not shown one by one. */
const MOST_WAITING = 500

/** Pages hear of changes of the state at most so often, milliseconds. */
const TELL_EVERY_MS = 100

/** What stands in for a hub in an exercise has no intake. */
const noIntake = (): never => {
  throw new ServiceError('hub.noIntake', 'This hub does not take leads over HTTP.')
}

const noTechnicians = (): never => {
  throw new ServiceError('hub.noTechnicianPage', 'This hub serves no page for technicians.')
}

const ALONE: HubState = { link: 'none', since: 0, address: null, deviceName: null, waiting: 0, problem: null, progress: null }

export interface WorkstationHubParts {
  readonly store: Store
  readonly runner: CommandRunner
  readonly log: Log
  readonly timers: Timers
  readonly lane: BackgroundLane
  readonly connect: ConnectTo
  readonly secrets: SecretBox | null
  readonly directory: string
  readonly version: string
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void
  /** Nobody is signed in any more: the people are others. */
  readonly signOutAll: () => void
  readonly elapsed: () => number
}

/** The hub as this workstation's services see it. A store that follows none costs nothing: no link, nobody listens. */
export class WorkstationHub implements HubPort {
  readonly #parts: WorkstationHubParts
  readonly #keys: DeviceKeys
  readonly #presence = new Presence()
  readonly #downloads: AttachmentDownloads
  #link: Link | null = null
  #uploads: AttachmentUploads | null = null
  #tellingAttachments = false
  #told = ''
  #telling = false
  #enrolling = false

  constructor(parts: WorkstationHubParts) {
    this.#parts = parts
    this.#keys = new DeviceKeys(parts.directory, parts.secrets)
    this.#downloads = new AttachmentDownloads({ store: parts.store, ask: this.#askAttachments, now: () => parts.timers.now() })
    this.#begin()
  }

  #begin(): void {
    const { store, runner, log, timers, lane, connect, version, elapsed } = this.#parts
    const state = following(store)
    if (!state) return
    this.#link = new Link(
      {
        store,
        runner,
        log,
        timers,
        lane,
        connect,
        version,
        elapsed,
        keys: this.#keys,
        changed: () => this.#changed(),
        heard: () => {
          // Pages that show what the hub has yet to hear ask again, also where nothing waits for longer than they are told.
          this.#told = ''
          this.#changed()
        },
        changedTables: (tables) => this.#parts.emit('changed', { tables: [...tables], by: '' }),
        presence: (heard) => {
          this.#presence.heard(heard)
          this.#parts.emit('presence', {})
          // A line that is new, whether anybody noticed or not: the hub does not know who is here.
          if (!this.#presence.isKnownAs(store.deviceId)) timers.soon(() => this.#sayWhoIsHere())
        },
      },
      state,
    )
    this.#uploads = new AttachmentUploads({ store, runner, log, timers, elapsed, retries: new Retries(), ask: this.#askAttachments, online: () => this.state().link === 'online', changed: () => this.#attachmentsChanged() })
    this.#link.start()
  }

  readonly #askAttachments: AskAttachments = (question) =>
    this.#needLink().ask((connection, token) => {
      if (!connection.attachments) throw new ServiceError('hub.needed', 'This hub carries no files.')
      return question(connection.attachments, token)
    })

  #attachmentsChanged(): void {
    if (this.#tellingAttachments) return
    this.#tellingAttachments = true
    this.#parts.timers.after(TELL_EVERY_MS, () => {
      this.#tellingAttachments = false
      this.#parts.emit('attachments', {})
    })
  }

  /** Tells the pages, once for whatever happens within a tenth of a second. */
  #changed(): void {
    this.#uploads?.kick()
    if (this.#telling) return
    this.#telling = true
    this.#parts.timers.after(TELL_EVERY_MS, () => {
      this.#telling = false
      this.#tell()
    })
  }

  #tell(): void {
    const link = this.#link
    if (!link) return
    const state = link.state()
    const text = JSON.stringify(state)
    if (text === this.#told) return
    this.#told = text
    this.#parts.emit('hub', state)
  }

  #sayWhoIsHere(): void {
    this.#link?.say(this.#presence.here())
  }

  #needLink(): Link {
    if (!this.#link) throw new ServiceError('hub.none', 'This workstation has no hub. Nothing was changed.')
    return this.#link
  }

  state(): HubState {
    return this.#link?.state() ?? ALONE
  }

  keeps(clearance: Clearance): boolean {
    return following(this.#parts.store)?.hub.clearances.includes(clearance) ?? true
  }

  waiting(): readonly WaitingChange[] {
    const { sync, engine } = this.#parts.store
    if (!this.#link) return []
    return sync.unsent(MOST_WAITING).map(({ id, seq, name, at, actorId, awaited }) => ({
      commandId: id,
      summary: COMMANDS.get(name)?.summary ?? name,
      at,
      by: actorId === SYSTEM_ACTOR ? 'Baton' : (engine.run(get(userTable, actorId))?.name ?? ''),
      applied: !awaited && sync.hasEffect(seq),
    }))
  }

  async devices(actorId: string): Promise<readonly HubDevice[]> {
    if (!this.#link) return []
    const listed = await this.#link.ask((connection, token) => connection.devices(token, actorId))
    for (const { deviceId, name } of listed) this.#presence.named(deviceId, name)
    return listed.map((device) => ({ ...device, self: device.deviceId === this.#parts.store.deviceId }))
  }

  nameOf(deviceId: string): string | null {
    const own = deviceId === this.#parts.store.deviceId ? this.state().deviceName : null
    return own ?? this.#presence.nameOf(deviceId)
  }

  present(): readonly PresentAtHub[] {
    const { store } = this.#parts
    if (this.#link?.state().link !== 'online') return []
    return this.#presence.others(store.deviceId).flatMap(({ userId, deviceId, state, record, call }) => {
      const user = store.engine.run(get(userTable, userId))
      return user ? [{ userId, name: user.name, deviceName: this.#presence.nameOf(deviceId) ?? '', state, record, call: call ?? null }] : []
    })
  }

  get #enrolment(): EnrolmentParts {
    const { store, connect, version, timers } = this.#parts
    return { store, connect, version, keys: this.#keys, now: () => timers.now() }
  }

  look(code: string): Promise<HubLook> {
    return lookAt(this.#enrolment, code)
  }

  async enrol(code: string, name: string): Promise<HubState> {
    const { log } = this.#parts
    const { link, progress } = this.state()
    // Where the hub went away for good while the company was coming, another code is the only way on.
    if (link === 'online' || (link === 'joining' && progress?.usable !== false)) throw new ServiceError('hub.enrolled', 'This workstation is enrolled already. To enrol it at another hub, leave this one first.')
    if (this.#enrolling) throw new ServiceError('hub.enrolling', 'This workstation is being enrolled already. Wait until that is done.')
    this.#enrolling = true
    try {
      const enrolled = await enrolWith(this.#enrolment, code, name)
      log.info('hub.enrolled', { how: enrolled })
      this.#end()
      if (enrolled === 'joining') {
        this.#parts.signOutAll()
        this.#presence.leftAll()
        this.#parts.emit('locked', { reason: 'left' })
      }
      this.#begin()
      this.#parts.emit('changed', { tables: TABLES.map((table) => table.name), by: '' })
      return this.state()
    } finally {
      this.#enrolling = false
    }
  }

  async invite(actorId: string, clearances: readonly Clearance[]): Promise<Invitation> {
    return { ...(await this.#needLink().ask((connection, token) => connection.invite(token, actorId, clearances))) }
  }

  intakeSecrets(actorId: string) {
    return this.#needLink().ask((connection, token) => (connection.intake ?? noIntake()).list(token, actorId))
  }

  makeIntakeSecret(actorId: string, sourceId: string, endOthersNow: boolean) {
    return this.#needLink().ask((connection, token) => (connection.intake ?? noIntake()).make(token, actorId, { sourceId, endOthersNow }))
  }

  technicianAddress(actorId: string, linkId: string): Promise<string> {
    return this.#needLink().ask((connection, token) => (connection.technicianAddress ?? noTechnicians)(token, actorId, linkId))
  }

  rename(actorId: string, deviceId: string, name: string): Promise<void> {
    return this.#needLink().ask(async (connection, token) => {
      await connection.rename(token, actorId, deviceId, name)
      if (deviceId !== this.#parts.store.deviceId) return
      rememberOfHub(this.#parts.store, { deviceName: name })
      this.#changed()
    })
  }

  revoke(actorId: string, deviceId: string): Promise<void> {
    return this.#needLink().ask((connection, token) => connection.revoke(token, actorId, deviceId))
  }

  leave(): Promise<HubState> {
    const { store, log } = this.#parts
    const state = following(store)
    if (state?.snapshot?.usable === false) {
      throw new ServiceError('hub.joining', 'The company is still coming from the hub, and without it there is nothing to go on with here. Wait until it is in, then leave.')
    }
    this.#end()
    store.sync.forgetHub()
    store.checkReferences(true)
    this.#keys.forget()
    log.info('hub.left')
    this.#parts.emit('hub', ALONE)
    return Promise.resolve(ALONE)
  }

  syncNow(): HubState {
    this.#needLink().syncNow()
    this.#uploads?.tryNow()
    return this.state()
  }

  waitingAttachments(): WaitingAttachments {
    return this.#uploads?.waiting() ?? NOTHING_WAITS
  }

  async fetchAttachment(actorId: string, blob: LocalBlob, progress: (bytes: number) => void): Promise<void> {
    await this.#downloads.fetch(actorId, blob, progress)
    this.#attachmentsChanged()
  }

  viewing(viewing: Viewing): void {
    if (this.#presence.at(viewing)) this.#sayWhoIsHere()
  }

  signedIn(clientId: string, userId: string | null): void {
    if (this.#presence.signedIn(clientId, userId)) this.#sayWhoIsHere()
  }

  speaking(speakers: readonly Speaker[]): void {
    if (this.#presence.speaking(speakers)) this.#sayWhoIsHere()
  }

  here(): ReturnType<HubPort['here']> {
    return this.#presence.here()
  }

  /** A page was closed, or its person is nobody's any more. */
  gone(clientId: string): void {
    if (this.#presence.left(clientId)) this.#sayWhoIsHere()
  }

  async runAwaited(request: CommandRequest): Promise<CommandOutcome> {
    return this.#link ? this.#link.runAwaited(request) : this.#parts.runner.run(request)
  }

  async heard(commandId: string): Promise<boolean> {
    return this.#link ? this.#link.heard(commandId) : true
  }

  /** Asks the hub for the right to do what must happen once; null where there is no hub to ask. */
  lease(lease: Omit<Extract<UpMessage, { t: 'lease' }>, 't' | 'n'>): Promise<LeaseAnswer> | null {
    return this.#link?.lease(lease) ?? null
  }

  #end(): void {
    this.#uploads?.close()
    this.#uploads = null
    this.#link?.close()
    this.#link = null
    this.#told = ''
  }

  close(): void {
    this.#end()
  }
}
