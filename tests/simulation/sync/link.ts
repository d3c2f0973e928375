import { FeedHole } from '../../../src/main/sync/replica.ts'
import { clearedEntry } from '../../../src/shared/sync/clearance.ts'
import type { FeedEntry, Page, PullAnswer, PushAnswer, PushedCommand } from '../../../src/shared/sync/protocol.ts'
import type { Random } from '../world.ts'
import type { BrokenRule } from './brokenRule.ts'
import type { Snapshot } from './hubBackend.ts'
import type { Scheduler } from './scheduler.ts'
import type { SimulatedHub } from './simulatedHub.ts'
import type { Weather } from './weather.ts'
import { Crash, type Workstation } from './workstation.ts'

/** An answer that is not here after so many ticks is not awaited any longer. */
const PATIENCE = 60

/** What a link needs of the office it is in. */
export interface LinkOffice {
  readonly hub: SimulatedHub
  readonly scheduler: Scheduler
  readonly random: Random
  readonly broken: BrokenRule | null
  /** Work at the hub that has to be over before time goes on. */
  readonly working: Promise<void>[]
  note(event: string): void
  problem(text: string): void
  acknowledged(workstation: Workstation, answer: Extract<PushAnswer, { kind: 'done' }>): void
  hubFell(error: unknown): void
  cloned(workstation: Workstation): void
  /** @throws FeedHole, Crash */
  takePage(workstation: Workstation, page: Page): void
}

const wired = <T>(message: T): T => JSON.parse(JSON.stringify(message)) as T

/** One workstation's line to the hub: it sends what waits, takes in pages as they come, and pulls where it missed something. */
export class Link {
  readonly workstation: Workstation
  readonly weather: Weather
  readonly #office: LinkOffice
  /** Answers to an earlier connection reach nobody. */
  #connection = 0
  #pushedAt: number | null = null
  #pulledAt: number | null = null
  #wantsPull = true

  constructor(workstation: Workstation, weather: Weather, office: LinkOffice) {
    this.workstation = workstation
    this.weather = weather
    this.#office = office
  }

  /** The line breaks and is made again: nothing that was awaited comes. */
  reconnect(): void {
    this.#connection += 1
    this.#pushedAt = null
    this.#pulledAt = null
    this.#wantsPull = true
  }

  /** There may be something that the stream did not bring. */
  lookAgain(): void {
    this.#wantsPull = true
  }

  /** One tick. @param eager nothing new is being done: whatever can be sent is */
  step(eager: boolean): void {
    this.weather.change()
    if (this.workstation.status !== 'working') return
    const { random } = this.#office
    const push = eager || random.chance(0.25)
    const pull = eager ? this.#wantsPull : random.chance(this.#wantsPull ? 0.3 : 0.02)
    if (push && this.#free(this.#pushedAt)) this.#push(eager ? 100 : 1 + random.below(25))
    if (pull && this.#free(this.#pulledAt)) this.#pull(eager ? 500 : 1 + random.below(40))
  }

  #free(since: number | null): boolean {
    return since === null || this.#office.scheduler.tick - since > PATIENCE
  }

  #carry(direction: 'up' | 'down', deliver: () => void): void {
    const connection = this.#connection
    for (const delay of this.weather.carry(direction)) {
      this.#office.scheduler.after(delay, () => {
        if (direction === 'up' || connection === this.#connection) deliver()
      })
    }
  }

  #atHub(work: () => Promise<void>): void {
    this.#office.working.push(work().catch((error: unknown) => this.#office.hubFell(error)))
  }

  #push(limit: number): void {
    const commands = this.workstation.replica.unsent(limit)
    if (commands.length === 0) return
    this.#pushedAt = this.#office.scheduler.tick
    const sent = wired(commands)
    this.#carry('up', () => this.#atHub(() => this.#pushArrives(sent)))
  }

  async #pushArrives(commands: readonly PushedCommand[]): Promise<void> {
    const { hub, broken } = this.#office
    const answer = wired(await hub.push(this.workstation.device.id, commands))
    this.#carry('down', () => this.#pushAnswered(answer.kind === 'done' && broken?.acknowledged ? { ...answer, acknowledged: broken.acknowledged(answer.acknowledged) } : answer))
  }

  #pushAnswered(answer: PushAnswer): void {
    this.#pushedAt = null
    const office = this.#office
    switch (answer.kind) {
      case 'done':
        office.acknowledged(this.workstation, answer)
        this.#survive('acknowledge', () => this.workstation.replica.acknowledge(answer.acknowledged))
        return
      case 'cloned':
        office.cloned(this.workstation)
        return
      case 'revoked':
        this.workstation.status = 'revoked'
        return
      case 'gap':
      case 'recovering':
      case 'hubTooOld':
        office.problem(`the hub answered ${JSON.stringify(answer)} to ${this.workstation.device.name}`)
    }
  }

  #pull(limit: number): void {
    const { replica, device } = this.workstation
    const epoch = this.workstation.store.sync.state()?.epoch ?? ''
    this.#pulledAt = this.#office.scheduler.tick
    this.#wantsPull = false
    const after = replica.cursor
    this.#carry('up', () =>
      this.#atHub(async () => {
        const answer = wired(await this.#office.hub.pull(device.id, epoch, after, limit))
        this.#carry('down', () => this.#pullAnswered(answer))
      }),
    )
  }

  #pullAnswered(answer: PullAnswer): void {
    this.#pulledAt = null
    switch (answer.kind) {
      case 'page':
        this.#takePage(answer.page)
        this.#wantsPull = answer.more
        return
      case 'resync':
        this.#office.note(`${this.workstation.device.name} resync ${answer.reason}`)
        this.#askForSnapshot()
        return
      case 'revoked':
        this.workstation.status = 'revoked'
    }
  }

  #askForSnapshot(): void {
    this.#pulledAt = this.#office.scheduler.tick
    this.#carry('up', () =>
      this.#atHub(async () => {
        const snapshot = wired(await this.#office.hub.snapshot(this.workstation.device))
        this.#carry('down', () => this.#takeSnapshot(snapshot))
      }),
    )
  }

  #takeSnapshot(snapshot: Snapshot): void {
    this.#pulledAt = null
    this.#wantsPull = true
    // It may have been overtaken by pages.
    if (snapshot.seq < this.workstation.replica.cursor) return
    this.#office.note(`${this.workstation.device.name} snapshot at ${snapshot.seq}`)
    this.#survive('snapshot', () => this.workstation.takeSnapshot(snapshot))
  }

  /** The hub sends what it has just decided. */
  stream(entries: readonly FeedEntry[]): void {
    const [first, last] = [entries[0], entries.at(-1)]
    if (!first || !last || this.workstation.status !== 'working') return
    const { clearances } = this.workstation.device
    const page = wired<Page>({ after: first.seq - 1, upTo: last.seq, entries: entries.map((entry) => clearedEntry(entry, clearances)) })
    this.#carry('down', () => this.#takePage(page))
  }

  #takePage(page: Page): void {
    if (this.workstation.status !== 'working') return
    const taken = this.#office.broken?.page?.(page) ?? page
    this.#survive('page', () => {
      try {
        this.#office.takePage(this.workstation, taken)
      } catch (error) {
        if (!(error instanceof FeedHole)) throw error
        this.#wantsPull = true
      }
    })
  }

  /** A workstation that falls over starts again with what it had committed. */
  #survive(what: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      this.#office.note(`${this.workstation.device.name} fell over (${what}, ${error.message})`)
      this.workstation.restart()
      this.reconnect()
    }
  }
}
