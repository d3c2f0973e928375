import { Hub } from '../../../src/hub/core/hub.ts'
import { MemoryHubStore } from '../../../src/hub/core/memoryHubStore.ts'
import { derivedId } from '../../../src/shared/base/id.ts'
import { HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import { COMMANDS } from '../../../src/shared/domain/commands.ts'
import { rolesMay, SYSTEM_ACTOR, SYSTEM_PERMISSIONS } from '../../../src/shared/domain/people/permissions.ts'
import { userTable } from '../../../src/shared/domain/people/tables.ts'
import { TABLES } from '../../../src/shared/domain/tables.ts'
import type { Outcome, PushedCommand } from '../../../src/shared/sync/protocol.ts'
import { openOffice } from '../openingDay.ts'
import { seededRandom } from '../random.ts'
import { Simulator, ZONE } from '../simulator.ts'
import type { Generator, Proposal, World } from '../world.ts'
import { Workstation } from './workstation.ts'

const EPOCH = derivedId('epoch', 'simulated')

/** What became of a command, from the person's side and from the hub's. */
export interface Fate {
  readonly name: string
  readonly deviceId: string
  outcome: Outcome | null
}

/**
 * Several workstations and a hub on one thread: who acts, what arrives, what is lost and who falls over is all drawn from
 * the seed.
 */
export class SyncOffice {
  readonly hubStore = new MemoryHubStore()
  readonly hub = new Hub(this.hubStore)
  readonly companyId = derivedId('company', 'simulated')
  readonly workstations: readonly Workstation[]
  readonly fates = new Map<string, Fate>()
  readonly random
  at = Date.UTC(2026, 6, 14, 13, 0)

  constructor(seed: number, workstations: number) {
    this.random = seededRandom(seed, () => this.at)
    const opening = new Simulator(seed)
    openOffice(opening)
    this.at = opening.at
    const ids = Array.from({ length: workstations }, (_, index) => derivedId('device', String(index)))
    const devices = ids.map((id, index) => ({ id, name: `Workstation ${index}`, clearances: new Set(['pay', 'confidential'] as const), prefix: 'ABCDEFGH'[index] ?? 'Z', lastWsSeq: 0, revokedAt: null, recoveredEpoch: EPOCH }))
    this.hubStore.found(this.companyId, EPOCH, devices)
    const rows = TABLES.flatMap((table) => opening.engine.rows(table).map((row) => ({ table, id: row.id, before: null, after: row })))
    this.hubStore.rows(this.companyId).apply(rows)
    this.workstations = devices.map(({ id, prefix }) => {
      const workstation = new Workstation({ companyId: this.companyId, deviceId: id, prefix, epoch: EPOCH, now: () => this.at })
      workstation.takeSnapshot(rows.map(({ table, after }) => [table.name, after.id, after]))
      return workstation
    })
  }

  /** The office as a person at this workstation sees it. */
  world(workstation: Workstation): World {
    return { rows: (table) => workstation.shown.rows(table), at: this.at, zone: ZONE, random: this.random }
  }

  #actorFor(workstation: Workstation, command: string, proposal: Proposal): string {
    if (proposal.actorId !== undefined) return proposal.actorId
    const permission = COMMANDS.get(command)?.permission
    if (permission === undefined || (SYSTEM_PERMISSIONS.has(permission) && permission !== 'office.view')) return SYSTEM_ACTOR
    const people = workstation.shown.rows(userTable)
    const allowed = people.filter((user) => user.presence !== 'left' && rolesMay(user.roles, permission))
    return this.random.pick(this.random.chance(0.03) ? people : allowed)?.id ?? SYSTEM_ACTOR
  }

  /** Somebody does something at a workstation. @returns whether it was accepted there; undefined where there was nothing to do */
  act(workstation: Workstation, generator: Generator): boolean | undefined {
    this.at += this.random.chance(0.02) ? this.random.below(8) * HOUR : this.random.below(20) * MINUTE
    const proposal = generator.propose(this.world(workstation))
    if (!proposal) return undefined
    const commandId = this.random.id()
    const outcome = workstation.runner.run({ name: generator.command, input: proposal.input, actorId: this.#actorFor(workstation, generator.command, proposal), commandId, at: this.at })
    if (outcome.kind !== 'accepted') return false
    this.fates.set(commandId, { name: generator.command, deviceId: workstation.deviceId, outcome: null })
    return true
  }

  /** Sends what waits; the request, the answer or both may get lost, and a request may arrive twice. */
  async push(workstation: Workstation, limit: number, weather: { readonly lost: boolean; readonly twice: boolean; readonly answerLost: boolean }): Promise<void> {
    const commands = workstation.replica.unsent(limit)
    if (commands.length === 0 || weather.lost) return
    const answer = await this.#deliver(workstation, commands)
    if (weather.twice) await this.#deliver(workstation, commands)
    if (weather.answerLost) return
    if (answer.kind !== 'done') throw new Error(`The hub answered ${JSON.stringify(answer)}`)
    workstation.replica.acknowledge(answer.acknowledged)
  }

  async #deliver(workstation: Workstation, commands: readonly PushedCommand[]) {
    // What crosses a wire is JSON.
    const sent = JSON.parse(JSON.stringify(commands)) as readonly PushedCommand[]
    const answer = await this.hub.push(this.companyId, workstation.deviceId, sent)
    if (answer.kind === 'done') {
      for (const { id, outcome } of answer.acknowledged) {
        const fate = this.fates.get(id)
        if (!fate) throw new Error(`The hub acknowledged ${id}, which nobody sent`)
        if (fate.outcome !== null && fate.outcome !== outcome) throw new Error(`The hub changed its word on ${id}`)
        fate.outcome = outcome
      }
    }
    return answer
  }

  async pull(workstation: Workstation, limit: number): Promise<boolean> {
    const answer = await this.hub.pull(this.companyId, workstation.deviceId, EPOCH, workstation.replica.cursor, limit)
    if (answer.kind !== 'page') throw new Error(`The hub answered ${answer.kind}`)
    workstation.replica.apply(JSON.parse(JSON.stringify(answer.page)) as typeof answer.page)
    return answer.more
  }

  /** Everything goes up, everything comes down. */
  async settle(): Promise<void> {
    const calm = { lost: false, twice: false, answerLost: false }
    for (const workstation of this.workstations) {
      while (workstation.replica.unsent(1).length > 0) await this.push(workstation, 100, calm)
    }
    for (const workstation of this.workstations) {
      let more = true
      while (more) more = await this.pull(workstation, 500)
    }
  }

  close(): void {
    for (const workstation of this.workstations) workstation.close()
  }
}
