import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import type { ExerciseState, PracticeResultRow } from '../../src/shared/contract/methods/practice.ts'
import { callTable } from '../../src/shared/domain/calls/tables.ts'
import { customerTable } from '../../src/shared/domain/customers/tables.ts'
import { all } from '../../src/shared/domain/kernel/load.ts'
import { PRACTICE_CALLERS } from '../../src/shared/domain/practice/callers.ts'
import { PRACTICE_PEOPLE } from '../../src/shared/domain/practice/people.ts'
import { shippedScript } from '../../src/shared/domain/scripts/shipped.ts'
import { TABLES } from '../../src/shared/domain/tables.ts'
import { type Page, RefusedError, startBackend, type TestBackend } from '../support/backend.ts'

const PIN = '4821'

let office: TestBackend
let owner: Page
let hire: Page
let hireId: string
let clientId: string

beforeEach(async () => {
  office = startBackend()
  owner = office.page()
  await owner.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: PIN })
  hireId = newId()
  clientId = newId()
  await owner.ask('user.add', { id: hireId, name: 'Pia Newman', roles: ['inboundCsr'] })
  await owner.ask('people.setPin', { userId: hireId, pin: PIN })
  hire = office.page(clientId)
  await hire.ask('session.signIn', { userId: hireId, pin: PIN })
})

afterEach(() => office.close())

/** Every row of the company, and how many there are of everything else: journal, outbox, search. */
function everything(): unknown {
  const { store } = office.backend.services ?? {}
  if (!store) throw new Error('The office is closed')
  const tables = store.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'").all() as { name: string }[]
  const counted = tables.map(({ name }) => [name, store.prepare(`SELECT count(*) AS n FROM "${name}"`).get()])
  return { rows: TABLES.map((table) => [table.name, store.engine.run(all(table))]), counted }
}

async function enter(callerKey: string): Promise<Page> {
  const { ticket } = await hire.ask<{ ticket: string }>('exercise.begin', { callerKey })
  const room = office.page(clientId, undefined, ticket)
  await room.ask('session.state')
  await nextTurn()
  return room
}

async function now(room: Page): Promise<ExerciseState> {
  const { exercise } = await room.ask<{ exercise: ExerciseState | null }>('exercise.now')
  if (!exercise) throw new Error('No exercise is under way')
  return exercise
}

interface Live {
  readonly calls: readonly { readonly callId: string; readonly state: string; readonly name: string | null }[]
}

async function answer(room: Page): Promise<string> {
  const { calls } = await room.ask<Live>('calls.current')
  const [call] = calls
  if (!call) throw new Error('Nobody rings')
  await room.ask('phone.answer', { callId: call.callId })
  return call.callId
}

async function refusal(asked: Promise<unknown>): Promise<string> {
  const thrown = await asked.then(
    () => null,
    (error: unknown) => error,
  )
  return thrown instanceof RefusedError ? thrown.error.code : 'not refused'
}

