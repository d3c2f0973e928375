import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { Booking } from './pages/booking.ts'
import { CallPath } from './pages/callPath.ts'
import { Calls } from './pages/calls.ts'
import { CommonQuestions } from './pages/commonQuestions.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { CallWords } from './pages/scripts.ts'

test.use({ prepare: { fill: importedCompany } })

test('a question is answered by one key and a few letters in the middle of a call, and nothing of the call moves', async ({ page }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  const [calls, booking, words, questions] = [new Calls(page), new Booking(page), new CallWords(page), new CommonQuestions(page)]
  await expect(calls.cell).toContainText('Ready')
  await calls.practice()
  await page.keyboard.press('F8')
  await expect(booking.field('customer')).toContainText('matched')
  await booking.expectFocus('jobType')
  await page.keyboard.type('fa')
  await page.keyboard.press('Enter')
  await booking.expectFocus('summary')
  await page.keyboard.type('Drips, and ')
  const before = await words.boxes()

  await questions.ask('disc')
  await expect(questions.questions.first()).toHaveText('Customer wants a discount. Can I approve it?')
  await expect(questions.answer).toContainText('Alt+T makes a task for the service manager')
  expect(await words.boxes()).toEqual(before)
  expect(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(questions.panel).toBeHidden()
  await booking.expectFocus('summary')

  // From the answer, where one scrolls, Esc goes back too and never from the call.
  await questions.ask('disc')
  await page.keyboard.press('Tab')
  await expect(questions.answer).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(questions.panel).toBeHidden()

  // Back in the very field, in the middle of the sentence.
  await booking.expectFocus('summary')
  await page.keyboard.type('it is loud')
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue('Drips, and it is loud')

  // The same key goes back too; the arrows look through what is left.
  await page.keyboard.press('Alt+q')
  await expect(questions.answer).toContainText('What if the customer wants same-day service but the schedule is full?')
  await page.keyboard.press('ArrowDown')
  await expect(questions.answer).toContainText('How do I handle an angry customer?')
  await page.keyboard.press('Alt+q')
  await booking.expectFocus('summary')

  // In the short path of another kind of call as well.
  await new CallPath(page).choose('p', 'Complaint')
  await questions.ask('angry')
  await expect(questions.answer).toContainText('not admitting fault')
  await page.keyboard.press('Escape')
  await expect(new CallPath(page).field('What happened, in their words')).toBeFocused()
})

test('from any other screen the same key asks, and Esc goes back to where one was', async ({ page }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  await expect(new Calls(page).cell).toContainText('Ready')
  const questions = new CommonQuestions(page)
  await page.keyboard.press('Control+k')
  await questions.ask('already paid')
  await expect(questions.answer).toContainText('Receivables calls back')
  expect(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(questions.panel).toBeHidden()
  await expect(page.getByRole('combobox', { name: 'Search', exact: true })).toBeFocused()
  await page.keyboard.press('Alt+q')
  await expect(questions.search).toBeFocused()
  await page.keyboard.press('Alt+q')
  await expect(questions.panel).toBeHidden()
})

test('a manager writes the office\u2019s own answers from the shipped ones, by keyboard', async ({ page, baton }) => {
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  await page.goto(`${new URL(page.url()).origin}/#/settings/manuals`)
  const form = page.getByRole('form', { name: 'Common questions' })
  await expect(page.getByRole('grid', { name: 'Manuals' })).toContainText('As shipped')
  const manual = form.getByRole('textbox', { name: 'The manual' })
  await manual.focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.insertText('# Do we fix pools?\n\nYes, the pumps, from May to September.\n\n')
  await page.keyboard.press('Alt+u')
  await expect(page.getByText('Published. Everybody in its roles has it to read.')).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Manuals' })).toContainText('Version 1')

  const rosas = await baton.openAnotherPage()
  await new FrontDoor(rosas).signIn('Rosa', PEOPLE.csr.pin)
  await rosas.goto(`${new URL(rosas.url()).origin}/#/booking`)
  await new Booking(rosas).expectFocus('customer')
  const questions = new CommonQuestions(rosas)
  await questions.ask('pool')
  await expect(questions.questions).toHaveText(['Do we fix pools?'])
  await expect(questions.answer).toContainText('from May to September')
})
