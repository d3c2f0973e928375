import { MINUTE } from '../../src/shared/base/time.ts'
import { expect, test } from '../support/dayOffice.ts'
import { PEOPLE } from '../support/importedCompany.ts'
import { clockOf } from '../support/officeClock.ts'
import { jobsCsv, TECHNICIANS } from '../support/wholeDay.ts'
import { Board } from './pages/board.ts'
import { CallerDesk } from './pages/callerDesk.ts'
import { DispatchersDay } from './pages/dispatchersDay.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { JobFile } from './pages/jobFile.ts'
import { MendPanel } from './pages/mend.ts'
import { ShellFrame } from './pages/shell.ts'
import { ask, bookedVisit } from './pages/visits.ts'

/** Calls in sick before noon. */
const SICK = 'Hal Marsh'

/** Nobody opens to the technicians who stand at their doors. */
const NOT_HOME = ['Dean Abbott', 'Hugh Pickett'] as const

const EMERGENCIES = [
  { lastName: 'Waterstone', jobType: 'Leak, water running', phone: '+15550149901' },
  { lastName: 'Drainwright', jobType: 'Sewage backing up', phone: '+15550149902' },
  { lastName: 'Sparkman', jobType: 'Burning smell or sparks', phone: '+15550149903' },
] as const

