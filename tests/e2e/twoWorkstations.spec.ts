import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { addDays, HOUR } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import type { BoardDay } from '../../src/shared/contract/methods/dispatch.ts'
import { queueId } from '../../src/shared/domain/promises/defaultQueues.ts'
import { expectAccessible } from '../support/axe.ts'
import { askBeside } from '../support/askBeside.ts'
import { expect, type HubOffice, test } from '../support/hubOffice.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { Attention } from './pages/attention.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { HubSettings, HubStatus, JoinForm } from './pages/hub.ts'
import { ShellFrame } from './pages/shell.ts'
import { Suspense } from './pages/suspense.ts'
import type { WebHost } from '../support/webHost.ts'

const ZONE = 'America/Chicago'

async function askOne<T>(page: Page, method: string, input: unknown = {}): Promise<T> {
  const [answer] = await askBeside(page, [{ method, input }])
  return answer as T
}

interface Person {
  readonly name: string
  readonly pin: string
}

async function signIn(page: Page, { name, pin }: Person): Promise<void> {
  await new FrontDoor(page).signIn(name.slice(0, 4), pin)
  await new ShellFrame(page).expectPerson(name)
}

async function switchTo(page: Page, { name, pin }: Person): Promise<void> {
  await page.keyboard.press('F2')
  await new FrontDoor(page, page.getByRole('dialog')).signIn(name.slice(0, 4), pin)
  await new ShellFrame(page).expectPerson(name)
}

/** The first workstation founds the company at the hub, the second joins from its welcome page: both by keyboard. */
async function openForBusiness(office: HubOffice): Promise<{ readonly first: Page; readonly second: Page; readonly secondHost: WebHost }> {
  const first = (await office.workstation(importedCompany)).page
  await signIn(first, PEOPLE.owner)
  const settings = new HubSettings(first)
  await settings.open()
  await settings.join.look(office.hub.firstCode)
  await expect(settings.join.form).toContainText('Copper Ridge Home Services becomes the company')
  await expectAccessible(first)
  await settings.join.enrol('Front desk 1')
  await new HubStatus(first).expectLink('Online')
  await expect(settings.workstation('Front desk 1')).toBeVisible({ timeout: 60_000 })
  const code = await settings.invite()

  const { page: second, host: secondHost } = await office.workstation()
  await expect(second.getByRole('button', { name: /Set up my company/ })).toBeFocused()
  await second.keyboard.press('4')
  const join = new JoinForm(second)
  await join.look(code)
  await join.enrol('Front desk 2')
  await expect(new FrontDoor(second).person).toBeVisible({ timeout: 60_000 })
  await signIn(second, PEOPLE.dispatcher)
  await new HubStatus(second).expectLink('Online')
  return { first, second, secondHost }
}

interface OfficeFacts {
  readonly customers: readonly { readonly customerId: string; readonly locationId: string }[]
  readonly jobType: { readonly id: string; readonly businessUnitId: string; readonly defaultPriorityId: string; readonly defaultItem: { readonly id: string } | null }
}

async function factsOf(page: Page): Promise<OfficeFacts> {
  const { rows } = await askOne<{ rows: readonly { id: string }[] }>(page, 'customers.list', { limit: 8 })
  const customers = []
  for (const { id } of rows) {
    const { locations } = await askOne<{ locations: readonly { id: string }[] }>(page, 'customers.get', { customerId: id })
    customers.push({ customerId: id, locationId: locations[0]?.id ?? '' })
  }
  const { jobTypes } = await askOne<{ jobTypes: readonly (OfficeFacts['jobType'] & { readonly name: string })[] }>(page, 'booking.form')
  const jobType = jobTypes.find(({ name }) => /water heater/i.test(name))
  if (!jobType) throw new Error('A new company has no water heater replacement')
  return { customers, jobType }
}

/** A job in a window two days from now; the page's own person books it, as its booking screen would. */
function booking({ customers, jobType }: OfficeFacts, index: number, start: number) {
  const day = addDays(wallTimeOf(Date.now(), ZONE).day, 2)
  const customer = customers[index]
  const ids = { jobId: newId(), appointmentId: newId() }
  const startsAt = instantOf(day, start * 60, ZONE)
  const input = {
    jobId: ids.jobId,
    ...customer,
    businessUnitId: jobType.businessUnitId,
    jobTypeId: jobType.id,
    priorityId: jobType.defaultPriorityId,
    summary: 'Water heater leaks at the bottom since last night.',
    notes: '',
    plannedPayment: 'check',
    lines: [{ id: newId(), priceItemId: jobType.defaultItem?.id ?? null, kind: 'service', description: 'Replacement', quantity: 1000 }],
    appointment: { id: ids.appointmentId, windowDay: day, windowStart: start * 60, windowEnd: (start + 2) * 60, zone: ZONE, windowStartsAt: startsAt, windowEndsAt: startsAt + 2 * HOUR, durationMinutes: 240 },
    callId: null,
    readBack: true,
    confirmation: false,
  }
  return { ...ids, input, startsAt }
}

