import { cpSync } from 'node:fs'
import { expect, it } from 'vitest'
import { postgresMissing } from '../support/postgres.ts'
import { FaultOffice } from './support/faultOffice.ts'
import { until } from './support/until.ts'
import { verdictOn } from './support/verdict.ts'

it('notices a copied data folder, stops one of the two and says so; enrolled again, what it had done arrives', async (context) => {
  context.skip(postgresMissing() !== undefined, postgresMissing())
  const office = await FaultOffice.open()
  try {
    const founder = await office.founder()
    const original = await office.joiner()
    await original.ask('doSome', { seed: 1, count: 10 })
    await office.settled()
    await original.stop()
    const copied = office.folder('copy')
    cpSync(original.directory, copied, { recursive: true })

    await original.start()
    const copy = await office.desk({ directory: copied })
    const both = [original, copy]
    for (const [index, desk] of both.entries()) await desk.ask('doSome', { seed: 10 + index, count: 15 })
    const states = () => Promise.all(both.map((desk) => desk.ask('state', null)))
    let seen = await states()
    await until(async () => (seen = await states()).some(({ link }) => link === 'stopped'), () => `one of the two stops: ${JSON.stringify(seen)}`)
    const stopped = both[seen.findIndex(({ link }) => link === 'stopped')]
    const state = await stopped?.ask('state', null)
    expect(state?.problem).toMatch(/copy of another workstation.*Nothing was lost: 15 changes are kept here.*Enrol this workstation again/)

    // Work goes on at the one that stopped, too; only its line is cut.
    await stopped?.ask('doSome', { seed: 20, count: 5 })
    await stopped?.ask('enrol', { code: await office.code(), name: 'The other one' })
    await office.settled()
    const reports = await Promise.all([founder, ...both].map((desk) => desk.ask('report', null)))
    expect(new Set(reports.map(({ deviceId }) => deviceId)).size).toBe(3)
    const { problems, saved, refused } = await verdictOn(office)
    console.log(`${saved} commands saved, ${refused} refused at the hub and kept`)
    expect(problems).toEqual([])
  } finally {
    await office.close()
  }
})
