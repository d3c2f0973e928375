import type { Target } from '../port.ts'
import { type CallParts, CONSULT, dialled, guarded } from './callParts.ts'
import type { Leg, LegEars, ReferralOutcome } from './leg.ts'

const NO_TELEPHONE = 'This colleague has no extension that Baton knows. Choose another, or dial their number.'
const NOT_HELD = 'The caller could not be put on hold. The call is as it was.'

const ALREADY_OVER = 'The caller has hung up meanwhile.'

/** What was asked for and not done because the page with the sound went just then: the caller stays where they were. */
const SOUND_LOST = {
  transfer: 'The sound was lost just then, so the caller was not put through. They are still with you: put them through again once you hear them.',
  consult: 'The sound was lost just then, so nobody was asked. The caller is still with you: ask again once you hear them.',
  completeTransfer: 'The sound was lost just then, so the caller was not put through. They wait, and whoever you asked is still there: press F9 again once you hear them.',
  conference: 'The sound was lost just then, so the three of you do not talk yet. The caller waits: try again once you hear whoever you asked.',
} as const

const whomOf = (to: Target) => ({ toAgentId: to.kind === 'colleague' ? to.agentId : null, toNumber: dialled(to) })

/** Putting a caller through to somebody else: at once, or after asking them; and all three together. */
export class PutThrough {
  readonly #parts: CallParts
  readonly #changed: () => void
  readonly #main: () => Leg | null
  #consult: Leg | null = null
  #consultRings = false
  /** Which referral is under way; one that was called off has another number. */
  #referral = 0

  constructor(parts: CallParts, changed: () => void, main: () => Leg | null) {
    this.#parts = parts
    this.#changed = changed
    this.#main = main
  }

  get consultLeg(): Leg | null {
    return this.#consult
  }

  get consultRings(): boolean {
    return this.#consult !== null && this.#consultRings
  }

  /** Whoever was asked is let go, and whatever was under way is nobody's any more. */
  letGo(): void {
    this.#referral++
    const consult = this.#consult
    this.#consult = null
    consult?.hangUp()
    const { tale, bridge } = this.#parts
    if (tale.conference) {
      tale.confer(false)
      bridge.mix([])
    }
  }

