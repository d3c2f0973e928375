import type { Page, TestInfo } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { addDays, HOUR } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import type { BoardDay } from '../../src/shared/contract/methods/dispatch.ts'
import { askBeside } from '../support/askBeside.ts'
import { accessibilityFaults, expectAccessible } from '../support/axe.ts'
import { expect, type HubOffice, test } from '../support/hubOffice.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { MailServer } from '../support/mailServer.ts'
import { madePicture } from '../support/madePicture.ts'
import { WHOLE_HANDOFF } from '../support/wholeHandOff.ts'
import { Board } from './pages/board.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { HubSettings, HubStatus } from './pages/hub.ts'
import { TechnicianLinkSettings, TechnicianPhone } from './pages/technicianPhone.ts'

const ZONE = 'America/Chicago'
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, locale: 'en-US' }

async function askOne<T>(page: Page, method: string, input: unknown = {}): Promise<T> {
  const [answer] = await askBeside(page, [{ method, input }])
  return answer as T
}

async function shoot(page: Page, name: string, info: TestInfo): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) })
}

interface Scene {
  readonly desk: Page
  readonly phone: TechnicianPhone
  readonly customer: string
  readonly appointmentId: string
  readonly jobId: string
  readonly startsAt: number
  readonly al: string
  readonly tess: string
  readonly links: TechnicianLinkSettings
}

/** An office on its hub, a visit now that Al has, and his link on his telephone. */
async function open(office: HubOffice, info: TestInfo, handOff: readonly { readonly item: string; readonly said: string }[] = WHOLE_HANDOFF): Promise<Scene> {
  const desk = (await office.workstation(importedCompany)).page
  await new FrontDoor(desk).signIn('Sean', PEOPLE.owner.pin)
  const settings = new HubSettings(desk)
  await settings.open()
  await settings.join.look(office.hub.firstCode)
  await settings.join.enrol('Dispatch')
  await expect(settings.workstation('Dispatch')).toBeVisible({ timeout: 60_000 })
  await new HubStatus(desk).expectLink('Online')

  await askOne(desk, 'company.change', { set: { phone: '+15550142000' } })
  // At any hour: an arrival window that is open now, or the first of the night.
  const wall = wallTimeOf(Date.now(), ZONE)
  const late = wall.minute >= 1430
  const [day, start] = late ? [addDays(wall.day, 1), 0] : [wall.day, Math.floor(wall.minute / 60) * 60]
  const startsAt = instantOf(day, start, ZONE)
  const { groups } = await askOne<BoardDay>(desk, 'board.day', { day: wall.day })
  const technician = (name: string): string => groups.flatMap(({ technicians }) => technicians).find((candidate) => candidate.name === name)?.id ?? ''
  const { rows } = await askOne<{ rows: readonly { id: string; name: string }[] }>(desk, 'customers.list', { limit: 3 })
  const [customer] = rows
  if (!customer) throw new Error('Nobody was imported')
  const { locations } = await askOne<{ locations: readonly { id: string }[] }>(desk, 'customers.get', { customerId: customer.id })
  const { jobTypes } = await askOne<{ jobTypes: readonly { id: string; name: string; businessUnitId: string; defaultPriorityId: string; defaultItem: { id: string } | null }[] }>(desk, 'booking.form')
  const jobType = jobTypes.find(({ name }) => /water heater/i.test(name))
  if (!jobType) throw new Error('A new company has no water heater replacement')
  const [jobId, appointmentId] = [newId(), newId()]
  const window = { id: appointmentId, windowDay: day, windowStart: start, windowEnd: Math.min(1440, start + 120), zone: ZONE, windowStartsAt: startsAt, windowEndsAt: instantOf(day, Math.min(1440, start + 120), ZONE), durationMinutes: 120 }
  const lines = [{ id: newId(), priceItemId: jobType.defaultItem?.id ?? null, kind: 'service', description: 'Replacement', quantity: 1000 }]
  await askOne(desk, 'job.book', { jobId, customerId: customer.id, locationId: locations[0]?.id ?? '', businessUnitId: jobType.businessUnitId, jobTypeId: jobType.id, priorityId: jobType.defaultPriorityId, summary: 'Water heater leaks at the bottom since last night.', notes: 'Park in the street.', plannedPayment: 'check', lines, appointment: window, callId: null, readBack: true, confirmation: false, handOff })
  await askOne(desk, 'appointment.assign', { appointmentId, technicianId: technician('Al Brightwater'), startsAt, endsAt: startsAt + 2 * HOUR, overbookAccepted: false })

  const links = new TechnicianLinkSettings(desk)
  await links.open(technician('Al Brightwater'))
  const address = await links.make()
  await expectAccessible(desk)
  await links.section.scrollIntoViewIfNeeded()
  await shoot(desk, 'office-link', info)
  const browser = desk.context().browser()
  if (!browser) throw new Error('There is no browser')
  const phone = new TechnicianPhone(await (await browser.newContext(PHONE)).newPage())
  await phone.keptByFirstPages(address)
  await phone.open(address)
  return { desk, phone, customer: customer.name, appointmentId, jobId, startsAt, al: technician('Al Brightwater'), tess: technician('Tess Moran'), links }
}

