import { assertNever } from '../../shared/base/assertNever.ts'
import { startRecovery } from '../core/recovery.ts'
import type { PostgresLog } from '../postgres/log.ts'
import { PostgresNotices } from '../server/notices/postgresNotices.ts'
import { DEFAULT_PORT, type HubOptions, type Verb } from './options.ts'
import { backupFile, datedName, keepNewest, writeBackup } from './backup.ts'
import { type Database, databaseAlone, databaseToUse } from './database.ts'
import { hubAddress } from './addresses.ts'
import { invite } from './invite.ts'
import { type OpenHub, openHub, VERB_POOL } from './openHub.ts'
import type { Output } from './output.ts'
import { loadBackup } from './restore.ts'
import { readLastHub } from './running.ts'
import { Sentence } from './sentence.ts'
import { verifyHub } from './verify.ts'
import { join } from 'node:path'

export interface VerbContext {
  readonly options: HubOptions
  readonly output: Output
  readonly log: PostgresLog
  readonly version: string
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
  return withHub(url, async ({ admin }) => {
    const reports = await verifyHub(url, admin)
    if (reports.length === 0) output.say('There is no company here yet.')
    for (const { company, findings, sums, seq } of reports) {
      output.say(`${company.name} (${company.id}) at ${seq}: ${findings.length === 0 ? 'all is well' : `${findings.length} problems`}`)
      for (const { check, problem } of findings) output.say(`  ${check}: ${problem}`)
      for (const { table, rows, sum } of sums) output.say(`  ${table.padEnd(28)} ${String(rows).padStart(8)} rows  ${sum}`)
    }
    return reports.some(({ findings }) => findings.length > 0) ? 1 : 0
  })
}

async function backupVerb({ options, output, version, now }: VerbContext, { url }: Database): Promise<number> {
  const file = await backupFile(options.file ?? '', now())
  const { rows } = await writeBackup({ url, hubVersion: version, now: now() }, file)
  output.say(`${rows} rows are in ${file}, read back and whole.`)
  const removed = options.keep === null ? [] : await keepNewest(file, options.keep)
  if (removed.length > 0) output.say(`Older backups removed: ${removed.join(', ')}`)
  return 0
}

/** What stands there is put beside first; then the backup takes its place, in a new epoch for every company. */
async function restoreVerb({ options, output, version, now }: VerbContext, { url }: Database): Promise<number> {
  const companies = await withHub(url, ({ admin }) => admin.companies())
  if (companies.length > 0) {
    if (!options.force) throw new Sentence(`This hub has data already (${companies.map(({ name }) => name).join(', ')}). Nothing was changed. To put the backup in its place: --force; what is there is backed up beside first.`)
    const beside = join(options.data, `before-restore-${datedName(now())}`)
    await writeBackup({ url, hubVersion: version, now: now() }, beside)
    output.say(`What was there is in ${beside}`)
  }
  const { head, rows } = await loadBackup(url, options.file ?? '')
  await withHub(url, async ({ store, admin }) => {
    for (const { id, state, epoch, seq } of await admin.companies()) {
      if (state === 'active') await startRecovery(store, id, { epoch, cursor: seq + 1 }, Date.now())
    }
  })
  output.say(`The backup of ${head.at} is restored (${rows} rows). Start the hub: npm run hub\nWorkstations notice by themselves, send again what the backup does not have, and go on. That takes up to 15 minutes where some are switched off.`)
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