  async transfer(to: Target): Promise<void> {
    const { tale } = this.#parts
    const user = dialled(to)
    if (user === null) return this.#refuse('transfer', NO_TELEPHONE)
    if (to.kind === 'colleague' && to.agentId === tale.agentId) return this.#refuse('transfer', 'The caller is with them already.')
    if ((await this.#main()?.setHold(true)) !== 'agreed') return this.#refuse('transfer', NOT_HELD)
    // Pressed twice before the hold was agreed on: once is enough.
    if (tale.state === 'transferring') return
    if (!tale.transfer(whomOf(to))) return this.#notNow('transfer')
    this.#changed()
    this.#refer(this.#parts.address(user), undefined)
  }

  async consult(to: Target): Promise<void> {
    const { tale, ask, address } = this.#parts
    const user = dialled(to)
    if (user === null) return this.#refuse('consult', NO_TELEPHONE)
    if (this.#consult) return this.#refuse('consult', 'You are asking somebody already.')
    if ((await this.#main()?.setHold(true)) !== 'agreed') return this.#refuse('consult', NOT_HELD)
    if (this.#consult) return
    if (!tale.consult(whomOf(to))) return this.#notNow('consult')
    this.#consultRings = false
    try {
      // A stranger is not told how the office names its calls.
      this.#consult = ask(address(user), to.kind === 'colleague' ? tale : null, guarded(this.#consultEars(), this.#parts.attempt))
      this.#changed()
    } catch (error) {
      tale.hold()
      this.#changed()
      throw error
    }
  }

  async complete(): Promise<void> {
    const { tale, address } = this.#parts
    const consult = this.#consult
    const { toNumber } = tale.whom
    if (consult && this.#soundIsLost()) return this.#notNow('completeTransfer')
    if (!consult || toNumber === null || (tale.state !== 'consulting' && !tale.conference)) return this.#refuse('completeTransfer', 'Ask somebody first, then put the caller through.')
    if (tale.conference) {
      tale.confer(false)
      this.#parts.bridge.mix([])
    }
    if (!tale.transfer(tale.whom)) return this.#notNow('completeTransfer')
    this.#changed()
    // Only a colleague with Baton goes on with this record; where a plain telephone has the caller, nobody would ever end it.
    if (consult.talks) return this.#refer(address(toNumber), consult, consult.answeredWith(CONSULT) === tale.externalId)
    // It only rings there: the caller is put through to the ring.
    this.#consult = null
    consult.hangUp()
    this.#refer(address(toNumber), undefined)
  }

  async confer(): Promise<void> {
    const { tale, bridge } = this.#parts
    const [main, consult] = [this.#main(), this.#consult]
    if (consult && this.#soundIsLost()) return this.#notNow('conference')
    if (!main || !consult?.talks || tale.state !== 'consulting') return this.#refuse('conference', 'Ask somebody first; once they answer, all three can talk.')
    const outcome = await main.setHold(false)
    if (outcome === 'refused') return this.#refuse('conference', 'The caller could not be taken off hold. The call is as it was.')
    if (outcome !== 'agreed' || this.#consult !== consult) return
    if (!tale.talk()) return this.#notNow('conference')
    tale.confer(true)
    bridge.mix([main.pc, consult.pc].flatMap((pc) => pc ?? []))
    this.#changed()
  }

  /** Whoever is asked is heard again after a page was lost; where they have not answered, once they have. */
  async mend(): Promise<void> {
    const consult = this.#consult
    if (consult?.talks) await consult.mend()
    else consult?.deafen()
  }

  /** The words are back after a page was lost. */
  mended(): void {
    const { tale, bridge } = this.#parts
    const [main, consult] = [this.#main(), this.#consult]
    if (!consult) return
    if (tale.conference) return bridge.mix([main?.pc, consult.pc].flatMap((pc) => pc ?? []))
    tale.consult(tale.whom)
    if (consult.talks) tale.consulted()
  }

  #soundIsLost(): boolean {
    const { state } = this.#parts.tale
    return state === 'mediaLost' || state === 'renegotiating'
  }

  /** Whoever asked hears that it did not come about: the sound went, or the caller did. */
  #notNow(command: keyof typeof SOUND_LOST): void {
    this.#refuse(command, this.#parts.tale.state === 'ended' ? ALREADY_OVER : SOUND_LOST[command])
  }

  #refuse(command: 'transfer' | 'consult' | 'completeTransfer' | 'conference', message: string): void {
    this.#parts.refuse(command, this.#parts.tale.externalId, message)
  }

  #refer(target: string, replaces: Leg | undefined, goesOn = false): void {
    const { tale, attempt } = this.#parts
    const referral = ++this.#referral
    const hear = (outcome: ReferralOutcome): void => {
      if (referral !== this.#referral || tale.state !== 'transferring') return
      if (outcome === 'taken') return this.#taken(goesOn)
      if (outcome === 'notTaken') this.#notTaken(replaces)
    }
    try {
      this.#main()?.refer(target, replaces, hear)
    } catch (error) {
      attempt(null, () => Promise.reject(error))
      hear('notTaken')
    }
  }

  /**
   * Whoever it is has the caller: both our legs are of no more use.
   * @param goesOn whether their telephone goes on with this record; a ring that was put through unasked is a call of its own there
   */
  #taken(goesOn: boolean): void {
    const { tale } = this.#parts
    if (goesOn) tale.taken()
    if (tale.end('transferred')) this.#changed()
    this.letGo()
    this.#main()?.hangUp()
  }

  #notTaken(replaces: Leg | undefined): void {
    const { tale } = this.#parts
    if (replaces) {
      this.letGo()
      tale.hold()
      this.#refuse('completeTransfer', 'The caller could not be put through. They are on hold with you.')
    } else tale.recall()
    this.#changed()
  }

  #consultEars(): LegEars {
    const { tale, attempt } = this.#parts
    return {
      early: () => {
        this.#consultRings = true
        this.#changed()
      },
      talk: () => {
        this.#consultRings = false
        if (tale.consulted()) this.#changed()
        if (this.#consult?.deaf) attempt(null, () => this.#consult?.mend())
      },
      mediaFault: () => attempt(null, () => this.#consult?.mend()),
      ended: () => {
        if (!this.#consult) return
        this.#consult = null
        if (tale.conference) {
          tale.confer(false)
          this.#parts.bridge.mix([])
          return this.#changed()
        }
        if (tale.state !== 'consulting') return
        const talked = tale.consultTalks
        tale.hold()
        if (!talked) this.#refuse('consult', 'They did not take your call. The caller is on hold with you.')
        this.#changed()
      },
    }
  }
}
