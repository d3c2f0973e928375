import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { BegunMemory, EFFECTS_FILE } from '../effects/begunMemory.ts'
import type { Services } from '../core/service.ts'
import { lockFolder } from '../store/folderLock.ts'
import { openStore, STORE_FILE } from '../store/store.ts'
import { CodedError } from './line.ts'

/** Opens a copy as Baton would, in a folder of its own, and asks whether it is whole. */
function problemsOf(file: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'baton-copy-'))
  try {
    copyFileSync(file, join(folder, STORE_FILE))
    const store = openStore(folder)
    try {
      return store.check()
    } finally {
      store.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Copies the data into one file while the office works, then opens the copy to see that it is whole.
 * @throws CodedError where the file exists or the copy is not whole
 */
export async function backUpTo(services: Services, target: string): Promise<{ readonly file: string; readonly bytes: number }> {
  const file = resolve(target)
  if (existsSync(file)) throw new CodedError({ code: 'backup.exists', message: `${file} exists already and was left as it is. Name another file.` })
  const unfinished = `${file}.unfinished`
  try {
    await services.store.backUp(unfinished)
    const problems = problemsOf(unfinished)
    if (problems.length > 0) throw new Error(problems.join(' '))
    renameSync(unfinished, file)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw new CodedError({ code: 'backup.failed', message: `The backup could not be written to ${file} (${String(error)}). Nothing was changed.` })
  }
  return { file, bytes: statSync(file).size }
}

/**
 * Puts a backup into a data folder after checking it. What stood there is kept beside it under another name.
 * @throws CodedError where the backup can't be opened or is not whole; the folder is untouched then
 */
export function restoreFrom(source: string, dataDir: string, now: number): { readonly dataDir: string; readonly replaced: string | null } {
  const file = resolve(source)
  if (!existsSync(file)) throw new CodedError({ code: 'restore.missing', message: `There is no file ${file}.` })
  let problems: readonly string[]
  try {
    problems = problemsOf(file)
  } catch (error) {
    throw new CodedError({ code: 'restore.unreadable', message: `${file} is not a backup that this Baton can open. ${dataDir} was not touched. (${error instanceof Error ? error.message : String(error)})` })
  }
  if (problems.length > 0) throw new CodedError({ code: 'restore.damaged', message: `${file} is damaged, and ${dataDir} was not touched. ${problems[0] ?? ''}` })
  const place = join(dataDir, STORE_FILE)
  const unfinished = `${place}.restoring`
  const unlock = lockFolder(dataDir)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    copyFileSync(file, unfinished)
    let replaced: string | null = null
    if (existsSync(place)) {
      replaced = `${place}.replaced-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}`
      // The log belongs to the file it was written for; left alone it would be played into the restored one.
      for (const suffix of ['-wal', '-shm', '']) {
        if (existsSync(place + suffix)) renameSync(place + suffix, replaced + suffix)
      }
    }
    // Before the old rows can be read as new: an email that is still to go in them may have gone since.
    new BegunMemory(join(dataDir, EFFECTS_FILE)).forgetHistory()
    renameSync(unfinished, place)
    return { dataDir, replaced }
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw new CodedError({ code: 'restore.failed', message: `The backup could not be put into ${dataDir} (${String(error)}). Make the folder writable, and try again.` })
  } finally {
    unlock()
  }
}
