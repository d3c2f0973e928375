import { join } from 'node:path'
import { all } from '../../../../shared/domain/kernel/load.ts'
import { type LeadMailbox as Settings, leadMailboxTable } from '../../../../shared/domain/leads/tables.ts'
import { companyTable } from '../../../../shared/domain/people/tables.ts'
import { SealedFile } from '../../../core/sealedFile.ts'
import type { Store } from '../../../store/store.ts'
import type { SecretBox } from '../../../sync/deviceKey.ts'

const PASSWORD_FILE = 'imap.key'

export interface LeadMailboxParts {
  readonly store: Store
  /** The data folder, or `:memory:`. */
  readonly directory: string
  readonly secrets: SecretBox | null
}

export interface Standing {
  readonly good: boolean
  readonly sentence: string
}

/** The mailbox whose emails become leads, as this workstation can watch it: the settings are the company's, the password is its own. */
export class LeadMailbox {
  readonly #parts: LeadMailboxParts
  readonly #password: SealedFile
  /** How the watching goes, as whoever watches last said. */
  #said: Standing | null = null
  #changed: () => void = () => undefined

  constructor(parts: LeadMailboxParts) {
    this.#parts = parts
    this.#password = new SealedFile(parts.directory === ':memory:' ? null : join(parts.directory, PASSWORD_FILE), parts.secrets)
  }

  settings(): Settings | null {
    return this.#parts.store.engine.run(all(leadMailboxTable))[0] ?? null
  }

  /** Hears that settings or password may be others. */
  onChange(listener: () => void): void {
    this.#changed = listener
  }

  changed(): void {
    this.#changed()
  }

  password(): Promise<string | null> {
    return this.#password.read()
  }

  async hasPassword(): Promise<boolean> {
    return (await this.#password.read()) !== null
  }

  async savePassword(password: string): Promise<void> {
    await this.#password.write(password)
    this.#changed()
  }

  forgetPassword(): void {
    this.#password.forget()
    this.#changed()
  }

  /** Why this workstation does not watch it, as a sentence; null where it may. */
  async hindrance(): Promise<string | null> {
    const settings = this.settings()
    if (!settings) return 'No mailbox is set up.'
    if (!settings.active) return 'The mailbox is not watched: it is switched off.'
    if (this.#parts.store.engine.run(all(companyTable))[0]?.phase === 'sample') return 'This is the sample company: it has no mailbox.'
    return (await this.hasPassword()) ? null : 'This workstation has no password for the mailbox, so another one watches it, or none. Enter it here.'
  }

  say(standing: Standing | null): void {
    this.#said = standing
  }

  async standing(): Promise<Standing> {
    const hindrance = await this.hindrance()
    if (hindrance !== null) return { good: false, sentence: hindrance }
    return this.#said ?? { good: false, sentence: 'The mailbox was not looked at yet.' }
  }
}
