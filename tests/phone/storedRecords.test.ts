import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { systemTimers } from '../../src/main/sync/timers.ts'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import type { Call } from '../../src/shared/domain/calls/tables.ts'
import { all } from '../../src/shared/domain/kernel/load.ts'
import { phoneOutageTable } from '../../src/shared/domain/phone/tables.ts'
import { MemoryHub } from '../support/memoryHub.ts'
import type { Baresip } from '../support/pbx/baresip.ts'
import { CALLER, LINES } from '../support/pbx/numbers.ts'
import { sharedPbx } from '../support/pbx/sharedPbx.ts'
import { callByTrunk, trunkCall, type TrunkReport } from '../support/pbx/sipp.ts'
import { officeUri, startCaller, startDeskPhone, TONES } from '../support/pbx/telephones.ts'
import { publishMailbox } from '../support/pbx/voicemailWaiting.ts'
import { heardFor, hearsMore, hearsNothingMore, soundFlows, telephoneStands } from './support/heard.ts'
import { AGENT_TONE } from './support/mediaPage.ts'
import { until } from './support/softphone.ts'
import { OWNER, Workstation } from './support/workstation.ts'

const median = (values: readonly number[]): number => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN

describe('what a workstation stores of its calls', () => {
  let caller: Baresip
  let desk: Baresip
  let workstation: Workstation
  let customerId: string
  const pbx = sharedPbx({ voicemail: false }, async (started) => {
    workstation = await Workstation.ready(started, '101')
    ;[caller, desk, customerId] = await Promise.all([startCaller(started), startDeskPhone(started), workstation.addCustomer('Homeowner', CALLER.number)])
    await workstation.giveSound()
  })

  afterAll(() => workstation?.close())

  const ask = (method: string, more: object): Promise<unknown> => workstation.page.ask(method, more)

  /** Rings from the public network, and says which call that is once it rings here. */
  const ring = async (): Promise<string> => {
    const before = workstation.told.length
    await caller.dial(officeUri(pbx(), '5550100'))
    return until('it rings', () => workstation.told.slice(before).find(({ state }) => state === 'ringing')?.callId)
  }
  const talk = async (): Promise<string> => {
    const callId = await ring()
    await ask('phone.answer', { callId })
    await workstation.until('live', callId)
    await caller.until('CALL_ESTABLISHED')
    return callId
  }
  const idOf = (report: TrunkReport): string => callIdOf(workstation.services.store.companyId, `sip:${report.call.callId}`)

  it('pops with the customer whose number the carrier vouches for, before anybody answers', async () => {
    const call = trunkCall('givesUp', { number: CALLER.number, anonymous: true, dialled: LINES.secondBrand })
    const made = callByTrunk(pbx(), call)
    const first = await until('it rings', () => workstation.told.find(({ callId }) => callId === callIdOf(workstation.services.store.companyId, `sip:${call.callId}`)))
    expect(first).toMatchObject({ state: 'ringing', fromNumber: CALLER.number, agentId: null, pop: { customerId, lineNumber: LINES.secondBrand } })
    expect(workstation.record(first.callId)).toMatchObject({ state: 'ringing', answeredAt: null, fromNumber: CALLER.number, lineNumber: LINES.secondBrand, customerId })
    expect(await made).toMatchObject({ asExpected: true, errors: '' })
    expect(await workstation.untilStored(first.callId)).toMatchObject({ answeredAt: null, endCause: 'callerHungUp', outcome: 'abandoned', followUp: 'owed' })
    expect(workstation.promisesOf(first.callId)).toHaveLength(1)
  })

  it('keeps the ring seconds that sipp measured, answered or not', async () => {
    const off: number[] = []
    for (const [ringMs, number] of [[600, '+15125550301'], [1_400, '+15125550302'], [2_200, '+15125550303'], [900, '+15125550304'], [1_800, '+15125550305']] as const) {
      const report = await callByTrunk(pbx(), trunkCall('givesUp', { ringMs, number }))
      const { ringMs: stored } = await workstation.untilStored(idOf(report))
      off.push(Math.abs((stored ?? 0) - (report.ringMs ?? 0)))
    }
    const answered = callByTrunk(pbx(), trunkCall('callerEnds', { number: '+15125550306' }))
    const { callId } = await until('it rings', () => workstation.told.find(({ state, fromNumber }) => state === 'ringing' && fromNumber === '+15125550306'))
    await ask('phone.answer', { callId })
    const report = await answered
    const { ringMs, talkMs, answeredAt } = await workstation.untilStored(callId)
    expect(answeredAt).not.toBeNull()
    off.push(Math.abs((ringMs ?? 0) - (report.ringMs ?? 0)), Math.abs((talkMs ?? 0) - (report.talkMs ?? 0)))
    // In the middle of seven: a machine that stands still for a moment is late at one end of one call.
    expect(median(off)).toBeLessThanOrEqual(200)
  })

  it('has sound both ways that stops on hold and comes back, in one record', async () => {
    const callId = await talk()
    const { id } = caller.events.findLast(({ type }) => type === 'CALL_ESTABLISHED')!
    await soundFlows(pbx(), id)
    await heardFor(caller, AGENT_TONE, 0.5)
    await expect.poll(() => workstation.media.levelAt(TONES.caller)).toBeGreaterThan(-60)
    await ask('phone.hold', { callId })
    await workstation.until('held', callId)
    await telephoneStands(pbx(), id)
    await hearsNothingMore(caller, AGENT_TONE)
    await ask('phone.resume', { callId })
    await workstation.until('live', callId)
    await soundFlows(pbx(), id)
    await expect.poll(() => workstation.media.levelAt(TONES.caller)).toBeGreaterThan(-60)
    await ask('phone.hangUp', { callId })
    expect(await workstation.untilStored(callId)).toMatchObject({ endCause: 'hungUp', customerId, fromNumber: CALLER.number })
    expect(workstation.records.filter((record) => record.id === callId)).toHaveLength(1)
  })

  it('sends the digits that the other telephone receives', async () => {
    const before = caller.digitsReceived()
    const callId = await talk()
    await ask('phone.digits', { callId, digits: '150#' })
    await expect.poll(() => caller.digitsReceived()).toBe(`${before}150#`)
    await ask('phone.hangUp', { callId })
    await workstation.untilStored(callId)
  })

  it('puts a caller through with number and sound, and stores who did', async () => {
    const callId = await talk()
    const me = workstation.record(callId)?.agentId
    await ask('phone.transfer', { callId, toNumber: '201' })
    expect((await desk.until('CALL_INCOMING')).peeruri).toContain(CALLER.number)
    await desk.accept()
    await heardFor(desk, TONES.caller, 0.5)
    await heardFor(caller, TONES.desk, 0.5)
    expect(await workstation.untilStored(callId)).toMatchObject({ endCause: 'transferred', fromNumber: CALLER.number, customerId, leftBy: me, outcome: 'excused', followUp: 'none' })
    expect(workstation.promisesOf(callId)).toEqual([])
    await desk.hangUp()
  })

  it('keeps the caller and the record when the page with the sound is loaded anew', async () => {
    const callId = await talk()
    await heardFor(caller, AGENT_TONE, 0.3)
    const before = workstation.record(callId)
    await workstation.media.page.reload()
    await hearsMore(caller, AGENT_TONE)
    expect(workstation.record(callId)).toEqual(before)
    await caller.hangUp()
    expect(await workstation.untilStored(callId)).toMatchObject({ endCause: 'callerHungUp', answeredAt: before?.answeredAt, agentId: before?.agentId })
    expect(workstation.records.filter(({ externalId }) => externalId === before?.externalId)).toHaveLength(1)
  })

  it('knows how many voicemails the server counts', async () => {
    await publishMailbox(pbx(), '101', { unheard: 3, heard: 2 })
    await workstation.untilLine('they are counted', ({ messages }) => messages?.fresh === 3)
    expect(await ask('phone.state', {})).toMatchObject({ messages: { fresh: 3, old: 2 } })
  })

  it('is registered again after a restart of the server, and stores from when to when it was gone', async () => {
    await pbx().kill()
    await workstation.untilLine('it is noticed', ({ status }) => status === 'down')
    await pbx().restart()
    await workstation.untilLine('it is registered again', ({ status }) => status === 'ready')
    await pbx().untilRegistered('101')
    const outages = workstation.services.store.engine.run(all(phoneOutageTable))
    expect(outages).toMatchObject([{ upAt: expect.any(Number) as number }])
    expect(outages[0]!.upAt!).toBeGreaterThanOrEqual(outages[0]!.downAt)
    const callId = await ring()
    await caller.hangUp()
    expect(await workstation.untilStored(callId)).toMatchObject({ endCause: 'callerHungUp' })
  })
})

