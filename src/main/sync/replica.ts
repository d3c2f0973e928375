import { COMMANDS } from '../../shared/domain/commands.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { CommandEnvelope } from '../../shared/domain/kernel/command.ts'
import { execute } from '../../shared/domain/kernel/execute.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { tableIfKnown } from '../../shared/domain/tables.ts'
import { type Effect, runRecording } from '../../shared/sync/footprint.ts'
import type { Acknowledgement, FeedEntry, FeedRow, Page, PushedCommand } from '../../shared/sync/protocol.ts'
import { commandHash } from '../../shared/sync/pushed.ts'
import { errorDetails, type Log } from '../core/log.ts'
import { isDiskTrouble } from '../core/runner.ts'
import type { Store } from '../store/store.ts'
import type { PendingCommand, PendingHead } from '../store/syncJournal.ts'
import { KnownEffects } from './knownEffects.ts'
import { planRebase, type Rerun, stillApart } from './rebasePlan.ts'
import { sameRow } from './sameRow.ts'

/** The feed goes on later than the store stands: entries between them are missing and must be pulled. */
export class FeedHole extends Error {
  override readonly name = 'FeedHole'
  readonly cursor: number

  constructor(cursor: number, after: number) {
    super(`The feed goes on after ${after}, the store stands at ${cursor}`)
    this.cursor = cursor
  }
}

/** A command run again met what the plan had left in place: the whole of what is pending must be run again. */
class PlanTooNarrow extends Error {}

/**
 * How a rebase goes about what is pending: run again only what is concerned; or all of it; or, where even that breaks a
 * rule of the tables, none of it until the hub has spoken, for what the hub says must come in whatever lies on top.
 */
type Way = 'narrow' | 'whole' | 'bare'

/** A reference to nothing, or a row twice. */
function isAgainstTheTables(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT')
}

export type ReplicaListener = (changes: readonly NetChange[]) => void

/**
 * A store as a replica of the hub's company: the feed's rows, and on top of them the commands that the feed has not
 * brought back yet. Whatever arrives, what is shown is always the hub's word followed by this office's own.
 */
export class Replica {
  readonly #store: Store
  readonly #log: Log
  readonly #tell: ReplicaListener
  /** By place in the journal; what is not known (after a restart) is run again once. */
  readonly #effects = new KnownEffects()
  /** Rows looked up in the rebase that is under way: the plan and what follows it ask for the same ones. */
  readonly #rows = new Map<string, AnyRow | null>()
  #ranAgain = 0

  /** @param tell hears after the commit which rows are not what they were */
  constructor(store: Store, log: Log, tell: ReplicaListener = () => undefined) {
    this.#store = store
    this.#log = log
    this.#tell = tell
  }

  get cursor(): number {
    return this.#store.sync.state()?.cursor ?? 0
  }

  /** How many commands the last rebase took back. */
  get ranAgain(): number {
    return this.#ranAgain
  }

  /** A command was run here and committed. */
  ran(seq: number, effect: Effect): void {
    this.#effects.set(seq, effect)
  }

  /** The next commands for the hub behind a place in the journal, oldest first, as far as they are on the disk. */
  unsent(limit: number, after = 0): readonly PushedCommand[] {
    // Else the hub would hear of a command that a power cut takes back here, and take this store for a copy of itself.
    const end = this.#store.settledUpTo()
    return this.#store.sync.unsent(limit, after).flatMap((command) => (command.seq > end ? [] : [pushed(command)]))
  }

