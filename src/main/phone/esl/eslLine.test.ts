import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TurnedWorld } from '../../../../tests/support/phoneDriver.ts'
import { Heard } from '../../../../tests/support/phoneHeard.ts'
import { ESL_PASSWORD } from '../../../../tests/support/phones/eslServer.ts'
import { Freeswitch } from '../../../../tests/support/phones/freeswitch.ts'
import { EslLine } from './eslLine.ts'
import { EslFault, EslReader, eventIn } from './eslMessages.ts'

const CALLER = '+15125550140'

describe('a desk telephone behind FreeSWITCH', () => {
  let office: Freeswitch
  let line: EslLine
  let heard: Heard

  beforeEach(async () => {
    office = new Freeswitch()
    await office.server.listen()
    line = new EslLine(office.account(), new TurnedWorld())
    heard = new Heard(line)
    await heard.until('ready', () => heard.line?.status === 'ready')
  })

  afterEach(async () => {
    line.close()
    heard.keepsThePort('esl')
    await office.server.stop()
  })

  it('knows the ring group for one call, by its first leg', async () => {
    office.ring(CALLER)
    expect(await heard.untilState(CALLER, 'offered')).toMatchObject({ externalId: `esl:${office.placed(CALLER)?.first}`, lineNumber: '+13125550100' })
    office.answered(CALLER, 'theirs')
    await heard.untilState(CALLER, 'ended')
    expect(new Set(heard.calls.map(({ externalId }) => externalId)).size).toBe(1)
  })

  it('keeps a caller whose ring pauses here', async () => {
    office.ring(CALLER)
    await heard.untilState(CALLER, 'offered')
    const { first, mine } = office.placed(CALLER) ?? { first: '', mine: '' }
    office.hangUp(mine, 'NO_ANSWER', 'send_cancel')
    office.rings(`${mine}-2`, '101', first, CALLER)
    office.answers(`${mine}-2`)
    await heard.untilState(CALLER, 'active')
    expect(heard.calls.map(({ state }) => state)).toEqual(['offered', 'active'])
  })

  it('finds a call that began before it was there', async () => {
    office.ring(CALLER)
    office.answered(CALLER, 'mine')
    const late = new EslLine(office.account(), new TurnedWorld())
    const said = new Heard(late)
    await said.untilState(CALLER, 'active')
    expect(said.of(CALLER)).toMatchObject({ direction: 'in', externalId: heard.of(CALLER)?.externalId })
    late.close()
  })

  it('says that the password is wrong, and never says the password', async () => {
    const wrong = new EslLine({ ...office.account(), password: 'mistyped' }, new TurnedWorld())
    const said = new Heard(wrong)
    await said.until('refused', () => said.line?.status === 'down')
    expect(said.line?.reason).toContain('password')
    wrong.close()
    expect(JSON.stringify([...said.events, ...heard.events])).not.toMatch(new RegExp(`mistyped|${ESL_PASSWORD}`))
  })

  it('dials no words of the dial plan', async () => {
    for (const number of ['1 &park', '12\n\napi reload', '{x}', '']) {
      const before = heard.refused.length
      line.send({ kind: 'dial', number, agentId: 'rosa' })
      await heard.until('refused', () => heard.refused.length > before)
    }
    expect(office.server.commands.filter((command) => command.startsWith('bgapi'))).toEqual([])
  })
})

describe('messages of the event socket', () => {
  it('are cut by their length in bytes, whatever the pieces', () => {
    const body = '{"a":"J\u00f6rg\\n\\n"}'
    const stream = `Content-Type: auth/request\n\nContent-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-json\n\n${body}Content-Type: command/reply\nReply-Text: %2BOK\n\n`
    const reader = new EslReader()
    const read = [...Buffer.from(stream).toString('latin1')].flatMap((byte) => reader.read(byte))
    expect(read.map(({ headers, body: text }) => [headers.get('content-type'), text])).toEqual([
      ['auth/request', ''],
      ['text/event-json', body],
      ['command/reply', ''],
    ])
    expect(eventIn(body)).toEqual({ a: 'J\u00f6rg\n\n' })
  })

  it.each(['Content-Length: -1\n\n', 'Content-Length: 99999999999\n\n', 'Content-Length: x\n\n', 'y'.repeat(70_000)])('are refused where their length is none (%#)', (text) => {
    expect(() => new EslReader().read(text)).toThrow(EslFault)
  })
})
