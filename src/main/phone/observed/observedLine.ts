import type { Ability, CallState, ExtensionState, LineState, PhoneCommand, PhoneEvent, PhonePort, Voicemail } from '../port.ts'
import { bringSound } from '../voicemail/bringSound.ts'
import { CallBook, type Parties } from './callBook.ts'
import type { PhoneWorld } from './world.ts'

/** What an adapter is asked to do with the outside; the rest is answered here. */
export type Asked = Extract<
  PhoneCommand,
  { kind: 'answer' | 'reject' | 'hangUp' | 'hold' | 'resume' | 'mute' | 'digits' | 'transfer' | 'consult' | 'completeTransfer' | 'conference' | 'dial' | 'pickUp' | 'record' }
>
export type AskedOfCall = Extract<Asked, { externalId: string }>
export type AskedOfNone = Exclude<Asked, AskedOfCall>

interface Rule {
  readonly ability: Ability
  /** The states of the call in which it makes sense; any where absent. */
  readonly states?: readonly CallState[]
  /** Why not in the others, as a sentence. */
  readonly otherwise?: string
}

const UP: readonly CallState[] = ['active', 'held', 'consulting']
const NOT_TALKING = 'Only a call you are talking on can do that. The call is as it was.'

const RULES: Readonly<Record<Asked['kind'], Rule>> = {
  answer: { ability: 'answer', states: ['offered', 'recalling', 'transferring'], otherwise: 'This call is answered already.' },
  reject: { ability: 'reject', states: ['offered'], otherwise: 'Only a call that rings can be left to others.' },
  hangUp: { ability: 'hangUp' },
  hold: { ability: 'hold', states: ['active'], otherwise: 'Only a call you are talking on can be held.' },
  resume: { ability: 'hold', states: ['held', 'consulting', 'transferring', 'recalling'], otherwise: 'This caller is not waiting.' },
  mute: { ability: 'mute', states: UP, otherwise: NOT_TALKING },
  digits: { ability: 'digits', states: ['active', 'early'], otherwise: NOT_TALKING },
  transfer: { ability: 'transfer', states: ['active', 'held', 'recalling'], otherwise: 'Only a caller who is with you can be put through.' },
  consult: { ability: 'consult', states: ['active', 'held'], otherwise: 'Only a caller who is with you can wait while you ask somebody.' },
  completeTransfer: { ability: 'consult', states: ['consulting'], otherwise: 'Ask somebody first, then put the caller through.' },
  conference: { ability: 'conference', states: ['consulting'], otherwise: 'Ask somebody first; once they answer, all three can talk.' },
  record: { ability: 'record', states: UP, otherwise: NOT_TALKING },
  dial: { ability: 'dial' },
  pickUp: { ability: 'pickUp' },
}

const CANT = 'This telephone can\u2019t do that from Baton. Do it on the telephone itself.'
const OVER = 'This call is over.'
const AWAY = 'The telephone system can\u2019t be reached just now. Nothing was changed; use the telephone itself.'
const FAILED = 'The telephone system did not do that. The call is as it was; try again, or use the telephone itself.'

const isAsked = (command: PhoneCommand): command is Asked => command.kind in RULES
const isOfCall = (command: Asked): command is AskedOfCall => 'externalId' in command

/** The sentence where a call's number or extension is wanted and there is none. */
export const NO_EXTENSION = 'This colleague has no extension that Baton knows. Choose another, or dial their number.'

interface LineSetUp {
  /** Leads every external id. */
  readonly adapter: string
  /** As people know it: `Extension 101 at pbx.example.com`. */
  readonly account: string
  readonly abilities: readonly Ability[]
}

/**
 * What all telephones that are watched have in common: who listens, what may be asked when, and how the line is. A
 * subclass speaks with one kind of server: it tells the book what it hears, and does what it is asked.
 */
export abstract class ObservedLine implements PhonePort {
  protected readonly world: PhoneWorld
  protected readonly book: CallBook
  readonly #adapter: string
  readonly #listeners = new Set<(event: PhoneEvent) => void>()
  readonly #extensions = new Map<string, ExtensionState['state']>()
  /** What is being fetched of voicemails, and how to call it off. */
  readonly #bringing = new Map<string, () => void>()
  #line: LineState
  #closed = false

