import pg from 'pg'
import { checksumOf } from '../../shared/sync/checksum.ts'
import { CLEARANCES } from '../../shared/domain/kernel/table.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import type { CompanySummary, HubAdmin } from '../core/hubAdmin.ts'

export interface HubFinding {
  readonly companyId: string
  readonly check: 'feed' | 'order' | 'ledger' | 'promises' | 'bookings'
  readonly problem: string
}

export interface TableSum {
  readonly table: string
  readonly rows: number
  readonly sum: string
}

export interface CompanyReport {
  readonly company: CompanySummary
  readonly findings: readonly HubFinding[]
  /** Of every table that has rows; a workstation that is in step at this place has the same. */
  readonly sums: readonly TableSum[]
  readonly seq: number
}

interface Check {
  readonly check: HubFinding['check']
  /** One row, one problem: its `problem` column says it. $1 is the company. */
  readonly sql: string
}

const CHECKS: readonly Check[] = [
  {
    check: 'feed',
    sql: `SELECT 'The feed holds ' || count(f.seq) || ' commands between ' || c.feed_floor || ' and ' || c.seq || ': some are missing.' AS problem
          FROM hub_company c LEFT JOIN change_feed f ON f.company_id = c.company_id AND f.seq > c.feed_floor AND f.seq <= c.seq
          WHERE c.company_id = $1 AND c.state = 'active' GROUP BY c.feed_floor, c.seq HAVING count(f.seq) <> c.seq - c.feed_floor`,
  },
  {
    check: 'feed',
    sql: `SELECT 'The feed goes to ' || max(f.seq) || ', beyond the company\u2019s place ' || c.seq || '.' AS problem
          FROM hub_company c JOIN change_feed f ON f.company_id = c.company_id WHERE c.company_id = $1 GROUP BY c.seq HAVING max(f.seq) > c.seq`,
  },
  {
    check: 'order',
    sql: `SELECT 'The commands of workstation ' || device_id || ' have a hole: ' || count(*) || ' between ' || min(ws_seq) || ' and ' || max(ws_seq) || '.' AS problem
          FROM hub_command WHERE company_id = $1 GROUP BY device_id HAVING count(*) <> max(ws_seq) - min(ws_seq) + 1`,
  },
  {
    check: 'ledger',
    sql: `SELECT 'Ledger transaction ' || transaction_id || ' sums to ' || sum(amount_cents) || ' cents, not to zero.' AS problem
          FROM ledger_entry WHERE company_id = $1 GROUP BY transaction_id HAVING sum(amount_cents) <> 0`,
  },
  {
    check: 'promises',
    sql: `SELECT 'Promise ' || p.id || ' is held by nobody who works here.' AS problem
          FROM promise p WHERE p.company_id = $1 AND p.state = 'open' AND NOT EXISTS (
            SELECT 1 FROM "user" u WHERE u.company_id = p.company_id AND u.presence <> 'left'
              AND (u.id = p.holder_user_id
                OR (p.holder_user_id IS NULL AND EXISTS (SELECT 1 FROM json_array_elements_text(u.roles::json) r(role) WHERE r.role = p.holder_role))))`,
  },
]

/** What must hold at the hub whatever was done; an empty answer means all is well. */
async function findProblems(client: pg.ClientBase, companyId: string): Promise<readonly HubFinding[]> {
  const findings: HubFinding[] = []
  for (const { check, sql } of CHECKS) {
    const { rows } = await client.query<{ problem: string }>(sql, [companyId])
    findings.push(...rows.map(({ problem }): HubFinding => ({ companyId, check, problem })))
  }
  return findings
}

/** Each table's checksum at one moment, to be compared with a workstation's. */
async function tableSums(admin: HubAdmin, companyId: string): Promise<Pick<CompanyReport, 'sums' | 'seq'>> {
  const { head, parts } = await admin.snapshot(companyId, new Set(CLEARANCES))
  const sums = new Map<string, { rows: number; sum: bigint }>()
  for await (const { table, lines } of parts) {
    const { rows, sum } = checksumOf(rowsOf(lines))
    const before = sums.get(table) ?? { rows: 0, sum: 0n }
    sums.set(table, { rows: before.rows + rows, sum: BigInt.asUintN(64, before.sum + BigInt(`0x${sum}`)) })
  }
  return { seq: head.seq, sums: [...sums].map(([table, { rows, sum }]) => ({ table, rows, sum: sum.toString(16) })).sort((left, right) => (left.table < right.table ? -1 : 1)) }
}

function* rowsOf(lines: readonly string[]): Generator<AnyRow> {
  for (const line of lines) yield (JSON.parse(line) as readonly [string, string, AnyRow])[2]
}

export async function verifyHub(url: string, admin: HubAdmin): Promise<readonly CompanyReport[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'baton-verify' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const reports: CompanyReport[] = []
    for (const company of await admin.companies()) {
      if (company.state === 'founding') continue
      reports.push({ company, findings: await findProblems(client, company.id), ...(await tableSums(admin, company.id)) })
    }
    return reports
  } finally {
    await client.end().catch(() => undefined)
  }
}
