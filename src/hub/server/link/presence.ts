import type { PresentPerson } from '../../../shared/sync/protocol.ts'

/** Who is at which workstation of a company, in memory: nobody misses it when the hub starts anew. */

/** A workstation that another process serves is forgotten where that process has not repeated itself for so long. */
const REMOTE_FORGOTTEN_MS = 90_000
const SOONEST_MS = 50
/** People times listeners that are told in a second, at most: everybody hears of everybody. */
const TOLD_PER_SECOND = 50_000

interface Spot {
  readonly people: readonly PresentPerson[]
  /** When another process said so (performance.now()); null for workstations of this one. */
  readonly heardAt: number | null
}

/** One company's. */
export class Presence {
  readonly #spots = new Map<string, Spot>()
  readonly #tell: (people: readonly PresentPerson[]) => number
  #timer: NodeJS.Timeout | undefined
  #listeners = 1

  /** @param tell tells all listeners of this process and says how many they are */
  constructor(tell: (people: readonly PresentPerson[]) => number) {
    this.#tell = tell
  }

  get people(): readonly PresentPerson[] {
    return [...this.#spots.values()].flatMap(({ people }) => people)
  }

  /** @param people nobody where the workstation left */
  set(deviceId: string, people: readonly PresentPerson[], from: 'here' | 'elsewhere'): void {
    const before = this.#spots.get(deviceId)
    // A workstation that came to this process is not where another one still believes it to be.
    if (from === 'elsewhere' && before?.heardAt === null) return
    if (people.length === 0) this.#spots.delete(deviceId)
    else this.#spots.set(deviceId, { people, heardAt: from === 'here' ? null : performance.now() })
    if (JSON.stringify(before?.people ?? []) !== JSON.stringify(people)) this.#changed()
  }

  /** Those at workstations of this process, to be repeated to the others. */
  get here(): readonly (readonly [deviceId: string, people: readonly PresentPerson[]])[] {
    return [...this.#spots].filter(([, { heardAt }]) => heardAt === null).map(([deviceId, { people }]) => [deviceId, people])
  }

  forgetSilent(): void {
    const before = this.#spots.size
    for (const [deviceId, { heardAt }] of [...this.#spots]) {
      if (heardAt !== null && performance.now() - heardAt > REMOTE_FORGOTTEN_MS) this.#spots.delete(deviceId)
    }
    if (this.#spots.size < before) this.#changed()
  }

  #changed(): void {
    if (this.#timer) return
    const { people } = this
    const pauseMs = Math.max(SOONEST_MS, (people.length * this.#listeners * 1000) / TOLD_PER_SECOND)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#listeners = Math.max(1, this.#tell(this.people))
    }, pauseMs)
  }

  close(): void {
    clearTimeout(this.#timer)
  }
}
