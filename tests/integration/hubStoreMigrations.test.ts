import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { HUB_MIGRATIONS } from '../../src/hub/store/migrations/list.ts'
import { missingTables } from '../../src/hub/store/migrations/domainTables.ts'
import { migrateHub, NewerHubError } from '../../src/hub/store/migrations/migrate.ts'
import { migrateDatabase, openHubStore } from '../../src/hub/store/openHubStore.ts'
import { runSql, sharedPostgres } from '../support/postgres.ts'

const postgres = sharedPostgres()

/** What the tables look like, whatever the order in which their columns came. */
async function shapeOf(url: string) {
  return {
    columns: await runSql(url, "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"),
    constraints: await runSql(url, "SELECT conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"),
    indexes: await runSql(url, "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"),
    version: await runSql(url, 'SELECT version, schema FROM hub_version'),
  }
}

async function withClient<T>(url: string, body: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return body(client).finally(() => client.end())
}

describe('the hub\u2019s migrations', () => {
  it('run once, also where several hubs start at the same moment', async () => {
    const url = await postgres.database()
    const applied = await Promise.all([migrateDatabase(url), migrateDatabase(url), migrateDatabase(url)])
    expect(applied.filter(({ length }) => length > 0)).toEqual([HUB_MIGRATIONS.map(({ version }) => version)])
    expect(await migrateDatabase(url)).toEqual([])
  })

  it('refuse a database from the future and leave it as it is', async () => {
    const url = await postgres.database()
    await migrateDatabase(url)
    await runSql(url, 'DROP TABLE hub_snapshot')
    for (const column of ['version', 'schema']) {
      await runSql(url, `UPDATE hub_version SET ${column} = ${column} + 900`)
      const before = await shapeOf(url)
      await expect(openHubStore(url)).rejects.toBeInstanceOf(NewerHubError)
      await expect(openHubStore(url)).rejects.toThrow(/Nothing was changed/)
      expect(await shapeOf(url)).toEqual(before)
      await runSql(url, `UPDATE hub_version SET ${column} = ${column} - 900`)
    }
  })

  it('raise what workstations need, for companies that are there, and lower it for none', async () => {
    const url = await postgres.database()
    await migrateDatabase(url)
    const [{ schema } = { schema: 0 }] = await runSql(url, 'SELECT schema FROM hub_version')
    await runSql(url, "INSERT INTO hub_company (company_id, name, epoch, min_schema, state) VALUES ('old', '', 'e', 1, 'active'), ('new', '', 'e', 9, 'active')")
    await withClient(url, (client) => migrateHub(client, HUB_MIGRATIONS, Number(schema), 3))
    expect(await runSql(url, 'SELECT company_id, min_schema FROM hub_company ORDER BY 1')).toEqual([{ company_id: 'new', min_schema: 9 }, { company_id: 'old', min_schema: 3 }])
  })

  it('take a step that fails back whole', async () => {
    const url = await postgres.database()
    await migrateDatabase(url)
    const before = await shapeOf(url)
    const version = HUB_MIGRATIONS.length + 1
    const broken = { version, name: 'broken', sql: 'CREATE TABLE later (id text); INSERT INTO nowhere VALUES (1);' }
    await expect(withClient(url, (client) => migrateHub(client, [...HUB_MIGRATIONS, broken]))).rejects.toThrow(/nowhere/)
    expect(await shapeOf(url)).toEqual(before)
    await expect(withClient(url, (client) => migrateHub(client, [{ version: 2, name: 'late', sql: '' }]))).rejects.toThrow(/expected 1/)
  })

  it('add tables, columns, references and indexes that a newer Baton declares, and take nothing away', async () => {
    const url = await postgres.database()
    await migrateDatabase(url)
    const full = await shapeOf(url)
    await runSql(url, 'ALTER TABLE call DROP COLUMN job_id')
    await runSql(url, 'DROP TABLE note, export_record')
    await runSql(url, 'DROP INDEX payment_by_day')
    expect(await shapeOf(url)).not.toEqual(full)
    await migrateDatabase(url)
    expect(await shapeOf(url)).toEqual(full)
    await runSql(url, 'ALTER TABLE customer ADD COLUMN of_a_newer_hub text')
    await migrateDatabase(url)
    expect(await runSql(url, "SELECT 1 AS there FROM information_schema.columns WHERE column_name = 'of_a_newer_hub'")).toEqual([{ there: 1 }])
  })

  it('want to be told what the rows that are there get in a new column that may not be empty', () => {
    const shape = { columns: new Set(['note.id', 'note.body']), indexes: new Set<string>(), referring: new Set<string>() }
    expect(() => missingTables(shape, {})).toThrow(/nothing says what the rows/)
  })
})
