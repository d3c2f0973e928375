import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Sentence } from './sentence.ts'

/** A file's name with the moment in it, so that the names' order is that of time. */
export function datedName(now: Date): string {
  return `baton-hub-${now.toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '')}.backup`
}

/**
 * Where a backup goes: the file, or a new one in the folder.
 * @param intoFolder it was asked for in a folder's words; one file that each night writes over would keep nothing
 * @throws Sentence where the folder is not there
 */
export async function backupFile(place: string, intoFolder: boolean, now: Date): Promise<string> {
  const isFolder = (await stat(place).catch(() => undefined))?.isDirectory() ?? false
  if (intoFolder && !isFolder) throw new Sentence(`There is no folder ${place}. Nothing was backed up. Make it, or see that the disk it is on is mounted, then run the command again.`)
  return isFolder ? join(place, datedName(now)) : place
}

/** Removes the oldest dated backups of the folder beyond the newest few. @returns the names of those removed */
export async function keepNewest(file: string, keep: number): Promise<readonly string[]> {
  const names = (await readdir(dirname(file))).filter((name) => /^baton-hub-[\dTZ-]+\.backup$/.test(name)).sort()
  const old = names.slice(0, -keep).filter((name) => name !== basename(file))
  for (const name of old) await rm(join(dirname(file), name), { force: true })
  return old
}
