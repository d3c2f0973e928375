import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DialogsLine } from '../../src/main/phone/dialogs/dialogsLine.ts'
import type { Baresip } from '../support/pbx/baresip.ts'
import { CALLER, passwordOf, REALM } from '../support/pbx/numbers.ts'
import { sharedPbx } from '../support/pbx/sharedPbx.ts'
import { officeUri, startCaller, startDeskPhone } from '../support/pbx/telephones.ts'
import { Heard } from '../support/phoneHeard.ts'

const DESK = '201'

describe('a desk telephone behind Kamailio, seen by its dialog events', () => {
  let caller: Baresip
  let desk: Baresip
  let line: DialogsLine
  let heard: Heard

  const pbx = sharedPbx({ ringMs: 18_000, voicemail: false }, async (server) => {
    caller = await startCaller(server)
    desk = await startDeskPhone(server, DESK)
  })

  beforeEach(async () => {
    const { wss, certificate } = pbx()
    line = new DialogsLine({ kind: 'dialogs', server: wss, domain: REALM, extension: DESK, userName: '', password: passwordOf(DESK), certificate, watched: [] })
    heard = new Heard(line)
    await heard.until('the line is ready', () => heard.line?.status === 'ready')
  })

  afterEach(() => {
    line.close()
    heard.keepsThePort('sip')
  })

  it('pops while the desk telephone rings, follows the talk, and says who hung up last', async () => {
    await caller.dial(officeUri(pbx(), DESK))
    expect(await heard.untilState(CALLER.number, 'offered')).toMatchObject({ direction: 'in', fromNumber: CALLER.number })
    await desk.until('CALL_INCOMING')
    await desk.accept()
    await heard.untilState(CALLER.number, 'active')
    await caller.hangUp()
    expect(await heard.untilState(CALLER.number, 'ended')).toMatchObject({ answeredAt: expect.any(Number) as number })
    await desk.until('CALL_CLOSED')
  })

  it('says a caller was missed who gives up', async () => {
    await caller.dial(officeUri(pbx(), DESK))
    await heard.untilState(CALLER.number, 'offered')
    await desk.until('CALL_INCOMING')
    await caller.hangUp()
    expect(await heard.untilState(CALLER.number, 'ended')).toMatchObject({ cause: 'callerHungUp', answeredAt: null, talkMs: 0 })
    await desk.until('CALL_CLOSED')
  })

  it('knows the call whose ring began before it was there', async () => {
    await caller.dial(officeUri(pbx(), DESK))
    await heard.untilState(CALLER.number, 'offered')
    await desk.until('CALL_INCOMING')
    const { wss, certificate } = pbx()
    const late = new DialogsLine({ kind: 'dialogs', server: wss, domain: REALM, extension: DESK, userName: '', password: passwordOf(DESK), certificate, watched: [] })
    const said = new Heard(late)
    await said.untilState(CALLER.number, 'offered')
    expect(said.of(CALLER.number)?.externalId).toBe(heard.of(CALLER.number)?.externalId)
    late.close()
    await caller.hangUp()
    await desk.until('CALL_CLOSED')
  })

  it('says that the password is wrong', async () => {
    const { wss, certificate } = pbx()
    const wrong = new DialogsLine({ kind: 'dialogs', server: wss, domain: REALM, extension: DESK, userName: '', password: 'mistyped', certificate, watched: [] })
    const said = new Heard(wrong)
    await said.until('the line is down', () => said.line?.status === 'down')
    expect(said.line?.reason).toContain('password')
    expect(JSON.stringify(said.events)).not.toContain('mistyped')
    wrong.close()
  })

  it('says that the server is gone, and is there again after it', async () => {
    await pbx().kill()
    await heard.until('the line is down', () => heard.line?.status === 'down')
    await pbx().restart()
    await heard.until('the line is ready again', () => heard.line?.status === 'ready')
  })
})

describe('a desk telephone that rings together with a colleague\u2019s', () => {
  let caller: Baresip
  let colleague: Baresip

  const pbx = sharedPbx({ ringMs: 18_000, voicemail: false }, async (server) => {
    caller = await startCaller(server)
    await startDeskPhone(server, '101')
    colleague = await startDeskPhone(server, '102')
  })

  it('says who is on the telephone', async () => {
    const { wss, certificate } = pbx()
    const line = new DialogsLine({ kind: 'dialogs', server: wss, domain: REALM, extension: '101', userName: '', password: passwordOf('101'), certificate, watched: ['102'] })
    const heard = new Heard(line)
    await heard.until('the line is ready', () => heard.line?.status === 'ready')
    const is = (state: string) => () => heard.events.some((event) => event.kind === 'extension' && event.extension.extension === '102' && event.extension.state === state)
    await caller.dial(officeUri(pbx(), '102'))
    await heard.until('102 rings', is('ringing'))
    await colleague.until('CALL_INCOMING')
    await colleague.accept()
    await heard.until('102 talks', is('busy'))
    await caller.hangUp()
    await heard.until('102 is idle', is('idle'))
    expect(heard.calls).toEqual([])
    line.close()
  })
})
