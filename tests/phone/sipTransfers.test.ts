import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Baresip } from '../support/pbx/baresip.ts'
import { CALLER } from '../support/pbx/numbers.ts'
import { startServices } from '../support/pbx/services.ts'
import { sharedPbx } from '../support/pbx/sharedPbx.ts'
import { officeUri, startCaller, startDeskPhone, TONES } from '../support/pbx/telephones.ts'
import { publishMailbox } from '../support/pbx/voicemailWaiting.ts'
import { heardFor } from './support/heard.ts'
import { MediaPage } from './support/mediaPage.ts'
import { accountAt, AGENT, Softphone, until } from './support/softphone.ts'

const COLLEAGUE = 'agent-2'

describe('a softphone among others', () => {
  let caller: Baresip
  let desk: Baresip
  let phone: Softphone
  let media: MediaPage
  const pbx = sharedPbx({ voicemail: false }, async (started) => {
    phone = new Softphone(accountAt(started, '101'))
    ;[caller, desk, media] = await Promise.all([startCaller(started), startDeskPhone(started), MediaPage.open(phone.bridge)])
    await Promise.all([phone.untilReady(), phone.untilAudio()])
  })

  afterAll(async () => {
    phone?.stop()
    await media?.stop()
  })

  beforeEach(() => phone?.rest())

  const talk = async (): Promise<string> => {
    await caller.dial(officeUri(pbx(), '101'))
    const { externalId } = await phone.until('offered')
    phone.send({ kind: 'answer', externalId, agentId: AGENT })
    await phone.until('active')
    return externalId
  }
  const toDesk = { kind: 'colleague', agentId: COLLEAGUE, extension: '201' } as const

  it('puts a caller through blindly: number and sound go along', async () => {
    const externalId = await talk()
    phone.send({ kind: 'transfer', externalId, to: toDesk })
    expect(await phone.until('transferring')).toMatchObject({ toAgentId: COLLEAGUE, toNumber: '201', agentId: AGENT })
    expect((await desk.until('CALL_INCOMING')).peeruri).toContain(CALLER.number)
    await desk.accept()
    expect(await phone.until('ended')).toMatchObject({ cause: 'transferred', agentId: AGENT })
    await heardFor(desk, TONES.caller, 0.5)
    await heardFor(caller, TONES.desk, 0.5)
    await desk.hangUp()
    await until('the caller is free', () => caller.events.filter(({ type }) => type === 'CALL_CLOSED').length >= 2)
  })

  it('gets a caller back whom nobody takes, and talks on', async () => {
    const externalId = await talk()
    phone.send({ kind: 'transfer', externalId, to: toDesk })
    await desk.until('CALL_INCOMING')
    await desk.hangUp()
    expect(await phone.until('recalling')).toMatchObject({ toAgentId: COLLEAGUE })
    phone.send({ kind: 'answer', externalId, agentId: AGENT })
    await phone.until('active')
    await expect.poll(() => media.pitch(), { interval: 50 }).toBeGreaterThan(TONES.caller - 15)
    phone.send({ kind: 'hangUp', externalId })
    await phone.until('ended')
    expect(phone.statesOf(externalId)).toEqual(['offered', 'answering', 'active', 'transferring', 'recalling', 'active', 'ended'])
  })

  it('counts the voicemails that the server announces', async () => {
    await publishMailbox(pbx(), '101', { unheard: 3, heard: 2 })
    await until('the count is there', () => phone.line.messages?.fresh === 3, () => JSON.stringify(phone.line))
    expect(phone.line.messages).toEqual({ fresh: 3, old: 2 })
  })

  it('sees what is on a colleague’s telephone', async () => {
    phone.send({ kind: 'watch', extensions: ['201'] })
    const states = (): readonly string[] => phone.heard.flatMap(({ event }) => (event.kind === 'extension' ? [event.extension.state] : []))
    await caller.dial(officeUri(pbx(), '201'))
    await until('it rings', () => states().at(-1) === 'ringing', () => states().join())
    await desk.until('CALL_INCOMING')
    await desk.accept()
    await until('it is busy', () => states().at(-1) === 'busy', () => states().join())
    await desk.hangUp()
    await until('it is idle', () => states().at(-1) === 'idle', () => states().join())
  })
})

