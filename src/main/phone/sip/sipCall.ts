import { assertNever } from '../../../shared/base/assertNever.ts'
import type { PhoneCommand } from '../port.ts'
import { type CallParts, guarded } from './callParts.ts'
import type { CallTale } from './callTale.ts'
import { endCauseOf, type Ending } from './causes.ts'
import type { Leg, LegEars, Offered } from './leg.ts'
import { PutThrough } from './putThrough.ts'

export type CallCommand = Extract<PhoneCommand, { kind: 'answer' | 'reject' | 'hangUp' | 'hold' | 'resume' | 'mute' | 'digits' | 'transfer' | 'consult' | 'completeTransfer' | 'conference' }>

const MEND_AGAIN_MS = 1_500

const TALKING_ONLY = 'Only a call you are talking on can be held.'
const WITH_YOU = 'Only a caller who is with you can be put through.'
const NOT_DONE = 'The other side\u2019s telephone did not agree. The call is as it was.'

/** One call: what is asked of it, what its telephone says of it, and what that makes of it. */
export class SipCall {
  readonly tale: CallTale
  readonly ears: LegEars
  readonly #parts: CallParts
  readonly #through: PutThrough
  #leg: Leg | null = null
  /** The page that had this call's words is gone: they are had back once it is answered and a page is there. */
  #stale = false
  #mending = false

  constructor(parts: CallParts) {
    this.#parts = parts
    this.tale = parts.tale
    this.#through = new PutThrough(parts, () => this.#changed(), () => this.#main())
    const early = (): void => {
      if (this.tale.state === 'dialing' && this.tale.go('early')) this.#changed()
    }
    const mediaFault = (): void => {
      this.mediaLost()
      this.mediaBack()
    }
    this.ears = guarded({ early, talk: () => this.#answered(), ended: (ending) => this.#ended(ending), mediaFault }, parts.attempt)
  }

  join(leg: Leg): void {
    this.#leg = leg
  }

  get leg(): Leg | null {
    return this.#leg
  }

  /** The peer connections of this call, for the page. */
  get pcs(): readonly number[] {
    return [this.#leg?.pc, this.#through.consultLeg?.pc].flatMap((pc) => pc ?? [])
  }

  /** Whether we wait for another telephone to be taken, and want to hear that it rings. */
  get ringsElsewhere(): boolean {
    return this.tale.state === 'early' || this.#through.consultRings
  }

  /** Never throws. */
  perform(command: CallCommand): void {
    this.#parts.attempt(command.kind, () => this.#perform(command))
  }

  #perform(command: CallCommand): void | Promise<void> {
    switch (command.kind) {
      case 'answer':
        return this.#answer(command.agentId)
      case 'reject':
        if (this.tale.state !== 'offered') return this.#refuse('reject', 'Only a ring can be rejected.')
        return this.#leg?.hangUp(480)
      case 'hangUp':
        this.#through.letGo()
        return this.#leg?.hangUp()
      case 'hold':
        return this.#hold()
      case 'resume':
        return this.#resume()
      case 'mute':
        return this.#mute(command.on)
      case 'digits':
        return this.#digits(command.digits)
      case 'transfer':
        return this.#canPutThrough('transfer') ? this.#through.transfer(command.to) : undefined
      case 'consult':
        return this.#canPutThrough('consult') ? this.#through.consult(command.to) : undefined
      case 'completeTransfer':
        return this.#through.complete()
      case 'conference':
        return this.#through.confer()
      default:
        return assertNever(command, 'command for a call')
    }
  }

  /** The page with our words is gone. The dialogue is not: the caller waits for another. */
  mediaLost(): void {
    const { state } = this.tale
    if (!this.tale.answered) {
      this.#stale = state === 'dialing' || state === 'early' || state === 'answering'
      if (state === 'dialing' || state === 'early') this.#leg?.deafen()
      return
    }
    this.#stale = true
    if (state !== 'active' && state !== 'held' && state !== 'consulting') return
    if (this.tale.go('mediaLost')) this.#changed()
  }

  /** A page is there again. */
  mediaBack(): void {
    if (this.#stale && this.tale.answered) this.#parts.attempt(null, () => this.#mend())
  }

  /** The server was away: it has to be told where we are. */
  refresh(): void {
    if (this.tale.answered && this.tale.state !== 'ended' && !this.#stale) this.#parts.attempt(null, () => this.#leg?.refresh())
  }

  /** The line is gone. Whoever is talked with is not, but a ring can be answered no more. */
  lineDropped(): void {
    this.#leg?.lineDropped()
  }

  #main(): Leg | null {
    return this.#leg
  }

  #changed(): void {
    this.#parts.say()
  }

  #refuse(command: PhoneCommand['kind'], message: string): void {
    this.#parts.refuse(command, this.tale.externalId, message)
  }

  #answer(agentId: string): void | Promise<void> {
    const { state } = this.tale
    if (state === 'recalling') return this.#resume()
    if (state !== 'offered') return this.#refuse('answer', state === 'transferring' ? 'This call rings somebody else.' : 'This call is answered already.')
    const { audio, attached } = this.#parts.bridge
    if (!attached || audio.status !== 'ready') return this.#refuse('answer', `${audio.reason} It rings on.`)
    this.answerAs(agentId)
  }

