import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { newId } from '../../shared/base/id.ts'
import type { PhoneAccountSettings, PhoneLine } from '../../shared/contract/methods/phone.ts'
import { errorDetails, type Log } from '../core/log.ts'
import { SealedFile } from '../core/sealedFile.ts'
import type { SecretBox } from '../sync/deviceKey.ts'
import type { LineState, PhoneEvent, PhonePort, SipAccount } from './port.ts'

const SETTINGS_FILE = 'phone.json'
const PASSWORD_FILE = 'phone.key'

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

// What was written here is read here; a file that somebody has changed by hand is checked like any input.
const settingsFile = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('sip'), server: z.string(), domain: z.string(), extension: z.string(), userName: z.string(), displayName: z.string(), certificate: z.string() }),
])

const NONE: PhoneAccountSettings = { kind: 'none' }
const NO_PASSWORD = 'This workstation has no password for its telephone. Enter it under Settings, Phone.'

/**
 * How this workstation reaches a telephone system: the settings in a file of its data folder, the password sealed beside
 * it. Both are the workstation's own and go into no store, no backup and no page. The port is told at every start.
 */
export class PhoneAccount {
  readonly #parts: AccountParts
  readonly #password: SealedFile
  readonly #trials = new Map<string, (tried: Tried) => void>()
  #settings: PhoneAccountSettings = NONE
  #line: LineState
  #hindrance = ''

  constructor(parts: AccountParts) {
    this.#parts = parts
    const inFolder = (name: string): string | null => (parts.directory === ':memory:' ? null : join(parts.directory, name))
    this.#password = new SealedFile(inFolder(PASSWORD_FILE), parts.secrets)
    this.#line = { status: 'none', at: parts.now(), reason: '', account: '', abilities: [], doNotDisturb: false, messages: null, audio: null }
    this.#settings = this.#readSettings()
  }

  /** Tells the telephone what was set up; a workstation without one stays with the practice line. */
  async start(): Promise<void> {
    if (this.#settings.kind !== 'none') await this.#configure()
  }

  /** The line as it is now; one without a password is down, whatever the telephone says. */
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

  async hasPassword(): Promise<boolean> {
    return (await this.#password.read()) !== null
  }

  /** @param password null keeps the one that is here */
  async save(settings: PhoneAccountSettings, password: string | null): Promise<void> {
    if (password !== null) await this.#password.write(password)
    this.#writeSettings(settings)
    this.#settings = settings
    if (settings.kind === 'none') this.#password.forget()
    await this.#configure()
  }

  async forgetPassword(): Promise<void> {
    this.#password.forget()
    await this.#configure()
  }

  /** Registers for a moment; nothing is kept. @param password null takes the one that is here */
  async tryOut(settings: PhoneAccountSettings, password: string | null): Promise<Tried> {
    if (settings.kind === 'none') return { ready: true, sentence: 'Without a telephone there is nothing to try. The practice line is always there.' }
    const secret = password ?? (await this.#password.read())
    if (secret === null) return { ready: false, sentence: NO_PASSWORD }
    const attempt = newId()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.hearTried({ kind: 'tried', attempt, ready: false, sentence: 'The telephone did not answer. Try again.' }), TRIAL_WITHIN_MS)
      this.#trials.set(attempt, (tried) => {
        clearTimeout(timer)
        resolve(tried)
      })
      this.#parts.phone.send({ kind: 'tryAccount', account: { ...settings, password: secret }, attempt })
    })
  }

  async #configure(): Promise<void> {
    const { phone } = this.#parts
    const account = await this.#account()
    this.#hindrance = account === null && this.#settings.kind !== 'none' ? NO_PASSWORD : ''
    phone.send({ kind: 'configure', account })
    // A telephone that has nothing to say for it is still said to be without a password.
    if (this.#hindrance !== '') this.#parts.tell(this.line())
  }

  async #account(): Promise<SipAccount | null> {
    if (this.#settings.kind === 'none') return null
    const password = await this.#password.read()
    return password === null ? null : { ...this.#settings, password }
  }

  #path(): string | null {
    return this.#parts.directory === ':memory:' ? null : join(this.#parts.directory, SETTINGS_FILE)
  }

  #readSettings(): PhoneAccountSettings {
    const path = this.#path()
    if (path === null) return NONE
    try {
      return settingsFile.parse(JSON.parse(readFileSync(path, 'utf8')))
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
