import { expect, it } from 'vitest'
import { postgresMissing, runSql } from '../support/postgres.ts'
import { FaultOffice } from './support/faultOffice.ts'
import { CLERK, noteInput } from './support/officeWork.ts'
import { until } from './support/until.ts'
import { verdictOn } from './support/verdict.ts'

const NOTES = 5

it('keeps and flags the facts of somebody who was let go meanwhile', async (context) => {
  context.skip(postgresMissing() !== undefined, postgresMissing())
  const office = await FaultOffice.open()
  try {
    const founder = await office.founder()
    const joiner = await office.joiner()
    await office.hub.kill()
    for (let note = 0; note < NOTES; note++) await joiner.ask('run', { name: 'note.add', input: noteInput(`Note ${note}`), actor: 'clerk' })
    await joiner.kill()
    const left = await founder.ask('run', { name: 'user.change', input: { userId: CLERK, set: { presence: 'left' } }, actor: 'owner' })
    expect(left.sentence).toBeNull()
    await office.hub.start()
    await office.settled([founder])
    await joiner.start()
    await office.settled()
    const { problems } = await verdictOn(office)
    expect(problems).toEqual([])
    const flagged = await runSql(office.hub.databaseUrl, `SELECT command_name, kind, actor_id FROM refused_change`)
    expect(flagged).toEqual(Array.from({ length: NOTES }, () => ({ command_name: 'note.add', kind: 'flagged', actor_id: CLERK })))
    expect(await founder.ask('rows', { table: 'note' })).toHaveLength(NOTES)
  } finally {
    await office.close()
  }
})

it('keeps the outbox of a workstation whose access was taken away, and takes it when it is given a new code', async (context) => {
  context.skip(postgresMissing() !== undefined, postgresMissing())
  const office = await FaultOffice.open()
  try {
    const founder = await office.founder()
    const joiner = await office.joiner()
    const { deviceId } = await joiner.ask('report', null)
    await joiner.ask('doSome', { seed: 1, count: 5 })
    await office.settled()
    await founder.ask('revoke', { deviceId })
    let state = await joiner.ask('state', null)
    await until(async () => (state = await joiner.ask('state', null)).link === 'stopped', () => `it hears of it: ${JSON.stringify(state)}`)
    await joiner.ask('doSome', { seed: 2, count: 20 })
    await joiner.kill()
    await joiner.start()
    state = await joiner.ask('state', null)
    expect(state).toMatchObject({ link: 'stopped', waiting: 20 })
    expect(state.problem).toMatch(/access to the hub was taken away\. Nothing was lost/)
    expect(await founder.ask('state', null)).toMatchObject({ link: 'online', waiting: 0 })

    await joiner.ask('enrol', { code: await office.code(), name: 'Back again' })
    await office.settled()
    const { problems, saved } = await verdictOn(office)
    console.log(`${saved} commands saved`)
    expect(problems).toEqual([])
  } finally {
    await office.close()
  }
})
