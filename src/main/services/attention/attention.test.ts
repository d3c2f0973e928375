import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../shared/base/id.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Attention } from '../../../shared/contract/methods/hub.ts'
import type { PromiseItem } from '../../../shared/contract/methods/promises.ts'
import { refusedChangeId } from '../../../shared/domain/attention/commands.ts'
import { COMMANDS } from '../../../shared/domain/commands.ts'
import { appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { queueId } from '../../../shared/domain/promises/defaultQueues.ts'
import { type Page, startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import { bookingInput, type BookingOffice, openForBooking } from '../../../../tests/support/bookingOffice.ts'
import { deedOf } from './describe.ts'
import { lookFor } from './look.ts'
import { waitingInWords } from './waitingInWords.ts'

let office: TestBackend
let page: Page
let at: BookingOffice
let ownerId: string
const technicianId = newId()

function services() {
  const { services: found } = office.backend
  if (!found) throw new Error('The backend did not start')
  return found
}

function run(name: string, input: unknown, actorId: string = ownerId) {
  return services().run({ name, input, actorId })
}

/** Books a visit for tomorrow, 4 to 6 PM. */
function book(): { readonly appointmentId: string; readonly startsAt: number } {
  const input = bookingInput(at, newId()) as unknown as { readonly jobId: string; readonly appointment: { readonly id: string; readonly windowStartsAt: number } }
  expect(run('job.book', input, at.csrId).kind).toBe('accepted')
  return { appointmentId: input.appointment.id, startsAt: input.appointment.windowStartsAt }
}

const assignment = (visit: { readonly appointmentId: string; readonly startsAt: number }, more: object = {}) => ({
  appointmentId: visit.appointmentId,
  technicianId,
  startsAt: visit.startsAt,
  endsAt: visit.startsAt + 90 * MINUTE,
  overbookAccepted: false,
  ...more,
})

/** What the hub reports when a command of this workstation could not stand. */
function refused(commandName: string, input: unknown, more: object = {}): string {
  const commandId = newId()
  const outcome = run(
    'change.refused',
    {
      commandId, commandName, commandVersion: COMMANDS.get(commandName)?.version ?? 1, input, numbers: {}, at: Date.now() - HOUR, deviceId: newId(), actorId: at.csrId,
      kind: 'refused', code: 'dispatch.doubleBooked', message: 'Al Brightwater is with Martin Okonjo at that time.', subject: null, amountCents: null, causeId: null, ...more,
    },
    SYSTEM_ACTOR,
  )
  expect(outcome.kind).toBe('accepted')
  return refusedChangeId(commandId)
}

const shown = async (id: string): Promise<Attention> => {
  const answer = await page.ask<Attention | null>('attention.get', { id })
  if (!answer) throw new Error('The change is not kept')
  return answer
}

const open = async (): Promise<readonly string[]> => {
  const { items } = await page.ask<{ items: PromiseItem[] }>('queue.items', { of: { kind: 'queue', queueId: queueId('needs-attention') } })
  return items.map(({ subjectId }) => subjectId)
}

const technicianOf = (appointmentId: string): string | null | undefined => services().store.engine.run(get(appointmentTable, appointmentId))?.technicianId

beforeEach(async () => {
  office = startBackend()
  at = openForBooking((name, input, actorId) => services().run({ name, input, actorId: actorId ?? SYSTEM_ACTOR }))
  const { people } = await office.page().ask<{ people: { userId: string; roles: string[] }[] }>('session.state')
  ownerId = people.find(({ roles }) => roles.includes('owner'))?.userId ?? ''
  expect(run('technician.save', { id: technicianId, name: 'Al Brightwater', businessUnitId: at.unitId, skills: [], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true }).kind).toBe('accepted')
  signInAs(ownerId)
})

afterEach(() => office.close())

/** A page whose person is this one from the start. */
function signInAs(userId: string): void {
  page = office.page(newId(), userId)
}

describe('a slot that was somebody else\u2019s by then', () => {
  it('shows both sides in words, with a key for each way to settle it', async () => {
    const [theirs, ours] = [book(), book()]
    expect(run('appointment.assign', assignment(theirs)).kind).toBe('accepted')
    const id = refused('appointment.assign', assignment(ours))
    const item = await shown(id)
    expect(item.ours.title).toBe('Gave Martin Okonjo\u2019s visit to Al Brightwater')
    expect(item.ours.lines[0]).toMatch(/^Rosa Quill, /)
    expect(item.ours.lines[1]).toMatch(/, 4\u20135:30 PM$/)
    expect(item.theirs).toMatchObject({ title: 'Al Brightwater is with Martin Okonjo at that time.', opens: { kind: 'appointment', id: theirs.appointmentId } })
    expect(item.theirs.lines[0]).toMatch(/^Al Brightwater is with Martin Okonjo, job \d+: .*, 4\u20135:30 PM, given by Sean Avery$/)
    expect(item.theirs.lines).toContain('No technician has it')
    expect(item.phone).toBe('+15550146638')
    expect(item.choices.map(({ key, label, action }) => [key, label, action])).toEqual([
      ['O', 'Overbook anyway', 'redo'],
      ['Enter', 'Open the board at that time', 'open'],
      ['W', 'Waiting for an answer', 'wait'],
      ['X', 'Let it go', 'drop'],
    ])
  })

  it('is overbooked under the name of whoever does it, and leaves the queue', async () => {
    const [theirs, ours] = [book(), book()]
    run('appointment.assign', assignment(theirs))
    const id = refused('appointment.assign', assignment(ours))
    expect(await open()).toEqual([id])
    const [again] = (await shown(id)).choices
    const { commandId } = await page.ask<{ commandId: string }>('attention.redo', { id, changes: again?.changes ?? null, withFallen: false })
    expect(technicianOf(ours.appointmentId)).toBe(technicianId)
    expect(services().store.journal.find(commandId)?.name).toBe('appointment.assign')
    expect(await shown(id)).toMatchObject({ state: 'redone', promiseId: null, choices: [{ action: 'open' }] })
    expect(await open()).toEqual([])
  })

  it('stays in the queue, whole, where it is refused again', async () => {
    const [theirs, ours] = [book(), book()]
    run('appointment.assign', assignment(theirs))
    const id = refused('appointment.assign', assignment(ours))
    await expect(page.ask('attention.redo', { id, changes: null, withFallen: false })).rejects.toMatchObject({ error: { code: 'dispatch.doubleBooked' } })
    expect(technicianOf(ours.appointmentId)).toBeNull()
    expect(await open()).toEqual([id])
  })

  it('comes back later where somebody waits for an answer', async () => {
    const id = refused('appointment.assign', assignment(book()))
    const item = await shown(id)
    const [wait] = item.choices.filter(({ action }) => action === 'wait')
    await page.ask('promise.recordOutcome', { promiseId: item.promiseId, outcomeKey: wait?.outcomeKey, note: 'He calls back after four.' })
    expect(await shown(id)).toMatchObject({ state: 'open', promiseId: item.promiseId })
    expect(await open()).toEqual([id])
  })

  it('offers no overbooking to who may not, and only a note lets it go', async () => {
    const visit = book()
    const id = refused('appointment.assign', assignment(visit))
    signInAs(at.csrId)
    const item = await shown(id)
    expect(item.choices.map(({ action }) => action)).toEqual(['open', 'wait', 'drop'])
    const [drop] = item.choices.filter(({ action }) => action === 'drop')
    const input = { promiseId: item.promiseId, outcomeKey: drop?.outcomeKey }
    await expect(page.ask('promise.recordOutcome', { ...input, note: '' })).rejects.toMatchObject({ error: { code: 'promise.note' } })
    await page.ask('promise.recordOutcome', { ...input, note: 'The customer takes Friday.' })
    expect((await shown(id)).state).toBe('dropped')
  })
})

describe('what fell with it', () => {
  it('is named, is settled with it, and is done again in its order', async () => {
    const visit = book()
    const id = refused('appointment.assign', assignment(visit), { code: 'dispatch.unknownTechnician', message: 'Choose a technician who works here.' })
    const fallen = refused('appointment.changeState', { appointmentId: visit.appointmentId, to: 'dispatched', reason: null, expectedVersion: 999 }, { causeId: id, code: 'sync.fell' })
    expect(await open()).toEqual([id])
    const item = await shown(id)
    expect(item.fallen).toEqual(['Set Martin Okonjo\u2019s visit to Dispatched'])
    expect(item.choices.map(({ label, withFallen }) => [label, withFallen])).toEqual([
      ['Do it again, with what fell', true],
      ['Only this one again', false],
      ['Open the board at that time', false],
      ['Waiting for an answer', false],
      ['Let it go', false],
    ])
    expect(await shown(fallen)).toMatchObject({ promiseId: null, theirs: { opens: { kind: 'refused_change', id } }, choices: [{ action: 'open', label: 'Show what it fell with' }] })
    await page.ask('attention.redo', { id, changes: null, withFallen: true })
    expect(services().store.engine.run(get(appointmentTable, visit.appointmentId))).toMatchObject({ technicianId, state: 'dispatched' })
  })

  it('can\u2019t be settled by itself', async () => {
    const visit = book()
    const id = refused('appointment.assign', assignment(visit))
    const fallen = refused('appointment.unassign', { appointmentId: visit.appointmentId }, { causeId: id })
    await expect(page.ask('attention.redo', { id: fallen, changes: null, withFallen: false })).rejects.toMatchObject({ error: { code: 'attention.noPromise' } })
  })
})

it('shows money that found no place, and that a fact which is only flagged stands', async () => {
  const payment = { paymentId: newId(), customerId: at.customerId, invoiceId: null, form: 'check', amountCents: 25_000, checkNumber: '1044', memo: '', day: '2026-07-14' }
  const parked = await shown(refused('payment.record', payment, { kind: 'parked', code: 'payment.unknownInvoice', message: 'This invoice is not there.', amountCents: 25_000 }))
  expect(parked).toMatchObject({ amountCents: 25_000, ours: { title: 'Took $250.00 from Martin Okonjo', opens: { kind: 'customer', id: at.customerId } } })
  expect(parked.ours.lines).toContain('On account')
  expect(parked.theirs.lines).toContain('$250.00 was taken and is kept here until this is settled')
  const flagged = await shown(refused('payment.record', { ...payment, paymentId: newId() }, { kind: 'flagged', code: 'people.notAllowed', message: 'Rosa Quill may not take payments any more.' }))
  expect(flagged.choices.map(({ label }) => label)).toEqual(['Open the customer', 'Waiting for an answer', 'Let it stand'])
})

it('says of a number that it stays used', async () => {
  const id = refused('job.book', bookingInput(at, newId()), { code: 'job.archivedCustomer', message: 'Martin Okonjo is archived.', numbers: { job: '1042' } })
  const item = await shown(id)
  expect(item.ours.title).toBe('Booked Service for Martin Okonjo')
  expect(item.ours.lines).toContain('Job number 1042 was taken for it and stays used')
  expect(item.ours.opens).toEqual({ kind: 'customer', id: at.customerId, day: null })
})

it('has words for every command, whatever its input looks like', () => {
  const look = lookFor({ ...services(), session: { clientId: '', userId: null, may: () => true } })
  for (const [name, command] of COMMANDS) {
    for (const input of [null, {}, [], 'text', { customerId: 'gone', appointmentId: 7, note: 'x'.repeat(999), set: { name: 'New name' } }]) {
      const deed = deedOf({ commandName: name, commandVersion: command.version, input }, look)
      expect(deed.title, name).not.toBe('')
      expect(deed.lines.join(' ').length, name).toBeLessThan(1000)
    }
  }
  expect(deedOf({ commandName: 'gone.command', commandVersion: 1, input: {} }, look).title).toContain('gone.command')
})

it('tells what waits for the hub in the same words', () => {
  const visit = book()
  const outcome = run('appointment.changeState', { appointmentId: visit.appointmentId, to: 'confirmed' })
  if (outcome.kind !== 'accepted') throw new Error('The visit was not confirmed')
  const waiting = { commandId: outcome.commandId, summary: 'Say how far a visit is.', at: 0, by: 'Sean Avery', applied: true }
  const asked = { ...services(), session: { clientId: '', userId: ownerId, may: () => true }, pageId: '', actorId: ownerId }
  expect(waitingInWords([waiting, { ...waiting, commandId: 'gone' }], asked).map(({ summary }) => summary)).toEqual(['Set Martin Okonjo\u2019s visit to Confirmed', 'Say how far a visit is.'])
})
