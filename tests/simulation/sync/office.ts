import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HubDevice, HubStoreFailure } from '../../../src/hub/core/hubStore.ts'
import { derivedId } from '../../../src/shared/base/id.ts'
import { DAY, HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import { COMMANDS } from '../../../src/shared/domain/commands.ts'
import { TABLES } from '../../../src/shared/domain/tables.ts'
import type { FeedEntry, FeedRow, Outcome, Page, PushAnswer } from '../../../src/shared/sync/protocol.ts'
import { drawActor } from '../drawing.ts'
import { openOffice } from '../openingDay.ts'
import { seededRandom } from '../random.ts'
import { Simulator, ZONE } from '../simulator.ts'
import { Tally } from '../tally.ts'
import type { Generator, Proposal, Random, World } from '../world.ts'
import type { BrokenRule } from './brokenRule.ts'
import type { HubBackend } from './hubBackend.ts'
import { Link, type LinkOffice } from './link.ts'
import { Scheduler } from './scheduler.ts'
import { SimulatedHub } from './simulatedHub.ts'
import { fallWithin, takeBothWays } from './trials.ts'
import { Weather } from './weather.ts'
import { Crash, Workstation } from './workstation.ts'

/** What became of a command, from the person's side and from the hub's. */
export interface Fate {
  readonly name: string
  readonly workstation: Workstation
  outcome: Outcome | null
}

export interface OfficeSettings {
  readonly seed: number
  readonly workstations: number
  readonly backend: HubBackend
  readonly broken: BrokenRule | null
}

/** Mornings before the clocks change, and one on which nothing does. */
const MORNINGS = [Date.UTC(2026, 6, 14, 13), Date.UTC(2026, 6, 14, 13), Date.UTC(2026, 2, 7, 14), Date.UTC(2026, 9, 31, 13)] as const

/** By how much a workstation's clock is off: mostly not at all; a day; the hour of a change of clocks that it missed. */
const SKEWS = [0, 0, 0, 0, DAY, -DAY, HOUR, -HOUR, 4 * MINUTE] as const

/** Commands that a person may ask the hub about instead of doing them at once; who waits for the answer does no other of them. */
const AWAITED = new Set(['batch.post', 'batch.review', 'batch.unpost'])

/**
 * Several workstations and a hub on one thread: who acts, what arrives, what is lost and who falls over is all drawn from
 * the seed.
 */
export class SyncOffice implements LinkOffice {
  readonly companyId: string
  readonly random: Random
  readonly scheduler = new Scheduler()
  readonly hub: SimulatedHub
  readonly links: Link[] = []
  readonly fates = new Map<string, Fate>()
  readonly origin = new Tally()
  readonly problems: string[] = []
  readonly working: Promise<void>[] = []
  /** Where the feed stood when a workstation was revoked, by its id. */
  readonly revoked = new Map<string, number>()
  readonly broken: BrokenRule | null
  at: number
  readonly #fingerprint = createHash('sha256')
  readonly #folders: string[] = []
  #calm = false
  #hubFell = false

  private constructor(settings: OfficeSettings, random: Random, at: number) {
    this.random = random
    this.at = at
    this.broken = settings.broken
    this.companyId = derivedId('company', 'simulated')
    this.hub = new SimulatedHub(settings.backend, this.companyId, settings.broken, (decided) => this.#stream(decided.map(({ entry }) => entry)))
  }

  /** An office on an opening day that every workstation has a copy of. */
  static async open(settings: OfficeSettings): Promise<SyncOffice> {
    const { seed, workstations, backend, broken } = settings
    let office: SyncOffice | null = null
    const opening = new Simulator(seed)
    const random = seededRandom(seed, () => office?.at ?? opening.at)
    opening.at = random.pick(MORNINGS) ?? opening.at
    openOffice(opening)
    office = new SyncOffice(settings, random, opening.at)
    const rows = TABLES.flatMap((table) => opening.engine.rows(table).map((row): FeedRow => [table.name, row.id, row]))
    const devices = Array.from({ length: workstations }, (_, index): HubDevice => ({
      id: derivedId('device', String(index)),
      name: `workstation ${index + 1}`,
      clearances: new Set(random.chance(0.7) ? (['pay', 'confidential'] as const) : []),
      prefix: index === 0 ? '' : ('ABCDEFGH'[index] ?? 'Z'),
      lastWsSeq: 0,
      revokedAt: null,
      recoveredEpoch: '',
    }))
    const epoch = await backend.found(office.companyId, devices, rows)
    for (const device of devices) {
      const skew = random.pick(SKEWS) ?? 0
      const now = (): number => office?.at ?? opening.at
      office.#connect(Workstation.join({ companyId: office.companyId, device, epoch, now, skew, broken }, rows))
    }
    return office
  }

  #connect(workstation: Workstation): void {
    this.links.push(new Link(workstation, new Weather(this.random), this))
  }

  get workstations(): readonly Workstation[] {
    return this.links.map((link) => link.workstation).filter((workstation) => workstation.status === 'working')
  }

  note(event: string): void {
    this.#fingerprint.update(`${this.scheduler.tick} ${event}\n`)
  }

  problem(text: string): void {
    this.note(text)
    this.problems.push(text)
  }

  /** The same for the same seed: everything that happened, and everything the hub wrote. */
  fingerprint(): string {
    return this.#fingerprint.copy().update(JSON.stringify(this.hub.written.map(({ entry }) => entry))).digest('hex')
  }

  /** The office as a person at this workstation sees it. */
  world(workstation: Workstation): World {
    return { rows: (table) => workstation.shown.rows(table), at: workstation.clock, zone: ZONE, random: this.random }
  }

  /** Somebody does something at a workstation. @returns whether it was accepted there; undefined where there was nothing to do */
  act(workstation: Workstation, generator: Generator): boolean | undefined {
    const proposal = generator.propose(this.world(workstation))
    // What the hub alone reports, no workstation does.
    if (!proposal || proposal.place === 'hub' || COMMANDS.get(generator.command)?.permission === 'hub.report') return undefined
    if (AWAITED.has(generator.command) && workstation.awaits) return undefined
    return this.do(workstation, generator.command, proposal)
  }

  do(workstation: Workstation, name: string, proposal: Proposal): boolean {
    this.at += this.random.chance(0.02) ? this.random.below(8) * HOUR : this.random.below(20) * MINUTE
    const commandId = this.random.id()
    const request = { name, input: proposal.input, actorId: drawActor(this.world(workstation), name, proposal), commandId }
    const awaits = COMMANDS.get(name)?.online === true || (AWAITED.has(name) && this.random.chance(0.5))
    try {
      const outcome = awaits ? workstation.runner.queue(request) : workstation.runner.run(request)
      this.note(`${workstation.device.name} ${name} ${outcome.kind}`)
      if (outcome.kind === 'parked') this.problem(`${workstation.device.name} could not place ${name} where it was done`)
      const accepted = outcome.kind === 'accepted' || outcome.kind === 'queued'
      this.origin.add(name, accepted)
      if (accepted) this.fates.set(commandId, { name, workstation, outcome: null })
      return accepted
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      this.note(`${workstation.device.name} fell over doing ${name}`)
      this.linkOf(workstation).reconnect()
      workstation.restart()
      return false
    }
  }

  linkOf(workstation: Workstation): Link {
    const link = this.links.find((candidate) => candidate.workstation === workstation)
    if (!link) throw new Error('This workstation is not in the office')
    return link
  }

  /** One tick: what is due arrives, the hub works, every line does its own. */
  async tick(): Promise<void> {
    this.scheduler.advance()
    while (this.working.length > 0) await Promise.all(this.working.splice(0))
    if (this.#hubFell) {
      this.#hubFell = false
      this.hub.restart()
      for (const link of this.links) link.reconnect()
    }
    for (const link of this.links) link.step(this.#calm)
  }

  /** Everything goes up and everything comes down. @returns whether the office came to rest */
  async settle(): Promise<boolean> {
    this.#calm = true
    for (const { weather } of this.links) weather.settle(true)
    let rested = false
    for (let tick = 0; tick < 2_000 && !rested && this.problems.length === 0; tick++) {
      await this.tick()
      if (!this.scheduler.idle) continue
      rested = await this.#atRest()
      for (const link of this.links) link.lookAgain()
    }
    for (const { weather } of this.links) weather.settle(false)
    this.#calm = false
    return rested
  }

  async #atRest(): Promise<boolean> {
    const seq = await this.hub.seq()
    return this.workstations.every(({ store, replica }) => store.journal.waiting() === 0 && replica.cursor === seq)
  }

  #stream(entries: readonly FeedEntry[]): void {
    for (const link of this.links) link.stream(entries)
  }

  acknowledged(workstation: Workstation, { acknowledged }: Extract<PushAnswer, { kind: 'done' }>): void {
    for (const { id, outcome } of acknowledged) {
      const fate = this.fates.get(id)
      if (!fate) {
        this.problem(`the hub acknowledged ${id} to ${workstation.device.name}, which nobody had done`)
        continue
      }
      if (fate.outcome !== null && fate.outcome !== outcome) this.problem(`the hub changed its word on ${fate.name} ${id}: ${fate.outcome}, then ${outcome}`)
      fate.outcome = outcome
    }
  }

  hubFell(error: unknown): void {
    if (!(error instanceof HubStoreFailure)) this.problem(`the hub could not go on: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    this.note('the hub fell over')
    this.#hubFell = true
  }

  /** Two copies of one data folder are at work: the one that the hub did not hear first is put aside. */
  cloned(workstation: Workstation): void {
    const copies = this.links.filter((link) => link.workstation.device.id === workstation.device.id)
    if (copies.length < 2) this.problem(`the hub took ${workstation.device.name} for a copy, and there is only one`)
    this.note(`${workstation.device.name} is a copy`)
    workstation.status = 'cloned'
  }

  takePage(workstation: Workstation, page: Page): void {
    const { random } = this
    if (random.chance(this.broken?.closely === true ? 0.3 : 0.015)) {
      for (const problem of takeBothWays(workstation, page)) this.problem(problem)
    } else if (random.chance(0.01)) {
      fallWithin(workstation, page, random.pick(['rows', 'cursor'] as const) ?? 'rows', (text) => this.problem(text))
    } else workstation.replica.apply(page)
  }

  /** Somebody copies a data folder and starts a second workstation on it. */
  async copy(original: Workstation): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'baton-copy-'))
    this.#folders.push(folder)
    this.note(`${original.device.name} is copied`)
    this.#connect(await Workstation.onCopy(original, folder))
  }

  close(): void {
    for (const { workstation } of this.links) workstation.close()
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true })
  }
}