describe('a practice room', () => {
  it('is the company\u2019s in name, with the trainee as a CSR, and with nobody of the real one', async () => {
    await owner.ask('user.change', { userId: hireId, set: { roles: ['inboundCsr', 'serviceManager'] } })
    const scriptId = newId()
    const { content } = shippedScript('booking')
    await owner.ask('script.save', { scriptId, name: 'Ours', purpose: 'booking', businessUnitId: null, jobTypeId: null, content: { ...content, steps: content.steps.map((step) => (step.key === 'customer' ? { ...step, words: ['\u201cCopper Ridge, good day!\u201d'] } : step)) } })
    await owner.ask('script.publish', { scriptId, versionId: newId(), note: '' })
    const room = await enter('sharedNumber')
    const state = await room.ask<{ company: { name: string; phase: string }; person: { name: string; roles: string[] }; people: readonly { name: string; hasPin: boolean }[] }>('session.state')
    expect(state).toMatchObject({ company: { name: 'Copper Ridge', phase: 'sample' }, person: { name: 'Pia Newman', roles: ['inboundCsr'] } })
    expect(state.people.some(({ hasPin }) => hasPin)).toBe(false)
    const { scripts } = await room.ask<{ scripts: readonly { name: string; content: typeof content }[] }>('booking.scripts')
    expect(scripts.map(({ name, content: { steps } }) => [name, steps[0]?.words])).toEqual([['Ours', ['\u201cCopper Ridge, good day!\u201d']]])
    const { hits } = await room.ask<{ hits: readonly { title: string }[] }>('search.query', { text: 'Haines', kinds: ['customer'] })
    expect(hits.map(({ title }) => title).toSorted()).toEqual(PRACTICE_PEOPLE.filter(({ lastName }) => lastName === 'Haines').map(({ firstName, lastName }) => `${firstName} ${lastName}`).toSorted())
  })

  it.each(PRACTICE_CALLERS.map(({ key }) => key))('%s rings, talks when it is spoken to, and leaves nothing in the company but its score', async (key) => {
    const before = everything()
    const caller = PRACTICE_CALLERS.find((one) => one.key === key)
    if (!caller) throw new Error('No such caller')
    const room = await enter(key)
    expect(await now(room)).toMatchObject({ callerKey: key, call: 'ringing', turns: [], more: false })
    expect(await refusal(room.ask('exercise.say', { step: 'greet', words: 'Hello' }))).toBe('practice.notOnTheLine')
    const callId = await answer(room)
    expect((await now(room)).turns).toEqual([{ by: 'caller', words: caller.lines[0]?.words }])
    await room.ask('exercise.say', { step: 'greet', words: 'Thank you for calling Copper Ridge.' })
    expect((await now(room)).turns).toHaveLength(2)
    expect(await refusal(room.ask('exercise.finish'))).toBe('practice.stillTalking')
    if (key === 'hangUp') {
      await room.ask('exercise.say', { step: 'problem', words: 'What is it doing?' })
      expect(await now(room)).toMatchObject({ call: 'ended', more: false })
    } else {
      await room.ask('exercise.goOn')
      expect((await now(room)).turns).toHaveLength(3)
      await room.ask('phone.hangUp', { callId })
    }
    expect(everything()).toEqual(before)
    const { resultId } = await room.ask<{ resultId: string }>('exercise.finish')
    expect(await room.ask<{ resultId: string }>('exercise.finish')).toEqual({ resultId })
    const { results } = await hire.ask<{ results: PracticeResultRow[] }>('exercise.results', { whose: 'mine' })
    expect(results).toMatchObject([{ resultId, userId: hireId, name: 'Pia Newman', callerKey: key, callerVersion: caller.version }])
    const { store } = office.backend.services ?? {}
    expect(store?.engine.run(all(callTable))).toEqual([])
    expect(store?.engine.run(all(customerTable))).toEqual([])
    await room.ask('exercise.leave')
    await nextTurn()
    await nextTurn()
    expect((await hire.ask<{ exercise: unknown }>('exercise.now')).exercise).toBeNull()
  })

  it('scores what the records hold', async () => {
    const room = await enter('whereIs')
    const callId = await answer(room)
    for (const [step, words] of [
      ['greet', 'Thank you for calling Copper Ridge, this is Pia.'],
      ['reach', 'May I have your name?'],
      ['expect', 'Your technician is on the way.'],
      ['close', 'Thank you for calling.'],
    ] as const)
      await room.ask('exercise.say', { step, words })
    await room.ask('call.setKind', { callId, kind: 'whereIsTechnician' })
    await room.ask('phone.hangUp', { callId })
    await room.ask('call.conclude', { callId, outcome: 'excused', reason: 'Asked where the technician is', callBackBy: null, callBackNumber: null, callerName: '', notes: '' })
    expect(await now(room)).toMatchObject({ call: 'ended', concluded: true })
    await room.ask('exercise.finish')
    const { results } = await owner.ask<{ results: PracticeResultRow[] }>('exercise.results', { whose: 'everyone' })
    expect(results[0]?.findings.filter(({ verdict }) => verdict !== 'right')).toEqual([])
    expect(results).toMatchObject([{ name: 'Pia Newman', total: 100, points: { fields: 45, order: 20, words: 25, time: 10 } }])
  })

  it('tells of a real call that rings meanwhile, and never of who it is', async () => {
    const room = await enter('sharedNumber')
    const call = { externalId: 'real:1', direction: 'in', lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber: '+15550149027', offeredAt: Date.now(), practice: false } as const
    office.phone.say({ kind: 'call', call: { ...call, state: 'offered', ringMs: 0 } })
    await room.ask('session.state')
    const told = room.events.filter(({ name }) => name === 'officeCall')
    expect(told).toMatchObject([{ payload: { lineName: 'HVAC line', ringing: true } }])
    expect(JSON.stringify(told)).not.toContain('9027')
    const { calls } = await room.ask<Live>('calls.current')
    expect(calls).toHaveLength(1)
  })

  it('is open only with its ticket, and locks the office too', async () => {
    const room = await enter('sharedNumber')
    await answer(room)
    expect(await refusal(office.page(newId(), undefined, 'f'.repeat(48)).ask('session.state'))).not.toBe('not refused')
    await room.ask('session.lock', { reason: 'asked' })
    expect(await hire.ask('session.state')).toMatchObject({ person: null })
  })

  it('is not for who is on a call, nor a room in a room; others\u2019 scores are for who looks after the people', async () => {
    expect(await refusal(hire.ask('exercise.results', { whose: 'everyone' }))).toBe('people.notAllowed')
    expect(await refusal(hire.ask('exercise.begin', { callerKey: 'nobody' }))).toBe('practice.unknownCaller')
    expect(await refusal(hire.ask('exercise.say', { step: 'greet', words: 'Hello' }))).toBe('practice.noExercise')
    expect(await refusal(hire.ask('practice.finish', { resultId: newId(), userId: hireId, callerKey: 'whereIs', callerVersion: 1, points: { fields: 45, order: 20, words: 25, time: 10 }, seconds: 1, finishedAt: Date.now(), findings: [] }))).toBe('people.notAllowed')
    const room = await enter('whereIs')
    expect(await refusal(room.ask('exercise.begin', { callerKey: 'whereIs' }))).toBe('practice.underWay')
    const talking = { externalId: 'real:2', direction: 'in', lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber: null, offeredAt: Date.now(), practice: false, ringMs: 0, agentId: hireId, answeredAt: Date.now(), talkMs: 0 } as const
    office.phone.say({ kind: 'call', call: { ...talking, state: 'active' } })
    expect(await refusal(hire.ask('exercise.begin', { callerKey: 'whereIs' }))).toBe('practice.onACall')
  })
})
