import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SilentPage } from '../../../../tests/support/phones/silentPage.ts'
import { ANY_SDP, SipOffice } from '../../../../tests/support/phones/sipOffice.ts'
import { headerOf, type SipMessage } from '../../../../tests/support/pbx/sip/message.ts'
import type { CallState, PhoneCall, PhoneCommand, PhoneEvent, SipAccount } from '../port.ts'
import { MediaBridge } from './mediaBridge.ts'
import { SipPhone } from './sipPhone.ts'

const CALLER = '+15125550142'
const AGENT = 'rosa'
const KIM = { kind: 'colleague', agentId: 'kim', extension: '104' } as const
const WAITS = { timeout: 15_000, interval: 5 }

const log: string[] = []
const keep = (event: string, details?: object): void => void log.push(`${event} ${JSON.stringify(details ?? {})}`)

let office: SipOffice
let bridge: MediaBridge
let phone: SipPhone
let page: SilentPage
let events: PhoneEvent[]

const account = (): SipAccount => ({ kind: 'sip', server: office.url, domain: 'office.test', extension: '101', userName: '', password: 'hunter2-secret', displayName: 'Front desk', certificate: '', relays: ['turns:relay.office.test'], relayUser: 'front', relayPassword: 'relay-secret' })

const calls = (): readonly PhoneCall[] => events.flatMap((event) => (event.kind === 'call' ? [event.call] : []))
const refused = (): readonly string[] => events.flatMap((event) => (event.kind === 'refused' ? [event.command] : []))
const send = (command: PhoneCommand): void => phone.send(command)

async function until(externalId: string, state: CallState): Promise<PhoneCall> {
  const newest = (): PhoneCall | undefined => calls().findLast((call) => call.externalId === externalId)
  await expect.poll(() => newest()?.state, { ...WAITS, message: `${externalId} is ${state}` }).toBe(state)
  return newest() as PhoneCall
}

async function heard(what: string | number, after = 0): Promise<SipMessage> {
  await expect.poll(() => office.find(what, after), { ...WAITS, message: `the office hears ${what}` }).toBeDefined()
  return office.find(what, after) as SipMessage
}

const ready = (): Promise<void> => expect.poll(() => phone.line().status, WAITS).toBe('ready')

/** A caller is talked with. */
async function talk(callId: string, from: string = CALLER, headers: readonly (readonly [string, string])[] = []) {
  const after = office.received.length
  office.ring({ callId, from, headers })
  await until(`sip:${callId}`, 'offered')
  send({ kind: 'answer', externalId: `sip:${callId}`, agentId: AGENT })
  const answer = await heard(200, after)
  await until(`sip:${callId}`, 'active')
  return { answer, dialogue: office.acknowledge(answer) }
}

/** Agrees to whatever the telephone offers next. */
async function agree(after: number): Promise<SipMessage> {
  const offer = await heard('INVITE', after)
  office.answer(offer, 200, { body: ANY_SDP })
  return offer
}

/** The caller waits while whoever is asked has answered. */
async function ask(to: Extract<PhoneCommand, { kind: 'consult' }>['to'], marks: readonly (readonly [string, string])[]) {
  const { dialogue } = await talk('a')
  let after = office.received.length
  send({ kind: 'consult', externalId: 'sip:a', to })
  await agree(after)
  await expect.poll(() => office.received.slice(after).filter(({ start }) => start.startsWith('INVITE')).length, WAITS).toBe(2)
  const consult = office.received.slice(after).filter(({ start }) => start.startsWith('INVITE'))[1] as SipMessage
  office.answer(consult, 200, { body: ANY_SDP, headers: marks })
  await expect.poll(() => (calls().at(-1) as { consult?: string }).consult, WAITS).toBe('talking')
  after = office.received.length
  send({ kind: 'completeTransfer', externalId: 'sip:a' })
  const refer = await heard('REFER', after)
  const id = Number.parseInt(headerOf(refer, 'cseq'), 10)
  const notice = (status: string) => ['NOTIFY', { headers: [['Event', `refer;id=${id}`], ['Subscription-State', 'terminated;reason=noresource'], ['Content-Type', 'message/sipfrag;version=2.0']], body: `SIP/2.0 ${status}` }] as const
  return { consult, dialogue, notice }
}

