import { readFileSync, type Stats, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The user of the operating system that PostgreSQL runs as, where that isn't the hub's own. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const NOBODY: Account = { name: 'nobody', uid: 65_534, gid: 65_534 }

function accounts(): readonly Account[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
      .filter((account) => account.name !== '' && account.uid > 0 && account.gid > 0)
  } catch {
    return []
  }
}

/**
 * Who PostgreSQL has to run as: it refuses to run as root.
 * @param owner uid that the cluster already belongs to, so that a user added to the machine later changes nothing
 * @returns undefined where the hub's own user will do
 */
export function accountForPostgres(owner: number | undefined): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const known = accounts()
  if (owner !== undefined && owner !== 0) return known.find(({ uid }) => uid === owner) ?? { name: `user ${owner}`, uid: owner, gid: owner }
  return known.find(({ name }) => name === 'postgres') ?? known.find(({ name }) => name === 'nobody') ?? NOBODY
}

/** Do the permission bits give `account` all of `bits` (4 read, 2 write, 1 enter)? Access lists are not looked at. */
export function permits(stats: Pick<Stats, 'uid' | 'gid' | 'mode'>, account: Account, bits: number): boolean {
  const shift = stats.uid === account.uid ? 6 : stats.gid === account.gid ? 3 : 0
  return ((stats.mode >> shift) & bits) === bits
}

/** The first folder on the way to `path`, itself included, that `account` may not enter. */
export function firstClosedFolder(path: string, account: Account): string | undefined {
  const parent = dirname(resolve(path))
  const above = parent === resolve(path) ? undefined : firstClosedFolder(parent, account)
  if (above !== undefined) return above
  return permits(statSync(path), account, 1) ? undefined : path
}
