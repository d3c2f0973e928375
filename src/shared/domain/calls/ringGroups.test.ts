import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { Office } from '../../../../tests/support/office.ts'
import { promiseTable } from '../promises/tables.ts'
import { callIdOf } from './facts.ts'
import { asReported, type CallFacts, joinFacts, REASON_ELSEWHERE } from './rules.ts'
import { END_CAUSES } from './legs.ts'
import { type Call, callTable } from './tables.ts'

const NUMBER = '+15550142210'
const START = Date.UTC(2026, 6, 14, 18)
const IDENTITY = { externalId: 'sip:group', direction: 'in', lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber: NUMBER, practice: false } as const
const owner = newId()

/** What one workstation’s telephone says, by its own clock. */
interface Telling {
  readonly device: number
  readonly name: 'call.offered' | 'call.answered' | 'call.ended'
  readonly input: Readonly<Record<string, unknown>>
}

function group(): { readonly office: Office; readonly tell: (telling: Telling) => void; readonly call: () => Call; readonly promises: () => number } {
  const office = new Office()
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId: owner, ownerName: 'Rosa Quill' })
  const callId = callIdOf(office.companyId, IDENTITY.externalId)
  return {
    office,
    tell: ({ device, name, input }) => {
      office.deviceId = `workstation-${device}`
      office.must(name, input)
    },
    call: () => {
      const calls = office.engine.rows(callTable)
      if (calls.length !== 1 || !calls[0]) throw new Error(`There are ${calls.length} calls`)
      return calls[0]
    },
    promises: () => office.engine.rows(promiseTable).filter(({ subjectId, state }) => subjectId === callId && state === 'open').length,
  }
}

const offered = (device: number, at = 0): Telling => ({ device, name: 'call.offered', input: { ...IDENTITY, offeredAt: START + at } })
const answered = (device: number, ringMs: number | null, at = 0): Telling => ({
  device,
  name: 'call.answered',
  input: { ...IDENTITY, offeredAt: START + at, ringMs, answeredAt: START + at + (ringMs ?? 0), agentId: owner },
})
const unanswered = (device: number, ringMs: number, endCause: Call['endCause'], at = 0): Telling => ({
  device,
  name: 'call.ended',
  input: { ...IDENTITY, offeredAt: START + at, ringMs, answeredAt: null, agentId: null, endedAt: START + at + ringMs, talkMs: 0, endCause },
})
const talked = (device: number, ringMs: number | null, talkMs: number, endCause: Call['endCause'] = 'callerHungUp', at = 0): Telling => ({
  device,
  name: 'call.ended',
  input: { ...IDENTITY, offeredAt: START + at, ringMs, answeredAt: START + at + (ringMs ?? 0), agentId: owner, endedAt: START + at + (ringMs ?? 0) + talkMs, talkMs, endCause },
})

