import { describe, expect, it } from 'vitest'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import type { JobType, Priority } from '../../../shared/domain/jobs/tables.ts'
import { readClock, readClockSpan, readDay, readDuration } from './fileTimes.ts'
import { guessJobColumns, unusableJobColumns } from './jobColumns.ts'
import { type FileJob, joinRows, readJob } from './readJob.ts'

const ZONE = 'America/Chicago'

const jobType = { id: 'faucet', name: 'Faucet', businessUnitId: 'plumbing', durationMinutes: 60, skills: [], defaultPriorityId: 'normal', defaultItemId: null, active: true, checklist: null } as unknown as JobType
const priorities = [{ id: 'normal', name: 'Normal' }, { id: 'high', name: 'High' }] as unknown as readonly Priority[]

const SERVICE_TITAN = { 'Job #': '71044', 'Customer Name': 'Ana Abbott', 'Customer Phone': '(555) 014-0001', 'Location Address': '1 Elm Street', 'Location City': 'Fairhollow', 'Location State': 'MN', 'Location Zip': '55201', 'Job Type': 'faucet', 'Scheduled Date': '11/24/2026', 'Arrival Window': '8:00 AM - 10:00 AM', 'Start Time': '9:02 AM', 'Assigned Technicians': 'Al Marsh' }

function read(cells: Readonly<Record<string, string>>) {
  return readJob(Object.values(cells), 2, {
    columns: guessJobColumns(Object.keys(cells)),
    scope: 'scope',
    companyId: 'company',
    zone: ZONE,
    taxZoneId: null,
    jobTypes: [jobType],
    priorities,
    technicians: [{ id: 'al', name: 'Al Marsh' }, { id: 'bo', name: 'Bo Diaz' }],
  })
}

function job(cells: Readonly<Record<string, string>>): FileJob {
  const row = read(cells)
  if (row.kind === 'bad') throw new Error(row.reason)
  return row
}

const wall = (at: number): string => {
  const { day, minute } = wallTimeOf(at, ZONE)
  return `${day} ${minute}`
}

describe('times of a file', () => {
  it.each([
    ['8:00 AM', 480],
    ['8am', 480],
    ['12:15 PM', 735],
    ['12 a.m.', 0],
    ['14:30', 870],
    ['0915', 555],
    ['8:00:00 AM', 480],
    ['25:00', undefined],
    ['8:75', undefined],
    ['noonish', undefined],
  ])('reads %s', (text, minute) => {
    expect(readClock(text)).toBe(minute)
  })

  it.each([
    ['8-10 AM', 480, 600],
    ['11-1 PM', 660, 780],
    ['8:00 AM to 12:00 PM', 480, 720],
    ['1 PM \u2013 3 PM', 780, 900],
    ['13:00 - 15:00', 780, 900],
    ['1-3', 780, 900],
    ['12-2', 720, 840],
    ['10-12', 600, 720],
    ['11-1', 660, 780],
    ['8-5', 480, 1020],
    ['5:30-7', 1050, 1140],
    ['1 PM - 3', 780, 900],
    ['10 AM-2', 600, 840],
    ['01:00 - 03:00', 60, 180],
    ['1-3 AM', 60, 180],
  ])('reads the window %s', (text, from, to) => {
    expect(readClockSpan(text)).toMatchObject({ from, to })
  })

  it.each([
    ['2 h', 120],
    ['2 hours', 120],
    ['1.5 hrs', 90],
    ['1:30', 90],
    ['01:30:00', 90],
    ['1 h 30 min', 90],
    ['1h30', 90],
    ['2 hours and 15 minutes', 135],
    ['90 min', 90],
    ['90', 90],
    ['PT1H30M', 90],
    ['2', 120],
    ['1.5', 90],
    ['a morning', undefined],
    ['0', undefined],
    ['40 h', undefined],
  ])('reads the duration %s', (text, minutes) => {
    expect(readDuration(text)?.minutes).toBe(minutes)
  })

  it.each([
    ['2026-11-24', '2026-11-24', ''],
    ['2026-11-24T08:00:00', '2026-11-24', '08:00:00'],
    ['11/24/2026', '2026-11-24', ''],
    ['1/5/26 8:00 AM', '2026-01-05', '8:00 AM'],
    ['Tue, Nov 24, 2026', '2026-11-24', ''],
    ['Nov 24, 2026 at 3 PM', '2026-11-24', '3 PM'],
  ])('reads the day %s', (text, day, rest) => {
    expect(readDay(text)).toEqual({ day, rest })
  })

  it('takes no day that is none', () => {
    expect([readDay('13/45/2026'), readDay('tomorrow'), readDay('2026-02-30')]).toEqual([undefined, undefined, undefined])
  })
})

