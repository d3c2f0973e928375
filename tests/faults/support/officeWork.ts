import type { CommandOutcome } from '../../../src/main/core/runner.ts'
import { clockToLearn } from '../../../src/main/services/dispatch/clocks.ts'
import type { Store } from '../../../src/main/store/store.ts'
import { derivedId, newId } from '../../../src/shared/base/id.ts'
import { addDays, HOUR } from '../../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../src/shared/base/zone.ts'
import { appointmentTable } from '../../../src/shared/domain/dispatch/tables.ts'
import { SYSTEM_ACTOR } from '../../../src/shared/domain/people/permissions.ts'
import type { Random } from '../../simulation/world.ts'
import { bookingInput, type BookingOffice, openForBooking } from '../../support/bookingOffice.ts'

/** What somebody at a workstation wants done. */
export interface Wish {
  readonly name: string
  readonly input: unknown
  readonly actorId: string
}

const id = (label: string): string => derivedId('booking-office', label)

const ZONE = 'America/Chicago'

export const OWNER = id('owner')
export const CLERK = id('csr')

const TECHNICIANS = [id('technician 1'), id('technician 2')] as const

/** The ids are the same at every workstation. */
const office: BookingOffice = openForBooking(() => ({ kind: 'accepted' }))

/** A small office that can book and dispatch, set up by ordinary commands. @throws where one is refused */
export function setUpOffice(run: (wish: Wish) => CommandOutcome): void {
  openForBooking((name, input, actorId = OWNER) => run({ name, input, actorId }))
  // As where a company is made at a screen; a workstation that starts would say it of itself, beside what the tests count.
  run({ name: 'clock.learn', input: { clocks: [clockToLearn(ZONE, Date.now())] }, actorId: SYSTEM_ACTOR })
  for (const [position, technician] of TECHNICIANS.entries()) {
    const input = { id: technician, name: `Technician ${position}`, businessUnitId: office.unitId, skills: [], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position, active: true }
    const outcome = run({ name: 'technician.save', input, actorId: OWNER })
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome))
  }
}

/** Takes money on the customer's account. */
function paymentInput(now: number, amountCents: number) {
  return { paymentId: newId(), customerId: office.customerId, invoiceId: null, form: 'cash', amountCents, checkNumber: null, memo: '', day: wallTimeOf(now, ZONE).day }
}

export function noteInput(body: string) {
  return { noteId: newId(), subjectKind: 'customer', subjectId: office.customerId, body, pinned: false }
}

/** Most places lie outside the promised window: the customer was asked. */
const AGREED = { acceptedBy: 'The customer', customer: 'toCall', words: '' } as const

/** A visit in one of few places of the board, so that two workstations often want the same. */
function assignment(store: Store, random: Random, now: number): Wish | undefined {
  const visits = store.engine.answer({ kind: 'all', table: appointmentTable })
  const visit = random.pick(visits)
  if (!visit) return undefined
  const day = addDays(wallTimeOf(now, ZONE).day, 1 + random.below(3))
  const startsAt = instantOf(day, 480 + 30 * random.below(16), ZONE)
  const input = { appointmentId: visit.id, technicianId: random.pick(TECHNICIANS) ?? TECHNICIANS[0], startsAt, endsAt: startsAt + HOUR, overbookAccepted: false, acceptance: AGREED }
  return { name: 'appointment.assign', input, actorId: OWNER }
}

/** What happens next at a workstation: bookings, notes, money, and changes of what others change too. */
export function nextCommand(store: Store, random: Random, now: number): Wish {
  const what = random.below(10)
  if (what < 3) return { name: 'job.book', input: bookingInput(office, newId()), actorId: CLERK }
  if (what < 5) return { name: 'payment.record', input: paymentInput(now, 1 + random.below(40_000)), actorId: OWNER }
  if (what < 7) return { name: 'customer.change', input: { customerId: office.customerId, set: { lastName: `Okonjo ${random.below(1000)}` } }, actorId: CLERK }
  const visit = what < 9 ? assignment(store, random, now) : undefined
  return visit ?? { name: 'note.add', input: noteInput(`Note ${random.below(1_000_000)}`), actorId: CLERK }
}