describe('two softphones in one group', () => {
  let caller: Baresip
  let phones: readonly Softphone[] = []
  const media: MediaPage[] = []
  const pbx = sharedPbx({ voicemail: false }, async (started) => {
    phones = [new Softphone(accountAt(started, '101')), new Softphone(accountAt(started, '102'))]
    caller = await startCaller(started)
    media.push(await MediaPage.open(phones[0]!.bridge))
    await Promise.all(phones.map((phone) => phone.untilReady()))
    await phones[0]!.untilAudio()
  })

  afterAll(async () => {
    for (const phone of phones) phone.stop()
    await Promise.all(media.map((page) => page.stop()))
  })

  it('are one call under one name, and the one that did not answer has missed nothing', async () => {
    await caller.dial(officeUri(pbx(), '5550100'))
    const [first, second] = [phones[0]!, phones[1]!]
    const [here, there] = await Promise.all([first.until('offered'), second.until('offered')])
    expect(here.externalId).toBe(there.externalId)
    first.send({ kind: 'answer', externalId: here.externalId, agentId: AGENT })
    await first.until('active')
    expect(await second.until('ended')).toMatchObject({ cause: 'answeredElsewhere', answeredAt: null })
    first.send({ kind: 'hangUp', externalId: here.externalId })
    expect(await first.until('ended')).toMatchObject({ cause: 'hungUp' })
    await caller.until('CALL_CLOSED')
  })

  it('says why a ring can\u2019t be answered where there is no sound, and lets it ring on', async () => {
    const second = phones[1]!
    second.heard.length = 0
    await caller.dial(officeUri(pbx(), '102'))
    const { externalId } = await second.until('offered')
    second.send({ kind: 'answer', externalId, agentId: AGENT })
    expect(second.refused.join()).toMatch(/^answer: .*It rings on\.$/)
    expect(second.calls.at(-1)?.state).toBe('offered')
    await caller.hangUp()
    expect(await second.until('ended')).toMatchObject({ cause: 'callerHungUp' })
  })
})

