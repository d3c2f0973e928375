import type { Database, Statement } from 'better-sqlite3'
import { canonicalJson } from '../../shared/base/canonicalJson.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { CommandEnvelope, NumberKind } from '../../shared/domain/kernel/command.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { LOGGED_COLUMNS, type LoggedCommand, readLogged } from './loggedCommand.ts'

/** Where each series starts on a workstation of its own: numbers people can say, and room below for imported ones. */
const FIRST_NUMBERS: Readonly<Record<NumberKind, number>> = { customer: 10_001, job: 48_001, invoice: 20_001, batch: 1 }


/** A change of one row, for "what changed, when, by whom". */
export interface LoggedChange {
  /** The place of its command in this journal; below zero the place in the hub's feed, where another workstation ran it. */
  readonly seq: number
  readonly commandName: string
  readonly at: number
  readonly actorId: string
  readonly tableName: string
  readonly rowId: string
  readonly before: AnyRow | null
}

/** The journal of accepted commands with their before-images, the outbox and the number series. */
export class CommandJournal {
  readonly #log: Statement
  readonly #outbox: Statement
  readonly #undo: Statement
  readonly #known: Statement
  readonly #after: Statement
  readonly #changes: Statement
  readonly #number: Statement
  readonly #startNumbers: Statement
  readonly #restartNumbers: Statement
  readonly #park: Statement
  readonly #lastAt: Statement
  readonly #waiting: Statement

  constructor(database: Database) {
    this.#log = database.prepare('INSERT INTO command_log (id, name, version, at, actor_id, operation_id, numbers, input, awaited) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    this.#outbox = database.prepare('INSERT INTO outbox (seq) VALUES (?)')
    this.#undo = database.prepare('INSERT INTO undo (seq, idx, table_name, row_id, before) VALUES (?, ?, ?, ?, ?)')
    this.#known = database.prepare(`SELECT ${LOGGED_COLUMNS} FROM command_log l WHERE l.id = ?`)
    this.#after = database.prepare(`SELECT ${LOGGED_COLUMNS} FROM command_log l WHERE l.seq > ? ORDER BY l.seq LIMIT ?`)
    this.#changes = database.prepare(
      // Newest first: what waits for the hub, then the hub's feed, then what was done before there was a hub.
      `SELECT u.seq, l.name AS commandName, l.at, l.actor_id AS actorId, u.table_name AS tableName, u.row_id AS rowId, u.before,
         CASE WHEN l.hub_seq > 0 THEN 1 WHEN o.seq IS NULL THEN 0 ELSE 2 END AS era, CASE WHEN l.hub_seq > 0 THEN l.hub_seq ELSE l.seq END AS place
       FROM undo u JOIN command_log l ON l.seq = u.seq LEFT JOIN outbox o ON o.seq = u.seq WHERE u.table_name = ? AND u.row_id = ?
       UNION ALL SELECT -hub_seq, command_name, at, actor_id, table_name, row_id, before, 1, hub_seq
       FROM remote_change WHERE table_name = ? AND row_id = ?
       ORDER BY era DESC, place DESC LIMIT ?`,
    )
    this.#number = database.prepare('UPDATE number_series SET next = next + 1 WHERE kind = ? RETURNING prefix, next - 1 AS number')
    this.#startNumbers = database.prepare("INSERT OR IGNORE INTO number_series (kind, prefix, next) VALUES (?, '', ?)")
    this.#restartNumbers = database.prepare(
      `INSERT INTO number_series (kind, prefix, next) VALUES (?, ?, ?)
       ON CONFLICT (kind) DO UPDATE SET prefix = excluded.prefix, next = CASE WHEN prefix = ? THEN next ELSE excluded.next END`,
    )
    this.#park = database.prepare('INSERT OR REPLACE INTO parked_fact (id, name, at, actor_id, input, error) VALUES (?, ?, ?, ?, ?, ?)')
    this.#lastAt = database.prepare('SELECT at FROM command_log ORDER BY seq DESC LIMIT 1').pluck()
    this.#waiting = database.prepare('SELECT count(*) FROM outbox').pluck()
  }

  /** The next number of a series; taken back with the transaction, so a refused command leaves no hole. */
  nextNumber(kind: NumberKind): string {
    let row = this.#number.get(kind) as { prefix: string; number: number } | undefined
    if (!row) {
      this.#startNumbers.run(kind, FIRST_NUMBERS[kind])
      row = this.#number.get(kind) as { prefix: string; number: number }
    }
    return `${row.prefix}${row.number}`
  }

  /**
   * From now on this workstation's document numbers begin with its own letters, so that no two ever give out the same.
   * Series that have begun stay where they are where the prefix is the same.
   */
  startSeries(prefix: string): void {
    for (const [kind, first] of Object.entries(FIRST_NUMBERS)) this.#restartNumbers.run(kind, prefix, first, prefix)
  }

  /**
   * Logs an accepted command, its before-images and its place in the outbox. Inside its transaction.
   * @param awaited it has no effect before the hub's word
   * @returns its place in this workstation's order
   */
  record(envelope: CommandEnvelope, changes: readonly NetChange[], awaited = false): number {
    const { lastInsertRowid } = this.#log.run(
      envelope.id,
      envelope.name,
      envelope.version,
      envelope.at,
      envelope.actorId,
      envelope.operationId,
      canonicalJson(envelope.numbers),
      canonicalJson(envelope.input),
      awaited ? 1 : 0,
    )
    const seq = Number(lastInsertRowid)
    changes.forEach(({ table, id, before }, index) => this.#undo.run(seq, index, table.name, id, before ? canonicalJson(before) : null))
    this.#outbox.run(seq)
    return seq
  }

  /** The command with that id, where it was accepted before. */
  find(commandId: string): LoggedCommand | undefined {
    const stored = this.#known.get(commandId)
    return stored === undefined ? undefined : readLogged(stored)
  }

  /** Accepted commands after a place in the journal, oldest first. */
  after(seq: number, limit: number): readonly LoggedCommand[] {
    return this.#after.all(seq, limit).map(readLogged)
  }

  /** What happened to one row, here and at other workstations, newest first. */
  changesOf(tableName: string, rowId: string, limit: number): readonly LoggedChange[] {
    const rows = this.#changes.all(tableName, rowId, tableName, rowId, limit) as (Omit<LoggedChange, 'before' | 'tableName' | 'rowId'> & { readonly before: string | null })[]
    return rows.map(({ seq, commandName, at, actorId, before }) => ({ seq, commandName, at, actorId, tableName, rowId, before: before === null ? null : (JSON.parse(before) as AnyRow) }))
  }

  /** Keeps a fact that could not be processed, whole, until somebody looks at it. */
  park(envelope: CommandEnvelope, error: string): void {
    this.#park.run(envelope.id, envelope.name, envelope.at, envelope.actorId, canonicalJson(envelope.input), error)
  }

  /** When the last command was run, or 0. */
  lastAt(): number {
    return (this.#lastAt.get() as number | undefined) ?? 0
  }

  /** How many commands the hub has not acknowledged. */
  waiting(): number {
    return this.#waiting.get() as number
  }
}
