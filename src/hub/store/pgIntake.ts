import type pg from 'pg'
import { compareText } from '../../shared/base/text.ts'
import { jobTypeTable } from '../../shared/domain/jobs/tables.ts'
import type { LeadOffice } from '../../shared/intake/fromSent.ts'
import { leadEntryTable, leadQuestionTable, type LeadSource, leadSourceTable, leadTable } from '../../shared/domain/leads/tables.ts'
import type { LoadRequest } from '../../shared/domain/kernel/load.ts'
import type { AnyRow, Row, Table } from '../../shared/domain/kernel/table.ts'
import { companyTable } from '../../shared/domain/people/tables.ts'
import type { HubIntake, IntakeSecret, SeenMessage } from '../core/hubIntake.ts'
import { UnknownCompany } from '../core/hubStore.ts'
import { arraysOf, fromTransaction, rowsOf } from './pool.ts'
import { sqlOf } from './tableSql.ts'

const SECRETS = 'SELECT source_id, secret_id, made_at, ends_at FROM hub_intake_secret WHERE company_id = $1 AND (ends_at IS NULL OR ends_at > now())'
const END_OTHERS = `UPDATE hub_intake_secret SET ends_at = least(coalesce(ends_at, 'infinity'), now() + make_interval(secs => $3)) WHERE company_id = $1 AND source_id = $2`
const MAKE = 'INSERT INTO hub_intake_secret (company_id, source_id, secret_id, made_by) VALUES ($1, $2, $3, $4)'
const SEEN = 'SELECT signed_at, body_hash, lead_id FROM hub_intake_seen WHERE company_id = $1 AND source_id = $2 AND message_id = $3'
const NOTE = `INSERT INTO hub_intake_seen (company_id, source_id, message_id, signed_at, body_hash, lead_id) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (company_id, source_id, message_id) DO UPDATE SET signed_at = excluded.signed_at, seen_at = now()
WHERE hub_intake_seen.signed_at < excluded.signed_at AND hub_intake_seen.body_hash = excluded.body_hash RETURNING message_id`

interface SecretRow {
  readonly source_id: string
  readonly secret_id: string
  readonly made_at: number
  readonly ends_at: number | null
}

const secretOf = (row: SecretRow): IntakeSecret => ({ sourceId: row.source_id, secretId: row.secret_id, madeAt: row.made_at, endsAt: row.ends_at })

/** The signed intake in PostgreSQL: every hub process sees what any of them took. */
export class PgIntake implements HubIntake {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async #with<T>(body: (pool: pg.Pool) => Promise<T>): Promise<T> {
    try {
      return await body(this.#pool)
    } catch (error) {
      throw fromTransaction(error)
    }
  }

  /** Rows of a company's table, as they stand. */
  async #rows<T extends Table>(companyId: string, table: T, of: Partial<LoadRequest> = {}): Promise<readonly Row<T>[]> {
    return this.#with(async (pool) => {
      const sql = sqlOf(table)
      const client = await pool.connect()
      try {
        const answer = await arraysOf(client, sql.read(companyId, { kind: 'all', table, ...of } as LoadRequest))
        return answer.map((stored) => sql.decode(stored) as AnyRow as Row<T>)
      } finally {
        client.release()
      }
    })
  }

  async source(companyId: string, sourceId: string) {
    const [source] = (await this.#rows(companyId, leadSourceTable, { kind: 'get', id: sourceId } as Partial<LoadRequest>)) as readonly LeadSource[]
    if (source?.active !== true) return undefined
    const rows = await this.#with((pool) => rowsOf<SecretRow>(pool, `${SECRETS} AND source_id = $2`, [companyId, sourceId]))
    return { source, secrets: rows.map(secretOf) }
  }

  async office(companyId: string): Promise<LeadOffice> {
    const [company] = await this.#rows(companyId, companyTable)
    if (!company) throw new UnknownCompany(companyId)
    const jobTypes = (await this.#rows(companyId, jobTypeTable)).filter(({ active }) => active)
    const questions = (await this.#rows(companyId, leadQuestionTable)).filter(({ active }) => active)
    return { hours: company, jobTypes, questions }
  }

  secrets(companyId: string): Promise<readonly IntakeSecret[]> {
    return this.#with(async (pool) => (await rowsOf<SecretRow>(pool, `${SECRETS} ORDER BY made_at`, [companyId])).map(secretOf))
  }

  makeSecret(companyId: string, { sourceId, secretId, by, othersEndIn }: { readonly sourceId: string; readonly secretId: string; readonly by: string; readonly othersEndIn: number }): Promise<void> {
    return this.#with(async (pool) => {
      await rowsOf(pool, END_OTHERS, [companyId, sourceId, othersEndIn])
      await rowsOf(pool, MAKE, [companyId, sourceId, secretId, by])
    })
  }

  seen(companyId: string, sourceId: string, messageId: string): Promise<SeenMessage | undefined> {
    return this.#with(async (pool) => {
      const [row] = await rowsOf<{ signed_at: number; body_hash: string; lead_id: string }>(pool, SEEN, [companyId, sourceId, messageId])
      return row && { messageId, signedAt: row.signed_at, bodyHash: row.body_hash, leadId: row.lead_id }
    })
  }

  note(companyId: string, sourceId: string, { messageId, signedAt, bodyHash, leadId }: SeenMessage): Promise<boolean> {
    return this.#with(async (pool) => (await rowsOf(pool, NOTE, [companyId, sourceId, messageId, signedAt, bodyHash, leadId])).length > 0)
  }

  async chat(companyId: string, sourceId: string, leadId: string, after: string | null) {
    const [lead] = await this.#rows(companyId, leadTable, { kind: 'get', id: leadId } as Partial<LoadRequest>)
    if (lead?.sourceId !== sourceId) return undefined
    const entries = await this.#rows(companyId, leadEntryTable, { kind: 'range', index: 'byLead', key: [leadId] } as Partial<LoadRequest>)
    // `decide` puts every answer behind the ones before it, so that their times are the hub's order and no clock's.
    const answers = entries.filter(({ kind, byId }) => kind === 'answer' && byId !== null).toSorted((left, right) => left.at - right.at || compareText(left.id, right.id))
    const messages = answers.slice(answers.findIndex(({ id }) => id === after) + 1)
    return { over: lead.chat === 'closed', messages: messages.map(({ id, at, body }) => ({ id, at, text: body })) }
  }

  forget(days: number): Promise<number> {
    return this.#with(async (pool) => {
      await rowsOf(pool, 'DELETE FROM hub_intake_secret WHERE ends_at < now()')
      return (await rowsOf(pool, 'DELETE FROM hub_intake_seen WHERE seen_at < now() - make_interval(days => $1) RETURNING message_id', [days])).length
    })
  }
}
