import type { Database, Statement } from 'better-sqlite3'

/** A draft as a page keeps it. */
export interface LocalDraft {
  readonly key: string
  /** Who typed last. */
  readonly userId: string
  /** Grows with every change. */
  readonly revision: number
  /** When this workstation took it in; epoch milliseconds. */
  readonly savedAt: number
  /** JSON text. */
  readonly body: string
}

/**
 * What is typed at this workstation and not booked yet, beside the rows and never synchronised: a browser that is killed
 * writes its own storage seconds late, and a profile may be wiped.
 */
export class DraftDrawer {
  readonly #companyId: () => string
  readonly #keep: Statement
  readonly #drop: Statement
  readonly #all: Statement
  readonly #sweep: Statement
  readonly #quickly: (body: () => void) => void

  /** @param quickly runs a write that a killed program does not lose, without waiting for the disk */
  constructor(database: Database, companyId: () => string, quickly: (body: () => void) => void) {
    this.#companyId = companyId
    this.#quickly = quickly
    // What comes late, from a page that was slow, must not put older words over newer ones.
    this.#keep = database.prepare(
      'INSERT INTO local_draft (company_id, key, user_id, revision, saved_at, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET user_id = excluded.user_id, revision = excluded.revision, saved_at = excluded.saved_at, body = excluded.body WHERE excluded.revision >= local_draft.revision',
    )
    this.#drop = database.prepare('DELETE FROM local_draft WHERE company_id = ? AND key = ?')
    this.#all = database.prepare('SELECT key, user_id AS userId, revision, saved_at AS savedAt, body FROM local_draft WHERE company_id = ? ORDER BY saved_at, key')
    this.#sweep = database.prepare('DELETE FROM local_draft WHERE company_id = ? AND saved_at < ?')
  }

  keep({ key, userId, revision, savedAt, body }: LocalDraft): void {
    this.#quickly(() => void this.#keep.run(this.#companyId(), key, userId, revision, savedAt, body))
  }

  drop(key: string): void {
    this.#quickly(() => void this.#drop.run(this.#companyId(), key))
  }

  /** Oldest first. */
  all(): readonly LocalDraft[] {
    return this.#all.all(this.#companyId()) as LocalDraft[]
  }

  /** Lets go of what nobody came back to since then. */
  sweep(before: number): void {
    this.#quickly(() => void this.#sweep.run(this.#companyId(), before))
  }
}
