import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Instant, IsoDay } from '../../../shared/base/time.ts'

/** One day's kept sheets. */
export interface KeptDay {
  readonly day: IsoDay
  readonly madeAt: Instant
  /** Names of files in the day's folder, the print of everybody first. */
  readonly files: readonly string[]
}

export interface SheetFile {
  readonly name: string
  readonly bytes: Uint8Array | string
}

const LIST = 'made.json'
const listShape = z.object({ madeAt: z.int(), files: z.array(z.string()) })
const DAY_FOLDER = /^\d{4}-\d{2}-\d{2}$/

/** A technician's name as part of a file's, on every system. */
export function plainName(name: string): string {
  const plain = name.normalize('NFC').replace(/[^\p{L}\p{N} .-]+/gu, ' ').replace(/\s+/g, ' ').replace(/[. ]+$/, '').trim()
  return plain === '' ? 'technician' : plain.slice(0, 60)
}

/** The day sheets that a workstation keeps as plain files, to be opened where Baton itself can't be. */
export class KeptFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** What is kept, by day. A folder that is not whole counts as none. */
  days(): readonly KeptDay[] {
    return this.#names().toSorted().flatMap((day) => this.#read(day) ?? [])
  }

  /** Puts a day's files in place of the former ones. @throws where the folder can't be written; the former ones stay */
  put(day: IsoDay, madeAt: Instant, files: readonly SheetFile[]): void {
    const fresh = join(this.path, `${day}.new`)
    const former = join(this.path, `${day}.old`)
    const place = join(this.path, day)
    rmSync(fresh, { recursive: true, force: true })
    rmSync(former, { recursive: true, force: true })
    // Addresses and gate codes: for whoever owns this data folder.
    mkdirSync(fresh, { recursive: true, mode: 0o700 })
    for (const { name, bytes } of files) writeFileSync(join(fresh, name), bytes, { mode: 0o600 })
    writeFileSync(join(fresh, LIST), JSON.stringify({ madeAt, files: files.map(({ name }) => name) }))
    if (this.#names().includes(day)) renameSync(place, former)
    renameSync(fresh, place)
    rmSync(former, { recursive: true, force: true })
  }

  /** Takes away the days before this one. */
  dropBefore(day: IsoDay): void {
    for (const name of this.#names()) if (name < day) rmSync(join(this.path, name), { recursive: true, force: true })
  }

  #names(): readonly IsoDay[] {
    try {
      return readdirSync(this.path).filter((name) => DAY_FOLDER.test(name))
    } catch {
      return []
    }
  }

  #read(day: IsoDay): KeptDay | null {
    try {
      return { day, ...listShape.parse(JSON.parse(readFileSync(join(this.path, day, LIST), 'utf8'))) }
    } catch {
      return null
    }
  }
}
