import { expect, it } from 'vitest'
import { postgresMissing } from '../support/postgres.ts'
import { FaultOffice } from './support/faultOffice.ts'
import { until } from './support/until.ts'
import { verdictOn } from './support/verdict.ts'

it('has everything again when the hub is gone for good and comes back from an older backup', async (context) => {
  context.skip(postgresMissing() !== undefined, postgresMissing())
  const office = await FaultOffice.open()
  const { hub } = office
  try {
    const founder = await office.founder({ haste: 5 })
    await office.joiner({ haste: 5 })
    const joiner = await office.joiner({ haste: 5 })
    const work = (seed: number, count: number) => Promise.all(office.desks.map((desk, index) => desk.ask('doSome', { seed: seed + index, count })))
    await work(10, 15)
    await office.settled()
    const { epoch } = await founder.ask('state', null)
    const backup = `${office.folder('yesterday')}.backup`
    await hub.verb('backup', backup)
    await work(20, 30)
    await office.settled()
    const forgotten = (await founder.ask('state', null)).cursor
    await work(30, 5)
    await hub.kill()
    hub.moveToEmptyMachine()
    await hub.verb('restore', backup)
    // One was switched off all the while, with work that nobody has heard of.
    await joiner.ask('doSome', { seed: 41, count: 10 })
    await joiner.kill()
    await hub.start()
    let state = await founder.ask('state', null)
    await until(async () => (state = await founder.ask('state', null)).epoch !== epoch, () => `the epoch is noticed: ${JSON.stringify(state)}`)
    await founder.ask('doSome', { seed: 50, count: 5 })
    await joiner.start()
    await office.settled()
    const { problems, saved, refused } = await verdictOn(office)
    console.log(`${saved} commands saved, ${refused} refused at the hub and kept; the hub stood at ${forgotten} and stands at ${(await founder.ask('state', null)).cursor}`)
    expect(problems).toEqual([])
  } finally {
    await office.close()
  }
})
