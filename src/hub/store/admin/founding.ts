import type pg from 'pg'
import type { AnyRow } from '../../../shared/domain/kernel/table.ts'
import { tableIfKnown, TABLES } from '../../../shared/domain/tables.ts'
import type { FeedRow } from '../../../shared/sync/protocol.ts'
import type { FoundingEnd } from '../../core/hubAdmin.ts'
import { HubStoreConflict, UnknownCompany } from '../../core/hubStore.ts'
import { COMPANY_COLUMNS, type CompanyRow, hubCompany } from '../hubRows.ts'
import { inTransaction, rowsOf } from '../pool.ts'
import { sqlOf } from '../tableSql.ts'

/** Chunks wait as they came, because rows point at rows of later chunks; they become the company all at once. */
const KEEP = `INSERT INTO hub_founding (company_id, chunk, row_count, rows) VALUES ($1, $2, $3, $4)
ON CONFLICT (company_id, chunk) DO UPDATE SET row_count = excluded.row_count, rows = excluded.rows`

export function keepFoundingRows(pool: pg.Pool, companyId: string, chunk: number, rows: readonly FeedRow[]): Promise<void> {
  return inTransaction(pool, async (client) => {
    const [company] = await rowsOf(client, `SELECT 1 FROM hub_company WHERE company_id = $1 AND state = 'founding' FOR SHARE`, [companyId])
    if (!company) throw new UnknownCompany(companyId)
    await rowsOf(client, KEEP, [companyId, chunk, rows.length, JSON.stringify(rows)])
  })
}

/** Writes rows of several tables, one statement a table. @throws HubStoreConflict for what is no row of a known table */
async function writeRows(client: pg.ClientBase, companyId: string, rows: readonly FeedRow[]): Promise<void> {
  const byTable = new Map<string, AnyRow[]>()
  for (const [name, id, row] of rows) {
    if (!tableIfKnown(name)) throw new HubStoreConflict(`This hub knows no rows of the kind \u201c${name}\u201d: it is older than the workstation. Bring the hub up to date first.`)
    if (row?.id !== id) throw new HubStoreConflict(`A row of the kind \u201c${name}\u201d came without its own id.`)
    const found = byTable.get(name)
    if (found) found.push(row)
    else byTable.set(name, [row])
  }
  for (const table of TABLES) {
    const own = byTable.get(table.name)
    if (!own) continue
    const { text, values } = sqlOf(table).upsert(companyId, own)
    await rowsOf(client, text, values)
  }
}

async function arrive(client: pg.PoolClient, companyId: string, deviceId: string, lastWsSeq: number): Promise<void> {
  await client.query("SET LOCAL baton.whole = 'on'")
  const chunks = await rowsOf<{ chunk: number }>(client, 'SELECT chunk FROM hub_founding WHERE company_id = $1 ORDER BY chunk', [companyId])
  for (const { chunk } of chunks) {
    const [kept] = await rowsOf<{ rows: string }>(client, 'SELECT rows FROM hub_founding WHERE company_id = $1 AND chunk = $2', [companyId, chunk])
    await writeRows(client, companyId, JSON.parse(kept?.rows ?? '[]') as readonly FeedRow[])
  }
  const [named] = await rowsOf<{ name: string }>(client, 'SELECT name FROM company WHERE company_id = $1 AND id = $1', [companyId])
  if (!named) throw new HubStoreConflict('The rows hold no company.')
  await rowsOf(client, 'DELETE FROM hub_founding WHERE company_id = $1', [companyId])
  await rowsOf(client, 'UPDATE hub_device SET last_ws_seq = $3 WHERE company_id = $1 AND device_id = $2', [companyId, deviceId, lastWsSeq])
  await rowsOf(client, `UPDATE hub_company SET state = 'active', name = $2, roster = roster + 1 WHERE company_id = $1`, [companyId, named.name])
}

/** @throws UnknownCompany */
export async function endFounding(pool: pg.Pool, companyId: string, deviceId: string, end: { readonly lastWsSeq: number; readonly rows: number }): Promise<FoundingEnd> {
  const ended = await inTransaction(pool, async (client): Promise<FoundingEnd> => {
    const [company] = await rowsOf<CompanyRow>(client, `SELECT ${COMPANY_COLUMNS} FROM hub_company c WHERE c.company_id = $1 FOR UPDATE`, [companyId])
    if (!company) throw new UnknownCompany(companyId)
    const position = hubCompany(company)
    const done: FoundingEnd = { kind: 'done', position: { epoch: position.epoch, seq: position.seq, feedFloor: position.feedFloor, epochSeq: position.epochSeq } }
    // The answer was lost on its way and is asked for again.
    if (company.state === 'active') return done
    const [sum] = await rowsOf<{ rows: number }>(client, 'SELECT coalesce(sum(row_count), 0)::bigint AS rows FROM hub_founding WHERE company_id = $1', [companyId])
    if (sum?.rows !== end.rows) return { kind: 'incomplete', rows: sum?.rows ?? 0 }
    await arrive(client, companyId, deviceId, end.lastWsSeq)
    return done
  }).catch((error: unknown): FoundingEnd => {
    if (!(error instanceof HubStoreConflict)) throw error
    return { kind: 'unsound', message: `The hub could not take this company: ${error.message}` }
  })
  // Half a million rows later, what the planner knew of the tables is worth nothing.
  if (ended.kind === 'done' && end.rows > 1000) await pool.query('ANALYZE')
  return ended
}
