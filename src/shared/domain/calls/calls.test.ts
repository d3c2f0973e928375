import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { Office } from '../../../../tests/support/office.ts'
import { callIdOf } from './facts.ts'
import { answeredInTime, bookedOn, counts, defaultCallBack, REASON_ELSEWHERE, REASON_SHORT, REASON_WITHHELD, ringNumber } from './rules.ts'
import { type Call, callTable } from './tables.ts'

const NUMBER = '+15550142210'
const ring = (office: Office, more: Record<string, unknown> = {}) => ({
  externalId: 'practice:1',
  direction: 'in',
  lineName: 'HVAC line',
  lineNumber: '+15550142000',
  fromNumber: NUMBER,
  offeredAt: office.now,
  practice: false,
  ...more,
})

let office: Office
let agentId: string

beforeEach(() => {
  office = new Office()
  agentId = newId()
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId: agentId, ownerName: 'Rosa Quill' })
})

const theCall = (): Call => {
  const [call] = office.engine.rows(callTable)
  if (!call) throw new Error('There is no call')
  return call
}

function offer(more: Record<string, unknown> = {}): void {
  office.must('call.offered', ring(office, more))
}

/** A call that was answered after 9 s and talked on for so long. */
function talk(talkMs: number, more: Record<string, unknown> = {}, endCause = 'callerHungUp'): Call {
  const base = ring(office, more)
  const answeredAt = office.now + 9_000
  office.must('call.offered', base)
  office.must('call.answered', { ...base, ringMs: 9_000, answeredAt, agentId })
  office.must('call.ended', { ...base, ringMs: 9_000, answeredAt, agentId, endedAt: answeredAt + talkMs, talkMs, endCause })
  return theCall()
}

function miss(more: Record<string, unknown> = {}, endCause = 'callerHungUp'): Call {
  const base = ring(office, more)
  office.must('call.offered', base)
  office.must('call.ended', { ...base, ringMs: 14_000, answeredAt: null, agentId: null, endedAt: office.now + 14_000, talkMs: 0, endCause })
  return theCall()
}

const conclusion = (more: Record<string, unknown> = {}) => ({ callId: theCall().id, outcome: 'unbooked', reason: 'Wants to ask her husband', callBackBy: null, callerName: 'Priya', notes: '', ...more })

function addCustomer(name: string, phone: string): string {
  const customerId = newId()
  office.must(
    'customer.create',
    {
      customerId,
      kind: 'residential',
      firstName: name,
      lastName: 'Natarajan',
      companyName: '',
      leadSource: 'Referral',
      phones: [{ id: newId(), value: phone, label: 'mobile' }],
      emails: [],
      location: {
        id: newId(),
        kind: 'home',
        line1: '418 Juniper Bend',
        line2: '',
        city: 'Fairhollow',
        state: 'TX',
        postalCode: '75001',
        zone: 'America/Chicago',
        accessNotes: '',
        gateCode: '',
        pets: '',
        latitude: null,
        longitude: null,
        taxZoneId: null,
      },
    },
    agentId,
  )
  return customerId
}

