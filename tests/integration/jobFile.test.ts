import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import type { IsoDay } from '../../src/shared/base/time.ts'
import { instantOf } from '../../src/shared/base/zone.ts'
import type { BoardDay } from '../../src/shared/contract/methods/dispatch.ts'
import type { JobFilePreview } from '../../src/shared/contract/methods/jobFile.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

const ZONE = 'America/Chicago'
const TODAY: IsoDay = '2026-07-14'
const at = (minute: number): number => instantOf(TODAY, minute, ZONE)

const HEADINGS = ['Job #', 'Customer Name', 'Customer Phone', 'Location Address', 'City', 'State', 'Zip', 'Job Type', 'Date', 'Arrival Window', 'Duration', 'Technician', 'Gate Code', 'Access']
const csv = (...rows: readonly (readonly string[])[]): string => [HEADINGS, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')

/** A visit of one customer, with what differs. */
const visit = (number: string, window: string, technician: string, gate = '', access = ''): readonly string[] =>
  [number, 'Omar Castellan', '(555) 014-9027', '61 Saltbrook Lane', 'Fairhollow', 'IL', '60601', 'No cooling', '7/14/2026', window, '1:30', technician, gate, access]

describe('booked jobs of a file', () => {
  let backend: TestBackend
  let page: Page
  const [unitId, priorityId, theo, lena, locationId] = [newId(), newId(), newId(), newId(), newId()]

  const upload = async (text: string): Promise<string> => {
    const uploadId = newId()
    await page.ask('import.upload', { uploadId, fileName: 'jobs.csv', part: 0, last: true, base64: Buffer.from(text).toString('base64') })
    return uploadId
  }
  const bringIn = async (text: string) => page.ask<{ readonly jobs: number; readonly known: number; readonly unplanned: readonly { readonly why: string }[] }>('jobFile.bringIn', { uploadId: await upload(text), columns: null, operationId: newId(), plannedPayment: 'check' })
  const rows = <Row>(sql: string): readonly Row[] => {
    const { services } = backend.backend
    if (!services) throw new Error('The backend did not start')
    return services.store.prepare(sql).all() as Row[]
  }
  const places = () => rows<{ gate_code: string; access_notes: string }>('SELECT gate_code, access_notes FROM location')

  beforeEach(async () => {
    backend = startBackend({ now: () => at(7 * 60) })
    page = backend.page()
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: '4711' })
    await page.ask('businessUnit.save', { id: unitId, name: 'HVAC', position: 0, accountClass: 'HVAC', active: true })
    await page.ask('priority.save', { id: priorityId, name: 'High', rank: 2, rule: 'Hot', respondWithinMinutes: 480, active: true })
    await page.ask('jobType.save', { id: newId(), name: 'No cooling', businessUnitId: unitId, durationMinutes: 60, skills: [], defaultPriorityId: priorityId, defaultItemId: null, active: true })
    const shifts = Array.from({ length: 7 }, (_, weekday) => ({ weekday, start: 480, end: 1020 }))
    for (const [position, { id, name }] of [{ id: theo, name: 'Theo Barnard' }, { id: lena, name: 'Lena Ruiz' }].entries()) {
      await page.ask('technician.save', { id, name, businessUnitId: unitId, skills: [], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position, active: true })
    }
  })
  afterEach(() => backend.close())

  it('have everybody on them whom the file names in a row each, and come in once', async () => {
    const file = csv(visit('71044', '8-10 AM', 'Theo Barnard'), visit('71044', '8-10 AM', 'Lena Ruiz'), visit('71045', '1-3', 'Lena Ruiz'), visit('71045', '1-3', 'Lena Ruiz'))
    expect(await page.ask<JobFilePreview>('jobFile.preview', { uploadId: await upload(file), columns: null })).toMatchObject({ jobs: 2, planned: 2, known: 1, sample: [{ technician: 'Theo Barnard, Lena Ruiz' }, { technician: 'Lena Ruiz' }] })
    expect(await bringIn(file)).toMatchObject({ jobs: 2, unplanned: [] })
    const { planned } = await page.ask<BoardDay>('board.day', { day: TODAY })
    expect(planned.map(({ technicianId, crewIds, startsAt, endsAt }) => ({ technicianId, crewIds, startsAt, endsAt })).toSorted((left, right) => (left.startsAt ?? 0) - (right.startsAt ?? 0))).toEqual([
      { technicianId: theo, crewIds: [lena], startsAt: at(480), endsAt: at(570) },
      { technicianId: lena, crewIds: [], startsAt: at(780), endsAt: at(870) },
    ])
    expect(await bringIn(file)).toMatchObject({ jobs: 0 })
  })

  it('say who can\u2019t go along', async () => {
    const { unplanned } = await bringIn(csv(visit('1', '8-10 AM', 'Lena Ruiz'), visit('2', '8-10 AM', 'Theo Barnard, Lena Ruiz')))
    expect(unplanned).toEqual([{ name: 'Omar Castellan', why: expect.stringMatching(/^Lena Ruiz does not go along: /) as string }])
  })

  it('keep the gate code and the access of a place that is new, from whichever row', async () => {
    await bringIn(csv(visit('1', '8-10 AM', ''), visit('2', '1-3 PM', '', '4711#', 'Side door')))
    expect(places()).toEqual([{ gate_code: '4711#', access_notes: 'Side door' }])
  })

  it('add them to a place that is here, and note on the visit what stands otherwise there', async () => {
    const location = { id: locationId, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: 'Front door', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
    await page.ask('customer.create', { customerId: newId(), kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550149027', label: 'mobile' }], emails: [], location })
    await bringIn(csv(visit('1', '8-10 AM', '', '4711#', 'Side door')))
    expect(places()).toEqual([{ gate_code: '4711#', access_notes: 'Front door' }])
    expect(rows<{ notes: string }>('SELECT notes FROM job').map(({ notes }) => notes)).toEqual([expect.stringContaining('Access in the file: Side door')])
  })
})
