import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { addDays, HOUR, MINUTE, weekdayOf } from '../../src/shared/base/time.ts'
import { instantOf } from '../../src/shared/base/zone.ts'
import type { VisitDetail, WindowProposal } from '../../src/shared/contract/methods/dispatch.ts'
import { startBackend, type TestBackend } from '../support/backend.ts'
import { DispatchOffice, NOW, TODAY, ZONE } from '../support/dispatchOffice.ts'

describe('dispatch over the contract', () => {
  let backend: TestBackend
  let office: DispatchOffice
  beforeEach(() => {
    backend = startBackend({ now: () => NOW })
    office = new DispatchOffice(backend)
  })
  afterEach(() => backend.close())

  it('offers windows of a place that is not recorded yet by the clock of that place', async () => {
    await office.open([{ name: 'Theo Barnard', skills: ['Cooling'] }])
    const [here, there] = [await office.windows({ days: 2 }), await office.windows({ days: 2, zone: 'America/New_York' })]
    const morning = (windows: readonly WindowProposal[]) => windows.find(({ start, day }) => start === here.at(-1)?.start && day === here.at(-1)?.day)
    expect(morning(there)).toMatchObject({ zone: 'America/New_York', startsAt: (morning(here)?.startsAt ?? 0) - 3_600_000 })
    // A recorded place has its own.
    expect((await office.windows({ days: 2, zone: 'America/New_York', locationId: office.locationId })).every(({ zone }) => zone === ZONE)).toBe(true)
  })

  it('proposes windows with who, how full and why not, and never promises one twice', async () => {
    await office.open([{ name: 'Theo Barnard', skills: ['Cooling'] }, { name: 'Lena Ruiz', skills: ['Heating'] }, { name: 'Wes Tran', skills: ['Cooling'], start: 720, end: 1200 }])
    const morning = (windows: readonly WindowProposal[]): WindowProposal | undefined => windows.find(({ start }) => start === 480)
    const first = morning(await office.windows())
    expect(first).toMatchObject({
      available: true,
      summary: '1 of 1 free',
      fullness: 0,
      startsAt: instantOf(TODAY, 480, ZONE),
      technicians: [{ name: 'Theo Barnard', startsAt: instantOf(TODAY, 480, ZONE), why: ['No other visit that day'] }],
    })
    // By their ids, and two that are made in one millisecond are in no order.
    expect(first?.whyNot.toSorted((left, right) => left.name.localeCompare(right.name))).toMatchObject([{ name: 'Lena Ruiz', why: 'No Cooling skill' }, { name: 'Wes Tran', why: 'Off then' }])
    const visitId = await office.book(TODAY, 480, 600)
    // Nobody knows where the place is on the map, so a quarter of an hour is kept for the drive.
    expect(morning(await office.windows())).toMatchObject({ available: true, technicians: [{ startsAt: instantOf(TODAY, 585, ZONE) }] })
    await office.book(TODAY, 480, 600)
    expect(morning(await office.windows())).toMatchObject({ available: false, summary: 'Full: 1 of 1 taken', whyNot: expect.arrayContaining([expect.objectContaining({ name: 'Theo Barnard', why: 'Kept for a visit already promised' })]) as unknown })
    await office.page.ask('appointment.assign', { appointmentId: visitId, technicianId: office.technicianIds[0], startsAt: instantOf(TODAY, 480, ZONE), endsAt: instantOf(TODAY, 720, ZONE), overbookAccepted: false })
    expect(morning(await office.windows())?.whyNot.find(({ name }) => name === 'Theo Barnard')?.why).toBe('Full until 12:00 PM')
    expect((await office.windows({ technicianId: office.technicianIds[2] }))[0]).toMatchObject({ available: true, technicians: [{ name: 'Wes Tran' }] })
  })

  it('promises nobody the window that a visit waiting for its parts has', async () => {
    await office.open([{ name: 'Theo Barnard', skills: ['Cooling'], start: 480, end: 600 }])
    const day = addDays(TODAY, 2)
    const isFree = async () => (await office.windows({ fromDay: day })).find(({ start }) => start === 480)?.available
    const appointmentId = await office.book(TODAY, 480, 600)
    await office.page.ask('appointment.awaitParts', { appointmentId, what: 'Blower motor', from: 'Hale Supply', expectedAt: instantOf(day, 540, ZONE), reason: 'Waiting for parts' })
    expect(await isFree()).toBe(true)
    await office.page.ask('appointment.reschedule', { appointmentId, windowDay: day, windowStart: 480, windowEnd: 600, windowStartsAt: instantOf(day, 480, ZONE), windowEndsAt: instantOf(day, 600, ZONE), reason: 'The motor comes', capacity: { kind: 'free' } })
    expect((await office.page.ask<VisitDetail>('board.visit', { appointmentId })).state).toBe('hold')
    expect(await isFree()).toBe(false)
  })

  it('lays out the day with its trays, and tells a visit\u2019s story', async () => {
    await office.open([{ name: 'Theo Barnard', skills: ['Cooling'] }])
    const [planned, waiting, tomorrow] = [await office.book(TODAY, 480, 600), await office.book(TODAY, 600, 720), await office.book(addDays(TODAY, 1), 480, 600)]
    const startsAt = instantOf(TODAY, 495, ZONE)
    await office.page.ask('appointment.assign', { appointmentId: planned, technicianId: office.technicianIds[0], startsAt, endsAt: startsAt + HOUR, overbookAccepted: false })
    const board = await office.board()
    expect(board.groups).toMatchObject([{ name: 'HVAC', technicians: [{ name: 'Theo Barnard', shifts: [{ startsAt: instantOf(TODAY, 480, ZONE), endsAt: instantOf(TODAY, 1020, ZONE) }] }] }])
    expect(board.planned).toMatchObject([{ id: planned, shortName: 'Castellan', state: 'scheduled', startsAt, endsAt: startsAt + HOUR, lineCount: 1, priorityName: 'High' }])
    expect(board.unassigned.map(({ id }) => id)).toEqual([waiting, tomorrow])
    expect(board.unassigned[0]?.promise).toMatchObject({ nextStep: expect.any(String) as string, holder: expect.any(String) as string })
    expect((await office.board(addDays(TODAY, 1))).planned).toEqual([])

    await office.page.ask('appointment.changeState', { appointmentId: planned, to: 'hold', reason: 'Waiting for parts' })
    expect((await office.board()).hold).toMatchObject([{ id: planned, holdReason: 'Waiting for parts' }])
    await office.page.ask('appointment.changeState', { appointmentId: planned, to: 'dispatched' })
    await office.page.ask('appointment.changeState', { appointmentId: planned, to: 'working' })
    await office.page.ask('appointment.changeState', { appointmentId: planned, to: 'done' })
    expect((await office.board()).toCloseOut.map(({ id }) => id)).toEqual([planned])
    const detail = await office.page.ask<VisitDetail>('board.visit', { appointmentId: planned })
    expect(detail).toMatchObject({ address: '61 Saltbrook Lane, Fairhollow, IL 60601', access: ['Gate 4471#'], phone: '(555) 014-9027', plannedPayment: 'check', lines: [{ description: 'Diagnosis' }] })
    expect(detail.history.map(({ text }) => text)).toEqual(expect.arrayContaining(['Booked by Sean Avery', 'Dispatched', 'On site', 'Done']))
    await office.page.ask('appointment.closeOut', { appointmentId: planned, notes: 'New capacitor.' })
    expect((await office.board()).toCloseOut).toEqual([])
  })

  it('lists so many of a tray as a person would read, and counts the others', async () => {
    await office.open([{ name: 'Theo Barnard', skills: ['Cooling'] }])
    for (let visit = 0; visit < 303; visit++) await office.book(TODAY, 480, 600)
    const { unassigned, unlisted } = await office.board()
    expect(unassigned).toHaveLength(300)
    expect(unlisted).toEqual({ unassigned: 3, hold: 0, toCloseOut: 0 })
  })

  it('keeps wall time on the days the clocks change', async () => {
    await office.open([{ name: 'Theo Barnard', skills: ['Cooling'] }])
    for (const day of ['2026-11-01', '2027-03-14']) {
      expect(weekdayOf(day)).toBe(0)
      const [first] = (await office.windows({ fromDay: day })).filter(({ start }) => start === 480)
      expect(first).toMatchObject({ startsAt: instantOf(day, 480, ZONE), endsAt: instantOf(day, 600, ZONE), technicians: [{ startsAt: instantOf(day, 480, ZONE) }] })
    }
  })

  it('says what it cannot answer', async () => {
    await office.open([])
    await expect(office.windows({ jobTypeId: newId() })).rejects.toMatchObject({ error: { code: 'dispatch.unknownJobType' } })
    await expect(office.page.ask('board.day', { day: '1900-01-01' })).rejects.toMatchObject({ error: { code: 'input.invalid' } })
    await expect(office.page.ask('board.visit', { appointmentId: newId() })).rejects.toMatchObject({ error: { code: 'dispatch.unknownVisit' } })
    expect(await office.windows()).toMatchObject(Array.from({ length: 5 }, () => ({ available: false, summary: 'Nobody with Cooling skill is on' })))
  })

  it('answers for twenty technicians and fourteen days, and prints how fast', async () => {
    await office.open(Array.from({ length: 20 }, (_, index) => ({ name: `Technician ${index}`, skills: index % 3 === 0 ? ['Heating'] : ['Cooling'] })))
    for (let index = 0; index < 60; index++) {
      const day = addDays(TODAY, index % 14)
      const id = await office.book(day, 480, 600)
      const startsAt = instantOf(day, 480, ZONE) + Math.floor(index / 14) * 2 * HOUR
      if (index % 3 !== 0) await office.page.ask('appointment.assign', { appointmentId: id, technicianId: office.technicianIds[index % 20], startsAt, endsAt: startsAt + 90 * MINUTE, overbookAccepted: true, acceptance: { acceptedBy: 'Dana Wray', customer: 'told', words: 'Later that day.' } })
    }
    const timed = async (ask: () => Promise<unknown>): Promise<number> => {
      const times: number[] = []
      for (let round = 0; round < 20; round++) {
        const started = performance.now()
        await ask()
        times.push(performance.now() - started)
      }
      return times.sort((left, right) => left - right)[10] ?? 0
    }
    const windows = await timed(() => office.windows({ days: 14 }))
    const board = await timed(() => office.board())
    console.log(`dispatch.windows of 20 technicians x 14 days: ${windows.toFixed(1)} ms, board.day: ${board.toFixed(1)} ms (checked answers included)`)
    expect((await office.windows({ days: 14 })).length).toBe(70)
  })
})
