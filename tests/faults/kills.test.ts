import { expect, it } from 'vitest'
import { postgresMissing } from '../support/postgres.ts'
import { FaultOffice } from './support/faultOffice.ts'
import { Killer } from './support/kills.ts'
import { verdictOn } from './support/verdict.ts'

/** Deaths of each of the three; `npm run soak` asks for more. */
const KILLS = Number(process.env['BATON_KILLS'] ?? 25)
const SEED = Number(process.env['BATON_SEED'] ?? 20261122)

it(`loses nothing and doubles nothing over ${KILLS} kills of each: workstations, the hub, PostgreSQL`, { timeout: 120_000 + KILLS * 30_000 }, async (context) => {
  context.skip(process.platform !== 'linux', 'finds PostgreSQL\u2019s processes under /proc')
  context.skip(postgresMissing() !== undefined, postgresMissing())
  const began = performance.now()
  const office = await FaultOffice.open()
  try {
    // Their link is quicker than life, so that what is tried again is tried again soon.
    await office.founder({ haste: 5 })
    await office.joiner({ haste: 5 })
    await office.joiner({ haste: 5 })
    const killer = new Killer(office, SEED)
    for (const desk of office.desks) await killer.work(desk)
    const killing = performance.now()
    await Promise.all([killer.killDesks(KILLS), killer.killHub(KILLS), killer.killPostgres(KILLS)])
    const settling = performance.now()
    await office.settled()
    const verdict = await verdictOn(office)
    const seconds = [settling - killing, performance.now() - settling, performance.now() - began].map((ms) => (ms / 1000).toFixed(1))
    console.log(`seed ${SEED}: ${KILLS} kills each of workstations, hub and PostgreSQL in ${seconds[0]} s, settled and compared in ${seconds[1]} s, ${seconds[2]} s in all; ${verdict.saved} commands saved, ${verdict.refused} of them refused at the hub and kept; ${office.hub.failedStarts} starts of the hub were undone by the death of its PostgreSQL`)
    expect(verdict.problems).toEqual([])
    expect(verdict.saved).toBeGreaterThan(KILLS * 5)
  } finally {
    await office.close()
  }
})