const technicianNamed = async (page: Page, name: string): Promise<string> => {
  const { groups } = await askOne<BoardDay>(page, 'board.day', { day: addDays(wallTimeOf(Date.now(), ZONE).day, 2) })
  const technician = groups.flatMap(({ technicians }) => technicians).find((candidate) => candidate.name === name)
  if (!technician) throw new Error(`${name} is not on the board`)
  return technician.id
}

/** How many promises of a queue are open, as this page's workstation knows it. */
const expectPromises = (page: Page, queue: string, count: number) =>
  expect.poll(async () => (await askOne<{ total: number }>(page, 'queue.items', { of: { kind: 'queue', queueId: queueId(queue) } })).total, { timeout: 30_000 }).toBe(count)

const waitFor = (page: Page, method: string, input: unknown, ready: (answer: never) => boolean) =>
  expect.poll(async () => ready((await askOne<never>(page, method, input).catch(() => ({}))) as never), { timeout: 30_000 }).toBe(true)

test('two workstations in step: the cable is pulled, both go on, and what could not stand is settled', async ({ office }) => {
  test.setTimeout(240_000)
  const { first, second } = await openForBusiness(office)
  await switchTo(first, PEOPLE.csr)
  const facts = await factsOf(first)
  const al = await technicianNamed(first, 'Al Brightwater')

  // What one does is on the other's screen.
  const [one, two] = [booking(facts, 0, 8), booking(facts, 1, 8)]
  await askOne(first, 'job.book', one.input)
  await askOne(first, 'job.book', two.input)
  await waitFor(second, 'jobs.get', { jobId: two.jobId }, (job: { readonly number?: string; readonly job?: unknown }) => job.number !== undefined || job.job !== undefined)

  await office.pullTheCable()
  await new HubStatus(first).expectLink('Offline since')
  await new HubStatus(second).expectLink('Offline since')

  // Both put their visit on the same technician at the same time, and both book the one window that is left.
  await switchTo(first, PEOPLE.owner)
  const plan = { technicianId: al, startsAt: one.startsAt, endsAt: one.startsAt + 4 * HOUR, overbookAccepted: false }
  await askOne(first, 'appointment.assign', { appointmentId: one.appointmentId, ...plan })
  await askOne(second, 'appointment.assign', { appointmentId: two.appointmentId, ...plan })
  const late = [booking(facts, 2, 14), booking(facts, 3, 14), booking(facts, 4, 14)]
  await askOne(first, 'job.book', late[0]?.input)
  await askOne(second, 'job.book', late[1]?.input)
  await askOne(second, 'job.book', late[2]?.input)
  await new HubStatus(second).expectWaiting(3)
  await new HubStatus(second).open()
  await expect(new HubStatus(second).waiting).toHaveCount(3)
  await expectAccessible(second)
  await new HubStatus(second).close()

  await office.plugIn()
  for (const page of [first, second]) {
    await new HubStatus(page).expectLink('Online')
    await new HubStatus(page).expectWaiting(0)
  }

  // Exactly one assignment could not stand; its promise is settled by the key of a choice.
  await expectPromises(first, 'needs-attention', 1)
  await expectPromises(second, 'needs-attention', 1)
  const attention = new Attention(second)
  await attention.openFirst()
  await expect(attention.ours).toContainText('Al Brightwater')
  await expectAccessible(second)

  // Whoever has to ask first says so, and it comes back.
  await attention.waitForAnswer('The customer calls back after four.')
  await expectPromises(second, 'needs-attention', 1)
  await expect(second.getByRole('region', { name: 'The promise in hand' })).toContainText('The customer calls back after four.')
  await expectAccessible(second)

  // Two people have it before them; one settles it, and the other sees that there is nothing left to do.
  const others = new Attention(first)
  await others.openFirst()
  await attention.openFirst()
  await attention.settleBy('o')
  await expectPromises(first, 'needs-attention', 0)
  await expect(first.getByRole('main')).toContainText('Done another way')
  await expect(others.choice('Let it go')).toBeHidden()
  await expectAccessible(first)

  // Three bookings claimed the last two places of the afternoon: all are booked, and one is somebody's promise.
  await expectPromises(first, 'slots-lost', 1)
})

