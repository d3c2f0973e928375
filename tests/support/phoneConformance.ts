import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Ability, PhoneCall, PhoneCommand, Target } from '../../src/main/phone/port.ts'
import { type Bench, benchOf, CALLER, OTHER } from './phoneBench.ts'
import type { PhoneDriver } from './phoneDriver.ts'
import { mishaps } from './phoneMishaps.ts'

const OUTSIDE = '+15125550160'
const COLLEAGUE: Target = { kind: 'colleague', agentId: 'kim', extension: '104' }
const NUMBER: Target = { kind: 'number', number: '+15125550170' }

const ended = (call: PhoneCall | undefined) => (call?.state === 'ended' ? call : undefined)

/** A command of each ability, for a call that is up. */
function commandsOf(externalId: string): readonly (readonly [Ability, PhoneCommand])[] {
  return [
    ['answer', { kind: 'answer', externalId, agentId: 'rosa' }],
    ['reject', { kind: 'reject', externalId }],
    ['hangUp', { kind: 'hangUp', externalId }],
    ['hold', { kind: 'hold', externalId }],
    ['mute', { kind: 'mute', externalId, on: true }],
    ['digits', { kind: 'digits', externalId, digits: '12#' }],
    ['transfer', { kind: 'transfer', externalId, to: COLLEAGUE }],
    ['transferToNumber', { kind: 'transfer', externalId, to: NUMBER }],
    ['consult', { kind: 'consult', externalId, to: COLLEAGUE }],
    ['consult', { kind: 'completeTransfer', externalId }],
    ['conference', { kind: 'conference', externalId }],
    ['record', { kind: 'record', externalId, to: 'on' }],
    ['dial', { kind: 'dial', number: OUTSIDE, agentId: 'rosa' }],
    ['pickUp', { kind: 'pickUp', extension: '104', agentId: 'rosa' }],
    ['doNotDisturb', { kind: 'doNotDisturb', on: true }],
  ]
}

/**
 * Puts a telephone through everything the port promises. What it can't do, by its abilities or its driver, is not asked
 * of it; that it refuses what it does not name is asked of every one.
 */
export function phoneConformance(name: string, start: () => Promise<PhoneDriver>): void {
  describe(`${name}, as a telephone`, () => {
    let bench: Bench
    beforeEach(async () => {
      const driver = await start()
      bench = benchOf(driver)
      bench.send({ kind: 'report' })
      if (!driver.lineless) await bench.heard.until('the line is ready', () => bench.heard.line?.status === 'ready')
    })
    afterEach(async () => {
      bench.driver.port.close()
      bench.heard.keepsThePort(bench.driver.adapter)
      await bench.driver.stop()
    })

    incoming(() => bench)
    outgoing(() => bench)
    handing(() => bench)
    commands(() => bench)
    mishaps(() => bench)
  })
}

