import type { CommandOutcome, CommandRequest, CommandRunner } from '../core/runner.ts'
import type { Store } from '../store/store.ts'
import { AWAITED_MS, type AwaitedCommands, notKnownYet } from './awaitedCommands.ts'
import { OFFLINE_AWAITED } from './sentences.ts'
import type { Timers } from './timers.ts'

export interface AwaitedParts {
  readonly store: Store
  readonly runner: CommandRunner
  readonly timers: Timers
  readonly awaited: AwaitedCommands
  /** Whether the hub can answer now. */
  readonly open: boolean
  /** Something waits to be sent. */
  readonly queued: () => void
}

/**
 * Runs a command that only the hub may decide: it is queued here, and answered when the hub's word and its rows are in.
 * @throws ServiceError hub.unknown where the line is lost meanwhile
 */
export async function runAwaited({ store, runner, timers, awaited, open, queued }: AwaitedParts, request: CommandRequest): Promise<CommandOutcome> {
  const known = request.commandId === undefined ? undefined : store.sync.find(request.commandId)
  if (!open && !known) return { kind: 'refused', refusal: { code: 'hub.needed', message: OFFLINE_AWAITED } }
  const command = runner.queue(request)
  if (command.kind === 'refused') return command
  const { commandId } = command
  const outcome = store.sync.outcomeOf(commandId)
  if (outcome === 'accepted') return { kind: 'repeated', commandId }
  if (outcome !== null) return { kind: 'refused', refusal: { code: 'hub.refused', message: 'The hub did not let this stand. Nothing was changed.' } }
  if (!open) throw notKnownYet()
  const answer = awaited.wait(commandId)
  const stopWaiting = timers.after(AWAITED_MS, () => awaited.giveUp(commandId))
  queued()
  try {
    return await answer
  } finally {
    stopWaiting()
  }
}

/** How long a caller waits on the line for the hub's word on what was done here already, milliseconds. */
const HEARD_MS = 3_000

/**
 * Waits until the hub has had its word on a command that was run here already, and its rows are here.
 * @returns false where it has not by now: offline, or slow
 */
export async function heardOf({ store, timers, awaited, open }: Pick<AwaitedParts, 'store' | 'timers' | 'awaited' | 'open'>, commandId: string): Promise<boolean> {
  if (store.sync.outcomeOf(commandId) !== null) return true
  if (!open) return false
  const answer = awaited.wait(commandId)
  const stopWaiting = timers.after(HEARD_MS, () => awaited.giveUp(commandId))
  try {
    await answer
    return true
  } catch {
    return false
  } finally {
    stopWaiting()
  }
}
