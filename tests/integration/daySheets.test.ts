import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pageCount } from '../../src/main/pdf/fonts.ts'
import { newId } from '../../src/shared/base/id.ts'
import { HOUR } from '../../src/shared/base/time.ts'
import { instantOf } from '../../src/shared/base/zone.ts'
import type { OutputOf } from '../../src/renderer/api/types.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'
import { HandTimers } from '../support/handTimers.ts'

const ZONE = 'America/Chicago'
const DAY = '2026-07-14'
const at = (hour: number): number => instantOf(DAY, 0, ZONE) + hour * HOUR

describe('day sheets', () => {
  let directory: string
  let timers: HandTimers
  let office: TestBackend
  let page: Page
  const id = { unit: newId(), priority: newId(), type: newId(), al: newId(), bea: newId(), customer: newId(), location: newId() }

  const book = async (start: number, technicianId: string | null): Promise<string> => {
    const visit = newId()
    await page.ask('job.book', {
      jobId: newId(),
      customerId: id.customer,
      locationId: id.location,
      businessUnitId: id.unit,
      jobTypeId: id.type,
      priorityId: id.priority,
      summary: 'No cool upstairs',
      notes: '',
      plannedPayment: 'check',
      lines: [{ id: newId(), priceItemId: null, kind: 'service', description: 'Diagnosis', quantity: 1000, unitPriceCents: 8900, unitCostCents: 0, taxable: false }],
      appointment: { id: visit, windowDay: DAY, windowStart: start * 60, windowEnd: (start + 2) * 60, zone: ZONE, windowStartsAt: at(start), windowEndsAt: at(start + 2), durationMinutes: 60 },
      callId: null,
      readBack: true,
      confirmation: false,
    })
    if (technicianId !== null) await page.ask('appointment.assign', { appointmentId: visit, technicianId, startsAt: at(start), endsAt: at(start + 1), overbookAccepted: false })
    return visit
  }

  const kept = (): Promise<OutputOf<'daySheets.kept'>> => page.ask<OutputOf<'daySheets.kept'>>('daySheets.kept', {})
  const filesOf = (day: string): readonly string[] => readdirSync(join(directory, 'day-sheets', day)).toSorted()

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'baton-sheets-'))
    timers = new HandTimers(at(7))
    office = startBackend({ directory, now: timers.now, ports: { timers } })
    page = office.page()
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: '4711' })
    await page.ask('businessUnit.save', { id: id.unit, name: 'HVAC', position: 0, accountClass: 'HVAC', active: true })
    await page.ask('priority.save', { id: id.priority, name: 'High', rank: 2, rule: 'Hot', respondWithinMinutes: 480, active: true })
    await page.ask('jobType.save', { id: id.type, name: 'No cooling', businessUnitId: id.unit, durationMinutes: 60, skills: ['Cooling'], defaultPriorityId: id.priority, defaultItemId: null, active: true })
    const shifts = Array.from({ length: 7 }, (_, weekday) => ({ weekday, start: 7 * 60, end: 19 * 60 }))
    for (const [technician, name] of [[id.al, 'Al'], [id.bea, 'Bea/Ann']] as const) {
      await page.ask('technician.save', { id: technician, name, businessUnitId: id.unit, skills: ['Cooling'], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true })
    }
    const location = { id: id.location, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '4451', pets: 'Big dog', latitude: null, longitude: null, taxZoneId: null }
    await page.ask('customer.create', { customerId: id.customer, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550148823', label: 'cell' }], emails: [], location })
  })

  afterEach(async () => {
    await office.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('lists who has how many visits, and what nobody has', async () => {
    await book(10, id.al)
    await book(8, id.al)
    await book(12, null)
    const day = await page.ask<OutputOf<'daySheets.day'>>('daySheets.day', { day: DAY })
    expect(day.technicians).toMatchObject([{ name: 'Al', visits: 2, firstAt: at(8) }, { name: 'Bea/Ann', visits: 0, firstAt: null }])
    expect(day.nobodys).toBe(1)
  })

  it('hands out a technician\u2019s day as a calendar with the place, the way in and the telephone, and no price', async () => {
    const visit = await book(8, id.al)
    const { name } = await page.ask<OutputOf<'daySheets.hand'>>('daySheets.hand', { form: 'calendar', day: DAY, technicianId: id.al })
    expect(name).toBe('day-2026-07-14-Al.ics')
    const text = new TextDecoder().decode(office.files[0]?.bytes).replaceAll('\r\n ', '')
    expect(text).toContain(`UID:${visit}.${id.al}@baton`)
    expect(text).toContain('DTSTART:20260714T130000Z')
    expect(text).toContain('LOCATION:61 Saltbrook Lane\\, Fairhollow\\, IL 60601')
    expect(text).toContain('Gate code: 4451')
    expect(text).toContain('(555) 014-8823')
    expect(text).toContain('Diagnosis')
    expect(text.split('\r\n').find((line) => line.startsWith('DESCRIPTION'))).not.toMatch(/89|\$/)
  })

  it('prints everybody with a page each, and the visits that nobody has', async () => {
    await book(8, id.al)
    await book(8, id.bea)
    await book(12, null)
    await page.ask('daySheets.hand', { form: 'pdf', day: DAY, technicianId: null })
    expect(office.files[0]).toMatchObject({ name: 'day-2026-07-14-everybody.pdf', mime: 'application/pdf' })
    expect(pageCount(office.files[0]?.bytes ?? new Uint8Array())).toBe(3)
    await page.ask('daySheets.hand', { form: 'pdf', day: DAY, technicianId: id.al })
    expect(pageCount(office.files[1]?.bytes ?? new Uint8Array())).toBe(1)
    await expect(page.ask('daySheets.hand', { form: 'pdf', day: '2026-07-20', technicianId: null })).rejects.toThrow('nothing to print')
  }, 60_000)

  it('keeps today and tomorrow by itself, makes them again after changes and in the evening, and drops what is old', async () => {
    const keeper = office.backend.services?.schedules
    await book(8, id.al)
    await keeper?.look()
    expect(filesOf(DAY)).toEqual(['Al.ics', 'everybody.pdf', 'made.json'])
    // Nothing is planned for tomorrow: the empty list says that it was looked at.
    expect(filesOf('2026-07-15')).toEqual(['made.json'])
    expect((await kept()).days.map(({ day, madeAt }) => [day, madeAt])).toEqual([[DAY, at(7)], ['2026-07-15', at(7)]])

    await book(10, id.bea)
    await keeper?.look()
    expect(filesOf(DAY)).not.toContain('Bea Ann.ics')
    await timers.pass(15 * 60_000)
    await keeper?.look()
    expect(filesOf(DAY)).toContain('Bea Ann.ics')
    expect(readFileSync(join(directory, 'day-sheets', DAY, 'everybody.pdf')).subarray(0, 5).toString()).toBe('%PDF-')

    await timers.pass(10 * HOUR)
    await keeper?.look()
    expect((await kept()).days[0]?.madeAt).toBe(at(17.25))
    await timers.pass(48 * HOUR)
    await keeper?.look()
    expect((await kept()).days.map(({ day }) => day)).toEqual(['2026-07-15', '2026-07-16', '2026-07-17'])
    expect((await kept()).trouble).toBeNull()
  }, 60_000)

  it('says in a sentence why they could not be made, and is made once that is mended', async () => {
    await book(8, id.al)
    writeFileSync(join(directory, 'day-sheets'), 'in the way')
    await page.ask('daySheets.keepNow', {})
    expect((await kept()).trouble).toContain('could not be made')
    rmSync(join(directory, 'day-sheets'))
    expect(await page.ask('daySheets.keepNow', {})).toMatchObject({ trouble: null, folder: join(directory, 'day-sheets') })
    expect(filesOf(DAY)).toContain('everybody.pdf')
  }, 60_000)
})
