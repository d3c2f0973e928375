import { COMMANDS } from '../../shared/domain/commands.ts'
import { refusedChangeId } from '../../shared/domain/attention/commands.ts'
import { type RefusedChange, refusedChangeTable } from '../../shared/domain/attention/tables.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { Command, CommandEnvelope } from '../../shared/domain/kernel/command.ts'
import { execute } from '../../shared/domain/kernel/execute.ts'
import { get, type Loading, range } from '../../shared/domain/kernel/load.ts'
import { readInput } from '../../shared/domain/kernel/readInput.ts'
import type { Refusal } from '../../shared/domain/kernel/refusal.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { TABLES } from '../../shared/domain/tables.ts'
import type { Outcome, PushedCommand } from '../../shared/sync/protocol.ts'
import { envelopeOf } from '../../shared/sync/pushed.ts'
import { upcast } from '../../shared/sync/upcast.ts'
import { type HubStoreConflict, HubStoreFailure } from './hubStore.ts'
import { freeNumbers, renumberedObjection } from './takenNumbers.ts'

export interface Verdict {
  readonly outcome: Outcome
  readonly refusal: Refusal | null
  readonly changes: readonly NetChange[]
}

const RECORD_REFUSED = COMMANDS.get('change.refused')

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Every record id that a command's input names, however deep. */
function idsIn(input: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof input === 'string') {
    if (ID.test(input)) found.add(input)
  } else if (typeof input === 'object' && input !== null) {
    for (const value of Object.values(input)) idsIn(value, found)
  }
  return found
}

function* isNowhere(id: string): Loading<boolean> {
  for (const table of TABLES) {
    if (yield* get(table, id)) return false
  }
  return true
}

/** The refused change this one built upon: they name the same record, and there is no such record. */
function* causeOf(pushed: PushedCommand, deviceId: string): Loading<RefusedChange | undefined> {
  const named = idsIn(pushed.input)
  const open = yield* range(refusedChangeTable, 'byState', ['open'])
  for (const earlier of open) {
    if (earlier.deviceId !== deviceId || earlier.commandId === pushed.id || earlier.kind === 'flagged') continue
    for (const id of idsIn(earlier.input)) {
      if (named.has(id) && (yield* isNowhere(id))) return earlier
    }
  }
  return undefined
}

/** Keeps a command that could not stand, whole, with a promise about it; nothing else of it is left. */
function* keepForAPerson(pushed: PushedCommand, by: By, kind: RefusedChange['kind'], refusal: Refusal): Loading<readonly NetChange[]> {
  if (!RECORD_REFUSED) throw new Error('change.refused is not registered')
  const cause = kind === 'flagged' ? undefined : yield* causeOf(pushed, by.deviceId)
  const amount = (pushed.input as { readonly amountCents?: unknown } | null)?.amountCents
  const envelope: CommandEnvelope = {
    id: refusedChangeId(`${pushed.id}/command`),
    name: RECORD_REFUSED.name,
    version: RECORD_REFUSED.version,
    at: pushed.at,
    actorId: SYSTEM_ACTOR,
    operationId: null,
    numbers: {},
    ...by,
    input: {
      commandId: pushed.id,
      commandName: pushed.name,
      commandVersion: pushed.version,
      input: pushed.input,
      numbers: pushed.numbers,
      at: pushed.at,
      deviceId: by.deviceId,
      actorId: pushed.actorId,
      kind,
      code: refusal.code,
      message: refusal.message,
      subject: refusal.subject ?? null,
      amountCents: Number.isSafeInteger(amount) ? amount : null,
      causeId: cause?.causeId ?? cause?.id ?? null,
    },
  }
  const execution = yield* execute(RECORD_REFUSED, envelope, 'hub')
  return execution.kind === 'accepted' ? execution.changes : []
}

export interface By {
  readonly companyId: string
  readonly deviceId: string
}

export interface Sender extends By {
  /** What its document numbers begin with. */
  readonly series: string
  /** When the hub heard of it by its own clock, epoch ms. */
  readonly heardAt?: number | undefined
}

/** How rows are read and a body is run: over the batch's own. */
export type Run = <T>(body: Loading<T>) => Promise<T>

async function refuseForGood(command: Command, pushed: PushedCommand, by: By, refusal: Refusal, run: Run): Promise<Verdict> {
  const outcome = command.kind === 'fact' ? 'parked' : 'refused'
  // Whoever waits for the answer is told by it, and needs no promise about it.
  const changes = pushed.awaited && outcome === 'refused' ? [] : await run(keepForAPerson(pushed, by, outcome, refusal))
  return { outcome, refusal, changes }
}

/** A mistake in a rule must not stop everything behind it: the command is kept for a person, with what the rule said. */
function noPlace(error: unknown): Refusal {
  return { code: 'hub.noPlace', message: `The hub could not place this change (${error instanceof Error ? error.message : String(error)}). It is kept here whole.` }
}

/**
 * The hub's word on one command: authorised, decided and settled on the rows as they are now. It never throws for what a
 * workstation sent: a fact that finds no place is parked for a person.
 * @param series what the sender's document numbers begin with
 * @param conflict what the store said when this very command was to be written before
 * @throws HubStoreFailure
 */
export async function decideCommand(command: Command, pushed: PushedCommand, { series, heardAt, ...by }: Sender, run: Run, conflict: HubStoreConflict | null = null): Promise<Verdict> {
  if (conflict) return refuseForGood(command, pushed, by, noPlace(conflict), run)
  if (command.permission === 'hub.report') {
    return { outcome: 'refused', refusal: { code: 'people.notAllowed', message: 'Only the hub reports what could not stand.' }, changes: [] }
  }
  const parsed = readInput(command.input, upcast(command, pushed.version, pushed.input))
  if (parsed.kind === 'unreadable') return refuseForGood(command, pushed, by, { code: 'input.invalid', message: parsed.message, field: parsed.field }, run)
  try {
    const { numbers, renumbered } = await run(freeNumbers(pushed.numbers, series))
    const envelope: CommandEnvelope = { ...envelopeOf(pushed, by), version: command.version, input: parsed.value, numbers }
    const execution = await run(execute(command, envelope, 'hub', heardAt))
    if (execution.kind === 'refused') return await refuseForGood(command, pushed, by, execution.refusal, run)
    return { outcome: 'accepted', refusal: execution.objection ?? renumberedObjection(renumbered, execution.changes), changes: execution.changes }
  } catch (error) {
    if (error instanceof HubStoreFailure) throw error
    return refuseForGood(command, pushed, by, noPlace(error), run)
  }
}

/** Rows for what stands, and a person should look at all the same: its author may not report it any more, or it has another number. */
export async function flag(pushed: PushedCommand, by: By, refusal: Refusal, run: Run): Promise<readonly NetChange[]> {
  return run(keepForAPerson(pushed, by, 'flagged', refusal))
}