test('a whole day of dispatch by keyboard alone: four hundred jobs from the program before, to the list that is empty at night', async ({ office }) => {
  test.setTimeout(300_000)
  const { page, day } = office
  const { keyboard } = page
  const shell = new ShellFrame(page)
  const board = new Board(page)
  const mend = new MendPanel(page)
  const dispatch = new DispatchersDay(page, day)
  const desk = new CallerDesk(page, test.info())
  const file = jobsCsv(day)
  const began = Date.now()
  const mark = (what: string): void => console.log(what, Date.now() - began)
  await desk.watchTheMouse()
  const wrong: string[] = []
  const step = async (name: string, body: () => Promise<void>): Promise<void> => {
    try {
      await test.step(name, body)
    } catch (error) {
      wrong.push(`${name}: ${String(error).slice(0, 1500)}`)
      console.log(wrong.at(-1))
      await dispatch.moment(`failed-${wrong.length}`)
      for (let i = 0; i < 4; i += 1) await keyboard.press('Escape')
      await keyboard.press('Alt+Shift+b')
    }
  }

  await step('6:40 the owner brings the day’s jobs over from the program before', async () => {
    await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
    await shell.expectPerson(PEOPLE.owner.name)
    await keyboard.press('Alt+Shift+s')
    await expect(page.getByRole('navigation', { name: 'Settings' })).toBeVisible()
    await keyboard.press('i')
    await page.waitForTimeout(1500)
    console.log('on import:', page.url())
    if (!page.url().includes('import')) {
      console.log(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200)))
      await page.evaluate(() => (location.hash = '#/import'))
    }
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeFocused()
    const jobs = new JobFile(page)
    await jobs.choose('jobs.csv', file.text)
    await jobs.expectCounts({ Jobs: '400', 'With a technician': '350', 'New customers': '400', 'Rows that stay out': '0', 'Here already': '0' })
    await dispatch.moment('jobs-before-they-come-in')
    await keyboard.press('Control+Enter')
    await expect(jobs.result).toContainText('400 jobs of 400 new customers are in, 350 with a technician', { timeout: 90_000 })
    await dispatch.moment('jobs-are-in')
    mark('imported')
  })

  await step('6:55 the dispatcher plans what nobody has, one alone and the rest together', async () => {
    await office.at('06:55')
    await keyboard.press('F2')
    await new FrontDoor(page, page.getByRole('dialog')).signIn('Dana', PEOPLE.dispatcher.pin)
    await shell.expectPerson(PEOPLE.dispatcher.name)
    await keyboard.press('Alt+Shift+b')
    await expect(board.grid).toBeVisible()
    await expect(page.getByText('50', { exact: true }).first()).toBeVisible()
    await dispatch.moment('board-in-the-morning')
    await keyboard.press('m')
    await expect(page.getByText('50 visits of this day wait')).toBeVisible()
    await keyboard.press('Control+Enter')
    await expect(mend.proposal).toBeVisible({ timeout: 20_000 })
    const moves = await mend.moves.count()
    expect(moves).toBeGreaterThanOrEqual(file.unassigned)
    await keyboard.press('Space')
    await dispatch.moment('assistant-plans-what-waits')
    await keyboard.press('Control+Enter')
    await expect(mend.moves).toHaveCount(1, { timeout: 60_000 })
    await mend.makeAll('Dana')
    expect((await dispatch.board()).unassigned).toEqual([])
    await dispatch.moment('everything-has-somebody')
    mark('planned')
  })

  await step('7:40 the first are sent; one has a hole in its hand-off', async () => {
    await office.at('07:40')
    await board.find(file.withHole)
    await keyboard.press('d')
    await expect(page.getByRole('alert').filter({ hasText: '\u201cWho will be home\u201d is open. Press K' })).toBeVisible()
    await dispatch.moment('a-hole-in-the-hand-off')
    await keyboard.press('k')
    await expect(page.getByRole('textbox', { name: 'Who will be home' })).toBeFocused()
    await keyboard.type('The grandmother')
    await keyboard.press('Enter')
    await expect(page.getByText('Nothing is missing. Escape, then D dispatches.')).toBeVisible()
    await keyboard.press('Escape')
    await keyboard.press('d')
    await expect.poll(async () => (await dispatch.visitOf(file.withHole)).state).toBe('dispatched')
    mark('handed off')
  })

  await step('10:30 three emergencies, each to whom it fits, and everybody told whom it moves', async () => {
    await office.at('10:30')
    await dispatch.workUntil(await clockOf(page))
    mark('worked until 10:30')
    const rosa = await office.openAnotherPage()
    await new FrontDoor(rosa).signIn('Rosa', PEOPLE.csr.pin)
    await new ShellFrame(rosa).expectPerson(PEOPLE.csr.name)
    await page.bringToFront()
    for (const [index, { lastName, jobType, phone }] of EMERGENCIES.entries()) {
      const { appointmentId } = await bookedVisit(rosa, day, { lastName, jobType, phone, priority: 'Emergency', between: [630, 750] })
      await expect(page.locator(`[role=option][data-visit="${appointmentId}"]`)).toBeVisible()
      await keyboard.press('u')
      await expect(page.locator(`[role=option][data-visit="${appointmentId}"]`)).toBeFocused()
      if (index === 1) {
        await keyboard.press('a')
        await expect(page.getByRole('table', { name: 'Who could go, best first' })).toBeVisible()
        await dispatch.moment('who-can-take-the-emergency')
        await keyboard.press('Control+Enter')
      } else {
        await keyboard.press('m')
        await expect(page.getByRole('form', { name: 'Mend the day' })).toBeVisible()
        await keyboard.press('Control+Enter')
        await expect(mend.proposal).toBeVisible()
        await dispatch.moment(`emergency-${index + 1}`)
        await mend.makeAll('Sean Avery')
      }
      await expect.poll(async () => (await dispatch.visitOf(`Omar ${lastName}`)).technicianId).not.toBeNull()
      const { startsAt, windowEndsAt } = await dispatch.visitOf(`Omar ${lastName}`)
      expect(startsAt).toBeLessThan(windowEndsAt)
    }
    await dispatch.expectAllHeld()
    mark('emergencies')
  })

  await step('10:45 a technician is sick: their visits go to others, and the rest of their day is kept', async () => {
    await office.at('10:45')
    const sick = (await dispatch.board()).groups.flatMap(({ technicians }) => technicians).find(({ name }) => name === SICK)
    const theirs = (await dispatch.visits()).filter(({ technicianId, state }) => technicianId === sick?.id && state !== 'done')
    const atWork = theirs.filter(({ state }) => state === 'working')
    for (const { id } of atWork) await ask(page, 'appointment.changeState', { appointmentId: id, to: 'done', reason: null })
    await board.find(SICK)
    await expect(board.panel(new RegExp(SICK))).toBeVisible()
    await keyboard.press('m')
    await expect(page.getByRole('combobox', { name: 'Technician' })).toHaveValue(SICK)
    await keyboard.press('Control+Enter')
    await expect(mend.proposal).toBeVisible()
    await dispatch.moment('who-takes-over')
    await mend.makeAll('Sean Avery')
    expect((await dispatch.visits()).filter(({ technicianId, state }) => technicianId === sick?.id && state !== 'done')).toEqual([])
    await board.find(SICK)
    await keyboard.press('l')
    await expect(page.getByRole('combobox', { name: 'Technician' })).toBeFocused()
    await keyboard.press('Tab')
    await keyboard.type('time off')
    await keyboard.press('Tab')
    await keyboard.press('Tab')
    await keyboard.type('10:45 AM')
    await keyboard.press('Tab')
    await keyboard.type('7 PM')
    await keyboard.press('Control+Enter')
    await expect.poll(async () => (await dispatch.board()).groups.flatMap(({ technicians }) => technicians).find(({ name }) => name === SICK)?.blocks.map(({ kind }) => kind)).toEqual(['timeOff'])
    await dispatch.moment('time-off-is-kept')
    mark('sick')
  })

  await step('11:30 two customers are not at home: a reason, and a promise that somebody calls them', async () => {
    await office.at('11:30')
    await dispatch.workUntil(await clockOf(page))
    for (const customer of NOT_HOME) {
      const { id } = await dispatch.visitOf(customer)
      await board.find(customer)
      await keyboard.press('x')
      await expect(page.getByRole('combobox', { name: 'Reason' })).toBeFocused()
      await keyboard.type('nobody')
      await keyboard.press('Enter')
      await keyboard.press('Control+Enter')
      await expect.poll(async () => (await dispatch.promisesAbout(id)).map(({ title }) => title)).toContain(`Rebook ${customer}`)
    }
    await dispatch.moment('nobody-home')
    await dispatch.expectAllHeld()
    mark('not home')
  })

  await step('13:30 work runs over: what follows is given to others, and who waits is owed a call', async () => {
    await office.at('13:30')
    const now = await clockOf(page)
    const overrun = (await dispatch.visits()).find(({ technicianId, startsAt }) => technicianId !== null && startsAt !== null && startsAt > now - 35 * MINUTE && startsAt <= now - 25 * MINUTE)
    const late = (await dispatch.visits()).find(({ technicianId, endsAt, state }) => technicianId !== null && technicianId !== overrun?.technicianId && state === 'working' && (endsAt ?? now) < now - 60 * MINUTE)
    const stuck = (await dispatch.visits()).filter(({ technicianId }) => technicianId === late?.technicianId)
    await dispatch.workUntil(now, new Set(stuck.map(({ id }) => id)))
    await board.find(overrun?.customerName ?? '')
    await keyboard.press('m')
    await expect(page.getByRole('combobox', { name: 'What has happened' })).toHaveValue('A visit lasts longer')
    await keyboard.press('Tab')
    await keyboard.press('Tab')
    await keyboard.type('3:30 PM')
    await keyboard.press('Control+Enter')
    await expect(mend.proposal).toBeVisible()
    await dispatch.moment('work-runs-over')
    await mend.makeAll('Sean Avery')
    await ask(page, 'dispatch.lookAround', { day, zeroAt: (await dispatch.board()).dayStarts[0], at: now })
    const owed = (await dispatch.ask<{ readonly items: readonly { readonly title: string; readonly holder: string }[] }>('queue.items', { of: { kind: 'everybodys' } })).items.filter(({ title }) => title.startsWith('Tell '))
    expect(owed.length).toBeGreaterThan(0)
    await dispatch.expectAllHeld()
    if (late) await ask(page, 'appointment.changeState', { appointmentId: late.id, to: 'done', reason: null })
    mark('overrun')
  })

  await step('14:00 the hour in which the day says its truth: three lists to zero', async () => {
    await office.at('14:00')
    await dispatch.workUntil(await clockOf(page))
    await keyboard.press('Alt+Shift+V')
    const title = page.getByRole('heading', { level: 1, name: 'Truth Comes Home Hour' })
    await expect(title).toBeVisible()
    await keyboard.press('b')
    const standing = page.getByText(/\d+ kept, \d+ at risk, \d+ must move/)
    await expect(standing).toBeVisible()
    await dispatch.moment('truth-hour')
    const over = page.getByText('Every list is empty: the hour is over.')
    const form = page.getByRole('form', { name: /^(?:New time|Another window)$/ })
    await keyboard.press('Shift+C')
    await expect(page.getByText(/ 0 kept, /).or(over)).toBeVisible({ timeout: 60_000 })
    for (let left = 80; left > 0 && !(await over.isVisible()); left -= 1) {
      const before = await standing.innerText()
      await keyboard.press('c')
      await expect(form.or(over)).toBeVisible()
      if (await over.isVisible()) break
      if ((await form.getAttribute('aria-label')) === 'New time') {
        await keyboard.press('Tab')
        await keyboard.type('Fine with them')
      } else await expect(page.getByRole('button', { name: /^Promise (?!another)/ })).toBeVisible()
      await keyboard.press('Control+Enter')
      await expect.poll(async () => (await over.isVisible()) || (await standing.innerText()) !== before).toBe(true)
    }
    await expect(over).toBeVisible()
    await dispatch.moment('truth-hour-is-over')
    mark('truth hour')
  })

  await step('18:45 the end of the day: nothing is left of it, and tomorrow has its technicians', async () => {
    await office.at('18:45')
    const last = (await dispatch.visits()).filter(({ technicianId, state }) => technicianId !== null && state === 'scheduled').at(-1)
    const mine = new Set(last ? [last.id] : [])
    await dispatch.workUntil((await clockOf(page)) + 180 * MINUTE)
    await dispatch.closeOut(mine)
    mark('closed out')
    await keyboard.press('Alt+Shift+N')
    const table = page.getByRole('grid', { name: 'End of day' })
    const over = page.getByText('The day is over: nothing is left of it, and tomorrow has its technicians.')
    await expect(table).toContainText(last?.customerName ?? '')
    await dispatch.moment('end-of-day')
    await keyboard.press('Shift+M')
    for (let left = 12; left > 0 && !(await over.isVisible()); left -= 1) {
      await keyboard.press('Enter')
      await expect(board.grid).toBeVisible()
      const waiting = (await page.getByText('Every visit has a technician.').count()) === 0
      if (waiting) {
        await keyboard.press('Escape')
        await keyboard.press('m')
        await keyboard.press('Control+Enter')
        await expect(mend.proposal).toBeVisible()
        await mend.makeAll('Dana Wray')
      } else {
        await keyboard.press('c')
        await keyboard.type('New valve, tried with the customer.')
        await keyboard.press('Control+Enter')
      }
      await keyboard.press('Alt+Shift+N')
      await expect(table.or(over).first()).toBeVisible()
    }
    await expect(over).toBeVisible()
    await dispatch.moment('the-day-is-over')
    await dispatch.expectAllHeld()
    mark('end of day')
  })
  expect(wrong).toEqual([])
  await desk.expectNoMouse()
  expect(TECHNICIANS).toHaveLength(50)
})