beforeEach(async () => {
  log.length = 0
  events = []
  office = new SipOffice()
  await office.listen()
  bridge = new MediaBridge({ info: keep, warn: keep, error: keep })
  page = new SilentPage(bridge)
  phone = new SipPhone({ account: account(), bridge, log: { info: keep, warn: keep, error: keep } })
  phone.listen((event) => events.push(event))
  await ready()
  send({ kind: 'watch', extensions: ['104'] })
})

afterEach(async () => {
  phone.close()
  bridge.close()
  await office.stop()
})

describe('a call while the line is down', () => {
  it('talks on where a hold can\u2019t be asked for, and is held once it can', async () => {
    await talk('a')
    await office.stop()
    await expect.poll(() => phone.line().status, WAITS).toBe('down')
    send({ kind: 'hold', externalId: 'sip:a' })
    await expect.poll(refused, WAITS).toEqual(['hold'])
    expect(calls().at(-1)?.state).toBe('active')
    const again = office.received.length
    await office.listen()
    await ready()
    await agree(again)
    const after = office.received.length
    send({ kind: 'hold', externalId: 'sip:a' })
    await agree(after)
    await until('sip:a', 'held')
  })

  it('talks on where the line breaks in the middle of an offer', async () => {
    await talk('a')
    const after = office.received.length
    send({ kind: 'hold', externalId: 'sip:a' })
    await heard('INVITE', after)
    await office.stop()
    await expect.poll(refused, WAITS).toEqual(['hold'])
    expect(calls().at(-1)?.state).toBe('active')
  })

  it('is as it was where the other side does not answer an offer in time, and over where they know of no such call', async () => {
    await talk('a')
    let after = office.received.length
    send({ kind: 'hold', externalId: 'sip:a' })
    office.answer(await heard('INVITE', after), 408)
    await expect.poll(refused, WAITS).toEqual(['hold'])
    expect(calls().at(-1)?.state).toBe('active')
    after = office.received.length
    send({ kind: 'hold', externalId: 'sip:a' })
    office.answer(await heard('INVITE', after), 481)
    expect(await until('sip:a', 'ended')).toMatchObject({ cause: 'lost' })
  })

  it('is said goodbye to once the line is back', async () => {
    await talk('a')
    await office.stop()
    await expect.poll(() => phone.line().status, WAITS).toBe('down')
    send({ kind: 'hangUp', externalId: 'sip:a' })
    expect(await until('sip:a', 'ended')).toMatchObject({ cause: 'hungUp' })
    const after = office.received.length
    await office.listen()
    expect(headerOf(await heard('BYE', after), 'call-id')).toBe('a')
  })

  it('that only rang is over: nobody could take it, and nobody would ever end it', async () => {
    office.ring({ callId: 'a', from: CALLER })
    await until('sip:a', 'offered')
    await office.stop()
    expect(await until('sip:a', 'ended')).toMatchObject({ cause: 'failed', answeredAt: null })
    expect(page.orders.findLast((order) => order.startsWith('ring '))).toBe('ring false')
  })

  it('that we made and nobody has answered has failed, and was not hung up by us', async () => {
    send({ kind: 'dial', number: CALLER, agentId: AGENT })
    const invite = await heard('INVITE')
    office.answer(invite, 180)
    const externalId = `sip:${headerOf(invite, 'call-id')}`
    await until(externalId, 'early')
    await office.stop()
    expect(await until(externalId, 'ended')).toMatchObject({ cause: 'failed' })
  })
})

