import { type Column, columnName, columnsOf, type Table } from '../../shared/domain/kernel/table.ts'

/**
 * SQL for SQLite from the table declarations. An enumeration has no CHECK: a row may come from a newer Baton that knows
 * one more value, and a store that refused it could not go on with anything after it. Commands guard their own values.
 */

function sqliteType(column: Column<unknown>): string {
  switch (column.kind) {
    case 'id':
    case 'text':
    case 'day':
    case 'json':
      return 'TEXT'
    case 'integer':
    case 'instant':
    case 'cents':
    case 'boolean':
      return 'INTEGER'
  }
}

function columnSql(property: string, column: Column<unknown>): string {
  const name = columnName(property)
  const check = column.kind === 'boolean' ? ` CHECK (${name} IN (0, 1))` : ''
  return `${name} ${sqliteType(column)}${column.nullable ? '' : ' NOT NULL'}${check}`
}

export function createTableSql(table: Table): string {
  const columns = columnsOf(table).map(([property, column]) => `  ${columnSql(property, column)}`)
  const references = Object.entries(table.columns).flatMap(([property, column]) =>
    column.references
      ? [`  FOREIGN KEY (company_id, ${columnName(property)}) REFERENCES ${column.references} (company_id, id) DEFERRABLE INITIALLY DEFERRED`]
      : [],
  )
  return `CREATE TABLE ${table.name} (\n${[...columns, '  PRIMARY KEY (company_id, id)', ...references].join(',\n')}\n) STRICT;`
}

export function createIndexSql(table: Table): readonly string[] {
  return Object.entries(table.indexes).map(([name, columns]) => {
    const unique = table.unique.includes(name) ? 'UNIQUE ' : ''
    const keys = ['company_id', ...columns.map(columnName)].join(', ')
    return `CREATE ${unique}INDEX ${table.name}_${columnName(name)} ON ${table.name} (${keys});`
  })
}
