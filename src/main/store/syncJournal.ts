import type { Database, Statement } from 'better-sqlite3'
import { canonicalJson } from '../../shared/base/canonicalJson.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import type { FeedEntry, Outcome } from '../../shared/sync/protocol.ts'
import { LOGGED_COLUMNS, type LoggedCommand, readLogged } from './loggedCommand.ts'

/** Which hub the store follows and how far it has come. */
export interface SyncState {
  readonly epoch: string
  /** The last place of the hub's feed that is in the store. */
  readonly cursor: number
  /** The migration under which the rows were fetched. */
  readonly schema: number
  /** Where the hub is and who this workstation is to it; the link's own. */
  readonly hub: unknown
  /** A snapshot on its way; the loader's own. Null where everything is here. */
  readonly snapshot: unknown
}

/** A command that the hub's feed has not brought back yet: it lies on top of what the hub has said. */
export interface PendingHead {
  readonly seq: number
  readonly id: string
  readonly awaited: boolean
}

/** The same with everything that was logged of it. */
export type PendingCommand = LoggedCommand

export interface UndoImage {
  readonly tableName: string
  readonly rowId: string
  readonly before: AnyRow | null
}

/** What a store knows of the hub: its place in the feed, which commands the hub has acknowledged, what came from others. */
export class SyncJournal {
  readonly #state: Statement
  readonly #saveState: Statement
  readonly #moveCursor: Statement
  readonly #saveSnapshot: Statement
  readonly #forgetState: Statement
  readonly #unsent: Statement
  readonly #pending: Statement
  readonly #byId: Statement
  readonly #undo: Statement
  readonly #dropUndo: Statement
  readonly #addUndo: Statement
  readonly #acknowledge: Statement
  readonly #dropFromOutbox: Statement
  readonly #remote: Statement
  readonly #accepted: Statement
  readonly #pendingRows: Statement
  readonly #reopen: Statement
  readonly #contained: Statement
  readonly #lastSeq: Statement
  readonly #firstUnsent: Statement
  readonly #outcome: Statement
  readonly #effect: Statement
  readonly #forgetPlaces: Statement
  readonly #reopenFrom: Statement
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    this.#state = database.prepare('SELECT epoch, cursor, schema, hub, snapshot FROM sync_state WHERE id = 1')
    this.#saveState = database.prepare('INSERT OR REPLACE INTO sync_state (id, epoch, cursor, schema, hub, snapshot) VALUES (1, ?, ?, ?, ?, ?)')
    this.#moveCursor = database.prepare('UPDATE sync_state SET cursor = ? WHERE id = 1')
    this.#saveSnapshot = database.prepare('UPDATE sync_state SET snapshot = ? WHERE id = 1')
    this.#forgetState = database.prepare('DELETE FROM sync_state')
    this.#unsent = database.prepare(`SELECT ${LOGGED_COLUMNS} FROM outbox o JOIN command_log l ON l.seq = o.seq WHERE o.seq > ? ORDER BY o.seq LIMIT ?`)
    // CROSS: the outbox is short and the log is not, whatever the statistics say.
    this.#pending = database.prepare(
      `SELECT l.seq, l.id, l.awaited FROM outbox o CROSS JOIN command_log l ON l.seq = o.seq
       UNION SELECT l.seq, l.id, l.awaited FROM command_log l WHERE l.hub_seq > ? ORDER BY 1`,
    )
    this.#byId = database.prepare(`SELECT ${LOGGED_COLUMNS} FROM command_log l WHERE l.id = ?`)
    this.#undo = database.prepare('SELECT table_name AS tableName, row_id AS rowId, before FROM undo WHERE seq = ? ORDER BY idx DESC')
    this.#dropUndo = database.prepare('DELETE FROM undo WHERE seq = ?')
    this.#addUndo = database.prepare('INSERT INTO undo (seq, idx, table_name, row_id, before) VALUES (?, ?, ?, ?, ?)')
    this.#acknowledge = database.prepare('UPDATE command_log SET outcome = ?, hub_seq = ? WHERE id = ? RETURNING seq')
    this.#dropFromOutbox = database.prepare('DELETE FROM outbox WHERE seq = ?')
    this.#remote = database.prepare('INSERT OR IGNORE INTO remote_change (hub_seq, idx, command_name, at, actor_id, table_name, row_id, before) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    this.#accepted = database.prepare(`SELECT ${LOGGED_COLUMNS} FROM command_log l WHERE l.hub_seq > ? ORDER BY l.hub_seq LIMIT ?`)
    this.#pendingRows = database.prepare(
      `SELECT DISTINCT u.row_id FROM undo u WHERE u.table_name = ? AND u.seq IN (SELECT seq FROM outbox)`,
    ).pluck()
    this.#contained = database.prepare('DELETE FROM outbox WHERE seq <= ?')
    this.#reopen = database.prepare('INSERT OR IGNORE INTO outbox (seq) SELECT seq FROM command_log WHERE hub_seq > ?')
    this.#lastSeq = database.prepare('SELECT coalesce(max(seq), 0) FROM command_log').pluck()
    this.#firstUnsent = database.prepare('SELECT min(seq) FROM outbox').pluck()
    this.#outcome = database.prepare('SELECT outcome FROM command_log WHERE id = ?').pluck()
    this.#effect = database.prepare('SELECT 1 FROM undo WHERE seq = ? LIMIT 1').pluck()
    this.#forgetPlaces = database.prepare('UPDATE command_log SET hub_seq = 0 WHERE hub_seq > 0 AND seq NOT IN (SELECT seq FROM outbox)')
    this.#reopenFrom = database.prepare('INSERT OR IGNORE INTO outbox (seq) SELECT seq FROM command_log WHERE seq >= ?')
  }

  /** Null where the store follows no hub. */
  state(): SyncState | null {
    const stored = this.#state.get() as { epoch: string; cursor: number; schema: number; hub: string; snapshot: string | null } | undefined
    if (!stored) return null
    return { ...stored, hub: JSON.parse(stored.hub) as unknown, snapshot: stored.snapshot === null ? null : (JSON.parse(stored.snapshot) as unknown) }
  }

  saveState({ epoch, cursor, schema, hub, snapshot }: SyncState): void {
    this.#saveState.run(epoch, cursor, schema, canonicalJson(hub), snapshot === null ? null : canonicalJson(snapshot))
  }

  moveCursor(cursor: number): void {
    this.#moveCursor.run(cursor)
  }

  saveSnapshot(snapshot: unknown): void {
    this.#saveSnapshot.run(snapshot === null ? null : canonicalJson(snapshot))
  }

  /** The store goes on by itself. */
  forgetHub(): void {
    this.#forgetState.run()
  }

  /** Commands for the hub behind a place in the journal, oldest first. */
  unsent(limit: number, after = 0): readonly PendingCommand[] {
    return this.#unsent.all(after, limit).map(readLogged)
  }

  /** Where the journal ends. */
  lastSeq(): number {
    return this.#lastSeq.get() as number
  }

  /** The place of the oldest command that the hub has not acknowledged, or the one behind the journal's end. */
  firstUnsent(): number {
    return (this.#firstUnsent.get() as number | null) ?? this.lastSeq() + 1
  }

  /** The hub's word on a command of this workstation; null until it has come. */
  outcomeOf(commandId: string): Outcome | null {
    return (this.#outcome.get(commandId) as Outcome | null | undefined) ?? null
  }

  /** Whether a command has changed rows here. */
  hasEffect(seq: number): boolean {
    return this.#effect.get(seq) !== undefined
  }

  /** Another feed begins: what the former one said of the commands that it has acknowledged is true of all of this one. */
  forgetPlaces(): void {
    this.#forgetPlaces.run()
  }

  /** Commands from a place on are unsent again: the hub says that it never had them. */
  reopenFrom(seq: number): void {
    this.#reopenFrom.run(seq)
  }

  /** Commands that lie on top of the feed's rows up to `cursor`, in the order in which they were run. */
  pending(cursor: number): readonly PendingHead[] {
    const heads = this.#pending.all(cursor) as { seq: number; id: string; awaited: number }[]
    return heads.map((head) => ({ ...head, awaited: head.awaited === 1 }))
  }

  find(commandId: string): PendingCommand | undefined {
    const stored = this.#byId.get(commandId)
    return stored === undefined ? undefined : readLogged(stored)
  }

  /** What a command changed, as it was before, the last change first. */
  undoImages(seq: number): readonly UndoImage[] {
    const rows = this.#undo.all(seq) as { tableName: string; rowId: string; before: string | null }[]
    return rows.map((row) => ({ ...row, before: row.before === null ? null : (JSON.parse(row.before) as AnyRow) }))
  }

  replaceUndo(seq: number, changes: readonly NetChange[]): void {
    this.#dropUndo.run(seq)
    changes.forEach(({ table, id, before }, index) => this.#addUndo.run(seq, index, table.name, id, before ? canonicalJson(before) : null))
  }

  /** The hub has a command: it is sent no more. Commands of other workstations are none of this journal's. */
  acknowledge(commandId: string, outcome: Outcome, hubSeq: number): void {
    const seq = (this.#acknowledge.get(outcome, hubSeq, commandId) as { seq: number } | undefined)?.seq
    if (seq !== undefined) this.#dropFromOutbox.run(seq)
  }

  /** What another workstation did to a row, for its history. */
  recordRemote(entry: FeedEntry, befores: readonly UndoImage[]): void {
    befores.forEach(({ tableName, rowId, before }, index) =>
      this.#remote.run(entry.seq, index, entry.name, entry.at, entry.actorId, tableName, rowId, before ? canonicalJson(before) : null),
    )
  }

  /** Own commands that the hub had accepted after a place in its feed: what it forgot where it was restored from there. */
  acceptedAfter(hubSeq: number, limit: number): readonly PendingCommand[] {
    return this.#accepted.all(hubSeq, limit).map(readLogged)
  }

  /** The hub has the rows that these commands made: they are not sent. */
  containedUpTo(seq: number): void {
    this.#contained.run(seq)
  }

  /** The hub was restored to a place before these: they are unsent again. */
  reopenAfter(hubSeq: number): void {
    this.#reopen.run(hubSeq)
  }

  /** The rows of a table that some unacknowledged command has changed: what is shown as tentative. */
  pendingRows(tableName: string): ReadonlySet<string> {
    return new Set(this.#pendingRows.all(tableName) as string[])
  }

  /** Everything of the company goes, to make room for the hub's: rows, search, journal, numbers. Inside a transaction with foreign keys off. */
  clear(tables: readonly string[]): void {
    for (const table of ['outbox', 'undo', 'remote_change', 'command_log', 'number_series', 'parked_fact', ...tables]) this.#database.prepare(`DELETE FROM ${table}`).run()
    this.#database.exec("INSERT INTO search_words (search_words) VALUES ('delete-all'); INSERT INTO search_digits (search_digits) VALUES ('delete-all'); DELETE FROM search_entry; DELETE FROM sqlite_sequence WHERE name = 'command_log';")
  }
}
