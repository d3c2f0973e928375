import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { Refusal } from '../../shared/domain/kernel/refusal.ts'
import { tableIfKnown } from '../../shared/domain/tables.ts'
import type { Acknowledgement, FeedEntry } from '../../shared/sync/protocol.ts'
import { ServiceError } from '../core/service.ts'
import type { CommandOutcome } from '../core/runner.ts'

const NOT_SAID: Refusal = { code: 'hub.refused', message: 'The hub did not let this stand. Nothing was changed.' }

/** How long a person waits for the hub's word, milliseconds. */
export const AWAITED_MS = 30_000

/** Not a refusal: nobody knows yet. */
export function notKnownYet(): ServiceError {
  return new ServiceError(
    'hub.unknown',
    'The line to the hub was lost before its answer came. Whether this was done is not known yet: it is asked again by itself when the line is back. Until then it shows under the changes that wait, at the bottom of the window; look there before you do it again.',
  )
}

interface Waiting {
  readonly resolve: (outcome: CommandOutcome) => void
  readonly reject: (error: Error) => void
  /** The hub accepted it at this place of its feed, which is still to come. */
  acceptedAt: number | null
  changes: readonly NetChange[]
}

function changesOf({ rows }: FeedEntry): readonly NetChange[] {
  return rows.flatMap(([name, id, after]) => {
    const table = tableIfKnown(name)
    return table ? [{ table, id, before: null, after }] : []
  })
}

/** People who wait for the hub's word on a command. An accepted one is answered when its rows are here. */
export class AwaitedCommands {
  readonly #waiting = new Map<string, Waiting>()

  wait(commandId: string): Promise<CommandOutcome> {
    return new Promise((resolve, reject) => this.#waiting.set(commandId, { resolve, reject, acceptedAt: null, changes: [] }))
  }

  /** The hub's word has come; the rows of what it accepted come with its feed. */
  acknowledged(acknowledged: readonly Acknowledgement[], cursor: number): void {
    for (const { id, outcome, seq, refusal } of acknowledged) {
      const waiting = this.#waiting.get(id)
      if (!waiting) continue
      if (outcome === 'accepted') waiting.acceptedAt = seq
      else this.#answer(id, outcome === 'parked' ? { kind: 'parked', commandId: id } : { kind: 'refused', refusal: refusal ?? NOT_SAID })
    }
    this.reached(cursor)
  }

  /** Entries of the feed are in the store. */
  arrived(entries: readonly FeedEntry[], cursor: number): void {
    for (const entry of entries) {
      const waiting = this.#waiting.get(entry.commandId)
      if (!waiting) continue
      if (entry.outcome === 'accepted') {
        waiting.acceptedAt = entry.seq
        waiting.changes = changesOf(entry)
      }
    }
    this.reached(cursor)
  }

  reached(cursor: number): void {
    for (const [id, { acceptedAt, changes }] of [...this.#waiting]) {
      if (acceptedAt !== null && acceptedAt <= cursor) this.#answer(id, { kind: 'accepted', commandId: id, changes })
    }
  }

  #answer(id: string, outcome: CommandOutcome): void {
    this.#waiting.get(id)?.resolve(outcome)
    this.#waiting.delete(id)
  }

  /** Nobody will say it to whoever waits for this one. */
  giveUp(id: string): void {
    this.#waiting.get(id)?.reject(notKnownYet())
    this.#waiting.delete(id)
  }

  lost(): void {
    for (const id of [...this.#waiting.keys()]) this.giveUp(id)
  }
}
