import { newId } from '../../shared/base/id.ts'
import { MINUTE } from '../../shared/base/time.ts'
import type { Acknowledgement, PushAnswer, PushedCommand } from '../../shared/sync/protocol.ts'
import { commandHash } from '../../shared/sync/pushed.ts'
import { type HubStore, type HubStoreConflict, type HubTransaction, type StagedCommand } from './hubStore.ts'
import { type BatchResult, type Push, pushBatch } from './pushBatch.ts'

/**
 * A hub that was restored from a backup has forgotten what it accepted after it. Every workstation still has its own
 * commands and the places they had, so the hub keeps what they send until the place before it is filled, and so comes to
 * the very rows it had. Places that nobody fills, because a workstation is away for long or for good, are passed over when
 * the time is over or everybody has given back what there was.
 */

/** How long a restored hub waits for workstations that are away, ms. */
export const RECOVERY_MS = 15 * MINUTE

/** Most staged commands in one transaction. */
const STEP_LIMIT = 200

/** One workstation's push while the hub recovers: what has a former place is kept, the rest has to come again. */
async function stagePush(transaction: HubTransaction, { deviceId, commands }: Push): Promise<PushAnswer> {
  const device = await transaction.device(deviceId)
  if (!device || device.revokedAt !== null) return { kind: 'revoked' }
  const former = commands.filter(({ formerSeq }) => formerSeq !== null)
  const known = await transaction.known(commands.map(({ id }) => id))
  const acknowledged: Acknowledgement[] = []
  const kept: PushedCommand[] = []
  for (const command of commands) {
    const seen = known.get(command.id)
    const hash = commandHash(command)
    if (seen && seen.hash !== hash) return { kind: 'cloned', wsSeq: command.wsSeq }
    if (seen) acknowledged.push({ id: seen.id, wsSeq: seen.wsSeq, seq: seen.seq, outcome: seen.outcome, refusal: seen.refusal })
    else if (command.formerSeq !== null) kept.push({ ...command, hash })
  }
  if (kept.length > 0) await transaction.stage(deviceId, kept)
  return former.length > 0 ? { kind: 'staged', acknowledged } : { kind: 'recovering' }
}

/** Takes pushes while the hub recovers. Nothing is decided here. */
export async function stagePushes(transaction: HubTransaction, pushes: readonly Push[]): Promise<BatchResult> {
  const answers: PushAnswer[] = []
  for (const push of pushes) answers.push(await stagePush(transaction, push))
  return { answers, decided: [] }
}

/** The staged commands whose turn it is: each place follows the one before; a place that is filled already waits for nobody. */
function inTurn(staged: readonly StagedCommand[], seq: number): readonly StagedCommand[] {
  let place = seq
  let count = 0
  for (const { command } of staged) {
    const former = command.formerSeq ?? 0
    if (former > place + 1) break
    place = Math.max(place, former)
    count += 1
  }
  return staged.slice(0, count)
}

export interface RecoveryStep extends BatchResult {
  /** Whether there is more to do at once. */
  readonly more: boolean
}

const nothing: RecoveryStep = { answers: [], decided: [], more: false }

/**
 * Brings a recovery one transaction on: the staged commands whose turn has come, and at its end all that are left.
 * @param now the hub's clock, epoch ms
 * @param limit most commands to take
 */
export async function recoveryStep(transaction: HubTransaction, companyId: string, now: number, limit = STEP_LIMIT, conflict: HubStoreConflict | null = null): Promise<RecoveryStep> {
  const { recoveringUntil, seq } = transaction.company
  if (recoveringUntil === null) return nothing
  const staged = await transaction.staged(limit)
  const over = recoveringUntil <= now || (await transaction.awaited()) === 0
  const taken = over ? staged : inTurn(staged, seq)
  if (taken.length > 0) {
    const pushes = taken.map(({ deviceId, command }) => ({ deviceId, commands: [command] }))
    return { ...(await pushBatch(transaction, companyId, pushes, { conflict, again: true })), more: true }
  }
  if (over) await transaction.recover({ recoveringUntil: null })
  return nothing
}

/** Begins a new epoch at the company's present place and waits for what workstations give back. @returns the new epoch */
async function beginEpoch(transaction: HubTransaction, until: number): Promise<string> {
  const { seq, epochSeq } = transaction.company
  const epoch = newId()
  // Of three epochs the second may have begun before the third: they all agree up to the lowest of these places.
  await transaction.recover({ epoch, epochSeq: epochSeq > 0 ? Math.min(epochSeq, seq) : seq, recoveringUntil: until })
  return epoch
}

/**
 * A workstation has read further than the hub has come: the database was put back by hand, and nobody told the hub.
 * @returns whether a new epoch began; false where somebody else saw it first
 */
export function startRecovery(store: HubStore, companyId: string, seen: { readonly epoch: string; readonly cursor: number }, now: number): Promise<boolean> {
  return store.change(companyId, async (transaction) => {
    if (transaction.company.epoch !== seen.epoch || transaction.company.seq >= seen.cursor) return false
    await beginEpoch(transaction, now + RECOVERY_MS)
    return true
  })
}

/** The workstation has pushed all it had. @returns false where it speaks of another epoch */
export function noteGivenBack(store: HubStore, companyId: string, deviceId: string, epoch: string): Promise<boolean> {
  return store.change(companyId, async (transaction) => {
    if (transaction.company.epoch !== epoch) return false
    await transaction.gaveBack(deviceId)
    return true
  })
}
