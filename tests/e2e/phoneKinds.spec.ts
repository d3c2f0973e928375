import type { Page, TestInfo } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessibilityFaults } from '../support/axe.ts'
import { askBeside } from '../support/askBeside.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf } from '../support/officeClock.ts'
import { AMI_SECRET, AMI_USER } from '../support/phones/amiServer.ts'
import { Asterisk } from '../support/phones/asteriskOffice.ts'
import { freePort, HOOK_SECRET, WebhookSender } from '../support/phones/webhookSender.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { PhoneSettings } from './pages/phoneSettings.ts'
import { ShellFrame } from './pages/shell.ts'

test.use({ prepare: { fill: importedCompany } })

const STRANGER = '+15125550140'

async function atSettings(page: Page): Promise<PhoneSettings> {
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.owner.name)
  const settings = new PhoneSettings(page)
  await settings.open()
  return settings
}

async function seen(page: Page, info: TestInfo, name: string): Promise<void> {
  const size = page.viewportSize()
  for (const [suffix, view] of [['', size], ['-large', { width: 2560, height: 1440 }]] as const) {
    if (view) await page.setViewportSize(view)
    await page.screenshot({ path: info.outputPath(`${name}${suffix}.png`) })
    expect.soft(await layoutFaults(page)).toEqual([])
  }
  if (size) await page.setViewportSize(size)
  expect.soft(await accessibilityFaults(page, { fewRows: true })).toEqual([])
}

/** No page is told a secret, and no file holds one but the sealed file of its own. */
async function expectKeptSecret(page: Page, dataDir: string, secret: string): Promise<void> {
  const [account] = await askBeside(page, [{ method: 'phone.account', input: {} }])
  expect(JSON.stringify(account)).not.toContain(secret)
  expect(await page.content()).not.toContain(secret)
  for (const entry of readdirSync(dataDir, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name === 'phone.key') continue
    expect(readFileSync(join(entry.parentPath, entry.name)).includes(secret), entry.name).toBe(false)
  }
}

test('an Asterisk is set up by keyboard: refused in a sentence, tried, saved, and its caller pops', async ({ page, baton }, info) => {
  const asterisk = new Asterisk()
  await asterisk.server.listen()
  try {
    const settings = await atSettings(page)
    await settings.choose('aster')
    await expect(settings.field('Port')).toHaveValue('5038')
    // Without anything typed the first gap takes the cursor and says what is missing.
    await page.keyboard.press('Control+Enter')
    await expect(settings.form).toContainText('Enter the name or the address of the telephone system')
    await expect(settings.field('Telephone system')).toBeFocused()
    await seen(page, info, 'asterisk-refused')

    await settings.fill({ 'Telephone system': 'pbx.example.com', Port: String(asterisk.server.port), Manager: AMI_USER, Secret: 'not-the-secret', Extension: '101' })
    await settings.tryIt(/whoever is on the network reads the password/)
    await settings.fill({ 'Telephone system': '127.0.0.1' })
    await settings.tryIt('refuses the manager\u2019s user name or secret')
    await seen(page, info, 'asterisk-wrong-secret')

    // Another kind looked at meanwhile loses nothing.
    await settings.choose('free')
    await expect(settings.field('Port')).toHaveValue('8021')
    await seen(page, info, 'freeswitch')
    await settings.choose('aster')
    await expect(settings.field('Manager')).toHaveValue(AMI_USER)
    await settings.fill({ Secret: AMI_SECRET })
    await settings.tryIt('It works: Extension 101 at 127.0.0.1 is seen.')
    await settings.save()
    await expect(page.getByText('Connected. Extension 101 at 127.0.0.1')).toBeVisible()
    await expect(settings.field('Another secret')).toHaveValue('')
    await seen(page, info, 'asterisk-connected')
    await expectKeptSecret(page, baton.dataDir, AMI_SECRET)

    const calls = new Calls(page)
    asterisk.ring(STRANGER)
    await expect(calls.cell).toContainText('(512) 555-0140')
    await expect(calls.pop).toBeVisible()
    asterisk.answered(STRANGER, 'mine')
    await expect(calls.pop).toBeHidden()
    asterisk.callerHangsUp(STRANGER)
    const rows = async () => ((await askBeside(page, [{ method: 'calls.day', input: { day: null } }])) as readonly { readonly rows: readonly object[] }[])[0]?.rows
    await expect(async () => expect(await rows()).toMatchObject([{ fromNumber: STRANGER, state: 'ended', answered: true, practice: false }])).toPass()
    // A secret is for the system it was typed for: another address asks for it again.
    await settings.fill({ 'Telephone system': 'localhost' })
    await page.keyboard.press('Control+Enter')
    await expect(settings.form).toContainText('one that was entered for another system is not sent to it')
    await seen(page, info, 'asterisk-moved')
  } finally {
    await asterisk.server.stop()
  }
})