describe('a colleague who is asked first', () => {
  let caller: Baresip
  let phone: Softphone
  let colleague: Softphone
  const media: MediaPage[] = []
  const pbx = sharedPbx({ voicemail: false }, async (started) => {
    phone = new Softphone(accountAt(started, '111'))
    colleague = new Softphone(accountAt(started, '112'))
    caller = await startCaller(started)
    media.push(...(await Promise.all([MediaPage.open(phone.bridge), MediaPage.open(colleague.bridge)])))
    await Promise.all([phone.untilReady(), colleague.untilReady(), phone.untilAudio(), colleague.untilAudio()])
    // As the office tells it whose telephones are whose: others are not believed whom they ask about.
    colleague.send({ kind: 'watch', extensions: ['111'] })
  })

  afterAll(async () => {
    phone?.stop()
    colleague?.stop()
    await Promise.all(media.map((page) => page.stop()))
  })

  beforeEach(() => Promise.all([phone?.rest(), colleague?.rest()]))

  /** The caller is on hold, and the two talk about them. */
  const ask = async (): Promise<string> => {
    await caller.dial(officeUri(pbx(), '111'))
    const { externalId } = await phone.until('offered')
    phone.send({ kind: 'answer', externalId, agentId: AGENT })
    await phone.until('active')
    phone.send({ kind: 'consult', externalId, to: { kind: 'colleague', agentId: COLLEAGUE, extension: '112' } })
    expect(await phone.until('consulting')).toMatchObject({ consult: 'ringing', toAgentId: COLLEAGUE })
    const asked = await colleague.until('offered')
    expect(asked).toMatchObject({ fromNumber: null, fromExtension: '111' })
    colleague.send({ kind: 'answer', externalId: asked.externalId, agentId: COLLEAGUE })
    await until('they talk', () => (phone.calls.at(-1) as { consult?: string }).consult === 'talking')
    return externalId
  }

  it('has the caller with their number under the same record, and hears them', async () => {
    const externalId = await ask()
    phone.send({ kind: 'completeTransfer', externalId })
    expect(await phone.until('ended')).toMatchObject({ agentId: COLLEAGUE, transferred: { byAgentId: AGENT } })
    expect(await colleague.until('active', externalId)).toMatchObject({ fromNumber: CALLER.number, agentId: COLLEAGUE })
    await expect.poll(() => media[1]!.levelAt(TONES.caller)).toBeGreaterThan(-60)
    await until('the question is over', () => colleague.calls.some(({ state, fromExtension }) => state === 'ended' && fromExtension === '111'))
    expect(phone.refused).toEqual([])
    colleague.send({ kind: 'hangUp', externalId })
    expect(await colleague.until('ended', externalId)).toMatchObject({ cause: 'hungUp' })
  })

  it('is put nobody through who does not know whose telephone asks, and the caller stays', async () => {
    colleague.send({ kind: 'watch', extensions: [] })
    const externalId = await ask()
    phone.send({ kind: 'completeTransfer', externalId })
    await until('it is said', () => phone.refused.length > 0)
    expect(phone.refused.join()).toMatch(/^completeTransfer: The caller could not be put through/)
    colleague.send({ kind: 'watch', extensions: ['111'] })
    phone.send({ kind: 'hangUp', externalId })
    await phone.until('ended')
    await colleague.until('ended')
  })

  it('can be taken into the conversation: all three hear each other', async () => {
    const externalId = await ask()
    // A click of a busy machine has every frequency in it, for a moment.
    await expect.poll(() => media[1]!.levelAt(TONES.caller)).toBeLessThan(-60)
    phone.send({ kind: 'conference', externalId })
    expect(await phone.until('active')).toMatchObject({ conference: true })
    await expect.poll(() => media[1]!.levelAt(TONES.caller)).toBeGreaterThan(-60)
    phone.send({ kind: 'hangUp', externalId })
    await phone.until('ended')
    await colleague.until('ended')
    expect(phone.refused).toEqual([])
  })

  it('is let go when the caller is taken back', async () => {
    const externalId = await ask()
    phone.send({ kind: 'resume', externalId })
    await phone.until('active')
    await colleague.until('ended')
    await expect.poll(() => media[0]!.levelAt(TONES.caller)).toBeGreaterThan(-60)
    await caller.hangUp()
    await phone.until('ended')
    expect(phone.statesOf(externalId)).toEqual(['offered', 'answering', 'active', 'consulting', 'active', 'ended'])
  })
})

describe('a ring at somebody else\u2019s telephone', () => {
  let caller: Baresip
  let desk: Baresip
  let phone: Softphone
  let media: MediaPage
  const pbx = sharedPbx({ services: true, voicemail: false }, async (started) => {
    phone = new Softphone(accountAt(started, '111'))
    ;[caller, desk, media] = await Promise.all([startCaller(started), startDeskPhone(started), MediaPage.open(phone.bridge), startServices(started)])
    await Promise.all([phone.untilReady(), phone.untilAudio()])
    phone.send({ kind: 'watch', extensions: ['201'] })
  })

  afterAll(async () => {
    phone?.stop()
    await media?.stop()
  })

  it('is picked up, with the caller\u2019s number', async () => {
    await caller.dial(officeUri(pbx(), '201'))
    await desk.until('CALL_INCOMING')
    await until('it is seen to ring', () => phone.heard.some(({ event }) => event.kind === 'extension' && event.extension.state === 'ringing'))
    phone.send({ kind: 'pickUp', extension: '201', agentId: AGENT })
    expect(await phone.until('active')).toMatchObject({ direction: 'in', fromNumber: CALLER.number, agentId: AGENT })
    await desk.until('CALL_CLOSED')
    await expect.poll(() => media.levelAt(TONES.caller)).toBeGreaterThan(-60)
    await caller.hangUp()
    expect(await phone.until('ended')).toMatchObject({ cause: 'callerHungUp' })
  })

  it('is nobody\u2019s end where nothing rings any more', async () => {
    phone.heard.length = 0
    phone.send({ kind: 'pickUp', extension: '202', agentId: AGENT })
    await until('it is said', () => phone.refused.length > 0)
    expect(phone.refused.join()).toMatch(/^pickUp: The ring could not be picked up/)
    expect(phone.calls).toEqual([])
  })
})
