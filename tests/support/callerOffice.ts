import { expect, type Page, type TestInfo } from '@playwright/test'
import { SAMPLE_PIN } from '../../src/shared/contract/bridge.ts'
import { CallerDesk } from '../e2e/pages/callerDesk.ts'
import { FrontDoor } from '../e2e/pages/frontDoor.ts'
import { ShellFrame } from '../e2e/pages/shell.ts'
import { test as ownOffice } from './driver.ts'
import { importedCompany, PEOPLE } from './importedCompany.ts'
import { MAKING_MS, test as sampleOffice, withSampleOffice } from './sampleOffice.ts'

interface AtTheDesk {
  /** Rosa, who answers the telephone, at her desk; no key of the mouse is pressed while she works. */
  readonly desk: CallerDesk
}

async function serve(page: Page, info: TestInfo, use: (desk: CallerDesk) => Promise<void>): Promise<void> {
  const desk = new CallerDesk(page, info)
  await page.keyboard.press('Alt+Shift+d')
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await desk.watchTheMouse()
  await use(desk)
  await desk.expectNoMouse()
  await desk.expectEverythingHeld()
}

/**
 * In a sample company whose tests follow each other at one desk. It is not the one whose screens are looked at: callers leave
 * promises behind, and Rosa signed in.
 */
export const sampleTest = sampleOffice.extend<AtTheDesk>({
  office: [({ ownBrowser }, use) => withSampleOffice(ownBrowser, use), { scope: 'worker', timeout: MAKING_MS }],
  desk: async ({ page }, use, info) => {
    const shell = new ShellFrame(page)
    if ((await page.getByRole('button', { name: /Rosa Quill/ }).count()) === 0) {
      await page.keyboard.press('F2')
      await new FrontDoor(page, page.getByRole('dialog')).signIn('Rosa', SAMPLE_PIN)
      await expect(page.getByRole('dialog')).toBeHidden()
      await shell.expectPerson('Rosa Quill')
    }
    await serve(page, info, use)
  },
})

/** In a company of one's own for every test, with the customers of an imported file. */
export const ownTest = ownOffice.extend<AtTheDesk>({
  prepare: { fill: importedCompany },
  desk: async ({ page }, use, info) => {
    await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
    await new ShellFrame(page).expectPerson(PEOPLE.csr.name)
    await serve(page, info, use)
  },
})

export { expect } from '@playwright/test'
