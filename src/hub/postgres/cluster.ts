import { randomBytes } from 'node:crypto'
import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Account } from './account.ts'
import { ROLE } from './connection.ts'
import { type Installation, programPath } from './find.ts'
import { runGuarded } from './guarded.ts'
import { giveTo, type Layout } from './layout.ts'
import { endLeftovers } from './leftovers.ts'
import type { PostgresLog } from './log.ts'
import { lengthOf, printedSince } from './output.ts'
import { PostgresProblem } from './problem.ts'
import { configurationText, OFFICE_SETTINGS, type Settings } from './settings.ts'

/** The version of PostgreSQL that made the cluster; undefined where there is none yet. */
export function clusterMajor({ cluster }: Layout): number | undefined {
  if (!existsSync(cluster)) return undefined
  try {
    return Number.parseInt(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10)
  } catch {
    throw new PostgresProblem(`${cluster} is not a data folder of PostgreSQL\u2019s: its PG_VERSION is missing. Nothing was changed. Put the folder back from a copy, or move it away to start with an empty one.`)
  }
}

/** The role's password; made before the cluster, so that no cluster is ever without it. */
function keepPassword({ password }: Layout): string {
  const made = randomBytes(24).toString('base64url')
  const making = `${password}.making`
  writeFileSync(making, made, { mode: 0o600, flush: true })
  renameSync(making, password)
  return made
}

/** @throws PostgresProblem where there is a cluster without its password */
export function readPassword(layout: Layout): string {
  if (existsSync(layout.password)) return readFileSync(layout.password, 'utf8').trim()
  if (!existsSync(layout.cluster)) return keepPassword(layout)
  throw new PostgresProblem(`The password of the hub\u2019s PostgreSQL is missing: ${layout.password}. The data is untouched. Put the file back from a copy of the folder.`)
}

/** Half-made clusters of starts that were broken off, a moment ago perhaps: what makes one may not have ended yet. */
async function removeHalfMade({ directory, making }: Layout, log: PostgresLog): Promise<void> {
  for (const name of readdirSync(directory).filter((each) => each.startsWith(basename(making)))) {
    await endLeftovers(join(directory, name), log)
    rmSync(join(directory, name), { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Survives a power cut: the folder's own entry is on the disk. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** What a cluster is made with. */
export interface NewCluster {
  readonly programs: Installation
  readonly account: Account | undefined
  readonly password: string
  readonly settings: Settings
}

/**
 * Makes the cluster under another name and renames it when it is whole, so that a start that was broken off leaves
 * nothing that looks like a cluster.
 */
export async function ensureCluster(layout: Layout, { programs, account, password, settings }: NewCluster, log: PostgresLog): Promise<void> {
  await removeHalfMade(layout, log)
  if (existsSync(layout.cluster)) return
  const making = `${layout.making}${randomBytes(4).toString('hex')}`
  mkdirSync(making, { mode: 0o700 })
  const passwordForInit = `${making}.password`
  writeFileSync(passwordForInit, password, { mode: 0o600 })
  if (account) for (const path of [making, passwordForInit]) giveTo(account, path)
  const printedBefore = lengthOf(layout.output)
  const words = ['-D', making, '-U', ROLE, `--pwfile=${passwordForInit}`, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--data-checksums', '--no-instructions']
  // Whoever asks for no flushing has no use for it here either.
  if (settings['fsync'] === 'off') words.push('--no-sync')
  try {
    const code = await runGuarded(programPath(programs.folder, 'initdb'), words, making, account, layout.output).ended
    if (code !== 0) throw new PostgresProblem(`The hub\u2019s PostgreSQL could not be set up in ${layout.directory}. Nothing was kept of it. PostgreSQL says: ${printedSince(layout.output, printedBefore)}`)
  } finally {
    rmSync(passwordForInit, { force: true })
  }
  appendFileSync(join(making, 'postgresql.conf'), `\n# For a small office; see the hub\u2019s manual.\n${configurationText(OFFICE_SETTINGS)}`, { flush: true })
  renameSync(making, layout.cluster)
  flushFolder(layout.directory)
  log.info('postgres.made', { version: programs.major, origin: programs.origin })
}