test('what a technician taps without a line moves the office\u2019s board when it is back, and nothing of it is lost', async ({ office }, info) => {
  test.setTimeout(240_000)
  const { desk, phone, customer, appointmentId, jobId, startsAt, al, tess, links } = await open(office, info)
  const { page } = phone
  await expect(phone.visit(customer)).toContainText('Water heater leaks')
  await expect(phone.visit(customer)).not.toContainText('$')
  await expect(phone.line).toContainText('All sent')
  await expect(links.links.first()).toContainText('opened')
  await expectAccessible(page)
  await shoot(page, 'visits', info)

  await desk.keyboard.press('Alt+Shift+B')
  const bar = new Board(desk).bar(appointmentId)
  await expect(bar).toBeVisible()

  // No line, and not even the page is loaded: it opens from the telephone, and keeps what is tapped over a reload.
  await page.context().setOffline(true)
  await page.reload()
  await phone.tap(customer, 'On my way', 'On the way')
  await phone.undo()
  await expect(phone.visit(customer)).toContainText('Planned')
  await phone.tap(customer, 'On my way', 'On the way')
  await phone.tap(customer, 'I have arrived', 'At work')
  await expect(phone.line).toContainText('2 waiting to send')
  await shoot(page, 'without-a-line', info)
  const form = await phone.writeIssue(customer, 'The flue is cracked. Not safe to light.', [madePicture(1800, 1200)])
  await page.reload()
  await expect(phone.line).toContainText('2 waiting to send')
  await phone.visit(customer).getByRole('button', { name: 'Something came up' }).click()
  await expect(form.getByLabel('What came up?')).toHaveValue('The flue is cracked. Not safe to light.')
  await expect(form.getByRole('img')).toHaveCount(1)
  await expectAccessible(page)
  await shoot(page, 'issue', info)
  // A slow telephone: Send waits for the photo that is still being made smaller.
  await page.evaluate(() => {
    const make = window.createImageBitmap.bind(window)
    window.createImageBitmap = (async (picture: Blob) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      return make(picture)
    }) as typeof window.createImageBitmap
  })
  await form.getByLabel('Add a photo').setInputFiles({ name: 'second.png', mimeType: 'image/png', buffer: madePicture(600, 400) })
  await phone.send(form)
  await expect(phone.line).toContainText('5 waiting to send')
  await expect(bar).toHaveAccessibleName(/Scheduled/)

  await page.context().setOffline(false)
  await expect(phone.line).toContainText('All sent', { timeout: 30_000 })
  // By itself: nobody has touched the office's screen.
  await expect(bar).toHaveAccessibleName(/Working/, { timeout: 30_000 })
  const { history } = await askOne<{ history: readonly { text: string }[] }>(desk, 'board.visit', { appointmentId })
  expect(history.map(({ text }) => text)).toEqual(expect.arrayContaining(['Arrived (Al Brightwater, by the link)', 'Something came up: The flue is cracked. Not safe to light. (Al Brightwater, by the link)']))
  await expect.poll(async () => (await askOne<readonly { by: string }[]>(desk, 'attachment.list', { subjectKind: 'job', subjectId: jobId })).map(({ by }) => by)).toEqual(['Al Brightwater, by the link', 'Al Brightwater, by the link'])
  const { items } = await askOne<{ items: readonly { title: string }[] }>(desk, 'tasks.list', { view: 'all' })
  expect(items.map(({ title }) => title)).toContain('From the field: The flue is cracked. Not safe to light.')

  // The office moves the visit while the telephone is away: what is said then can't stand, and both sides hear of it.
  await page.context().setOffline(true)
  await phone.visit(customer).getByRole('button', { name: 'Put on hold' }).click()
  await shoot(page, 'hold', info)
  await page.getByRole('dialog').getByRole('button', { name: 'Waiting for parts' }).click()
  await expect(phone.visit(customer)).toContainText('On hold: Waiting for parts')
  await askOne(desk, 'appointment.changeState', { appointmentId, to: 'hold', reason: 'Tess takes over' })
  await askOne(desk, 'appointment.assign', { appointmentId, technicianId: tess, startsAt, endsAt: startsAt + 2 * HOUR, overbookAccepted: false })
  await new HubStatus(desk).expectLink('Online')
  await page.context().setOffline(false)
  const refusal = page.getByRole('alert')
  await expect(page.getByRole('main')).toContainText('There are no visits for you', { timeout: 30_000 })
  await expect(refusal).toContainText('given to Tess Moran meanwhile')
  await expectAccessible(page)
  await shoot(page, 'refused', info)
  await refusal.getByRole('button', { name: 'I have read this' }).click()
  await expect(refusal).toBeHidden()

  await links.open(al)
  await links.takeBack()
  await page.reload()
  await expect(phone.line).toContainText('taken this link back', { timeout: 30_000 })
})

