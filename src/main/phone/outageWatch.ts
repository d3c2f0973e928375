import { newId } from '../../shared/base/id.ts'
import { all, range } from '../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { companyTable } from '../../shared/domain/people/tables.ts'
import { phoneOutageTable } from '../../shared/domain/phone/tables.ts'
import type { Log } from '../core/log.ts'
import type { CommandOutcome, CommandRequest } from '../core/runner.ts'
import type { Store } from '../store/store.ts'
import type { LineState } from './port.ts'

export interface Outage {
  readonly id: string
  /** Epoch milliseconds. */
  readonly since: number
  readonly reason: string
  readonly account: string
}

/** What it needs of the services. */
interface Parts {
  readonly store: Store
  readonly log: Log
  readonly now: () => number
  readonly run: (request: CommandRequest) => CommandOutcome
  readonly emit: (name: 'phoneOutage', payload: Record<string, never>) => void
}

/** Whether this workstation has a telephone. It is told by the telephone’s own line; without one there is nothing to miss. */
export class OutageWatch {
  #down: Outage | null = null

  get down(): Outage | null {
    return this.#down
  }

  /** Takes in what the telephone says of its line: writes down when it goes and when it is back, and tells the pages. */
  heard(line: Pick<LineState, 'status' | 'at' | 'reason' | 'account'>, parts: Parts): void {
    switch (line.status) {
      case 'down':
        return this.#gone(line, parts)
      // A first try, or one more: it is neither here nor gone until one has succeeded.
      case 'connecting':
        return
      case 'ready':
      case 'none':
        return this.#back(line.at, parts)
    }
  }

  #gone({ at, reason, account }: Pick<LineState, 'at' | 'reason' | 'account'>, parts: Parts): void {
    const before = this.#down
    if (before && before.reason === reason) return
    // What was going on when Baton last stopped goes on.
    const [open] = before ? [] : openOutages(parts)
    this.#down = { id: before?.id ?? open?.id ?? newId(parts.now()), since: before?.since ?? open?.downAt ?? at, reason, account }
    parts.emit('phoneOutage', {})
    if (!before && !open) report(parts, 'phone.down', this.#down, {})
  }

  #back(at: number, parts: Parts): void {
    const before = this.#down
    this.#down = null
    if (before) parts.emit('phoneOutage', {})
    const over = before ? [before] : openOutages(parts).map(({ id, downAt, reason, account }): Outage => ({ id, since: downAt, reason, account }))
    for (const outage of over) report(parts, 'phone.up', outage, { upAt: Math.max(at, outage.since) })
  }
}

function openOutages({ store }: Parts) {
  return store.engine.run(range(phoneOutageTable, 'byDevice', [store.deviceId, null]))
}

/** The pages have been told already: a full disk must not hide that the telephone is gone. */
function report({ store, run, log }: Parts, name: 'phone.down' | 'phone.up', { id, since, reason, account }: Outage, more: Readonly<Record<string, unknown>>): void {
  if (store.engine.run(all(companyTable)).length === 0) return
  const outcome = run({ name, actorId: SYSTEM_ACTOR, input: { outageId: id, account: account.slice(0, 200), reason: reason.slice(0, 500), downAt: since, ...more } })
  if (outcome.kind === 'refused') log.error('phone.outageNotRecorded', { message: outcome.refusal.message })
}
