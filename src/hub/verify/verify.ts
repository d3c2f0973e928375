import { type Checksum, checksumOf } from '../../shared/sync/checksum.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { TABLES } from '../../shared/domain/tables.ts'
import { BackupProblem } from '../backup/format.ts'
import { readVersion, SCHEMA } from '../store/migrations/migrate.ts'
import { openPool, rollBack, rowsOf } from '../store/pool.ts'
import { attachedFilesAreWhole } from './attachments.ts'
import { type Check, CheckedCompany } from './company.ts'
import { nobodyIsInTwoPlaces, visitsAreAsAssigned } from './dispatch.ts'
import { devicesStandWhereTheirCommandsDo, feedHasNoHoles, feedLeadsToTheRows } from './feed.ts'
import { invoicesAddUp, ledgerBalances, receivableIsOwed } from './money.ts'
import { numbersHaveNoHoles } from './numbers.ts'
import { promisesAreHeld, promisesEqualConditions } from './promises.ts'

const CHECKS: readonly Check[] = [
  feedHasNoHoles,
  devicesStandWhereTheirCommandsDo,
  feedLeadsToTheRows,
  ledgerBalances,
  receivableIsOwed,
  invoicesAddUp,
  numbersHaveNoHoles,
  nobodyIsInTwoPlaces,
  visitsAreAsAssigned,
  promisesEqualConditions,
  promisesAreHeld,
  attachedFilesAreWhole,
]

export interface VerifiedCompany {
  readonly id: string
  readonly name: string
  readonly epoch: string
  readonly seq: number
  /** By table: a workstation at the same place of the same epoch has the same, of the tables it may hold. */
  readonly checksums: Readonly<Record<string, Checksum>>
  /** Sentences; empty where everything is as it must be. */
  readonly problems: readonly string[]
}

export interface Verification {
  readonly companies: readonly VerifiedCompany[]
  readonly sound: boolean
}

async function checksums(company: CheckedCompany): Promise<Readonly<Record<string, Checksum>>> {
  const sums: Record<string, Checksum> = {}
  for (const table of TABLES) sums[table.name] = checksumOf((await company.rows(table)) as unknown as readonly AnyRow[])
  return sums
}

async function verifyCompany(company: CheckedCompany, known: { readonly name: string; readonly epoch: string; readonly seq: number }): Promise<VerifiedCompany> {
  const problems: string[] = []
  for (const check of CHECKS) problems.push(...(await check(company)))
  return { id: company.id, ...known, checksums: await checksums(company), problems }
}

/**
 * Checks every company of a hub, all of it at one moment while the hub works.
 * @throws BackupProblem where there is no hub of this version
 */
export async function verifyHub(url: string): Promise<Verification> {
  const pool = openPool(url, { connections: 1, name: 'baton-hub-verify' })
  try {
    const client = await pool.connect()
    try {
      const version = await readVersion(client)
      if (version?.schema !== SCHEMA) throw new BackupProblem(version ? 'This hub\u2019s database is of another version. Start the hub once, which brings it up to date, or install the version that wrote it.' : 'There is no hub in this database. Check the address.')
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      const found = await rowsOf<{ company_id: string; name: string; epoch: string; seq: number }>(client, `SELECT company_id, name, epoch, seq FROM hub_company WHERE state = 'active' ORDER BY company_id`)
      const companies: VerifiedCompany[] = []
      for (const { company_id: id, name, epoch, seq } of found) companies.push(await verifyCompany(new CheckedCompany(client, id), { name, epoch, seq }))
      return { companies, sound: companies.every(({ problems }) => problems.length === 0) }
    } finally {
      await rollBack(client)
    }
  } finally {
    await pool.end()
  }
}