describe('a call that wants the place of another', () => {
  it('gets it from a colleague who asked about it: the caller\u2019s own, with neither the colleague\u2019s extension nor our own line', async () => {
    const { answer, dialogue } = await talk('asks', '104', [['X-Baton-Consult', 'sip:first@pbx']])
    expect(headerOf(answer, 'x-baton-consult')).toBe('sip:first@pbx')
    expect(calls().at(-1)).toMatchObject({ fromExtension: '104' })
    const after = office.received.length
    office.ring({ callId: 'through', from: CALLER, headers: [office.replaces(dialogue)] })
    office.acknowledge(await heard(200, after))
    const call = await until('sip:first@pbx', 'active')
    expect(call).toMatchObject({ fromNumber: CALLER, lineName: '', lineNumber: '', agentId: AGENT })
    expect(call.fromExtension).toBeUndefined()
    expect(await until('sip:asks', 'ended')).toMatchObject({ fromExtension: '104' })
  })

  it('is refused where a caller is talked with, whoever wants it', async () => {
    const { dialogue } = await talk('a')
    const after = office.received.length
    office.ring({ callId: 'b', from: '104', headers: [office.replaces(dialogue)] })
    await heard(486, after)
    expect(calls().at(-1)).toMatchObject({ externalId: 'sip:a', state: 'active' })
  })

  it('is refused where whoever was asked has put the colleague on hold: they talk with somebody else', async () => {
    const { dialogue } = await talk('asks', '104', [['X-Baton-Consult', 'sip:first@pbx']])
    let after = office.received.length
    send({ kind: 'hold', externalId: 'sip:asks' })
    await agree(after)
    await until('sip:asks', 'held')
    await talk('another')
    after = office.received.length
    office.ring({ callId: 'through', from: CALLER, headers: [office.replaces(dialogue)] })
    await heard(486, after)
    expect(calls().some(({ externalId }) => externalId === 'sip:first@pbx')).toBe(false)
    expect(calls().at(-1)).toMatchObject({ externalId: 'sip:another', state: 'active' })
  })

  it('does not write into a record that a stranger names', async () => {
    for (const field of ['X-Baton-Consult', 'X-Baton-Call']) {
      const { answer, dialogue } = await talk(field, '777', [[field, 'sip:somebody-elses']])
      expect(headerOf(answer, 'x-baton-consult')).toBe('')
      const after = office.received.length
      office.ring({ callId: `through-${field}`, from: CALLER, headers: [office.replaces(dialogue)] })
      await heard(486, after)
      send({ kind: 'hangUp', externalId: `sip:${field}` })
      await until(`sip:${field}`, 'ended')
    }
    expect(calls().some(({ externalId }) => externalId === 'sip:somebody-elses')).toBe(false)
  })

  it('is a call of its own where it comes under the same Call-ID, and orphans nobody', async () => {
    await talk('a')
    office.ring({ callId: 'a', from: '+15125550177' })
    await until('sip:a;2', 'offered')
    office.ring({ callId: 'a', from: '+15125550178' })
    await until('sip:a;3', 'offered')
    send({ kind: 'reject', externalId: 'sip:a;2' })
    await until('sip:a;2', 'ended')
    send({ kind: 'hangUp', externalId: 'sip:a' })
    expect(await until('sip:a', 'ended')).toMatchObject({ cause: 'hungUp', fromNumber: CALLER })
  })
})

