import { join } from 'node:path'
import { MINUTE } from '../../../shared/base/time.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { type MailSettings, mailSettingsTable } from '../../../shared/domain/mail/tables.ts'
import { SealedFile } from '../../core/sealedFile.ts'
import type { Store } from '../../store/store.ts'
import type { SecretBox } from '../../sync/deviceKey.ts'
import { compose, type OutgoingMail } from './message.ts'
import type { MailFailure } from './smtpErrors.ts'
import { PATIENCE, type Patience, type Sent, sendOverSmtp } from './smtp.ts'

const PASSWORD_FILE = 'mail.key'

/** After the server refused the password it is left alone so long, or until somebody enters another: some lock an account that knocks too often. */
const REFUSED_FOR = 15 * MINUTE

export interface MailboxParts {
  readonly store: Store
  /** The data folder, or `:memory:`. */
  readonly directory: string
  readonly secrets: SecretBox | null
  readonly now: () => number
  readonly patience?: Patience
}

/** The company's outgoing mail as this workstation can send it: the settings are the company's, the password is its own. */
export class Mailbox {
  readonly #parts: MailboxParts
  readonly #password: SealedFile
  #refused: { readonly at: number; readonly reason: string } | null = null

  constructor(parts: MailboxParts) {
    this.#parts = parts
    this.#password = new SealedFile(parts.directory === ':memory:' ? null : join(parts.directory, PASSWORD_FILE), parts.secrets)
  }

  settings(): MailSettings | null {
    return this.#parts.store.engine.run(all(mailSettingsTable))[0] ?? null
  }

  async hasPassword(): Promise<boolean> {
    return (await this.#password.read()) !== null
  }

  async savePassword(password: string): Promise<void> {
    await this.#password.write(password)
    this.#refused = null
  }

  forgetPassword(): void {
    this.#password.forget()
    this.#refused = null
  }

  /** Why this workstation can't send mail now, as a sentence; null where it can. */
  async hindrance(): Promise<string | null> {
    const settings = this.settings()
    if (!settings) return 'Baton does not know your mail server yet. A manager enters it under Settings, Mail.'
    if (settings.userName !== '' && !(await this.hasPassword())) return 'This workstation has no mail password. Enter it under Settings, Mail.'
    if (this.#refused && this.#parts.now() - this.#refused.at < REFUSED_FOR) return this.#refused.reason
    return null
  }

  /**
   * Sends a message now. It does not throw for anything the server or the line does.
   * @param allowed asked directly before the message leaves
   */
  async send(mail: OutgoingMail, allowed: () => boolean = () => true): Promise<Sent> {
    const settings = this.settings()
    if (!settings) return { kind: 'notSent', failure: { reason: (await this.hindrance()) ?? '', status: null, kind: 'server' } }
    const message = await compose(mail, settings)
    const sent = await sendOverSmtp({ ...settings, password: (await this.#password.read()) ?? '' }, mail.to, message, allowed, this.#parts.patience ?? PATIENCE)
    if (sent.kind === 'notSent') this.#noteRefusal(sent.failure)
    return sent
  }

  #noteRefusal({ kind, reason }: MailFailure): void {
    if (kind === 'signIn') this.#refused = { at: this.#parts.now(), reason }
  }
}
