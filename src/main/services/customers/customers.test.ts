import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Page, startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import { newId } from '../../../shared/base/id.ts'
import { addDays } from '../../../shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import type { CustomerPage, TimelineEntry } from '../../../shared/contract/methods/customers.ts'
import type { BookingForm, JobPage } from '../../../shared/contract/methods/jobs.ts'
import type { SearchHit } from '../../../shared/contract/methods/search.ts'

const ZONE = 'America/Chicago'

let backend: TestBackend
let page: Page

beforeEach(async () => {
  backend = startBackend()
  page = backend.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Ivo Marsh', pin: '2468' })
})

afterEach(() => backend.close())

function location(line1: string) {
  return {
    id: newId(),
    kind: 'home',
    line1,
    line2: '',
    city: 'Fairhollow',
    state: 'IL',
    postalCode: '60601',
    zone: ZONE,
    accessNotes: '',
    gateCode: '2290#',
    pets: '',
    latitude: null,
    longitude: null,
    taxZoneId: null,
  }
}

async function addCustomer(firstName: string, lastName: string, phone: string, line1 = '27 Larkspur Court') {
  const place = location(line1)
  const customerId = newId()
  await page.ask('customer.create', {
    customerId,
    kind: 'residential',
    firstName,
    lastName,
    companyName: '',
    leadSource: '',
    phones: [{ id: newId(), value: phone, label: 'mobile' }],
    emails: [],
    location: place,
  })
  return { customerId, locationId: place.id }
}

async function book(of: { readonly customerId: string; readonly locationId: string }): Promise<string> {
  const form = await page.ask<BookingForm>('booking.form')
  const jobType = form.jobTypes[0]
  if (!jobType?.defaultItem) throw new Error('A new company starts with job types that have a first line')
  const day = addDays(wallTimeOf(Date.now(), ZONE).day, 1)
  const jobId = newId()
  await page.ask('job.book', {
    jobId,
    ...of,
    businessUnitId: jobType.businessUnitId,
    jobTypeId: jobType.id,
    priorityId: jobType.defaultPriorityId,
    summary: 'Upstairs not cooling.',
    notes: '',
    plannedPayment: 'check',
    lines: [{ id: newId(), priceItemId: jobType.defaultItem.id, kind: 'service', description: '', quantity: 1000 }],
    appointment: { id: newId(), windowDay: day, windowStart: 960, windowEnd: 1080, zone: ZONE, windowStartsAt: instantOf(day, 960, ZONE), windowEndsAt: instantOf(day, 1080, ZONE), durationMinutes: 90 },
    callId: null,
    readBack: true,
    confirmation: true,
  })
  return jobId
}

describe('a customer\u2019s page', () => {
  it('holds reach, places, notes pinned first, promises, the next visit and money', async () => {
    const martin = await addCustomer('Martin', 'Okonjo', '+15550146638')
    await addCustomer('Ada', 'Okonjo', '+15550146638', '9 Harbor Row')
    await page.ask('note.add', { noteId: newId(), subjectKind: 'customer', subjectId: martin.customerId, body: 'Baby sleeps 1\u20133 PM.', pinned: true })
    await page.ask('note.add', { noteId: newId(), subjectKind: 'location', subjectId: martin.locationId, body: 'Park in the drive.', pinned: false })
    const jobId = await book(martin)
    const shown = await page.ask<CustomerPage>('customers.get', { customerId: martin.customerId })
    expect(shown).toMatchObject({ name: 'Martin Okonjo', phones: [{ value: '+15550146638', sharedWith: [{ name: 'Ada Okonjo' }] }], counts: { jobs: 1, invoices: 0 } })
    expect(shown.notes.map(({ body, author }) => [body, author])).toEqual([['Baby sleeps 1\u20133 PM.', 'Ivo Marsh'], ['Park in the drive.', 'Ivo Marsh']])
    expect(shown.promises.length).toBeGreaterThan(0)
    expect(shown.nextVisit).toMatchObject({ jobId, plannedPayment: 'Check', state: 'scheduled' })
    expect(shown.money).toEqual({ balanceCents: 0, creditCents: 0, paidLastYearCents: 0, overdueCents: 0 })
  })

  it('calls a promise by what its record is called', async () => {
    const { customerId } = await addCustomer('Martin', 'Okonjo', '+15550146638')
    const task = { taskId: newId(), title: 'Ask about the muddy boots', type: 'complaint', callId: null, assigneeId: null, role: 'owner', dueAt: Date.now() + 3_600_000, remindAt: null, priority: 'high', related: { kind: 'customer', id: customerId }, notes: '', signOffWanted: false, steps: [] }
    await page.ask('task.create', task)
    await page.ask('alert.raise', { alertId: newId(), kind: 'gas', noticedBy: 'words', summary: 'Smells gas', caller: 'Martin Okonjo', place: '', callId: null, customerId, locationId: null })
    const { promises } = await page.ask<CustomerPage>('customers.get', { customerId })
    expect(promises.map(({ title }) => title)).toEqual(['Emergency: Gas', 'Complaint: Ask about the muddy boots'])
  })

  it('tells what was changed, from what to what and by whom', async () => {
    const { customerId } = await addCustomer('Martin', 'Okonjo', '+15550146638')
    await page.ask('customer.change', { customerId, set: { lastName: 'Okonjo-Reyes' } })
    const { entries } = await page.ask<{ entries: TimelineEntry[] }>('customers.timeline', { customerId, kind: 'change' })
    expect(entries).toMatchObject([
      { title: 'Last name changed', detail: 'From Okonjo to Okonjo-Reyes', who: 'Ivo Marsh' },
      { title: 'Customer added', who: 'Ivo Marsh' },
    ])
  })

  it('says so where there is no such customer', async () => {
    await expect(page.ask('customers.get', { customerId: newId() })).rejects.toMatchObject({ error: { code: 'customer.unknown' } })
  })
})

