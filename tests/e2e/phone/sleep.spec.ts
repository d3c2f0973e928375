import { type Baton, expect, test } from '../../support/driver.ts'
import { importedCompany, PEOPLE } from '../../support/importedCompany.ts'
import { startPbx } from '../../support/pbx/pbx.ts'
import { officeUri, startCaller } from '../../support/pbx/telephones.ts'
import { CallerDesk } from '../pages/callerDesk.ts'
import { callWith, MAIN_LINE, setUpSipDesk, someCustomers } from '../pages/sipDesk.ts'

test.use({ prepare: { fill: importedCompany }, view: { viewport: { width: 1440, height: 900 }, permissions: ['microphone'] } })

/** Longer than anybody takes for a slow moment: two answers of the keepalive are missed by then. */
const SLEEP_MS = 16_000

/** The host stands still, and with it every answer to the server, while things happen outside. */
async function sleepWhile(baton: Baton, happens: () => Promise<void>): Promise<void> {
  baton.fallAsleep()
  const slept = new Promise((resolve) => setTimeout(resolve, SLEEP_MS))
  try {
    await happens()
    await slept
  } finally {
    baton.wake()
  }
}

test('a machine that slept hears what came meanwhile: a caller who hung up is gone, one who rang is missed, and the line is up', async ({ page, baton }, info) => {
  test.setTimeout(240_000)
  const pbx = await startPbx({ voicemail: false })
  try {
    const desk = new CallerDesk(page, info)
    const { calls } = desk
    await setUpSipDesk(desk, pbx)
    const [talking, ringing] = await someCustomers(desk, 2)
    if (!talking || !ringing) throw new Error('Two customers are needed')
    const [caller, other] = [await startCaller(pbx, { name: talking.name, number: talking.number }), await startCaller(pbx, { name: ringing.name, number: ringing.number, port: 5_070 })]
    await caller.dial(officeUri(pbx, MAIN_LINE))
    await expect(calls.pop).toBeVisible()
    const answered = await callWith(desk, talking)
    await page.keyboard.press('F8')
    await caller.until('CALL_ESTABLISHED')
    await desk.expectRecord(answered, { state: 'live' })

    await sleepWhile(baton, async () => {
      await caller.hangUp()
      await caller.until('CALL_CLOSED')
      await other.dial(officeUri(pbx, MAIN_LINE))
      // Rings for a moment, as far as the caller knows.
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      await other.hangUp()
      await other.until('CALL_CLOSED')
    })

    const { answeredAt, endedAt, talkMs } = await desk.expectRecord(answered, { state: 'ended', endCause: 'callerHungUp', answered: true, agentName: PEOPLE.csr.name })
    // What it slept through is no talk, whichever clock went on meanwhile.
    expect(talkMs).toBeLessThan((endedAt ?? 0) - (answeredAt ?? 0) - SLEEP_MS / 2)
    await expect(async () => {
      const { rows } = await desk.ask<{ readonly rows: readonly object[] }>('calls.day', { day: null })
      expect(rows).toHaveLength(2)
      expect(rows).toContainEqual(expect.objectContaining({ customerId: ringing.id, state: 'ended', answered: false, outcome: 'abandoned', followUp: 'owed' }))
    }).toPass({ timeout: 20_000 })
    await expect(calls.cell).not.toContainText('Ringing')

    // The line is as it was: the next caller rings.
    await pbx.untilRegistered('101')
    await other.dial(officeUri(pbx, MAIN_LINE))
    await expect(calls.cell).toContainText('Ringing', { timeout: 20_000 })
    await other.hangUp()
  } finally {
    await pbx.stop()
  }
})

test('a machine that slept so long that the server knows it no more registers again, and ends the call that is gone as lost', async ({ page, baton }, info) => {
  test.setTimeout(240_000)
  const pbx = await startPbx({ voicemail: false })
  try {
    const desk = new CallerDesk(page, info)
    const { calls } = desk
    await setUpSipDesk(desk, pbx)
    const [talking] = await someCustomers(desk, 1)
    if (!talking) throw new Error('A customer is needed')
    const caller = await startCaller(pbx, { name: talking.name, number: talking.number })
    await caller.dial(officeUri(pbx, MAIN_LINE))
    await expect(calls.pop).toBeVisible()
    const answered = await callWith(desk, talking)
    await page.keyboard.press('F8')
    await caller.until('CALL_ESTABLISHED')

    await sleepWhile(baton, async () => {
      // Connections, registrations and calls are gone with it; nobody can say that the caller has hung up.
      await pbx.kill()
      await caller.hangUp()
      await caller.until('CALL_CLOSED')
      await pbx.restart()
      expect(await pbx.registrations('101')).toEqual([])
    })

    await pbx.untilRegistered('101')
    await desk.expectRecord(answered, { state: 'ended', answered: true, agentName: PEOPLE.csr.name, followUp: 'owed', outcome: 'unbooked' })
    await desk.expectPromise(answered, { title: new RegExp(`Call ${talking.name} back`), role: 'inboundCsr', within: 60 })
    await caller.dial(officeUri(pbx, MAIN_LINE))
    await expect(calls.cell).toContainText('Ringing', { timeout: 20_000 })
    await page.keyboard.press('F8')
    await caller.until('CALL_ESTABLISHED')
    await caller.hangUp()
  } finally {
    await pbx.stop()
  }
})
