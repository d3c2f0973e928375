import { assertNever } from '../../shared/base/assertNever.ts'
import type { LinkSession } from './linkSession.ts'
import type { Line } from './linkState.ts'

/** How the line to the hub stands, since when, and what there is to say about it. */
export class LineState {
  readonly #now: () => number
  readonly #changed: () => void
  #line: Line = { kind: 'down' }
  #since: number
  /** In a sentence why it does not go on, where there is something to say. */
  problem: string | null = null
  /** The hub is taking back what it forgot: nothing of its feed is taken in meanwhile. */
  recovering = false

  /** @param now epoch milliseconds @param changed hears that something is not as it was */
  constructor(now: () => number, changed: () => void) {
    this.#now = now
    this.#changed = changed
    this.#since = now()
  }

  get line(): Line {
    return this.#line
  }

  /** Since when it is as it is, epoch milliseconds. */
  get since(): number {
    return this.#since
  }

  /** The line that is up, or null. */
  get session(): LinkSession | null {
    const line = this.#line
    switch (line.kind) {
      case 'up':
        return line.session
      case 'down':
      case 'stopped':
      case 'closed':
        return null
      default:
        return assertNever(line, 'line')
    }
  }

  become(line: Line, problem: string | null): void {
    if (this.#line.kind === 'closed') return
    if (this.#line.kind !== line.kind) this.#since = this.#now()
    this.#line = line
    this.problem = problem
    this.#changed()
  }

  /** For good, and nobody is told: the store may be closed by the time they would ask. */
  close(): void {
    this.#line = { kind: 'closed' }
  }

  /** The line is made anew, and nobody is to think that it was down. */
  makeAnew(): void {
    if (this.#line.kind === 'up') this.#line = { kind: 'down' }
  }
}
