import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Page, startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import { bookingInput, type BookingOffice, openForBooking } from '../../../../tests/support/bookingOffice.ts'
import { reportedToHub } from '../../../../tests/support/reportedToHub.ts'
import { newId } from '../../../shared/base/id.ts'
import type { PromiseItem } from '../../../shared/contract/methods/promises.ts'
import type { SuspenseMoney } from '../../../shared/contract/methods/payments.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { queueId } from '../../../shared/domain/promises/defaultQueues.ts'

let office: TestBackend
let page: Page
let at: BookingOffice
let ownerId: string

function services() {
  const { services: found } = office.backend
  if (!found) throw new Error('The backend did not start')
  return found
}

const run = (name: string, input: unknown, actorId: string = ownerId) => services().run({ name, input, actorId })

beforeEach(async () => {
  office = startBackend()
  at = openForBooking((name, input, actorId) => run(name, input, actorId ?? SYSTEM_ACTOR))
  const { people } = await office.page().ask<{ people: { userId: string; roles: string[] }[] }>('session.state')
  ownerId = people.find(({ roles }) => roles.includes('owner'))?.userId ?? ''
  page = office.page(newId(), at.csrId)
})

afterEach(() => office.close())

/** A check for somebody who is not recorded, as another workstation reported it. */
function taken(customerId: string): string {
  const paymentId = newId()
  reportedToHub(services().store, 'payment.record', { paymentId, customerId, invoiceId: null, form: 'check', amountCents: 12_500, checkNumber: '5521', memo: 'Deposit', day: '2026-07-14' }, at.csrId)
  return paymentId
}

const nora = (customerId: string) => ({ customerId, kind: 'residential', firstName: 'Nora', lastName: 'Vance', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550146638', label: 'mobile' }], emails: [], location: null })

function refused(commandName: string, input: unknown, causeId: string | null = null): void {
  const commandId = newId()
  const report = { commandId, commandName, commandVersion: 1, input, numbers: {}, at: Date.now(), deviceId: newId(), actorId: at.csrId, kind: 'refused', code: 'people.notAllowed', message: 'Rosa Quill has left the company.', subject: null, amountCents: null, causeId }
  expect(run('change.refused', report, SYSTEM_ACTOR).kind).toBe('accepted')
}

const shown = (id: string) => page.ask<SuspenseMoney | null>('suspense.get', { id })

const open = async (): Promise<readonly string[]> => {
  const { items } = await page.ask<{ items: PromiseItem[] }>('queue.items', { of: { kind: 'queue', queueId: queueId('money-in-suspense') } })
  return items.map(({ subjectId }) => subjectId)
}

it('says what was taken, by whom and where, for whom, and who that may be', async () => {
  const customerId = newId()
  refused('customer.create', nora(customerId))
  refused('job.book', { ...bookingInput(at, newId()), customerId })
  const id = taken(customerId)
  expect(await open()).toEqual([id])
  const money = await shown(id)
  expect(money).toMatchObject({
    state: 'open',
    form: 'check',
    amountCents: 12_500,
    checkNumber: '5521',
    memo: 'Deposit',
    receivedBy: 'Rosa Quill',
    workstation: 'another workstation',
    why: 'The customer could not be recorded: Rosa Quill has left the company.',
    wanted: { name: 'Nora Vance', customerId: null, phone: '+15550146638', lines: ['(555) 014-6638, mobile', 'Booked Service for Nora Vance'] },
    placed: null,
  })
  // Who has the number that was written down is offered, and is not taken for the one.
  expect(money?.likely.map(({ customerId: likely, why }) => [likely, why])).toEqual([[at.customerId, 'same phone (555) 014-6638']])
})

it('knows the customer who has been recorded since, and where the money went', async () => {
  const customerId = newId()
  const id = taken(customerId)
  expect(await shown(id)).toMatchObject({ workstation: null, wanted: { name: null, customerId: null, lines: [] }, likely: [] })
  expect(run('customer.create', { ...nora(customerId), phones: [] }, at.csrId).kind).toBe('accepted')
  expect(await shown(id)).toMatchObject({ wanted: { name: 'Nora Vance', customerId }, likely: [{ customerId, name: 'Nora Vance' }] })
  await page.ask('payment.place', { suspenseId: id, customerId, invoiceId: null })
  expect(await shown(id)).toMatchObject({ state: 'placed', placed: { customerId, customerName: 'Nora Vance', invoiceNumber: null } })
  expect(await open()).toEqual([])
})

it('keeps the reason for which it went back', async () => {
  const id = taken(newId())
  await expect(page.ask('payment.giveBack', { suspenseId: id, reason: 'Paid twice' })).rejects.toMatchObject({ error: { code: 'people.notAllowed' } })
  expect(run('payment.giveBack', { suspenseId: id, reason: 'Paid twice' }).kind).toBe('accepted')
  expect(await shown(id)).toMatchObject({ state: 'refunded', refundReason: 'Paid twice', placed: null })
})

it('answers with nothing where the money is not here', async () => {
  expect(await shown(newId())).toBeNull()
})
