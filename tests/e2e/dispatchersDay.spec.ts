import { newId } from '../../src/shared/base/id.ts'
import { HOUR, MINUTE } from '../../src/shared/base/time.ts'
import type { BoardVisit } from '../../src/shared/contract/methods/dispatch.ts'
import { expect, test } from '../support/dayOffice.ts'
import { PEOPLE } from '../support/importedCompany.ts'
import { clockOf } from '../support/officeClock.ts'
import { jobsCsv } from '../support/wholeDay.ts'
import { expectDayKept } from './pages/dayKept.ts'
import { Dispatcher } from './pages/dispatcher.ts'
import { DispatchersDay } from './pages/dispatchersDay.ts'
import { Emergency } from './pages/emergency.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { JobFile } from './pages/jobFile.ts'
import { ShellFrame } from './pages/shell.ts'
import { ask, bookedVisit } from './pages/visits.ts'

/** Calls in sick before the first visit. */
const SICK = 'Hal Marsh'

/** Nobody opens to the technicians who stand at their doors. */
const NOT_HOME = ['Dean Abbott', 'Hugh Pickett'] as const

const TASK = { callId: null, assigneeId: null, role: 'dispatcher', remindAt: null, priority: 'high', signOffWanted: false, steps: [] } as const

/** At work since eleven, with nothing but three visits promised for one o'clock and few later ones before them. */
function withFullAfternoon(visits: readonly BoardVisit[], since: number): BoardVisit | undefined {
  const days = [...Map.groupBy(visits, ({ technicianId }) => technicianId).values()].flatMap((own) => {
    const running = own.find(({ state, startsAt }) => state === 'working' && (startsAt ?? 0) >= since)
    const left = own.filter(({ state }) => state === 'scheduled')
    const full = left.filter(({ windowStart }) => windowStart === 780).length === 3 && left.every(({ windowStart, priorityName }) => windowStart > 600 && priorityName === 'Normal')
    return running && full ? [{ running, left: left.length }] : []
  })
  return days.toSorted((one, other) => one.left - other.left)[0]?.running
}

