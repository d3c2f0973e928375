import { expect, it } from 'vitest'
import { seededRandom } from '../simulation/random.ts'
import { postgresMissing } from '../support/postgres.ts'
import { BadLine } from './support/badLine.ts'
import { FaultOffice } from './support/faultOffice.ts'
import { until } from './support/until.ts'
import { verdictOn } from './support/verdict.ts'

const MISHAPS = Number(process.env['BATON_MISHAPS'] ?? 8)
const SEED = Number(process.env['BATON_SEED'] ?? 20261122)

it('does everything once where answers are lost after the commit, and messages come twice, late and in another order', async (context) => {
  context.skip(postgresMissing() !== undefined, postgresMissing())
  const began = performance.now()
  const office = await FaultOffice.open()
  const line = await BadLine.start(office.hub.port, seededRandom(SEED), { cut: 120, twice: 200, late: 200, pagesLost: 200 })
  try {
    // Pulls what it missed after 3 s instead of 30.
    await office.founder({ haste: 10 }, line.address)
    await office.joiner({ haste: 10 }, line.address)
    for (const [index, desk] of office.desks.entries()) await desk.ask('work', { seed: SEED + index, most: 10, paceMs: 5 })
    const { mishaps } = line
    await until(() => Math.min(...Object.values(mishaps) as number[]) >= MISHAPS, () => `each mishap ${MISHAPS} times: ${JSON.stringify(mishaps)}`, 200_000)
    line.fair = true
    await office.settled()
    const { problems, saved, refused } = await verdictOn(office)
    console.log(`seed ${SEED}: ${JSON.stringify(mishaps)}; ${saved} commands saved, ${refused} refused at the hub and kept, ${((performance.now() - began) / 1000).toFixed(1)} s`)
    expect(problems).toEqual([])
  } finally {
    await office.close()
    await line.close()
  }
})
