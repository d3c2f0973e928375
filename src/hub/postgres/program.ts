import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { type Account, firstClosedFolder, permits } from './account.ts'
import { type Installation, noPostgres, programPath } from './find.ts'
import type { Layout } from './layout.ts'
import type { PostgresLog } from './log.ts'
import { PostgresProblem } from './problem.ts'

interface Link {
  readonly source: string
  readonly target: string
}

/** npm archives hold no links, so the package lists those its libraries need, as paths from the package's folder. */
function linksOf(native: string): readonly Link[] {
  try {
    return JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly Link[]
  } catch {
    return []
  }
}

const inside = (native: string, path: string): string => join(native, relative('native', path))

function isComplete({ folder }: Installation): boolean {
  return linksOf(folder).every(({ target }) => existsSync(inside(folder, target)))
}

function isReachable({ folder }: Installation, account: Account | undefined): boolean {
  if (!account) return true
  const program = realpathSync(programPath(folder, 'postgres'))
  return firstClosedFolder(dirname(program), account) === undefined && permits(statSync(program), account, 5)
}

/** Headers and archives for building against PostgreSQL; running it takes none of them. */
function isNeededToRun(path: string): boolean {
  return !path.endsWith('.a') && basename(path) !== 'pgxs' && basename(path) !== 'include'
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else chmodSync(path, 0o755)
  }
}

/** Copies the programs beside the data with every link made; a copy that was broken off is made again. */
function copied(installation: Installation, layout: Layout): Installation {
  const folder = join(layout.programs, buildName(installation.folder))
  if (existsSync(folder)) return { ...installation, folder }
  const making = `${folder}.making`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(layout.programs, { recursive: true })
  cpSync(installation.folder, making, { recursive: true, verbatimSymlinks: true, filter: isNeededToRun })
  for (const link of linksOf(making)) {
    const target = inside(making, link.target)
    if (lstatSync(target, { throwIfNoEntry: false }) || !existsSync(inside(making, link.source))) continue
    symlinkSync(relative(dirname(target), inside(making, link.source)), target)
  }
  openToAll(layout.programs)
  renameSync(making, folder)
  return { ...installation, folder }
}

/** A name for this very build, so that an update of Baton brings a copy of its own. */
function buildName(native: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { readonly version: string }
  return `${version}-${process.platform}-${process.arch}`
}

/** @throws where the system can't load the program: another C library, a library that is missing */
async function tryOut({ folder }: Installation): Promise<void> {
  await promisify(execFile)(programPath(folder, 'postgres'), ['--version'])
}

/** Why none of `all` can run the cluster. */
function noneRuns(layout: Layout, all: readonly Installation[], major: number | undefined, reasons: readonly string[]): PostgresProblem {
  if (reasons.length > 0) {
    return new PostgresProblem(
      `PostgreSQL is installed, but doesn\u2019t run on this machine: ${reasons.join('; ')}. Nothing was changed. Install Debian\u2019s postgresql package, or set DATABASE_URL to the address of a PostgreSQL server.`,
    )
  }
  if (all.length === 0 || major === undefined) return noPostgres()
  const installed = all.map((each) => each.major).join(' and ')
  return new PostgresProblem(
    `The hub\u2019s data in ${layout.cluster} was made by PostgreSQL ${major}, and only ${installed} is installed here. Nothing was changed. Install PostgreSQL ${major} again, make a backup with it, and restore that into an empty folder.`,
  )
}

/**
 * Makes a PostgreSQL ready to be run by `account`, without touching the folder that it was installed into: where its
 * libraries' links are missing, or the account can't reach it, a copy beside the data is used.
 * @param all the installations to choose from, the preferred one first
 * @param major the version that made the cluster; undefined for a new one
 * @throws PostgresProblem where no PostgreSQL of that version runs here
 */
export async function preparePrograms(
  layout: Layout,
  account: Account | undefined,
  all: readonly Installation[],
  major: number | undefined,
  log: PostgresLog,
): Promise<Installation> {
  const reasons: string[] = []
  for (const installation of all.filter((each) => major === undefined || each.major === major)) {
    try {
      const usable = installation.origin === 'system' || (isComplete(installation) && isReachable(installation, account))
      const prepared = usable ? installation : copied(installation, layout)
      await tryOut(prepared)
      return prepared
    } catch (error) {
      const reason = error instanceof Error ? error.message.trim() : String(error)
      log.warn('postgres.unusable', { folder: installation.folder, reason })
      reasons.push(reason)
    }
  }
  throw noneRuns(layout, all, major, reasons)
}
