import type { AnyRow, Table } from '../../shared/domain/kernel/table.ts'
import { tableIfKnown, TABLES } from '../../shared/domain/tables.ts'
import type { FeedRow } from '../../shared/sync/protocol.ts'
import type { DecidedCommand, HubBatch } from '../core/hubStore.ts'
import type { Statement } from './pool.ts'
import { rowJson, sqlOf } from './tableSql.ts'

const order = new Map(TABLES.map((table, index) => [table, index]))

/** A table's rows by one statement each for those that are there afterwards and those that are gone. */
function rowStatements(companyId: string, { changes }: HubBatch): readonly Statement[] {
  const tables = new Map<Table, { readonly there: AnyRow[]; readonly gone: string[] }>()
  for (const { table, id, after } of changes) {
    let rows = tables.get(table)
    if (!rows) tables.set(table, (rows = { there: [], gone: [] }))
    if (after) rows.there.push(after)
    else rows.gone.push(id)
  }
  // Always in one order, so that two writers that lock rows of several tables never wait for each other.
  const sorted = [...tables].sort(([left], [right]) => (order.get(left) ?? 0) - (order.get(right) ?? 0))
  return sorted.flatMap(([table, { there, gone }]) => [
    ...(gone.length > 0 ? [sqlOf(table).remove(companyId, gone)] : []),
    ...(there.length > 0 ? [sqlOf(table).upsert(companyId, there)] : []),
  ])
}

function feedRowsJson(rows: readonly FeedRow[]): string {
  const parts = rows.map(([name, id, row]) => {
    const table = tableIfKnown(name)
    return `[${JSON.stringify(name)},${JSON.stringify(id)},${row && table ? rowJson(table, row) : JSON.stringify(row)}]`
  })
  return `[${parts.join(',')}]`
}

const LOG = `INSERT INTO hub_command (company_id, command_id, device_id, ws_seq, seq, hash, outcome, refusal, command)
SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[])`

function logStatement(companyId: string, decided: readonly DecidedCommand[]): Statement {
  return {
    text: LOG,
    values: [
      companyId,
      decided.map(({ command }) => command.id),
      decided.map(({ entry }) => entry.deviceId),
      decided.map(({ entry }) => entry.wsSeq),
      decided.map(({ entry }) => entry.seq),
      decided.map(({ command }) => command.hash),
      decided.map(({ entry }) => entry.outcome),
      decided.map(({ refusal }) => (refusal ? JSON.stringify(refusal) : null)),
      decided.map(({ command }) => JSON.stringify(command)),
    ],
  }
}

const FEED = `INSERT INTO change_feed (company_id, seq, command_id, name, at, actor_id, device_id, ws_seq, outcome, rows)
SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::text[])`

function feedStatement(companyId: string, decided: readonly DecidedCommand[]): Statement {
  const entries = decided.map(({ entry }) => entry)
  return {
    text: FEED,
    values: [
      companyId,
      entries.map(({ seq }) => seq),
      entries.map(({ commandId }) => commandId),
      entries.map(({ name }) => name),
      entries.map(({ at }) => at),
      entries.map(({ actorId }) => actorId),
      entries.map(({ deviceId }) => deviceId),
      entries.map(({ wsSeq }) => wsSeq),
      entries.map(({ outcome }) => outcome),
      entries.map(({ rows }) => feedRowsJson(rows)),
    ],
  }
}

const DEVICES = `UPDATE hub_device d SET last_ws_seq = x.ws_seq FROM unnest($2::text[], $3::bigint[]) AS x(device_id, ws_seq) WHERE d.company_id = $1 AND d.device_id = x.device_id`

function deviceStatement(companyId: string, decided: readonly DecidedCommand[]): Statement {
  const last = new Map(decided.map(({ entry }) => [entry.deviceId, entry.wsSeq]))
  return { text: DEVICES, values: [companyId, [...last.keys()], [...last.values()]] }
}

const COMPANY = 'UPDATE hub_company SET seq = $2 WHERE company_id = $1'
const UNSTAGE = 'DELETE FROM recovery_command WHERE company_id = $1 AND command_id = ANY($2)'

/** All that a batch writes, in a handful of statements that need not wait for one another's answers. */
export function batchStatements(companyId: string, batch: HubBatch): readonly Statement[] {
  const { decided, taken = [] } = batch
  const statements = [...rowStatements(companyId, batch)]
  const last = decided.at(-1)
  if (last) {
    const seq = { text: COMPANY, values: [companyId, last.entry.seq] }
    statements.push(logStatement(companyId, decided), feedStatement(companyId, decided), deviceStatement(companyId, decided), seq)
  }
  if (taken.length > 0) statements.push({ text: UNSTAGE, values: [companyId, taken] })
  return statements
}
