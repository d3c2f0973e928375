import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { pbxMissing } from '../support/pbx/available.ts'
import type { Baresip } from '../support/pbx/baresip.ts'
import { LINES } from '../support/pbx/numbers.ts'
import { startPbx } from '../support/pbx/pbx.ts'
import { sharedPbx } from '../support/pbx/sharedPbx.ts'
import { callByTrunk, SIPP_TONE, trunkCall } from '../support/pbx/sipp.ts'
import { officeUri, startCaller, startDeskPhone, startVoicemail, TONES } from '../support/pbx/telephones.ts'
import { TonePhone } from '../support/pbx/tonePhone.ts'
import { publishMailbox } from '../support/pbx/voicemailWaiting.ts'
import { heardFor, hearsNobody, hearsNow, soundFlows, soundStands } from './support/heard.ts'
import { PlainPhone } from './support/plainPhone.ts'
import { processesIn } from './support/processes.ts'

describe('telephones with sound', () => {
  let caller: Baresip
  let desk: Baresip
  const pbx = sharedPbx({}, async (started) => {
    ;[caller, desk] = await Promise.all([startCaller(started), startDeskPhone(started)])
  })

  it('hear each other, and the digits', async () => {
    await caller.dial(officeUri(pbx(), '201'))
    expect((await desk.until('CALL_INCOMING')).peeruri).toContain('+15125550142')
    await desk.accept()
    await caller.until('CALL_ESTABLISHED')
    await heardFor(caller, TONES.desk, 0.5)
    await heardFor(desk, TONES.caller, 0.5)
    await desk.press('159#')
    await expect.poll(() => caller.digitsReceived()).toBe('159#')
    await caller.hangUp()
    await desk.until('CALL_CLOSED')
  })

  it('send no sound while they are held, and send it again after', async () => {
    await caller.dial(officeUri(pbx(), '201'))
    await desk.until('CALL_INCOMING')
    await desk.accept()
    const { id } = await caller.until('CALL_ESTABLISHED')
    await soundFlows(pbx(), id)
    await desk.hold()
    await soundStands(pbx(), id)
    await desk.resume()
    await soundFlows(pbx(), id)
    await caller.hangUp()
    await desk.until('CALL_CLOSED')
  })

  it('fall silent on hold for a caller whose hearing has a clock, and come back', async () => {
    const customer = await TonePhone.start(pbx())
    const dialled = customer.dial('201')
    await desk.until('CALL_INCOMING')
    await desk.accept()
    await dialled
    await hearsNow(customer, TONES.desk)
    await desk.hold()
    await hearsNobody(customer)
    await desk.resume()
    await hearsNow(customer, TONES.desk)
    await customer.hangUp()
    await desk.until('CALL_CLOSED')
  })

  it('reach the world outside', async () => {
    await desk.dial('+15125550142')
    await heardFor(desk, TONES.caller, 0.3)
    await heardFor(caller, TONES.desk, 0.3)
    await desk.hangUp()
  })
})

describe('a call that nobody takes', () => {
  let caller: Baresip
  let desk: Baresip
  let voicemail: Baresip
  // Short, for it is waited for; so nobody may be expected to take a call of this server.
  const pbx = sharedPbx({ ringMs: 1_500 }, async (started) => {
    ;[caller, desk, voicemail] = await Promise.all([startCaller(started), startDeskPhone(started), startVoicemail(started)])
  })

  it('goes to the voicemail machine', async () => {
    await caller.dial(officeUri(pbx(), '201'))
    await desk.until('CALL_INCOMING')
    await voicemail.until('CALL_ESTABLISHED')
    await heardFor(caller, TONES.voicemail, 0.3)
    await heardFor(voicemail, TONES.caller, 0.3)
    await caller.hangUp()
    await voicemail.until('CALL_CLOSED')
  })
})

