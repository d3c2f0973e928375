import { createIndexSql, createTableSql } from '../src/main/store/ddl.ts'
import { LOCAL_TABLES_SQL } from '../src/main/store/localTables.ts'
import type { Migration } from '../src/main/store/migration.ts'
import { TABLES } from '../src/shared/domain/tables.ts'

export const MIGRATIONS: readonly Migration[] = [
  { version: 1, name: 'first_store', sql: [...TABLES.map(createTableSql), ...TABLES.flatMap(createIndexSql), LOCAL_TABLES_SQL].join('\n') },
]
