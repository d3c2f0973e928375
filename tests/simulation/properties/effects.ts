import { effectTable, type WorldEffect } from '../../../src/shared/domain/effects/tables.ts'
import type { FeedEntry } from '../../../src/shared/sync/protocol.ts'

/** Does what it was given the word for, at once and always, and counts. Only what surely failed was not done. */
class CountingPerformer {
  /** By the key under which the other side would know a repeat: the attempts that were made. */
  readonly #done = new Map<string, Set<number>>()
  readonly problems: string[] = []

  perform({ id, key, attempt }: WorldEffect): void {
    const attempts = this.#done.get(key) ?? new Set()
    if (attempts.has(attempt)) this.problems.push(`attempt ${attempt} of the effect ${id} is begun twice`)
    else if (attempts.size > 0) this.problems.push(`the effect ${key} is performed twice`)
    this.#done.set(key, attempts.add(attempt))
  }

  failed(attempt: number, { key }: WorldEffect): void {
    this.#done.get(key)?.delete(attempt)
  }
}

/** Nothing is done twice in the world under one key, whoever asked to begin it, and however late what was said came. */
export function effectProblems(entries: readonly FeedEntry[]): readonly string[] {
  const performer = new CountingPerformer()
  for (const { name, outcome, rows } of entries) {
    if (outcome !== 'accepted') continue
    for (const [table, , row] of rows) {
      if (table !== effectTable.name || row === null) continue
      const effect = row as unknown as WorldEffect
      if (name === 'effect.begin') performer.perform(effect)
      else if (name === 'effect.fail') performer.failed(effect.attempt, effect)
    }
  }
  return performer.problems
}
