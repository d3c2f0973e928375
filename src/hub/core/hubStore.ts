import type { LoadAnswer, LoadRequest } from '../../shared/domain/kernel/load.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { Refusal } from '../../shared/domain/kernel/refusal.ts'
import type { Clearance } from '../../shared/domain/kernel/table.ts'
import type { FeedEntry, HubPosition, Outcome, PushedCommand } from '../../shared/sync/protocol.ts'

/** An enrolled workstation. */
export interface HubDevice {
  readonly id: string
  readonly name: string
  readonly clearances: ReadonlySet<Clearance>
  /** What its document numbers begin with. */
  readonly prefix: string
  /** How far its commands have come, in its own order. */
  readonly lastWsSeq: number
  readonly revokedAt: number | null
  /** The epoch up to which it has given back what a restored hub forgot. */
  readonly recoveredEpoch: string
}

/** A company's place, locked for the length of a transaction. */
export interface HubCompany extends HubPosition {
  /** While a restored hub takes back what it forgot: until when it waits for workstations that are away; epoch ms. */
  readonly recoveringUntil: number | null
}

/** A command the hub has seen. */
export interface KnownCommand {
  readonly id: string
  readonly hash: string
  readonly deviceId: string
  readonly wsSeq: number
  readonly seq: number
  readonly outcome: Outcome
  readonly refusal: Refusal | null
}

/** A command with all that the hub made of it. */
export interface DecidedCommand {
  readonly command: PushedCommand
  readonly refusal: Refusal | null
  readonly entry: FeedEntry
}

/** Everything one transaction writes, at its end and at once. */
export interface HubBatch {
  readonly decided: readonly DecidedCommand[]
  /** One change per row. */
  readonly changes: readonly NetChange[]
  /** Staged commands whose turn has come, by id: they are staged no more. */
  readonly taken?: readonly string[]
}

/** A command that a restored hub keeps until its turn; `formerSeq` is never null here. */
export interface StagedCommand {
  readonly deviceId: string
  readonly command: PushedCommand
}

/** What a recovery does to a company; what is not named stays. */
export interface RecoveryChange {
  readonly epoch?: string
  readonly epochSeq?: number
  /** Epoch ms; null ends the recovery. */
  readonly recoveringUntil?: number | null
}

/** One company's rows with its row locked: nobody else changes them meanwhile. */
export interface HubTransaction {
  readonly company: HubCompany
  /** Reads take a round trip each and are remembered: it pays to ask at once for what several commands will want. */
  readonly distant: boolean
  device(id: string): Promise<HubDevice | undefined>
  /** The commands among these that the hub has seen, by id. */
  known(commandIds: readonly string[]): Promise<ReadonlyMap<string, KnownCommand>>
  answer(request: LoadRequest): Promise<LoadAnswer>
  /** Rows, log, feed, the devices' places and the company's, in as few statements as can be. */
  commit(batch: HubBatch): Promise<void>

  /** Keeps commands until their turn; the same one again replaces itself. */
  stage(deviceId: string, commands: readonly PushedCommand[]): Promise<void>
  /** The first staged commands in the order of their former places. */
  staged(limit: number): Promise<readonly StagedCommand[]>
  /** How many workstations that are enrolled and not revoked have not yet given back what they had, in this epoch. */
  awaited(): Promise<number>
  /** This workstation has given back all it had. */
  gaveBack(deviceId: string): Promise<void>
  recover(change: RecoveryChange): Promise<void>
}

export interface FeedSlice {
  readonly company: HubCompany
  /** Whole commands after the asked place, without a hole. */
  readonly entries: readonly FeedEntry[]
}

/** Where the hub keeps companies. PostgreSQL is one; memory, with the same meaning, is the other. */
export interface HubStore {
  /**
   * Runs `body` with the company's row locked as the first thing done; whatever it throws takes everything back.
   * @throws HubStoreFailure
   * @throws HubStoreConflict from the commit of a batch
   * @throws UnknownCompany
   */
  change<T>(companyId: string, body: (transaction: HubTransaction) => Promise<T>): Promise<T>
  /** The feed after a place, at most `limit` commands; consistent with one moment. */
  feed(companyId: string, after: number, limit: number): Promise<FeedSlice>
  device(companyId: string, deviceId: string): Promise<HubDevice | undefined>
}

/** The store itself failed (a lost connection, a full disk): no word on any command, and all of it is tried again. */
export class HubStoreFailure extends Error {
  override readonly name = 'HubStoreFailure'
}

/** The store would not have a row that `decide` was content with: a rule that only the store knows. */
export class HubStoreConflict extends Error {
  override readonly name = 'HubStoreConflict'
}

export class UnknownCompany extends Error {
  override readonly name = 'UnknownCompany'
}
