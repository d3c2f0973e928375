import { COMMANDS } from '../../shared/domain/commands.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { Acknowledgement, FeedRow, PushAnswer, PushedCommand } from '../../shared/sync/protocol.ts'
import { commandHash } from '../../shared/sync/pushed.ts'
import { BatchRows } from './batchRows.ts'
import { decideCommand, flag, type Run, type Verdict } from './decideCommand.ts'
import type { DecidedCommand, HubDevice, HubStoreConflict, HubTransaction, KnownCommand } from './hubStore.ts'

/** One workstation's push. */
export interface Push {
  readonly deviceId: string
  readonly commands: readonly PushedCommand[]
}

export interface BatchOptions {
  /** Why the store would not write the one command there is: it is refused instead. */
  readonly conflict?: HubStoreConflict | null
  /**
   * A restored hub takes back what it had accepted once: whoever has been revoked since, and whatever nobody has any more
   * between one of a workstation's commands and its next.
   */
  readonly again?: boolean
  /** The hub’s clock, epoch ms. */
  readonly heardAt?: number
}

export interface BatchResult {
  /** One answer per push, in their order. */
  readonly answers: readonly PushAnswer[]
  readonly decided: readonly DecidedCommand[]
}

type Refusing = Exclude<PushAnswer, { kind: 'done' }>

/** One image per row, its last. */
export function asRows(changes: readonly NetChange[]): readonly FeedRow[] {
  const rows = new Map<string, FeedRow>()
  for (const { table, id, after } of changes) rows.set(`${table.name}/${id}`, [table.name, id, after])
  return [...rows.values()]
}

function acknowledgementOf({ id, wsSeq, seq, outcome, refusal }: KnownCommand): Acknowledgement {
  return { id, wsSeq, seq, outcome, refusal }
}

/** A transaction's worth of pushes, decided one command after the other on the rows that the one before left. */
class Batch {
  readonly decided: DecidedCommand[] = []
  readonly #transaction: HubTransaction
  readonly #companyId: string
  readonly #rows: BatchRows
  readonly #known = new Map<string, KnownCommand>()
  readonly #lastWsSeq = new Map<string, number>()
  readonly #conflict: HubStoreConflict | null
  readonly #again: boolean
  readonly #heardAt: number | undefined
  #seq: number

  constructor(transaction: HubTransaction, companyId: string, known: ReadonlyMap<string, KnownCommand>, { conflict = null, again = false, heardAt }: BatchOptions) {
    this.#transaction = transaction
    this.#conflict = conflict
    this.#again = again
    this.#heardAt = heardAt
    this.#companyId = companyId
    this.#rows = new BatchRows((request) => transaction.answer(request))
    this.#seq = transaction.company.seq
    for (const [id, command] of known) this.#known.set(id, command)
  }

  get changes(): readonly NetChange[] {
    return this.#rows.changes
  }