describe('what two workstations at one hub store of a call that rings at both', () => {
  let hub: MemoryHub
  let workstations: readonly [Workstation, Workstation]
  const pbx = sharedPbx({ voicemail: false }, async (started) => {
    hub = new MemoryHub(systemTimers())
    const [first, second] = [Workstation.open(hub.connect), Workstation.open(hub.connect)]
    workstations = [first, second]
    await first.page.ask('company.setUp', OWNER)
    await first.page.ask('hub.enrol', { code: hub.code(), name: 'Front desk' })
    await until('the first is online', () => isSettled(first))
    await second.page.ask('hub.enrol', { code: hub.code(), name: 'Dispatch' })
    await until('the second is online', () => isSettled(second))
    const { people } = await second.page.ask<{ people: readonly { userId: string }[] }>('session.state')
    await second.page.ask('session.signIn', { userId: people[0]?.userId, pin: OWNER.pin })
    await Promise.all([first.register(started, '101'), second.register(started, '102')])
    await first.giveSound()
  })

  afterAll(() => Promise.all((workstations ?? []).map((workstation) => workstation.close())))

  beforeEach(() => until('everything has gone up and come down', () => workstations?.every(isSettled) ?? true))

  const isSettled = ({ services }: Workstation): boolean => {
    const { link, progress, waiting } = services.hub.state()
    return link === 'online' && progress === null && waiting === 0 && (services.store.sync.state()?.cursor ?? 0) === hub.seq
  }

  /** What each of them and the hub has of one call, once all have heard of its end. */
  const everywhere = async (report: TrunkReport): Promise<readonly (readonly Call[])[]> => {
    const ended = (rows: readonly Call[]): readonly Call[] => rows.filter(({ externalId, state }) => externalId === `sip:${report.call.callId}` && state === 'ended')
    const look = (): readonly (readonly Call[])[] => [...workstations.map(({ records }) => ended(records)), ended(hub.rows('call') as unknown as readonly Call[])]
    await until('all have heard of the end', () => workstations.every(isSettled) && look().every((rows) => rows.length > 0), () => JSON.stringify(look()))
    return look()
  }

  it('is one missed call of which one call back is owed, though two telephones rang', async () => {
    const rangBefore = workstations.map(({ told }) => told.length)
    const report = await callByTrunk(pbx(), trunkCall('givesUp', { number: '+15125550401', ringMs: 1_500 }))
    expect(report).toMatchObject({ asExpected: true, errors: '' })
    const found = await everywhere(report)
    for (const rows of found) expect(rows).toMatchObject([{ outcome: 'abandoned', followUp: 'owed', answeredAt: null, endCause: 'callerHungUp' }])
    for (const [index, { told }] of workstations.entries()) expect(told.slice(rangBefore[index]).some(({ state, fromNumber }) => state === 'ringing' && fromNumber === '+15125550401')).toBe(true)
    const callId = found[0]?.[0]?.id ?? ''
    for (const workstation of workstations) expect(workstation.promisesOf(callId)).toHaveLength(1)
    expect(hub.rows('promise').filter((row) => (row as unknown as { subjectId: string }).subjectId === callId)).toHaveLength(1)
  })

  it('is missed by nobody where one of them took it', async () => {
    const made = callByTrunk(pbx(), trunkCall('callerEnds', { number: '+15125550402' }))
    const [first, second] = workstations
    const rings = (workstation: Workstation) => () => workstation.told.find(({ state, fromNumber }) => state === 'ringing' && fromNumber === '+15125550402')
    const [{ callId }] = await Promise.all([until('it rings here', rings(first)), until('it rings there', rings(second))])
    await first.page.ask('phone.answer', { callId })
    const report = await made
    expect(report).toMatchObject({ errors: '', endedBy: 'caller' })
    const found = await everywhere(report)
    for (const rows of found) expect(rows).toMatchObject([{ id: callId, outcome: 'excused', followUp: 'none', answeredAt: expect.any(Number) as number }])
    for (const workstation of workstations) expect(workstation.promisesOf(callId)).toEqual([])
  })

  it('is missed by nobody where a desk telephone took it', async () => {
    const desk = await startDeskPhone(pbx(), '103')
    const made = callByTrunk(pbx(), trunkCall('callerEnds', { number: '+15125550403', talkMs: 2_000 }))
    await desk.until('CALL_INCOMING')
    for (const workstation of workstations) await until('it rings', () => workstation.told.find(({ state, fromNumber }) => state === 'ringing' && fromNumber === '+15125550403'))
    await desk.accept()
    const found = await everywhere(await made)
    for (const rows of found) expect(rows).toMatchObject([{ outcome: 'excused', endCause: 'answeredElsewhere', followUp: 'none' }])
    const callId = found[0]?.[0]?.id ?? ''
    for (const workstation of workstations) expect(workstation.promisesOf(callId)).toEqual([])
  })
})
