import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Asked, ServiceError } from '../../core/service.ts'
import { openStore, STORE_FILE } from '../../store/store.ts'

/** A folder name that sorts by time on every system: `2026-07-14T18-42-07`. */
function folderName(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')
}

/** Opens the copy as Baton would and asks SQLite about every page and reference. */
function verify(folder: string): readonly string[] {
  const copy = openStore(folder)
  try {
    return copy.check()
  } finally {
    copy.close()
  }
}

/**
 * Copies the store into a folder of its own under `backups` while the office works, then checks the copy.
 * @throws ServiceError where the copy could not be made or is not whole; a copy that is not whole is not kept
 */
export async function backUpNow(asked: Asked): Promise<{ readonly file: string; readonly bytes: number; readonly at: number }> {
  const { store, directory } = asked
  if (store.file === ':memory:') throw new ServiceError('backup.nowhere', 'This company is kept in memory only, so there is no file to copy.')
  const at = asked.now()
  const folder = join(directory, 'backups', folderName(at))
  const file = join(folder, STORE_FILE)
  try {
    mkdirSync(folder, { recursive: true })
    await store.backUp(file)
    const problems = verify(folder)
    if (problems.length > 0) throw new Error(problems.join(' '))
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    asked.log.error('backup.failed', { message: error instanceof Error ? error.message : String(error) })
    throw new ServiceError('backup.failed', `The backup could not be made in ${folder}, and nothing was changed. Free some space there or make the folder writable, then try again.`)
  }
  return { file, bytes: statSync(file).size, at }
}
