import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { SecretBox } from '../sync/deviceKey.ts'

const sealedFile = z.object({ sealed: z.boolean(), text: z.string() })

/**
 * A secret of this workstation in a file of its own, beside the store and never in it, so that no backup, no replica and
 * no copy of the store carries it: sealed by the keychain where there is one, else readable for this account alone.
 */
export class SealedFile {
  readonly #path: string | null
  readonly #box: SecretBox | null
  #text: string | null = null

  /** @param path null: the secret lasts as long as this object */
  constructor(path: string | null, box: SecretBox | null) {
    this.#path = path
    this.#box = box
  }

  async write(text: string): Promise<void> {
    if (this.#path !== null) {
      const sealed = (await this.#box?.seal(text)) ?? null
      const unfinished = `${this.#path}.unfinished`
      rmSync(unfinished, { force: true })
      writeFileSync(unfinished, JSON.stringify(sealed === null ? { sealed: false, text } : { sealed: true, text: sealed }), { mode: 0o600, flush: true })
      renameSync(unfinished, this.#path)
    }
    this.#text = text
  }

  /** @returns null where there is none, or where it belongs to another machine or account */
  async read(): Promise<string | null> {
    if (this.#text !== null || this.#path === null) return this.#text
    try {
      const { sealed, text } = sealedFile.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
      this.#text = sealed ? ((await this.#box?.open(text)) ?? null) : text
    } catch {
      this.#text = null
    }
    return this.#text
  }

  forget(): void {
    this.#text = null
    if (this.#path !== null) rmSync(this.#path, { force: true })
  }
}
