import { expect, test } from '../support/dayOffice.ts'
import { PEOPLE } from '../support/importedCompany.ts'
import { jobsCsv } from '../support/wholeDay.ts'
import { Board } from './pages/board.ts'
import { CallerDesk } from './pages/callerDesk.ts'
import { DispatchersDay } from './pages/dispatchersDay.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { JobFile } from './pages/jobFile.ts'
import { MendPanel } from './pages/mend.ts'
import { ShellFrame } from './pages/shell.ts'

test('the morning of a dispatch of four hundred jobs by keyboard alone: from the program before, planned, and the first of them sent', async ({ office }) => {
  test.setTimeout(300_000)
  const { page, day } = office
  const { keyboard } = page
  const shell = new ShellFrame(page)
  const board = new Board(page)
  const mend = new MendPanel(page)
  const dispatch = new DispatchersDay(page, day)
  const desk = new CallerDesk(page, test.info())
  const file = jobsCsv(day)
  await desk.watchTheMouse()

  await test.step('6:40 the owner brings the day’s jobs over from the program before', async () => {
    await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
    await shell.expectPerson(PEOPLE.owner.name)
    await keyboard.press('Alt+Shift+s')
    await expect(page.getByRole('navigation', { name: 'Settings' })).toBeVisible()
    await keyboard.press('i')
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeFocused()
    const jobs = new JobFile(page)
    await jobs.choose('jobs.csv', file.text)
    await jobs.expectCounts({ Jobs: '400', 'With a technician': '350', 'New customers': '400', 'Rows that stay out': '0', 'Here already': '0' })
    await dispatch.moment('jobs-before-they-come-in')
    await keyboard.press('Control+Enter')
    await expect(jobs.result).toContainText('400 jobs of 400 new customers are in, 350 with a technician', { timeout: 90_000 })
    await dispatch.moment('jobs-are-in')
  })

  await test.step('6:55 the dispatcher plans what nobody has, one alone and the rest together', async () => {
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
  })

  await test.step('7:40 the first are sent; one has a hole in its hand-off', async () => {
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
    await dispatch.expectAllHeld()
  })

  await desk.expectNoMouse()
})
