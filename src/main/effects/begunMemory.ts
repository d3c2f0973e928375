import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { DAY } from '../../shared/base/time.ts'

const begun = z.object({
  attempt: z.number(),
  /** False: it was begun, and nothing has left this workstation yet. */
  performing: z.boolean(),
  /** Of the lease that it was begun under, so that the next start can give it back instead of waiting for its end. */
  token: z.string().nullable(),
  at: z.number(),
})

export type Begun = z.output<typeof begun>

const kept = z.object({
  /** The hub's epoch when effects were last looked after; null where there was no hub, missing before the first time. */
  epoch: z.string().nullable().optional(),
  begun: z.record(z.string(), begun),
})

/** No hub has such an epoch, and it is not that of a store without one. */
const PUT_BACK_BY_HAND = 'put back'

/** Its place in the data folder. */
export const EFFECTS_FILE = 'effects.json'

/** Nobody brings back a store older than this and expects it to know what was sent. */
const KEPT_FOR = 90 * DAY

/** Directory entries survive a loss of power only once the directory itself is written; Windows has no such call and needs none. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/**
 * What this workstation has begun to do in the world, on disk before it is begun. It is beside the store and not in it:
 * a store that is put back to yesterday forgets what was sent since, and this does not.
 */
export class BegunMemory {
  readonly #path: string | null
  #kept: z.output<typeof kept>

  /** @param path null: it lasts as long as this object */
  constructor(path: string | null) {
    this.#path = path
    this.#kept = this.#read()
  }

  #read(): z.output<typeof kept> {
    if (this.#path === null) return { begun: {} }
    try {
      return kept.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
    } catch {
      // Missing or damaged: what runs under this workstation's name is then in doubt, never taken for not begun.
      return { begun: {} }
    }
  }

  #write(next: z.output<typeof kept>): void {
    if (this.#path !== null) {
      const unfinished = `${this.#path}.unfinished`
      writeFileSync(unfinished, JSON.stringify(next), { mode: 0o600, flush: true })
      renameSync(unfinished, this.#path)
      syncFolder(dirname(this.#path))
    }
    this.#kept = next
  }

  /** @throws where the disk does not take it: then nothing may be begun */
  note(effectId: string, entry: Begun): void {
    const recent = Object.entries(this.#kept.begun).filter(([, { at }]) => entry.at - at < KEPT_FOR)
    this.#write({ ...this.#kept, begun: { ...Object.fromEntries(recent), [effectId]: entry } })
  }

  of(effectId: string): Begun | undefined {
    return this.#kept.begun[effectId]
  }

  get epoch(): string | null | undefined {
    return this.#kept.epoch
  }

  /** The data was put back by hand: whatever is open in it then may have been done since, by whomever. */
  forgetHistory(): void {
    this.rememberEpoch(PUT_BACK_BY_HAND)
  }

  rememberEpoch(epoch: string | null): void {
    if (this.#kept.epoch !== epoch) this.#write({ ...this.#kept, epoch })
  }
}
