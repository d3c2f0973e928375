import type pg from 'pg'
import { ROLE_PERMISSIONS, type Permission, type Role, rolesMay } from '../../../shared/domain/people/permissions.ts'
import type { DeviceSighting, EnrolledDevice } from '../../core/hubAdmin.ts'
import { readClearances } from '../hubRows.ts'
import { inTransaction, rowsOf } from '../pool.ts'

interface DeviceRow {
  readonly device_id: string
  readonly name: string
  readonly prefix: string
  readonly clearances: string
  readonly enrolled_at: number
  readonly last_seen_at: number | null
  readonly revoked_at: number | null
  readonly version: string
  readonly public_key: string
  readonly last_ws_seq: number
  readonly cursor: number
}

const DEVICES = 'SELECT device_id, name, prefix, clearances, enrolled_at, last_seen_at, revoked_at, version, public_key, last_ws_seq, cursor FROM hub_device WHERE company_id = $1'

function enrolledDevice(row: DeviceRow): EnrolledDevice {
  return {
    id: row.device_id,
    name: row.name,
    prefix: row.prefix,
    clearances: readClearances(row.clearances),
    enrolledAt: row.enrolled_at,
    lastSeenAt: row.last_seen_at,
    revokedAt: row.revoked_at,
    version: row.version,
    publicKey: row.public_key,
    lastWsSeq: row.last_ws_seq,
    cursor: row.cursor,
  }
}

export async function listDevices(pool: pg.Pool, companyId: string): Promise<readonly EnrolledDevice[]> {
  return (await rowsOf<DeviceRow>(pool, `${DEVICES} ORDER BY enrolled_at, device_id`, [companyId])).map(enrolledDevice)
}

export async function findDevice(pool: pg.Pool, companyId: string, deviceId: string): Promise<EnrolledDevice | undefined> {
  const [row] = await rowsOf<DeviceRow>(pool, `${DEVICES} AND device_id = $2`, [companyId, deviceId])
  return row && enrolledDevice(row)
}

/**
 * Changes a device under the company's lock and says so to every process that remembers devices.
 * @param set SQL over `$3`
 */
function changeDevice(pool: pg.Pool, companyId: string, deviceId: string, set: string, value: string | null): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    await rowsOf(client, 'UPDATE hub_company SET roster = roster + 1 WHERE company_id = $1', [companyId])
    const changed = await rowsOf(client, `UPDATE hub_device SET ${set} WHERE company_id = $1 AND device_id = $2 RETURNING device_id`, [companyId, deviceId, ...(value === null ? [] : [value])])
    return changed.length > 0
  })
}

export function renameDevice(pool: pg.Pool, companyId: string, deviceId: string, name: string): Promise<boolean> {
  return changeDevice(pool, companyId, deviceId, 'name = $3', name)
}

/** From the next transaction on, whichever process runs it, nothing of this device is taken; its leases end. */
export async function revokeDevice(pool: pg.Pool, companyId: string, deviceId: string): Promise<boolean> {
  const revoked = await changeDevice(pool, companyId, deviceId, 'revoked_at = coalesce(revoked_at, now())', null)
  await rowsOf(pool, 'DELETE FROM lease WHERE company_id = $1 AND device_id = $2', [companyId, deviceId])
  return revoked
}

const SEEN = `UPDATE hub_device d SET last_seen_at = now(), cursor = x.cursor, version = x.version
FROM unnest($2::text[], $3::bigint[], $4::text[]) AS x(device_id, cursor, version) WHERE d.company_id = $1 AND d.device_id = x.device_id`

export async function sawDevices(pool: pg.Pool, companyId: string, sightings: readonly DeviceSighting[]): Promise<void> {
  // In one order, so that two processes that say it at once never wait for each other.
  const sorted = sightings.toSorted((left, right) => (left.deviceId < right.deviceId ? -1 : 1))
  await rowsOf(pool, SEEN, [companyId, sorted.map(({ deviceId }) => deviceId), sorted.map(({ cursor }) => cursor), sorted.map(({ version }) => version)])
}

export async function actorMay(pool: pg.Pool, companyId: string, actorId: string, permission: Permission): Promise<boolean> {
  const [row] = await rowsOf<{ roles: string; presence: string }>(pool, 'SELECT roles, presence FROM "user" WHERE company_id = $1 AND id = $2', [companyId, actorId])
  if (!row || row.presence === 'left') return false
  const roles = (JSON.parse(row.roles) as readonly string[]).filter((role): role is Role => role in ROLE_PERMISSIONS)
  return rolesMay(roles, permission)
}
