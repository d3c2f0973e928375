import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import { execute } from '../../src/shared/domain/kernel/execute.ts'
import { TABLES } from '../../src/shared/domain/tables.ts'
import { openStore } from '../../src/main/store/store.ts'
import { GENERATORS } from './generators.ts'
import { alertProblems } from './properties/alerts.ts'
import { dispatchProblems } from './properties/dispatch.ts'
import { draftProblems, waitListProblems } from './properties/drafts.ts'
import { moneyProblems } from './properties/money.ts'
import { ledgerProblems } from './properties/promises.ts'
import { scriptProblems } from './properties/scripts.ts'
import { taskProblems } from './properties/tasks.ts'
import { type Snapshot, immutableProblems, snapshotPosted } from './properties/posted.ts'
import { silentMoves } from './properties/silentMoves.ts'
import { playSequence } from './sequences.ts'
import type { Simulator } from './simulator.ts'
import { Tally } from './tally.ts'

const SEQUENCES = Number(process.env['BATON_SEQUENCES'] ?? 1000)
const STEPS = 75
const FIRST_SEED = Number(process.env['BATON_SEED'] ?? 1)

/** What is drawn next depends on what was accepted before, in the sequences before this one as well. */
const replay = (index: number): string => `BATON_SEED=${FIRST_SEED} BATON_SEQUENCES=${index + 1} replays this`

/** Where the accountant's records are. */
const BOOKS = new Set(['invoice', 'invoice_line', 'payment', 'batch', 'job_line'])

/** Every row of every table, as one comparable value. */
function everything(rows: (table: (typeof TABLES)[number]) => readonly unknown[]): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(TABLES.map((table) => [table.name, rows(table)]))
}

function replayed(simulator: Simulator): Readonly<Record<string, readonly unknown[]>> {
  const store = openStore(':memory:', { companyId: simulator.companyId })
  const sqlite = store.engine
  store.transaction(() => {
    for (const envelope of simulator.log) {
      const command = COMMANDS.get(envelope.name)
      if (!command) throw new Error(envelope.name)
      // What was logged is JSON, and the replay reads it as such.
      const execution = sqlite.run(execute(command, JSON.parse(JSON.stringify(envelope)) as typeof envelope, 'replay'))
      if (execution.kind === 'refused') throw new Error(`The replay refused ${envelope.name}: ${execution.refusal.code}`)
      sqlite.apply(execution.changes)
    }
  })
  const rows = everything((table) => sqlite.answer({ kind: 'all', table }))
  store.close()
  return rows
}

describe('every sequence of commands', () => {
  it('has a generator for every command', () => {
    const covered = new Set(GENERATORS.map((generator) => generator.command))
    expect([...COMMANDS.keys()].filter((name) => !covered.has(name))).toEqual([])
    expect(GENERATORS.map((generator) => generator.command).filter((name) => !COMMANDS.has(name))).toEqual([])
  })

  it(`holds its promises, its money and its journal over ${SEQUENCES} sequences`, { timeout: 600_000 }, () => {
    const tally = new Tally()
    let shortest = Number.POSITIVE_INFINITY
    let poorest = 1
    for (let index = 0; index < SEQUENCES; index++) {
      const seed = FIRST_SEED + index
      const problems: string[] = []
      let posted: Snapshot = new Map()
      const simulator = playSequence(seed, STEPS, tally, ({ engine, tried }, changes) => {
        problems.push(...silentMoves(tried.at(-1)?.command ?? '', changes, (table) => engine.rows(table)))
        if (!changes.some((change) => BOOKS.has(change.table.name))) return
        problems.push(...immutableProblems(posted, (table) => engine.rows(table)))
        posted = snapshotPosted((table) => engine.rows(table))
      })
      const rows: typeof simulator.engine.rows = (table) => simulator.engine.rows(table)
      problems.push(...ledgerProblems(rows), ...taskProblems(rows), ...scriptProblems(rows), ...alertProblems(rows), ...draftProblems(rows), ...waitListProblems(rows), ...moneyProblems(rows), ...dispatchProblems(rows))
      expect(problems, `seed ${seed}; ${replay(index)}`).toEqual([])
      expect(replayed(simulator), `seed ${seed}; ${replay(index)}`).toEqual(everything((table) => simulator.engine.rows(table)))
      shortest = Math.min(shortest, simulator.tried.length)
      poorest = Math.min(poorest, simulator.tried.filter((tried) => tried.accepted).length / simulator.tried.length)
    }
    console.log(`${SEQUENCES} sequences, ${tally.total} commands, ${tally.acceptedTotal} accepted; the shortest had ${shortest}, the poorest accepted ${Math.round(poorest * 100)} %\n${tally.table()}`)
    expect(shortest).toBeGreaterThanOrEqual(50)
    expect(poorest).toBeGreaterThanOrEqual(0.5)
    if (SEQUENCES >= 1000) {
      const rare = [...COMMANDS.keys()].filter((name) => tally.accepted(name) < 100)
      expect(rare, 'kinds accepted fewer than 100 times').toEqual([])
    }
  })
})
