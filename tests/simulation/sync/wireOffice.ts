import type { HubCompany, HubDevice } from '../../../src/hub/core/hubStore.ts'
import type { SnapshotManifest } from '../../../src/main/sync/hubConnection.ts'
import type { FeedEntry, PullAnswer, PushAnswer, PushedCommand } from '../../../src/shared/sync/protocol.ts'
import type { Random } from '../world.ts'
import type { BrokenRule } from './brokenRule.ts'
import type { Clockwork } from './clockwork.ts'
import type { Scheduler } from './scheduler.ts'

/** The hub's end of a line, as the hub has it. */
export interface HubEnd {
  /** What was just decided. */
  stream(entries: readonly FeedEntry[]): void
  /** @param deviceId who was revoked */
  cutRevoked(deviceId: string): void
  /** Drops a peer that has been silent for long. */
  sweep(): void
  /** The hub is no more. */
  fell(): void
}

/** What a line asks of the hub. */
interface WireHub {
  readonly companyId: string
  readonly lines: Set<HubEnd>
  device(deviceId: string): Promise<HubDevice | undefined>
  company(): Promise<HubCompany>
  push(deviceId: string, commands: readonly PushedCommand[]): Promise<PushAnswer>
  pull(deviceId: string, epoch: string, after: number, limit: number): Promise<PullAnswer>
  recovered(deviceId: string, epoch: string): Promise<void>
  shelve(device: HubDevice, schema: number): Promise<SnapshotManifest>
  chunk(id: string, n: number): Uint8Array
}

/** What a wire needs of the office it is in. */
export interface WireOffice {
  readonly hub: WireHub
  readonly messages: Scheduler
  readonly clockwork: Clockwork
  readonly random: Random
  readonly broken: BrokenRule | null
  /** Nothing new is being done: pages may be as long as they like. */
  readonly calm: boolean
  /** Work at the hub, which has to be over before time goes on. */
  atHub(work: () => Promise<void>): void
}
