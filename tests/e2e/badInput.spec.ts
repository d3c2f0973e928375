import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { askBeside } from '../support/askBeside.ts'
import { expect, test } from '../support/driver.ts'
import { clockOf } from '../support/officeClock.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { WHOLE_HANDOFF } from '../support/wholeHandOff.ts'
import { Booking } from './pages/booking.ts'
import { Calls } from './pages/calls.ts'
import { Customers } from './pages/customers.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { CountingKeyboard } from './pages/keyboard.ts'
import { Search } from './pages/search.ts'

test.use({ prepare: { fill: importedCompany } })

const SUMMARY = 'L\u2019eau coule \u{1F4A7} \u05DE\u05D9\u05DD, \u201Cand fast\u201D'

async function askOne<T>(page: Page, method: string, input: unknown = {}): Promise<T> {
  const [answer] = await askBeside(page, [{ method, input }])
  return answer as T
}

/** Answers a ring and fills the booking up to the button. */
async function readyToBook(page: Page): Promise<{ readonly booking: Booking; readonly customerId: string }> {
  const calls = new Calls(page)
  const booking = new Booking(page)
  await expect(calls.cell).toContainText('Ready')
  await calls.practice()
  await page.keyboard.press('F8')
  await expect(booking.field('customer')).toContainText('matched')
  await booking.fill(new CountingKeyboard(page), { unit: 'pl', jobType: 'fa', summary: SUMMARY, priority: 'h', item: 'an', quantity: '2', window: '2', payment: 'ch', notes: 'Mind the steps.' })
  const { calls: live } = await askOne<{ calls: readonly { callId: string }[] }>(page, 'calls.current')
  const { customerId } = await askOne<{ customerId: string }>(page, 'calls.detail', { callId: live[0]?.callId })
  return { booking, customerId }
}

async function jobsOf(page: Page, customerId: string): Promise<readonly { readonly summary: string }[]> {
  return (await askOne<{ rows: readonly { summary: string }[] }>(page, 'jobs.ofCustomer', { customerId })).rows
}

const signInAsCsr = (page: Page) => new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)

test('Book pressed three times at once books one job', async ({ page }) => {
  await signInAsCsr(page)
  const { customerId } = await readyToBook(page)
  await Promise.all(['Control+Enter', 'Control+Enter', 'Control+Enter'].map((key) => page.keyboard.press(key)))
  await expect(page.getByText(/^Job \S+ booked for /)).toBeVisible()
  expect(await jobsOf(page, customerId)).toMatchObject([{ summary: SUMMARY }])
})

for (const delay of [0, 30]) {
  test(`a booking typed ahead without looking, ${delay} ms a key: every letter lands where it was meant`, async ({ page }) => {
    await signInAsCsr(page)
    const calls = new Calls(page)
    const booking = new Booking(page)
    const { keyboard } = page
    await expect(calls.cell).toContainText('Ready')
    await calls.practice()
    await keyboard.press('F8')
    await booking.expectFocus('jobType')
    await keyboard.type('fa\nDripping since Sunday.\nh\nan\n', { delay })
    // The price book is asked for what was typed; Enter waits for its answer.
    await expect(booking.input('Quantity').last()).toBeFocused()
    await keyboard.type('2\n2ch\nMind the steps.\n', { delay })
    await booking.expectFocus('readBack')
    await keyboard.type('\n\n\n\n', { delay })
    await keyboard.press('Control+Enter')
    await expect(page.getByText(/^Job \S+ booked for /)).toBeVisible()
    const { rows } = await askOne<{ rows: readonly { jobId: string; jobNumber: string }[] }>(page, 'calls.day', { day: null })
    const job = await askOne<{ lines: readonly { quantity: number }[] }>(page, 'jobs.get', { jobId: rows.find(({ jobNumber }) => jobNumber !== null)?.jobId })
    expect(job).toMatchObject({ businessUnitName: 'Plumbing', summary: 'Dripping since Sunday.', priorityName: 'High', plannedPayment: 'check', notes: 'Mind the steps.' })
    expect(job.lines.map(({ quantity }) => quantity)).toEqual([1000, 2000])
  })
}

