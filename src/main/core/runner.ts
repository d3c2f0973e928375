import { newId } from '../../shared/base/id.ts'
import { COMMANDS } from '../../shared/domain/commands.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { Command, CommandEnvelope } from '../../shared/domain/kernel/command.ts'
import { execute } from '../../shared/domain/kernel/execute.ts'
import { type Effect, runRecording } from '../../shared/sync/footprint.ts'
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
  /** Heard of by the pages before it is on the disk (`Store.promptTransaction`); whoever asks for it calls `Store.settle`. */
  readonly promptly?: boolean
}

export type CommandOutcome =
  | { readonly kind: 'accepted'; readonly commandId: string; readonly changes: readonly NetChange[] }
  /** The same command was accepted before; nothing was done again. */
  | { readonly kind: 'repeated'; readonly commandId: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** A fact that could not be processed: kept whole for a person, the rest goes on. */
  | { readonly kind: 'parked'; readonly commandId: string }

/** Hears what each command run here looked at and did, once it is committed: a replica needs it to know what concerns whom. */
export type Follower = (seq: number, effect: Effect) => void

/** What became of a command that waits for the hub's word. */
export type Queued = { readonly kind: 'queued'; readonly commandId: string } | Exclude<CommandOutcome, { kind: 'accepted' | 'parked' }>

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
  #follower: Follower | null = null
  #ran: { readonly seq: number; readonly effect: Effect }[] = []

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

  /** From now on the company is shared: commands may be run again, or refused elsewhere. Null: it is this store's own. */
  follow(follower: Follower | null): void {
    this.#follower = follower
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
    this.#ran = []
    try {
      outcomes = requests.every(({ promptly }) => promptly === true) ? this.#store.promptTransaction(body) : this.#store.transaction(body)
    } catch (error) {
      this.#store.engine.forget()
      throw error
    }
    for (const { seq, effect } of this.#ran) this.#follower?.(seq, effect)
    const took = performance.now() - started
    if (took > SLOW_TRANSACTION_MS) {
      this.#log.warn('transaction.slow', { milliseconds: Math.round(took), commands: requests.length, first: requests[0]?.name ?? '' })
    }
    const accepted = outcomes.filter((outcome) => outcome.kind === 'accepted')
    // One that changed nothing here is on its way to the hub as well.
    if (accepted.length > 0) {
      const changes = accepted.flatMap((outcome) => outcome.changes)
      const actorIds = [...new Set(requests.map((request) => request.actorId))]
      for (const listener of this.#listeners) this.#tell(listener, { changes, actorIds })
    }
    return outcomes
  }

  /** Rows came from elsewhere and are committed: tells the listeners. */
  announce(changes: readonly NetChange[]): void {
    for (const listener of this.#listeners) this.#tell(listener, { changes, actorIds: [] })
  }

  /** It is saved by now: nothing that goes wrong in telling may be answered as if it were not. */
  #tell(listener: CommitListener, commit: Parameters<CommitListener>[0]): void {
    try {
      listener(commit)
    } catch (error) {
      this.#log.error('commit.untold', errorDetails(error))
    }
  }

  /** The command that a request names and its input; or what there is to say without running it. */
  #read(request: CommandRequest): { readonly kind: 'command'; readonly command: Command; readonly input: unknown } | Extract<CommandOutcome, { kind: 'refused' | 'repeated' }> {
    const command = COMMANDS.get(request.name)
    if (!command) return refused('input.unknownCommand', `There is no command named ${request.name}.`)
    const parsed = readInput(command.input, request.input)
    if (parsed.kind === 'unreadable') return { kind: 'refused', refusal: { code: 'input.invalid', message: parsed.message, field: parsed.field } }
    const before = request.commandId === undefined ? undefined : this.#store.journal.find(request.commandId)
    if (!before) return { kind: 'command', command, input: parsed.value }
    if (before.name !== request.name) return refused('input.commandId', 'This id belongs to another command. Reload the page, then try again.')
    return { kind: 'repeated', commandId: before.id }
  }

  #attempt(request: CommandRequest): CommandOutcome {
    const read = this.#read(request)
    if (read.kind !== 'command') return read
    const { command, input } = read
    const ran = this.#ran.length
    try {
      return this.#store.savepoint(() => this.#carryOut(command, request, input))
    } catch (error) {
      this.#store.engine.forget()
      this.#ran.length = ran
      if (error instanceof TakenBack) return { kind: 'refused', refusal: error.refusal }
      if (command.kind === 'fact' && !isDiskTrouble(error)) return this.#park(command, request, input, error)
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
    const envelope = this.#complete(command, request, input)
    const { value: execution, reads } = this.#follower
      ? runRecording(execute(command, envelope), (asked) => engine.answer(asked))
      : { value: engine.run(execute(command, envelope)), reads: [] }
    if (execution.kind === 'refused') throw new TakenBack(execution.refusal)
    engine.apply(execution.changes)
    search.apply(execution.changes)
    const seq = journal.record(envelope, execution.changes)
    if (this.#follower) this.#ran.push({ seq, effect: { reads, changes: execution.changes } })
    return { kind: 'accepted', commandId: envelope.id, changes: execution.changes }
  }

  /** The command as it will travel: completed from the rows here, with its document numbers. */
  #complete(command: Command, request: CommandRequest, input: unknown): CommandEnvelope {
    const { engine, journal } = this.#store
    const by = { actorId: request.actorId, deviceId: this.#store.deviceId, shared: this.#follower !== null }
    const complete = command.prepare ? engine.run(command.prepare(input, by)) : input
    const numbers = Object.fromEntries((command.numbers ?? []).map((kind) => [kind, journal.nextNumber(kind)]))
    return { ...this.#envelope(command, request, complete), numbers }
  }

  /**
   * Puts a command in the outbox without doing anything here: its effect comes with the hub's feed. What would be
   * refused here already is refused at once.
   */
  queue(request: CommandRequest): Queued {
    const { engine, journal } = this.#store
    const read = this.#read(request)
    if (read.kind !== 'command') return read
    try {
      return this.#store.transaction(() => {
        const envelope = this.#complete(read.command, request, read.input)
        const trial = engine.run(execute(read.command, envelope))
        if (trial.kind === 'refused') throw new TakenBack(trial.refusal)
        journal.record(envelope, [], true)
        return { kind: 'queued', commandId: envelope.id }
      })
    } catch (error) {
      engine.forget()
      if (error instanceof TakenBack) return { kind: 'refused', refusal: error.refusal }
      throw error
    }
  }

  #park(command: Command, request: CommandRequest, input: unknown, error: unknown): CommandOutcome {
    const envelope = this.#envelope(command, request, input)
    this.#store.journal.park(envelope, error instanceof Error ? error.message : String(error))
    this.#log.error('fact.parked', { command: command.name, id: envelope.id, ...errorDetails(error) })
    return { kind: 'parked', commandId: envelope.id }
  }
}

function refused(code: Refusal['code'], message: string): Extract<CommandOutcome, { kind: 'refused' }> {
  return { kind: 'refused', refusal: { code, message } }
}

/** A full or failing disk is nobody's fact to park: the whole transaction is taken back and the person is told. */
export function isDiskTrouble(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^SQLITE_(FULL|IOERR|READONLY|CORRUPT|CANTOPEN|NOMEM)/.test(code)
}