describe('putting through', () => {
  it('says that a colleague has the caller where their answer said that they go on with the record', async () => {
    const { consult, dialogue, notice } = await ask(KIM, [['X-Baton-Consult', 'sip:a']])
    expect(headerOf(consult, 'x-baton-consult')).toBe('sip:a')
    office.sendTogether([notice('200 OK')], dialogue)
    expect(await until('sip:a', 'ended')).toMatchObject({ cause: 'transferred', agentId: 'kim', transferred: { byAgentId: AGENT } })
  })

  it('is the end of the record where the colleague has a plain telephone', async () => {
    const { dialogue, notice } = await ask(KIM, [])
    office.sendTogether([notice('200 OK')], dialogue)
    const call = await until('sip:a', 'ended')
    expect(call).toMatchObject({ cause: 'transferred', agentId: AGENT })
    expect(call).not.toHaveProperty('transferred')
  })

  it('tells nobody outside how the office names its calls', async () => {
    const { consult } = await ask({ kind: 'number', number: '+15125550199' }, [])
    expect(headerOf(consult, 'x-baton-consult')).toBe('')
  })

  it.each([false, true])('is done where the notice of it and the farewell come together (the farewell first: %s)', async (backwards) => {
    const { dialogue, notice } = await ask(KIM, [['X-Baton-Consult', 'sip:a']])
    office.sendTogether([notice('200 OK'), ['BYE', {}]], dialogue, { backwards })
    expect(await until('sip:a', 'ended')).toMatchObject({ cause: 'transferred', agentId: 'kim' })
  })

  it('is over where the caller hangs up and nobody ever takes them', async () => {
    const { dialogue } = await ask(KIM, [['X-Baton-Consult', 'sip:a']])
    office.sendTogether([['BYE', {}]], dialogue)
    expect(await until('sip:a', 'ended')).toMatchObject({ cause: 'callerHungUp', agentId: AGENT })
  })

  it('leaves the call as it was where somebody can\u2019t be called at all', async () => {
    await talk('a')
    const after = office.received.length
    send({ kind: 'consult', externalId: 'sip:a', to: { kind: 'number', number: '' } })
    await agree(after)
    await expect.poll(refused, WAITS).toEqual(['consult'])
    expect(calls().at(-1)?.state).toBe('held')
  })
})

describe('the page with the sound', () => {
  it('may be loaded anew while a call of ours still rings: it is answered, and heard', async () => {
    send({ kind: 'dial', number: CALLER, agentId: AGENT })
    const invite = await heard('INVITE')
    office.answer(invite, 180)
    const externalId = `sip:${headerOf(invite, 'call-id')}`
    await until(externalId, 'early')
    page.gone()
    page = new SilentPage(bridge)
    const after = office.received.length
    office.answer(invite, 200, { body: ANY_SDP })
    await agree(after)
    await expect.poll(() => calls().at(-1)?.state, WAITS).toBe('active')
    expect(calls().map(({ state }) => state).filter((state, at, all) => state !== all[at - 1])).toEqual(['dialing', 'early', 'active', 'mediaLost', 'renegotiating', 'active'])
    expect(page.orders.slice(-5)).toContain('setRemote')
    send({ kind: 'hangUp', externalId })
    await until(externalId, 'ended')
  })

  it('may be loaded anew while a caller is put through: where that fails they are on hold, and said to be', async () => {
    const { dialogue, notice } = await ask(KIM, [])
    page.gone()
    office.sendTogether([notice('603 Decline')], dialogue)
    await until('sip:a', 'held')
    const after = office.received.length
    page = new SilentPage(bridge)
    expect((await agree(after)).body).toContain('a=sendonly')
    await expect.poll(() => calls().map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]).slice(-5), WAITS).toEqual(['transferring', 'held', 'mediaLost', 'renegotiating', 'held'])
  })

  const said = (): string => events.flatMap((event) => (event.kind === 'refused' ? [event.message] : [])).at(-1) ?? ''

  it.each([
    ['transfer', 'not put through'],
    ['consult', 'nobody was asked'],
  ] as const)('that goes in the very moment of a %s says that it did not come about', async (kind, words) => {
    await talk('a')
    const after = office.received.length
    // The caller agrees to wait, and the page is gone before anything else is done.
    const stop = phone.listen((event) => {
      if (event.kind !== 'call' || event.call.state !== 'held') return
      stop()
      page.gone()
    })
    send({ kind: 'hold', externalId: 'sip:a' })
    send({ kind, externalId: 'sip:a', to: KIM })
    await agree(after)
    await expect.poll(refused, WAITS).toEqual([kind])
    expect(said()).toContain(words)
    expect(office.received.slice(after).filter(({ start }) => start.startsWith('REFER'))).toEqual([])
    const later = office.received.length
    page = new SilentPage(bridge)
    await agree(later)
    await until('sip:a', 'held')
  })

  it('that is lost while somebody is asked keeps the caller waiting, and says why they were not put through', async () => {
    const { dialogue } = await talk('a')
    const after = office.received.length
    send({ kind: 'consult', externalId: 'sip:a', to: KIM })
    await agree(after)
    await expect.poll(() => office.received.slice(after).filter(({ start }) => start.startsWith('INVITE')).length, WAITS).toBe(2)
    office.answer(office.received.slice(after).filter(({ start }) => start.startsWith('INVITE'))[1] as SipMessage, 200, { body: ANY_SDP })
    await expect.poll(() => (calls().at(-1) as { consult?: string }).consult, WAITS).toBe('talking')
    page.gone()
    await until('sip:a', 'mediaLost')
    for (const [kind, words] of [['completeTransfer', 'press F9 again'], ['conference', 'do not talk yet']] as const) {
      send({ kind, externalId: 'sip:a' })
      await expect.poll(said, WAITS).toContain(words)
    }
    expect(dialogue).toBeDefined()
  })

  it('is sent away with a reason where another takes its place, and has it again where that one is gone', () => {
    const other = new SilentPage(bridge)
    expect(page.closedWith).toBe(4001)
    const waiting = new SilentPage(bridge, true)
    expect(waiting.closedWith).toBe(4001)
    other.gone()
    const back = new SilentPage(bridge, true)
    expect(back.closedWith).toBeNull()
    expect(bridge.attached).toBe(true)
  })
})