describe('duplicates while typing', () => {
  const nothing = { phones: [], emails: [], firstName: '', lastName: '', companyName: '', line1: '', postalCode: '' }

  it('are found by phone, address and a like name at the same ZIP, with the reasons', async () => {
    const { customerId } = await addCustomer('Martin', 'Okonjo', '+15550146638')
    const ask = (typed: object) => page.ask<{ matches: { customerId: string; why: string[] }[] }>('customers.duplicates', { ...nothing, ...typed })
    expect((await ask({ phones: ['(555) 014-6638'] })).matches).toMatchObject([{ customerId, why: ['same phone (555) 014-6638'] }])
    expect((await ask({ line1: '27 LARKSPUR COURT', postalCode: '60601', firstName: 'Martn', lastName: 'Okonjo' })).matches).toMatchObject([
      { why: ['same address', 'like name at this ZIP'] },
    ])
    expect((await ask({ firstName: 'Martin', lastName: 'Okonjo' })).matches).toMatchObject([{ customerId, why: ['like name'] }])
    expect((await ask({ firstName: 'Martin' })).matches).toEqual([])
    expect((await ask({ line1: '27 larkspur ct' })).matches).toMatchObject([{ customerId, why: ['same street in Fairhollow'] }])
    expect((await ask({ line1: '27 Larkspur Ct.', postalCode: '60601' })).matches).toMatchObject([{ customerId, why: ['same address'] }])
    expect((await ask({ line1: '29 Larkspur Court', postalCode: '60601' })).matches).toEqual([])
    expect((await ask({ phones: ['555 014 6638'], except: customerId })).matches).toEqual([])
  })
})

describe('search', () => {
  const find = async (text: string) => (await page.ask<{ hits: SearchHit[] }>('search.query', { text })).hits

  it('finds a name in any order by its beginnings, an address, a part of a number, a job number', async () => {
    const { customerId } = await addCustomer('Martin', 'Okonjo', '+15550146638')
    await addCustomer('Priya', 'Natarajan', '+15550142210', '418 Juniper Bend')
    const jobId = await book({ customerId, locationId: (await page.ask<CustomerPage>('customers.get', { customerId })).locations[0]?.id ?? '' })
    const job = await page.ask<JobPage>('jobs.get', { jobId })
    for (const typed of ['okon mart', 'MARTIN', '6638', '014-66', '(555) 014-6638', '+1 555 014 6638', 'martin 6638']) {
      expect((await find(typed))[0], typed).toMatchObject({ kind: 'customer', id: customerId })
    }
    expect((await find('juniper 418'))[0]).toMatchObject({ kind: 'location', title: '418 Juniper Bend, Fairhollow', detail: 'Priya Natarajan' })
    expect((await find(job.number))[0]).toMatchObject({ kind: 'job', id: jobId })
    expect(await find('66')).toEqual([])
    expect(await find('"NEAR(* OR')).toEqual([])
  })
})

