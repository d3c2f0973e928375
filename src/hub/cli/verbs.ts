import { assertNever } from '../../shared/base/assertNever.ts'
import { backupHub } from '../backup/backup.ts'
import { BackupProblem } from '../backup/format.ts'
import { readBackup } from '../backup/readBackup.ts'
import { restoreHub } from '../backup/restore.ts'
import type { PostgresLog } from '../postgres/log.ts'
import { PostgresNotices } from '../server/notices/postgresNotices.ts'
import { DEFAULT_PORT, type HubOptions, type Verb } from './options.ts'
import { verifyHub } from '../verify/verify.ts'
import { backupFile, datedName, keepNewest } from './backupFiles.ts'
import { type Database, databaseAlone, databaseToUse } from './database.ts'
import { hubAddress } from './addresses.ts'
import { invite } from './invite.ts'
import { type OpenHub, openHub, VERB_POOL } from './openHub.ts'
import type { Output } from './output.ts'
import { makeDataFolder, readLastHub } from './running.ts'
import { Sentence } from './sentence.ts'
import { join } from 'node:path'

export interface VerbContext {
  readonly options: HubOptions
  readonly output: Output
  readonly log: PostgresLog
  readonly now: () => Date
}

async function withDatabase<T>(opening: Promise<Database>, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await opening
  try {
    return await work(database)
  } finally {
    await database.stop()
  }
}

async function withHub<T>(url: string, work: (open: OpenHub) => Promise<T>): Promise<T> {
  const open = await openHub(url, VERB_POOL)
  try {
    return await work(open)
  } finally {
    await open.close()
  }
}

const day = (instant: number | null): string => (instant === null ? 'never' : new Date(instant).toISOString().slice(0, 16).replace('T', ' '))

async function inviteVerb({ options, output }: VerbContext, { url }: Database): Promise<number> {
  const last = readLastHub(options.data)
  const at = { address: options.address ?? last?.address ?? hubAddress({ scheme: options.http === 'no' ? 'https' : 'http', host: options.host, port: options.port ?? DEFAULT_PORT, address: null }), fingerprint: last?.fingerprint ?? null }
  if (!last) throw new Sentence('The hub has never run on this folder, so nobody could reach it yet. Start it first: npm run hub')
  const { code, expiresAt, company } = await withHub(url, ({ admin }) => invite(admin, options, at))
  output.say(`A code for ${company ? `another workstation of ${company.name}` : 'the first workstation of a new company'}, good once, until ${day(expiresAt)} UTC:\n\n${code}\n\nAt the workstation: Settings, Hub, and paste it.`)
  return 0
}

async function devicesVerb({ options, output, log }: VerbContext, { url }: Database): Promise<number> {
  return withHub(url, async ({ admin }) => {
    const companies = await admin.companies()
    if (companies.length === 0) output.say('There is no company here yet.')
    for (const company of companies) {
      output.say(`${company.name} (${company.id})${company.state === 'founding' ? ', its data still on its way' : ''}`)
      for (const device of await admin.devices(company.id)) {
        if (options.revoke === device.id) {
          await admin.revokeDevice(company.id, device.id)
          await tellRevoked(url, log, company.id, device.id)
        }
        const revoked = device.revokedAt ?? (options.revoke === device.id ? Date.now() : null)
        const seen = revoked === null ? `last seen ${day(device.lastSeenAt)}` : `revoked ${day(revoked)}`
        output.say(`  ${device.id}  ${device.name}  Baton ${device.version || '?'}  enrolled ${day(device.enrolledAt)}, ${seen}${device.clearances.length > 0 ? `  (${device.clearances.join(', ')})` : ''}`)
      }
    }
    const all = await Promise.all(companies.map(({ id }) => admin.devices(id)))
    if (options.revoke !== null && !all.flat().some(({ id }) => id === options.revoke)) throw new Sentence(`There is no workstation ${options.revoke}. Nothing was changed.`)
    return 0
  })
}