  /** Without asking whether anybody hears: for a call that takes the place of one that is up. */
  answerAs(agentId: string | null): void {
    this.tale.handledBy(agentId)
    this.tale.go('answering')
    this.#changed()
    this.#leg?.answer(this.#parts.answerHeaders)
  }

  #answered(): void {
    if (!this.tale.talk()) return
    this.#changed()
    if (!this.#stale) return
    this.mediaLost()
    if (this.#parts.bridge.attached) this.mediaBack()
  }

  #ended(ending: Omit<Ending, 'direction' | 'answered'>): void {
    this.#through.letGo()
    const cause = endCauseOf({ ...ending, direction: this.tale.direction, answered: this.tale.answered })
    if (this.tale.end(cause)) this.#changed()
  }

  async #hold(): Promise<void> {
    if (this.tale.state !== 'active' || this.tale.conference) return this.#refuse('hold', TALKING_ONLY)
    const outcome = await this.#leg?.setHold(true)
    if (outcome === 'refused') return this.#refuse('hold', NOT_DONE)
    if (outcome === 'agreed' && this.tale.hold()) this.#changed()
  }

  async #resume(): Promise<void> {
    const { state } = this.tale
    if (state !== 'held' && state !== 'consulting' && state !== 'transferring' && state !== 'recalling') return this.#refuse('resume', 'This caller is not waiting.')
    this.#through.letGo()
    const outcome = await this.#leg?.setHold(false)
    if (outcome === 'refused') return this.#refuse('resume', NOT_DONE)
    if (outcome === 'agreed' && this.tale.talk()) this.#changed()
  }

  #mute(on: boolean): void {
    if (!this.tale.answered) return this.#refuse('mute', 'Only a call that is up can be muted.')
    this.#leg?.mute(on)
    this.#through.consultLeg?.mute(on)
    this.tale.mute(on)
    this.#changed()
  }

  #digits(digits: string): void {
    if (!/^[0-9*#]{1,64}$/.test(digits)) return this.#refuse('digits', 'Only 0 to 9, * and # can be sent.')
    const leg = this.tale.state === 'consulting' ? this.#through.consultLeg : this.#leg
    if (!leg || (!leg.talks && this.tale.state !== 'early')) return this.#refuse('digits', 'Nobody is there to hear the tones.')
    leg.digits(digits)
  }

  #canPutThrough(command: 'transfer' | 'consult'): boolean {
    const { state, conference } = this.tale
    const may = !conference && (state === 'active' || state === 'held' || (command === 'transfer' && state === 'recalling'))
    if (!may) this.#refuse(command, WITH_YOU)
    return may
  }

  async #mend(): Promise<void> {
    const leg = this.#leg
    if (this.#mending || !leg || leg.over) return
    this.#mending = true
    if (this.tale.state !== 'mediaLost' && this.tale.go('mediaLost')) this.#changed()
    if (this.tale.go('renegotiating')) this.#changed()
    const outcome = await this.#offerAnew(leg)
    this.#mending = false
    if (this.tale.state === 'ended') return
    if (outcome === 'agreed') return this.#mended()
    if (this.tale.go('mediaLost')) this.#changed()
    setTimeout(() => {
      if (this.#parts.bridge.attached) this.mediaBack()
    }, MEND_AGAIN_MS).unref()
  }

  async #offerAnew(leg: Leg): Promise<Offered> {
    try {
      const [outcome] = await Promise.all([leg.mend(), this.#through.mend()])
      return outcome
    } catch (error) {
      this.#parts.attempt(null, () => Promise.reject(error))
      return 'refused'
    }
  }

  #mended(): void {
    this.#stale = false
    if (this.tale.state === 'renegotiating') {
      // What was asked for while the page was lost has come to be or not since: only the leg knows.
      if (this.#leg?.held) this.tale.hold()
      else this.tale.talk()
    }
    this.#through.mended()
    this.#changed()
  }
}
