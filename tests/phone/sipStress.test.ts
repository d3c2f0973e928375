import { afterEach, describe, expect, it } from 'vitest'
import type { EndCause, PhoneCall } from '../../src/main/phone/port.ts'
import { malformedMessages, sendMalformed } from '../support/pbx/malformed.ts'
import { callMix, planMix } from '../support/pbx/mixedCalls.ts'
import { sharedPbx } from '../support/pbx/sharedPbx.ts'
import { floodByTrunk, trunkCall, type TrunkReport } from '../support/pbx/sipp.ts'
import type { CallKind } from '../support/pbx/sippScenarios.ts'
import { officeUri, startCaller } from '../support/pbx/telephones.ts'
import { MediaPage } from './support/mediaPage.ts'
import { accountAt, AGENT, Softphone, until } from './support/softphone.ts'

const UNANSWERED: Readonly<Partial<Record<CallKind, EndCause>>> = { givesUp: 'callerHungUp', takenElsewhere: 'answeredElsewhere', hangsUpEarly: 'callerHungUp', busy: 'busy' }
const ANSWERED: Readonly<Partial<Record<CallKind, EndCause>>> = { callerEnds: 'callerHungUp', callerHolds: 'callerHungUp', officeEnds: 'hungUp' }

/** How many rang or talked at the same time, at most. */
function mostAtOnce(calls: readonly PhoneCall[]): number {
  const up = new Set<string>()
  let most = 0
  for (const { externalId, state } of calls) {
    if (state === 'ended') up.delete(externalId)
    else up.add(externalId)
    most = Math.max(most, up.size)
  }
  return most
}

describe('a bad day', () => {
  const phones: Softphone[] = []
  const pages: MediaPage[] = []
  const pbx = sharedPbx({ voicemail: false })

  const open = async (extension: string): Promise<Softphone> => {
    const phone = new Softphone(accountAt(pbx(), extension))
    phones.push(phone)
    await phone.untilReady()
    return phone
  }

  const openWithSound = async (extension: string): Promise<Softphone> => {
    const phone = await open(extension)
    pages.push(await MediaPage.open(phone.bridge))
    await phone.untilAudio()
    return phone
  }

  afterEach(async () => {
    const extensions = phones.map(({ extension }) => extension)
    for (const phone of phones.splice(0)) phone.stop()
    for (const extension of extensions) await pbx().untilRegistered(extension, 0)
    await Promise.all(pages.splice(0).map((page) => page.stop()))
  })

  const endsOf = (phone: Softphone, externalId: string): readonly PhoneCall[] => phone.calls.filter((call) => call.externalId === externalId && call.state === 'ended')

  /** Answers what is to be answered and ends what the office ends, as a person would. */
  function work(phone: Softphone, kinds: ReadonlyMap<string, CallKind>): void {
    phone.phone.listen((event) => {
      if (event.kind !== 'call') return
      const { externalId, state } = event.call
      const kind = kinds.get(externalId)
      if (state === 'offered' && kind !== undefined && kind in ANSWERED) setTimeout(() => phone.send({ kind: 'answer', externalId, agentId: AGENT }), 150)
      if (state === 'offered' && kind === 'busy') phone.send({ kind: 'reject', externalId })
      if (state === 'active' && kind === 'officeEnds') setTimeout(() => phone.send({ kind: 'hangUp', externalId }), 400)
    })
  }

  it('has exactly one end for every call, and the right one', async () => {
    const phone = await openWithSound('101')
    const plan = planMix({ seed: 5, calls: 40 })
    work(phone, new Map(plan.map(({ callId, kind }) => [`sip:${callId}`, kind])))
    const seen = (externalId: string): boolean => phone.calls.some((call) => call.externalId === externalId)
    const reports: readonly TrunkReport[] = await callMix(pbx(), plan, 3)
    await until('all are over', () => plan.every(({ callId, kind }) => (kind === 'hangsUpEarly' && !seen(`sip:${callId}`)) || endsOf(phone, `sip:${callId}`).length > 0), () => `${plan.filter(({ callId }) => endsOf(phone, `sip:${callId}`).length === 0).map(({ kind }) => kind).join()}`)
    for (const { call } of reports) {
      const externalId = `sip:${call.callId}`
      const ends = endsOf(phone, externalId)
      expect({ kind: call.kind, ends: ends.length }).toEqual({ kind: call.kind, ends: seen(externalId) ? 1 : 0 })
      const [end] = ends
      if (end?.state !== 'ended') continue
      const expected = call.kind === 'busy' ? 'rejected' : (UNANSWERED[call.kind] ?? ANSWERED[call.kind])
      expect({ kind: call.kind, cause: end.cause, number: end.fromNumber, answered: end.answeredAt !== null }).toEqual({ kind: call.kind, cause: expected, number: call.number, answered: call.kind in ANSWERED })
    }
  })

  it('offers no more rings at once than it bears, is busy for the rest, and goes on', async () => {
    const phone = await open('111')
    const flood = floodByTrunk(pbx(), { calls: 60, perSecond: 60, call: trunkCall('givesUp', { dialled: '111', ringMs: 6_000 }) })
    await flood
    await until('all are over', () => phone.calls.filter(({ state }) => state === 'ended').length >= 60, () => String(phone.calls.filter(({ state }) => state === 'ended').length))
    expect(mostAtOnce(phone.calls)).toBe(12)
    const [rang, busy] = [phone.calls.filter(({ state }) => state === 'offered'), phone.calls.filter((call) => call.state === 'ended' && call.cause === 'busy')]
    expect(rang.length + busy.length).toBe(60)
    expect(busy.length).toBeGreaterThan(0)
    expect(phone.line.status).toBe('ready')
  })

  it('is thrown by nothing that a carrier sends', async () => {
    const phone = await open('101')
    await sendMalformed(pbx(), malformedMessages(pbx()))
    const caller = await startCaller(pbx())
    phone.heard.length = 0
    await caller.dial(officeUri(pbx(), '101'))
    await until('a whole one still rings', () => phone.calls.some(({ state, fromNumber }) => state === 'offered' && fromNumber === '+15125550142'))
    await caller.hangUp()
    await caller.stop()
  })

  it('keeps a caller while the server is started anew, and can hang up on them afterwards', async () => {
    const phone = await openWithSound('112')
    const caller = await startCaller(pbx(), { port: 5_066 })
    await caller.dial(officeUri(pbx(), '112'))
    const { externalId } = await phone.until('offered')
    phone.send({ kind: 'answer', externalId, agentId: AGENT })
    await phone.until('active')
    // Our answer may still be on its way through the server that is killed now.
    await caller.until('CALL_ESTABLISHED')
    await pbx().restart()
    await until('it is noticed', () => phone.heard.some(({ event }) => event.kind === 'line' && event.line.status === 'down'))
    await phone.untilReady()
    expect(phone.calls.at(-1)?.state).toBe('active')
    phone.send({ kind: 'hangUp', externalId })
    expect(await phone.until('ended')).toMatchObject({ cause: 'hungUp' })
    await caller.until('CALL_CLOSED')
    await caller.stop()
  })

  it('notices a server that hangs by the answers that do not come, and is back with it', async () => {
    const phone = await open('113')
    pbx().freeze()
    try {
      await until('it is noticed', () => phone.line.status === 'down', () => JSON.stringify(phone.line))
    } finally {
      pbx().thaw()
    }
    await phone.untilReady()
  })
})