test('Enter before the answer waits for it, and never takes the best of a shorter text', async ({ page }) => {
  await page.addInitScript(() => {
    const add = WebSocket.prototype.addEventListener
    WebSocket.prototype.addEventListener = function (this: WebSocket, kind: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions) {
      const late = kind === 'message' && typeof listener === 'function' ? (event: Event) => setTimeout(() => listener(event), 250) : listener
      add.call(this, kind, late, options)
    }
  })
  await page.reload()
  await signInAsCsr(page)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.evaluate(() => (location.hash = '#/booking'))
  const booking = new Booking(page)
  await booking.expectFocus('customer')
  await page.keyboard.type('5550150', { delay: 100 })
  await expect(page.getByRole('listbox', { name: 'Caller' }).getByRole('option').nth(1)).toBeVisible()
  await page.keyboard.type('007\n')
  await expect(booking.input('Caller')).toHaveValue('Hana Abbott')
  await expect(page.getByRole('main')).toContainText('(555) 015-0007')
})

test('the connection lost while Book is pressed: the booking goes through once, without a second press', async ({ page }) => {
  // The booking reaches Baton; the line breaks before its answer is back, once.
  await page.addInitScript(() => {
    const send = WebSocket.prototype.send
    let broken = false
    WebSocket.prototype.send = function (data) {
      send.call(this, data)
      if (broken || !String(data).includes('"job.book"')) return
      broken = true
      this.close()
    }
  })
  await page.reload()
  await signInAsCsr(page)
  const { customerId } = await readyToBook(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/^Job \S+ booked for /)).toBeVisible()
  expect(await jobsOf(page, customerId)).toHaveLength(1)
})

test('Baton killed in the middle of a booking: started again, the booking is as it was and books once', async ({ baton, page }) => {
  await signInAsCsr(page)
  const { booking, customerId } = await readyToBook(page)
  const { hash } = new URL(page.url())
  await baton.crashAndRestart()
  await signInAsCsr(page)
  expect(await jobsOf(page, customerId)).toEqual([])
  await page.evaluate((to) => (location.hash = to), hash)
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue(SUMMARY)
  await expect(booking.input('Quantity').last()).toHaveValue('2')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/^Job \S+ booked for /)).toBeVisible()
  expect(await jobsOf(page, customerId)).toHaveLength(1)
})

test('locked and unlocked in the middle of a booking, and another person in between: the words are still there', async ({ page }) => {
  await signInAsCsr(page)
  const { booking, customerId } = await readyToBook(page)
  const { hash } = new URL(page.url())
  await page.keyboard.press('Control+l')
  const cover = new FrontDoor(page)
  await expect(page.getByRole('heading', { name: /is locked/ })).toBeVisible()
  // Keys pressed at a locked page reach nothing beneath it.
  await page.keyboard.press('Control+Enter')
  await cover.unlock(PEOPLE.csr.pin)
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue(SUMMARY)
  expect(await jobsOf(page, customerId)).toEqual([])

  await page.keyboard.press('F2')
  await new FrontDoor(page, page.getByRole('dialog')).signIn('Dana', PEOPLE.dispatcher.pin)
  await expect(page.getByRole('button', { name: 'Dana Wray, Dispatcher' })).toBeVisible()
  await page.keyboard.press('F2')
  await new FrontDoor(page, page.getByRole('dialog')).signIn('Rosa', PEOPLE.csr.pin)
  await expect(page.getByRole('button', { name: 'Rosa Quill, Inbound CSR' })).toBeVisible()
  await page.evaluate((to) => (location.hash = to), hash)
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue(SUMMARY)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/^Job \S+ booked for /)).toBeVisible()
  expect(await jobsOf(page, customerId)).toHaveLength(1)
})

test('a quantity of nothing, less than nothing or words is refused at its field, in a sentence', async ({ page }) => {
  await signInAsCsr(page)
  const { booking, customerId } = await readyToBook(page)
  const quantity = booking.input('Quantity').last()
  for (const wrong of ['0', '-2', 'two', '1e9', '99999999']) {
    await quantity.fill(wrong)
    await page.keyboard.press('Control+Enter')
    await booking.expectError('lines', /how many of .*, more than zero/)
    await expect(quantity).toHaveValue(wrong)
  }
  expect(await jobsOf(page, customerId)).toEqual([])
  await quantity.fill('2')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/^Job \S+ booked for /)).toBeVisible()
})

