import type pg from 'pg'
import type { Compacted, CompactionLimits } from '../../core/hubAdmin.ts'
import { inTransaction, rowsOf } from '../pool.ts'

/** A workstation that comes back after this long may still send a command again whose answer it never got. */
const LEAST_COMMAND_DAYS = 30

/**
 * Up to what every workstation has read; where one has been away for long, up to what is too old to be kept for it. A device
 * that never said how far it is has the place at which it joined.
 */
const FLOOR = `SELECT c.feed_floor, greatest(
  c.feed_floor,
  least(c.seq, coalesce((SELECT min(d.cursor) FROM hub_device d WHERE d.company_id = c.company_id AND d.revoked_at IS NULL), c.seq)),
  coalesce((SELECT max(f.seq) FROM change_feed f WHERE f.company_id = c.company_id AND f.written_at < now() - make_interval(days => $2)), 0)
) AS floor FROM hub_company c WHERE c.company_id = $1 AND c.recovering_until IS NULL AND c.state = 'active' FOR UPDATE`

/** A command whose entry is still in the feed is kept with it. */
const FORGET = `DELETE FROM hub_command h USING hub_company c WHERE c.company_id = $1 AND h.company_id = $1 AND h.seq <= c.feed_floor
AND h.decided_at < now() - make_interval(days => $2)`

function compactOne(pool: pg.Pool, companyId: string, { feedDays, commandDays }: CompactionLimits): Promise<Compacted> {
  return inTransaction(pool, async (client) => {
    const [found] = await rowsOf<{ feed_floor: number; floor: number }>(client, FLOOR, [companyId, feedDays])
    // While a restored hub recovers, nobody knows yet how far anybody is.
    if (!found) return { companyId, feedFloor: 0, entries: 0, commands: 0 }
    await rowsOf(client, 'UPDATE hub_company SET feed_floor = $2 WHERE company_id = $1', [companyId, found.floor])
    const entries = await client.query('DELETE FROM change_feed WHERE company_id = $1 AND seq <= $2', [companyId, found.floor])
    const commands = await client.query(FORGET, [companyId, Math.max(commandDays, LEAST_COMMAND_DAYS)])
    return { companyId, feedFloor: found.floor, entries: entries.rowCount ?? 0, commands: commands.rowCount ?? 0 }
  })
}

export async function compactAll(pool: pg.Pool, limits: CompactionLimits): Promise<readonly Compacted[]> {
  const companies = await rowsOf<{ company_id: string }>(pool, `SELECT company_id FROM hub_company WHERE state = 'active' ORDER BY company_id`)
  const done: Compacted[] = []
  for (const { company_id: companyId } of companies) done.push(await compactOne(pool, companyId, limits))
  await rowsOf(pool, "DELETE FROM enrolment_code WHERE expires_at < now() - interval '30 days'")
  await rowsOf(pool, "DELETE FROM lease WHERE expires_at < now() - interval '1 day'")
  return done
}

/** Bytes as stored, all columns of the feed. */
export async function feedSize(pool: pg.Pool, companyId: string): Promise<{ readonly entries: number; readonly bytes: number }> {
  const [row] = await rowsOf<{ entries: number; bytes: number }>(
    pool,
    'SELECT count(*) AS entries, coalesce(sum(pg_column_size(f.*)), 0)::bigint AS bytes FROM change_feed f WHERE company_id = $1',
    [companyId],
  )
  return row ?? { entries: 0, bytes: 0 }
}
