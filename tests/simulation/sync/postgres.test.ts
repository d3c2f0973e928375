import { describe, expect, it } from 'vitest'
import { openTestHub } from '../../integration/hubStoreOffice.ts'
import { sharedPostgres } from '../../support/postgres.ts'
import { playSeed } from './play.ts'
import { PostgresBackend } from './postgresBackend.ts'

const SEEDS = [20_001, 20_002, 20_003, 20_004, 20_005, 20_006]

describe('an office around a hub on PostgreSQL', () => {
  const postgres = sharedPostgres()

  it.each(SEEDS)('is kept in step, seed %i', { timeout: 300_000 }, async (seed) => {
    const hub = await openTestHub(postgres)
    const backend = new PostgresBackend(hub, hub.url)
    try {
      const played = await playSeed({ seed, commands: 260, backend })
      expect(played.problems).toEqual([])
      expect(played.commands).toBeGreaterThan(200)
    } finally {
      await backend.close()
    }
  })
})