describe('what the telephone reports', () => {
  it('opens one record however often the same ring is reported', () => {
    offer()
    offer()
    expect(office.engine.rows(callTable)).toHaveLength(1)
    expect(theCall()).toMatchObject({ id: callIdOf(office.companyId, 'practice:1'), state: 'ringing', version: 1, followUp: 'none' })
  })

  it('counts a caller who hung up while it rang as abandoned, and owes a call back within the hour', () => {
    const call = miss()
    expect(call).toMatchObject({ state: 'ended', outcome: 'abandoned', outcomeByRule: true, followUp: 'owed', ringMs: 14_000 })
    expect(call.callBackBy).toBe(defaultCallBack(call.endedAt ?? 0))
  })

  it('owes no call back to a number that was withheld, and says why', () => {
    expect(miss({ fromNumber: null })).toMatchObject({ outcome: 'abandoned', followUp: 'none', reason: REASON_WITHHELD })
  })

  it('does not take a call that another telephone answered for a missed one', () => {
    expect(miss({}, 'answeredElsewhere')).toMatchObject({ outcome: 'excused', followUp: 'none', reason: REASON_ELSEWHERE })
  })

  it('excuses a call under a minute, and owes a call back for a longer one of which nobody said anything', () => {
    expect(talk(59_999)).toMatchObject({ outcome: 'excused', reason: REASON_SHORT, followUp: 'none' })
    expect(talk(60_000)).toMatchObject({ outcome: 'unbooked', outcomeByRule: true, followUp: 'owed', agentId })
  })

  it('does not excuse a call that broke off', () => {
    expect(talk(4_000, {}, 'lost')).toMatchObject({ outcome: 'unbooked', followUp: 'owed' })
  })

  it('is with whoever took it over last, whatever is heard first', () => {
    const [kim, lee] = [newId(), newId()]
    for (const [id, name] of [[kim, 'Kim Ode'], [lee, 'Lee Park']] as const) office.must('user.add', { id, name, roles: ['inboundCsr'] }, agentId)
    const start = office.now
    const base = { ...ring(office), ringMs: 9_000, answeredAt: start }
    const through = (to: string, by: string, after: number): void => void office.must('call.transferred', { ...base, agentId: to, transferredBy: by, transferredAt: start + after })
    through(lee, kim, 60_000)
    office.must('call.answered', { ...base, agentId })
    through(kim, agentId, 30_000)
    expect(theCall()).toMatchObject({ state: 'live', agentId: lee, transferredBy: kim, transferredAt: start + 60_000 })
  })

  it('owes whoever left a voicemail a call within the hour, though the number was withheld', () => {
    const voicemailAt = office.now + 60_000
    const left = (): void => void office.must('call.voicemailLeft', { ...ring(office, { fromNumber: null }), voicemailAt, voicemailSeconds: 38, voicemailRecording: 'vm/38.wav' })
    left()
    const owed = { state: 'ended', outcome: 'abandoned', followUp: 'owed', reason: '', callBackBy: defaultCallBack(voicemailAt), voicemailRecording: 'vm/38.wav' }
    expect(theCall()).toMatchObject({ ...owed, endedAt: voicemailAt, voicemailSeconds: 38 })
    expect(miss({ fromNumber: null })).toMatchObject(owed)
    left()
    expect(theCall().followUp).toBe('owed')
  })

  describe('of a call of which nobody has heard but by its voicemail', () => {
    const start = Date.UTC(2026, 6, 14, 18)
    const identity = { externalId: 'mail:1', direction: 'in', lineName: '', lineNumber: '', offeredAt: start, practice: false }
    const spokeAt = start + 60_000
    type Report = readonly [name: string, said: Readonly<Record<string, unknown>>, device?: string]
    const voicemail: Report = ['call.voicemailLeft', { voicemailAt: spokeAt, voicemailSeconds: 38, voicemailRecording: null }]
    const rang: Report = ['call.offered', {}, 'desk']
    const missed: Report = ['call.ended', { ringMs: 20_000, answeredAt: null, agentId: null, endedAt: start + 20_000, talkMs: 0, endCause: 'callerHungUp' }, 'desk']
    const answered: Report = ['call.answered', { ringMs: 5_000, answeredAt: start + 70_000, agentId: null }, 'kitchen']
    const talked: Report = ['call.ended', { ringMs: 5_000, answeredAt: start + 70_000, agentId: null, endedAt: start + 170_000, talkMs: 100_000, endCause: 'hungUp' }, 'kitchen']
    const later: Report = ['call.offered', { offeredAt: spokeAt + 5_000 }, 'kitchen']

    const orders = (reports: readonly Report[]): readonly (readonly Report[])[] => (reports.length < 2 ? [reports] : reports.flatMap((first) => orders(reports.filter((one) => one !== first)).map((rest) => [first, ...rest])))
    function told(reports: readonly Report[], fromNumber: string | null): Call {
      const other = new Office()
      other.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId: agentId, ownerName: 'Rosa Quill' })
      for (const [name, said, device] of reports) {
        other.deviceId = device ?? 'mail'
        other.must(name, { ...identity, fromNumber, ...said })
      }
      const [call] = other.engine.rows(callTable)
      if (!call) throw new Error('There is no call')
      return call
    }

    it.each<readonly [what: string, reports: readonly Report[], stands: Partial<Call>]>([
      ['is over and owed a call back', [voicemail], { state: 'ended', endedAt: spokeAt, endCause: 'callerHungUp', outcome: 'abandoned', followUp: 'owed', callBackBy: defaultCallBack(spokeAt) }],
      ['stays so though a workstation that saw it ring never said how that ended', [voicemail, rang], { state: 'ended', endedAt: spokeAt, outcome: 'abandoned', followUp: 'owed' }],
      ['ends as the telephone says that rang', [voicemail, rang, missed], { state: 'ended', endedAt: start + 20_000, outcome: 'abandoned', followUp: 'owed', callBackBy: defaultCallBack(spokeAt) }],
      ['rings where one rings after that', [voicemail, later], { state: 'ringing', followUp: 'none' }],
      ['is up as long as somebody talks with them', [voicemail, rang, answered], { state: 'live', endedAt: null, followUp: 'none' }],
      ['was answered after all', [voicemail, rang, answered, talked], { state: 'ended', answeredAt: start + 70_000, endedAt: start + 170_000, outcome: 'unbooked', followUp: 'owed' }],
    ])('%s, whatever is heard of first', (_what, reports, stands) => {
      for (const fromNumber of [NUMBER, null]) for (const order of orders(reports)) expect(told(order, fromNumber)).toMatchObject(stands)
    })
  })

  it('takes a voicemail of a call that was answered elsewhere, or for under a minute, for one to return', () => {
    miss({}, 'answeredElsewhere')
    office.must('call.voicemailLeft', { ...ring(office), voicemailAt: office.now + 60_000, voicemailSeconds: 4, voicemailRecording: null })
    expect(theCall()).toMatchObject({ outcome: 'abandoned', followUp: 'owed' })
  })

  it('leaves alone what a person has said of a call before its voicemail was heard of', () => {
    miss()
    office.must('call.conclude', conclusion({ outcome: 'notLead', reason: 'Solicitor' }), agentId)
    office.must('call.voicemailLeft', { ...ring(office), voicemailAt: office.now + 60_000, voicemailSeconds: 4, voicemailRecording: null })
    expect(theCall()).toMatchObject({ outcome: 'notLead', followUp: 'dropped', voicemailSeconds: 4 })
  })

  it('asks, owes and counts nothing of a call between our own telephones', () => {
    const own = { fromNumber: null, extension: '111' }
    for (const call of [miss(own), talk(90_000, { ...own, externalId: 'practice:2' })]) {
      expect(call).toMatchObject({ state: 'ended', outcome: null, followUp: 'none', reason: '' })
      expect(counts(call)).toBe(false)
    }
    expect(office.run('call.conclude', conclusion(), agentId)).toMatchObject({ refusal: { code: 'call.internal' } })
  })

  it('is a caller\u2019s after all once their number is known', () => {
    miss({ fromNumber: null, extension: '111' })
    offer({ extension: '111' })
    expect(theCall()).toMatchObject({ outcome: 'abandoned', followUp: 'owed' })
    expect(counts(theCall())).toBe(true)
  })

  it('asks nothing of a call that the office made', () => {
    expect(talk(90_000, { direction: 'out' })).toMatchObject({ outcome: null, followUp: 'none' })
  })

  it('links the one customer a number belongs to, and nobody where it is shared', () => {
    const customerId = addCustomer('Priya', NUMBER)
    offer()
    expect(theCall().customerId).toBe(customerId)
    expect(theCall().locationId).not.toBeNull()
    addCustomer('Arun', NUMBER)
    offer({ externalId: 'practice:2' })
    expect(office.engine.row(callTable, callIdOf(office.companyId, 'practice:2'))?.customerId).toBeNull()
  })

  it('is not overruled by a later report when a person unlinks the customer', () => {
    addCustomer('Priya', NUMBER)
    offer()
    office.must('call.link', { callId: theCall().id, customerId: null, locationId: null }, agentId)
    offer()
    expect(theCall().customerId).toBeNull()
  })

  it('ends in the same row whatever is repeated, lost or late', () => {
    const instant = fc.integer({ min: 0, max: 300_000 })
    const colleagueId = newId()
    const story = fc.record({
      ringMs: fc.integer({ min: 0, max: 60_000 }),
      answeredAfter: fc.option(instant, { nil: null }),
      talkMs: instant,
      cause: fc.constantFrom('callerHungUp', 'hungUp', 'answeredElsewhere', 'lost'),
      lateNumber: fc.boolean(),
      withheld: fc.boolean(),
      // Which report comes when: any order, any repetition; the end always comes somewhere.
      order: fc.array(fc.constantFrom('offered', 'answered', 'ended', 'transferred', 'voicemailLeft', 'left', 'leftTaken', 'leftAgain'), { minLength: 1, maxLength: 12 }),
      at: fc.integer({ min: 0, max: 12 }),
    })
    fc.assert(
      fc.property(story, (told) => {
        const start = Date.UTC(2026, 6, 14, 18)
        const full = { externalId: 'practice:9', direction: 'in', lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber: told.withheld ? null : NUMBER, offeredAt: start, practice: false }
        const answeredAt = told.answeredAfter === null ? null : start + told.answeredAfter
        const agent = answeredAt === null ? null : agentId
        const reports = {
          offered: { ...full, fromNumber: told.lateNumber ? null : full.fromNumber },
          answered: { ...full, ringMs: told.ringMs, answeredAt, agentId: agent },
          ended: { ...full, ringMs: told.ringMs, answeredAt, agentId: agent, endedAt: (answeredAt ?? start) + told.talkMs, talkMs: answeredAt === null ? 0 : told.talkMs, endCause: told.cause },
          transferred: { ...full, ringMs: told.ringMs, answeredAt, agentId: colleagueId, transferredAt: (answeredAt ?? start) + 20_000, transferredBy: agentId },
          voicemailLeft: { ...full, voicemailAt: start + 60_000, voicemailSeconds: 38, voicemailRecording: null },
        }
        const put = (by: string, after: number) => ({ ...reports.ended, agentId: by, endedAt: (answeredAt ?? start) + after, talkMs: after, endCause: 'transferred' })
        const parts = { left: put(agentId, 20_100), leftTaken: { ...put(colleagueId, 20_200), leftBy: agentId }, leftAgain: put(colleagueId, 40_000) }
        type Told = keyof typeof reports | keyof typeof parts
        const isPart = (kind: Told): kind is keyof typeof parts => kind === 'left' || kind === 'leftTaken' || kind === 'leftAgain'
        const tell = (order: readonly Told[]): unknown => {
          const other = new Office()
          other.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId: agentId, ownerName: 'Rosa Quill' })
          other.must('user.add', { id: colleagueId, name: 'Kim Ode', roles: ['inboundCsr'] }, agentId)
          for (const kind of order) {
            if (answeredAt === null && (kind === 'answered' || kind === 'transferred' || isPart(kind))) continue
            if (isPart(kind)) other.must('call.ended', parts[kind])
            else other.must(`call.${kind}`, reports[kind])
          }
          const [call] = other.engine.rows(callTable)
          if (!call) throw new Error('There is no call')
          const { version: _version, createdAt: _createdAt, updatedAt: _updatedAt, ...facts } = call
          return facts
        }
        const order = [...told.order]
        order.splice(told.at % (order.length + 1), 0, 'ended')
        const inTurn = ['offered', 'answered', 'left', 'leftTaken', 'transferred', 'leftAgain', 'ended', 'voicemailLeft'] as const
        const always: readonly Told[] = ['offered', 'answered', 'ended']
        expect(tell(order)).toEqual(tell(inTurn.filter((kind) => always.includes(kind) || order.includes(kind))))
        // Without the end that is one for everybody, too: then what stands is who has the caller, or who put them on last.
        const open = order.filter((kind) => kind !== 'ended')
        if (open.length > 0) expect(tell([...open, 'offered', 'answered'])).toEqual(tell(inTurn.filter((kind) => kind !== 'ended' && (always.includes(kind) || open.includes(kind)))))
      }),
      { numRuns: 300 },
    )
  })
})

