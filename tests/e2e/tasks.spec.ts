import { newId } from '../../src/shared/base/id.ts'
import { askBeside } from '../support/askBeside.ts'
import { clockOf } from '../support/officeClock.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'
import { Absence, Tasks } from './pages/tasks.ts'

const COMPANY = { name: 'Larkspur Heating & Air', zone: 'pac', owner: 'Ada Okonjo', pin: '4711' }

/** A colleague who can sign in, beside the owner. */
async function addKim(page: Parameters<typeof askBeside>[0]): Promise<string> {
  const kim = newId()
  await askBeside(page, [
    { method: 'user.add', input: { id: kim, name: 'Kim Ode', roles: ['inboundCsr'] } },
    { method: 'people.setPin', input: { userId: kim, pin: '5822' } },
  ])
  return kim
}

test('a task is made on a call, done by another, and signed off, by keyboard', async ({ page, baton }) => {
  const [calls, tasks] = [new Calls(page), new Tasks(page)]
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await addKim(page)
  await calls.practice()
  await calls.answer()
  await tasks.begin('Send the estimate for the heat pump')
  await expect(tasks.newTask).toContainText(/About Call of/)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('kim')
  await page.keyboard.press('Enter')
  await tasks.newTask.getByRole('checkbox').focus()
  await page.keyboard.press('Space')
  await tasks.newTask.getByLabel('Steps, one a line').focus()
  await page.keyboard.type('Price it\nSend it')
  await expectAccessible(page)
  await tasks.make()
  await expect(page.getByRole('status').filter({ hasText: 'Task made' })).toBeVisible()
  // The call and its draft stand where they were.
  await expect(page).toHaveURL(/#\/booking\?call=/)

  const kims = await baton.openAnotherPage()
  await new FrontDoor(kims).signIn('kim', '5822')
  const atKims = new Tasks(kims)
  await atKims.open()
  await expect(atKims.row('Send the estimate')).toContainText('Ada Okonjo')
  await expect(atKims.panel).toContainText('0 of 2 done')
  await kims.keyboard.press('f')
  await kims.keyboard.type('Too early')
  await kims.keyboard.press('Control+Enter')
  await expect(kims.getByText('2 steps are still open. Tick what is done, or take off what is not needed.')).toBeVisible()
  await kims.keyboard.press('Escape')
  await expect(kims.getByRole('dialog')).toBeHidden()
  await kims.keyboard.press('t')
  await expect(atKims.panel).toContainText('1 of 2 done')
  await kims.keyboard.press('t')
  await expect(atKims.panel).toContainText('2 of 2 done')
  await atKims.say('n', 'She prefers mail.')
  await expect(atKims.panel).toContainText('She prefers mail.')
  await expectAccessible(kims)
  await atKims.say('f', 'Mailed with two options.')
  await expect(kims.getByRole('status').filter({ hasText: 'Ada Okonjo signs it off' })).toBeVisible()

  await tasks.open()
  await expect(tasks.row('Send the estimate')).toContainText('Sign-off')
  await expect(tasks.panel).toContainText('Mailed with two options.')
  await tasks.say('b', 'The rebate is missing.')
  await tasks.view('3')
  await expect(tasks.row('Send the estimate')).toContainText('Kim Ode')
  await expect(tasks.panel).toContainText('Sent back: The rebate is missing. It had ended with: Mailed with two options.')
  await kims.keyboard.press('r')
  await expect(atKims.row('Send the estimate')).toBeVisible()
  await atKims.say('f', 'Mailed again, with the rebate.')
  await tasks.view('1')
  await tasks.view('3')
  await expect(tasks.panel).toContainText('Mailed again, with the rebate.')
  await tasks.say('s', 'Thank you.')
  await tasks.view('5')
  await expect(tasks.row('Send the estimate')).toContainText('Done')
  await expect(new ShellFrame(page).status).toContainText('Promises without a holder 0')
})

test('what is open is prefilled and kept, a complaint stays within its day, and a reminder stands in the status bar', async ({ page }) => {
  const tasks = new Tasks(page)
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await tasks.begin('Ask for the filters')
  await expect(tasks.newTask).toContainText('About no record.')
  await page.keyboard.press('Escape')
  await expect(tasks.newTask).toBeHidden()
  await page.keyboard.press('Alt+t')
  await expect(tasks.newTask.getByLabel('What is to be done')).toHaveValue('Ask for the filters')
  await page.keyboard.press('Tab')
  await page.keyboard.type('complai')
  await page.keyboard.press('Enter')
  await expect(tasks.newTask.getByRole('combobox', { name: 'Due' })).toHaveValue('Within 24 hours')
  await tasks.make()
  await tasks.open()
  await expect(tasks.panel).toContainText('Complaint')
  await expect(tasks.reminder).toBeHidden()
  await tasks.say('x', 'It was none.')
  await expect(tasks.list).toContainText('You hold no task.')

  const taskId = newId()
  const now = await clockOf(page)
  const dueAt = now + 3_600_000
  const task = { taskId, title: 'Call the supplier', type: 'vendor', callId: null, assigneeId: null, role: 'owner', dueAt, remindAt: now - 1000, priority: 'high', related: null, notes: '', signOffWanted: false, steps: [] }
  await askBeside(page, [{ method: 'task.create', input: task }])
  await expect(tasks.reminder).toContainText('Call the supplier')
  // It came without taking the focus or another screen's place.
  await expect(page).toHaveURL(/#\/tasks$/)
  await tasks.view('2')
  await expect(tasks.panel).toContainText('Call the supplier')
  await page.keyboard.press('m')
  await expect(tasks.reminder).toBeHidden()
})

test('promises pass at lunch and come back, except those that somebody worked', async ({ page, baton }) => {
  const [tasks, absence, shell] = [new Tasks(page), new Absence(page), new ShellFrame(page)]
  const door = new FrontDoor(page)
  await door.setUpByKeyboard(COMPANY)
  await addKim(page)
  for (const title of ['First thing', 'Second thing']) {
    await tasks.begin(title)
    await tasks.make()
  }
  await absence.ask()
  await page.keyboard.press('l')
  await absence.going.getByRole('combobox', { name: 'Promises go to' }).focus()
  await page.keyboard.type('kim')
  await page.keyboard.press('Enter')
  await expect(absence.going).toContainText('2 promises pass: 2 to Kim Ode.')
  await expect(absence.going).toContainText('First thing')
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await expect(shell.lockCover).toBeVisible()

  const kims = await baton.openAnotherPage()
  await new FrontDoor(kims).signIn('kim', '5822')
  const atKims = new Tasks(kims)
  await atKims.open()
  await expect(atKims.list.getByRole('row').filter({ hasText: 'thing' })).toHaveCount(2)
  await expect(atKims.panel).toContainText('Kim Ode, for Ada Okonjo')
  await expect(new ShellFrame(kims).status).toContainText('Promises without a holder 0')
  await kims.keyboard.press('Alt+Shift+d')
  await expect(kims.getByRole('region', { name: 'The promise in hand' })).toContainText('First thing')
  await kims.keyboard.press('m')
  await kims.keyboard.press('Enter')
  await expect(kims.getByRole('status').filter({ hasText: 'Left a message' })).toBeVisible()

  await door.unlock('4711')
  await expect(absence.back).toContainText('1 promise comes back; what others worked meanwhile stays with them.')
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await expect(absence.back).toBeHidden()
  await tasks.open()
  await expect(tasks.row('Second thing')).toBeVisible()
  await tasks.view('4')
  await expect(tasks.row('First thing')).toContainText('Kim Ode')
})

test('a manager passes on the promises of somebody who is sick', async ({ page }) => {
  const [tasks, absence] = [new Tasks(page), new Absence(page)]
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  const kim = await addKim(page)
  const task = { taskId: newId(), title: 'Call Nora back', type: 'followUp', callId: null, assigneeId: kim, role: null, dueAt: (await clockOf(page)) + 3_600_000, remindAt: null, priority: 'normal', related: null, notes: '', signOffWanted: false, steps: [] }
  await askBeside(page, [{ method: 'task.create', input: task }])
  await absence.ask()
  await page.keyboard.press('k')
  await absence.going.getByRole('combobox', { name: 'Who' }).focus()
  await page.keyboard.type('kim')
  await page.keyboard.press('Enter')
  await expect(absence.going).toContainText('1 promise passes: 1 to Owner.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Kim Ode is away' })).toBeVisible()
  await tasks.open()
  await tasks.view('2')
  await expect(tasks.panel).toContainText('Owner, for Kim Ode')
})
