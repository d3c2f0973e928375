import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { CodeOffer, MadeCode, NewCode } from '../../core/hubAdmin.ts'
import { readClearances } from '../hubRows.ts'
import { rowsOf } from '../pool.ts'

/** 160 random bits: a hash without salt is enough for what nobody can guess. */
const SECRET_BYTES = 20

function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

export async function makeCode(pool: pg.Pool, { companyId, clearances, seconds, createdBy }: NewCode): Promise<MadeCode> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  const [row] = await rowsOf<{ expires_at: number }>(
    pool,
    'INSERT INTO enrolment_code (hash, company_id, clearances, created_by, expires_at) VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5)) RETURNING expires_at',
    [secretHash(secret), companyId, clearances.join(','), createdBy, seconds],
  )
  return { secret, expiresAt: row?.expires_at ?? 0 }
}

interface CodeRow {
  readonly company_id: string | null
  readonly name: string | null
  readonly clearances: string
  readonly expires_at: number
}

const GOOD = `SELECT e.company_id, c.name, e.clearances, e.expires_at FROM enrolment_code e LEFT JOIN hub_company c USING (company_id)
WHERE e.hash = $1 AND e.used_at IS NULL AND e.expires_at > now()`

/** The offer behind a secret; `lock` keeps anybody else from spending it meanwhile. */
export async function findCode(client: pg.ClientBase | pg.Pool, secret: string, lock = false): Promise<CodeOffer | undefined> {
  const [row] = await rowsOf<CodeRow>(client, lock ? `${GOOD} FOR UPDATE OF e` : GOOD, [secretHash(secret)])
  if (!row) return undefined
  return { mode: row.company_id === null ? 'found' : 'join', companyId: row.company_id, companyName: row.name, clearances: readClearances(row.clearances), expiresAt: row.expires_at }
}

export async function spendCode(client: pg.ClientBase, secret: string, deviceId: string): Promise<void> {
  await rowsOf(client, 'UPDATE enrolment_code SET used_at = now(), used_by = $2 WHERE hash = $1', [secretHash(secret), deviceId])
}
