import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '../../shared/base/id.ts'
import type { PhoneLine } from '../../shared/contract/methods/phone.ts'
import { phoneAccount, type PhoneAccountSettings, type SecretName, type TypedSecrets } from '../../shared/contract/methods/phoneAccounts.ts'
import { errorDetails, type Log } from '../core/log.ts'
import { SealedFile } from '../core/sealedFile.ts'
import type { SecretBox } from '../sync/deviceKey.ts'
import { AccountSecrets, accountWith, missingSecrets } from './accountSecrets.ts'
import type { LineAccount, LineState, PhoneEvent, PhonePort } from './port.ts'

const SETTINGS_FILE = 'phone.json'
const SECRETS_FILE = 'phone.key'

/** A trial ends by itself in less; this is for a telephone that says nothing at all. */
const TRIAL_WITHIN_MS = 15_000

export type Tried = Pick<Extract<PhoneEvent, { kind: 'tried' }>, 'ready' | 'sentence'>

interface AccountParts {
  readonly phone: PhonePort
  /** The data folder, or `:memory:`. */
  readonly directory: string
  readonly secrets: SecretBox | null
  readonly log: Log
  readonly now: () => number
  readonly tell: (line: PhoneLine) => void
}

const NONE: PhoneAccountSettings = { kind: 'none' }
const NO_SECRETS = 'This workstation has no password for its telephone. Enter it under Settings, Phone.'

/**
 * How this workstation reaches a telephone system: the settings in a file of its data folder, the secrets sealed beside
 * it. Both are the workstation's own and go into no store, no backup and no page. The port is told at every start.
 */
export class PhoneAccount {
  readonly #parts: AccountParts
  readonly #secrets: AccountSecrets
  readonly #trials = new Map<string, (tried: Tried) => void>()
  #settings: PhoneAccountSettings = NONE
  #line: LineState
  #hindrance = ''

  constructor(parts: AccountParts) {
    this.#parts = parts
    const inFolder = (name: string): string | null => (parts.directory === ':memory:' ? null : join(parts.directory, name))
    this.#secrets = new AccountSecrets(new SealedFile(inFolder(SECRETS_FILE), parts.secrets), () => this.#settings)
    this.#line = { status: 'none', at: parts.now(), reason: '', account: '', abilities: [], doNotDisturb: false, messages: null, audio: null }
    this.#settings = this.#readSettings()
  }

  /** Tells the telephone what was set up; a workstation without one stays with the practice line. */
  async start(): Promise<void> {
    if (this.#settings.kind !== 'none') await this.#configure()
  }

  /** The line as it is now; one without its secrets is down, whatever the telephone says. */
  line(): PhoneLine {
    const { abilities, ...line } = this.#line
    if (this.#hindrance === '') return { ...line, abilities: [...abilities] }
    return { ...line, abilities: [...abilities], status: 'down', reason: this.#hindrance }
  }

  hearLine(line: LineState): void {
    this.#line = line
    this.#parts.tell(this.line())
  }

  hearTried({ attempt, ready, sentence }: Extract<PhoneEvent, { kind: 'tried' }>): void {
    this.#trials.get(attempt)?.({ ready, sentence })
    this.#trials.delete(attempt)
  }

  get settings(): PhoneAccountSettings {
    return this.#settings
  }

  /** Which secrets are kept here for the telephone that is set up. */
  async keptSecrets(): Promise<readonly SecretName[]> {
    return Object.keys(await this.#secrets.keptFor(this.#settings)) as readonly SecretName[]
  }

  /** What would be missing with these settings: neither typed nor kept for this very system. */
  async missing(settings: PhoneAccountSettings, typed: TypedSecrets): Promise<readonly SecretName[]> {
    return missingSecrets(settings, { ...(await this.#secrets.keptFor(settings)), ...typed })
  }

  /** @param typed what is not among them stays as it is kept for the same system */
  async save(settings: PhoneAccountSettings, typed: TypedSecrets): Promise<void> {
    await this.#secrets.keep(settings, typed)
    this.#writeSettings(settings)
    this.#settings = settings
    await this.#configure()
  }

  async forgetSecrets(): Promise<void> {
    this.#secrets.forget()
    await this.#configure()
  }

  /** Reaches the system for a moment; nothing is kept. @param typed what is not among them is taken from what is kept for it */
  async tryOut(settings: PhoneAccountSettings, typed: TypedSecrets): Promise<Tried> {
    if (settings.kind === 'none') return { ready: true, sentence: 'Without a telephone there is nothing to try. The practice line is always there.' }
    const account = accountWith(settings, { ...(await this.#secrets.keptFor(settings)), ...typed })
    if (account === null) return { ready: false, sentence: NO_SECRETS }
    if (this.#listensHere(settings)) return { ready: true, sentence: `Baton listens at port ${settings.listenPort} already, with what was saved. What is typed here holds once it is saved.` }
    const attempt = newId()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.hearTried({ kind: 'tried', attempt, ready: false, sentence: 'The telephone did not answer. Try again.' }), TRIAL_WITHIN_MS)
      this.#trials.set(attempt, (tried) => {
        clearTimeout(timer)
        resolve(tried)
      })
      this.#parts.phone.send({ kind: 'tryAccount', account, attempt })
    })
  }

  async #configure(): Promise<void> {
    const { phone } = this.#parts
    const account = await this.#account()
    this.#hindrance = account === null && this.#settings.kind !== 'none' ? NO_SECRETS : ''
    phone.send({ kind: 'configure', account })
    // A telephone that has nothing to say for it is still said to be without a password.
    if (this.#hindrance !== '') this.#parts.tell(this.line())
  }

  async #account(): Promise<LineAccount | null> {
    return accountWith(this.#settings, await this.#secrets.keptFor(this.#settings))
  }

  /** True where the telephone in use has the port itself: a second listener would only hear that it is taken. */
  #listensHere(tried: PhoneAccountSettings): tried is Extract<PhoneAccountSettings, { readonly listenPort: number }> {
    const inUse = this.#settings
    return 'listenPort' in tried && 'listenPort' in inUse && tried.listenPort === inUse.listenPort && this.#line.status === 'ready'
  }

  #path(): string | null {
    return this.#parts.directory === ':memory:' ? null : join(this.#parts.directory, SETTINGS_FILE)
  }

  #readSettings(): PhoneAccountSettings {
    const path = this.#path()
    if (path === null) return NONE
    try {
      // A file that somebody has changed by hand is checked like any input.
      return phoneAccount.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#parts.log.error('phone.settings', errorDetails(error))
      return NONE
    }
  }

  #writeSettings(settings: PhoneAccountSettings): void {
    const path = this.#path()
    if (path === null) return
    const unfinished = `${path}.unfinished`
    rmSync(unfinished, { force: true })
    writeFileSync(unfinished, JSON.stringify(settings), { mode: 0o600, flush: true })
    renameSync(unfinished, path)
  }
}
