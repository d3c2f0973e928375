import { setTimeout as pause } from 'node:timers/promises'
import { seededRandom } from '../../simulation/random.ts'
import type { Random } from '../../simulation/world.ts'
import type { Desk } from './deskProcess.ts'
import type { FaultOffice } from './faultOffice.ts'
import { until } from './until.ts'

/** At most so many changes wait at a workstation, so that what is left at the end is sent in seconds. */
const MOST_WAITING = 30
const PACE_MS = 12

/** One in so many deaths of PostgreSQL\u2019s takes all of it; the others one process of it, from which it recovers by itself. */
const WHOLE_POSTGRES = 5

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Kills the processes of an office at work, each kind as often as is asked, all kinds at the same time. */
export class Killer {
  readonly #office: FaultOffice
  readonly #seed: number

  constructor(office: FaultOffice, seed: number) {
    this.#office = office
    this.#seed = seed
  }

  #random(kind: number): Random {
    return seededRandom(this.#seed * 100 + kind)
  }

  get #acknowledged(): number {
    return sum(this.#office.desks.map(({ acknowledgements }) => acknowledgements))
  }

  get #saved(): number {
    return sum(this.#office.desks.map(({ saved }) => saved.size))
  }

  #standing(): string {
    return `${this.#saved} saved, ${this.#acknowledged} times acknowledged\n${this.#office.desks.map(({ printed }) => printed.slice(-1500)).join('\n')}\n${this.#office.hub.log.slice(-2500)}`
  }

  async work(desk: Desk): Promise<void> {
    await desk.ask('work', { seed: this.#seed + desk.kills * 10 + this.#office.desks.indexOf(desk), most: MOST_WAITING, paceMs: PACE_MS })
  }

  /** Under load: a random number of commands after the last time, and then a moment. */
  async #underLoad(random: Random, count: () => number, most: number): Promise<void> {
    const [before, more] = [count(), 1 + random.below(most)]
    await until(() => count() >= before + more, () => `${more} more: ${this.#standing()}`)
    await pause(random.below(12))
  }

  async killDesks(times: number): Promise<void> {
    const random = this.#random(1)
    for (let time = 0; time < times; time++) {
      await this.#underLoad(random, () => this.#saved, 25)
      const desk = random.pick(this.#office.desks)
      if (!desk) return
      await desk.kill()
      await desk.start()
      await this.work(desk)
    }
  }

  async killHub(times: number): Promise<void> {
    const { hub } = this.#office
    const random = this.#random(2)
    for (let time = 0; time < times; time++) {
      await this.#underLoad(random, () => this.#acknowledged, 6)
      await hub.kill()
      await hub.start()
    }
  }

  async killPostgres(times: number): Promise<void> {
    const { hub } = this.#office
    const random = this.#random(3)
    for (let time = 0; time < times; time++) {
      await this.#underLoad(random, () => this.#acknowledged, 6)
      for (let killed = false; !killed; ) {
        await until(() => hub.postgres !== null, () => `PostgreSQL runs: ${this.#standing()}`)
        const processes = hub.postgres
        const victim = time % WHOLE_POSTGRES === 0 ? processes?.postmaster : random.pick(processes?.children ?? [])
        killed = victim !== undefined && killProcess(victim)
      }
      hub.postgresKills += 1
    }
  }
}

/** False where it was gone already. */
function killProcess(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}
