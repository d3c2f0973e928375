import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createIndexSql, createReferencesSql, createTableSql, quotedName } from '../../src/hub/store/ddl.ts'
import { PostgresEngine } from '../../src/hub/store/postgresEngine.ts'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import { execute } from '../../src/shared/domain/kernel/execute.ts'
import { TABLES } from '../../src/shared/domain/tables.ts'
import { playSequence } from '../simulation/sequences.ts'
import { Tally } from '../simulation/tally.ts'
import type { Simulator } from '../simulation/simulator.ts'

/** Enough that every command is accepted at least once; more prove little and PostgreSQL takes its time. */
const MOST_SEQUENCES = 60
const STEPS = 75

let postgres: PGlite

beforeAll(async () => {
  postgres = await PGlite.create()
  await postgres.exec([...TABLES.map(createTableSql), ...TABLES.flatMap(createReferencesSql), ...TABLES.flatMap(createIndexSql)].join('\n'))
}, 120_000)

afterAll(() => postgres.close())

/** Runs a simulated office's journal on PostgreSQL, one transaction a command as the hub does. */
async function replayOnPostgres(simulator: Simulator): Promise<void> {
  await postgres.exec(`TRUNCATE ${TABLES.map((table) => quotedName(table.name)).join(', ')}`)
  for (const envelope of simulator.log) {
    const command = COMMANDS.get(envelope.name)
    if (!command) throw new Error(envelope.name)
    await postgres.transaction(async (transaction) => {
      const engine = new PostgresEngine({ query: (sql, values) => transaction.query(sql, [...(values ?? [])]) }, simulator.companyId)
      const execution = await engine.run(execute(command, envelope, 'hub'))
      if (execution.kind === 'refused') throw new Error(`PostgreSQL refused ${envelope.name}, which the workstation accepted: ${execution.refusal.code}`)
      await engine.apply(execution.changes)
    })
  }
}

it('decides every command on PostgreSQL as on the workstation, row for row', { timeout: 600_000 }, async () => {
  const tally = new Tally()
  for (let seed = 9001; seed < 9001 + MOST_SEQUENCES; seed++) {
    const simulator = playSequence(seed, STEPS, tally)
    await replayOnPostgres(simulator)
    const engine = new PostgresEngine({ query: (sql, values) => postgres.query(sql, [...(values ?? [])]) }, simulator.companyId)
    for (const table of TABLES) {
      expect(await engine.answer({ kind: 'all', table }), `${table.name}, seed ${seed}`).toEqual(simulator.engine.rows(table))
    }
    if ([...COMMANDS.keys()].every((name) => tally.accepted(name) > 0)) break
  }
  expect([...COMMANDS.keys()].filter((name) => tally.accepted(name) === 0)).toEqual([])
})
