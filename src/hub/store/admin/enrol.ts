import type pg from 'pg'
import { newId } from '../../../shared/base/id.ts'
import type { CodeOffer, Enrolment, NewDevice } from '../../core/hubAdmin.ts'
import { SCHEMA } from '../migrations/migrate.ts'
import { inTransaction, rowsOf } from '../pool.ts'
import { findCode, spendCode } from './codes.ts'

interface CompanyRow {
  readonly epoch: string
  readonly state: string
  readonly prefixes: number
  readonly recovering_until: number | null
}

const LETTERS = 26

/** What the document numbers of the n-th workstation begin with: nothing for the first, then B, C and so on to Z, AA, AB. */
export function prefixAt(index: number): string {
  if (index === 0) return ''
  let [rest, letters] = [index, '']
  while (rest >= 0) {
    letters = String.fromCharCode(65 + (rest % LETTERS)) + letters
    rest = Math.floor(rest / LETTERS) - 1
  }
  return letters
}

async function lockCompany(client: pg.ClientBase, companyId: string): Promise<CompanyRow | undefined> {
  const [row] = await rowsOf<CompanyRow>(client, 'SELECT epoch, state, prefixes, recovering_until FROM hub_company WHERE company_id = $1 FOR UPDATE', [companyId])
  return row
}

/** A company that begins, or begins anew because its first workstation never got to the end. */
async function foundCompany(client: pg.ClientBase, companyId: string): Promise<CompanyRow | undefined> {
  await rowsOf(client, `INSERT INTO hub_company (company_id, name, epoch, min_schema, state) VALUES ($1, '', $2, $3, 'founding') ON CONFLICT (company_id) DO NOTHING`, [companyId, newId(), SCHEMA])
  const company = await lockCompany(client, companyId)
  if (company?.state !== 'founding') return undefined
  await rowsOf(client, 'DELETE FROM hub_founding WHERE company_id = $1', [companyId])
  await rowsOf(client, 'DELETE FROM hub_device WHERE company_id = $1', [companyId])
  await rowsOf(client, 'UPDATE hub_company SET prefixes = 0 WHERE company_id = $1', [companyId])
  return { ...company, prefixes: 0 }
}

const SAVE = `INSERT INTO hub_device (company_id, device_id, name, public_key, clearances, prefix, version, last_ws_seq, recovered_epoch, cursor)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, seq FROM hub_company WHERE company_id = $1
ON CONFLICT (company_id, device_id) DO UPDATE SET name = excluded.name, public_key = excluded.public_key, clearances = excluded.clearances, version = excluded.version, revoked_at = NULL
RETURNING prefix, last_ws_seq`

/** A device that the hub knows keeps its prefix and its place; a new one gets a prefix that nobody ever had. */
async function saveDevice(client: pg.ClientBase, companyId: string, company: CompanyRow, device: NewDevice, { clearances }: CodeOffer): Promise<{ readonly prefix: string; readonly lastWsSeq: number }> {
  // One that belonged to the company before the hub was restored still has something to give back.
  const owes = company.recovering_until !== null && device.companyId === companyId
  const values = [companyId, device.deviceId, device.name, device.publicKey, clearances.join(','), prefixAt(company.prefixes), device.version, device.companyId === companyId ? (device.lastWsSeq ?? 0) : 0, owes ? '' : company.epoch]
  const [row] = await rowsOf<{ prefix: string; last_ws_seq: number }>(client, SAVE, values)
  const prefix = row?.prefix ?? ''
  await rowsOf(client, 'UPDATE hub_company SET roster = roster + 1, prefixes = prefixes + $2 WHERE company_id = $1', [companyId, prefix === prefixAt(company.prefixes) ? 1 : 0])
  return { prefix, lastWsSeq: row?.last_ws_seq ?? 0 }
}

export function enrol(pool: pg.Pool, device: NewDevice): Promise<Enrolment> {
  return inTransaction(pool, async (client): Promise<Enrolment> => {
    const offer = await findCode(client, device.secret, true)
    if (!offer) return { kind: 'badCode' }
    const companyId = offer.companyId ?? device.companyId
    const company = await (offer.mode === 'found' ? foundCompany(client, companyId) : lockCompany(client, companyId))
    if (!company) return { kind: 'companyExists' }
    if (offer.mode === 'join' && company.state === 'founding') return { kind: 'founding' }
    const saved = await saveDevice(client, companyId, company, device, offer)
    await spendCode(client, device.secret, device.deviceId)
    return { kind: 'enrolled', mode: offer.mode, companyId, epoch: company.epoch, clearances: offer.clearances, ...saved }
  })
}