describe('concluding a call', () => {
  it('asks for the reason of everything but a booking and a missed call', () => {
    talk(90_000)
    for (const outcome of ['unbooked', 'excused', 'notLead']) {
      expect(office.run('call.conclude', conclusion({ outcome, reason: ' ' }), agentId)).toMatchObject({ refusal: { code: 'call.reasonMissing', field: 'reason' } })
    }
  })

  it('owes a call back for an unbooked call at the time that was promised', () => {
    talk(90_000)
    const callBackBy = office.now + 3 * 60 * MINUTE
    office.must('call.conclude', conclusion({ callBackBy, callBackNumber: '+15550149999' }), agentId)
    expect(theCall()).toMatchObject({ outcome: 'unbooked', outcomeByRule: false, followUp: 'owed', callBackBy, callBackNumber: '+15550149999', callerName: 'Priya' })
  })

  it('takes the hour where no time was given, and lets a non-lead go', () => {
    talk(90_000)
    office.must('call.conclude', conclusion(), agentId)
    expect(theCall().callBackBy).toBe(office.now + 60 * MINUTE)
    office.must('call.conclude', conclusion({ outcome: 'notLead', reason: 'Solicitor' }), agentId)
    expect(theCall()).toMatchObject({ outcome: 'notLead', followUp: 'dropped', callBackBy: null })
  })

  it('keeps what a person said when the telephone reports late', () => {
    const base = ring(office)
    office.must('call.answered', { ...base, ringMs: 9_000, answeredAt: office.now, agentId })
    office.must('call.conclude', conclusion({ outcome: 'excused', reason: 'Existing visit, asked when' }), agentId)
    office.must('call.ended', { ...base, ringMs: 9_000, answeredAt: office.now, agentId, endedAt: office.now + 90_000, talkMs: 90_000, endCause: 'hungUp' })
    expect(theCall()).toMatchObject({ state: 'ended', outcome: 'excused', followUp: 'none' })
  })

  it('does not open a call again that was returned, unless a new time is asked for', () => {
    talk(90_000)
    office.must('call.conclude', conclusion(), agentId)
    office.engine.apply([{ table: callTable, id: theCall().id, before: { ...theCall() }, after: { ...theCall(), followUp: 'done' } }])
    office.must('call.conclude', conclusion({ reason: 'Too expensive' }), agentId)
    expect(theCall().followUp).toBe('done')
    office.must('call.conclude', conclusion({ callBackBy: office.now + 30 * MINUTE }), agentId)
    expect(theCall().followUp).toBe('owed')
  })

  it('cannot promise to call a withheld number, until a number or a customer is known', () => {
    talk(90_000, { fromNumber: null })
    expect(office.run('call.conclude', conclusion({ callBackBy: office.now + 60 * MINUTE }), agentId)).toMatchObject({ refusal: { code: 'call.noNumber' } })
    office.must('call.conclude', conclusion(), agentId)
    expect(theCall().followUp).toBe('dropped')
    office.must('call.conclude', conclusion({ callBackBy: office.now + 60 * MINUTE, callBackNumber: NUMBER }), agentId)
    expect(theCall().followUp).toBe('owed')
  })

  it('refuses what contradicts the call', () => {
    miss()
    expect(office.run('call.conclude', conclusion(), agentId)).toMatchObject({ refusal: { code: 'call.neverAnswered' } })
    expect(office.run('call.conclude', conclusion({ outcome: 'booked' }), agentId)).toMatchObject({ refusal: { code: 'call.notBooked' } })
    talk(90_000)
    expect(office.run('call.conclude', conclusion({ outcome: 'abandoned' }), agentId)).toMatchObject({ refusal: { code: 'call.wasAnswered' } })
    expect(office.run('call.conclude', conclusion({ callBackBy: office.now - MINUTE }), agentId)).toMatchObject({ refusal: { code: 'call.callBackPast' } })
    expect(office.run('call.conclude', conclusion({ callId: newId() }), agentId)).toMatchObject({ refusal: { code: 'call.unknown' } })
  })

  it('owes the withheld caller a call once we know who it was', () => {
    miss({ fromNumber: null })
    const customerId = addCustomer('Priya', NUMBER)
    office.must('call.link', { callId: theCall().id, customerId, locationId: null }, agentId)
    expect(theCall()).toMatchObject({ customerId, followUp: 'owed', reason: '' })
    expect(office.run('call.link', { callId: theCall().id, customerId: newId(), locationId: null }, agentId)).toMatchObject({ refusal: { code: 'call.customerUnknown' } })
  })

  it('keeps the notes of a call that goes on', () => {
    offer()
    office.must('call.note', { callId: theCall().id, callerName: 'Priya', notes: 'Upstairs not cooling' }, agentId)
    expect(theCall()).toMatchObject({ callerName: 'Priya', notes: 'Upstairs not cooling' })
  })
})

