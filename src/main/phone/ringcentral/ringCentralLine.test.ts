import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TurnedWorld } from '../../../../tests/support/phoneDriver.ts'
import { Heard } from '../../../../tests/support/phoneHeard.ts'
import { RingCentralOffice } from '../../../../tests/support/phones/ringCentralOffice.ts'
import { RC_JWT, RC_SECRET } from '../../../../tests/support/phones/ringCentralServer.ts'
import { RingCentralLine } from './ringCentralLine.ts'

const CALLER = '+15125550140'

describe('an extension at RingCentral', () => {
  let office: RingCentralOffice
  let line: RingCentralLine
  let heard: Heard
  let world: TurnedWorld

  beforeEach(async () => {
    office = new RingCentralOffice()
    await office.server.listen()
    world = new TurnedWorld()
    line = new RingCentralLine(office.account(), world)
    heard = new Heard(line)
    await heard.until('ready', () => heard.line?.status === 'ready')
  })

  afterEach(async () => {
    line.close()
    heard.keepsThePort('ringcentral')
    await office.server.stop()
  })

  const answered = async (): Promise<string> => {
    office.ring(CALLER)
    const { externalId } = await heard.untilState(CALLER, 'offered')
    line.send({ kind: 'answer', externalId, agentId: 'rosa' })
    await heard.untilState(CALLER, 'active')
    return externalId
  }

  it.each([
    [403, 'refuses the application'],
    [404, 'does not know this call'],
    [500, 'could not do that (500)'],
  ])('says in a sentence that RingCentral answered %i', async (status, words) => {
    const externalId = await answered()
    office.server.failures.push({ status })
    line.send({ kind: 'hold', externalId })
    expect((await heard.untilRefused('hold')).message).toContain(words)
    expect(heard.stateOf(CALLER)).toBe('active')
  })

  it('waits as long as a busy RingCentral says, and no longer than a person would', async () => {
    const externalId = await answered()
    office.server.failures.push({ status: 429, headers: { 'retry-after': '60' } })
    line.send({ kind: 'hold', externalId })
    expect((await heard.untilRefused('hold')).message).toContain('too many requests')
    const waiting = world.waiting
    office.server.failures.push({ status: 429, headers: { 'retry-after': '2' } })
    line.send({ kind: 'hold', externalId })
    await expect.poll(() => world.waiting).toBe(waiting + 1)
    world.pass(2_000)
    await heard.untilState(CALLER, 'held')
  })

  it('asks for another token where the one it has was taken back', async () => {
    const externalId = await answered()
    office.server.revokeTokens()
    line.send({ kind: 'hold', externalId })
    await heard.untilState(CALLER, 'held')
  })

  it('says that the credentials are wrong, and never says them', async () => {
    const wrong = new RingCentralLine({ ...office.account(), jwt: 'mistyped' }, new TurnedWorld())
    const said = new Heard(wrong)
    await said.until('down', () => said.line?.status === 'down')
    expect(said.line?.reason).toContain('refuses the application')
    wrong.close()
    expect(JSON.stringify([...said.events, ...heard.events])).not.toMatch(new RegExp(`mistyped|${RC_JWT}|${RC_SECRET}`))
  })
})