describe('columns', () => {
  it('are known as ServiceTitan heads them', () => {
    expect(guessJobColumns(Object.keys(SERVICE_TITAN))).toEqual(['number', 'name', 'phone', 'line1', 'city', 'state', 'postalCode', 'jobType', 'day', 'windowStart', 'start', 'technician'])
  })

  it('are known as Housecall Pro heads them, and money and bills are left out', () => {
    const headings = ['Job number', 'Customer first name', 'Customer last name', 'Mobile phone', 'Home phone', 'Email', 'Street', 'City', 'State', 'Zip', 'Job type', 'Job description', 'Scheduled start', 'Scheduled end', 'Assigned employees', 'Total amount', 'Billing street', 'Created date', 'Job status']
    expect(guessJobColumns(headings)).toEqual(['number', 'firstName', 'lastName', 'phone', 'otherPhone', 'email', 'line1', 'city', 'state', 'postalCode', 'jobType', 'summary', 'start', 'end', 'technician', 'none', 'none', 'none', 'none'])
  })

  it('say what is missing', () => {
    expect(unusableJobColumns(guessJobColumns(Object.keys(SERVICE_TITAN)))).toBeNull()
    expect(unusableJobColumns(['name', 'line1', 'day', 'start'])).toContain('job type')
    expect(unusableJobColumns(['name', 'line1', 'jobType', 'day'])).toContain('window')
  })
})

