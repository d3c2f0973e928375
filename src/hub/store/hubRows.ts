import type { Refusal } from '../../shared/domain/kernel/refusal.ts'
import { type Clearance, CLEARANCES } from '../../shared/domain/kernel/table.ts'
import type { FeedEntry, FeedRow, Outcome } from '../../shared/sync/protocol.ts'
import type { HubCompany, HubDevice, KnownCommand } from '../core/hubStore.ts'

/** The hub's own tables as statements give them back, and what becomes of them. */

export const COMPANY_COLUMNS = 'c.epoch, c.seq, c.feed_floor, c.epoch_seq, c.recovering_until, c.roster, c.state'

export interface CompanyRow {
  readonly epoch: string
  readonly seq: number
  readonly feed_floor: number
  readonly epoch_seq: number | null
  readonly recovering_until: number | null
  readonly roster: number
  readonly state: string
}

export function hubCompany(row: CompanyRow): HubCompany {
  return { epoch: row.epoch, seq: row.seq, feedFloor: row.feed_floor, epochSeq: row.epoch_seq ?? 0, recoveringUntil: row.recovering_until }
}

export const DEVICE_COLUMNS = 'device_id, name, clearances, prefix, last_ws_seq, revoked_at, recovered_epoch'

export interface DeviceRow {
  readonly device_id: string
  readonly name: string
  readonly clearances: string
  readonly prefix: string
  readonly last_ws_seq: number
  readonly revoked_at: number | null
  readonly recovered_epoch: string
}

/** Stored as words between commas; one that this version does not know opens nothing. */
export function readClearances(text: string): readonly Clearance[] {
  const words = new Set(text.split(','))
  return CLEARANCES.filter((clearance) => words.has(clearance))
}

export function hubDevice(row: DeviceRow): HubDevice {
  return {
    id: row.device_id,
    name: row.name,
    clearances: new Set(readClearances(row.clearances)),
    prefix: row.prefix,
    lastWsSeq: row.last_ws_seq,
    revokedAt: row.revoked_at,
    recoveredEpoch: row.recovered_epoch,
  }
}

export interface CommandRow {
  readonly command_id: string
  readonly hash: string
  readonly device_id: string
  readonly ws_seq: number
  readonly seq: number
  readonly outcome: string
  readonly refusal: string | null
}

export function knownCommand(row: CommandRow): KnownCommand {
  return {
    id: row.command_id,
    hash: row.hash,
    deviceId: row.device_id,
    wsSeq: row.ws_seq,
    seq: row.seq,
    outcome: row.outcome as Outcome,
    refusal: row.refusal === null ? null : (JSON.parse(row.refusal) as Refusal),
  }
}

export const FEED_COLUMNS = 'f.seq AS entry_seq, f.command_id, f.name, f.at, f.actor_id, f.device_id, f.ws_seq, f.outcome, f.rows'

export interface FeedEntryRow {
  readonly entry_seq: number
  readonly command_id: string
  readonly name: string
  readonly at: number
  readonly actor_id: string
  readonly device_id: string
  readonly ws_seq: number
  readonly outcome: string
  readonly rows: string
}

export function feedEntry(row: FeedEntryRow): FeedEntry {
  return {
    seq: row.entry_seq,
    commandId: row.command_id,
    name: row.name,
    at: row.at,
    actorId: row.actor_id,
    deviceId: row.device_id,
    wsSeq: row.ws_seq,
    outcome: row.outcome as Outcome,
    rows: JSON.parse(row.rows) as readonly FeedRow[],
  }
}
