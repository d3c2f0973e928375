import { assertNever } from '../../shared/base/assertNever.ts'
import { errorDetails, type Log } from '../core/log.ts'
import { attempt } from './attempt.ts'
import type { LineAccount, LineState, PhoneCommand, PhoneEvent, PhonePort } from './port.ts'

export interface PhoneSwitchParts {
  readonly practice: PhonePort
  /** Makes the telephone of an account. @throws a sentence where the account can't be used as it is */
  readonly open: (account: LineAccount) => PhonePort
  /** Registers with an account for a moment. */
  readonly tryOut: (account: LineAccount) => Promise<{ readonly ready: boolean; readonly sentence: string }>
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now?: () => number
}

const PRACTICE_CALL = /^practice:/
const NO_TELEPHONE = 'No telephone is set up at this workstation. Choose one under Settings, Phone.'

/** The practice line and at most one real telephone, as one: whoever steers a call need not know which of the two has it. */
export class PhoneSwitch implements PhonePort {
  readonly #parts: PhoneSwitchParts
  readonly #listeners = new Set<(event: PhoneEvent) => void>()
  #real: PhonePort | null = null
  #account = 'null'
  #line: LineState
  /** While both say what is up, their ends are not everybody's. */
  #reporting = false

  constructor(parts: PhoneSwitchParts) {
    this.#parts = parts
    this.#line = this.#noLine()
    parts.practice.listen((event) => this.#hearPractice(event))
  }

  listen(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  close(): void {
    this.#real?.close()
    this.#parts.practice.close()
    this.#listeners.clear()
  }

  send(command: PhoneCommand): void {
    switch (command.kind) {
      case 'configure':
        return this.#configure(command.account)
      case 'tryAccount':
        return void this.#try(command.account, command.attempt)
      case 'report':
        return this.#report()
      case 'practiceRing':
      case 'practiceDial':
      case 'practiceCutOff':
      case 'practiceSchedule':
        return this.#parts.practice.send(command)
      case 'dial':
      case 'pickUp':
      case 'doNotDisturb':
      case 'watch':
        return (this.#real ?? this.#parts.practice).send(command)
      case 'answer':
      case 'reject':
      case 'hangUp':
      case 'hold':
      case 'resume':
      case 'mute':
      case 'digits':
      case 'transfer':
      case 'consult':
      case 'completeTransfer':
      case 'conference':
      case 'record':
        if (PRACTICE_CALL.test(command.externalId)) return this.#parts.practice.send(command)
        if (this.#real) return this.#real.send(command)
        return this.#tell({ kind: 'refused', command: command.kind, externalId: command.externalId, message: NO_TELEPHONE })
      default:
        return assertNever(command, 'telephone command')
    }
  }

  #configure(account: LineAccount | null): void {
    const wanted = JSON.stringify(account)
    // The backend says it at every start of its own; a call that is up is worth more than being told twice.
    if (wanted === this.#account) return this.#tell({ kind: 'line', line: this.#line })
    this.#account = wanted
    const before = this.#real
    this.#real = null
    before?.close()
    this.#line = this.#noLine()
    if (account) this.#begin(account)
    else this.#tell({ kind: 'line', line: this.#line })
  }

  #begin(account: LineAccount): void {
    try {
      const real = this.#parts.open(account)
      this.#real = real
      real.listen((event) => {
        if (this.#real === real || event.kind === 'call') this.#hearReal(event)
      })
      this.#line = { ...this.#noLine(), status: 'connecting' }
      // Says its calls, of which there are none, and its line.
      real.send({ kind: 'report' })
    } catch (error) {
      this.#parts.log.warn('phone.account', { kind: account.kind })
      this.#line = { ...this.#noLine(), status: 'down', reason: error instanceof Error ? error.message : 'This account can\u2019t be used.' }
      this.#tell({ kind: 'line', line: this.#line })
    }
  }

  async #try(account: LineAccount, attempt: string): Promise<void> {
    try {
      this.#tell({ kind: 'tried', attempt, ...(await this.#parts.tryOut(account)) })
    } catch (error) {
      this.#tell({ kind: 'tried', attempt, ready: false, sentence: error instanceof Error ? error.message : 'This account can\u2019t be used.' })
    }
  }

  #report(): void {
    this.#reporting = true
    this.#parts.practice.send({ kind: 'report' })
    this.#real?.send({ kind: 'report' })
    this.#reporting = false
    this.#tell({ kind: 'reported' })
    this.#tell({ kind: 'line', line: this.#line })
  }

  #hearPractice(event: PhoneEvent): void {
    if (event.kind === 'reported') return
    if (event.kind === 'line' && (this.#real !== null || this.#reporting)) return
    if (event.kind === 'line') this.#line = event.line
    this.#tell(event)
  }

  #hearReal(event: PhoneEvent): void {
    if (event.kind === 'reported') return
    if (event.kind === 'line') {
      this.#line = event.line
      if (this.#reporting) return
    }
    this.#tell(event)
  }

  #noLine(): LineState {
    return { status: 'none', at: (this.#parts.now ?? Date.now)(), reason: '', account: '', abilities: ['answer', 'hangUp', 'hold', 'transfer'], doNotDisturb: false, messages: null, audio: null }
  }

  #tell(event: PhoneEvent): void {
    const { log } = this.#parts
    for (const listener of [...this.#listeners]) {
      attempt(
        () => listener(event),
        (error) => log.error('phone.listener', { kind: event.kind, ...errorDetails(error) }),
      )
    }
  }
}
