import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HubDevice, HubStoreFailure } from '../../../src/hub/core/hubStore.ts'
import type { LogDetails } from '../../../src/main/core/log.ts'
import { ServiceError } from '../../../src/main/core/service.ts'
import { derivedId } from '../../../src/shared/base/id.ts'
import { DAY, HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import { COMMANDS } from '../../../src/shared/domain/commands.ts'
import { TABLES } from '../../../src/shared/domain/tables.ts'
import type { FeedRow, Page, PushAnswer } from '../../../src/shared/sync/protocol.ts'
import { drawActor } from '../drawing.ts'
import { openOffice } from '../openingDay.ts'
import { seededRandom } from '../random.ts'
import { Simulator, ZONE } from '../simulator.ts'
import { Tally } from '../tally.ts'
import type { Generator, Proposal, Random, World } from '../world.ts'
import type { BrokenRule } from './brokenRule.ts'
import { Clockwork } from './clockwork.ts'
import { Crash } from './diskCrashes.ts'
import type { Fate } from './fate.ts'
import type { HubBackend } from './hubBackend.ts'
import { isSaidOutside, Outside } from './outside.ts'
import { Restores } from './restores.ts'
import { Scheduler } from './scheduler.ts'
import { Shelf } from './shelf.ts'
import { SimulatedHub } from './simulatedHub.ts'
import { fallWithin, takeBothWays } from './trials.ts'
import { Weather } from './weather.ts'
import type { WireOffice } from './wireOffice.ts'
import { Workstation, type WorkstationWatch } from './workstation.ts'

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

/** What a workstation may say of itself without anything being wrong with it. */
const EXPECTED = new Set(['hub.cloned', 'hub.refused', 'rebase.wider', 'rebase.notRun'])

/** How much of what was put off is done in one tick, while people work; at the least and at the most. */
const [FEW_TURNS, MANY_TURNS] = [2, 60]

/** Ticks between two times at which the hub looks after itself. */
const CHORES = 5

/**
 * Several workstations and a hub on one thread: who acts, what arrives, what is lost and who falls over is all drawn from
 * the seed.
 */
export class SyncOffice implements WireOffice {
  readonly companyId: string
  readonly random: Random
  readonly messages = new Scheduler()
  readonly clockwork: Clockwork
  readonly hub: SimulatedHub
  readonly restores = new Restores()
  /** Whom the hub hears from outside. */
  readonly outside = new Outside()
  /** All that ever took part, copies included. */
  readonly everybody: Workstation[] = []
  readonly fates = new Map<string, Fate>()
  readonly origin = new Tally()
  readonly problems: string[] = []
  /** Where the feed stood when a workstation was revoked, by its id. */
  readonly revoked = new Map<string, number>()
  readonly broken: BrokenRule | null
  /** Somebody speaks to this office from outside. Not to all: what those say, no workstation can give back to a restored hub. */
  readonly isHeardOutside: boolean
  at: number
  calm = false
  readonly #working: Promise<void>[] = []
  readonly #fingerprint = createHash('sha256')
  readonly #folders: string[] = []
  readonly #toRestart = new Set<Workstation>()
  #hubFell = false

  private constructor({ seed, backend, broken }: OfficeSettings, random: Random, at: number) {
    this.random = random
    this.isHeardOutside = seed % 5 < 2
    this.at = at
    this.broken = broken
    this.clockwork = new Clockwork(random)
    this.companyId = derivedId('company', 'simulated')
    this.hub = new SimulatedHub({ backend, companyId: this.companyId, broken, shelf: new Shelf(random), now: () => this.clockwork.now })
  }

  /** An office on an opening day that every workstation has a copy of, but for one that is new now and then. */
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
    for (const [index, device] of devices.entries()) {
      const skew = random.pick(SKEWS) ?? 0
      const now = (): number => office?.at ?? opening.at
      const isNew = index > 0 && random.chance(0.15)
      const place = { companyId: office.companyId, device, epoch, now, skew, office, watch: office.#watch, weather: new Weather(random), broken }
      office.everybody.push(await Workstation.join(place, isNew ? null : rows))
    }
    return office
  }

  readonly #watch: WorkstationWatch = {
    takePage: (workstation, page) => this.#takePage(workstation, page),
    answered: (workstation, answer) => this.#answered(workstation, answer),
    logged: (workstation, level, event, details) => this.#logged(workstation, level, event, details),
  }

  get workstations(): readonly Workstation[] {
    return this.everybody.filter(({ status }) => status === 'working')
  }

  note(event: string): void {
    this.#fingerprint.update(`${this.messages.tick} ${event}\n`)
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
    if (!workstation.isUsable) return undefined
    const proposal = generator.propose(this.world(workstation))
    // What the hub alone reports, no workstation does.
    if (!proposal || COMMANDS.get(generator.command)?.permission === 'hub.report') return undefined
    if (proposal.place === 'hub') return isSaidOutside(generator.command) ? this.#fromOutside(workstation, generator) : undefined
    if (AWAITED.has(generator.command) && workstation.awaits) return undefined
    if (COMMANDS.get(generator.command)?.online === true && !workstation.isOnline) return undefined
    return this.do(workstation, generator.command, proposal)
  }

  /** Somebody outside says it to the hub, who knows of the office what that workstation shows, and by a clock that is right. */
  #fromOutside(workstation: Workstation, generator: Generator): boolean | undefined {
    if (!this.isHeardOutside) return undefined
    this.#passTime()
    const world = { ...this.world(workstation), at: this.at }
    const proposal = generator.propose(world)
    if (proposal?.place !== 'hub') return undefined
    this.outside.say({ commandId: this.random.id(), name: generator.command, input: proposal.input, actorId: drawActor(world, generator.command, proposal) })
    this.origin.add(generator.command, true)
    return true
  }

  #passTime(): void {
    this.at += this.random.chance(0.02) ? this.random.below(8) * HOUR : this.random.below(20) * MINUTE
  }

  do(workstation: Workstation, name: string, proposal: Proposal): boolean {
    this.#passTime()
    const commandId = this.random.id()
    const request = { name, input: proposal.input, actorId: drawActor(this.world(workstation), name, proposal), commandId }
    const awaits = (COMMANDS.get(name)?.online === true || (AWAITED.has(name) && this.random.chance(0.5))) && workstation.isOnline
    try {
      const kind = awaits ? this.#await(workstation, request) : workstation.runner.run(request).kind
      this.note(`${workstation.device.name} ${name} ${kind}`)
      if (kind === 'parked') this.problem(`${workstation.device.name} could not place ${name} where it was done`)
      const accepted = kind === 'accepted' || kind === 'queued'
      this.origin.add(name, accepted)
      if (accepted) this.fates.set(commandId, { name, workstation, outcome: null, decidedAnew: false })
      return accepted
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      this.note(`${workstation.device.name} fell over doing ${name}`)
      workstation.restart()
      return false
    }
  }

  /** Somebody waits for the hub's word on it. */
  #await(workstation: Workstation, request: Parameters<Workstation['runner']['queue']>[0] & { readonly commandId: string }): 'queued' | 'refused' {
    const { commandId, name } = request
    const answer = workstation.link.runAwaited(request)
    answer.then(
      (outcome) => this.#told(workstation, name, commandId, outcome.kind),
      (error: unknown) => {
        this.note(`${workstation.device.name} does not know of ${name}`)
        if (!(error instanceof ServiceError) || error.error.code !== 'hub.unknown') this.problem(`${workstation.device.name} waited for ${name} and was told: ${String(error)}`)
      },
    )
    return workstation.store.sync.find(commandId) ? 'queued' : 'refused'
  }

  /** What whoever waited was told is what the hub has decided; its rows are here by then. */
  #told(workstation: Workstation, name: string, commandId: string, kind: string): void {
    const fate = this.fates.get(commandId)
    if (!fate) return
    this.note(`${workstation.device.name} is told of ${name}: ${kind}`)
    const known = workstation.store.sync.find(commandId)
    if (kind !== workstation.store.sync.outcomeOf(commandId)) this.problem(`${workstation.device.name} was told that ${name} is ${kind}, and keeps that it is ${workstation.store.sync.outcomeOf(commandId)}`)
    if (kind === 'accepted' && (known?.hubSeq ?? 0) > workstation.replica.cursor) this.problem(`${workstation.device.name} was told that ${name} is done before its rows had come`)
  }

  atHub(work: () => Promise<void>): void {
    this.#working.push(
      work().catch((error: unknown) => {
        if (!(error instanceof HubStoreFailure)) this.problem(`the hub could not go on: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
        this.note('the hub fell over')
        this.#hubFell = true
      }),
    )
  }

  /** One tick: what is due arrives, the hub works, every workstation does its own. */
  async tick(): Promise<void> {
    for (const { weather } of this.everybody) weather.change()
    this.messages.advance()
    this.clockwork.advance()
    this.outside.tick(this)
    await this.#work(this.calm ? Number.POSITIVE_INFINITY : FEW_TURNS + this.random.below(MANY_TURNS))
    if (this.messages.tick % CHORES === 0) {
      this.atHub(() => this.hub.chores())
      await this.#work(0)
    }
    if (this.#hubFell) {
      this.#hubFell = false
      this.hub.restart()
    }
    for (const workstation of this.#toRestart) workstation.restart()
    this.#toRestart.clear()
  }

  /** Until nobody has anything to do any more at this tick. @param turns how much of what was put off is done */
  async #work(turns: number): Promise<void> {
    for (let left = turns; ; left--) {
      do {
        while (this.#working.length > 0) await Promise.all(this.#working.splice(0))
        await new Promise((resolve) => setImmediate(resolve))
      } while (this.#working.length > 0)
      const turn = left > 0 ? this.clockwork.turn() : undefined
      if (!turn) return
      turn()
    }
  }

  /** Everything goes up and everything comes down. @returns whether the office came to rest */
  async settle(): Promise<boolean> {
    this.#becalm(true)
    let rested = false
    for (let tick = 0; tick < 3_000 && !rested && this.problems.length === 0; tick++) {
      for (const { wire } of this.everybody) wire.mend()
      await this.tick()
      rested = this.messages.idle && this.clockwork.idle && (await this.#atRest())
    }
    this.#becalm(false)
    return rested
  }

  #becalm(calm: boolean): void {
    this.calm = calm
    for (const { weather } of this.everybody) weather.settle(calm)
  }

  async #atRest(): Promise<boolean> {
    const { seq, epoch, recoveringUntil } = await this.hub.company()
    return recoveringUntil === null && this.outside.isAtRest(epoch) && this.workstations.every((workstation) => workstation.isAtRest(seq))
  }

  #answered(workstation: Workstation, answer: PushAnswer): void {
    if (answer.kind !== 'done' && answer.kind !== 'staged') return
    for (const { id, outcome } of answer.acknowledged) {
      const fate = this.fates.get(id)
      if (!fate) {
        this.problem(`the hub acknowledged ${id} to ${workstation.device.name}, which nobody had done`)
        continue
      }
      if (fate.outcome !== null && fate.outcome !== outcome && !fate.decidedAnew) this.problem(`the hub changed its word on ${fate.name} ${id}: ${fate.outcome}, then ${outcome}`)
      fate.outcome = outcome
    }
  }

  #logged(workstation: Workstation, level: 'warn' | 'error', event: string, details: LogDetails): void {
    // It is the only thing that real time decides.
    if (event === 'transaction.slow') return
    const { name } = workstation.device
    this.note(`${name} ${event}`)
    if (event === 'hub.stopped') return this.#stopped(workstation, String(details['kind']))
    if (EXPECTED.has(event) || this.#isDiskTrouble(details)) return
    // A restored hub may not have what it had acknowledged.
    if (event === 'hub.gap' && this.restores.count > 0) return
    this.problem(`${name} says ${level} ${event} ${JSON.stringify(details)}`)
  }

  #isDiskTrouble({ stack, error }: LogDetails): boolean {
    return (error === 'rows' || error === 'cursor' || error === 'journal') && typeof stack === 'string'
  }

  #stopped(workstation: Workstation, kind: string): void {
    if (kind === 'cloned') this.#cloned(workstation)
    else if (kind === 'revoked') workstation.status = 'revoked'
    else this.problem(`${workstation.device.name} has stopped: ${kind}`)
  }

  /** Two copies of one data folder are at work: the one that the hub did not hear first is put aside. */
  #cloned(workstation: Workstation): void {
    const copies = this.everybody.filter(({ device }) => device.id === workstation.device.id)
    if (copies.length < 2) this.problem(`the hub took ${workstation.device.name} for a copy, and there is only one`)
    this.note(`${workstation.device.name} is a copy`)
    workstation.status = 'cloned'
  }

  #takePage(workstation: Workstation, page: Page): void {
    const { random } = this
    if (random.chance(this.broken?.closely === true ? 0.3 : 0.015)) {
      for (const problem of takeBothWays(workstation, page)) this.problem(problem)
    } else if (random.chance(0.01)) {
      // The process goes down with it, or lives and says that its disk is in trouble.
      if (random.chance(0.5)) this.#toRestart.add(workstation)
      fallWithin(workstation, page, random.pick(['rows', 'cursor'] as const) ?? 'rows', (text) => this.problem(text))
    } else workstation.replica.takeIn(page)
  }

  /** Somebody copies a data folder and starts a second workstation on it. */
  async copy(original: Workstation): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'baton-copy-'))
    this.#folders.push(folder)
    this.note(`${original.device.name} is copied`)
    this.everybody.push(await Workstation.onCopy(original, folder, new Weather(this.random)))
  }

  close(): void {
    for (const workstation of this.everybody) workstation.close()
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true })
  }
}
