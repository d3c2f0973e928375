import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { HOUR, type IsoDay } from '../../src/shared/base/time.ts'
import { instantOf } from '../../src/shared/base/zone.ts'
import type { Proposal, SuggestedTechnician } from '../../src/shared/contract/methods/assistant.ts'
import type { BoardDay, WindowProposal } from '../../src/shared/contract/methods/dispatch.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

const ZONE = 'America/Chicago'
const TODAY: IsoDay = '2026-07-14'
const at = (minute: number, day = TODAY): number => instantOf(day, minute, ZONE)

/** A company on the map with two technicians, asked through its pages: the planner runs in its own thread. */
describe('the assistant over the contract', () => {
  let backend: TestBackend
  let page: Page
  const [unitId, jobTypeId, priorityId, customerId, locationId] = [newId(), newId(), newId(), newId(), newId()]
  const [theo, lena] = [newId(), newId()]
  /** The wall clock of the office, in minutes of the day. */
  let clock = 7 * 60

  const book = async (windowStart: number, windowEnd: number, ofType = jobTypeId): Promise<string> => {
    const id = newId()
    await page.ask('job.book', {
      jobId: newId(),
      customerId,
      locationId,
      businessUnitId: unitId,
      jobTypeId: ofType,
      priorityId,
      summary: 'No cool upstairs',
      notes: '',
      plannedPayment: 'check',
      lines: [{ id: newId(), priceItemId: null, kind: 'service', description: 'Diagnosis', quantity: 1000, unitPriceCents: 8900, unitCostCents: 0, taxable: false }],
      appointment: { id, windowDay: TODAY, windowStart, windowEnd, zone: ZONE, windowStartsAt: at(windowStart), windowEndsAt: at(windowEnd), durationMinutes: 60 },
      callId: null,
      readBack: true,
      confirmation: true,
    })
    return id
  }
  const assign = (appointmentId: string, technicianId: string, startsAt: number, more: object = {}) => page.ask('appointment.assign', { appointmentId, technicianId, startsAt, endsAt: startsAt + HOUR, overbookAccepted: false, ...more })
  const planned = async (): Promise<BoardDay['planned']> => (await page.ask<BoardDay>('board.day', { day: TODAY })).planned

  beforeEach(async () => {
    clock = 7 * 60
    backend = startBackend({ now: () => at(clock) })
    page = backend.page()
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: '4711' })
    await page.ask('businessUnit.save', { id: unitId, name: 'HVAC', position: 0, accountClass: 'HVAC', active: true })
    await page.ask('priority.save', { id: priorityId, name: 'High', rank: 2, rule: 'Hot', respondWithinMinutes: 480, active: true })
    await page.ask('jobType.save', { id: jobTypeId, name: 'No cooling', businessUnitId: unitId, durationMinutes: 60, skills: ['Cooling'], defaultPriorityId: priorityId, defaultItemId: null, active: true })
    const shifts = Array.from({ length: 7 }, (_, weekday) => ({ weekday, start: 480, end: 1020 }))
    for (const [position, { id, name, skills }] of [{ id: theo, name: 'Theo Barnard', skills: ['Cooling'] }, { id: lena, name: 'Lena Ruiz', skills: ['Cooling'] }, { id: newId(), name: 'Wes Tran', skills: ['Heating'] }].entries()) {
      await page.ask('technician.save', { id, name, businessUnitId: unitId, skills, shifts, homeArea: '', homeLatitude: 41_880_000, homeLongitude: -87_630_000, phone: null, position, active: true })
    }
    const location = { id: locationId, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude: 41_900_000, longitude: -87_650_000, taxZoneId: null }
    await page.ask('customer.create', { customerId, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550149027', label: 'mobile' }], emails: [], location })
  })
  afterEach(() => backend.close())

  it('says who is right for a visit, and why not the others', async () => {
    const visit = await book(480, 600)
    await assign(await book(480, 600), theo, at(480))
    const { technicians } = await page.ask<{ technicians: readonly SuggestedTechnician[] }>('dispatch.suggest', { appointmentId: visit })
    expect(technicians.map(({ name, fits }) => [name, fits])).toEqual([['Theo Barnard', 'window'], ['Lena Ruiz', 'window'], ['Wes Tran', 'no']])
    // The same place as the visit before: nobody drives for it.
    expect(technicians[0]).toMatchObject({ startsAt: at(540), why: expect.arrayContaining(['On the way', '1 other visit']) as unknown })
    expect(technicians[2]).toMatchObject({ whyNot: 'No Cooling skill', startsAt: null })
  })

  it('sends whom the customer asks for, not whom they do not want again, and offers windows by it', async () => {
    const visit = await book(480, 600)
    const wish = (set: object) => page.ask('customer.change', { customerId, set })
    const suggested = async () => (await page.ask<{ technicians: readonly SuggestedTechnician[] }>('dispatch.suggest', { appointmentId: visit })).technicians
    const offered = async (where: object = { locationId }) => (await page.ask<{ windows: readonly WindowProposal[] }>('dispatch.windows', { jobTypeId, ...where, fromDay: '2026-07-15', days: 1 })).windows[0]?.technicians
    await wish({ askedForId: lena, notWantedIds: null })
    expect((await suggested()).slice(0, 2)).toMatchObject([{ name: 'Lena Ruiz', why: expect.arrayContaining(['They ask for Lena']) as unknown }, { name: 'Theo Barnard', why: expect.arrayContaining(['They ask for Lena']) as unknown }])
    expect((await offered())?.[0]).toMatchObject({ name: 'Lena Ruiz', why: expect.arrayContaining(['They ask for Lena']) as unknown })
    await wish({ askedForId: null, notWantedIds: [lena] })
    expect((await suggested()).find(({ id }) => id === lena)).toMatchObject({ fits: 'no', whyNot: 'The customer does not want them again' })
    expect((await offered())?.map(({ name }) => name)).toEqual(['Theo Barnard'])
    // A place of theirs that is not recorded yet makes them nobody else.
    expect((await offered({ customerId }))?.map(({ name }) => name)).toEqual(['Theo Barnard'])
    const { wishes } = await page.ask<{ wishes: unknown }>('dispatch.windows', { jobTypeId, customerId, fromDay: '2026-07-15', days: 1 })
    expect(wishes).toEqual([{ technicianId: lena, wish: 'notWanted' }])

    // Nor does a plan send them: what Theo can't do stays for a person to decide.
    await assign(visit, theo, at(480))
    const { moves } = await page.ask<Proposal>('dispatch.replan', { day: TODAY, happened: [{ kind: 'sick', technicianId: theo, from: at(420), until: null }] })
    expect(moves).toMatchObject([{ appointmentId: visit, kind: 'dropped', after: null }])

    await expect(wish({ askedForId: lena })).rejects.toMatchObject({ error: { code: 'customer.wishedBothWays' } })
    await expect(wish({ askedForId: newId() })).rejects.toMatchObject({ error: { code: 'customer.unknownTechnician' } })
  })

  it('counts what technicians sold from visits and jobs, and says it only where the visit is a chance to sell', async () => {
    const estimateId = newId()
    await page.ask('jobType.save', { id: estimateId, name: 'Replacement estimate', businessUnitId: unitId, durationMinutes: 60, skills: ['Cooling'], defaultPriorityId: priorityId, defaultItemId: null, active: true, sells: true })
    for (let hour = 8; hour < 13; hour++) {
      const visit = await book(480, 960, estimateId)
      await assign(visit, theo, at(hour * 60))
      clock = hour * 60 + 30
      for (const to of ['dispatched', 'working', 'done']) await page.ask('appointment.changeState', { appointmentId: visit, to, reason: null })
      // Other work is booked at the place after the third.
      if (hour === 10) await book(840, 960)
    }
    const next = await book(840, 960, estimateId)
    const why = async (appointmentId: string) => Object.fromEntries((await page.ask<{ technicians: readonly SuggestedTechnician[] }>('dispatch.suggest', { appointmentId })).technicians.map((one) => [one.name, one.why.filter((each) => /estimates|figures/.test(each))]))
    expect(await why(next)).toMatchObject({ 'Theo Barnard': ['Sold 3 of 5 estimates'], 'Lena Ruiz': ['No figures yet'] })
    expect(await why(await book(840, 960))).toMatchObject({ 'Theo Barnard': [], 'Lena Ruiz': [] })
  })

  it('proposes what to do for a sick technician, moves nothing by itself, and what is accepted are the board\u2019s own moves', async () => {
    const [first, promised] = [await book(480, 720), await book(600, 720)]
    await assign(first, theo, at(495))
    await assign(promised, theo, at(600))
    await page.ask('appointment.promise', { appointmentId: promised, technicianId: theo, startsAt: null })
    const before = await planned()
    const proposal = await page.ask<Proposal>('dispatch.replan', { day: TODAY, happened: [{ kind: 'sick', technicianId: theo, from: at(420), until: null }] })
    expect(await planned()).toEqual(before)
    expect(proposal.moves.map(({ appointmentId, kind, after, broke }) => [appointmentId, kind, after?.technicianId, broke])).toEqual(expect.arrayContaining([[first, 'given', lena, null], [promised, 'given', lena, 'technician']]))

    const moves = proposal.moves.map(({ appointmentId, after, seen }) => ({ appointmentId, to: after, seen }))
    expect(await page.ask('dispatch.tryMoves', { day: TODAY, moves })).toEqual({ faults: [], stale: [] })
    for (const { appointmentId, after } of proposal.moves) {
      if (!after) throw new Error('Somebody can take each')
      const input = { appointmentId, ...after, overbookAccepted: false }
      if (appointmentId === promised) await expect(page.ask('appointment.assign', input)).rejects.toMatchObject({ error: { code: 'dispatch.acceptance' } })
      await page.ask('appointment.assign', { ...input, acceptance: { acceptedBy: 'Sean Avery', customer: 'toCall', words: '' } })
    }
    expect((await planned()).map(({ technicianId }) => technicianId)).toEqual([lena, lena])
    expect(await page.ask('dispatch.replan', { day: TODAY, happened: [{ kind: 'sick', technicianId: theo, from: at(420), until: null }] })).toMatchObject({ moves: [], left: [] })
  })

  it('says what stands against a move on the day as it is by now', async () => {
    const [taken, other] = [await book(480, 720), await book(480, 720)]
    await assign(taken, lena, at(540))
    await assign(other, theo, at(540))
    expect(await page.ask('dispatch.tryMoves', { day: TODAY, moves: [{ appointmentId: other, to: { technicianId: lena, startsAt: at(555), endsAt: at(615) } }] })).toEqual({ faults: [{ appointmentId: other, message: 'Lena Ruiz can\u2019t be there by then.' }], stale: [] })
  })

  it('shows of each move what it costs, who is called and whose day changes, and what it was proposed on', async () => {
    const promised = await book(600, 720)
    await assign(promised, theo, at(600))
    await page.ask('appointment.promise', { appointmentId: promised, technicianId: theo, startsAt: null })
    const { version } = (await planned()).find(({ id }) => id === promised) ?? { version: 0 }
    const { moves, driveMinutes, overtimeMinutes, technicians, day } = await page.ask<Proposal>('dispatch.replan', { day: TODAY, happened: [{ kind: 'sick', technicianId: theo, from: at(420), until: null }] })
    expect(moves).toEqual([
      {
        appointmentId: promised,
        name: 'Castellan',
        kind: 'given',
        isHit: true,
        before: { technicianId: theo, startsAt: at(600), endsAt: at(660) },
        after: { technicianId: lena, startsAt: at(600), endsAt: at(660) },
        broke: 'technician',
        call: ['Another technician than they were promised'],
        tell: expect.arrayContaining([theo, lena]) as unknown,
        driveMinutes: expect.any(Number) as unknown,
        locked: true,
        seen: { version, dayMark: expect.any(String) as unknown },
        needs: [],
      },
    ])
    expect([day, driveMinutes, overtimeMinutes]).toEqual([TODAY, { before: expect.any(Number) as unknown, after: expect.any(Number) as unknown }, { before: 0, after: 0 }])
    expect(technicians.map(({ name, endsAt }) => [name, endsAt.before === null, endsAt.after === null]).toSorted()).toEqual([['Lena Ruiz', true, false], ['Theo Barnard', false, true]])
  })

  it('names what was changed since it was proposed, the visit or the day of who is to take it, and judges the rest', async () => {
    const [first, second, third] = [await book(480, 720), await book(480, 720), await book(720, 960)]
    await assign(first, theo, at(495))
    await assign(second, theo, at(600))
    const { moves } = await page.ask<Proposal>('dispatch.replan', { day: TODAY, happened: [{ kind: 'sick', technicianId: theo, from: at(420), until: null }] })
    const tried = moves.map(({ appointmentId, after, seen }) => ({ appointmentId, to: after, seen }))
    expect(tried.map(({ appointmentId }) => appointmentId).toSorted()).toEqual([first, second].toSorted())

    // A colleague moves one of them by five minutes.
    await assign(second, theo, at(605))
    expect(await page.ask('dispatch.tryMoves', { day: TODAY, moves: tried })).toEqual({ faults: [], stale: [{ appointmentId: second, message: 'You have changed it since.' }] })
    // Another gives whoever is to take them something else, after it all.
    await assign(third, lena, at(840))
    expect(await page.ask<{ stale: readonly object[] }>('dispatch.tryMoves', { day: TODAY, moves: tried })).toMatchObject({
      stale: expect.arrayContaining([{ appointmentId: first, message: 'The day of Lena Ruiz has changed since.' }, { appointmentId: second, message: 'You have changed it since.' }]) as unknown,
    })
    // What was canceled since is named too, and keeps nothing else from going.
    await page.ask('appointment.changeState', { appointmentId: second, to: 'canceled', reason: 'Not needed' })
    expect(await page.ask('dispatch.tryMoves', { day: TODAY, moves: tried.filter(({ appointmentId }) => appointmentId === second) })).toMatchObject({ faults: [], stale: [{ appointmentId: second }] })
  })

  it('plans what still waits where a colleague has seen to some of it', async () => {
    const [taken, waits] = [await book(480, 720), await book(480, 720)]
    await assign(taken, theo, at(480))
    const happened = (...appointmentIds: readonly string[]) => page.ask<Proposal>('dispatch.replan', { day: TODAY, happened: [{ kind: 'waiting', appointmentIds }] })
    expect((await happened(taken, waits)).moves.map(({ appointmentId }) => appointmentId)).toEqual([waits])
    await expect(happened(taken)).rejects.toMatchObject({ error: { code: 'dispatch.notWaiting' } })
  })

  it('says what it can\u2019t plan', async () => {
    const visit = await book(480, 600)
    await expect(page.ask('dispatch.suggest', { appointmentId: newId() })).rejects.toMatchObject({ error: { code: 'dispatch.unknownVisit' } })
    await expect(page.ask('dispatch.replan', { day: '2026-07-01', happened: [{ kind: 'sick', technicianId: theo, from: at(420), until: null }] })).rejects.toMatchObject({ error: { code: 'dispatch.dayOver' } })
    await expect(page.ask('dispatch.replan', { day: TODAY, happened: [{ kind: 'sick', technicianId: newId(), from: at(420), until: null }] })).rejects.toMatchObject({ error: { code: 'dispatch.unknownTechnician' } })
    await expect(page.ask('dispatch.replan', { day: TODAY, happened: [{ kind: 'overrun', appointmentId: visit, endsAt: at(700) }] })).rejects.toMatchObject({ error: { code: 'dispatch.notPlanned' } })
  })
})