function incoming(on: () => Bench): void {
  it('says what it can do, and no more', ({ skip }) => {
    const { driver, heard } = on()
    skip(driver.lineless === true)
    expect([...(heard.line?.abilities ?? [])].sort()).toEqual([...driver.abilities].sort())
  })

  it('rings with the caller\u2019s number and the line that was dialled', async () => {
    const call = await on().rung()
    expect(call).toMatchObject({ direction: 'in', fromNumber: CALLER, practice: on().driver.adapter === 'practice' })
    expect(call.lineNumber).not.toBe('')
  })

  it('takes a caller who withholds their number for one, and not for another', async () => {
    const { driver, heard } = on()
    driver.ringWithheld()
    await heard.until('a withheld ring', () => heard.calls.some(({ fromNumber, state }) => fromNumber === null && state === 'offered'))
  })

  it('says a caller who gives up was not answered, and how long it rang', async () => {
    const { driver, heard, rung } = on()
    await rung()
    driver.pass(12_000)
    driver.callerHangsUp(CALLER)
    expect(await heard.untilState(CALLER, 'ended')).toMatchObject({ cause: 'callerHungUp', answeredAt: null, talkMs: 0, ringMs: 12_000 })
  })

  it('says that a colleague took the ring, which is not missed', async ({ skip }) => {
    const { driver, heard, rung } = on()
    skip(!driver.answeredElsewhere)
    await rung()
    driver.answeredElsewhere?.(CALLER)
    expect(await heard.untilState(CALLER, 'ended')).toMatchObject({ cause: 'answeredElsewhere', answeredAt: null })
  })

  it('is silenced here by who rejects it', async ({ skip }) => {
    const { can, heard, rung, send } = on()
    skip(!can('reject'))
    const { externalId } = await rung()
    send({ kind: 'reject', externalId })
    expect(await heard.untilState(CALLER, 'ended')).toMatchObject({ cause: 'rejected' })
  })

  it('is rejected at the telephone itself', async ({ skip }) => {
    const { driver, heard, rung } = on()
    skip(!driver.deskRejects)
    await rung()
    driver.deskRejects?.(CALLER)
    expect(await heard.untilState(CALLER, 'ended')).toMatchObject({ cause: 'rejected' })
  })

  it('measures ring and talk apart, from answer to end', async () => {
    const { driver, heard, answered, hangsUp } = on()
    expect(await answered()).toMatchObject({ ringMs: 7_000, talkMs: 0 })
    driver.pass(61_000)
    hangsUp()
    expect(await heard.untilState(CALLER, 'ended')).toMatchObject({ cause: 'hungUp', ringMs: 7_000, talkMs: 61_000 })
  })

  it('is taken by the handset as well', async ({ skip }) => {
    const { driver, heard, rung } = on()
    skip(!driver.deskAnswers)
    await rung()
    driver.deskAnswers?.(CALLER)
    await heard.untilState(CALLER, 'active')
    driver.deskHangsUp?.(CALLER)
    expect(await heard.untilState(CALLER, 'ended')).toMatchObject({ cause: 'hungUp' })
  })

  it('says that the caller hung up who did', async ({ skip }) => {
    const { driver, heard, answered } = on()
    // A practice caller waits for whoever trains.
    skip(driver.adapter === 'practice')
    await answered()
    driver.callerHangsUp(CALLER)
    expect(await heard.untilState(CALLER, 'ended')).toMatchObject({ cause: 'callerHungUp' })
  })

  it('holds and takes back, by command', async ({ skip }) => {
    const { can, driver, heard, answered, send } = on()
    skip(!can('hold'))
    const { externalId } = await answered()
    send({ kind: 'hold', externalId })
    await heard.untilState(CALLER, 'held')
    driver.pass(3_000)
    send({ kind: 'resume', externalId })
    expect(await heard.untilState(CALLER, 'active')).toMatchObject({ talkMs: 3_000 })
  })

  it('holds and takes back, at the telephone itself', async ({ skip }) => {
    const { driver, heard, answered } = on()
    skip(!driver.deskHolds)
    await answered()
    driver.deskHolds?.(CALLER)
    await heard.untilState(CALLER, 'held')
    driver.deskResumes?.(CALLER)
    await heard.untilState(CALLER, 'active')
  })

  it('keeps two calls apart', async () => {
    const { driver, heard, answered, rung } = on()
    await answered()
    await rung(OTHER)
    driver.callerHangsUp(OTHER)
    await heard.untilState(OTHER, 'ended')
    expect(heard.stateOf(CALLER)).toBe('active')
    expect(heard.of(OTHER)?.externalId).not.toBe(heard.of(CALLER)?.externalId)
  })
}

