import type { z } from 'zod'
import type { WaitingAttachments } from '../../shared/contract/methods/attachments.ts'
import type { hubMethods, HubState } from '../../shared/contract/methods/hub.ts'
import type { CallPresence, LeaseAnswer, LeaseQuestion, PresentPerson } from '../../shared/sync/protocol.ts'
import type { Clearance } from '../../shared/domain/kernel/table.ts'
import type { CommandOutcome, CommandRequest } from '../core/runner.ts'
import type { LocalBlob } from '../store/blobFolder.ts'

type OutputOf<Name extends (typeof hubMethods)[number]['name']> = z.output<Extract<(typeof hubMethods)[number], { readonly name: Name }>['output']>

export type HubLook = OutputOf<'hub.look'>
export type HubDevice = OutputOf<'hub.devices'>[number]
export type PresentAtHub = OutputOf<'hub.present'>[number]
export type WaitingChange = OutputOf<'hub.waiting'>[number]
export type Invitation = OutputOf<'hub.invite'>

/** Somebody's telephone. */
export interface Speaker extends CallPresence {
  readonly userId: string
}

/** The record that a page shows. */
export interface ViewedRecord {
  readonly kind: string
  readonly id: string
}

/** A page, whose person it is, and what it shows. */
export interface Viewing {
  readonly clientId: string
  /** Null where nobody is signed in at the page. */
  readonly userId: string | null
  readonly record: ViewedRecord | null
}

/**
 * What the rest of the workstation has of the hub; `services.hub`. Without a hub it is there too and says so.
 * Whatever needs the hub and can't have it throws a ServiceError with a sentence for people.
 */
export interface HubPort {
  state(): HubState
  /** The changes that the hub has not acknowledged, oldest first, in words. */
  waiting(): readonly WaitingChange[]
  /** @param actorId whose right to manage the hub is checked there */
  devices(actorId: string): Promise<readonly HubDevice[]>
  /** What the office calls a workstation; null where that was not heard here yet. */
  nameOf(deviceId: string): string | null
  /** Who is at the other workstations, as of the hub's last word. */
  present(): readonly PresentAtHub[]
  /** Reads an enrolment code and asks the hub what enrolling would do; changes nothing. */
  look(code: string): Promise<HubLook>
  /** Enrols this workstation; answers as soon as it is on its way (`joining`), the rest comes as `hub` events. */
  enrol(code: string, name: string): Promise<HubState>
  invite(actorId: string, clearances: readonly Clearance[]): Promise<Invitation>
  /** Where sources of leads send to, and which have a secret. @throws ServiceError */
  intakeSecrets(actorId: string): Promise<{ readonly address: string; readonly secrets: readonly { readonly sourceId: string; readonly madeAt: number; readonly endsAt: number | null }[] }>
  /** Makes a secret for a source of leads; it is told once. @throws ServiceError */
  makeIntakeSecret(actorId: string, sourceId: string, endOthersNow: boolean): Promise<{ readonly secret: string; readonly address: string }>
  /** Where a technician opens their link; only the hub can sign it. @throws ServiceError */
  technicianAddress(actorId: string, linkId: string): Promise<string>
  rename(actorId: string, deviceId: string, name: string): Promise<void>
  revoke(actorId: string, deviceId: string): Promise<void>
  /** Goes on without the hub: the rows stay, nothing is sent any more. */
  leave(): Promise<HubState>
  /** Tries at once instead of at the next turn. */
  syncNow(): HubState
  /** Attached files that the hub does not have yet. */
  waitingAttachments(): WaitingAttachments
  /**
   * Brings an attached file here.
   * @throws ServiceError `attachment.notHere` where the hub does not have it yet; `hub.none`, `hub.needed`
   */
  fetchAttachment(actorId: string, blob: LocalBlob, progress: (bytes: number) => void): Promise<void>
  /** A page says where it is; the others hear it. */
  viewing(viewing: Viewing): void
  /** Somebody signed in at a page; null: it was locked. */
  signedIn(clientId: string, userId: string | null): void
  /** What this workstation's telephone does, and for whom. */
  speaking(speakers: readonly Speaker[]): void
  /** Who is at this workstation's own pages and on its telephone; also without a hub. */
  here(): readonly Omit<PresentPerson, 'deviceId'>[]
  /** Whether this workstation may hold rows that ask for a clearance; a store without a hub is its owner's own. */
  keeps(clearance: Clearance): boolean
  /**
   * Runs a command that only the hub may decide (`online: true`): waits for its word and for its rows. Without a hub it
   * runs here, as ever.
   * @throws ServiceError `hub.needed` offline; `hub.unknown` where the line was lost before the hub's word came
   */
  runAwaited(request: CommandRequest): Promise<CommandOutcome>
  /**
   * Waits a moment, as long as a caller does, for the hub's word on a command that was run here. Without a hub it has been said.
   * @returns false where the hub has not spoken yet
   */
  heard(commandId: string): Promise<boolean>
  /**
   * Asks the hub for the right to do what must happen once; null where there is no hub to ask.
   * @throws ServiceError `hub.needed` offline
   */
  lease(lease: LeaseQuestion): Promise<LeaseAnswer> | null
}
