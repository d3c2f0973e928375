import { describe, expect, it } from 'vitest'
import { BatchRows } from '../../src/hub/core/batchRows.ts'
import type { DecidedCommand } from '../../src/hub/core/hubStore.ts'
import { openHubStore } from '../../src/hub/store/openHubStore.ts'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import { execute } from '../../src/shared/domain/kernel/execute.ts'
import { MemoryEngine } from '../../src/shared/domain/kernel/memoryEngine.ts'
import { TABLES } from '../../src/shared/domain/tables.ts'
import type { PushedCommand } from '../../src/shared/sync/protocol.ts'
import { playSequence } from '../simulation/sequences.ts'
import type { Simulator } from '../simulation/simulator.ts'
import { Tally } from '../simulation/tally.ts'
import { sharedPostgres } from '../support/postgres.ts'
import { foundCompany, openTestHub, playedOffice, rowsIn, TestDevice, type TestHub } from './hubStoreOffice.ts'

/** Enough that every command is accepted at least once; more prove little and PostgreSQL takes its time. */
const MOST_SEQUENCES = 120
const STEPS = 75
const TOGETHER = 40

/**
 * Founds a simulated company with its first command and decides the rest of its journal on the hub's rows, so many commands
 * a transaction. The hub's own commands are among them, which no workstation may push.
 */
async function replayAtHub({ store, admin }: TestHub, { companyId, log: [first, ...rest] }: Simulator): Promise<void> {
  const device = new TestDevice('simulated', first?.deviceId)
  const founded = new MemoryEngine()
  if (first) playedOffice(founded, [first])
  await foundCompany(admin, companyId, rowsIn(founded), [device.id])
  for (let from = 0; from < rest.length; from += TOGETHER) {
    await store.change(companyId, async (transaction) => {
      const rows = new BatchRows((request) => transaction.answer(request))
      const decided: DecidedCommand[] = []
      for (const envelope of rest.slice(from, from + TOGETHER)) {
        const command = COMMANDS.get(envelope.name)
        if (!command) throw new Error(envelope.name)
        const execution = await rows.run(execute(command, envelope, 'hub'))
        if (execution.kind === 'refused') throw new Error(`PostgreSQL refused ${envelope.name}, which the workstation accepted: ${execution.refusal.code}`)
        rows.add(execution.changes)
        decided.push(decidedCommand(device.pushed(envelope), device.id, transaction.company.seq + decided.length + 1))
      }
      await transaction.commit({ decided, changes: rows.changes })
    })
  }
}

function decidedCommand(command: PushedCommand, deviceId: string, seq: number): DecidedCommand {
  const { id, name, at, actorId, wsSeq } = command
  return { command, refusal: null, entry: { seq, commandId: id, name, at, actorId, deviceId, wsSeq, outcome: 'accepted', rows: [] } }
}

/** Asks a store that remembers nothing: what stands in PostgreSQL counts, not what the writing one kept of it. */
async function expectSameRows({ url }: TestHub, { companyId, engine }: Simulator, seed: number): Promise<void> {
  const reading = await openHubStore(url, { connections: 2 })
  await reading.store.change(companyId, async (transaction) => {
    for (const table of TABLES) {
      const rows = [...(await transaction.answer({ kind: 'all', table }))].sort((left, right) => (left.id < right.id ? -1 : 1))
      expect(rows, `${table.name}, seed ${seed}`).toEqual(engine.rows(table))
    }
  }).finally(() => reading.close())
}

describe('a hub on PostgreSQL', () => {
  const postgres = sharedPostgres()

  it('decides every command as the workstation did, row for row', { timeout: 600_000 }, async () => {
    const tally = new Tally()
    for (let seed = 9001; seed < 9001 + MOST_SEQUENCES; seed++) {
      const simulator = playSequence(seed, STEPS, tally)
      const hub = await openTestHub(postgres)
      try {
        await replayAtHub(hub, simulator)
        await expectSameRows(hub, simulator, seed)
      } finally {
        await hub.close()
      }
      if ([...COMMANDS.keys()].every((name) => tally.accepted(name) > 0)) break
    }
    expect([...COMMANDS.keys()].filter((name) => tally.accepted(name) === 0)).toEqual([])
  })
})
