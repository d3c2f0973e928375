import type { Permission } from '../../shared/domain/people/permissions.ts'
import type { Loading } from '../../shared/domain/kernel/load.ts'
import type { Clearance } from '../../shared/domain/kernel/table.ts'
import type { FeedRow, HubPosition, LeaseAnswer } from '../../shared/sync/protocol.ts'
import type { HubBlobs } from './hubBlobs.ts'
import type { HubIntake } from './hubIntake.ts'

/** Everything the hub keeps beside companies' rows and commands: who is enrolled, with what, and who holds which lease. */

/** `founding` while its first workstation sends its rows; nothing else is answered for it until they are all there. */
export type CompanyState = 'founding' | 'active'

export interface CompanySummary extends HubPosition {
  readonly id: string
  readonly name: string
  readonly state: CompanyState
  /** The store version a workstation must have at least. */
  readonly minSchema: number
  /** While a restored hub takes back what it forgot; epoch ms. */
  readonly recoveringUntil: number | null
}

/** An enrolled workstation as a person who manages them sees it. */
export interface EnrolledDevice {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly clearances: readonly Clearance[]
  readonly enrolledAt: number
  readonly lastSeenAt: number | null
  readonly revokedAt: number | null
  /** The Baton it last came with. */
  readonly version: string
  /** Base64 SPKI, Ed25519. */
  readonly publicKey: string
  /** How far its commands have come, in its own order. */
  readonly lastWsSeq: number
  /** How far it has read the feed, as far as the hub was told. */
  readonly cursor: number
}

export interface NewCode {
  /** The company to join; null makes a code that founds one. */
  readonly companyId: string | null
  readonly clearances: readonly Clearance[]
  /** How long it can be used, seconds. */
  readonly seconds: number
  /** Who asked for it; null where it was the hub itself. */
  readonly createdBy: string | null
}

/** The secret is told once, here: the hub keeps its hash. */
export interface MadeCode {
  readonly secret: string
  /** Epoch ms by the database's clock. */
  readonly expiresAt: number
}

/** What a code is good for. */
export interface CodeOffer {
  readonly mode: 'found' | 'join'
  readonly companyId: string | null
  readonly companyName: string | null
  readonly clearances: readonly Clearance[]
  readonly expiresAt: number
}

export interface NewDevice {
  readonly secret: string
  readonly deviceId: string
  readonly name: string
  readonly publicKey: string
  /** The workstation's own company: the one to found, or the one it had before it joins this one. */
  readonly companyId: string
  readonly version: string
  /**
   * How far the company's hub had acknowledged its commands, as it remembers it: believed where the hub does not know the
   * device any more, so that it can go on from there.
   */
  readonly lastWsSeq?: number
}

export type Enrolment =
  | { readonly kind: 'enrolled'; readonly mode: 'found' | 'join'; readonly companyId: string; readonly epoch: string; readonly prefix: string; readonly clearances: readonly Clearance[]; readonly lastWsSeq: number }
  /** No such code, or it was used or has run out; nobody is told which. */
  | { readonly kind: 'badCode' }
  /** The company is at this hub already: its workstations join it with a code from Settings. */
  | { readonly kind: 'companyExists' }
  /** The company that the code is for has not arrived yet. */
  | { readonly kind: 'founding' }

export type FoundingEnd =
  | { readonly kind: 'done'; readonly position: HubPosition }
  /** Fewer or more rows than were announced: `done` is asked again once they are all here. */
  | { readonly kind: 'incomplete'; readonly rows: number }
  /** Rows that point at nothing and the like: the sentence says which. */
  | { readonly kind: 'unsound'; readonly message: string }

export interface LeaseRequest {
  readonly name: string
  readonly action: 'take' | 'renew' | 'release'
  readonly token: string | null
  readonly seconds: number
}

/** What a hub process saw of a device since it last said so. */
export interface DeviceSighting {
  readonly deviceId: string
  readonly cursor: number
  readonly version: string
}

