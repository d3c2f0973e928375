import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { newId } from '../../src/shared/base/id.ts'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { freePort, startHubProcess } from '../support/hubProcess.ts'
import { expect, test } from '../support/hubOffice.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { ROOT } from '../support/webHost.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { HubSettings, HubStatus } from './pages/hub.ts'
import { ShellFrame } from './pages/shell.ts'

/** As its owner makes one on the hub\u2019s machine. */
function codeFrom(dataDir: string): string {
  const { DATABASE_URL: _other, ...env } = process.env
  const printed = execFileSync(process.execPath, [join(ROOT, 'dist', 'main', 'hub.js'), 'invite', '--data', dataDir], { env, encoding: 'utf8' })
  return /baton1\.\S+/.exec(printed)?.[0] ?? ''
}

test('a hub that got another address is found again with a new code, and what waited goes up', async ({ office }) => {
  test.setTimeout(240_000)
  const { page } = await office.workstation(importedCompany)
  await new FrontDoor(page).signIn(PEOPLE.owner.name.slice(0, 4), PEOPLE.owner.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.owner.name)
  const settings = new HubSettings(page)
  await settings.open()
  await settings.join.look(office.hub.firstCode)
  await settings.join.enrol('Front desk 1')
  await expect(settings.workstation('Front desk 1')).toBeVisible({ timeout: 60_000 })

  await office.pullTheCable()
  await new HubStatus(page).expectLink('Offline since')
  await askBeside(page, [{ method: 'customer.create', input: { customerId: newId(), kind: 'residential', firstName: 'Nora', lastName: 'Vance', companyName: '', leadSource: '', phones: [], emails: [], location: null } }])
  await new HubStatus(page).expectWaiting(1)
  await expectAccessible(page)

  // The code of a hub that is gone leads nowhere, and changes nothing.
  const { code } = settings.join
  await code.fill(office.hub.firstCode)
  await code.press('Enter')
  await expect(settings.join.form).toContainText('can\u2019t be reached')

  office.hub = await startHubProcess(office.hub.dataDir, await freePort())
  await settings.join.look(codeFrom(office.hub.dataDir))
  await expect(settings.join.form).toContainText('goes on with Copper Ridge Home Services')
  await expect(settings.join.name).toHaveValue('Front desk 1')
  await page.keyboard.press('Enter')
  await new HubStatus(page).expectLink('Online')
  await new HubStatus(page).expectWaiting(0)
  await expect(settings.workstations).toHaveCount(1, { timeout: 30_000 })
  await expect(settings.strip).toContainText(office.hub.address)
})
