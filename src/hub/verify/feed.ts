import { canonicalJson } from '../../shared/base/canonicalJson.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { TABLES } from '../../shared/domain/tables.ts'
import type { FeedRow } from '../../shared/sync/protocol.ts'
import type { Check } from './company.ts'

/** The feed has every place from its floor to where the company stands, and the log has the same commands at them. */
export const feedHasNoHoles: Check = async (company) => {
  const [feed] = await company.select<{ seq: number; feed_floor: number; entries: number; lowest: number | null; highest: number | null }>(
    `SELECT c.seq, c.feed_floor, count(f.seq) AS entries, min(f.seq) AS lowest, max(f.seq) AS highest
     FROM hub_company c LEFT JOIN change_feed f USING (company_id) WHERE c.company_id = $1 GROUP BY c.seq, c.feed_floor`,
  )
  if (!feed) return []
  const { seq, feed_floor: floor, entries, lowest, highest } = feed
  const whole = entries === seq - floor && (entries === 0 || (lowest === floor + 1 && highest === seq))
  const strangers = await company.select<{ seq: number }>(
    `SELECT f.seq FROM change_feed f LEFT JOIN hub_command h ON h.company_id = f.company_id AND h.command_id = f.command_id AND h.seq = f.seq WHERE f.company_id = $1 AND h.seq IS NULL ORDER BY 1`,
  )
  return [
    ...(whole ? [] : [`The feed should go from ${floor + 1} to ${seq} without a hole; it has ${entries} entries from ${lowest ?? 'nowhere'} to ${highest ?? 'nowhere'}.`]),
    ...strangers.map((entry) => `Place ${entry.seq} of the feed has no command in the log.`),
  ]
}

/** No workstation's commands have come further than its own place says. */
export const devicesStandWhereTheirCommandsDo: Check = async (company) => {
  const off = await company.select<{ name: string; last_ws_seq: number; ws_seq: number }>(
    `SELECT d.name, d.last_ws_seq, max(h.ws_seq) AS ws_seq FROM hub_device d JOIN hub_command h USING (company_id, device_id) WHERE d.company_id = $1 GROUP BY d.name, d.device_id, d.last_ws_seq HAVING max(h.ws_seq) <> d.last_ws_seq`,
  )
  return off.map(({ name, last_ws_seq: last, ws_seq: found }) => `\u201c${name}\u201d stands at ${last} of its own commands, the log at ${found}.`)
}

/** Every row that the feed speaks of is as the feed left it last: the feed, replayed on what was before it, gives the rows that are here. */
export const feedLeadsToTheRows: Check = async (company) => {
  const last = new Map<string, Map<string, AnyRow | null>>(TABLES.map((table) => [table.name, new Map()]))
  for (const { rows } of await company.select<{ rows: string }>('SELECT rows FROM change_feed WHERE company_id = $1 ORDER BY seq')) {
    for (const [name, id, row] of JSON.parse(rows) as readonly FeedRow[]) last.get(name)?.set(id, row)
  }
  const problems: string[] = []
  for (const table of TABLES) {
    const told = last.get(table.name) ?? new Map<string, AnyRow | null>()
    if (told.size === 0) continue
    const here = new Map((await company.rows(table)).map((row) => [row.id, row as unknown as AnyRow]))
    for (const [id, row] of told) {
      const held = here.get(id) ?? null
      if (canonicalJson(held) !== canonicalJson(row)) problems.push(`The ${table.name.replaceAll('_', ' ')} ${id} is not as the feed left it.`)
    }
  }
  return problems
}