test('a note of ten thousand characters is refused in a sentence, kept, and saved once it is shorter; pressed twice, once', async ({ page }) => {
  await signInAsCsr(page)
  const { rows } = await askOne<{ rows: readonly { id: string; name: string }[] }>(page, 'customers.list', { limit: 1 })
  const [customer] = rows
  await page.evaluate((id) => (location.hash = `#/customers/${id}`), customer?.id)
  await new Customers(page).expectCustomer(customer?.name ?? '')
  await page.keyboard.press('n')
  const note = page.getByRole('complementary', { name: /note/i }).getByRole('textbox').first()
  await expect(note).toBeFocused()
  const long = 'Long story. '.repeat(840)
  await page.keyboard.insertText(long)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('longer than 4000 characters')).toBeVisible()
  await expect(note).toHaveValue(long)
  await note.fill(`nul \u0000 and ${SUMMARY}`)
  await Promise.all([page.keyboard.press('Control+Enter'), page.keyboard.press('Control+Enter')])
  await expect(note).toBeHidden()
  const { notes } = await askOne<{ notes: readonly { body: string }[] }>(page, 'customers.get', { customerId: customer?.id })
  expect(notes.filter(({ body }) => body.includes(SUMMARY))).toHaveLength(1)
  expect(notes.some(({ body }) => body.includes('\u0000'))).toBe(false)
})