describe('a ring group of several workstations', () => {
  it.each(['answeredElsewhere', 'rejected', 'busy', 'failed', 'lost'] as const)('rings on where one telephone’s part is over (%s)', (cause) => {
    const { tell, call, promises } = group()
    for (const telling of [offered(1), offered(2), unanswered(1, 3_000, cause)]) tell(telling)
    expect(call()).toMatchObject({ state: 'ringing', outcome: null, followUp: 'none', ringMs: null })
    expect(promises()).toBe(0)
  })

  it.each(['answeredElsewhere', 'rejected', 'busy', 'callerHungUp', 'lost'] as const)('is a talk once somebody answered, whatever the others say of their rings (%s)', (cause) => {
    const { tell, call, promises } = group()
    for (const telling of [offered(1), offered(2), answered(2, 9_000), unanswered(1, 9_040, cause)]) tell(telling)
    expect(call()).toMatchObject({ state: 'live', endedAt: null, endCause: null, ringMs: 9_000, agentId: owner })
    tell(talked(2, 9_000, 90_000))
    expect(call()).toMatchObject({ state: 'ended', endCause: 'callerHungUp', ringMs: 9_000, outcome: 'unbooked' })
    expect(promises()).toBe(1)
  })

  it('is over for everybody when the caller hangs up, though a workstation fell while it rang', () => {
    const { tell, call, promises } = group()
    for (const telling of [offered(1), offered(2), unanswered(1, 12_000, 'callerHungUp')]) tell(telling)
    expect(call()).toMatchObject({ state: 'ended', outcome: 'abandoned', followUp: 'owed', ringMs: 12_000 })
    expect(promises()).toBe(1)
  })

  it('goes on at the next telephone of a hunt, and has rung as long as the caller heard it ring', () => {
    const { tell, call, promises } = group()
    for (const telling of [offered(1), unanswered(1, 15_000, 'callerHungUp'), offered(2, 15_100)]) tell(telling)
    expect(call()).toMatchObject({ state: 'ringing', followUp: 'none' })
    expect(promises()).toBe(0)
    tell(answered(2, 5_000, 15_100))
    expect(call()).toMatchObject({ state: 'live', ringMs: 20_100 })
  })

  it('takes no ring of a telephone whose clock is a minute off for an earlier one', () => {
    const { tell, call } = group()
    for (const telling of [offered(1, -60_000), offered(2), unanswered(1, 9_050, 'answeredElsewhere', -60_000), answered(2, 9_000)]) tell(telling)
    expect(Math.abs((call().ringMs ?? 0) - 9_000)).toBeLessThan(200)
  })

  it('has not rung anew where a caller comes through to somebody who was asked about them', () => {
    const { tell, call } = group()
    for (const telling of [offered(1), answered(1, 9_000), answered(2, null, 120_000)]) tell(telling)
    expect(call()).toMatchObject({ ringMs: 9_000, answeredAt: START + 9_000 })
  })

  it('is a talk that broke off, not a hang-up, however often the hang-up is told again', () => {
    const { tell, call } = group()
    for (const telling of [offered(1), answered(1, 9_000), talked(1, 9_000, 20_000, 'lost'), talked(1, 9_000, 20_000, 'callerHungUp')]) tell(telling)
    expect(call()).toMatchObject({ endCause: 'lost', outcome: 'unbooked', followUp: 'owed' })
  })

  it('is not ended by a workstation that comes back and has forgotten the caller, while somebody else talks with them', () => {
    const { tell, call } = group()
    for (const telling of [offered(1), offered(2), answered(1, 9_000), answered(2, null, 40_000), { ...talked(1, 9_000, 0, 'lost') }]) tell(telling)
    expect(call()).toMatchObject({ state: 'live', endedAt: null })
    tell(talked(2, null, 30_000, 'hungUp', 40_000))
    expect(call()).toMatchObject({ state: 'ended', endCause: 'hungUp' })
  })

  it('says what the caller did where another telephone only lost them', () => {
    const { tell, call } = group()
    for (const telling of [unanswered(1, 4_000, 'lost'), unanswered(2, 9_000, 'callerHungUp'), unanswered(3, 2_000, 'busy')]) tell(telling)
    expect(call()).toMatchObject({ endCause: 'callerHungUp', ringMs: 9_000 })
  })
})

const soon = fc.integer({ min: 0, max: 80 })

/** One telephone’s day with a call: when it rang first, how its clock stands, and what it says of the end. */
const telephone = fc.record({
  delay: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1_500, max: 4_500 })),
  clock: fc.integer({ min: -50, max: 50 }),
  part: fc.constantFrom('waits', 'plain', 'rejected', 'busy', 'fell'),
  turnsAwayAt: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  latency: soon,
})

const story = fc.record({
  telephones: fc.array(telephone, { minLength: 2, maxLength: 3 }),
  answers: fc.option(fc.nat(2), { nil: null }),
  /** Taken at a telephone that has no Baton. */
  elsewhere: fc.boolean(),
  rings: fc.integer({ min: 5_000, max: 40_000 }),
  talks: fc.integer({ min: 1_000, max: 180_000 }),
  order: fc.infiniteStream(fc.nat(1_000)),
  repeats: fc.array(fc.nat(1_000), { maxLength: 6 }),
})

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

