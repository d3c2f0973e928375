import { derivedId } from '../../shared/base/id.ts'
import { COMMANDS } from '../../shared/domain/commands.ts'
import type { Refusal } from '../../shared/domain/kernel/refusal.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import type { Outcome, PushedCommand } from '../../shared/sync/protocol.ts'
import { commandHash } from '../../shared/sync/pushed.ts'
import { BatchRows } from './batchRows.ts'
import { decideCommand, flag, type Run } from './decideCommand.ts'
import type { DecidedCommand, HubStoreConflict, HubTransaction } from './hubStore.ts'
import { asRows } from './pushBatch.ts'

/** In whose name the hub's own commands stand: it is enrolled nowhere, so nobody can sign in as it. */
export const HUB_DEVICE = derivedId('device', 'hub')

/** What the hub itself has heard, from outside the office. */
export interface HubReport {
  readonly commandId: string
  readonly name: string
  readonly at: number
  readonly input: unknown
  /** In whose name, where that is not the software’s own: a technician by their link. */
  readonly actorId?: string
}

export interface Reported {
  readonly outcome: Outcome
  /** Why it could not stand. */
  readonly refusal: Refusal | null
  readonly decided: readonly DecidedCommand[]
  /** Whether any row is another than before. */
  readonly changed: boolean
}

/**
 * Enters a command of the hub's own in the one order of everything. Its place in its own order is its place in the feed: the
 * hub has no journal that could have holes. One that was entered before is answered as it was then.
 */
export async function enterOwn(transaction: HubTransaction, companyId: string, { commandId, name, at, input, actorId = SYSTEM_ACTOR }: HubReport, conflict: HubStoreConflict | null = null): Promise<Reported> {
  const command = COMMANDS.get(name)
  if (!command) throw new Error(`The hub has no command named ${name}`)
  const before = (await transaction.known([commandId])).get(commandId)
  if (before) return { outcome: before.outcome, refusal: before.refusal, decided: [], changed: false }
  const seq = transaction.company.seq + 1
  const said = { id: commandId, name, version: command.version, at, actorId, operationId: null, numbers: {}, input }
  const pushed: PushedCommand = { ...said, wsSeq: seq, hash: commandHash(said), awaited: false, formerSeq: null }
  const rows = new BatchRows((request) => transaction.answer(request))
  const by = { companyId, deviceId: HUB_DEVICE }
  const run: Run = (body) => rows.run(body)
  const { outcome, refusal, changes: own } = await decideCommand(command, pushed, { ...by, series: '' }, run, conflict)
  rows.add(own)
  // What stands, though whoever said it had no right to it any more: somebody looks at it.
  const changes = outcome === 'accepted' && refusal ? [...own, ...(await flag(pushed, by, refusal, run))] : own
  const entry = { seq, commandId, name, at, actorId, deviceId: HUB_DEVICE, wsSeq: seq, outcome, rows: asRows(changes) }
  const decided = [{ command: pushed, refusal, entry }]
  await transaction.commit({ decided, changes })
  return { outcome, refusal, decided, changed: changes.length > 0 }
}
