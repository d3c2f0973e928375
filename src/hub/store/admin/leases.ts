import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { LeaseAnswer } from '../../../shared/sync/protocol.ts'
import type { LeaseRequest } from '../../core/hubAdmin.ts'
import { rowsOf } from '../pool.ts'

/** Leases run by the database's clock alone: a workstation's may be a day off. */

interface LeaseRow {
  readonly device_id: string
  readonly token: string
  readonly expires_at: number
}

/** Only what has run out passes on: not even its own holder gets a lease twice without the token, because it may not know what it did with the first. */
const TAKE = `INSERT INTO lease (company_id, name, device_id, token, expires_at) VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
ON CONFLICT (company_id, name) DO UPDATE SET device_id = excluded.device_id, token = excluded.token, expires_at = excluded.expires_at
WHERE lease.expires_at <= clock_timestamp() RETURNING device_id, token, expires_at`
const RENEW = `UPDATE lease SET expires_at = clock_timestamp() + make_interval(secs => $5)
WHERE company_id = $1 AND name = $2 AND device_id = $3 AND token = $4 AND expires_at > clock_timestamp() RETURNING device_id, token, expires_at`
const HOLDER = 'SELECT device_id, token, expires_at FROM lease WHERE company_id = $1 AND name = $2 AND expires_at > clock_timestamp()'

async function answer(pool: pg.Pool, companyId: string, name: string, got: LeaseRow | undefined): Promise<LeaseAnswer> {
  if (got) return { kind: 'held', token: got.token, expiresAt: got.expires_at }
  const [holder] = await rowsOf<LeaseRow>(pool, HOLDER, [companyId, name])
  return holder ? { kind: 'taken', byDeviceId: holder.device_id, expiresAt: holder.expires_at } : { kind: 'released' }
}

async function take(pool: pg.Pool, companyId: string, deviceId: string, { name, seconds }: LeaseRequest): Promise<LeaseAnswer> {
  const [got] = await rowsOf<LeaseRow>(pool, TAKE, [companyId, name, deviceId, randomBytes(18).toString('base64url'), seconds])
  return answer(pool, companyId, name, got)
}

async function renew(pool: pg.Pool, companyId: string, deviceId: string, { name, token, seconds }: LeaseRequest): Promise<LeaseAnswer> {
  const [got] = await rowsOf<LeaseRow>(pool, RENEW, [companyId, name, deviceId, token ?? '', seconds])
  return answer(pool, companyId, name, got)
}

async function release(pool: pg.Pool, companyId: string, deviceId: string, { name, token }: LeaseRequest): Promise<LeaseAnswer> {
  await rowsOf(pool, 'DELETE FROM lease WHERE company_id = $1 AND name = $2 AND device_id = $3 AND token = $4', [companyId, name, deviceId, token ?? ''])
  return { kind: 'released' }
}

export function leaseOf(pool: pg.Pool, companyId: string, deviceId: string, request: LeaseRequest): Promise<LeaseAnswer> {
  switch (request.action) {
    case 'take':
      return take(pool, companyId, deviceId, request)
    case 'renew':
      return renew(pool, companyId, deviceId, request)
    case 'release':
      return release(pool, companyId, deviceId, request)
  }
}

export async function heldLeases(pool: pg.Pool, companyId: string): Promise<readonly { readonly name: string; readonly deviceId: string; readonly expiresAt: number }[]> {
  const rows = await rowsOf<LeaseRow & { readonly name: string }>(pool, 'SELECT name, device_id, token, expires_at FROM lease WHERE company_id = $1 AND expires_at > clock_timestamp() ORDER BY name', [companyId])
  return rows.map((row) => ({ name: row.name, deviceId: row.device_id, expiresAt: row.expires_at }))
}
