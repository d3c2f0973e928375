import type { Ability, PhonePort } from '../../src/main/phone/port.ts'
import type { PhoneWorld } from '../../src/main/phone/observed/world.ts'

/** What the far end of a telephone can be made to do, so that one suite tries every adapter. Callers and numbers dialled are named by their number. */
export interface PhoneDriver {
  readonly port: PhonePort
  /** Exactly what it should say it can do. */
  readonly abilities: readonly Ability[]
  /** Leads every external id. */
  readonly adapter: string
  /** Says nothing of its line, as the practice line has none. */
  readonly lineless?: boolean
  /** Turns the clock that durations are measured by. */
  pass(milliseconds: number): void
  /** A caller rings the office and with it this telephone. */
  ring(from: string): void
  /** One who withholds their number. */
  ringWithheld(): void
  callerHangsUp(from: string): void
  /** Somebody takes the handset, where a telephone of its own stands on the desk. */
  readonly deskAnswers?: (from: string) => void
  readonly deskHangsUp?: (from: string) => void
  readonly deskRejects?: (from: string) => void
  readonly deskHolds?: (from: string) => void
  readonly deskResumes?: (from: string) => void
  /** A colleague takes the same ring. */
  readonly answeredElsewhere?: (from: string) => void
  /** Resolves when the server dials what it was told to. */
  readonly dialled?: (number: string) => Promise<void>
  /** The other end of a call that this telephone dialled. */
  readonly farEndRings?: (number: string) => void
  readonly farEndAnswers?: (number: string) => void
  readonly farEndBusy?: (number: string) => void
  /** Whoever the caller is put through to takes them. */
  readonly targetAnswers?: (from: string) => void
  /** Whoever is asked about the caller answers. */
  readonly consultedAnswers?: (from: string) => void
  /** The server says all it has said once more, in its order. */
  readonly repeats?: () => void
  /** The server says what nobody can understand. */
  readonly garbles?: () => void
  /** The server does not do what it is asked next. */
  readonly refusesNext?: () => void
  readonly serverGone?: () => Promise<void>
  readonly serverBack?: () => Promise<void>
  /** Connections, servers and timers that the adapter still holds. */
  leftBehind(): number
  stop(): Promise<void>
}

interface Due {
  readonly at: number
  readonly run: () => void
}

/** A world whose clock a test turns by hand; the wall clock is set back now and then, as machines do. */
export class TurnedWorld implements PhoneWorld {
  #monotonic = 5_000
  readonly #due = new Set<Due>()

  now = (): number => Date.UTC(2026, 6, 14, 13, 0) + Math.floor(this.#monotonic % 7_000)

  monotonic = (): number => this.#monotonic

  after = (milliseconds: number, run: () => void): (() => void) => this.schedule(milliseconds, run)

  protected schedule(milliseconds: number, run: () => void): () => void {
    const due = { at: this.#monotonic + milliseconds, run }
    this.#due.add(due)
    return () => void this.#due.delete(due)
  }

  pass(milliseconds: number): void {
    const end = this.#monotonic + milliseconds
    for (;;) {
      const next = [...this.#due].filter(({ at }) => at <= end).sort((left, right) => left.at - right.at)[0]
      if (!next) break
      this.#due.delete(next)
      this.#monotonic = Math.max(this.#monotonic, next.at)
      next.run()
    }
    this.#monotonic = end
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#due.size
  }
}
