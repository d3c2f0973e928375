/**
 * What only this workstation has: the journal of commands, the outbox for the hub, before-images for a
 * rebase, number series, facts that could not be processed, and the search index. None of it is synchronised.
 */
export const LOCAL_TABLES_SQL = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- Every accepted command in the order it was run: the audit trail, and what a replay reads.
CREATE TABLE command_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor_id TEXT NOT NULL,
  operation_id TEXT,
  numbers TEXT NOT NULL,
  input TEXT NOT NULL
) STRICT;
CREATE INDEX command_log_operation ON command_log (operation_id) WHERE operation_id IS NOT NULL;

-- Commands the hub has not acknowledged.
CREATE TABLE outbox (seq INTEGER PRIMARY KEY REFERENCES command_log (seq)) STRICT;

-- Before-images, newest last: what a rebase takes back. before is null where the row came to be.
CREATE TABLE undo (
  seq INTEGER NOT NULL REFERENCES command_log (seq),
  idx INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  before TEXT,
  PRIMARY KEY (seq, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX undo_row ON undo (table_name, row_id);

CREATE TABLE number_series (kind TEXT PRIMARY KEY, prefix TEXT NOT NULL, next INTEGER NOT NULL) STRICT;

-- Facts that could not be processed; they wait for a person, and the rest goes on.
CREATE TABLE parked_fact (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor_id TEXT NOT NULL,
  input TEXT NOT NULL,
  error TEXT NOT NULL
) STRICT;

CREATE TABLE search_entry (
  rowid INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  customer_id TEXT,
  words TEXT NOT NULL,
  digits TEXT NOT NULL,
  UNIQUE (kind, entity_id)
) STRICT;
CREATE VIRTUAL TABLE search_words USING fts5 (words, content = 'search_entry', content_rowid = 'rowid', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE VIRTUAL TABLE search_digits USING fts5 (digits, content = 'search_entry', content_rowid = 'rowid', tokenize = 'trigram');
`
