import type { Target } from '../port.ts'
import { type CallParts, dialled } from './callParts.ts'
import type { Leg, LegEars } from './leg.ts'

const NO_TELEPHONE = 'This colleague has no extension that Baton knows. Choose another, or dial their number.'
const NOT_HELD = 'The caller could not be put on hold. The call is as it was.'

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
    if (tale.state === 'transferring' || !tale.transfer(whomOf(to))) return
    this.#changed()
    await this.#refer(this.#parts.address(user), undefined)
  }

  async consult(to: Target): Promise<void> {
    const { tale, ask, address } = this.#parts
    const user = dialled(to)
    if (user === null) return this.#refuse('consult', NO_TELEPHONE)
    if (this.#consult) return this.#refuse('consult', 'You are asking somebody already.')
    if ((await this.#main()?.setHold(true)) !== 'agreed') return this.#refuse('consult', NOT_HELD)
    if (this.#consult || !tale.consult(whomOf(to))) return
    this.#consultRings = false
    this.#consult = ask(address(user), tale, this.#consultEars())
    this.#changed()
  }

  async complete(): Promise<void> {
    const { tale, address } = this.#parts
    const consult = this.#consult
    const { toNumber } = tale.whom
    if (!consult || toNumber === null || (tale.state !== 'consulting' && !tale.conference)) return this.#refuse('completeTransfer', 'Ask somebody first, then put the caller through.')
    if (tale.conference) {
      tale.confer(false)
      this.#parts.bridge.mix([])
    }
    if (!tale.transfer(tale.whom)) return
    this.#changed()
    if (consult.talks) return this.#refer(address(toNumber), consult)
    // It only rings there: the caller is put through to the ring.
    this.#consult = null
    consult.hangUp()
    await this.#refer(address(toNumber), undefined)
  }

  async confer(): Promise<void> {
    const { tale, bridge } = this.#parts
    const [main, consult] = [this.#main(), this.#consult]
    if (!main || !consult?.talks || tale.state !== 'consulting') return this.#refuse('conference', 'Ask somebody first; once they answer, all three can talk.')
    const outcome = await main.setHold(false)
    if (outcome === 'refused') return this.#refuse('conference', 'The caller could not be taken off hold. The call is as it was.')
    if (outcome !== 'agreed' || this.#consult !== consult || !tale.talk()) return
    tale.confer(true)
    bridge.mix([main.pc, consult.pc].flatMap((pc) => pc ?? []))
    this.#changed()
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

  #refuse(command: 'transfer' | 'consult' | 'completeTransfer' | 'conference', message: string): void {
    this.#parts.refuse(command, this.#parts.tale.externalId, message)
  }

  async #refer(target: string, replaces: Leg | undefined): Promise<void> {
    const referral = ++this.#referral
    const outcome = (await this.#main()?.refer(target, replaces)) ?? 'over'
    if (referral !== this.#referral || this.#parts.tale.state !== 'transferring') return
    if (outcome === 'taken') return this.#taken(replaces !== undefined)
    if (outcome === 'notTaken') this.#notTaken(replaces)
  }

  /**
   * Whoever it is has the caller: both our legs are of no more use. Only whoever was asked goes on with this record: a ring that
   * was put through unasked is a call of its own there, and nobody would ever end this one.
   */
  #taken(asked: boolean): void {
    const { tale } = this.#parts
    if (asked) tale.taken()
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
    const { tale } = this.#parts
    return {
      early: () => {
        this.#consultRings = true
        this.#changed()
      },
      talk: () => {
        this.#consultRings = false
        if (tale.consulted()) this.#changed()
      },
      mediaFault: () => void this.#consult?.mend(),
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
