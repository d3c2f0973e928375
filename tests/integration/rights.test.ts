import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { formatMoney } from '../../src/shared/base/money.ts'
import { addDays } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import { METHODS } from '../../src/shared/contract/methods.ts'
import { refusedChangeId } from '../../src/shared/domain/attention/commands.ts'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import { PERMISSIONS, ROLE_PERMISSIONS, ROLES, type Role, SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'
import { queueId } from '../../src/shared/domain/promises/defaultQueues.ts'
import { type Page, RefusedError, startBackend, type TestBackend } from '../support/backend.ts'
import { reportedToHub } from '../support/reportedToHub.ts'

const ZONE = 'America/Chicago'
const PIN = '4711'

/** Cents that occur nowhere else: if one of them turns up, a price got out. */
const SECRET = { finalPrice: 77_777, draftPrice: 55_555, cost: 33_333 } as const

interface Ids {
  readonly customerId: string
  readonly jobId: string
  readonly draftJobId: string
  readonly invoiceId: string
  readonly draftId: string
  readonly appointmentId: string
  readonly jobTypeId: string
  readonly technicianId: string
  readonly queueId: string
  readonly day: string
  readonly at: number
}

async function signedIn(office: TestBackend, owner: Page, role: Role): Promise<Page> {
  const userId = newId()
  await owner.ask('user.add', { id: userId, name: `The ${role}`, roles: [role] })
  await owner.ask('people.setPin', { userId, pin: PIN })
  const page = office.page()
  await page.ask('session.signIn', { userId, pin: PIN })
  return page
}

/** An office with one invoice finalized and paid in part, and one in draft. */
async function openOffice(page: Page): Promise<Ids> {
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: PIN })
  const id = { unit: newId(), priority: newId(), jobType: newId(), technician: newId(), customer: newId(), location: newId(), final: newId(), draft: newId() }
  await page.ask('businessUnit.save', { id: id.unit, name: 'HVAC', position: 0, accountClass: 'HVAC', active: true })
  await page.ask('priority.save', { id: id.priority, name: 'Normal', rank: 3, rule: '', respondWithinMinutes: 2880, active: true })
  const item = (itemId: string, code: string, priceCents: number) =>
    page.ask('priceItem.save', { id: itemId, code, name: `Item ${code}`, description: '', kind: 'service', businessUnitId: null, priceCents, costCents: SECRET.cost, taxable: false, active: true })
  await item(id.final, 'ONE', SECRET.finalPrice)
  await item(id.draft, 'TWO', SECRET.draftPrice)
  await page.ask('jobType.save', { id: id.jobType, name: 'Service', businessUnitId: id.unit, durationMinutes: 90, skills: [], defaultPriorityId: id.priority, defaultItemId: id.final, active: true })
  await page.ask('technician.save', { id: id.technician, name: 'Theo Barnard', businessUnitId: id.unit, skills: [], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true })
  const location = { id: id.location, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
  await page.ask('customer.create', { customerId: id.customer, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550149027', label: 'mobile' }], emails: [], location })
  const day = addDays(wallTimeOf(Date.now(), ZONE).day, 1)
  const at = instantOf(day, 480, ZONE)
  const done = async (priceItemId: string, start: number) => {
    const [jobId, appointmentId, invoiceId] = [newId(), newId(), newId()]
    const startsAt = instantOf(day, start, ZONE)
    await page.ask('job.book', {
      jobId,
      customerId: id.customer,
      locationId: id.location,
      businessUnitId: id.unit,
      jobTypeId: id.jobType,
      priorityId: id.priority,
      summary: 'No cool upstairs',
      notes: '',
      plannedPayment: 'check',
      lines: [{ id: newId(), priceItemId, kind: 'service', description: '', quantity: 1000 }],
      appointment: { id: appointmentId, windowDay: day, windowStart: start, windowEnd: start + 120, zone: ZONE, windowStartsAt: startsAt, windowEndsAt: instantOf(day, start + 120, ZONE), durationMinutes: 90 },
      callId: null,
      readBack: true,
      confirmation: true,
    })
    await page.ask('appointment.assign', { appointmentId, technicianId: id.technician, startsAt, endsAt: startsAt + 5_400_000, overbookAccepted: true })
    for (const to of ['dispatched', 'working', 'done']) await page.ask('appointment.changeState', { appointmentId, to, reason: '' })
    await page.ask('appointment.closeOut', { appointmentId, notes: 'Runs quietly' })
    await page.ask('invoice.draft', { invoiceId, jobId })
    return { jobId, appointmentId, invoiceId }
  }
  const final = await done(id.final, 480)
  const draft = await done(id.draft, 720)
  const { proposal } = await page.ask<{ proposal: { day: string } }>('invoice.get', { invoiceId: final.invoiceId })
  await page.ask('invoice.finalize', { invoiceId: final.invoiceId, ...proposal })
  await page.ask('payment.record', { paymentId: newId(), customerId: id.customer, invoiceId: final.invoiceId, form: 'cash', amountCents: 10_000, checkNumber: null, memo: '', day: proposal.day })
  const { queues } = await page.ask<{ queues: readonly { id: string; key: string }[] }>('queues.list')
  const queueId = queues.find(({ key }) => key.includes('collect'))?.id ?? queues[0]?.id ?? ''
  return { customerId: id.customer, jobId: final.jobId, draftJobId: draft.jobId, invoiceId: final.invoiceId, draftId: draft.invoiceId, appointmentId: final.appointmentId, jobTypeId: id.jobType, technicianId: id.technician, queueId, day, at }
}

/** Where a secret shows, as a number of cents or in words. */
function leaksIn(answer: unknown, path = ''): readonly string[] {
  const secrets = Object.values(SECRET)
  if (typeof answer === 'number') return secrets.some((secret) => secret === Math.abs(answer)) ? [`${path} = ${answer}`] : []
  if (typeof answer === 'string') return secrets.some((secret) => answer.replace(/[,.$]/g, '').includes(String(secret))) ? [`${path} = ${answer}`] : []
  return typeof answer === 'object' && answer !== null ? Object.entries(answer).flatMap(([key, value]) => leaksIn(value, `${path}.${key}`)) : []
}

let rings = 0
/** The customer calls. */
function ring(): string {
  const externalId = `test:${++rings}`
  office.phone.say({ kind: 'call', call: { externalId, direction: 'in', lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber: '+15550149027', offeredAt: Date.now(), practice: false, state: 'offered', ringMs: 0 } })
  return callIdOf(office.backend.services?.store.companyId ?? '', externalId)
}

/** Changes that the hub could not let stand, with every price that their inputs and sentences can hold. */
function refuseWithPrices(): readonly string[] {
  const report = (commandName: string, input: unknown, message = `It comes to ${formatMoney(SECRET.finalPrice)}.`): string => {
    const commandId = newId()
    const outcome = office.backend.services?.run({
      name: 'change.refused',
      actorId: SYSTEM_ACTOR,
      input: { commandId, commandName, commandVersion: COMMANDS.get(commandName)?.version ?? 1, input, numbers: {}, at: Date.now(), deviceId: newId(), actorId: newId(), kind: 'refused', code: 'test.refused', message, subject: null, amountCents: null, causeId: null },
    })
    expect(outcome?.kind).toBe('accepted')
    return refusedChangeId(commandId)
  }
  const { jobId, draftJobId, invoiceId, draftId } = ids
  const line = { id: newId(), lineId: newId(), priceItemId: null, kind: 'service', description: 'Blower motor', quantity: 1000, unitPriceCents: SECRET.draftPrice, unitCostCents: SECRET.cost, taxable: false, reason: '' }
  return [
    report('priceItem.save', { id: newId(), code: 'NEW', name: 'Blower motor', description: '', kind: 'service', businessUnitId: null, priceCents: SECRET.finalPrice, costCents: SECRET.cost, taxable: false, active: true }),
    report('invoice.saveLine', { invoiceId: draftId, ...line }),
    report('job.saveLine', { jobId: draftJobId, ...line }),
    report('invoice.finalize', { invoiceId, day: ids.day, dueDay: ids.day, dueAt: ids.at }),
    report('invoice.draft', { invoiceId: draftId, jobId: draftJobId }),
    report('job.cancel', { jobId, reason: 'Sold' }),
    report('gone.command', { priceCents: SECRET.finalPrice, lines: [line] }),
  ]
}

/** Something to do about an invoice, which everybody sees. */
async function taskAbout(invoiceId: string): Promise<string> {
  const taskId = newId()
  await owner.ask('task.create', { taskId, title: 'Ask about the invoice', type: 'verifyPayment', callId: null, assigneeId: null, role: 'inboundCsr', dueAt: Date.now() + 3_600_000, remindAt: Date.now(), priority: 'normal', related: { kind: 'invoice', id: invoiceId }, notes: '', signOffWanted: false, steps: [] })
  return taskId
}

/** A manual for everybody, and a special that names a price. */
async function manualToRead(): Promise<string> {
  const manualId = newId()
  await owner.ask('manual.save', { manualId, name: 'CSR manual', body: 'Answer within three rings.', roles: ROLES })
  await owner.ask('manual.publish', { manualId, versionId: newId(), note: '', readByAt: Date.now() + 3_600_000 })
  await owner.ask('special.save', { id: newId(), name: 'Tune-up', kind: 'special', words: `Tune-ups for ${formatMoney(SECRET.finalPrice)}.`, fromDay: ids.day, toDay: ids.day, businessUnitId: null, active: true })
  return manualId
}

/** A draft that the owner typed, with the prices the owner sees: kept here, and handed to whoever answers the telephone. */
async function draftWithPrices(): Promise<string> {
  const handedId = newId()
  const special = { id: newId(), name: 'Tune-up', words: `Tune-ups for ${formatMoney(SECRET.finalPrice)}.` }
  const body = JSON.stringify({ lines: [{ id: newId(), name: 'Item ONE', priceCents: SECRET.finalPrice }], pin: { form: { jobTypes: [{ defaultItem: { priceCents: SECRET.draftPrice } }] }, words: { specials: [special] } } })
  await owner.ask('draft.keep', { key: 'new/by/owner', revision: 1, body })
  await owner.ask('draft.handOver', { handedId, who: 'New caller', about: 'AC not cooling', callId: null, customerId: null, body, note: '', toUserId: null, toRole: 'inboundCsr' })
  return handedId
}

async function leadAtHand(): Promise<string> {
  const [sourceId, leadId] = [newId(), newId()]
  const nothing = { line1: '', line2: '', city: '', region: '', postalCode: '', wish: '', subject: '', campaign: '', windows: [], answers: [], details: [], files: [], messages: [], chatOver: false }
  await owner.ask('lead.receive', { ...nothing, leadId, sourceId, sourceName: 'Angi', channel: 'web', role: 'inboundCsr', externalId: leadId, receivedAt: Date.now(), contactBy: Date.now() + 300_000, name: 'Omar Castellan', phones: [], email: '', jobTypeId: ids.jobTypeId, words: 'No cool upstairs' })
  return leadId
}

async function waitingForATime(): Promise<string> {
  const entryId = newId()
  await owner.ask('waitList.add', { entryId, customerId: ids.customerId, locationId: null, jobTypeId: ids.jobTypeId, callId: null, summary: 'No cool upstairs', phone: '+15550149027', fromDay: ids.day, toDay: ids.day, part: 'any', callBackBy: Date.now() + 3_600_000 })
  return entryId
}

/** Money for a customer who is not there, as another workstation took it; what is paid is no price. */
function takeForNobody(): string {
  const paymentId = newId()
  const { services } = office.backend
  if (!services) throw new Error('The backend did not start')
  reportedToHub(services.store, 'payment.record', { paymentId, customerId: newId(), invoiceId: ids.invoiceId, form: 'cash', amountCents: 12_500, checkNumber: null, memo: '', day: ids.day }, newId())
  return paymentId
}

const anyInput = { id: newId(), callId: newId(), customerId: newId(), jobId: newId(), invoiceId: newId(), batchId: newId(), appointmentId: newId() }

let office: TestBackend
let owner: Page
let ids: Ids

beforeAll(async () => {
  office = startBackend()
  owner = office.page()
  ids = await openOffice(owner)
})

afterAll(() => office.close())

async function codeOf(page: Page, method: string, input: unknown = {}): Promise<string> {
  try {
    await page.ask(method, input)
    return 'answered'
  } catch (error) {
    return error instanceof RefusedError ? error.error.code : String(error)
  }
}

describe('nobody', () => {
  it('gets nothing but the door', async () => {
    const page = office.page()
    const open = [...METHODS.values()].filter(({ permission }) => permission === null).map(({ name }) => name)
    expect(open.toSorted()).toEqual(['company.setUp', 'company.startSample', 'hub.enrol', 'hub.look', 'hub.state', 'session.lock', 'session.signIn', 'session.state'])
    for (const name of [...METHODS.keys(), ...COMMANDS.keys()]) {
      if (!open.includes(name)) expect([name, await codeOf(page, name, anyInput)]).toEqual([name, 'session.signedOut'])
    }
    expect(await codeOf(page, 'company.setUp', { companyName: 'Second', zone: ZONE, ownerName: 'Eve', pin: '0000' })).toBe('company.exists')
    expect(await codeOf(page, 'company.startSample')).toBe('company.exists')
    // What a workstation holds goes to a hub, or is put aside for another company's, by an owner and nobody else.
    expect(await codeOf(page, 'hub.look', { code: 'baton1.e30' })).toBe('people.notAllowed')
    expect(await codeOf(page, 'hub.enrol', { code: 'baton1.e30', name: 'Front desk' })).toBe('people.notAllowed')
  })

  it('hears of no caller, signed out or locked', async () => {
    const [never, locked] = [office.page(), office.page()]
    const { people } = await never.ask<{ people: readonly { userId: string; hasPin: boolean }[] }>('session.state')
    await locked.ask('session.signIn', { userId: people.find(({ hasPin }) => hasPin)?.userId, pin: PIN })
    await locked.ask('session.lock', { reason: 'asked' })
    ring()
    await Promise.all([never, locked, owner].map((page) => page.ask('session.state')))
    expect(owner.events.some(({ name }) => name === 'phone')).toBe(true)
    expect([...never.events, ...locked.events].filter(({ name }) => name === 'phone')).toEqual([])
  })
})

describe.each(ROLES)('%s', (role) => {
  it('is answered by the methods and commands of their rights, and by no other', async () => {
    const page = await signedIn(office, owner, role)
    const may = ROLE_PERMISSIONS[role]
    for (const { name, permission } of METHODS.values()) {
      if (permission !== null && !may.has(permission)) expect([name, await codeOf(page, name, anyInput)]).toEqual([name, 'people.notAllowed'])
    }
    const { permissions } = (await page.ask<{ person: { permissions: readonly string[] } }>('session.state')).person
    expect(permissions).toEqual(PERMISSIONS.filter((permission) => may.has(permission)))
  })
})

describe('an inbound CSR', () => {
  it('sees no price in any answer', async () => {
    const page = await signedIn(office, owner, 'inboundCsr')
    const userId = (await page.ask<{ person: { userId: string } }>('session.state')).person.userId
    const asked: readonly (readonly [string, unknown])[] = [
      ['session.state', {}],
      ['calls.current', {}],
      ['calls.day', { day: null }],
      ['practice.state', {}],
      ['phone.state', {}],
      ['customers.get', { customerId: ids.customerId }],
      ['customers.timeline', { customerId: ids.customerId, limit: 500 }],
      ['customers.invoices', { customerId: ids.customerId }],
      ['customers.list', {}],
      ['customers.duplicates', { phones: ['+15550149027'], emails: [], firstName: '', lastName: '', companyName: '', line1: '', postalCode: '' }],
      ['customers.placeOfZip', { postalCode: '60601' }],
      ['serviceArea.list', {}],
      ['calls.visits', { customerId: ids.customerId }],
      ['booking.form', {}],
      ['booking.items', { text: 'item' }],
      ['booking.promises', { windowStartsAt: ids.at, windowEndsAt: ids.at, confirmation: true }],
      ['jobs.get', { jobId: ids.jobId }],
      ['jobs.get', { jobId: ids.draftJobId }],
      ['jobs.ofCustomer', { customerId: ids.customerId }],
      ['search.query', { text: 'castellan' }],
      ['search.query', { text: '20001' }],
      ['dispatch.windows', { jobTypeId: ids.jobTypeId, fromDay: ids.day, days: 2 }],
      ['board.day', { day: ids.day }],
      ['daySheets.day', { day: ids.day }],
      ['materialList.day', { day: ids.day }],
      ['daySheets.kept', {}],
      ['map.areas', {}],
      ['map.pictures', {}],
      ['board.visit', { appointmentId: ids.appointmentId }],
      ['dispatch.suggest', { appointmentId: ids.appointmentId }],
      ['handoff.checklist', { appointmentId: ids.appointmentId }],
      ['dispatch.watch', {}],
      ['dispatch.endOfDay', {}],
      ['dispatch.wall', {}],
      ['board.standing', { appointmentIds: [ids.appointmentId] }],
      ['technician.hours', { technicianId: ids.technicianId, fromDay: ids.day }],
      ['promises.summary', {}],
      ['queues.list', {}],
      ['queue.items', { of: { kind: 'queue', queueId: ids.queueId } }],
      ['queue.items', { of: { kind: 'mine' } }],
      ...ROLES.map((role): readonly [string, unknown] => ['queue.items', { of: { kind: 'role', role } }]),
      ['queue.items', { of: { kind: 'withoutHolder' } }],
      ['people.list', {}],
      ['attachment.list', { subjectKind: 'customer', subjectId: ids.customerId }],
      ['attachment.waiting', {}],
      ...(['mine', 'myRoles', 'askedByMe', 'all', 'ended'] as const).map((view): readonly [string, unknown] => ['tasks.list', { view }]),
      ['tasks.get', { taskId: await taskAbout(ids.invoiceId) }],
      ['tasks.about', { kind: 'invoice', id: ids.invoiceId }],
      ['tasks.about', { kind: 'job', id: ids.jobId }],
      ['tasks.reminders', {}],
      ['absence.preview', { userId, absence: 'lunch', backAt: null, toUserId: null, toRole: null }],
      ['absence.mine', {}],
      ['booking.scripts', {}],
      ['manuals.list', {}],
      ['manuals.answers', {}],
      ['exercise.results', { whose: 'mine' }],
      ['exercise.now', {}],
      ['manuals.get', { manualId: await manualToRead() }],
      ['drafts.kept', {}],
      ['drafts.handed', {}],
      ['drafts.open', { handedId: await draftWithPrices() }],
      ['waitList.list', {}],
      ['leads.list', { state: 'new' }],
      ['leads.get', { leadId: await leadAtHand() }],
      ['leads.questions', { jobTypeId: ids.jobTypeId }],
      ['waitList.get', { entryId: await waitingForATime() }],
      ['queue.items', { of: { kind: 'calls', list: 'missed' } }],
      ['alerts.open', {}],
      ['alerts.get', { alertId: newId() }],
      ['desk.standing', {}],
      ['phone.desk', {}],
      ['recording.paymentPage', {}],
      ['voicemail.ofCall', { callId: newId() }],
      ['hub.state', {}],
      ['hub.waiting', {}],
      ['hub.present', {}],
      ['phoneOffice.settings', {}],
      ['phoneOffice.people', {}],
      ['phoneOffice.wall', {}],
      ['phoneOffice.outage', {}],
      ...refuseWithPrices().map((id): readonly [string, unknown] => ['attention.get', { id }]),
      ['queue.items', { of: { kind: 'queue', queueId: queueId('needs-attention') } }],
      ['suspense.get', { id: takeForNobody() }],
      ['queue.items', { of: { kind: 'queue', queueId: queueId('money-in-suspense') } }],
    ]
    const leaks: string[] = []
    for (const [method, input] of asked) leaks.push(...leaksIn(await page.ask(method, input)).map((leak) => `${method} ${leak}`))
    const callId = ring()
    for (const method of ['calls.pop', 'calls.detail']) leaks.push(...leaksIn(await page.ask(method, { callId })).map((leak) => `${method} ${leak}`))
    expect(leaks).toEqual([])
    const tried = new Set([...asked.map(([method]) => method), 'calls.pop', 'calls.detail'])
    const queries = [...METHODS.values()].filter(({ kind, permission }) => kind === 'query' && (permission === null || ROLE_PERMISSIONS.inboundCsr.has(permission)))
    expect(queries.map(({ name }) => name).filter((name) => !tried.has(name)), 'queries nobody looked for prices in').toEqual([])
  })

  it('sees what is owed, because a CSR takes payments', async () => {
    const page = await signedIn(office, owner, 'inboundCsr')
    const { money } = await page.ask<{ money: { balanceCents: number } }>('customers.get', { customerId: ids.customerId })
    expect(money.balanceCents).toBe(SECRET.finalPrice - 10_000)
  })

  it('cannot post through somebody else\u2019s name without their PIN, nor set it', async () => {
    const page = await signedIn(office, owner, 'inboundCsr')
    const { people } = await page.ask<{ people: readonly { userId: string; name: string }[] }>('session.state')
    const ownerId = people.find(({ name }) => name === 'Sean Avery')?.userId ?? ''
    await expect(page.ask('people.setPin', { userId: ownerId, pin: '9999' })).rejects.toMatchObject({ error: { code: 'people.notYours' } })
    const approval = { userId: ownerId, pin: '9999' }
    await expect(page.ask('company.goLive', {}, { approval })).rejects.toMatchObject({ error: { code: 'session.wrongPin' } })
  })
})