/** A running hub cuts its link at once. */
async function tellRevoked(url: string, log: PostgresLog, companyId: string, deviceId: string): Promise<void> {
  const notices = new PostgresNotices(url, log)
  await notices.open()
  notices.tell({ kind: 'revoked', companyId, deviceId })
  await notices.close()
}

async function verifyVerb({ output }: VerbContext, { url }: Database): Promise<number> {
  const { companies, sound } = await verifyHub(url)
  if (companies.length === 0) output.say('There is no company here yet.')
  for (const { id, name, seq, problems, checksums } of companies) {
    output.say(`${name} (${id}) at ${seq}: ${problems.length === 0 ? 'all is well' : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`}`)
    for (const problem of problems) output.say(`  ${problem}`)
    for (const [table, { rows, sum }] of Object.entries(checksums)) if (rows > 0) output.say(`  ${table.padEnd(28)} ${String(rows).padStart(8)} rows  ${sum}`)
  }
  return sound ? 0 : 1
}

/** What the disk or the database had against it, as a sentence. */
async function explained<T>(work: Promise<T>, what: string): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof BackupProblem) throw error
    throw new Sentence(`${what} (${error instanceof Error ? error.message : String(error)}). The hub\u2019s data is as it was.`)
  })
}

/** Backs up into a file and reads that to its end. */
async function backUp(url: string, file: string): Promise<number> {
  const { rows } = await explained(backupHub(url, file), `The backup could not be written to ${file}`)
  await readBackup(file)
  return rows
}

async function backupVerb({ options, output, now }: VerbContext, { url }: Database): Promise<number> {
  const file = await backupFile(options.file ?? '', options.intoFolder, now())
  output.say(`${await backUp(url, file)} rows are in ${file}, read back and whole.`)
  const removed = options.keep === null ? [] : await keepNewest(file, options.keep)
  if (removed.length > 0) output.say(`Older backups removed: ${removed.join(', ')}`)
  return 0
}

/** What stands there is put beside first; then the backup takes its place, in a new epoch for every company. */
async function restoreVerb({ options, output, now }: VerbContext, { url }: Database): Promise<number> {
  const file = options.file ?? ''
  await readBackup(file)
  const companies = await withHub(url, ({ admin }) => admin.companies())
  if (companies.length > 0) {
    if (!options.force) throw new Sentence(`This hub has data already (${companies.map(({ name }) => name).join(', ')}). Nothing was changed. To put the backup in its place: --force; what is there is backed up beside first.`)
    makeDataFolder(options.data)
    const beside = join(options.data, `before-restore-${datedName(now())}`)
    await backUp(url, beside)
    output.say(`What was there is in ${beside}`)
  }
  const { madeAt } = await explained(restoreHub(url, file, { force: true }), 'The backup could not be restored')
  output.say(`The backup of ${day(madeAt)} UTC is restored. Start the hub: npm run hub\nWorkstations notice by themselves, send again what the backup does not have, and go on. That takes up to 15 minutes where some are switched off.`)
  return 0
}

/** Runs a verb other than serve. @returns the exit code @throws Sentence, PostgresProblem */
export async function runVerb(verb: Exclude<Verb, 'serve'>, context: VerbContext): Promise<number> {
  const { options, log } = context
  const beside = (): Promise<Database> => databaseToUse(options, log)
  switch (verb) {
    case 'invite':
      return withDatabase(beside(), (database) => inviteVerb(context, database))
    case 'devices':
      return withDatabase(beside(), (database) => devicesVerb(context, database))
    case 'verify':
      return withDatabase(beside(), (database) => verifyVerb(context, database))
    case 'backup':
      return withDatabase(beside(), (database) => backupVerb(context, database))
    case 'restore':
      return withDatabase(databaseAlone(options, log), (database) => restoreVerb(context, database))
    default:
      return assertNever(verb, 'verb')
  }
}
