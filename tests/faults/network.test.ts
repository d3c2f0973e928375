import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { postgresMissing } from '../support/postgres.ts'
import type { Desk } from './support/deskProcess.ts'
import { FaultOffice } from './support/faultOffice.ts'
import { networksMissing, TwoNetworks } from './support/network.ts'
import { until } from './support/until.ts'
import { verdictOn } from './support/verdict.ts'

const missing = networksMissing() ?? postgresMissing()

/** The minute of silence after which a workstation hangs up takes so much less. */
const HASTE = 20

describe.skipIf(missing !== undefined)(`a bad network${missing === undefined ? '' : ` (not tried: ${missing})`}`, () => {
  let wire: TwoNetworks
  let office: FaultOffice
  let far: Desk

  beforeEach(async () => {
    wire = new TwoNetworks()
    office = await FaultOffice.open({ within: wire.atHub, host: wire.hubAddress })
    await office.founder({ within: wire.atHub })
  })

  afterEach(async () => {
    await office.close()
    wire.remove()
  })

  async function joinFromAfar(haste: number): Promise<void> {
    far = await office.joiner({ within: wire.atDesk, haste })
  }

  const bothWork = (seed: number, count: number) => Promise.all(office.desks.map((desk, index) => desk.ask('doSome', { seed: seed + index, count })))

  async function allIsWell(): Promise<void> {
    await office.settled()
    const { problems, saved, refused } = await verdictOn(office)
    console.log(`${saved} commands saved, ${refused} refused at the hub and kept`)
    expect(problems).toEqual([])
  }

  it('goes on where nothing comes back from the hub, though all that is sent arrives there', async () => {
    await joinFromAfar(HASTE)
    await bothWork(1, 10)
    await office.settled()
    wire.losesDownward()
    await bothWork(10, 20)
    let state = await far.ask('state', null)
    await until(async () => (state = await far.ask('state', null)).link === 'offline', () => `the silence is noticed: ${JSON.stringify(state)}`)
    // The hub has taken them, and nobody here can know; what the clock finds there waits beside them.
    expect(state.waiting).toBeGreaterThanOrEqual(20)
    await far.ask('doSome', { seed: 20, count: 5 })
    wire.heal()
    await allIsWell()
  })

  it('goes on where nothing of it arrives at the hub, though it hears all that the hub says', async () => {
    await joinFromAfar(HASTE)
    await bothWork(1, 10)
    await office.settled()
    wire.losesUpward()
    await bothWork(10, 20)
    let state = await far.ask('state', null)
    await until(async () => (state = await far.ask('state', null)).link === 'offline', () => `the silence is noticed: ${JSON.stringify(state)}`)
    expect(state.waiting).toBeGreaterThanOrEqual(20)
    wire.heal()
    await allIsWell()
  })

  it('is slow on a slow line, and complete', async (context) => {
    context.skip(!wire.slow(256), 'this kernel has no token bucket for a slow line')
    await joinFromAfar(1)
    const before = wire.carried
    await bothWork(1, 60)
    await allIsWell()
    const after = wire.carried
    console.log(`256 kbit/s: ${after.down - before.down} bytes down, ${after.up - before.up} bytes up`)
  })
})
