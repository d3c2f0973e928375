import { expect } from '@playwright/test'
import { expectAccessible } from '../support/axe.ts'
import { startBackend } from '../support/backend.ts'
import { test } from '../support/driver.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { PhoneSettings } from './pages/phoneSettings.ts'

const OWNER = { name: 'Sean Avery', pin: '4821' }

async function company(dataDir: string): Promise<void> {
  const office = startBackend({ directory: dataDir })
  await office.page().ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: OWNER.name, pin: OWNER.pin })
  await office.close()
}

test.use({ prepare: { fill: company }, view: { viewport: { width: 1440, height: 900 }, permissions: ['microphone'] } })

test('a relay is named by keyboard, and asks for its password; the one that is kept stays where none is typed', async ({ page }) => {
  await new FrontDoor(page).signIn('Sean', OWNER.pin)
  const settings = new PhoneSettings(page)
  await settings.open()
  await settings.choose('soft')
  await settings.fill({ 'Telephone server': 'wss://phones.example.com/ws', Domain: 'example.com', Extension: '101', Password: 'hunter2', 'Pick-up code': '*8', 'Relay servers': 'turns:relay.example.com:5349', 'Name at the relay': 'front' })
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/Enter the relay.s password/)).toBeVisible()
  await settings.fill({ 'Password at the relay': 'hunter2' })
  await settings.save()
  await page.reload()
  await expect(settings.field('Pick-up code')).toHaveValue('*8')
  await expect(settings.field('Another password at the relay')).toHaveValue('')
  await settings.fill({ 'Pick-up code': '*7' })
  await settings.save()
  await expectAccessible(page)
})
