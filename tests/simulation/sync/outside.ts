import type { HubReport } from '../../../src/hub/core/ownCommand.ts'
import type { Outcome } from '../../../src/shared/sync/protocol.ts'
import type { Random } from '../world.ts'
import type { SimulatedHub } from './simulatedHub.ts'

/** What whoever speaks from outside needs of the office. */
interface HeardOffice {
  readonly hub: SimulatedHub
  readonly random: Random
  readonly at: number
  readonly calm: boolean
  atHub(work: () => Promise<void>): void
  note(event: string): void
  problem(text: string): void
}

/** What technicians say by their links, and leads that sources send. */
export const isSaidOutside = (name: string): boolean => name.startsWith('field.') || name === 'lead.receive'

/** Something that somebody outside the office has said, and what they know became of it. */
interface Said {
  readonly report: Omit<HubReport, 'at'>
  /** What they were told; null while they say it again. */
  word: Outcome | null
  /** What the hub decided, told or not, and in which epoch. */
  decided: { readonly outcome: Outcome; readonly epoch: string } | null
}

/** A telephone that sees another epoch says again what it had said; who sent a lead does not know of epochs. */
const saysAgain = ({ report: { name } }: Said): boolean => name.startsWith('field.')

/** The page keeps what was refused for its reader and does not say it again. */
const isToldAgain = (said: Said): boolean => saysAgain(said) && said.word !== null && said.word !== 'refused'

/**
 * Whoever speaks to the hub from outside the office: technicians by their links, and those who send leads. They know nothing
 * of workstations; each says one thing after the other, and again until they have the hub's word.
 */
export class Outside {
  readonly #said: Said[] = []
  #busy = false

  say(report: Omit<HubReport, 'at'>): void {
    this.#said.push({ report, word: null, decided: null })
  }

  /** Whether somebody has yet to say something. @param epoch the hub's */
  isAtRest(epoch: string): boolean {
    return !this.#busy && this.#said.every((said) => said.word !== null && !this.#mustAgain(said, epoch))
  }

  #mustAgain(said: Said, epoch: string): boolean {
    return isToldAgain(said) && said.decided !== null && said.decided.epoch !== epoch
  }

  /** One round: what waits is said in its order, until an answer is lost or the hub is not ready. */
  tick(office: HeardOffice): void {
    const { hub, random, calm } = office
    if (this.#busy || this.#said.length === 0 || (!calm && !random.chance(0.3))) return
    // How many answers come through; drawn here, because what follows takes as long as it takes.
    const answers = calm ? Number.POSITIVE_INFINITY : random.below(6)
    const at = office.at
    this.#busy = true
    office.atHub(async () => {
      try {
        await this.#sayAll(office, at, answers, (await hub.company()).epoch)
      } finally {
        this.#busy = false
      }
    })
  }

  async #sayAll(office: HeardOffice, at: number, answers: number, epoch: string): Promise<void> {
    for (const said of this.#said) if (this.#mustAgain(said, epoch)) said.word = null
    let left = answers
    for (const said of this.#said.filter(({ word }) => word === null)) {
      const reported = await office.hub.report({ ...said.report, at })
      if (reported === 'recovering') return
      const { outcome } = reported
      const { name, commandId } = said.report
      if (said.decided?.epoch === epoch && said.decided.outcome !== outcome) office.problem(`the hub changed its word on ${name} ${commandId} from outside: ${said.decided.outcome}, then ${outcome}`)
      said.decided = { outcome, epoch }
      if (left-- <= 0) return
      said.word = outcome
      office.note(`${name} from outside is ${outcome}`)
    }
  }

  /** What was said and answered is at the hub as it was answered, unless it was restored since. @param outcomes by command id */
  problems(outcomes: ReadonlyMap<string, string>, epoch: string): readonly string[] {
    return this.#said.flatMap(({ report: { name, commandId }, word, decided }) => {
      if (word === null || decided?.epoch !== epoch) return []
      const kept = outcomes.get(commandId)
      return kept === word ? [] : [`${name} ${commandId} from outside was answered as ${word} and is ${kept ?? 'lost'}`]
    })
  }
}
