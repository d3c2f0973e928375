import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'

test.use({ prepare: { fill: importedCompany } })

/** The lists in their order, each with the key that opens it and what its one call says of itself. */
const LISTS = [
  { key: '1', name: 'Missed calls to return', from: /Missed call at/ },
  { key: '2', name: 'Voicemail to return', from: /Voicemail of 0:38 at/ },
  { key: '3', name: 'Unbooked calls to return', from: /Unbooked call at .* Wants to think it over/ },
  { key: '4', name: 'Call-backs that were promised', from: /Call at .* Billing question/ },
] as const

test('missed calls, voicemail, unbooked calls and call-backs are worked to empty by keyboard', async ({ page }) => {
  const calls = new Calls(page)
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.csr.name)
  await calls.open()
  // One hangs up, one speaks to the machine; nobody answers either.
  await calls.practiceAs(/hangs up while it rings/)
  await calls.practiceAs(/speaks to the machine/)
  await expect(calls.row('Voicemail 0:38')).toBeVisible({ timeout: 20_000 })
  await expect(calls.row('Missed')).toBeVisible({ timeout: 30_000 })
  await expect(calls.cell).toContainText('Ready')

  await calls.practiceAs('Dana Whitlock')
  await calls.answer()
  await calls.end()
  await calls.say('think')
  await calls.open()
  await calls.practiceAs('A wrong number')
  await calls.answer()
  await calls.end()
  await page.keyboard.type('bill')
  await page.keyboard.press('Tab')
  await calls.question.getByRole('combobox', { name: 'Call back' }).focus()
  await page.keyboard.type('within')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+Enter')
  await expect(calls.question).toBeHidden()

  await page.keyboard.press('Alt+Shift+R')
  await expect(page.getByRole('heading', { level: 1, name: 'Calls to return' })).toBeVisible()
  for (const { key, name, from } of LISTS) {
    await page.keyboard.press(key)
    const list = page.getByRole('grid', { name })
    const hand = page.getByRole('region', { name: 'The promise in hand' })
    await expect(list.getByRole('row').filter({ hasText: from })).toHaveCount(1)
    await expect(hand).toContainText(from)
    await expect(hand).toContainText('Practice')
    expect.soft(await layoutFaults(page)).toEqual([])
    await expectAccessible(page)
    // A message was left: it comes back; then somebody was reached.
    for (const outcome of [{ key: 'm', label: 'Left a message' }, { key: 'c', label: 'Reached' }]) {
      await page.keyboard.press(outcome.key)
      await expect(page.getByRole('form', { name: `Outcome: ${outcome.label}` }).getByRole('textbox')).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(page.getByRole('status').filter({ hasText: outcome.label }).first()).toBeVisible()
      if (outcome.key === 'm') await expect(hand).toContainText('Last: Left a message')
    }
    await expect(page.getByRole('main')).toContainText('Nothing is open here.')
  }
  await expect(page.getByRole('main')).toContainText('Every promise is kept.')
  // The log says of each that it was returned.
  await page.keyboard.press('g')
  await expect(calls.row('Voicemail 0:38, returned')).toBeVisible()
  await expect(calls.row('Missed, returned')).toBeVisible()
})