function outgoing(on: () => Bench): void {
  const dials = async (): Promise<PhoneCall> => {
    on().send({ kind: 'dial', number: OUTSIDE, agentId: 'rosa' })
    const call = await on().heard.untilState(OUTSIDE, 'dialing')
    await on().driver.dialled?.(OUTSIDE)
    return call
  }

  it('dials, rings there and talks', async ({ skip }) => {
    const { can, driver, heard, hangsUp } = on()
    skip(!can('dial'))
    expect(await dials()).toMatchObject({ direction: 'out', agentId: 'rosa' })
    driver.farEndRings?.(OUTSIDE)
    if (driver.farEndRings) await heard.untilState(OUTSIDE, 'early')
    driver.farEndAnswers?.(OUTSIDE)
    expect(await heard.untilState(OUTSIDE, 'active')).toMatchObject({ agentId: 'rosa' })
    hangsUp(OUTSIDE)
    expect(await heard.untilState(OUTSIDE, 'ended')).toMatchObject({ cause: 'hungUp', agentId: 'rosa' })
  })

  it('says that whoever it dials is busy', async ({ skip }) => {
    const { can, driver, heard } = on()
    skip(!can('dial') || !driver.farEndBusy)
    await dials()
    driver.farEndBusy?.(OUTSIDE)
    expect(await heard.untilState(OUTSIDE, 'ended')).toMatchObject({ cause: 'busy', answeredAt: null })
  })

  it('stops dialing when told to', async ({ skip }) => {
    const { can, driver, heard, hangsUp } = on()
    skip(!can('dial') || !can('hangUp'))
    await dials()
    driver.farEndRings?.(OUTSIDE)
    hangsUp(OUTSIDE)
    expect(await heard.untilState(OUTSIDE, 'ended')).toMatchObject({ cause: 'hungUp', answeredAt: null })
  })
}

function handing(on: () => Bench): void {
  it.for([
    ['a colleague', 'transfer', COLLEAGUE],
    ['a number', 'transferToNumber', NUMBER],
  ] as const)('puts a caller through to %s, who takes them', async ([, ability, to], { skip }) => {
    const { can, driver, heard, answered, send, settled } = on()
    skip(!can(ability))
    const { externalId } = await answered()
    send({ kind: 'transfer', externalId, to })
    await heard.until('on the way', () => ['transferring', 'ended'].includes(heard.stateOf(CALLER) ?? ''))
    driver.targetAnswers?.(CALLER)
    // The practice caller stays on this one line; a real one is at the other telephone from then on.
    if (driver.adapter !== 'practice') {
      // Who took the handset nobody knows, and so not who put the caller through.
      const by = can('answer') && to.kind === 'colleague' ? { agentId: 'kim', transferred: { byAgentId: 'rosa' } } : {}
      const call = await heard.untilState(CALLER, 'ended')
      expect(call).toMatchObject({ cause: 'transferred', ...by })
      // An outside number is nobody of ours: whoever put the caller through stays the one who served them.
      if (to.kind === 'number') expect(call).toMatchObject({ agentId: can('answer') ? 'rosa' : null })
      if (to.kind === 'number') expect(call).not.toHaveProperty('transferred')
    }
    await settled()
  })

  it('asks a colleague first, then puts the caller through', async ({ skip }) => {
    const { can, driver, heard, answered, send } = on()
    skip(!can('consult'))
    const { externalId } = await answered()
    send({ kind: 'consult', externalId, to: COLLEAGUE })
    expect(await heard.untilState(CALLER, 'consulting')).toMatchObject({ consult: 'ringing', toAgentId: 'kim' })
    driver.consultedAnswers?.(CALLER)
    await heard.until('they talk', () => {
      const call = heard.of(CALLER)
      return call?.state === 'consulting' && call.consult === 'talking'
    })
    send({ kind: 'completeTransfer', externalId })
    // The practice caller stays on this one line; a real one is at the other telephone from then on.
    if (driver.adapter === 'practice') expect(await heard.untilState(CALLER, 'active')).toMatchObject({ agentId: 'kim', transferred: { byAgentId: 'rosa' } })
    else expect(ended(await heard.untilState(CALLER, 'ended'))).toMatchObject({ cause: 'transferred' })
  })

  it('asks a colleague first, and takes the caller back', async ({ skip }) => {
    const { can, heard, answered, send } = on()
    skip(!can('consult'))
    const { externalId } = await answered()
    send({ kind: 'consult', externalId, to: COLLEAGUE })
    await heard.untilState(CALLER, 'consulting')
    send({ kind: 'resume', externalId })
    await heard.until('the caller is back', () => ['active', 'held'].includes(heard.stateOf(CALLER) ?? ''))
  })
}