interface Truth {
  readonly tellings: readonly Telling[]
  readonly state: Call['state']
  readonly outcome: Call['outcome']
  readonly ringMs: number | null
  readonly owed: boolean
}

/** What happened, who saw what of it, and what must be known of it when all have spoken. */
function truthOf({ telephones, answers, elsewhere, rings, talks }: Story): Truth {
  const answering = answers === null ? null : answers % telephones.length
  const tellings: Telling[] = []
  const ends: { readonly at: number; readonly cause: Call['endCause'] }[] = []
  let silent = false
  const firstOffer = Math.min(...telephones.map(({ delay }, index) => (index === 0 ? 0 : delay)))
  telephones.forEach(({ delay, clock, part, turnsAwayAt, latency }, index) => {
    const from = index === 0 ? 0 : delay
    const at = from + clock
    const rang = rings - from
    if (index === answering) return void tellings.push(offered(index, at), answered(index, rang, at), talked(index, rang, talks, 'callerHungUp', at))
    // The first telephone always lives to tell: what nobody has measured, nobody can know.
    if (part === 'fell' && index > 0) {
      silent = true
      return void tellings.push(offered(index, at))
    }
    const cause = part === 'rejected' || part === 'busy' ? part : part === 'waits' && (answering !== null || elsewhere) ? 'answeredElsewhere' : 'callerHungUp'
    const ringMs = part === 'busy' ? 0 : part === 'rejected' ? Math.round(rang * turnsAwayAt) : rang + latency
    ends.push({ at: from + ringMs, cause })
    tellings.push(...(part === 'busy' ? [] : [offered(index, at)]), unanswered(index, ringMs, cause, at))
  })
  if (answering !== null) return { tellings, state: 'ended', outcome: talks < 60_000 ? 'excused' : 'unbooked', ringMs: rings - firstOffer, owed: talks >= 60_000 }
  const causes = ends.map(({ cause }) => cause)
  // Nobody knows of a telephone that has fallen whether somebody takes the call there.
  if (silent && !causes.includes('callerHungUp')) return { tellings, state: 'ringing', outcome: null, ringMs: null, owed: false }
  const missed = !causes.includes('answeredElsewhere')
  return { tellings, state: 'ended', outcome: missed ? 'abandoned' : 'excused', ringMs: Math.max(...ends.map(({ at }) => at)) - firstOffer, owed: missed }
}

function shuffled<T>(items: readonly T[], order: Iterable<number>): readonly T[] {
  const keys = order[Symbol.iterator]()
  return items.map((item) => ({ item, key: Number(keys.next().value) })).toSorted((one, other) => one.key - other.key).map(({ item }) => item)
}

/** What stands in the row but what it went through on the way. */
function settled({ version: _version, createdAt: _createdAt, createdBy: _createdBy, updatedAt: _updatedAt, updatedBy: _updatedBy, ...row }: Call): unknown {
  return row
}

describe('random calls of two and three workstations', () => {
  it('are one record with the right end and the right ring time, and one promise where the caller is owed an answer', () => {
    fc.assert(
      fc.property(story, (told) => {
        const truth = truthOf(told)
        const again = told.repeats.map((nth) => truth.tellings[nth % truth.tellings.length] as Telling)
        const { tell, call, promises } = group()
        for (const telling of shuffled([...truth.tellings, ...again], told.order)) tell(telling)
        expect(call()).toMatchObject({ state: truth.state, outcome: truth.outcome })
        if (truth.ringMs === null) expect(call().ringMs).toBeNull()
        else expect(Math.abs((call().ringMs ?? Infinity) - truth.ringMs)).toBeLessThanOrEqual(200)
        expect(promises()).toBe(truth.owed ? 1 : 0)
        if (truth.outcome === 'excused' && call().answeredAt === null) expect(call().reason).toBe(REASON_ELSEWHERE)
        const inTurn = group()
        truth.tellings.forEach(inTurn.tell)
        expect(settled(inTurn.call())).toEqual(settled(call()))
      }),
      { numRuns: 400 },
    )
  })

  it('promise nothing on the way where all rang before anything else was heard, and one answered', () => {
    fc.assert(
      fc.property(story, (told) => {
        fc.pre(told.answers !== null && told.talks < 60_000 && told.telephones.every(({ part }) => part !== 'plain'))
        const { tellings } = truthOf({ ...told, telephones: told.telephones.map((one, index) => ({ ...one, part: one.part === 'busy' ? 'rejected' : one.part === 'fell' && index === 0 ? 'waits' : one.part })) })
        const rings = tellings.filter(({ name }) => name === 'call.offered')
        const { tell, promises } = group()
        for (const telling of [...rings, ...shuffled(tellings.filter((one) => !rings.includes(one)), told.order)]) {
          tell(telling)
          expect(promises()).toBe(0)
        }
      }),
      { numRuns: 200 },
    )
  })
})

