import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** The operating system's keychain: what it seals only this account of this machine can open. */
export interface SecretBox {
  /** @returns null where there is no keychain */
  seal(text: string): Promise<string | null>
  open(sealed: string): Promise<string>
}

/** The workstation's key at the hub. It is never in the store, so that no backup and no copy of the store carries it. */
export interface DeviceKey {
  /** Base64 SPKI. */
  readonly publicKey: string
  /** Ed25519 over the UTF-8 of a text; base64. */
  sign(text: string): string
}

const KEY_FILE = 'hub.key'

const keyFile = z.object({ sealed: z.boolean(), key: z.string() })

function deviceKey(privateKey: KeyObject): DeviceKey {
  return {
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64'),
  }
}

/** Keeps the key beside the store: sealed by the keychain where there is one, else readable for this account alone. */
export class DeviceKeys {
  readonly #file: string | null
  readonly #box: SecretBox | null
  #key: DeviceKey | null = null

  /** @param directory the data folder, or `:memory:`, where the key lasts as long as this object */
  constructor(directory: string, box: SecretBox | null) {
    this.#file = directory === ':memory:' ? null : join(directory, KEY_FILE)
    this.#box = box
  }

  /** A new key that is not the workstation's yet. @returns the key, and what makes it so */
  make(): { readonly key: DeviceKey; readonly keep: () => Promise<void> } {
    const { privateKey } = generateKeyPairSync('ed25519')
    const key = deviceKey(privateKey)
    return {
      key,
      keep: async () => {
        await this.#write(privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'))
        this.#key = key
      },
    }
  }

  async #write(text: string): Promise<void> {
    if (this.#file === null) return
    const sealed = (await this.#box?.seal(text)) ?? null
    const unfinished = `${this.#file}.unfinished`
    rmSync(unfinished, { force: true })
    writeFileSync(unfinished, JSON.stringify(sealed === null ? { sealed: false, key: text } : { sealed: true, key: sealed }), { mode: 0o600, flush: true })
    renameSync(unfinished, this.#file)
  }

  /** The key that this workstation enrolled with; undefined where it is gone or belongs to another machine. */
  async read(): Promise<DeviceKey | undefined> {
    if (this.#key) return this.#key
    if (this.#file === null) return undefined
    try {
      const { sealed, key } = keyFile.parse(JSON.parse(readFileSync(this.#file, 'utf8')))
      const text = sealed ? await this.#box?.open(key) : key
      if (text === undefined) return undefined
      this.#key = deviceKey(createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }))
      return this.#key
    } catch {
      return undefined
    }
  }

  forget(): void {
    this.#key = null
    if (this.#file !== null) rmSync(this.#file, { force: true })
  }
}