function commands(on: () => Bench): void {
  it('refuses in a sentence what it does not say it can, and leaves the call as it is', async () => {
    const { can, heard, answered, send, settled } = on()
    const { externalId } = await answered()
    const unable = commandsOf(externalId).filter(([ability]) => !can(ability))
    for (const [, command] of unable) {
      const before = heard.refused.length
      send(command)
      await heard.until(`${command.kind} refused`, () => heard.refused.length > before)
      expect(heard.refused.at(-1)).toMatchObject({ command: command.kind })
    }
    await settled()
    expect(heard.of(CALLER)).toMatchObject({ state: 'active' })
  })

  it('refuses what is asked of a call that is over, or never was', async () => {
    const { driver, heard, rung, send } = on()
    const { externalId } = await rung()
    driver.callerHangsUp(CALLER)
    await heard.untilState(CALLER, 'ended')
    for (const id of [externalId, `${driver.adapter}:never`, 'rubbish', '']) {
      for (const [, command] of commandsOf(id).filter(([, { kind }]) => kind !== 'dial' && kind !== 'pickUp' && kind !== 'doNotDisturb')) {
        const before = heard.refused.length
        send(command)
        await heard.until(`${command.kind} refused`, () => heard.refused.length > before)
      }
    }
    expect(heard.stateOf(CALLER)).toBe('ended')
  })

  it('refuses what comes too early or twice', async () => {
    const { can, heard, answered, rung, send } = on()
    const { externalId } = await answered()
    if (can('answer')) {
      send({ kind: 'answer', externalId, agentId: 'kim' })
      await heard.untilRefused('answer')
    }
    if (can('hold')) {
      send({ kind: 'resume', externalId })
      await heard.untilRefused('resume')
    }
    const second = await rung(OTHER)
    if (can('transfer')) {
      send({ kind: 'transfer', externalId: second.externalId, to: COLLEAGUE })
      await heard.untilRefused('transfer')
    }
    expect([heard.stateOf(CALLER), heard.stateOf(OTHER)]).toEqual(['active', 'offered'])
  })

  it('refuses what the server will not do, and leaves the call as it is', async ({ skip }) => {
    const { can, driver, heard, answered, send, settled } = on()
    skip(!driver.refusesNext || !can('transferToNumber'))
    const { externalId } = await answered()
    driver.refusesNext?.()
    send({ kind: 'transfer', externalId, to: NUMBER })
    await heard.untilRefused('transfer')
    await settled()
    expect(heard.stateOf(CALLER)).toBe('active')
  })

  it('says everything that is up when asked, and then that it has', async () => {
    const { driver, heard, answered, rung, send } = on()
    await answered()
    await rung(OTHER)
    driver.pass(2_000)
    const before = heard.events.length
    send({ kind: 'report' })
    await heard.until('reported', () => heard.events.slice(before).some(({ kind }) => kind === 'reported'))
    const said = heard.events.slice(before)
    expect(said.at(-1)?.kind).toBe('reported')
    const calls = said.flatMap((event) => (event.kind === 'call' ? [event.call] : []))
    expect(calls.map(({ fromNumber, state }) => [fromNumber, state]).sort()).toEqual([[CALLER, 'active'], [OTHER, 'offered']])
    expect(calls.find(({ fromNumber }) => fromNumber === CALLER)).toMatchObject({ talkMs: 2_000 })
    if (!driver.lineless) expect(said.some(({ kind }) => kind === 'line')).toBe(true)
  })
}