  constructor(world: PhoneWorld, { adapter, account, abilities }: LineSetUp) {
    this.world = world
    this.#adapter = adapter
    this.book = new CallBook(world, adapter, (call) => this.#tell({ kind: 'call', call }))
    this.#line = { status: 'connecting', at: world.now(), reason: '', account, abilities, doNotDisturb: false, messages: null, audio: null }
  }

  listen(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What is up goes on at the telephone; here it is over, for nobody watches it any more. */
  close(): void {
    if (this.#closed) return
    this.book.keepOnly(() => false)
    for (const [key, stop] of this.#bringing) {
      stop()
      this.#tell({ kind: 'voicemailSound', externalId: this.externalIdOf(key), state: 'failed', reason: 'The line was closed' })
    }
    this.#closed = true
    this.shutDown()
    this.#listeners.clear()
  }

  send(command: PhoneCommand): void {
    if (this.#closed) return
    if (command.kind === 'report') return this.#report()
    const externalId = 'externalId' in command ? command.externalId : null
    const refused = isAsked(command) ? this.#whyNot(command) : CANT
    if (refused !== null) return this.refuse(command.kind, externalId, refused)
    if (isAsked(command)) void this.#ask(command, externalId)
  }

  /** Does it, or says in a sentence why not. What became of the call is heard from the server, not from here. */
  protected abstract askOfCall(command: AskedOfCall, key: string): Promise<string | null>
  protected abstract askOfNone(command: AskedOfNone): Promise<string | null>
  /** Ends connections and timers. */
  protected abstract shutDown(): void

  /** What can be done with this call just now, where that is more or less than the line's abilities. */
  protected can(ability: Ability, _command: Asked): boolean {
    return this.#line.abilities.includes(ability)
  }

  protected externalIdOf(key: string): string {
    return `${this.#adapter}:${key}`
  }

  protected get closed(): boolean {
    return this.#closed
  }

  protected refuse(command: PhoneCommand['kind'], externalId: string | null, message: string): void {
    this.#tell({ kind: 'refused', command, externalId, message })
  }

  protected lineIs(status: LineState['status'], reason = ''): void {
    if (this.#closed || (this.#line.status === status && this.#line.reason === reason)) return
    this.#line = { ...this.#line, status, reason, at: this.#line.status === status ? this.#line.at : this.world.now() }
    this.#tell({ kind: 'line', line: this.#line })
  }

  protected lineHas(change: Partial<Pick<LineState, 'abilities' | 'doNotDisturb' | 'messages'>>): void {
    this.#line = { ...this.#line, ...change }
    this.#tell({ kind: 'line', line: this.#line })
  }

  /**
   * A caller spoke to the machine. The word goes out at once, for they are owed a call back; what they said follows when it is here.
   * @param bring fetches it; absent where it can't be had
   */
  protected voicemailLeft(key: string, parties: Parties, voicemail: Voicemail, bring?: () => Promise<Uint8Array>): void {
    if (this.book.state(key) === 'offered') this.book.ended(key, 'callerHungUp')
    const call = this.book.identityOf(key, parties)
    this.book.spokenIn(key)
    this.#tell({ kind: 'voicemail', call, voicemail })
    if (!bring) return
    // Told again, it may say better where what was said is to be had.
    this.#bringing.get(key)?.()
    const { externalId } = call
    const here = (sound: Uint8Array): void => {
      this.#bringing.delete(key)
      this.#tell({ kind: 'voicemail', call, voicemail: { ...voicemail, sound } })
    }
    const failed = (reason: string): void => {
      this.#bringing.delete(key)
      this.#tell({ kind: 'voicemailSound', externalId, state: 'failed', reason })
    }
    this.#tell({ kind: 'voicemailSound', externalId, state: 'fetching', reason: '' })
    this.#bringing.set(key, bringSound(this.world, bring, here, failed))
  }

  protected extensionIs(extension: string, state: ExtensionState['state']): void {
    if ((this.#extensions.get(extension) ?? 'idle') === state) return
    if (state === 'idle') this.#extensions.delete(extension)
    else this.#extensions.set(extension, state)
    this.#tell({ kind: 'extension', extension: { extension, state } })
  }

  /** True where the server is there to be asked. */
  protected get ready(): boolean {
    return this.#line.status === 'ready'
  }

  #whyNot(command: Asked): string | null {
    const { ability, states, otherwise } = RULES[command.kind]
    const needed = command.kind === 'transfer' && command.to.kind === 'number' ? 'transferToNumber' : ability
    if (!this.can(needed, command)) return CANT
    if (isOfCall(command)) {
      const key = this.book.keyOf(command.externalId)
      const state = key === null ? null : this.book.state(key)
      if (state === null) return OVER
      if (states && !states.includes(state)) return otherwise ?? CANT
    }
    return this.ready ? null : AWAY
  }

  async #ask(command: Asked, externalId: string | null): Promise<void> {
    const refused = await this.#askSafely(command)
    if (refused !== null && !this.#closed) this.refuse(command.kind, externalId, refused)
  }

  async #askSafely(command: Asked): Promise<string | null> {
    try {
      if (!isOfCall(command)) return await this.askOfNone(command)
      const key = this.book.keyOf(command.externalId)
      return key === null ? OVER : await this.askOfCall(command, key)
    } catch {
      // The line broke while it was asked: whether it was done shows when the server is back.
      return FAILED
    }
  }

  #report(): void {
    this.#tell({ kind: 'line', line: this.#line })
    for (const [extension, state] of this.#extensions) this.#tell({ kind: 'extension', extension: { extension, state } })
    this.book.sayAll()
    this.#tell({ kind: 'reported' })
  }

  #tell(event: PhoneEvent): void {
    if (this.#closed) return
    for (const listener of [...this.#listeners]) listener(event)
  }
}