const instant = fc.integer({ min: START, max: START + 300_000 })
const facts = fc
  .record({
    device: fc.constantFrom('a', 'b', 'c', null, 'before'),
    direction: fc.constantFrom('in', 'out'),
    offeredAt: instant,
    ringMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null }),
    answeredAt: fc.option(instant, { nil: null }),
    agentId: fc.constantFrom('kim', 'lee', null),
    endedAt: fc.option(instant, { nil: null }),
    endCause: fc.constantFrom(...END_CAUSES),
    talkMs: fc.option(fc.nat(90_000), { nil: null }),
    extension: fc.constantFrom('101', null),
    fromNumber: fc.constantFrom(NUMBER, null),
  })
  .map(({ device, endCause, ...said }): CallFacts => {
    const none = { transferredAt: null, transferredBy: null, leftAt: null, leftBy: null, voicemailAt: null, voicemailSeconds: null, voicemailRecording: null, countsFrom: null }
    const whole = { ...IDENTITY, ...none, ...said, endCause: said.endedAt === null ? null : endCause }
    // A row of before this was kept has one telephone’s word, and nobody’s name on it.
    return device === 'before' ? { ...whole, endCause: whole.endCause === 'transferred' ? 'hungUp' : whole.endCause, legs: null } : asReported(whole, device)
  })

const talkOf = (over: Partial<CallFacts>): CallFacts => ({
  ...IDENTITY,
  ...{ transferredAt: null, transferredBy: null, leftAt: null, leftBy: null, voicemailAt: null, voicemailSeconds: null, voicemailRecording: null, countsFrom: null },
  ...{ extension: null, offeredAt: START, ringMs: 3_000, answeredAt: START + 3_000, agentId: owner, endedAt: null, endCause: null, talkMs: null, legs: null },
  ...over,
})

describe('putting reports together', () => {
  it('ends a call that was up before telephones were told apart, once its own has forgotten it', () => {
    const forgotten = asReported(talkOf({ endedAt: START + 60_000, endCause: 'lost', talkMs: 0 }), 'a')
    expect(joinFacts(talkOf({}), forgotten)).toMatchObject({ endedAt: START + 60_000, endCause: 'lost' })
  })

  it('keeps a call that we made one that we made, whoever goes on with it', () => {
    const made = asReported(talkOf({ direction: 'out' }), 'a')
    const cameThrough = asReported(talkOf({ direction: 'in', ringMs: null, answeredAt: START + 40_000 }), 'b')
    expect(joinFacts(cameThrough, made).direction).toBe('out')
  })

  it('does not depend on their order, their grouping or their number', () => {
    fc.assert(
      fc.property(facts, facts, facts, (one, other, third) => {
        const both = joinFacts(one, other)
        expect(joinFacts(other, one)).toEqual(both)
        expect(joinFacts(both, third)).toEqual(joinFacts(one, joinFacts(other, third)))
        expect(joinFacts(both, other)).toEqual(both)
        expect(joinFacts(both, both)).toEqual(both)
      }),
      { numRuns: 2_000 },
    )
  })
})