describe('the numbers of a call', () => {
  it('counts rings against the office\u2019s limit', () => {
    expect([0, 5_999, 6_000, 9_000, 12_000, 18_000].map((ms) => ringNumber(ms, 18))).toEqual([1, 1, 2, 2, 3, 4])
    expect(answeredInTime({ answeredAt: 1, ringMs: 18_000 }, 18)).toBe(true)
    expect(answeredInTime({ answeredAt: 1, ringMs: 18_001 }, 18)).toBe(false)
    expect(answeredInTime({ answeredAt: null, ringMs: 3_000 }, 18)).toBe(false)
  })

  it('leaves practice calls and calls taken elsewhere out', () => {
    const call = talk(90_000)
    expect(counts(call)).toBe(true)
    expect(counts({ ...call, practice: true })).toBe(false)
    expect(counts({ ...call, direction: 'out' })).toBe(false)
    expect(counts({ ...call, answeredAt: null, endCause: 'answeredElsewhere' })).toBe(false)
    expect(counts({ ...call, answeredAt: null })).toBe(true)
  })

  it('takes a booking for the call back that was owed', () => {
    const booked = { jobId: newId(), customerId: newId(), locationId: newId() }
    expect(bookedOn(miss(), booked)).toMatchObject({ ...booked, outcome: 'booked', followUp: 'done', callBackBy: null })
  })
})