test('money taken on a booking that could not stand waits in suspense, and is placed by keyboard', async ({ office }) => {
  test.setTimeout(240_000)
  const { first, second, secondHost } = await openForBusiness(office)
  await switchTo(second, PEOPLE.csr)
  await office.pullTheCable()
  await new HubStatus(second).expectLink('Offline since')

  // Offline, a new customer is added and pays; meanwhile the person\u2019s account was closed at the other workstation.
  const customerId = newId()
  await askOne(second, 'customer.create', { customerId, kind: 'residential', firstName: 'Nora', lastName: 'Vance', companyName: '', leadSource: '', phones: [], emails: [], location: null })
  await askOne(second, 'payment.record', { paymentId: newId(), customerId, invoiceId: null, form: 'check', amountCents: 12_500, checkNumber: '5521', memo: '', day: wallTimeOf(Date.now(), ZONE).day })
  await askOne(second, 'payment.record', { paymentId: newId(), customerId, invoiceId: null, form: 'cash', amountCents: 4_000, checkNumber: null, memo: '', day: wallTimeOf(Date.now(), ZONE).day })
  await leaveTheCompany(first, PEOPLE.csr.name)
  // The second workstation's machine sleeps, so that the first reaches the hub before it.
  secondHost.process.kill('SIGSTOP')
  await office.plugIn()
  await new HubStatus(first).expectLink('Online')
  await new HubStatus(first).expectWaiting(0)
  secondHost.process.kill('SIGCONT')

  await expectPromises(first, 'money-in-suspense', 2)

  // The check and the cash are due at the same time: each is settled its own way, whichever stands first.
  for (const left of [1, 0]) {
    const suspense = new Suspense(first)
    await suspense.openFirst()
    const isCash = ((await suspense.money.textContent()) ?? '').includes('$40.00')
    await (isCash ? giveCashBack(suspense) : placeCheck(suspense))
    await expectPromises(first, 'money-in-suspense', left)
  }
  // Whoever left is signed out at the second workstation; the next person there finds nothing left to place.
  await signIn(second, PEOPLE.receivables)
  await expectPromises(second, 'money-in-suspense', 0)
})

/** Whoever keeps the books sees whose it would have been, and puts it to the account of somebody who is recorded. */
async function placeCheck(suspense: Suspense): Promise<void> {
  const { page } = suspense
  await expect(suspense.money).toContainText('$125.00')
  await expect(suspense.money).toContainText('Check 5521')
  await expect(suspense.money).toContainText(PEOPLE.csr.name)
  await expect(suspense.money).toContainText('Front desk 2')
  await expect(suspense.wanted).toContainText('Nora Vance')
  await expectAccessible(page)
  const payer = await onlyOneOfTheirName(page)
  await suspense.choose(payer.name, payer.name)
  await expect(suspense.putTo).toHaveValue('On account')
  await suspense.place()
  const { money } = await askOne<{ money: { creditCents: number } }>(page, 'customers.get', { customerId: payer.id })
  expect(money.creditCents).toBe(12_500)
}

/** What nobody claims goes back to whoever paid it, by Alt+G and with the reason. */
async function giveCashBack(suspense: Suspense): Promise<void> {
  const { page } = suspense
  await expect(suspense.money).toContainText('Cash')
  await page.keyboard.press('Alt+g')
  await expect(page.getByRole('dialog').getByLabel('Reason')).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await suspense.giveBack('She came by and took it back.')
}

async function onlyOneOfTheirName(page: Page): Promise<{ readonly id: string; readonly name: string }> {
  const listed = (more: object) => askOne<{ rows: readonly { id: string; name: string }[]; total: number }>(page, 'customers.list', more)
  for (const customer of (await listed({ limit: 50 })).rows) {
    if ((await listed({ text: customer.name, limit: 1 })).total === 1) return customer
  }
  throw new Error('Every customer has a namesake')
}

async function leaveTheCompany(page: Page, name: string): Promise<void> {
  const { people } = await askOne<{ people: readonly { userId: string; name: string }[] }>(page, 'session.state')
  const person = people.find((candidate) => candidate.name === name)
  await askOne(page, 'user.change', { userId: person?.userId, set: { presence: 'left' } })
}