/** The head of a snapshot: the place in the feed that its rows stand at. */
export interface SnapshotHead extends HubPosition {
  readonly schema: number
  /** All rows that will come. */
  readonly rows: number
}

/** Rows of one table, as lines of JSON `[table, id, row]` without line ends. */
export interface SnapshotPart {
  readonly table: string
  /** Belongs to what makes today usable; such parts come before all others. */
  readonly first: boolean
  readonly lines: readonly string[]
}

/** Both of one moment. `parts` holds a connection until it is read to its end or returned from. */
export interface SnapshotReading {
  readonly head: SnapshotHead
  readonly parts: AsyncGenerator<SnapshotPart, void, void>
}

export interface CompactionLimits {
  /** Feed entries older than this go although a workstation has not read them: it takes a snapshot then. */
  readonly feedDays: number
  /** Commands are remembered this long, so that one sent again is known; at least 30. */
  readonly commandDays: number
}

export interface Compacted {
  readonly companyId: string
  readonly feedFloor: number
  readonly entries: number
  readonly commands: number
}

/** @throws HubStoreFailure from every method, where the database does not answer */
export interface HubAdmin {
  /** Attached files. */
  readonly blobs: HubBlobs
  /** The signed intake of leads. */
  readonly intake: HubIntake

  /** Whether the database's tables are those of this version. */
  ready(): Promise<boolean>

  companies(): Promise<readonly CompanySummary[]>
  company(companyId: string): Promise<CompanySummary | undefined>
  /** Whether a person of the company, by its own rows, may do this. */
  actorMay(companyId: string, actorId: string, permission: Permission): Promise<boolean>

  /** What a loading body reads of the company’s rows, all at one moment. Nobody who writes waits for it. */
  read<T>(companyId: string, body: Loading<T>): Promise<T>

  makeCode(code: NewCode): Promise<MadeCode>
  /** Undefined for a code that is unknown, used or has run out. */
  lookAt(secret: string): Promise<CodeOffer | undefined>
  /** Spends the code and enrols the workstation, in one transaction. A known device gets its new key and keeps its prefix. */
  enrol(device: NewDevice): Promise<Enrolment>

  devices(companyId: string): Promise<readonly EnrolledDevice[]>
  device(companyId: string, deviceId: string): Promise<EnrolledDevice | undefined>
  /** @returns whether there is such a device */
  renameDevice(companyId: string, deviceId: string, name: string): Promise<boolean>
  revokeDevice(companyId: string, deviceId: string): Promise<boolean>
  /** Notes when devices were last there, with what and how far; one statement, to be called every half minute or so. */
  sawDevices(companyId: string, sightings: readonly DeviceSighting[]): Promise<void>

  /** A secret of the hub's own (for signing sessions): 32 bytes, made when first asked for, the same for every process. */
  secret(name: string): Promise<Uint8Array>

  /** Keeps a chunk of a founding company's rows; the same number again replaces it. @throws UnknownCompany */
  foundRows(companyId: string, chunk: number, rows: readonly FeedRow[]): Promise<void>
  /** Makes the chunks the company's rows at place 0 of its feed, in one transaction. */
  foundingDone(companyId: string, deviceId: string, end: { readonly lastWsSeq: number; readonly rows: number }): Promise<FoundingEnd>

  lease(companyId: string, deviceId: string, request: LeaseRequest): Promise<LeaseAnswer>
  /** Leases that are held now. */
  leases(companyId: string): Promise<readonly { readonly name: string; readonly deviceId: string; readonly expiresAt: number }[]>

  /** Opens a snapshot for the clearances. @throws UnknownCompany */
  snapshot(companyId: string, held: ReadonlySet<Clearance>): Promise<SnapshotReading>

  /** Forgets what every workstation has read, or what is too old; to be called every hour or so. */
  compact(limits: CompactionLimits): Promise<readonly Compacted[]>
  /** Entries and bytes of a company's feed, for the metrics. */
  feedSize(companyId: string): Promise<{ readonly entries: number; readonly bytes: number }>

  close(): Promise<void>
}
