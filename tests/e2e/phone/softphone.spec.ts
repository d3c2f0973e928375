import { expect } from '@playwright/test'
import { expectAccessible } from '../../support/axe.ts'
import { startBackend } from '../../support/backend.ts'
import { test } from '../../support/driver.ts'
import { isSilent, lastOf, secondsOf } from '../../support/pbx/audio.ts'
import type { Baresip } from '../../support/pbx/baresip.ts'
import { passwordOf, REALM } from '../../support/pbx/numbers.ts'
import { type Pbx, startPbx } from '../../support/pbx/pbx.ts'
import { officeUri, startCaller } from '../../support/pbx/telephones.ts'
import { Calls } from '../pages/calls.ts'
import { FrontDoor } from '../pages/frontDoor.ts'
import { PhoneSettings } from '../pages/phoneSettings.ts'

const OWNER = { name: 'Sean Avery', pin: '4821' }

async function company(dataDir: string): Promise<void> {
  const office = startBackend({ directory: dataDir })
  await office.page().ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: OWNER.name, pin: OWNER.pin })
  await office.close()
}

test.use({ prepare: { fill: company }, view: { viewport: { width: 1440, height: 900 }, permissions: ['microphone'] } })

/** Whether sound comes to a telephone at this moment. */
async function heardNow(telephone: Baresip): Promise<boolean> {
  const seconds = (): number => secondsOf(telephone.heard().at(-1) ?? { rate: 1, samples: new Float32Array() })
  const before = seconds()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const sound = telephone.heard().at(-1)
  return sound !== undefined && seconds() > before && !isSilent(lastOf(sound, 1.2))
}

const accountAt = (pbx: Pbx) => ({ server: pbx.wss, domain: REALM, extension: '101', password: passwordOf('101'), certificate: pbx.certificate })

test('is set up by keyboard, takes a call, and keeps the caller over a reload and into another tab', async ({ page }) => {
  test.setTimeout(240_000)
  const pbx = await startPbx({ voicemail: false })
  try {
    await new FrontDoor(page).signIn('Sean', OWNER.pin)
    const settings = new PhoneSettings(page)
    await settings.open()
    await settings.enter({ ...accountAt(pbx), password: 'wrong' })
    await settings.tryIt(/refuses the user name or the password/)
    await settings.enter(accountAt(pbx))
    await settings.tryIt(/It works: .* knows extension 101/)
    await settings.save()
    await expect(page.getByText(/^Connected\. Extension 101 at/)).toBeVisible()
    await pbx.untilRegistered('101')
    await expect.poll(() => page.getByRole('meter', { name: 'Microphone' }).getAttribute('aria-valuetext')).toBe('It hears something')
    await expectAccessible(page)

    const caller = await startCaller(pbx)
    const calls = new Calls(page)
    await caller.dial(officeUri(pbx, '5550100'))
    await expect(calls.cell).toContainText('Ringing')
    await expect(page.getByText('(512) 555-0142').first()).toBeVisible()
    await page.keyboard.press('F8')
    await caller.until('CALL_ESTABLISHED')
    await expect(calls.cell).not.toContainText('Ringing')

    await expect.poll(() => heardNow(caller)).toBe(true)

    await page.reload()
    await expect(calls.cell).toContainText('(512) 555-0142')
    await expect.poll(() => heardNow(caller)).toBe(true)
    expect(caller.events.filter(({ type }) => type === 'CALL_CLOSED')).toEqual([])

    // The tab with the sound is closed in mid-call: the next one has it.
    const second = await page.context().newPage()
    await second.goto(new URL('/', page.url()).href)
    await second.locator('iframe[title="Sound of the telephone"]').waitFor({ state: 'attached' })
    await page.close()
    await expect.poll(() => heardNow(caller)).toBe(true)
    expect(caller.events.filter(({ type }) => type === 'CALL_CLOSED')).toEqual([])
    await caller.hangUp()
    await caller.until('CALL_CLOSED')
  } finally {
    await pbx.stop()
  }
})