test('a link is emailed at once, and the same address opens it', async ({ office }, info) => {
  test.setTimeout(180_000)
  const mail = await MailServer.start()
  try {
    const { desk, links, phone } = await open(office, info)
    await askOne(desk, 'mail.configure', mail.settings())
    await links.links.first().getByRole('button', { name: 'Email it' }).click()
    await links.links.first().getByLabel('Email address').fill('al@example.com')
    await desk.keyboard.press('Enter')
    await expect(links.links.first()).toContainText('Sent to al@example.com.')
    await expectAccessible(desk)
    await shoot(desk, 'office-emailed', info)
    const [received] = mail.received
    expect(received?.to).toBe('al@example.com')
    // Long lines of a message are broken with a = at their end.
    const text = (received?.raw ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=')
    expect(text).toContain(phone.page.url())
  } finally {
    await mail.close()
  }
})

test('what the office has not settled is said in words, before the drive and at the tap, and is gone once it is settled', async ({ office }, info) => {
  test.setTimeout(180_000)
  const { desk, phone, customer, appointmentId } = await open(office, info, WHOLE_HANDOFF.filter(({ item }) => item !== 'home'))
  const { page } = phone
  await expect(phone.visit(customer)).toContainText('Not handed over yet: \u201cWho will be home\u201d is open. Call the office before you drive.')
  await phone.tap(customer, 'On my way', 'On the way')
  const refusal = phone.visit(customer).getByRole('alert')
  await expect(refusal).toContainText('Not taken: On my way', { timeout: 30_000 })
  await expect(refusal).toContainText('\u201cWho will be home\u201d is open. Call the office, and tap again once it is settled.')
  await expectAccessible(page)
  await shoot(page, 'not-handed-over', info)
  await refusal.getByRole('button', { name: 'I have read this' }).click()
  await askOne(desk, 'handoff.tick', { appointmentId, item: 'home', said: 'The tenant' })
  await new HubStatus(desk).expectLink('Online')
  await page.reload()
  await expect(phone.visit(customer)).not.toContainText('Not handed over', { timeout: 30_000 })
  await phone.tap(customer, 'On my way', 'On the way')
  await expect(phone.line).toContainText('All sent', { timeout: 30_000 })
  await expect(phone.visit(customer)).toContainText('On the way')
})

test('the technician\u2019s page is dark where the telephone is, and says what it is without a link', async ({ office }, info) => {
  test.setTimeout(180_000)
  const { phone, customer } = await open(office, info)
  const { page } = phone
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await accessibilityFaults(page, { contrastOnly: true })).toEqual([])
  await phone.tap(customer, 'I have arrived', 'At work')
  expect(await accessibilityFaults(page, { contrastOnly: true })).toEqual([])
  await shoot(page, 'dark', info)
  await phone.visit(customer).getByRole('button', { name: 'Put on hold' }).click()
  expect(await accessibilityFaults(page, { contrastOnly: true })).toEqual([])
  await shoot(page, 'dark-hold', info)
  await page.goto(page.url().split('#')[0] ?? '')
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('Open the link that the office has sent you')
  await expectAccessible(page)
})