  async push({ deviceId, commands }: Push): Promise<PushAnswer> {
    const device = await this.#transaction.device(deviceId)
    if (!device || (device.revokedAt !== null && !this.#again)) return { kind: 'revoked' }
    if (!this.#lastWsSeq.has(deviceId)) this.#lastWsSeq.set(deviceId, device.lastWsSeq)
    const acknowledged: Acknowledgement[] = []
    for (const command of commands) {
      const one = await this.#take(device, command)
      // What was taken before it stands: the workstation hears of it when it sends the rest again.
      if (one.kind !== 'taken') return acknowledged.length > 0 ? { kind: 'done', acknowledged } : one
      acknowledged.push(one.acknowledgement)
    }
    return { kind: 'done', acknowledged }
  }

  async #take({ id: deviceId, prefix }: HubDevice, pushed: PushedCommand): Promise<{ readonly kind: 'taken'; readonly acknowledgement: Acknowledgement } | Refusing> {
    const hash = commandHash(pushed)
    const known = this.#known.get(pushed.id)
    if (known) {
      if (known.hash !== hash) return { kind: 'cloned', wsSeq: pushed.wsSeq }
      return { kind: 'taken', acknowledgement: acknowledgementOf(known) }
    }
    const expected = (this.#lastWsSeq.get(deviceId) ?? 0) + 1
    if (pushed.wsSeq < expected) return { kind: 'cloned', wsSeq: pushed.wsSeq }
    if (pushed.wsSeq > expected && !this.#again) return { kind: 'gap', expected }
    const command = COMMANDS.get(pushed.name)
    if (!command || pushed.version > command.version) return { kind: 'hubTooOld', command: pushed.name }

    const by = { companyId: this.#companyId, deviceId }
    const run: Run = (body) => this.#rows.run(body)
    const verdict = await decideCommand(command, pushed, { ...by, series: prefix, heardAt: this.#heardAt }, run, this.#conflict)
    this.#rows.add(verdict.changes)
    const flagged = verdict.outcome === 'accepted' && verdict.refusal ? await flag(pushed, by, verdict.refusal, run) : []
    this.#rows.add(flagged)
    return { kind: 'taken', acknowledgement: this.#enter(deviceId, { ...pushed, hash }, verdict, [...verdict.changes, ...flagged]) }
  }

  #enter(deviceId: string, command: PushedCommand, verdict: Verdict, changes: readonly NetChange[]): Acknowledgement {
    const { id, name, at, actorId, wsSeq, hash } = command
    const { outcome, refusal } = verdict
    this.#seq += 1
    const seq = this.#seq
    this.#lastWsSeq.set(deviceId, wsSeq)
    this.#known.set(id, { id, hash, deviceId, wsSeq, seq, outcome, refusal })
    this.decided.push({ command, refusal, entry: { seq, commandId: id, name, at, actorId, deviceId, wsSeq, outcome, rows: asRows(changes) } })
    return { id, wsSeq, seq, outcome, refusal }
  }
}

/** Most commands that are tried beforehand: what later ones of a long row want depends on those before. */
const AHEAD_LIMIT = 60

/**
 * Tries commands of several workstations all at once on the rows as they are, only so that what they ask for is at hand when
 * their turn comes. Whatever comes of it is thrown away.
 */
async function readAhead(transaction: HubTransaction, companyId: string, pushes: readonly Push[], known: ReadonlyMap<string, KnownCommand>): Promise<void> {
  const rows = new BatchRows((request) => transaction.answer(request))
  const unknown = pushes.flatMap(({ deviceId, commands }) => commands.filter(({ id }) => !known.has(id)).map((pushed) => ({ deviceId, pushed })))
  const tried = unknown.slice(0, AHEAD_LIMIT).map(async ({ deviceId, pushed }) => {
    const command = COMMANDS.get(pushed.name)
    if (command && pushed.version <= command.version) await decideCommand(command, pushed, { companyId, deviceId, series: '' }, (body) => rows.run(body))
  })
  await Promise.all(tried)
}

/**
 * Decides a transaction's worth of pushes and writes them. A command that was taken before is answered from the log; one
 * out of its workstation's order is not taken.
 */
export async function pushBatch(transaction: HubTransaction, companyId: string, pushes: readonly Push[], options: BatchOptions = {}): Promise<BatchResult> {
  const ids = pushes.flatMap(({ commands }) => commands.map(({ id }) => id))
  const known = await transaction.known(ids)
  if (transaction.distant && pushes.length > 1) await readAhead(transaction, companyId, pushes, known)
  const batch = new Batch(transaction, companyId, known, options)
  const answers: PushAnswer[] = []
  for (const push of pushes) answers.push(await batch.push(push))
  const taken = options.again === true ? ids : []
  if (batch.decided.length > 0 || taken.length > 0) await transaction.commit({ decided: batch.decided, changes: batch.changes, taken })
  return { answers, decided: batch.decided }
}