describe('softphones behind a WebSocket', () => {
  const pbx = sharedPbx({ voicemail: false })
  const phones = new Map<string, PlainPhone>()
  const register = async (extension: string, address?: string): Promise<PlainPhone> => {
    const phone = new PlainPhone(pbx(), extension, address)
    phones.set(extension, phone)
    await pbx().untilRegistered(extension)
    return phone
  }
  afterEach(async () => {
    const open = [...phones]
    phones.clear()
    for (const [, phone] of open) phone.stop()
    for (const [extension] of open) await pbx().untilRegistered(extension, 0)
  })

  it('register over ws and over wss, and ring with the asserted number and the line', async () => {
    const [plain, secure] = [await register('101'), await register('102', pbx().wss)]
    const report = await callByTrunk(pbx(), trunkCall('givesUp', { dialled: LINES.secondBrand, ringMs: 300 }))
    expect(report).toMatchObject({ asExpected: true, errors: '', status: 487 })
    for (const phone of [plain, secure]) await expect.poll(() => phone.rings).toEqual([`"HOMEOWNER JANE" <sip:+15125550142@carrier.example> | ${LINES.secondBrand}`])
  })

  it('are told that somebody else took the call, and are not rung for another group\u2019s line', async () => {
    const [front, sales] = [await register('101'), await register('121', pbx().wss)]
    await callByTrunk(pbx(), trunkCall('takenElsewhere', { ringMs: 100 }))
    await callByTrunk(pbx(), trunkCall('givesUp', { dialled: LINES.sales, ringMs: 100 }))
    await expect.poll(() => front.endings).toEqual(['SIP;cause=200;text="Call completed elsewhere"'])
    await expect.poll(() => sales.endings).toEqual([''])
  })

  it('ring together with a desk phone, which takes the call', async () => {
    const before = await register('101')
    const desk = await startDeskPhone(pbx(), '102')
    const after = await register('103', pbx().wss)
    const call = callByTrunk(pbx(), trunkCall('callerEnds', { talkMs: 3_000 }))
    await desk.until('CALL_INCOMING')
    // Whoever has not rung yet when the desk phone takes it may not be rung at all.
    for (const phone of [before, after]) await expect.poll(() => phone.rings).toHaveLength(1)
    await desk.accept()
    await heardFor(desk, SIPP_TONE, 0.5)
    expect(await call).toMatchObject({ errors: '', endedBy: 'caller' })
    // The words are missing where the server cancels a ring that it had no 180 of yet; the cause is always there.
    for (const phone of [before, after]) await expect.poll(() => phone.endings).toEqual([expect.stringMatching(/^SIP;cause=200/)])
  })

  it('must register again after the server was started anew', async () => {
    await register('103', pbx().wss)
    await pbx().restart()
    await pbx().untilRegistered('103')
  })

  it('know which messages wait, and who is on the telephone', async () => {
    const phone = await register('104')
    await phone.watch('104', 'message-summary')
    await phone.watch('201', 'dialog')
    await publishMailbox(pbx(), '104', { unheard: 2, heard: 1 })
    await expect.poll(() => phone.notes.join('\n')).toContain('Voice-Message: 2/1 (0/0)')

    const desk = await startDeskPhone(pbx(), '201', { answers: true })
    const report = await callByTrunk(pbx(), trunkCall('callerHolds', { dialled: '201', talkMs: 6_000 }))
    expect(report).toMatchObject({ asExpected: true, errors: '', endedBy: 'caller' })
    await heardFor(desk, SIPP_TONE, 0.3)
    for (const state of ['early', 'confirmed', 'terminated']) await expect.poll(() => phone.notes.join('\n')).toContain(`<state>${state}</state>`)
    expect(phone.notes.join('\n')).toContain('anonymous')
  })
})

describe.skipIf(pbxMissing() !== undefined)('the laboratory', () => {
  it('stands still and goes on, and leaves nothing behind when it is stopped', async () => {
    const pbx = await startPbx()
    try {
      await startDeskPhone(pbx)
      const states = (): Set<string> => new Set(processesIn(join(pbx.folder, 'kamailio.cfg')).map(({ state }) => state))
      pbx.freeze()
      await expect.poll(states).toEqual(new Set('T'))
      const asked = pbx.registrations('201')
      pbx.thaw()
      expect(await asked).toHaveLength(1)
      expect(processesIn(pbx.folder)).not.toEqual([])
    } finally {
      await pbx.stop()
    }
    expect(processesIn(pbx.folder)).toEqual([])
  })
})