test('a whole day of dispatch by keyboard alone: four hundred jobs from the program before, to the list that is empty at night', async ({ office }) => {
  test.setTimeout(300_000)
  const { page, day } = office
  const shell = new ShellFrame(page)
  const dispatch = new DispatchersDay(office)
  const dana = new Dispatcher(page, dispatch)
  const { board, mend } = dana
  const file = jobsCsv(day)
  let morning: readonly BoardVisit[] = []
  await dispatch.forbidTheMouse()

  await test.step('6:40 the owner brings the day’s jobs over from the program before', async () => {
    await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
    await shell.expectPerson(PEOPLE.owner.name)
    await dana.press('Alt+Shift+s')
    await expect(page.getByRole('navigation', { name: 'Settings' })).toBeVisible()
    await dana.press('i')
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeFocused()
    const jobs = new JobFile(page)
    await jobs.choose('jobs.csv', file.text)
    await jobs.expectCounts({ Jobs: '400', 'With a technician': '350', 'New customers': '400', 'Rows that stay out': '0', 'Here already': '0' })
    await dispatch.moment('jobs-before-they-come-in')
    await dana.press('Control+Enter')
    await expect(jobs.result).toContainText('400 jobs of 400 new customers are in, 350 with a technician', { timeout: 90_000 })
    await dispatch.moment('jobs-are-in')
  })

  await test.step('6:55 the dispatcher plans what nobody has, one alone and the rest together', async () => {
    await office.at('06:55')
    await dana.press('F2')
    await new FrontDoor(page, page.getByRole('dialog')).signIn('Dana', PEOPLE.dispatcher.pin)
    await shell.expectPerson(PEOPLE.dispatcher.name)
    await dana.toBoard()
    await expect(page.getByText('50', { exact: true }).first()).toBeVisible()
    const { planned, unassigned } = await dispatch.board()
    morning = [...planned, ...unassigned]
    expect(morning).toHaveLength(file.jobs)
    await dispatch.moment('board-in-the-morning')
    await dana.press('m')
    await expect(page.getByText('50 visits of this day wait')).toBeVisible()
    await dana.press('Control+Enter')
    await expect(mend.proposal).toBeVisible({ timeout: 20_000 })
    expect(await mend.moves.count()).toBeGreaterThanOrEqual(file.unassigned)
    await dana.press('Space')
    await dispatch.moment('assistant-plans-what-waits')
    await dana.press('Control+Enter')
    await expect(mend.moves).toHaveCount(1, { timeout: 60_000 })
    await mend.makeAll(PEOPLE.dispatcher.name)
    expect((await dispatch.board()).unassigned).toEqual([])
    await dispatch.moment('everything-has-somebody')
  })

  await test.step('7:20 a technician is sick: one visit goes to somebody, then all the others, and the day off is kept', async () => {
    await office.at('07:20')
    const theirs = new Set((await dispatch.visitsOf(SICK)).map(({ id }) => id))
    expect(theirs.size).toBeGreaterThan(5)
    await dana.technicianIsSick(SICK)
    expect(await dispatch.visitsOf(SICK)).toEqual([])
    expect((await dispatch.visits()).filter(({ id }) => theirs.has(id))).toHaveLength(theirs.size)
    expect(await dispatch.blocksOf(SICK)).toEqual(['timeOff'])
    await dispatch.moment('day-off-is-kept')
  })

  await test.step('7:40 the first are sent; one has a hole in its hand-off', async () => {
    await office.at('07:40')
    await dana.handOff(file.withHole)
  })

  const rosa = await office.openAnotherPage()
  await new FrontDoor(rosa).signIn('Rosa', PEOPLE.csr.pin)
  await new ShellFrame(rosa).expectPerson(PEOPLE.csr.name)
  await page.bringToFront()
  /** As a CSR's booking leaves it: the alert, the visit, and the call with the arrival time that dispatch owes. Dispatch takes it and stands on it. */
  const emergency = async (lastName: string, jobType: string, kind: string, between: readonly [number, number]): Promise<string> => {
    const caller = `Omar ${lastName}`
    await ask(rosa, 'alert.raise', { alertId: newId(), kind, noticedBy: 'words', summary: jobType, caller, place: '61 Saltbrook Lane', callId: null, customerId: null, locationId: null })
    const { bar } = new Emergency(page)
    await expect(bar.getByRole('listitem')).toContainText(caller)
    await dispatch.moment(`emergency-of-${lastName}`)
    await dana.press('Alt+y')
    await expect(bar.getByRole('listitem')).toHaveCount(0)
    const { appointmentId, customerId } = await bookedVisit(rosa, day, { lastName, jobType, phone: `+155501499${between[0] % 100}`, priority: 'Emergency', between })
    await ask(rosa, 'task.create', { ...TASK, type: 'etaCall', taskId: newId(), title: `Call ${caller} with the ETA`, dueAt: (await clockOf(page)) + 15 * MINUTE, related: { kind: 'customer', id: customerId }, notes: jobType })
    const waiting = page.locator(`[role=option][data-visit="${appointmentId}"]`)
    await expect(waiting).toBeVisible()
    await dana.press('u')
    await expect(waiting).toBeFocused()
    return caller
  }

  await test.step('9:30 the first emergency: the assistant says who', async () => {
    await dispatch.pictureAt('08:00')
    await dispatch.pictureAt('09:00')
    await dispatch.until('09:30')
    const caller = await emergency('Waterstone', 'Leak, water running', 'flood', [600, 720])
    await dana.mendFromHere('where-the-emergency-fits')
    await dana.callWithEta(caller)
    await dispatch.expectAllHeld()
  })

  await test.step('10:15 the second: the dispatcher chooses among who could go', async () => {
    await dispatch.pictureAt('10:00')
    await dana.callWhoWaits('who-waits-at-ten')
    await dispatch.until('10:15')
    const caller = await emergency('Drainwright', 'Sewage backing up', 'flood', [630, 750])
    await dana.press('a')
    await expect(page.getByRole('table', { name: 'Who could go, best first' })).toBeVisible()
    await dispatch.moment('who-can-take-the-emergency')
    await dana.press('Control+Enter')
    await dana.callWithEta(caller)
  })

  let stuck: BoardVisit | undefined
  await test.step('11:30 two customers are not at home: a reason, and a promise that somebody calls them', async () => {
    for (const customer of NOT_HOME) dispatch.keep(await dispatch.visitOf(customer))
    await dispatch.pictureAt('11:00')
    await dispatch.until('11:30')
    stuck = withFullAfternoon(await dispatch.visits(), office.instantOf('11:00'))
    expect(stuck).toBeDefined()
    if (stuck) dispatch.keep(stuck)
    for (const customer of NOT_HOME) {
      await dana.nobodyHome(customer)
      const { id } = await dispatch.visitOf(customer)
      await expect.poll(async () => (await dispatch.promisesAbout(id)).map(({ title }) => title)).toContain(`Rebook ${customer}`)
    }
    await dispatch.moment('nobody-home')
    await dispatch.expectAllHeld()
  })

  await test.step('12:15 they are called: one comes tomorrow, one does not want it any more', async () => {
    await dispatch.pictureAt('12:00')
    await dana.callWhoWaits('who-waits-at-noon')
    await dispatch.until('12:15')
    await dana.rebook(...NOT_HOME)
  })

  await test.step('13:30 work runs over: who waits is called, and what follows another is given to others', async () => {
    await dispatch.pictureAt('13:00')
    await dispatch.until('13:30')
    await dana.press('Alt+Shift+A')
    await expect(page.getByRole('grid', { name: 'Alerts' })).toContainText(stuck?.customerName ?? '')
    await dispatch.moment('alerts')
    await dana.toBoard()
    expect((await dispatch.promises()).filter(({ title }) => title.startsWith('Tell '))).not.toEqual([])
    await dana.callWhoWaits('next-in-line')
    const longer = (await dispatch.visits()).find(({ technicianId, state, startsAt }) => state === 'working' && technicianId !== stuck?.technicianId && (startsAt ?? 0) > office.instantOf('12:55'))
    if (!longer) throw new Error('Nobody is at work')
    dispatch.keep(longer)
    await board.find(longer.customerName)
    await dana.press('m')
    await expect(page.getByRole('combobox', { name: 'What has happened' })).toHaveValue('A visit lasts longer')
    await dana.press('Tab', 'Tab')
    await dana.type('3:30 PM')
    await dana.press('Control+Enter')
    await expect(mend.proposal).toBeVisible()
    await dispatch.moment('work-lasts-longer')
    await mend.makeAll(PEOPLE.dispatcher.name)
    await dispatch.expectAllHeld()
  })

  await test.step('14:00 the hour in which the day says its truth: three lists to zero', async () => {
    await dispatch.until('13:45')
    const waits = (await dispatch.visits()).find(({ technicianId, state, windowStart }) => state === 'scheduled' && windowStart === 780 && technicianId !== stuck?.technicianId)
    await dana.stateFor(waits?.customerName ?? '', 'h', 'approval')
    await dispatch.until('14:00')
    await dana.truthHour()
    await dispatch.expectAllHeld()
  })

  await test.step('15:20 the third emergency', async () => {
    await dispatch.until('14:45')
    if (stuck) dispatch.release(stuck)
    await dispatch.pictureAt('15:00')
    await dana.callWhoWaits('who-waits-at-three')
    await dispatch.until('15:20')
    const caller = await emergency('Sparkman', 'Burning smell or sparks', 'electrical', [930, 1050])
    await dana.mendFromHere('where-the-third-fits')
    await dana.callWithEta(caller)
    await dispatch.until('15:30')
    dispatch.releaseAll()
  })

  await test.step('18:45 the end of the day: nothing is left of it, and tomorrow has its technicians', async () => {
    await dispatch.pictureAt('16:00')
    await dana.callWhoWaits('who-waits-at-four')
    await dispatch.until('16:45')
    await dana.callWhoWaits('who-waits-before-five')
    await dispatch.pictureAt('17:00')
    await dana.callWhoWaits('who-waits-at-five')
    const evening = await dispatch.visits()
    const last = evening.find(({ state, priorityName, technicianId }) => state === 'working' && priorityName === 'Normal' && !evening.some((visit) => visit.technicianId === technicianId && visit.state === 'scheduled'))
    if (!last) throw new Error('Nobody is at work any more')
    dispatch.keep(last)
    await ask(page, 'task.create', { ...TASK, type: 'other', taskId: newId(), title: 'Order the filter', dueAt: (await clockOf(page)) + 2 * HOUR, related: null, notes: '' })
    await dispatch.pictureAt('18:00')
    await dispatch.until('18:45')
    await dispatch.closeOut()
    await dana.endOfDay()
  })

  await test.step('and the store says so', () => expectDayKept(dispatch, day, morning))
  await dispatch.expectNoMouse()
})
