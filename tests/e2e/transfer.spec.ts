import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { type Baton, expect, test } from '../support/driver.ts'
import { layoutFaults } from '../support/layout.ts'
import { Calls } from './pages/calls.ts'
import { Drafts } from './pages/drafts.ts'
import { FrontDoor } from './pages/frontDoor.ts'

const COMPANY = { name: 'Larkspur Heating & Air', zone: 'pac', owner: 'Ada Okonjo', pin: '4711' }

interface Desk {
  readonly page: Page
  readonly calls: Calls
  readonly drafts: Drafts
}

const desk = (page: Page): Desk => ({ page, calls: new Calls(page), drafts: new Drafts(page) })
const said = ({ page }: Desk, words: string | RegExp) => page.getByRole('status').filter({ hasText: words })

/** Ada talks with a caller and has begun a booking; Kim sits at a screen of her own. */
async function twoDesks(page: Page, baton: Baton): Promise<{ readonly ada: Desk; readonly kim: Desk }> {
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  const userId = newId()
  await askBeside(page, [
    { method: 'user.add', input: { id: userId, name: 'Kim Ode', roles: ['inboundCsr'] } },
    { method: 'people.setPin', input: { userId, pin: '5822' } },
  ])
  const kims = await baton.openAnotherPage()
  await new FrontDoor(kims).signIn('kim', '5822')
  await expect(kims.getByRole('navigation', { name: 'Main' })).toBeVisible()
  const [ada, kim] = [desk(page), desk(kims)]
  await ada.calls.practice()
  await ada.calls.answer()
  await ada.drafts.problem.focus()
  await page.keyboard.type('No cooling upstairs')
  return { ada, kim }
}

test('a caller goes to a colleague with everything typed, comes back by one key, and is the colleague\u2019s once they answer', async ({ page, baton }) => {
  const { ada, kim } = await twoDesks(page, baton)
  await ada.drafts.handTo('kim', 'She speaks Spanish.')
  await expect(said(ada, 'Handed to Kim Ode, whose telephone rings')).toBeVisible()
  await expect(ada.calls.cell).toContainText(/Rings Kim Ode 0:0\d/)
  await expect(kim.calls.pop).toContainText('From Ada Okonjo')
  await expect(kim.calls.pop).toContainText('No cooling upstairs')
  await expect(kim.calls.pop).toContainText('She speaks Spanish.')
  await expect(kim.calls.cell).toContainText('From Ada Okonjo')
  expect.soft(await layoutFaults(kim.page)).toEqual([])
  await expectAccessible(kim.page)
  await expectAccessible(ada.page)

  await ada.page.keyboard.press('F7')
  await expect(ada.drafts.problem).toHaveValue('No cooling upstairs')
  await expect(ada.calls.cell).toContainText('End')
  await expect(kim.calls.pop).toBeHidden()
  await expect(said(kim, /Ada Okonjo took .* back/)).toBeVisible()

  await ada.drafts.problem.focus()
  await ada.page.keyboard.press('End')
  await ada.page.keyboard.type(' since Sunday')
  await ada.drafts.handTo('kim', '')
  await expect(kim.calls.pop).toBeVisible()
  await kim.page.keyboard.press('F8')
  await expect(kim.drafts.problem).toHaveValue('No cooling upstairs since Sunday')
  await expect(kim.calls.cell).toContainText('End')
  await expect(said(ada, /^Kim Ode has .* now\./)).toBeVisible()
  await expect(ada.calls.cell).toContainText('Ready')
  // Taken is taken.
  await ada.page.keyboard.press('Alt+p')
  await expect(said(ada, 'Nothing was handed to you')).toBeVisible()

  // What is left to say is Kim's to say, and the log knows both.
  await kim.calls.end()
  await kim.calls.say('think')
  await kim.calls.open()
  await kim.page.keyboard.press('j')
  await expect(kim.calls.detail).toContainText('Kim Ode')
  await expect(kim.calls.detail).toContainText('Ada Okonjo')
  await expect(ada.calls.cell).toContainText('Ready')
})

test('a caller whom nobody takes rings whoever put them through, and brings the draft back', async ({ page, baton }) => {
  const { ada, kim } = await twoDesks(page, baton)
  await ada.drafts.handTo('kim', '')
  await expect(kim.calls.pop).toBeVisible()
  await kim.page.keyboard.press('F9')
  await expect(kim.calls.pop).toBeHidden()
  // Three rings later.
  await expect(said(ada, 'is back with you and waits')).toBeVisible({ timeout: 40_000 })
  await expect(ada.calls.pop).toContainText('Back from Kim Ode')
  await expect(kim.calls.cell).toContainText('Ready')
  await expectAccessible(ada.page)
  await ada.page.keyboard.press('F8')
  await expect(ada.drafts.problem).toHaveValue('No cooling upstairs')
  await expect(ada.calls.cell).toContainText('End')
  await kim.page.keyboard.press('Alt+p')
  await expect(said(kim, 'Nothing was handed to you')).toBeVisible()
})
