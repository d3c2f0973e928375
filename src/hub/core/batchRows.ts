import { compareText } from '../../shared/base/text.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { LoadAnswer, Loading, LoadRequest } from '../../shared/domain/kernel/load.ts'
import { inRange } from '../../shared/domain/kernel/rangeMatch.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { HubStoreFailure } from './hubStore.ts'

type Answer = (request: LoadRequest) => Promise<LoadAnswer>

/**
 * The rows as a batch of commands leaves them, before any of it is written: what the batch has changed lies over what the
 * store answers. A command that is refused simply adds nothing, so no savepoint is needed for it.
 */
export class BatchRows {
  readonly #answer: Answer
  readonly #changed = new Map<string, Map<string, NetChange>>()

  constructor(answer: Answer) {
    this.#answer = (request) =>
      answer(request).catch((error: unknown) => {
        throw error instanceof HubStoreFailure ? error : new HubStoreFailure('The hub could not read its rows', { cause: error })
      })
  }

  async answer(request: LoadRequest): Promise<LoadAnswer> {
    const changed = this.#changed.get(request.table.name)
    if (!changed) return this.#answer(request)
    if (request.kind === 'get') {
      const change = changed.get(request.id)
      if (!change) return this.#answer(request)
      return change.after ? [change.after] : []
    }
    const stored = (await this.#answer(request)).filter((row) => !changed.has(row.id))
    const over: AnyRow[] = []
    for (const { after } of changed.values()) {
      if (after && (request.kind === 'all' || inRange(request, after))) over.push(after)
    }
    return over.length === 0 ? stored : [...stored, ...over].sort((left, right) => compareText(left.id, right.id))
  }

  /** Runs a loading body to its end. */
  async run<T>(body: Loading<T>): Promise<T> {
    let step = body.next([])
    while (!step.done) step = body.next(await this.answer(step.value))
    return step.value
  }

  add(changes: readonly NetChange[]): void {
    for (const change of changes) {
      let table = this.#changed.get(change.table.name)
      if (!table) this.#changed.set(change.table.name, (table = new Map()))
      const earlier = table.get(change.id)
      table.set(change.id, earlier ? { ...change, before: earlier.before } : change)
    }
  }

  /** One change per row; a row that came and went within the batch is none. */
  get changes(): readonly NetChange[] {
    return [...this.#changed.values()].flatMap((table) => [...table.values()].filter(({ before, after }) => before !== null || after !== null))
  }
}
