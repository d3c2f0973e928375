import type { CallLogRow } from '../../../src/shared/contract/methods/calls.ts'
import { expect, test } from '../../support/driver.ts'
import { importedCompany, PEOPLE } from '../../support/importedCompany.ts'
import { clockOf } from '../../support/officeClock.ts'
import type { Baresip } from '../../support/pbx/baresip.ts'
import { startPbx } from '../../support/pbx/pbx.ts'
import { officeUri, startCaller, startDeskPhone } from '../../support/pbx/telephones.ts'
import { publishMailbox } from '../../support/pbx/voicemailWaiting.ts'
import { Booking } from '../pages/booking.ts'
import { CallerDesk } from '../pages/callerDesk.ts'
import { CountingKeyboard } from '../pages/keyboard.ts'
import { callWith, DISPATCH_EXTENSION, MAIN_LINE, setUpSipDesk, someCustomers } from '../pages/sipDesk.ts'
import { TelephoneDesk } from '../pages/telephone.ts'

test.use({ prepare: { fill: importedCompany }, view: { viewport: { width: 1440, height: 900 }, permissions: ['microphone'] } })

const established = (telephone: Baresip): number => telephone.events.filter(({ type }) => type === 'CALL_ESTABLISHED').length

test('a half hour on a real telephone system: booked, two callers at once, asked and put through, missed and called back', async ({ page }, info) => {
  test.setTimeout(300_000)
  const pbx = await startPbx({ voicemail: false })
  try {
    const desk = new CallerDesk(page, info)
    const { calls } = desk
    const telephone = new TelephoneDesk(page)
    const booking = new Booking(page)
    const keyboard = new CountingKeyboard(page)
    await setUpSipDesk(desk, pbx)
    await desk.watchTheMouse()
    const [known, first, second] = await someCustomers(desk, 3)
    if (!known || !first || !second) throw new Error('Three customers are needed')
    const ids: string[] = []
    // Whom the office dials outside is whoever is at the carrier’s own port.
    const caller = await startCaller(pbx, { name: known.name, number: known.number })

    await test.step('a known caller rings, is named before anybody answers, and is booked', async () => {
      await caller.dial(officeUri(pbx, MAIN_LINE))
      await expect(calls.pop.getByRole('heading', { name: known.name })).toBeVisible()
      expect(established(caller)).toBe(0)
      await desk.moment('01-rings')
      const callId = await callWith(desk, known)
      ids.push(callId)
      await keyboard.press('F8')
      await caller.until('CALL_ESTABLISHED')
      await expect(booking.field('customer')).toContainText('matched')
      await booking.fill(keyboard, { jobType: 'fa', summary: 'Dripping since Sunday.', priority: 'h', item: 'an', quantity: '2', window: '2', payment: 'ch', notes: 'Mind the steps.', confirmed: true })
      await booking.book(keyboard)
      await keyboard.press('Shift+F8')
      await caller.until('CALL_CLOSED')
      await expect(calls.cell).toContainText('Ready')
      await expect(calls.question).toBeHidden()
      await desk.expectRecord(callId, { state: 'ended', outcome: 'booked', customerId: known.id, agentName: PEOPLE.csr.name, endCause: 'hungUp', practice: false, followUp: 'none' })
    })

    await test.step('a second caller is answered during the first, and the first goes to dispatch\u2019s own telephone', async () => {
      const dispatch = await startDeskPhone(pbx, DISPATCH_EXTENSION)
      const callers = [await startCaller(pbx, { name: first.name, number: first.number, port: 5_070 }), await startCaller(pbx, { name: second.name, number: second.number, port: 5_080 })] as const
      await callers[0].dial(officeUri(pbx, MAIN_LINE))
      await expect(calls.pop.getByRole('heading', { name: first.name })).toBeVisible()
      const firstId = await callWith(desk, first)
      await keyboard.press('F8')
      await callers[0].until('CALL_ESTABLISHED')
      await expect(booking.field('customer')).toContainText('matched')

      await callers[1].dial(officeUri(pbx, MAIN_LINE))
      await expect(calls.cell).toContainText('Ringing')
      await expect(calls.pop).toBeHidden()
      const secondId = await callWith(desk, second)
      ids.push(firstId, secondId)
      await keyboard.press('F8')
      await callers[1].until('CALL_ESTABLISHED')
      await expect(calls.cell.getByRole('button', { name: /^Held/ })).toContainText(first.name)
      await desk.moment('02-two-callers')
      await keyboard.press('F7')
      await expect(calls.cell.getByRole('button', { name: /^Held/ })).toContainText(second.name)

      await telephone.choose('da', PEOPLE.dispatcher.name)
      await keyboard.press('Enter')
      await dispatch.until('CALL_INCOMING')
      await expect(calls.cell).toContainText(`Rings ${PEOPLE.dispatcher.name}`)
      await dispatch.accept()
      await expect(calls.cell).toContainText(`With ${PEOPLE.dispatcher.name}`)
      await desk.moment('03-asking-dispatch')
      await keyboard.press('F9')
      // A plain telephone knows no Replaces: the caller comes as a ring of their own, beside whoever asked.
      await dispatch.until('CALL_INCOMING')
      await dispatch.accept()
      // The caller talks on with dispatch; only the call to us is over for them.
      await callers[0].until('CALL_ESTABLISHED')
      await callers[0].until('CALL_CLOSED')
      await desk.expectRecord(firstId, { customerId: first.id, followUp: 'none' })

      await keyboard.press('F7')
      await expect(calls.cell.getByRole('button', { name: /^Held/ })).toBeHidden()
      await expect(calls.cell).toContainText(second.name)
      await keyboard.press('Shift+F8')
      await callers[1].until('CALL_CLOSED')
      await expect(calls.question.getByRole('combobox', { name: 'Why was nothing booked?' })).toBeFocused()
      await keyboard.press('p', 'Control+Enter')
      await expect(calls.question).toBeHidden()
      await desk.expectRecord(secondId, { state: 'ended', outcome: 'unbooked', reason: 'Price', customerId: second.id, endCause: 'hungUp', followUp: 'owed' })
      await desk.expectPromise(secondId, { title: new RegExp(`Call ${second.name} back`), role: 'inboundCsr', within: 60 })
      await dispatch.hangUp()
      await callers[0].until('CALL_CLOSED')
      // Dispatch's telephone is no Baton's: when the caller was put through, or when it is idle again, is all we hear.
      await desk.expectRecord(firstId, { state: 'ended', endCause: 'transferred', outcome: 'excused', followUp: 'none' })
    })

    await test.step('a caller who gave up is called back from the list, and reached', async () => {
      await caller.dial(officeUri(pbx, MAIN_LINE))
      await expect(calls.pop.getByRole('heading', { name: known.name })).toBeVisible()
      const missed = await callWith(desk, known)
      await caller.hangUp()
      await expect(calls.pop).toBeHidden()
      await desk.expectRecord(missed, { state: 'ended', outcome: 'abandoned', endCause: 'callerHungUp', followUp: 'owed', answered: false })
      await desk.expectPromise(missed, { title: new RegExp(`Call ${known.name} back`), role: 'inboundCsr', within: 60 })
      await keyboard.press('Alt+Shift+r')
      await expect(page.getByRole('heading', { level: 1, name: 'Calls to return' })).toBeVisible()
      await keyboard.press('1')
      await expect(page.getByRole('region', { name: 'The promise in hand' })).toContainText(known.name)
      expect((await desk.record(missed)).callBackBy).toBeGreaterThan(await clockOf(page))
      await keyboard.press('l')
      await caller.until('CALL_ESTABLISHED')
      const outward = await callWith(desk, known)
      ids.push(missed, outward)
      await desk.expectRecord(missed, { followUp: 'done' })
      await desk.expectRecord(outward, { returnsCallId: missed, direction: 'out', customerId: known.id, agentName: PEOPLE.csr.name })
      await desk.moment('04-called-back')
      await keyboard.press('Shift+F8')
      await caller.until('CALL_CLOSED')
      await expect(calls.question.getByRole('combobox', { name: 'Why was nothing booked?' })).toBeFocused()
      await keyboard.press('q', 'Control+Enter')
      await expect(calls.question).toBeHidden()
      await desk.expectRecord(outward, { state: 'ended', outcome: 'excused', followUp: 'none' })
    })

    await test.step('the telephone system says how many messages wait in its box', async () => {
      await publishMailbox(pbx, '101', { unheard: 3, heard: 2 })
      await expect(page.getByRole('contentinfo')).toContainText('3 voicemails', { timeout: 20_000 })
      await keyboard.press('Alt+Shift+r')
      await keyboard.press('2')
      await expect(page.getByText('has 3 new, 2 heard')).toBeVisible()
      await desk.moment('06-messages')
    })

    const { rows } = await desk.ask<{ readonly rows: readonly CallLogRow[] }>('calls.day', { day: null })
    expect(rows.map(({ callId }) => callId).toSorted()).toEqual(ids.toSorted())
    expect(rows.filter(({ outcome, state }) => outcome === null || state !== 'ended')).toEqual([])
    await desk.seeLog(/Question about a booked visit/)
    await desk.moment('05-the-log')
    await desk.expectNoMouse()
    await desk.expectEverythingHeld()
  } finally {
    await pbx.stop()
  }
})
