import { type Column, columnName, columnsOf, type Table } from '../../shared/domain/kernel/table.ts'

/** SQL for PostgreSQL from the table declarations that SQLite's store is made from. */

/** Text compares by bytes here as in SQLite: an order must not depend on a server's locale. */
const TEXT = 'text COLLATE "C"'

export function postgresType(column: Column<unknown>): string {
  switch (column.kind) {
    case 'id':
    case 'text':
    case 'day':
    case 'json':
      return TEXT
    case 'boolean':
      return 'boolean'
    case 'integer':
    case 'instant':
    case 'cents':
      return 'bigint'
  }
}

/** The name as SQL wants it; `user` and its like are reserved words. */
export function quotedName(name: string): string {
  return `"${name}"`
}

export function createTableSql(table: Table): string {
  const columns = columnsOf(table).map(([property, column]) => {
    const name = quotedName(columnName(property))
    return `  ${name} ${postgresType(column)}${column.nullable ? '' : ' NOT NULL'}`
  })
  return `CREATE TABLE ${quotedName(table.name)} (\n${[...columns, '  PRIMARY KEY (company_id, id)'].join(',\n')}\n);`
}

/** References are added once all tables exist, because some point to one another. */
export function createReferencesSql(table: Table): readonly string[] {
  return Object.entries(table.columns).flatMap(([property, column]) =>
    column.references
      ? [
          `ALTER TABLE ${quotedName(table.name)} ADD FOREIGN KEY (company_id, ${quotedName(columnName(property))}) REFERENCES ${quotedName(column.references)} (company_id, id) DEFERRABLE INITIALLY DEFERRED;`,
        ]
      : [],
  )
}

export function createIndexSql(table: Table): readonly string[] {
  return Object.entries(table.indexes).map(([name, columns]) => {
    const unique = table.unique.includes(name) ? 'UNIQUE ' : ''
    const keys = ['company_id', ...columns.map(columnName)].map(quotedName).join(', ')
    return `CREATE ${unique}INDEX ${quotedName(`${table.name}_${columnName(name)}`)} ON ${quotedName(table.name)} (${keys});`
  })
}
