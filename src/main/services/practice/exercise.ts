import type { CallerLine, PracticeCaller } from '../../../shared/domain/practice/caller.ts'
import type { Said } from '../../../shared/domain/practice/parts.ts'
import type { PracticeStep } from '../../../shared/domain/practice/steps.ts'

/** One turn of the conversation: the caller’s, or the trainee’s with the step they said it at. */
type Turn = { readonly by: 'caller'; readonly words: string } | { readonly by: 'trainee'; readonly step: PracticeStep; readonly words: string }

/** Who practises, as the office knows them. */
export interface Trainee {
  readonly userId: string
  readonly name: string
}

/** The conversation with a scripted caller. It only goes on when the trainee says something or asks the caller to go on. */
export class Exercise {
  readonly caller: PracticeCaller
  readonly trainee: Trainee
  /** Of the result, so that an exercise that is finished twice is kept once. */
  readonly resultId: string
  /** The telephone’s own name of the call. */
  readonly externalId: string
  readonly #turns: Turn[] = []
  readonly #heard = new Set<CallerLine>()
  /** The line went dead; nobody is there any more. */
  #cutOff = false
  rung = false

  constructor(parts: { readonly caller: PracticeCaller; readonly trainee: Trainee; readonly resultId: string }) {
    this.caller = parts.caller
    this.trainee = parts.trainee
    this.resultId = parts.resultId
    this.externalId = `exercise:${parts.resultId}`
  }

  get turns(): readonly Turn[] {
    return this.#turns
  }

  get said(): readonly Said[] {
    return this.#turns.flatMap((turn) => (turn.by === 'trainee' ? [{ step: turn.step, words: turn.words }] : []))
  }

  get cutOff(): boolean {
    return this.#cutOff
  }

  /** Whether the caller still has something to say. */
  get hasMore(): boolean {
    return !this.#cutOff && this.caller.lines.some((line) => !this.#heard.has(line))
  }

  /** The call is answered: the caller begins. */
  answered(): void {
    const [opening] = this.caller.lines
    if (opening) this.#hear(opening)
  }

  /** The trainee says something; the caller answers with what belongs to that step, once. */
  say(step: PracticeStep, words: string): void {
    this.#turns.push({ by: 'trainee', step, words })
    if (this.#cutOff) return
    for (const line of this.caller.lines) if (line.answers === step) this.#hear(line)
  }

  /** The caller goes on unasked. */
  goOn(): void {
    const next = this.caller.lines.find((line) => !this.#heard.has(line))
    if (next && !this.#cutOff) this.#hear(next)
  }

  #hear(line: CallerLine): void {
    if (this.#heard.has(line)) return
    this.#heard.add(line)
    this.#turns.push({ by: 'caller', words: line.words })
    if (line.cutsOff === true) this.#cutOff = true
  }
}