describe('lists and forms', () => {
  it('lists customers by what changed last, or by what was typed', async () => {
    const first = await addCustomer('Martin', 'Okonjo', '+15550146638')
    await addCustomer('Priya', 'Natarajan', '+15550142210', '418 Juniper Bend')
    const list = (input: object) => page.ask<{ rows: { name: string }[]; total: number }>('customers.list', input)
    expect((await list({ order: 'name' })).rows.map(({ name }) => name)).toEqual(['Martin Okonjo', 'Priya Natarajan'])
    expect(await list({ text: 'juniper' })).toMatchObject({ total: 1, rows: [{ name: 'Priya Natarajan', phone: '+15550142210' }] })
    await page.ask('customer.change', { customerId: first.customerId, set: { archived: true } })
    expect((await list({})).total).toBe(1)
  })

  it('fills city and state from the ZIP of the office\u2019s own locations', async () => {
    await addCustomer('Martin', 'Okonjo', '+15550146638')
    expect(await page.ask('customers.placeOfZip', { postalCode: '60601' })).toMatchObject({ place: { city: 'Fairhollow', state: 'IL', locations: 1 }, zone: ZONE })
    expect(await page.ask('customers.placeOfZip', { postalCode: '99999' })).toMatchObject({ place: null, area: { standing: 'unknown' } })
  })

  it('says inside or outside at once, and fills the city of a ZIP code where nobody lives yet', async () => {
    await page.ask('serviceArea.save', { prefixes: ['60699'], city: 'Millport', state: 'IL', inside: false, note: 'Call Millport Heating.' })
    await page.ask('serviceArea.save', { prefixes: ['606'], city: '', state: '', inside: true, note: '' })
    const ask = (postalCode: string) => page.ask('customers.placeOfZip', { postalCode })
    expect(await ask('60699-1234')).toMatchObject({ place: { city: 'Millport', state: 'IL', locations: 0 }, area: { standing: 'outside', sentence: '60699-1234 (Millport, IL) is outside the service area. Call Millport Heating.' } })
    expect(await ask('60601')).toMatchObject({ place: null, area: { standing: 'inside', sentence: '60601 is inside the service area.' } })
    expect(await page.ask('serviceArea.list')).toMatchObject({ rows: [{ prefix: '606', inside: true }, { prefix: '60699', inside: false }] })
  })

  it('shows flags, reach and answers wherever the customer shows', async () => {
    const { customerId } = await addCustomer('Martin', 'Okonjo', '+15550146638')
    await page.ask('customer.flag', { customerId, flag: 'badDebt', raised: true, reason: 'Three checks came back.' })
    await page.ask('customer.change', { customerId, set: { language: 'es', bestTime: 'After five', preferredChannel: 'text' } })
    await page.ask('consent.record', { consentId: newId(), customerId, channel: 'text', purpose: 'marketing', granted: false, way: 'reply', words: 'STOP' })
    expect(await page.ask('customers.get', { customerId })).toMatchObject({
      badDebt: true,
      language: 'es',
      bestTime: 'After five',
      preferredChannel: 'text',
      flagChanges: [{ flag: 'badDebt', raised: true, reason: 'Three checks came back.', by: 'Ivo Marsh' }],
      consents: [{ channel: 'text', purpose: 'marketing', granted: false, words: 'STOP', by: 'Ivo Marsh' }],
    })
    expect((await page.ask<{ hits: SearchHit[] }>('search.query', { text: 'okonjo' })).hits[0]).toMatchObject({ flag: 'Bad debt' })
    expect((await page.ask<{ rows: object[] }>('customers.list', {})).rows).toMatchObject([{ badDebt: true }])
    const { entries } = await page.ask<{ entries: TimelineEntry[] }>('customers.timeline', { customerId, kind: 'change' })
    expect(entries.map(({ detail }) => detail)).toContain('From no to yes')
  })

  it('hides prices from those who book without them', async () => {
    const csrId = newId()
    await page.ask('user.add', { id: csrId, name: 'Rosa Quill', roles: ['inboundCsr'] })
    const owner = await page.ask<BookingForm>('booking.form')
    expect(owner.pricesHidden).toBe(false)
    expect((await page.ask<{ items: { priceCents: number | null }[] }>('booking.items', { text: 'e' })).items[0]?.priceCents).toEqual(expect.any(Number))
  })
})