test('signed messages are set up by keyboard, and a caller they tell of pops', async ({ page, baton }, info) => {
  const port = await freePort()
  const settings = await atSettings(page)
  await settings.choose('sign')
  await settings.fill({ Name: 'Front desk at Acme Voice', 'Baton listens at': '0.0.0.0', Port: String(port), Secret: 'short' })
  await page.keyboard.press('Control+Enter')
  await expect(settings.form).toContainText('let the reverse proxy of this machine pass the messages on')
  await expect(settings.field('Baton listens at')).toBeFocused()
  await settings.fill({ 'Baton listens at': '127.0.0.1' })
  await page.keyboard.press('Control+Enter')
  await expect(settings.form).toContainText('it has at least 32 letters')
  await expect(settings.field('Secret')).toBeFocused()
  await seen(page, info, 'messages-refused')
  await settings.fill({ Secret: HOOK_SECRET })
  await settings.tryIt(`Baton can listen at http://127.0.0.1:${port}/phone/events.`)
  await settings.save()
  await expect(page.getByText('Connected. Front desk at Acme Voice')).toBeVisible()
  await settings.tryIt(`Baton listens at port ${port} already`)
  await seen(page, info, 'messages-connected')
  await expectKeptSecret(page, baton.dataDir, HOOK_SECRET)

  const ahead = (await clockOf(page)) - Date.now()
  const sender = new WebhookSender(port, () => Date.now() + ahead)
  const calls = new Calls(page)
  sender.say('one', 'ringing', { from: STRANGER, to: '+13125550100' })
  await expect(calls.cell).toContainText('(512) 555-0140')
  sender.say('one', 'answeredElsewhere')
  await expect(calls.cell).toContainText('Ready')
})

test('each other telephone has a form that says what it needs, and whoever may not change it sees none of it', async ({ page }, info) => {
  const settings = await atSettings(page)
  for (const [letters, name, needs] of [
    ['desk', 'desk-phone', 'Enter the telephone server'],
    ['twil', 'twilio', 'The account SID begins with AC'],
    ['ring', 'ringcentral', 'Enter what people call this telephone'],
    ['free', 'freeswitch-empty', 'Enter the name or the address'],
  ] as const) {
    await settings.choose(letters)
    await page.keyboard.press('Control+Enter')
    await expect(settings.form).toContainText(needs)
    await seen(page, info, name)
  }
  await page.keyboard.press('F2')
  await new FrontDoor(page, page.getByRole('dialog')).signIn('Rosa', PEOPLE.csr.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.csr.name)
  const account = { kind: 'none' }
  for (const [method, input] of [['phone.account', {}], ['phone.saveAccount', { account, secrets: {} }], ['phone.tryAccount', { account, secrets: {} }], ['phone.forgetSecrets', {}]] as const) {
    await expect(askBeside(page, [{ method, input }])).rejects.toThrow(/may|right|not allowed/i)
  }
})