test.describe('money', () => {
  /** A finished job in plumbing, through the contract; ends with the owner signed in. */
  async function finishedJob(page: Page): Promise<string> {
    await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    const form = await askOne<{ jobTypes: readonly { id: string; businessUnitId: string; defaultPriorityId: string; defaultItem: { id: string } | null }[] }>(page, 'booking.form')
    const type = form.jobTypes.find(({ defaultItem }) => defaultItem !== null)
    const { technicians } = await askOne<{ technicians: readonly { id: string }[] }>(page, 'settings.get')
    const { rows } = await askOne<{ rows: readonly { id: string }[] }>(page, 'customers.list', { limit: 1 })
    const customer = await askOne<{ id: string; locations: readonly { id: string; zone: string }[] }>(page, 'customers.get', { customerId: rows[0]?.id })
    const { windows } = await askOne<{ windows: readonly { day: string; start: number; end: number; startsAt: number; endsAt: number; zone: string }[] }>(page, 'dispatch.windows', {
      jobTypeId: type?.id,
      fromDay: new Date(await clockOf(page)).toISOString().slice(0, 10),
      days: 3,
    })
    const window = windows.at(-1)
    const [jobId, appointmentId] = [newId(), newId()]
    await askBeside(page, [
      {
        method: 'job.book',
        input: {
          jobId,
          customerId: customer.id,
          locationId: customer.locations[0]?.id,
          businessUnitId: type?.businessUnitId,
          jobTypeId: type?.id,
          priorityId: type?.defaultPriorityId,
          summary: SUMMARY,
          notes: '',
          plannedPayment: 'cash',
          lines: [{ id: newId(), priceItemId: type?.defaultItem?.id, kind: 'service', description: '', quantity: 1000 }],
          appointment: { id: appointmentId, windowDay: window?.day, windowStart: window?.start, windowEnd: window?.end, zone: window?.zone, windowStartsAt: window?.startsAt, windowEndsAt: window?.endsAt, durationMinutes: 60 },
          callId: null,
          readBack: true,
          confirmation: false,
          handOff: WHOLE_HANDOFF,
        },
      },
      { method: 'appointment.assign', input: { appointmentId, technicianId: technicians[0]?.id, startsAt: window?.startsAt, endsAt: (window?.startsAt ?? 0) + 3_600_000, overbookAccepted: true } },
      ...['dispatched', 'working', 'done'].map((to) => ({ method: 'appointment.changeState', input: { appointmentId, to, reason: '' } })),
      { method: 'appointment.closeOut', input: { appointmentId, notes: 'Done.' } },
    ])
    return jobId
  }

  const invoiceOf = async (page: Page, jobId: string) =>
    (await askOne<{ invoice: { id: string; number: string | null; totalCents: number; balanceCents: number } | null }>(page, 'jobs.get', { jobId })).invoice

  test('every money key pressed twice at once counts once: draft, finalize, payment, batch, post, also on two pages', async ({ baton, page }) => {
    test.setTimeout(150_000)
    const jobId = await finishedJob(page)
    const twice = async (key: string, on: Page = page): Promise<void> => void (await Promise.all([on.keyboard.press(key), on.keyboard.press(key)]))

    await page.keyboard.press('Alt+Shift+M')
    await expect(page.getByRole('gridcell', { name: 'Done, not invoiced yet' })).toBeVisible()
    await twice('Enter')
    await expect(page.getByRole('button', { name: /^Finalize/ }).first()).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('dialog')).toBeVisible()
    await twice('Control+Enter')
    await expect(page.getByRole('dialog')).toBeHidden()
    const invoice = await invoiceOf(page, jobId)
    expect(invoice).toMatchObject({ number: '20001' })

    await page.keyboard.press('t')
    await expect(page.getByLabel('Amount')).toBeFocused()
    for (const [wrong, sentence] of [['-5', /amount/i], ['0', /amount/i], ['abc', /amount/i]] as const) {
      await page.getByLabel('Amount').fill(wrong)
      await page.keyboard.press('Control+Enter')
      await expect(page.getByRole('dialog')).toContainText(sentence)
    }
    await page.getByLabel('Amount').fill('10')
    await page.getByLabel('Day it came').fill('1900-01-01')
    await page.keyboard.press('Alt+m')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('dialog')).toContainText(/day/i)
    await expect(page.getByLabel('Amount')).toHaveValue(/^10(\.00)?$/)
    expect((await invoiceOf(page, jobId))?.balanceCents).toBe(invoice?.totalCents)
    await page.getByLabel('Day it came').fill(new Date(await clockOf(page)).toISOString().slice(0, 10))
    await twice('Control+Enter')
    await expect(page.getByRole('dialog')).toBeHidden()
    expect((await invoiceOf(page, jobId))?.balanceCents).toBe((invoice?.totalCents ?? 0) - 1000)

    const other = await baton.openAnotherPage()
    await new FrontDoor(other).signIn('Tanya', PEOPLE.receivables.pin)
    await expect(other.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await other.keyboard.press('Alt+Shift+M')
    await expect(other.getByRole('heading', { name: 'Review and batch' })).toBeVisible()
    await expect(other.getByText('20001').first()).toBeVisible()
    await twice('Control+b', other)
    await expect(other.getByRole('heading', { name: /Batch \d/ })).toBeVisible()
    await twice('Control+Enter', other)
    const { batches } = await askOne<{ batches: readonly { id: string; number: string; state: string }[] }>(other, 'batches.list')
    expect(batches).toHaveLength(1)

    // The owner posts from both pages at once.
    await page.evaluate((id) => (location.hash = `#/money/batches/${id}`), batches[0]?.id)
    for (const each of [page, other]) {
      await expect(each.getByRole('button', { name: /^Post/ }).first()).toBeVisible()
      if (!(await each.getByRole('dialog').isVisible())) await each.keyboard.press('Control+Enter')
      await expect(each.getByLabel('PIN')).toBeVisible()
      const person = each.getByRole('combobox', { name: 'Posted by' })
      if ((await person.inputValue()) === '') await person.fill('Sean').then(() => person.press('Tab'))
      await each.getByLabel('PIN').fill(PEOPLE.owner.pin)
    }
    await Promise.all([twice('Control+Enter', page), twice('Control+Enter', other)])
    await expect.poll(async () => (await askOne<{ batches: readonly { state: string }[] }>(page, 'batches.list')).batches.map(({ state }) => state)).toEqual(['posted'])
    // Whoever came second is told so where they pressed.
    const open = await Promise.all([page, other].map((each) => each.getByRole('dialog').count()))
    expect(open.toSorted()).toEqual([0, 1])
    await expect((open[0] === 1 ? page : other).getByRole('dialog')).toContainText(/posted/)
  })
})

test('a CSR who opens an invoice from the search is told why not, and Escape goes back', async ({ page }) => {
  await signInAsCsr(page)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.keyboard.press('Alt+Shift+B')
  await expect(page.getByText('Al Brightwater')).toBeVisible()
  await page.evaluate(() => (location.hash = '#/money/invoices/x'))
  await expect(page.getByText('Money is not open to your roles. Escape goes back.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Al Brightwater')).toBeVisible()
  await new Search(page).find('nobody by this name')
})
