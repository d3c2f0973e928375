import { newId } from '../../shared/base/id.ts'
import { COMMANDS } from '../../shared/domain/commands.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { Command, CommandEnvelope } from '../../shared/domain/kernel/command.ts'
import { execute } from '../../shared/domain/kernel/execute.ts'
import { readInput } from '../../shared/domain/kernel/readInput.ts'
import type { Refusal } from '../../shared/domain/kernel/refusal.ts'
import type { Store } from '../store/store.ts'
import { errorDetails, type Log } from './log.ts'

export interface CommandRequest {
  readonly name: string
  readonly input: unknown
  readonly actorId: string
  /** Made by the client, so that sending again after a lost answer does nothing twice. */
  readonly commandId?: string
  /** Epoch milliseconds; only seeds and imports of history set it, everything else happens now. */
  readonly at?: number
  readonly operationId?: string
}

export type CommandOutcome =
  | { readonly kind: 'accepted'; readonly commandId: string; readonly changes: readonly NetChange[] }
  /** The same command was accepted before; nothing was done again. */
  | { readonly kind: 'repeated'; readonly commandId: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** A fact that could not be processed: kept whole for a person, the rest goes on. */
  | { readonly kind: 'parked'; readonly commandId: string }

export type CommitListener = (commit: { readonly changes: readonly NetChange[]; readonly actorIds: readonly string[] }) => void

/** Taking back a refused command is the transaction's own doing; this carries the refusal out of it. */
class TakenBack extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** A transaction that takes longer holds up a ring. */
const SLOW_TRANSACTION_MS = 25

/**
 * Runs commands one at a time: validate, number, decide, undo rows, rows, journal and outbox in one
 * transaction; listeners hear of it after the commit.
 */
export class CommandRunner {
  readonly #store: Store
  readonly #log: Log
  readonly #now: () => number
  readonly #listeners = new Set<CommitListener>()
  #lastAt: number

  constructor(store: Store, log: Log, now: () => number = Date.now) {
    this.#store = store
    this.#log = log
    this.#now = now
    this.#lastAt = store.journal.lastAt()
  }

  /** @returns a function that stops listening. */
  onCommit(listener: CommitListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Never earlier than the command before it, whatever the machine's clock does meanwhile. */
  #clock(): number {
    this.#lastAt = Math.max(this.#now(), this.#lastAt)
    return this.#lastAt
  }

  run(request: CommandRequest): CommandOutcome {
    const outcomes = this.runGroup([request])
    const outcome = outcomes[0]
    if (!outcome) throw new Error('A command had no outcome')
    return outcome
  }

  /**
   * Runs several commands in one transaction, one fsync for all; each is accepted or refused by itself.
   * Keep a group small (a chunk of an import): live commands wait until it is done.
   */
  runGroup(requests: readonly CommandRequest[]): readonly CommandOutcome[] {
    return this.#commit(requests, () => requests.map((request) => this.#attempt(request)))
  }

  /**
   * Runs commands that belong together: all of them, or none.
   * @returns the first refusal, which took everything back, or null
   */
  runTogether(requests: readonly CommandRequest[]): Refusal | null {
    try {
      this.#commit(requests, () =>
        requests.map((request) => {
          const outcome = this.#attempt(request)
          if (outcome.kind === 'refused') throw new TakenBack(outcome.refusal)
          return outcome
        }),
      )
      return null
    } catch (error) {
      if (error instanceof TakenBack) return error.refusal
      throw error
    }
  }

  #commit(requests: readonly CommandRequest[], body: () => readonly CommandOutcome[]): readonly CommandOutcome[] {
    const started = performance.now()
    let outcomes: readonly CommandOutcome[]
    try {
      outcomes = this.#store.transaction(body)
    } catch (error) {
      this.#store.engine.forget()
      throw error
    }
    const took = performance.now() - started
    if (took > SLOW_TRANSACTION_MS) {
      this.#log.warn('transaction.slow', { milliseconds: Math.round(took), commands: requests.length, first: requests[0]?.name ?? '' })
    }
    const changes = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? outcome.changes : []))
    if (changes.length > 0) {
      const actorIds = [...new Set(requests.map((request) => request.actorId))]
      for (const listener of this.#listeners) this.#tell(listener, { changes, actorIds })
    }
    return outcomes
  }

  /** It is saved by now: nothing that goes wrong in telling may be answered as if it were not. */
  #tell(listener: CommitListener, commit: Parameters<CommitListener>[0]): void {
    try {
      listener(commit)
    } catch (error) {
      this.#log.error('commit.untold', errorDetails(error))
    }
  }

  #attempt(request: CommandRequest): CommandOutcome {
    const command = COMMANDS.get(request.name)
    if (!command) return refused('input.unknownCommand', `There is no command named ${request.name}.`)
    const parsed = readInput(command.input, request.input)
    if (parsed.kind === 'unreadable') return { kind: 'refused', refusal: { code: 'input.invalid', message: parsed.message, field: parsed.field } }
    const before = request.commandId === undefined ? undefined : this.#store.journal.find(request.commandId)
    if (before) {
      if (before.name !== request.name) return refused('input.commandId', 'This id belongs to another command. Reload the page, then try again.')
      return { kind: 'repeated', commandId: before.id }
    }
    try {
      return this.#store.savepoint(() => this.#carryOut(command, request, parsed.value))
    } catch (error) {
      this.#store.engine.forget()
      if (error instanceof TakenBack) return { kind: 'refused', refusal: error.refusal }
      if (command.kind === 'fact' && !isDiskTrouble(error)) return this.#park(command, request, parsed.value, error)
      throw error
    }
  }

  #envelope(command: Command, request: CommandRequest, input: unknown): CommandEnvelope {
    const at = request.at ?? this.#clock()
    return {
      id: request.commandId ?? newId(at),
      name: command.name,
      version: command.version,
      at,
      actorId: request.actorId,
      deviceId: this.#store.deviceId,
      companyId: this.#store.companyId,
      operationId: request.operationId ?? null,
      input,
      numbers: {},
    }
  }

  #carryOut(command: Command, request: CommandRequest, input: unknown): CommandOutcome {
    const { engine, journal, search } = this.#store
    const by = { actorId: request.actorId, deviceId: this.#store.deviceId }
    const complete = command.prepare ? engine.run(command.prepare(input, by)) : input
    const numbers = Object.fromEntries((command.numbers ?? []).map((kind) => [kind, journal.nextNumber(kind)]))
    const envelope: CommandEnvelope = { ...this.#envelope(command, request, complete), numbers }
    const execution = engine.run(execute(command, envelope))
    if (execution.kind === 'refused') throw new TakenBack(execution.refusal)
    engine.apply(execution.changes)
    search.apply(execution.changes)
    journal.record(envelope, execution.changes)
    return { kind: 'accepted', commandId: envelope.id, changes: execution.changes }
  }

  #park(command: Command, request: CommandRequest, input: unknown, error: unknown): CommandOutcome {
    const envelope = this.#envelope(command, request, input)
    this.#store.journal.park(envelope, error instanceof Error ? error.message : String(error))
    this.#log.error('fact.parked', { command: command.name, id: envelope.id, ...errorDetails(error) })
    return { kind: 'parked', commandId: envelope.id }
  }
}

function refused(code: Refusal['code'], message: string): CommandOutcome {
  return { kind: 'refused', refusal: { code, message } }
}

/** A full or failing disk is nobody's fact to park: the whole transaction is taken back and the person is told. */
export function isDiskTrouble(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^SQLITE_(FULL|IOERR|READONLY|CORRUPT|CANTOPEN|NOMEM)/.test(code)
}
