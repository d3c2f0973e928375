import type { ListedDevice } from '../../shared/contract/methods/hub.ts'
import type { Clearance } from '../../shared/domain/kernel/table.ts'
import type { DownMessage, FeedRow, UpMessage } from '../../shared/sync/protocol.ts'
import type { AttachmentConnection } from './attachmentConnection.ts'

/** Where a hub is and how it is known there. */
export interface HubPlace {
  /** `https://host:port`. */
  readonly address: string
  /** SHA-256 of its certificate, hex; null where the machine's own list of authorities decides. */
  readonly fingerprint: string | null
}

/** The hub can't be reached, or the line broke on the way: it may have heard what was sent, or not. */
export class HubUnreachable extends Error {
  override readonly name = 'HubUnreachable'
}

/** The hub answered, and would not. The message is its sentence for people. */
export class HubRefused extends Error {
  override readonly name = 'HubRefused'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export interface HubOffer {
  readonly mode: 'found' | 'join'
  readonly companyId: string | null
  readonly companyName: string | null
}

export interface NewWorkstation {
  readonly secret: string
  readonly deviceId: string
  readonly name: string
  /** Base64 SPKI, Ed25519. */
  readonly publicKey: string
  readonly companyId: string
  readonly schema: number
  readonly version: string
  /** How far the company's hub had acknowledged its commands: believed where the hub does not know the workstation any more. */
  readonly lastWsSeq?: number
}

export interface EnrolledAs {
  readonly mode: 'found' | 'join'
  readonly companyId: string
  readonly epoch: string
  /** What this workstation's document numbers begin with. */
  readonly prefix: string
  readonly clearances: readonly Clearance[]
}

export interface HubSession {
  readonly token: string
  /** Epoch ms by the hub's clock, which need not be this machine's. */
  readonly expiresAt: number
}

export interface SnapshotChunk {
  readonly n: number
  readonly rows: number
  readonly bytes: number
  /** Of the chunk as it is sent, hex. */
  readonly sha256: string
  /** Belongs to what makes today usable. */
  readonly first: boolean
}

export interface SnapshotManifest {
  readonly id: string
  readonly epoch: string
  /** The place in the feed at which its rows stand. */
  readonly seq: number
  readonly schema: number
  readonly rows: number
  readonly chunks: readonly SnapshotChunk[]
  /** False while the hub still makes the chunks behind these. */
  readonly complete?: boolean | undefined
}

/** A snapshot that was handed out while the hub was making it: wanted as soon as it has more chunks than so many. */
export interface SnapshotBeyond {
  readonly id: string
  readonly chunks: number
}

export interface SocketListener {
  message(message: DownMessage): void
  /**
   * Nothing comes after it, and what was sent last may not have arrived.
   * @param code with which the hub has hung up, where it did
   */
  closed(code?: number): void
}

export interface HubSocket {
  send(message: UpMessage): void
  /** Bytes that came so far, whole messages or not; where nobody counts them, only messages tell that the other end lives. */
  received?(): number
  close(): void
}

export interface MadeSecret {
  readonly secret: string
  /** Where sources send to, without their key. */
  readonly address: string
}

/** Secrets that sources of leads sign with. */
export interface IntakeConnection {
  list(token: string, actorId: string): Promise<{ readonly address: string; readonly secrets: readonly { readonly sourceId: string; readonly madeAt: number; readonly endsAt: number | null }[] }>
  make(token: string, actorId: string, wanted: { readonly sourceId: string; readonly endOthersNow: boolean }): Promise<MadeSecret>
}

/**
 * All that a workstation can ask of one hub. Every method throws HubUnreachable or HubRefused.
 * Two make it: HTTP with a WebSocket, and in tests the hub's core in the same process.
 */
export interface HubConnection {
  look(secret: string): Promise<HubOffer>
  enrol(workstation: NewWorkstation): Promise<EnrolledAs>
  challenge(who: { readonly companyId: string; readonly deviceId: string }): Promise<string>
  session(who: { readonly companyId: string; readonly deviceId: string; readonly challenge: string; readonly signature: string }): Promise<HubSession>
  /** Sends a chunk of a founding company's rows; the same number again is harmless. */
  foundRows(token: string, chunk: number, rows: readonly FeedRow[]): Promise<void>
  /** @returns the place in the feed at which the rows now stand */
  foundingDone(token: string, end: { readonly lastWsSeq: number; readonly rows: number }): Promise<number>
  /** A snapshot, or more of one; answered after a while even where there is no more of it yet. */
  snapshot(token: string, beyond?: SnapshotBeyond): Promise<SnapshotManifest>
  /** A chunk as it was made: gzip of lines of JSON `[table, id, row]`. */
  snapshotChunk(token: string, id: string, n: number): Promise<Uint8Array>
  /** This workstation has given back all that a restored hub forgot. */
  recovered(token: string, epoch: string): Promise<void>
  devices(token: string, actorId: string): Promise<readonly ListedDevice[]>
  rename(token: string, actorId: string, deviceId: string, name: string): Promise<void>
  revoke(token: string, actorId: string, deviceId: string): Promise<void>
  invite(token: string, actorId: string, clearances: readonly Clearance[]): Promise<{ readonly code: string; readonly expiresAt: number }>
  /** Secrets of the signed intake; absent where what stands in for a hub has none. */
  readonly intake?: IntakeConnection
  /** The signed address of a technician's link; absent where what stands in for a hub serves none. */
  technicianAddress?(token: string, actorId: string, linkId: string): Promise<string>
  /** Attached files; absent where what stands in for a hub carries none. */
  readonly attachments?: AttachmentConnection
  /** Opens the line on which commands go up and the feed comes down. */
  open(token: string, listener: SocketListener): Promise<HubSocket>
  /** Nothing more will be asked: lets go of what it holds open. */
  close(): void
}

export type ConnectTo = (place: HubPlace) => HubConnection

/** What a workstation signs to open a session, as UTF-8. */
export function sessionText(who: { readonly companyId: string; readonly deviceId: string; readonly challenge: string }): string {
  return `baton-session\n${who.companyId}\n${who.deviceId}\n${who.challenge}`
}
