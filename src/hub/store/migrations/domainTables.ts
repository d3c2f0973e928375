import type pg from 'pg'
import { type Column, columnName, columnsOf, type Table } from '../../../shared/domain/kernel/table.ts'
import { TABLES } from '../../../shared/domain/tables.ts'
import { createIndexSql, createReferencesSql, createTableSql, postgresType, quotedName } from '../ddl.ts'

/**
 * What rows that are there already get in a column that is added later and may not be empty, by `table.column`, as SQL. It
 * says the same as the workstation's migration that adds the column.
 */
export type Fills = Readonly<Record<string, string>>

export const FILLS: Fills = {}

/** A table or a column that PostgreSQL has and the declarations do not know is left alone: an older hub may still use it. */
export interface Shape {
  readonly columns: ReadonlySet<string>
  readonly indexes: ReadonlySet<string>
  /** Tables whose references are in place. */
  readonly referring: ReadonlySet<string>
}

async function shapeOf(client: pg.ClientBase): Promise<Shape> {
  const names = async (sql: string): Promise<ReadonlySet<string>> => new Set((await client.query<{ name: string }>(sql)).rows.map(({ name }) => name))
  return {
    columns: await names("SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = current_schema()"),
    indexes: await names('SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema()'),
    referring: await names(
      `SELECT r.relname || '.' || a.attname AS name FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid
       JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[2] WHERE k.contype = 'f' AND r.relnamespace = current_schema()::regnamespace`,
    ),
  }
}

function addColumn(table: Table, property: string, column: Column<unknown>, fills: Fills): string {
  const name = columnName(property)
  const start = `ALTER TABLE ${quotedName(table.name)} ADD COLUMN ${quotedName(name)} ${postgresType(column)}`
  if (column.nullable) return `${start};`
  const fill = fills[`${table.name}.${name}`]
  if (fill === undefined) throw new Error(`${table.name}.${name} may not be empty, and nothing says what the rows that are there get in it`)
  return `${start} NOT NULL DEFAULT ${fill}; ALTER TABLE ${quotedName(table.name)} ALTER COLUMN ${quotedName(name)} DROP DEFAULT;`
}

const indexName = (sql: string): string => /INDEX "([^"]+)"/.exec(sql)?.[1] ?? ''

/** Tables and columns that are missing. */
export function missingTables(shape: Shape, fills: Fills = FILLS): readonly string[] {
  return TABLES.flatMap((table) => {
    if (!shape.columns.has(`${table.name}.id`)) return [createTableSql(table)]
    const missing = columnsOf(table).filter(([property]) => !shape.columns.has(`${table.name}.${columnName(property)}`))
    return missing.map(([property, column]) => addColumn(table, property, column, fills))
  })
}

/** References and indexes that are missing; after the rows of a restore they are made faster than with every row. */
function missingConstraints(shape: Shape): readonly string[] {
  return TABLES.flatMap((table) => {
    const references = Object.entries(table.columns).flatMap(([property, column]) =>
      column.references !== undefined && !shape.referring.has(`${table.name}.${columnName(property)}`) ? createReferencesSql({ ...table, columns: { [property]: column } }) : [],
    )
    return [...references, ...createIndexSql(table).filter((sql) => !shape.indexes.has(indexName(sql)))]
  })
}

/** Brings the companies' tables to what is declared. It only ever adds. */
export async function growDomainTables(client: pg.ClientBase): Promise<void> {
  await client.query(missingTables(await shapeOf(client)).join('\n') || 'SELECT 1')
}

export async function growConstraints(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>("SELECT tgname AS name FROM pg_trigger WHERE tgname = 'assignment_one_place'")
  await client.query([...missingConstraints(await shapeOf(client)), ...(rows.length === 0 ? [ONE_PLACE] : [])].join('\n') || 'SELECT 1')
}

/**
 * A technician is in one place at a time, unless somebody accepted the overbooking: the last word, should `decide` ever let
 * two of them pass. An exclusion constraint would say it in one line, but over text it needs the extension btree_gist, which
 * a PostgreSQL without the contributed modules does not have. Two transactions that do not see each other's rows cannot
 * both pass, because the check locks the company first, as every writer of the hub has already.
 */
const ONE_PLACE = `
CREATE INDEX assignment_until ON assignment (company_id, technician_id, ends_at) WHERE NOT overbook_accepted;
CREATE FUNCTION baton_one_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A company's rows as they arrive whole are what they are.
  IF current_setting('baton.whole', true) = 'on' THEN RETURN NULL; END IF;
  PERFORM 1 FROM hub_company WHERE company_id = NEW.company_id FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM assignment own JOIN assignment other
      ON other.company_id = own.company_id AND other.technician_id = own.technician_id AND NOT other.overbook_accepted
      AND other.id <> own.id AND other.starts_at < own.ends_at AND other.ends_at > own.starts_at
    WHERE own.company_id = NEW.company_id AND own.id = NEW.id AND NOT own.overbook_accepted
  ) THEN
    RAISE EXCEPTION 'the technician has another visit at that time' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER assignment_one_place AFTER INSERT OR UPDATE ON assignment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION baton_one_place();`
