import { isDeepStrictEqual } from 'node:util'
import type { DecidedCommand } from '../../../src/hub/core/hubStore.ts'
import { following } from '../../../src/main/sync/hubMemory.ts'
import type { Random } from '../world.ts'
import type { Fate } from './fate.ts'
import type { SimulatedHub } from './simulatedHub.ts'
import type { Workstation } from './workstation.ts'

/** What a restore needs of the office. */
interface RestoredOffice {
  readonly hub: SimulatedHub
  readonly random: Random
  readonly fates: Map<string, Fate>
  readonly revoked: ReadonlyMap<string, number>
  readonly workstations: readonly Workstation[]
  note(event: string): void
}

/** What a hub forgot that was restored, where its workstations still have all of it. */
interface Forgotten {
  readonly seq: number
  readonly commands: readonly DecidedCommand[]
}

/** A hub that is restored waits for as long as this for workstations, at the most, where it is in a hurry; milliseconds. */
const HURRY_MS = 60_000

/** The hub's restores from backups, and what must come of them. */
export class Restores {
  count = 0
  /** Some workstation no longer has what was forgotten, or does not know where it stood. */
  partly = 0
  readonly #whole: Forgotten[] = []

  /** The hub is gone for good, and restored from its last backup. */
  async play(office: RestoredOffice): Promise<void> {
    const { hub, random } = office
    const hurry = random.chance(0.2)
    const everybodyIsBack = await areBack(office)
    const forgotten = await hub.restore(hurry ? random.below(HURRY_MS) : undefined)
    this.count += 1
    office.note(`the hub is restored to ${hub.written.length} and has forgotten ${forgotten.length}`)
    // Who was sent away is sent away again.
    for (const [deviceId] of office.revoked) await hub.revoke(deviceId)
    if (!hurry && everybodyIsBack && forgotten.every((one) => isKnown(office, one))) {
      this.#whole.push({ seq: hub.written.length, commands: forgotten })
      return
    }
    this.partly += 1
    this.#whole.length = 0
    for (const { command } of forgotten) {
      const fate = office.fates.get(command.id)
      if (fate && givesBack(office, fate.workstation)) Object.assign(fate, { outcome: null, decidedAnew: true })
      else office.fates.delete(command.id)
    }
  }

  /** A workstation is sent away while the hub still waits for what it has: that may be lost, and with it what the others built on it. */
  doWithout(gone: Workstation, { hub, fates }: RestoredOffice): void {
    this.partly += 1
    this.#whole.length = 0
    const written = new Set(hub.written.map(({ command }) => command.id))
    for (const [id, fate] of fates) {
      if (written.has(id)) continue
      if (fate.workstation === gone) fates.delete(id)
      else Object.assign(fate, { outcome: null, decidedAnew: true })
    }
  }

  /** What everybody still had is back at its place, as it was. To be asked when the office has come to rest. */
  problems(written: readonly DecidedCommand[]): readonly string[] {
    return this.#whole.splice(0).flatMap(({ seq, commands }) =>
      commands.flatMap((former, index) => {
        const now = written[seq + index]?.entry
        // In which order a database gives back the fields of a row says nothing.
        return isDeepStrictEqual(now, former.entry) ? [] : [`the restored hub has ${JSON.stringify(now) ?? 'nothing'} where it had ${JSON.stringify(former.entry)}`]
      }),
    )
  }
}

/**
 * Everybody has been back since the last restore. Who has not knows of places in a history that never went on, and between
 * those and the places of the others no order is the former one.
 */
async function areBack({ hub, workstations }: RestoredOffice): Promise<boolean> {
  const { epoch } = await hub.company()
  return workstations.every(({ store }) => following(store)?.epoch === epoch)
}

/** It is at work, and may: one that was sent away hears of it only when it comes by. */
function givesBack({ revoked }: RestoredOffice, { status, device }: Workstation): boolean {
  return status === 'working' && !revoked.has(device.id)
}

/** Whoever did it is here and knows where it stood. */
function isKnown(office: RestoredOffice, { command, entry }: DecidedCommand): boolean {
  const workstation = office.fates.get(command.id)?.workstation
  return workstation !== undefined && givesBack(office, workstation) && workstation.store.sync.find(command.id)?.hubSeq === entry.seq
}
