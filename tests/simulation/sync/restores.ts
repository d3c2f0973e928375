import { isDeepStrictEqual } from 'node:util'
import type { DecidedCommand } from '../../../src/hub/core/hubStore.ts'
import type { Random } from '../world.ts'
import type { Fate } from './fate.ts'
import type { SimulatedHub } from './simulatedHub.ts'

/** What a restore needs of the office. */
interface RestoredOffice {
  readonly hub: SimulatedHub
  readonly random: Random
  readonly fates: Map<string, Fate>
  readonly revoked: ReadonlyMap<string, number>
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
    const forgotten = await hub.restore(hurry ? random.below(HURRY_MS) : undefined)
    this.count += 1
    office.note(`the hub is restored to ${hub.written.length} and has forgotten ${forgotten.length}`)
    // Who was sent away is sent away again.
    for (const [deviceId] of office.revoked) await hub.revoke(deviceId)
    if (!hurry && forgotten.every((one) => isKnown(office, one))) {
      this.#whole.push({ seq: hub.written.length, commands: forgotten })
      return
    }
    this.partly += 1
    this.#whole.length = 0
    for (const { command } of forgotten) {
      const fate = office.fates.get(command.id)
      if (fate?.workstation.status === 'working') Object.assign(fate, { outcome: null, decidedAnew: true })
      else office.fates.delete(command.id)
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

/** Whoever did it is here and knows where it stood. */
function isKnown({ fates }: RestoredOffice, { command, entry }: DecidedCommand): boolean {
  const workstation = fates.get(command.id)?.workstation
  return workstation?.status === 'working' && workstation.store.sync.find(command.id)?.hubSeq === entry.seq
}
