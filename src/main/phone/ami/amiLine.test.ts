import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Heard } from '../../../../tests/support/phoneHeard.ts'
import { TurnedWorld } from '../../../../tests/support/phoneDriver.ts'
import { AMI_SECRET } from '../../../../tests/support/phones/amiServer.ts'
import { Asterisk } from '../../../../tests/support/phones/asteriskOffice.ts'
import { AmiLine } from './amiLine.ts'
import { AmiReader, amiText } from './amiMessages.ts'

const CALLER = '+15125550140'

describe('a desk telephone behind Asterisk', () => {
  let office: Asterisk
  let line: AmiLine
  let heard: Heard

  beforeEach(async () => {
    office = new Asterisk()
    await office.server.listen()
    line = new AmiLine(office.account(), new TurnedWorld())
    heard = new Heard(line)
    await heard.until('ready', () => heard.line?.status === 'ready')
  })

  afterEach(async () => {
    line.close()
    heard.keepsThePort('ami')
    await office.server.stop()
  })

  it('knows the ring group for one call, by its Linkedid', async () => {
    office.ring(CALLER)
    const call = await heard.untilState(CALLER, 'offered')
    expect(call).toMatchObject({ externalId: `ami:${office.placed(CALLER)?.root}`, lineNumber: '+13125550100' })
    await heard.until('the colleague rings too', () => heard.events.some((event) => event.kind === 'extension' && event.extension.state === 'ringing'))
    office.answered(CALLER, 'theirs')
    await heard.untilState(CALLER, 'ended')
    await heard.until('the colleague talks', () => heard.events.findLast((event) => event.kind === 'extension')?.extension.state === 'busy')
    expect(new Set(heard.calls.map(({ externalId }) => externalId)).size).toBe(1)
  })

  it('keeps a queue\u2019s caller through a pause between two rings', async () => {
    office.ring(CALLER)
    await heard.untilState(CALLER, 'offered')
    const { root, mine } = office.placed(CALLER) ?? { root: '', mine: '' }
    office.dial('DialEnd', root, mine, { DialStatus: 'NOANSWER' })
    office.server.hangUp(mine, '19')
    const again = `${mine}7`
    office.server.channel('Newchannel', { Channel: 'PJSIP/101-0000ffff', ChannelStateDesc: 'Ringing', Uniqueid: again, Linkedid: root })
    office.dial('DialBegin', root, again, {})
    office.server.event('BridgeEnter', { ...office.server.channelOf(again), BridgeUniqueid: 'b2' })
    await heard.untilState(CALLER, 'active')
    expect(heard.calls.map(({ state }) => state)).toEqual(['offered', 'active'])
  })

  it('says one was missed who goes on to the machine', async () => {
    office.ring(CALLER)
    await heard.untilState(CALLER, 'offered')
    const { root, mine } = office.placed(CALLER) ?? { root: '', mine: '' }
    office.dial('DialEnd', root, mine, { DialStatus: 'NOANSWER' })
    office.server.hangUp(mine, '19')
    office.server.event('Newexten', { ...office.server.channelOf(root), Application: 'VoiceMail', AppData: '101@default,u' })
    expect(await heard.untilState(CALLER, 'ended')).toMatchObject({ cause: 'callerHungUp', answeredAt: null })
  })

  it('follows a blind transfer that is made on the telephone itself', async () => {
    office.ring(CALLER)
    office.answered(CALLER, 'mine')
    await heard.untilState(CALLER, 'active')
    const { root, mine } = office.placed(CALLER) ?? { root: '', mine: '' }
    office.server.event('BlindTransfer', { Result: 'Success', TransfererUniqueid: mine, TransferereLinkedid: root, TransfereeUniqueid: root, IsExternal: 'Yes', Context: 'from-internal', Extension: '104' })
    office.server.hangUp(mine, '16')
    expect(await heard.untilState(CALLER, 'transferring')).toMatchObject({ toNumber: '104', toAgentId: null })
    office.targetAnswers(CALLER)
    expect(await heard.untilState(CALLER, 'ended')).toMatchObject({ cause: 'transferred' })
  })

  it('follows an attended transfer that is made on the telephone itself', async () => {
    office.ring(CALLER)
    office.answered(CALLER, 'mine')
    await heard.untilState(CALLER, 'active')
    const { mine } = office.placed(CALLER) ?? { mine: '' }
    office.hold(CALLER, 'Hold')
    await heard.untilState(CALLER, 'held')
    office.server.event('AttendedTransfer', { Result: 'Success', OrigTransfererUniqueid: mine, DestType: 'Bridge' })
    expect(await heard.untilState(CALLER, 'ended')).toMatchObject({ cause: 'transferred' })
  })

  it('finds a call that began while the line was down', async () => {
    await office.server.stop()
    await heard.until('down', () => heard.line?.status === 'down')
    office.ring(CALLER)
    line.close()
    await office.server.listen()
    line = new AmiLine(office.account(), new TurnedWorld())
    heard = new Heard(line)
    await heard.untilState(CALLER, 'offered')
  })

  it('says that the secret is wrong, and never says the secret', async () => {
    const wrong = new AmiLine({ ...office.account(), secret: 'mistyped' }, new TurnedWorld())
    const said = new Heard(wrong)
    await said.until('refused', () => said.line?.status === 'down')
    expect(said.line?.reason).toContain('refuses the manager')
    wrong.close()
    expect(JSON.stringify([...said.events, ...heard.events, ...office.server.actions])).not.toMatch(new RegExp(`mistyped|${AMI_SECRET}`))
  })

  it('dials no words of the dial plan', async () => {
    for (const number of ['1234&PJSIP/999', '12\r\nAction: Command', '*'.repeat(30), '']) {
      const before = heard.refused.length
      line.send({ kind: 'dial', number, agentId: 'rosa' })
      await heard.until('refused', () => heard.refused.length > before)
    }
    expect(office.server.actions.filter(({ Action }) => Action === 'Originate')).toEqual([])
  })
})

describe('messages of the Manager Interface', () => {
  it('are cut as they come, whatever the pieces', () => {
    const stream = 'Asterisk Call Manager/9.0.0\r\nResponse: Success\r\nActionID: 1\r\n\r\nEvent: Hangup\r\nCause-txt: a: b\r\nChanVariable(x): 1\r\n\r\n'
    const reader = new AmiReader()
    const read = [...stream].flatMap((letter) => reader.read(letter))
    expect(read.map((message) => Object.fromEntries(message))).toEqual([
      { response: 'Success', actionid: '1' },
      { event: 'Hangup', 'cause-txt': 'a: b', 'chanvariable(x)': '1' },
    ])
  })

  it('carry no line of somebody else\u2019s', () => {
    expect(amiText({ Action: 'Originate', Exten: '1\r\nAction: Command' })).toBe('Action: Originate\r\nExten: 1  Action: Command\r\n\r\n')
  })
})
