import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Account, firstClosedFolder } from './account.ts'
import { PostgresProblem } from './problem.ts'

/** Where everything of one hub's PostgreSQL lies. All paths are absolute. */
export interface Layout {
  readonly directory: string
  /** PostgreSQL's own data folder. */
  readonly cluster: string
  /** A cluster is made under a name that starts with this one and renamed when it is whole. */
  readonly making: string
  /** The password of the hub's role, readable by the hub's user only. */
  readonly password: string
  /** What PostgreSQL prints. */
  readonly output: string
  /** Copies of the programs, where those that were installed can't be used in place. */
  readonly programs: string
  /** Private: the socket that PostgreSQL listens on, and the hub's claim to the folder. */
  readonly run: string
}

/** The shortest limit of a socket's path: macOS has 104 bytes with the closing zero, Linux 108. */
const SOCKET_PATH_BYTES = 103
const LONGEST_SOCKET = '.s.PGSQL.5432'

function runFolder(directory: string): string {
  const own = join(directory, 'run')
  if (process.platform === 'win32' || Buffer.byteLength(join(own, LONGEST_SOCKET)) <= SOCKET_PATH_BYTES) return own
  return `/tmp/baton-hub-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}`
}

/** The layout below `directory`, which must exist: links on the way to it are followed, so that it has one name only. */
function layoutOf(directory: string): Layout {
  const real = realpathSync(directory)
  return {
    directory: real,
    cluster: join(real, 'cluster'),
    making: join(real, 'cluster.making-'),
    password: join(real, 'password'),
    output: join(real, 'postgres.log'),
    programs: join(real, 'programs'),
    run: runFolder(real),
  }
}

/** uid that a folder belongs to; undefined where it doesn't exist. */
function ownerOf(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.uid
}

/** Makes the folders that are missing and opens only those to others: the rest is somebody's own decision. */
function makeFolders(directory: string, mode: number): void {
  const first = mkdirSync(directory, { recursive: true, mode })
  if (first === undefined) return
  const top = resolve(first)
  for (let folder = resolve(directory); folder.length >= top.length; folder = dirname(folder)) chmodSync(folder, mode)
}

/**
 * Makes the hub's folder for PostgreSQL, if need be, with a private folder for its socket.
 * @param accountFor says who PostgreSQL runs as, given the uid that the cluster belongs to
 * @throws PostgresProblem where PostgreSQL's user can't reach the folder, or it belongs to another user
 */
export function prepareFolders(directory: string, accountFor: (owner: number | undefined) => Account | undefined): { readonly layout: Layout; readonly account: Account | undefined } {
  const isRoot = process.getuid?.() === 0
  makeFolders(directory, isRoot ? 0o711 : 0o700)
  const layout = layoutOf(directory)
  const account = accountFor(ownerOf(layout.cluster))
  if (account) openWayFor(account, layout)
  refuseForeignCluster(layout)
  preparePrivateFolder(layout.run, account)
  return { layout, account }
}

function openWayFor(account: Account, { directory }: Layout): void {
  chmodSync(directory, statSync(directory).mode | 0o011)
  const closed = firstClosedFolder(directory, account)
  if (closed === undefined) return
  throw new PostgresProblem(
    `PostgreSQL doesn\u2019t run as root, so the hub runs it as ${account.name}, who may not enter ${closed}. Nothing was changed. Start the hub as an ordinary user, choose a data folder below /var/lib, or let others pass with: chmod o+x ${closed}`,
  )
}

function refuseForeignCluster({ cluster }: Layout): void {
  const uid = process.getuid?.()
  const owner = ownerOf(cluster)
  if (uid === undefined || uid === 0 || owner === undefined || owner === uid) return
  throw new PostgresProblem(`The hub\u2019s data in ${cluster} belongs to another user of this machine (uid ${owner}). Nothing was changed. Start the hub as that user, or as root.`)
}

/** Only PostgreSQL's user may enter: whoever reaches a socket could try passwords. */
function preparePrivateFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (process.platform === 'win32') return
  const found = lstatSync(folder)
  const own = process.getuid?.()
  if (!found.isDirectory() || (found.uid !== own && found.uid !== account?.uid)) {
    throw new PostgresProblem(`The hub needs ${folder} for itself, but it belongs to another user of this machine. Nothing was changed. Remove it, or choose a data folder with a shorter path.`)
  }
  if (account) giveTo(account, folder)
  chmodSync(folder, 0o700)
}

/** @throws PostgresProblem where root may not give files away, as in a container with a single user */
export function giveTo(account: Account, path: string): void {
  try {
    chownSync(path, account.uid, account.gid)
  } catch {
    throw new PostgresProblem(
      `PostgreSQL doesn\u2019t run as root, and this system doesn\u2019t let the hub hand ${path} to ${account.name}. Start the hub as an ordinary user, or set DATABASE_URL to the address of a PostgreSQL server.`,
    )
  }
}
