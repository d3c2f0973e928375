import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why a file system of our own can\u2019t be made here; undefined where it can. */
export function disksMissing(): string | undefined {
  if (process.platform !== 'linux') return 'a small disk needs Linux'
  try {
    new SmallDisk(1).remove()
    return undefined
  } catch {
    return 'a small disk needs root'
  }
}

const FILLER = 'filler-'

/** A file system that is soon full. */
export class SmallDisk {
  readonly path: string
  #fillers = 0

  /** @param megabytes its size */
  constructor(megabytes: number) {
    this.path = mkdtempSync(join(tmpdir(), 'baton-small-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', this.path], { stdio: 'pipe' })
    } catch (error) {
      rmSync(this.path, { recursive: true, force: true })
      throw error
    }
  }

  /** Takes all the room that is left. */
  fill(): void {
    for (let bytes = 64 * 1024 * 1024; bytes > 512; ) {
      try {
        writeFileSync(join(this.path, `${FILLER}${this.#fillers++}`), Buffer.alloc(bytes))
      } catch {
        bytes = Math.floor(bytes / 2)
      }
    }
  }

  makeRoom(): void {
    for (const name of readdirSync(this.path)) {
      if (name.startsWith(FILLER)) rmSync(join(this.path, name))
    }
  }

  remove(): void {
    execFileSync('umount', ['-l', this.path])
    rmSync(this.path, { recursive: true, force: true })
  }
}
