import type { DecidedCommand } from '../../../src/hub/core/hubStore.ts'
import { batchTable } from '../../../src/shared/domain/accounting/tables.ts'
import { drawGenerator } from '../drawing.ts'
import { type Snapshot, snapshotPosted } from '../properties/posted.ts'
import { Tally } from '../tally.ts'
import type { BrokenRule } from './brokenRule.ts'
import { type HubBackend, MemoryBackend } from './hubBackend.ts'
import { officeProblems } from './invariants.ts'
import { SyncOffice } from './office.ts'
import { SCENES } from './scenes.ts'

/** A kind is looked for until it was accepted this often in one seed; most of the day people get in each other's way. */
const WANTED = { enough: 3, share: 0.25 }

/** Commands between two times at which everything comes to rest and is looked at. */
const BETWEEN_RESTS = 100

/** Commands that a seed is played for, at least. */
export const COMMANDS_A_SEED = 260

/** How many workstations an office has, in turn. */
const OFFICES = [3, 2, 4, 3, 2, 5] as const

export interface PlaySettings {
  readonly seed: number
  /** Accepted at their workstations, at least. */
  readonly commands: number
  readonly backend?: HubBackend
  readonly broken?: BrokenRule
}

export interface Played {
  readonly seed: number
  /** Commands that the hub has given its word on. */
  readonly commands: number
  readonly problems: readonly string[]
  readonly fingerprint: string
  readonly origin: Tally
  readonly atHub: Tally
  /** Refused, parked and flagged at the hub. */
  readonly couldNotStand: number
  /** How often the hub was restored from a backup. */
  readonly restores: number
}

/** The command line that plays a seed again. */
export function replayLine(seed: number): string {
  return `npm run simulate -- --seed ${seed}`
}

async function playScenes(office: SyncOffice, played: Map<number, number>): Promise<void> {
  for (const [index, { chance, most, play }] of SCENES.entries()) {
    const times = played.get(index) ?? 0
    if (times >= most || !office.random.chance(chance)) continue
    played.set(index, times + 1)
    await play(office)
  }
}

async function playUntil(office: SyncOffice, commands: number, drawn: Tally, scenes: Map<number, number>): Promise<void> {
  for (let tick = 0; office.fates.size < commands && tick < commands * 40; tick++) {
    await office.tick()
    await playScenes(office, scenes)
    const workstation = office.random.pick(office.workstations)
    if (!workstation || !office.random.chance(0.75)) continue
    if (!workstation.isUsable) continue
    const generator = drawGenerator(office.world(workstation), drawn, WANTED)
    const accepted = generator && office.act(workstation, generator)
    if (generator && accepted !== undefined) drawn.add(generator.command, accepted)
  }
}

function talliedAtHub(office: SyncOffice): Tally {
  const tally = new Tally()
  for (const { entry } of office.hub.written) {
    tally.add(entry.name, entry.outcome === 'accepted')
    for (const [table, , row] of entry.rows) if (table === 'refused_change' && row?.version === 1) tally.add('change.refused', true)
  }
  return tally
}

/**
 * What stayed posted ever since the last rest. A batch that was opened meanwhile may have been changed and posted again
 * before anybody looked: that is what opening it is for.
 */
function stillPosted(posted: Snapshot, since: readonly DecidedCommand[]): Snapshot {
  const opened = new Set(since.flatMap(({ entry }) => entry.rows.flatMap(([table, id, row]) => (table === batchTable.name && row?.['state'] !== 'posted' ? [id] : []))))
  return new Map([...posted].filter(([, { batchId }]) => !opened.has(batchId)))
}

/** Plays one seed to its end, or to the first time at which something is not as it must be. */
export async function playSeed({ seed, commands, backend = new MemoryBackend(), broken }: PlaySettings): Promise<Played> {
  const office = await SyncOffice.open({ seed, workstations: OFFICES[seed % OFFICES.length] ?? 3, backend, broken: broken ?? null })
  const problems: string[] = []
  const [drawn, scenes] = [new Tally(), new Map<number, number>()]
  let posted: Snapshot = new Map()
  let [rest, lost] = [0, 0]
  try {
    for (let target = Math.min(BETWEEN_RESTS, commands); problems.length === 0; target = Math.min(target + BETWEEN_RESTS, commands)) {
      await playUntil(office, target, drawn, scenes)
      const rested = await office.settle()
      const hub = await office.hub.everything()
      if (!rested && office.problems.length === 0) problems.push('the office does not come to rest')
      // A hub that lost something for good may have lost the posting.
      const stays = office.restores.partly > lost ? new Map() : stillPosted(posted, office.hub.written.slice(rest))
      lost = office.restores.partly
      problems.push(...office.problems, ...officeProblems(office, { rows: hub, epoch: (await office.hub.company()).epoch }, stays))
      posted = snapshotPosted(hub)
      rest = office.hub.written.length
      if (target >= commands) break
    }
  } catch (error) {
    problems.push(`it fell over: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
  const { written } = office.hub
  const result = {
    seed,
    commands: written.length,
    problems,
    fingerprint: office.fingerprint(),
    origin: office.origin,
    atHub: talliedAtHub(office),
    couldNotStand: written.filter(({ entry, refusal }) => entry.outcome !== 'accepted' || refusal !== null).length,
    restores: office.restores.count,
  }
  office.close()
  return result
}
