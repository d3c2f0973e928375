import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { madeMp3 } from '../../../../tests/support/madeSound.ts'
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

  const left = (id: string, phoneNumber: string) => ({
    id,
    to: [{ phoneNumber: '+13125550100', name: 'Front desk' }],
    from: { phoneNumber, name: 'Jane Roe' },
    type: 'VoiceMail',
    creationTime: new Date(world.now() + 30_000).toISOString(),
    readStatus: 'Unread',
    attachments: [{ id: '7', type: 'AudioRecording', contentType: 'audio/mpeg', vmDuration: 12 }],
    direction: 'Inbound',
    availability: 'Alive',
  })

  it('brings a voicemail to the call in which it was left, with what was said', async () => {
    office.ring(CALLER)
    const { externalId } = await heard.untilState(CALLER, 'offered')
    office.over(CALLER, 'NoAnswer', 'us')
    await heard.untilState(CALLER, 'ended')
    const sound = madeMp3(300)
    office.server.sounds.set('4711/7', sound)
    office.server.notify(left('4711', CALLER))
    const { call, voicemail } = await heard.untilSound()
    expect(call).toMatchObject({ externalId, fromNumber: CALLER })
    expect(voicemail).toMatchObject({ seconds: 12, leftAt: world.now() + 30_000 })
    expect(Buffer.from(voicemail.sound ?? []).equals(Buffer.from(sound))).toBe(true)
    // Nothing but a message says that somebody called.
    office.server.notify(left('4712', '+15125550199'))
    await heard.until('the other', () => heard.voicemails.at(-1)?.call.fromNumber === '+15125550199')
    expect(heard.voicemails.at(-1)?.call.externalId).toBe('ringcentral:message-4712')
  })

  it('puts no message to a call that somebody took, and one message to one call', async () => {
    office.ring(CALLER)
    await heard.untilState(CALLER, 'offered')
    office.answers(CALLER)
    await heard.untilState(CALLER, 'active')
    office.over(CALLER, 'Disconnected', 'them')
    await heard.untilState(CALLER, 'ended')
    office.server.notify(left('4711', CALLER))
    await heard.until('the first', () => heard.voicemails.length === 1)
    expect(heard.voicemails[0]).toMatchObject({ call: { externalId: 'ringcentral:message-4711' }, voicemail: { apart: true } })
    const other = '+15125550141'
    office.ring(other)
    const { externalId } = await heard.untilState(other, 'offered')
    office.over(other, 'NoAnswer', 'us')
    await heard.untilState(other, 'ended')
    for (const message of ['4712', '4713']) office.server.notify(left(message, other))
    await heard.until('both', () => heard.voicemails.length === 3)
    expect(heard.voicemails.slice(1).map(({ call }) => call.externalId)).toEqual([externalId, 'ringcentral:message-4713'])
  })

  const lefts = (): readonly (string | null)[] => heard.voicemails.map(({ voicemail }) => voicemail.recording)
  const lists = (): number => office.server.requests.filter((request) => request.includes('/message-store?')).length

  it('takes what was left while the line was away, each message once and oldest first', async () => {
    await expect.poll(lists).toBe(1)
    office.server.notify(left('4711', CALLER))
    await heard.until('the first', () => heard.voicemails.length === 1)
    await office.server.stop()
    await heard.until('down', () => heard.line?.status === 'down')
    // Whoever listened to one at the telephone has not called anybody back for that.
    office.server.messages.push(left('4711', CALLER), { ...left('4712', '+15125550141'), creationTime: new Date(world.now()).toISOString(), readStatus: 'Read', attachments: [] }, left('4713', '+15125550142'))
    const sound = madeMp3(300)
    office.server.sounds.set('4713/7', sound)
    await office.server.listen()
    world.pass(60_000)
    expect(Buffer.from((await heard.untilSound()).voicemail.sound ?? []).equals(Buffer.from(sound))).toBe(true)
    expect(lefts()).toEqual(['message 4711', 'message 4712', 'message 4713', 'message 4713'])
    expect(heard.voicemails.map(({ voicemail }) => voicemail.apart ?? false)).toEqual([true, true, true, true])
  })

  it('takes at its first connection what nobody has listened to for some days, also where the list is refused at first', async () => {
    const other = new RingCentralOffice()
    other.server.listFailures.push({ status: 503 })
    const at = (hours: number): string => new Date(world.now() - hours * 3_600_000).toISOString()
    other.server.messages.push({ ...left('1', CALLER), creationTime: at(24 * 9) }, { ...left('2', CALLER), creationTime: at(60) }, { ...left('3', CALLER), creationTime: at(1), readStatus: 'Read' })
    await other.server.listen()
    const turned = new TurnedWorld()
    const opened = new RingCentralLine(other.account(), turned)
    const said = new Heard(opened)
    await said.until('ready', () => said.line?.status === 'ready')
    // The beat, and the list that is asked for again.
    await expect.poll(() => turned.waiting).toBe(2)
    turned.pass(60_000)
    await said.until('a voicemail', () => said.voicemails.length > 0)
    expect(said.voicemails).toMatchObject([{ call: { externalId: 'ringcentral:message-2' }, voicemail: { recording: 'message 2', apart: true } }])
    opened.close()
    await other.server.stop()
  })

  it('goes on asking for messages where RingCentral is only busy', async () => {
    const busy = new RingCentralOffice()
    busy.server.subscribing = 429
    await busy.server.listen()
    const turned = new TurnedWorld()
    const other = new RingCentralLine(busy.account(), turned)
    const said = new Heard(other)
    await said.until('down', () => said.line?.status === 'down')
    expect(said.line?.reason).toContain('takes on nobody just now')
    turned.pass(60_000)
    await said.until('ready', () => said.line?.status === 'ready')
    expect(busy.server.subscriptions).toEqual([['/restapi/v1.0/account/~/extension/~/telephony/sessions', '/restapi/v1.0/account/~/extension/~/voicemail']])
    other.close()
    await busy.server.stop()
  })

  it('is told of calls also where its application may read no messages', async () => {
    const strict = new RingCentralOffice()
    strict.server.forbidden = ['/restapi/v1.0/account/~/extension/~/voicemail']
    await strict.server.listen()
    const other = new RingCentralLine(strict.account(), new TurnedWorld())
    const said = new Heard(other)
    await said.until('ready', () => said.line?.status === 'ready')
    expect(strict.server.subscriptions).toEqual([['/restapi/v1.0/account/~/extension/~/telephony/sessions']])
    strict.ring(CALLER)
    await said.untilState(CALLER, 'offered')
    other.close()
    await strict.server.stop()
  })
})
