import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { addDays, HOUR } from '../../src/shared/base/time.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import type { WindowProposal } from '../../src/shared/contract/methods/dispatch.ts'
import { type AskedBeside, askBeside } from '../support/askBeside.ts'
import { type Baton, expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { clockOf, OFFICE_ZONE } from '../support/officeClock.ts'
import { lookAround, passMinute, showsAll, watchStillness, whatMoved } from '../support/stillness.ts'
import { Booking } from './pages/booking.ts'
import { CallPath } from './pages/callPath.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'

test.use({ prepare: { fill: importedCompany } })

async function askOne<T>(page: Page, method: string, input: unknown = {}): Promise<T> {
  const [answer] = await askBeside(page, [{ method, input }])
  return answer as T
}

interface JobType {
  readonly id: string
  readonly name: string
  readonly businessUnitId: string
  readonly defaultPriorityId: string
  readonly defaultItem: { readonly id: string } | null
}

/** The office around the person on the line: who calls, others, and one who changes things meanwhile. */
interface Others {
  readonly page: Page
  readonly rosaId: string
  readonly callId: string
  readonly customerId: string
  readonly locationId: string
  readonly jobType: JobType
  readonly customers: readonly { readonly customerId: string; readonly locationId: string }[]
}

/** Rosa has a known caller on the line; Sean is in the office too. */
async function onTheLine(page: Page, baton: Baton): Promise<Others> {
  await watchStillness(page)
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  const calls = new Calls(page)
  await expect(calls.cell).toContainText('Ready')
  await calls.practice()
  await calls.answer()
  await new Booking(page).expectFocus('jobType')
  const owners = await baton.openAnotherPage()
  await new FrontDoor(owners).signIn('Sean', PEOPLE.owner.pin)
  await expect(owners.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.bringToFront()
  const callId = new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('call') ?? ''
  const { customerId } = await askOne<{ customerId: string }>(owners, 'calls.pop', { callId })
  const placeOf = async (id: string): Promise<string> => (await askOne<{ locations: readonly { id: string }[] }>(owners, 'customers.get', { customerId: id })).locations[0]?.id ?? ''
  const { rows } = await askOne<{ rows: readonly { id: string }[] }>(owners, 'customers.list', { limit: 20 })
  const customers = []
  for (const { id } of rows) {
    const place = await placeOf(id)
    if (id !== customerId && place !== '') customers.push({ customerId: id, locationId: place })
  }
  const { jobTypes } = await askOne<{ jobTypes: readonly JobType[] }>(owners, 'booking.form')
  const jobType = jobTypes.find(({ name }) => name === 'Faucet')
  const { people } = await askOne<{ people: readonly { userId: string; name: string }[] }>(owners, 'session.state')
  const rosaId = people.find(({ name }) => name === PEOPLE.csr.name)?.userId
  if (!jobType || rosaId === undefined || customers.length < 6) throw new Error('The office is not as it is set up')
  return { page: owners, rosaId, callId, customerId, locationId: await placeOf(customerId), jobType, customers }
}

const windowFields = ({ day, start, end, zone, startsAt, endsAt }: WindowProposal) => ({ windowDay: day, windowStart: start, windowEnd: end, zone, windowStartsAt: startsAt, windowEndsAt: endsAt })

const windowsOf = async ({ page, jobType, locationId }: Others): Promise<readonly WindowProposal[]> => {
  const fromDay = wallTimeOf(await clockOf(page), OFFICE_ZONE).day
  const { windows } = await askOne<{ windows: readonly WindowProposal[] }>(page, 'dispatch.windows', { jobTypeId: jobType.id, fromDay, days: 10, locationId })
  return windows.filter(({ available }) => available)
}

function job({ jobType }: Others, who: { readonly customerId: string; readonly locationId: string }, proposal: WindowProposal, appointmentId = newId()): AskedBeside {
  return {
    method: 'job.book',
    input: {
      jobId: newId(),
      ...who,
      businessUnitId: jobType.businessUnitId,
      jobTypeId: jobType.id,
      priorityId: jobType.defaultPriorityId,
      summary: 'The kitchen faucet drips, and it is getting worse by the day.',
      notes: '',
      plannedPayment: 'check',
      lines: [{ id: newId(), priceItemId: jobType.defaultItem?.id ?? null, kind: 'service', description: 'Faucet repair', quantity: 1000 }],
      appointment: { id: appointmentId, ...windowFields(proposal), durationMinutes: 60 },
      callId: null,
      readBack: true,
      confirmation: true,
    },
  }
}

let numbers = 0
/** A minute can be busy twice, and a customer has no number twice. */
const freshNumber = (): string => `+1555014${9000 + numbers++}`

/** What others do in an office within a minute: with the caller's records, with promises, with the day's windows, with the desk. */
async function aBusyMinute(others: Others): Promise<void> {
  const { page, rosaId, customerId, locationId, customers, jobType } = others
  const at = await clockOf(page)
  const today = wallTimeOf(at, OFFICE_ZONE).day
  const task = (title: string, dueAt: number, related: unknown): AskedBeside => ({
    method: 'task.create',
    input: { taskId: newId(), title, type: 'other', callId: null, assigneeId: rosaId, role: null, dueAt, remindAt: null, priority: 'high', related, notes: '', signOffWanted: false, steps: [] },
  })
  const entryId = newId()
  const [best] = await windowsOf(others)
  if (!best) throw new Error('The office has no window')
  const { creditHold: held } = await askOne<{ creditHold: boolean }>(page, 'customers.get', { customerId })
  const visit = job(others, { customerId, locationId }, best)
  await askBeside(page, [
    ...(held ? [] : [visit]),
    task('Send the photos of the new furnace to the caller before she leaves for work today', at + 30_000, { kind: 'customer', id: customerId }),
    task('Call the supplier about the cartridge', at + 30_000, null),
    { method: 'note.add', input: { noteId: newId(), subjectKind: 'customer', subjectId: customerId, body: 'Two dogs in the yard, ring first and wait at the gate until somebody comes; the smaller one bites.', pinned: true } },
    ...(held ? [] : [{ method: 'customer.flag', input: { customerId, flag: 'creditHold', raised: true, reason: 'Two invoices are open since March' } }]),
    { method: 'location.change', input: { locationId, set: { pets: 'Two dogs and a parrot that imitates the doorbell', parking: 'In the side street behind the bakery, never on the lawn', accessNotes: 'Through the side gate' } } },
    { method: 'contactMethod.save', input: { id: newId(), customerId, locationId: null, kind: 'phone', value: freshNumber(), label: 'work', position: 9 } },
    { method: 'desk.configure', input: { set: { screening: 'on', heldBackJobTypeIds: [jobType.id] } } },
    { method: 'draft.handOver', input: { handedId: newId(), who: 'Martin Okonjo', about: 'A drip', callId: null, customerId: null, body: '{}', note: 'He calls back at noon', toUserId: rosaId, toRole: null } },
    { method: 'waitList.add', input: { entryId, ...customers[0], jobTypeId: jobType.id, callId: null, summary: 'Any day', phone: null, fromDay: today, toDay: addDays(today, 9), part: 'any', callBackBy: at + 4 * HOUR } },
    { method: 'waitList.offer', input: { entryId, ...windowFields(best) } },
  ])
  // Others take the best window until nobody is free in it.
  for (const who of customers.slice(1, 6)) {
    const next = (await windowsOf(others)).find(({ startsAt, endsAt }) => startsAt === best.startsAt && endsAt === best.endsAt)
    if (!next) break
    const appointmentId = newId()
    const [technician] = next.technicians
    await askBeside(page, [
      job(others, who, next, appointmentId),
      ...(technician ? [{ method: 'appointment.assign', input: { appointmentId, technicianId: technician.id, startsAt: technician.startsAt, endsAt: technician.endsAt, overbookAccepted: false } }] : []),
    ])
  }
}

/** The last that others do in it, seen on the page. */
async function aMinutePasses(page: Page, others: Others): Promise<void> {
  await aBusyMinute(others)
  await showsAll(page, () =>
    askBeside(others.page, [{ method: 'note.add', input: { noteId: newId(), subjectKind: 'customer', subjectId: others.customerId, body: 'Called twice this week.', pinned: false } }]),
  )
  await passMinute(page)
}

const SUMMARY = 'Summary, in the customer\u2019s words'

test('the booking of a live call stands still while others work for a minute', async ({ page, baton }) => {
  const others = await onTheLine(page, baton)
  const booking = new Booking(page)
  const offered = booking.side.getByRole('region', { name: 'Arrival windows' }).getByRole('listitem')
  await page.keyboard.type('fa\nDripping since Sun')
  await booking.expectFocus('summary')
  await expect(offered).toHaveCount(3)
  const first = await offered.first().locator('.m').first().innerText()
  await lookAround(page)
  await aMinutePasses(page, others)
  expect(await whatMoved(page)).toEqual([])
  // What changed is told in its place: the flag, the note, and that the best window went to others; 1 still means what was said.
  await expect(booking.side).toContainText('Two dogs in the yard')
  await expect(booking.side).toContainText('Credit hold')
  await expect(offered.first()).toContainText('Just taken')
  await expect(offered.first()).toContainText(first)
  await page.keyboard.type('day')
  await expect(booking.input(SUMMARY)).toHaveValue('Dripping since Sunday')
})

test('somebody new is typed in: what others record moves nothing', async ({ page, baton }) => {
  const others = await onTheLine(page, baton)
  const booking = new Booking(page)
  await page.evaluate(() => (location.hash = '#/booking'))
  await booking.expectFocus('customer')
  await page.keyboard.type('Zoe Marlow')
  await expect(page.getByRole('option', { name: /New customer/ })).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await booking.expectFocus('firstName')
  await lookAround(page)
  await askBeside(others.page, [
    { method: 'customer.create', input: { customerId: newId(), kind: 'residential', firstName: 'Zoe', lastName: 'Marlow', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550149917', label: 'mobile' }], emails: [], location: null } },
  ])
  await aMinutePasses(page, others)
  expect(await whatMoved(page)).toEqual([])
})

test('a short path of a live call stands still while others work for a minute', async ({ page, baton }) => {
  const others = await onTheLine(page, baton)
  const [best] = await windowsOf(others)
  if (!best) throw new Error('The office has no window')
  await askBeside(others.page, [job(others, { customerId: others.customerId, locationId: others.locationId }, best)])
  const path = new CallPath(page)
  await path.choose('r', 'Reschedule')
  await expect(path.field('Visit')).toHaveValue(/Faucet/)
  await lookAround(page)
  await aMinutePasses(page, others)
  expect(await whatMoved(page)).toEqual([])
})

for (const [screen, key, sign] of [
  ['board', 'Alt+Shift+B', 'Al Brightwater'],
  ['queues', 'Alt+Shift+Q', 'Without a holder'],
  ['tasks', 'Alt+Shift+T', 'Tasks'],
] as const) {
  test(`the ${screen} beside a live call stands still while others work for a minute`, async ({ page, baton }) => {
    const others = await onTheLine(page, baton)
    await aBusyMinute(others)
    await page.keyboard.press(key)
    await expect(page.getByRole('main')).toContainText(sign)
    await showsAll(page, () => aBusyMinute(others))
    await page.keyboard.press('r')
    await showsAll(page, () => askBeside(others.page, [{ method: 'note.add', input: { noteId: newId(), subjectKind: 'customer', subjectId: others.customerId, body: 'Heard.', pinned: false } }]))
    await lookAround(page)
    await aMinutePasses(page, others)
    expect(await whatMoved(page)).toEqual([])
  })
}
