import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import type { ExerciseState, PracticeResultRow } from '../../src/shared/contract/methods/practice.ts'
import { callTable } from '../../src/shared/domain/calls/tables.ts'
import { customerTable } from '../../src/shared/domain/customers/tables.ts'
import { all } from '../../src/shared/domain/kernel/load.ts'
import { PRACTICE_CALLERS } from '../../src/shared/domain/practice/callers.ts'
import { STEP_RULES } from '../../src/shared/domain/practice/steps.ts'
import { PRACTICE_PEOPLE } from '../../src/shared/domain/practice/people.ts'
import { shippedScript } from '../../src/shared/domain/scripts/shipped.ts'
import { TABLES } from '../../src/shared/domain/tables.ts'
import { type Page, RefusedError, startBackend, type TestBackend } from '../support/backend.ts'

const PIN = '4821'

/** A Tuesday at 10:24 in Chicago: who calls in an emergency is given a window of the same day. */
const MORNING = Date.UTC(2026, 6, 14, 15, 24)
const clock = (): number => MORNING + Math.round(performance.now())

let office: TestBackend
let owner: Page
let hire: Page
let hireId: string
let clientId: string

beforeEach(async () => {
  office = startBackend({ now: clock })
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

interface JobTypeRow {
  readonly id: string
  readonly name: string
  readonly businessUnitId: string
}

interface Form {
  readonly jobTypes: readonly { readonly id: string; readonly name: string; readonly businessUnitId: string; readonly defaultPriorityId: string; readonly durationMinutes: number; readonly defaultItem: { readonly id: string } | null }[]
  readonly priorities: readonly { readonly id: string; readonly name: string }[]
}

const concluded = (room: Page, callId: string, more: object): Promise<unknown> => room.ask('call.conclude', { callId, outcome: 'excused', reason: 'As the path says', callBackBy: null, callBackNumber: null, callerName: '', notes: '', ...more })

const handedOn = (room: Page, callId: string, more: object): Promise<unknown> =>
  room.ask('task.create', { taskId: newId(), callId, assigneeId: null, remindAt: null, priority: 'normal', related: null, signOffWanted: false, steps: [], dueAt: clock() + 3_600_000, ...more })

/** What the booking screen sends, of a customer who is on file or new. */
async function booked(room: Page, callId: string, what: { readonly type: string; readonly priority: string; readonly summary: string; readonly payment: string; readonly fresh?: { readonly first: string; readonly last: string; readonly phone: string; readonly line1: string; readonly source: string; readonly gateCode: string } }): Promise<void> {
  const { jobTypes, priorities } = await room.ask<Form>('booking.form')
  const type = jobTypes.find(({ name }) => name === what.type)
  const priority = priorities.find(({ name }) => name === what.priority)
  if (!type?.defaultItem || !priority) throw new Error(`The room has no ${what.type} or ${what.priority}`)
  const detail = await room.ask<{ customerId: string | null; locationId: string | null }>('calls.detail', { callId })
  let { customerId, locationId } = detail
  if (what.fresh) {
    const { first, last, phone, line1, source, gateCode } = what.fresh
    customerId = newId()
    locationId = newId()
    const location = { id: locationId, kind: 'home', line1, line2: '', city: 'Fairhollow', state: 'MN', postalCode: '55201', zone: 'America/Chicago', accessNotes: '', gateCode, pets: '', latitude: null, longitude: null, taxZoneId: null }
    await room.ask('customer.create', { customerId, kind: 'residential', firstName: first, lastName: last, companyName: '', leadSource: source, phones: [{ id: newId(), value: phone, label: 'mobile' }], emails: [], location })
  }
  const day = wallTimeOf(clock(), 'America/Chicago').day
  const [windowStartsAt, windowEndsAt] = [instantOf(day, 1200, 'America/Chicago'), instantOf(day, 1320, 'America/Chicago')]
  await room.ask('job.book', {
    jobId: newId(),
    customerId,
    locationId,
    businessUnitId: type.businessUnitId,
    jobTypeId: type.id,
    priorityId: priority.id,
    summary: what.summary,
    notes: '',
    plannedPayment: what.payment,
    lines: [{ id: newId(), priceItemId: type.defaultItem.id, kind: 'service', description: '', quantity: 1000 }],
    appointment: { id: newId(), windowDay: day, windowStart: 1200, windowEnd: 1320, zone: 'America/Chicago', windowStartsAt, windowEndsAt, durationMinutes: type.durationMinutes },
    callId,
    readBack: true,
    confirmation: true,
  })
}

const DONE_RIGHT: readonly { readonly key: string; readonly work: (room: Page, callId: string) => Promise<unknown> }[] = [
  {
    key: 'newAddress',
    work: (room, callId) => booked(room, callId, { type: 'No heat', priority: 'High', summary: 'Cold air since last night, 58 degrees, a baby at home.', payment: 'card', fresh: { first: 'Naomi', last: 'Castellano', phone: '+15550147731', line1: '12 Larkspur Court', source: 'Google', gateCode: '4410' } }),
  },
  {
    key: 'priceShopper',
    work: (room, callId) => booked(room, callId, { type: 'Replacement estimate', priority: 'Planned', summary: 'Furnace of 22 years, thinks of a new one.', payment: 'card', fresh: { first: 'Curtis', last: 'Abel', phone: '+15550147708', line1: '300 Quarry Road', source: 'Neighbor', gateCode: '' } }),
  },
  {
    key: 'gasSmell',
    work: async (room, callId) => {
      await room.ask('alert.raise', { alertId: newId(), kind: 'gas', noticedBy: 'key', summary: 'Smells of gas', caller: 'Elena Brandt', place: '230 Foundry Street', callId, customerId: null, locationId: null })
      await booked(room, callId, { type: 'Gas line', priority: 'Emergency', summary: 'Smells of gas in the basement, the CO alarm beeps.', payment: 'card' })
    },
  },
  {
    key: 'angryCustomer',
    work: async (room, callId) => {
      await handedOn(room, callId, { title: 'Gordon Pike: mud on the carpet', type: 'complaint', role: 'serviceManager', notes: 'Mud on the hallway carpet, yesterday afternoon, from the door to the bathroom.' })
      await room.ask('call.setKind', { callId, kind: 'complaint' })
      await concluded(room, callId, {})
    },
  },
  {
    key: 'billing',
    work: async (room, callId) => {
      await handedOn(room, callId, { title: 'Billing question of Harriet Boone', type: 'verifyPayment', role: 'receivables', notes: 'Paid by check 2207, $189, mailed on the third.' })
      await room.ask('call.setKind', { callId, kind: 'billing' })
      await concluded(room, callId, {})
    },
  },
  {
    key: 'cancel',
    work: async (room, callId) => {
      const { customerId } = await room.ask<{ customerId: string }>('calls.detail', { callId })
      const { visits } = await room.ask<{ visits: readonly { readonly jobId: string }[] }>('calls.visits', { customerId })
      await room.ask('job.cancel', { jobId: visits[0]?.jobId, reason: 'Customer canceled' })
      await handedOn(room, callId, { title: 'Ask Devon Clarke whether it is wanted again', type: 'followUp', role: 'customerRelations', notes: '' })
      await room.ask('call.setKind', { callId, kind: 'cancel' })
      await concluded(room, callId, { reason: 'Reschedule or cancel: Customer canceled' })
    },
  },
  {
    key: 'solicitor',
    work: async (room, callId) => {
      await room.ask('number.block', { number: '+15550147709', note: 'Solicitor' })
      await room.ask('call.setKind', { callId, kind: 'solicitor' })
      await concluded(room, callId, { outcome: 'notLead', reason: 'Solicitor' })
    },
  },
  {
    key: 'hangUp',
    work: (room, callId) => concluded(room, callId, { outcome: 'unbooked', reason: 'The line broke off', callBackBy: clock() + 1_800_000, callBackNumber: '+15550147710', callerName: 'Ruben Ortega', notes: 'Water through the kitchen ceiling.' }),
  },
]

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

  it('opens whatever the company says: words that the practice company has no place for are missing there', async () => {
    const { content } = shippedScript('booking')
    const { jobTypes } = await owner.ask<{ jobTypes: readonly JobTypeRow[] }>('settings.get')
    const [noHeat, leak] = ['No heat', 'No hot water'].map((wanted) => jobTypes.find(({ name }) => name === wanted))
    if (!noHeat || !leak) throw new Error('A new company has no such job types')
    const publish = async (name: string, bound: { readonly businessUnitId: string | null; readonly jobTypeId: string | null }): Promise<void> => {
      const scriptId = newId()
      await owner.ask('script.save', { scriptId, name, purpose: 'booking', content, ...bound })
      await owner.ask('script.publish', { scriptId, versionId: newId(), note: '' })
    }
    const twin = { ...noHeat, id: newId() }
    await owner.ask('jobType.save', twin)
    await publish('Ours', { businessUnitId: null, jobTypeId: noHeat.id })
    await publish('Its twin\u2019s', { businessUnitId: null, jobTypeId: twin.id })
    await owner.ask('jobType.save', { ...leak, businessUnitId: noHeat.businessUnitId })
    await publish('Moved', { businessUnitId: noHeat.businessUnitId, jobTypeId: leak.id })
    const room = await enter('whereIs')
    const { scripts } = await room.ask<{ scripts: readonly { name: string }[] }>('booking.scripts')
    expect(scripts).toHaveLength(1)
    expect(scripts.map(({ name }) => name)).not.toContain('Moved')
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

  it('is a hundred for whoever does what the screens do, of every other kind of call', async () => {
    for (const { key, work } of DONE_RIGHT) {
      const room = await enter(key)
      const callId = await answer(room)
      const caller = PRACTICE_CALLERS.find((one) => one.key === key)
      if (!caller) throw new Error('No such caller')
      for (const step of caller.steps) {
        const owed = caller.mustSay.filter((must) => must.step === step).map((must) => must.better)
        await room.ask('exercise.say', { step, words: [STEP_RULES[step].better, ...owed].join(' ') })
      }
      if ((await now(room)).call === 'live') await room.ask('phone.hangUp', { callId })
      await work(room, callId)
      await room.ask('exercise.finish')
      const { results } = await hire.ask<{ results: PracticeResultRow[] }>('exercise.results', { whose: 'mine' })
      const result = results.find(({ callerKey }) => callerKey === key)
      expect({ key, wrong: result?.findings.filter(({ verdict }) => verdict !== 'right'), total: result?.total }).toEqual({ key, wrong: [], total: 100 })
    }
  })

  it('tells of a real call that rings meanwhile, and never of who it is', async () => {
    const room = await enter('sharedNumber')
    const call = { externalId: 'real:1', direction: 'in', lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber: '+15550149027', offeredAt: clock(), practice: false } as const
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
    expect(await refusal(hire.ask('practice.finish', { resultId: newId(), userId: hireId, callerKey: 'whereIs', callerVersion: 1, points: { fields: 45, order: 20, words: 25, time: 10 }, seconds: 1, finishedAt: clock(), findings: [] }))).toBe('people.notAllowed')
    const room = await enter('whereIs')
    expect(await refusal(room.ask('exercise.begin', { callerKey: 'whereIs' }))).toBe('practice.underWay')
    const talking = { externalId: 'real:2', direction: 'in', lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber: null, offeredAt: clock(), practice: false, ringMs: 0, agentId: hireId, answeredAt: clock(), talkMs: 0 } as const
    office.phone.say({ kind: 'call', call: { ...talking, state: 'active' } })
    expect(await refusal(hire.ask('exercise.begin', { callerKey: 'whereIs' }))).toBe('practice.onACall')
  })
})