it('survives whoever listens to it and stumbles', async () => {
  phone.listen((event) => {
    if (event.kind === 'call' && event.call.state === 'held') throw new Error('stumbled')
  })
  await talk('a')
  const after = office.received.length
  send({ kind: 'hold', externalId: 'sip:a' })
  await agree(after)
  await until('sip:a', 'held')
  expect(log.join('\n')).toContain('stumbled')
})

it('takes a ring at a colleague\u2019s telephone with the code that the office\u2019s system knows', async () => {
  const other = new SipPhone({ account: { ...account(), pickUpCode: '*8' }, bridge, log: { info: keep, warn: keep, error: keep } })
  await expect.poll(() => other.line().status, WAITS).toBe('ready')
  other.send({ kind: 'pickUp', extension: '104', agentId: AGENT })
  expect((await heard('INVITE')).start).toContain('sip:*8104@')
  other.close()
})

it('says nothing of a ring that is only being picked up, and the call once it is ours', async () => {
  const reports = (): number => events.filter(({ kind }) => kind === 'reported').length
  send({ kind: 'pickUp', extension: '104', agentId: AGENT })
  const invite = await heard('INVITE')
  office.answer(invite, 180)
  send({ kind: 'report' })
  expect([reports(), calls()]).toEqual([1, []])
  office.answer(invite, 200, { body: ANY_SDP })
  await expect.poll(() => calls().at(-1)?.state, WAITS).toBe('active')
  const said = calls().length
  send({ kind: 'report' })
  expect([reports(), calls().slice(said).map(({ state }) => state)]).toEqual([2, ['active']])
})

it('keeps its password out of what it logs and says', async () => {
  await talk('a')
  await office.stop()
  await expect.poll(() => phone.line().status, WAITS).toBe('down')
  expect([...log, JSON.stringify(events)].join('\n')).not.toMatch(/hunter2|secret/)
})
