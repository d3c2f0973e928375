import { expect } from '@playwright/test'
import { all } from '../../../src/shared/domain/kernel/load.ts'
import { callTable } from '../../../src/shared/domain/calls/tables.ts'
import { startBackend } from '../../support/backend.ts'
import { test } from '../../support/driver.ts'
import { malformedMessages, sendMalformed } from '../../support/pbx/malformed.ts'
import { passwordOf, REALM } from '../../support/pbx/numbers.ts'
import { type Pbx, startPbx } from '../../support/pbx/pbx.ts'
import { floodByTrunk, trunkCall } from '../../support/pbx/sipp.ts'
import { officeUri, startCaller } from '../../support/pbx/telephones.ts'
import { Calls } from '../pages/calls.ts'
import { FrontDoor } from '../pages/frontDoor.ts'

const OWNER = { name: 'Sean Avery', pin: '4821' }
const FLOOD = { calls: 120, perSecond: 40 } as const
const SENTENCE = 'the kitchen tap drips since we moved the table to the other wall '

let pbx: Pbx

/** A company whose telephone was set up earlier: the host registers by itself when it starts. */
async function company(dataDir: string): Promise<void> {
  pbx = await startPbx({ voicemail: false })
  const office = startBackend({ directory: dataDir })
  const page = office.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: OWNER.name, pin: OWNER.pin })
  const account = { kind: 'sip', server: pbx.ws, domain: REALM, extension: '101', userName: '', displayName: '', certificate: '' }
  await page.ask('phone.saveAccount', { account, secrets: { password: passwordOf('101') } })
  await office.close()
}

test.use({ prepare: { fill: company }, view: { viewport: { width: 1440, height: 900 }, permissions: ['microphone'] } })

test.afterEach(() => pbx?.stop())

test('a flood of INVITEs and of broken messages: every key is taken, every call is kept, and the next caller is answered', async ({ page, baton }) => {
  test.setTimeout(240_000)
  await new FrontDoor(page).signIn('Sean', OWNER.pin)
  await pbx.untilRegistered('101')
  await page.evaluate(() => (location.hash = '#/booking'))
  const summary = page.locator('[data-field=summary] textarea').first()
  await summary.focus()

  const call = trunkCall('givesUp', { number: '+15125550188', ringMs: 1_500 })
  let flooding = true
  const flood = Promise.all([floodByTrunk(pbx, { ...FLOOD, call }), sendMalformed(pbx, malformedMessages(pbx).slice(0, 12))]).finally(() => (flooding = false))
  let typed = ''
  while (flooding) {
    await page.keyboard.type(SENTENCE)
    typed += SENTENCE
  }
  await flood
  await expect(summary).toHaveValue(typed)

  // The host and its page are alive: the next caller rings, is answered by key, and talks.
  const calls = new Calls(page)
  const caller = await startCaller(pbx)
  await caller.dial(officeUri(pbx, '5550100'))
  await expect(calls.pop).toContainText('(512) 555-0142')
  await page.keyboard.press('F8')
  await caller.until('CALL_ESTABLISHED')
  await caller.hangUp()
  await expect(calls.cell).toContainText('Ended')

  const office = startBackend({ directory: baton.dataDir, quiet: true })
  const stored = (): readonly { readonly externalId: string; readonly state: string }[] => office.backend.services?.store.engine.run(all(callTable)) ?? []
  const ids = Array.from({ length: FLOOD.calls }, (_, index) => `sip:${call.callId}-${index + 1}`)
  await expect.poll(() => ids.filter((id) => stored().filter(({ externalId, state }) => externalId === id && state === 'ended').length !== 1)).toEqual([])
  expect(stored().filter(({ state }) => state !== 'ended')).toEqual([])
  await office.close()
  expect(baton.output()).not.toMatch(/uncaught|unhandled|Error:/i)
})
