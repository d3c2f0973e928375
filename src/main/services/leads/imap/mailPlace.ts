import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const place = z.object({ mailbox: z.string(), uidValidity: z.string(), uid: z.int().min(0) })

/** How far a mailbox was read. */
export type Place = z.output<typeof place>

/**
 * How far this workstation has read the mailbox, beside the store. Nothing hangs on it: what is read twice is the same lead, by
 * its Message-ID, so that one that is lost only costs time.
 */
export class MailPlace {
  readonly #path: string | null
  #place: Place | null

  /** @param path null: it lasts as long as this object */
  constructor(path: string | null) {
    this.#path = path
    this.#place = this.#read()
  }

  #read(): Place | null {
    if (this.#path === null) return null
    try {
      return place.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
    } catch {
      return null
    }
  }

  /** The last message read; 0 where the server has numbered the mailbox anew, or it is another one. */
  of(mailbox: string, uidValidity: string): number {
    return this.#place?.mailbox === mailbox && this.#place.uidValidity === uidValidity ? this.#place.uid : 0
  }

  note(next: Place): void {
    this.#place = next
    if (this.#path === null) return
    const unfinished = `${this.#path}.unfinished`
    writeFileSync(unfinished, JSON.stringify(next), { mode: 0o600 })
    renameSync(unfinished, this.#path)
  }
}
