import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/axe.ts'
import { askBeside } from '../support/askBeside.ts'
import { expect, type HubOffice, test } from '../support/hubOffice.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { madePicture } from '../support/madePicture.ts'
import { Attachments } from './pages/attachments.ts'
import { Customers } from './pages/customers.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { HubSettings, HubStatus, JoinForm } from './pages/hub.ts'
import { ShellFrame } from './pages/shell.ts'

async function signIn(page: Page, { name, pin }: { readonly name: string; readonly pin: string }): Promise<void> {
  await new FrontDoor(page).signIn(name.slice(0, 4), pin)
  await new ShellFrame(page).expectPerson(name)
}

async function twoDesks(office: HubOffice): Promise<{ readonly first: Page; readonly second: Page }> {
  const first = (await office.workstation(importedCompany)).page
  await signIn(first, PEOPLE.owner)
  const settings = new HubSettings(first)
  await settings.open()
  await settings.join.look(office.hub.firstCode)
  await settings.join.enrol('Front desk 1')
  await expect(settings.workstation('Front desk 1')).toBeVisible({ timeout: 60_000 })
  const code = await settings.invite()
  const { page: second } = await office.workstation()
  await expect(second.getByRole('button', { name: /Set up my company/ })).toBeFocused()
  await second.keyboard.press('4')
  const join = new JoinForm(second)
  await join.look(code)
  await join.enrol('Front desk 2')
  await expect(new FrontDoor(second).person).toBeVisible({ timeout: 60_000 })
  await signIn(second, PEOPLE.dispatcher)
  await new HubStatus(second).expectLink('Online')
  return { first, second }
}

/** The first customer of the list, on both pages. */
async function openCustomer(...pages: readonly Page[]): Promise<string> {
  let name = ''
  for (const page of pages) {
    const [answer] = await askBeside(page, [{ method: 'customers.list', input: { limit: 1 } }])
    const [row] = (answer as { readonly rows: readonly { readonly id: string; readonly name: string }[] }).rows
    name = row?.name ?? ''
    await page.evaluate((id) => (location.hash = `#/customers/${id}`), row?.id ?? '')
    await new Customers(page).expectCustomer(name)
  }
  return name
}

test('a photo attached at one desk is opened at the other, and a removal is taken back', async ({ office }) => {
  test.setTimeout(240_000)
  const { first, second } = await twoDesks(office)
  await openCustomer(first, second)
  const [here, there] = [new Attachments(first), new Attachments(second)]
  await here.open()
  await expect(here.list).toContainText('Nothing is attached.')
  await here.choose('Furnace plate.png', madePicture(640, 480))
  await here.paste(madePicture(320, 240, 7))
  await there.open()
  await expect(there.row('Furnace plate.png')).toContainText('At the hub', { timeout: 20_000 })
  await expectAccessible(first)

  // By keyboard: the older one is below the newer.
  await second.keyboard.press('j')
  await second.keyboard.press('Enter')
  await expect(there.picture).toHaveAttribute('alt', 'Furnace plate.png')
  expect(await there.picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([640, 480])
  await expectAccessible(second)
  await second.keyboard.press('Escape')
  await expect(there.row('Furnace plate.png')).toContainText('Here')

  await first.keyboard.press('j')
  await first.keyboard.press('x')
  await expect(here.row('Furnace plate.png')).toHaveCount(0)
  await expect(there.row('Furnace plate.png')).toHaveCount(0)
  await first.keyboard.press('Control+z')
  await expect(there.row('Furnace plate.png')).toBeVisible()

  await office.pullTheCable()
  await new HubStatus(first).expectLink(/Offline/)
  await here.choose('Permit 4471.pdf', Buffer.from('%PDF-1.4 a permit'))
  await expect(here.row('Permit 4471.pdf')).toContainText('Going to the hub')
  await first.keyboard.press('Alt+h')
  await expect(first.getByRole('dialog')).toContainText('1 attachment (17 B) waits for the hub. The files are safe here.')
  await first.keyboard.press('Escape')
  const download = first.waitForEvent('download')
  await first.keyboard.press('k')
  await first.keyboard.press('k')
  await first.keyboard.press('Enter')
  expect((await download).suggestedFilename()).toBe('Permit 4471.pdf')
  await office.plugIn()
  await expect(there.row('Permit 4471.pdf')).toContainText('At the hub', { timeout: 60_000 })
})