describe('a row', () => {
  it('is a job with its window, its technician and its own number', () => {
    const { client, window, planned, notes, priorityId, durationMinutes } = job(SERVICE_TITAN)
    expect(client.customer.locations[0]).toMatchObject({ line1: '1 Elm Street', postalCode: '55201', latitude: null })
    expect(window).toMatchObject({ windowDay: '2026-11-24', windowStart: 480, windowEnd: 600 })
    expect([wall(window.windowStartsAt), wall(planned?.startsAt ?? 0), wall(planned?.endsAt ?? 0)]).toEqual(['2026-11-24 480', '2026-11-24 540', '2026-11-24 600'])
    expect([planned?.technicianId, priorityId, durationMinutes]).toEqual(['al', 'normal', 60])
    expect(notes).toContain('71044')
  })

  it('takes day and times from Housecall Pro\u2019s two cells, and promises the time where no window is told', () => {
    const { 'Scheduled Date': _day, 'Arrival Window': _window, 'Start Time': _start, ...rest } = SERVICE_TITAN
    const { window, durationMinutes } = job({ ...rest, 'Scheduled start': '2026-11-24 1:00 PM', 'Scheduled end': '2026-11-24 2:30 PM' })
    expect([window.windowStart, window.windowEnd, durationMinutes]).toEqual([780, 870, 90])
  })

  it('takes its duration as people write it, and says what it took a number or a word for', () => {
    const lasts = (text: string) => {
      const { durationMinutes, warnings } = job({ ...SERVICE_TITAN, Duration: text })
      return [durationMinutes, warnings.join()]
    }
    expect([lasts('2 h'), lasts('1:30'), lasts('90 min'), lasts('75'), lasts('0')]).toEqual([[120, ''], [90, ''], [90, ''], [75, ''], [60, '']])
    expect(lasts('2')).toEqual([120, expect.stringContaining('taken for hours')])
    expect(lasts('a morning')).toEqual([60, expect.stringContaining('a morning')])
  })

  it('is of the afternoon where the file says no half of the day, and says so', () => {
    const { 'Start Time': _start, ...rest } = SERVICE_TITAN
    const { window, warnings } = job({ ...rest, 'Arrival Window': '1-3' })
    expect([window.windowStart, window.windowEnd, warnings.join()]).toEqual([780, 900, expect.stringContaining('1\u20133 PM')])
    expect(job({ ...rest, 'Arrival Window': '8-10' }).warnings).toEqual([])
    const split = job({ ...rest, 'Arrival Window': '1:00', 'Window End': '3:00' })
    expect([split.window.windowStart, split.window.windowEnd]).toEqual([780, 900])
    const night = job({ ...rest, 'Arrival Window': '11/24/2026 1:00' })
    expect([night.window.windowStart, night.warnings]).toEqual([60, []])
  })

  it('begins in its window, whichever half of the day the start leaves open', () => {
    const begins = (window: string, start: string) => wall(job({ ...SERVICE_TITAN, 'Arrival Window': window, 'Start Time': start }).planned?.startsAt ?? 0)
    expect([begins('1-3', '1:30'), begins('12-4 PM', '2'), begins('8-10 AM', '9:00'), begins('1-3 PM', '13:15'), begins('8-10 AM', '7:30')]).toEqual(['2026-11-24 810', '2026-11-24 840', '2026-11-24 540', '2026-11-24 795', '2026-11-24 450'])
  })

  it('has a crew where its cell names several, or where another row names another technician', () => {
    const both = job({ ...SERVICE_TITAN, 'Assigned Technicians': 'Bo Diaz, Al Marsh' })
    expect([both.planned?.technicianId, both.crew.map(({ id }) => id), both.warnings]).toEqual(['bo', ['al'], []])
    expect(job({ ...SERVICE_TITAN, 'Assigned Technicians': 'Marsh, Al' })).toMatchObject({ planned: { technicianId: 'al' }, crew: [] })
    const some = job({ ...SERVICE_TITAN, 'Assigned Technicians': 'Zed Zorn and Bo Diaz' })
    expect([some.planned?.technicianId, some.warnings.join()]).toEqual(['bo', expect.stringContaining('Zed Zorn')])

    const [first, second] = [job(SERVICE_TITAN), job({ ...SERVICE_TITAN, 'Assigned Technicians': 'Bo Diaz', Notes: 'Bring the long ladder' })]
    expect(second.jobId).toBe(first.jobId)
    const joined = joinRows(first, second)
    expect([joined.planned?.technicianId, joined.crew.map(({ id }) => id)]).toEqual(['al', ['bo']])
    expect(joined.notes.split('\n')).toEqual([first.notes, 'Bring the long ladder'])
    expect(joinRows(joined, second).crew).toEqual(joined.crew)
    const { 'Job #': _number, ...unnumbered } = SERVICE_TITAN
    expect(job({ ...unnumbered, 'Assigned Technicians': 'Bo Diaz' }).jobId).toBe(job(unnumbered).jobId)
  })

  it('comes in for nobody where the technician is not known, and says so', () => {
    const { planned, warnings } = job({ ...SERVICE_TITAN, 'Assigned Technicians': 'Zed Zorn', Priority: 'Urgentest' })
    expect(planned).toBeNull()
    expect(warnings.join()).toMatch(/Urgentest.*Zed Zorn/)
  })

  it('keeps the place on the map, and passes over the zero that programs write', () => {
    const place = (latitude: string, longitude: string) => job({ ...SERVICE_TITAN, Latitude: latitude, Longitude: longitude }).client.customer.locations[0]
    expect(place('44.052', '-92.981')).toMatchObject({ latitude: 44_052_000, longitude: -92_981_000 })
    expect(place('0', '0')).toMatchObject({ latitude: null, longitude: null })
  })

  it('is the same job whenever it comes, and another on another day', () => {
    expect(job(SERVICE_TITAN).jobId).toBe(job({ ...SERVICE_TITAN, 'Customer Phone': '' }).jobId)
    expect(job({ ...SERVICE_TITAN, 'Scheduled Date': '11/25/2026' }).jobId).not.toBe(job(SERVICE_TITAN).jobId)
  })

  it.each([
    ['a job type that is not here', { 'Job Type': 'Chimney' }, 'no job type'],
    ['no day', { 'Scheduled Date': 'soon' }, 'day can\u2019t be read'],
    ['a window that runs backwards', { 'Arrival Window': '3 PM - 1 PM' }, 'ends before'],
    ['no name', { 'Customer Name': '' }, 'no name'],
  ])('with %s stays out', (_what, cells, reason) => {
    expect(read({ ...SERVICE_TITAN, ...cells })).toMatchObject({ kind: 'bad', reason: expect.stringContaining(reason) as string })
  })
})