  /**
   * The hub has these. Their own rows come with the feed; until then they stay on top. Where a snapshot has brought those
   * rows before this word came, what was run on top of it is taken back.
   */
  acknowledge(acknowledged: readonly Acknowledgement[]): void {
    const { cursor } = this
    const { sync } = this.#store
    const within = acknowledged.filter(({ id, seq }) => seq <= cursor && sync.find(id)?.hubSeq === null)
    // A power cut may take it back: then the hub is told again, and says the same.
    this.#store.fetchedTransaction(() => {
      for (const word of acknowledged) if (!within.includes(word)) sync.acknowledge(word.id, word.outcome, word.seq)
    })
    if (within.length > 0) this.#rebase({ entries: within.map(entryWithin), upTo: cursor })
  }

  /**
   * Takes in a page of the feed in one transaction: takes back what stands in its way, applies the hub's rows, moves the
   * cursor and runs again what was taken back and is still pending. Entries that are here already are passed over.
   * @throws FeedHole where entries are missing before the page
   */
  apply(page: Page): void {
    const { cursor } = this
    if (page.after > cursor) throw new FeedHole(cursor, page.after)
    const entries = page.entries.filter((entry) => entry.seq > cursor)
    if (page.upTo <= cursor) return
    this.#rebase({ entries, upTo: page.upTo })
  }

  /** Takes in rows of a snapshot: the same, but they are nobody's command and the cursor stays. */
  applySnapshot(rows: readonly FeedRow[]): void {
    this.#rebase({ entries: [snapshotEntry(rows)], upTo: null })
  }

  /**
   * Rows of a table that what is pending has changed or taken away, by id. They come back when it is taken back, so a
   * snapshot that does not name them has to say that they are gone, whether they are here now or not.
   */
  rowsBeneath(tableName: string): readonly string[] {
    const { sync } = this.#store
    return sync.pending(this.cursor).flatMap(({ seq }) => sync.undoImages(seq).flatMap((image) => (image.tableName === tableName && image.before ? [image.rowId] : [])))
  }

  #rebase(arrived: Arrived): void {
    const changes = this.#rebaseSomehow(arrived)
    if (changes.length > 0) this.#tell(changes)
  }

  #rebaseSomehow(arrived: Arrived): readonly NetChange[] {
    for (const way of ['narrow', 'whole'] as const) {
      try {
        return this.#rebaseOnce(arrived, way)
      } catch (error) {
        if (!(error instanceof PlanTooNarrow) && !isAgainstTheTables(error)) throw error
        if (!(error instanceof PlanTooNarrow)) this.#log.warn('rebase.wider', errorDetails(error))
      }
    }
    return this.#rebaseOnce(arrived, 'bare')
  }

  #rebaseOnce({ entries, upTo }: Arrived, way: Way): readonly NetChange[] {
    const { sync, search, engine } = this.#store
    const gone: number[] = []
    const reruns: Rerun[] = []
    try {
      // A power cut may take the last of them back, and the cursor with them: they are fetched again.
      const touched = this.#store.fetchedTransaction(() => {
        const all: NetChange[] = []
        const pending = sync.pending(this.cursor)
        const plan = planRebase(pending, entries, way === 'narrow' ? this.#effects : new KnownEffects(), (table, id) => this.#current(table, id))
        this.#ranAgain = plan.again.length
        for (const command of [...plan.again].reverse()) all.push(...this.#takeBack(command))
        for (const entry of entries) {
          const own = plan.settled.has(entry.commandId)
          if (!own) all.push(...this.#applyEntry(entry, upTo !== null))
          if (upTo !== null) sync.acknowledge(entry.commandId, entry.outcome, entry.seq)
        }
        if (upTo !== null) sync.moveCursor(upTo)
        const arrivedIds = new Set(entries.map((entry) => entry.commandId))
        for (const command of pending) {
          if (arrivedIds.has(command.id)) gone.push(command.seq)
        }
        for (const command of plan.again) {
          if (arrivedIds.has(command.id)) continue
          const effect = way === 'bare' ? null : this.#runAgain(command)
          all.push(...(effect?.changes ?? []))
          if (effect) reruns.push({ seq: command.seq, now: effect })
          else gone.push(command.seq)
        }
        if (way === 'narrow' && !stillApart(reruns, plan.left, this.#effects)) throw new PlanTooNarrow()
        search.apply(all)
        return all
      })
      for (const seq of gone) this.#effects.delete(seq)
      for (const { seq, now } of reruns) this.#effects.set(seq, now)
      return touched
    } catch (error) {
      engine.forget()
      throw error
    } finally {
      this.#rows.clear()
    }
  }

  #write(changes: readonly NetChange[]): void {
    this.#store.engine.apply(changes)
    for (const { table, id, after } of changes) this.#rows.set(`${table.name}/${id}`, after)
  }

  #takeBack(command: PendingHead): readonly NetChange[] {
    const { sync } = this.#store
    const changes = sync.undoImages(command.seq).flatMap(({ tableName, rowId, before }) => this.#toward(tableName, rowId, before))
    this.#write(changes)
    sync.replaceUndo(command.seq, [])
    return changes
  }

  /** The change that makes a row what it should be; none where it is so already or this Baton has no such table. */
  #toward(tableName: string, id: string, after: AnyRow | null): readonly NetChange[] {
    const table = tableIfKnown(tableName)
    if (!table) return []
    const before = this.#current(tableName, id)
    if ((!before && !after) || (before && after && sameRow(table, before, after))) return []
    return [{ table, id, before, after }]
  }

  #current(tableName: string, id: string): AnyRow | null {
    const table = tableIfKnown(tableName)
    if (!table) return null
    const key = `${tableName}/${id}`
    const known = this.#rows.get(key)
    if (known !== undefined) return known
    const row = this.#store.engine.answer({ kind: 'get', table, id })[0] ?? null
    this.#rows.set(key, row)
    return row
  }

  #applyEntry(entry: FeedEntry, remember: boolean): readonly NetChange[] {
    const changes = entry.rows.flatMap(([tableName, id, after]) => this.#toward(tableName, id, after))
    this.#write(changes)
    if (remember) this.#store.sync.recordRemote(entry, changes.map(({ table, id, before }) => ({ tableName: table.name, rowId: id, before })))
    return changes
  }

  /** What the command does on the rows as they are now; null where it can't be run: the hub's word on it will come. */
  #runAgain(head: PendingHead): Effect | null {
    const store = this.#store
    const command = store.sync.find(head.id)
    const definition = COMMANDS.get(command?.name ?? '')
    if (!command || !definition || command.awaited) return null
    try {
      return store.savepoint(() => {
        const { value, reads } = runRecording(execute(definition, this.#envelope(command), 'replay'), (request) => store.engine.answer(request))
        const changes = value.kind === 'accepted' ? value.changes : []
        this.#write(changes)
        store.sync.replaceUndo(command.seq, changes)
        return { reads, changes }
      })
    } catch (error) {
      if (isDiskTrouble(error)) throw error
      store.engine.forget()
      this.#rows.clear()
      this.#log.warn('rebase.notRun', { command: command.name, id: command.id, ...errorDetails(error) })
      return null
    }
  }

  #envelope(command: PendingCommand): CommandEnvelope {
    const { id, name, version, at, actorId, operationId, input, numbers } = command
    return { id, name, version, at, actorId, operationId, input, numbers, deviceId: this.#store.deviceId, companyId: this.#store.companyId }
  }
}

interface Arrived {
  readonly entries: readonly FeedEntry[]
  /** The cursor afterwards; null where the rows are no part of the feed. */
  readonly upTo: number | null
}

/** A command whose rows are here already. */
function entryWithin({ id, wsSeq, seq, outcome }: Acknowledgement): FeedEntry {
  return { seq, commandId: id, name: '', at: 0, actorId: '', deviceId: '', wsSeq, outcome, rows: [] }
}

function snapshotEntry(rows: readonly FeedRow[]): FeedEntry {
  return { seq: 0, commandId: '', name: '', at: 0, actorId: '', deviceId: '', wsSeq: 0, outcome: 'accepted', rows }
}

function pushed(command: PendingCommand): PushedCommand {
  const { seq, id, name, version, at, actorId, operationId, numbers, input, awaited, hubSeq } = command
  const body = { id, name, version, at, actorId, operationId, numbers: { ...numbers }, input }
  return { ...body, wsSeq: seq, hash: commandHash(body), awaited, formerSeq: hubSeq }
}
