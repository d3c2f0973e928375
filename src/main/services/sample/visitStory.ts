import { derivedId } from '../../../shared/base/id.ts'
import { lineAmount } from '../../../shared/base/money.ts'
import { HOUR, type Instant, MINUTE } from '../../../shared/base/time.ts'
import { callIdOf } from '../../../shared/domain/calls/facts.ts'
import { invoiceTotals } from '../../../shared/domain/invoices/tax.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { queueId } from '../../../shared/domain/promises/defaultQueues.ts'
import { promiseId } from '../../../shared/domain/promises/engine.ts'
import { lineWords } from './lines.ts'
import type { Calendar } from './calendar.ts'
import { Chance } from './chance.ts'
import { TAX_ZONES } from './places.ts'
import { type CatalogueItem, PRICE_BOOK } from './priceBook.ts'
import { CLOSE_OUT_NOTES, DISPATCH_NOTES, EQUIPMENT_NOTES, SUMMARIES } from './sentences.ts'
import { type ActorKey, personId, technicianId } from './staff.ts'
import type { ReferenceIds } from './startingData.ts'
import type { Visit } from './visits.ts'

/** One command at its time. */
export interface Moment {
  readonly at: Instant
  readonly name: string
  readonly actorId: string
  readonly input: unknown
}

/** A final invoice and what was paid on it, for the batches. */
export interface Billing {
  readonly invoiceId: string
  readonly invoicedOn: number
  readonly finalizedAt: Instant
  readonly payments: readonly { readonly paymentId: string; readonly paidOn: number; readonly at: Instant }[]
}

/** Where a visit stops short of the books, if it does. */
export type Stop = 'assign' | 'arrive' | 'finish' | 'closeOut' | 'invoice' | 'pay'

export interface Setting {
  readonly seed: number
  readonly companyId: string
  readonly calendar: Calendar
  readonly ids: ReferenceIds
}

export const CSRS = ['rosa', 'rosa', 'kim', 'kim', 'lena'] as const satisfies readonly ActorKey[]

/** The order of a visit's steps, for stopping before one of them. */
const STEPS: readonly Stop[] = ['assign', 'arrive', 'finish', 'closeOut', 'invoice', 'pay']

/** What the sample company's invoices allow; a business pays by the month. */
export const TERMS_DAYS = 7
const BUSINESS_TERMS_DAYS = 30

const OPENS = 7 * 60 + 30
const CLOSES = 17 * 60 + 30

/** Tells one visit from the call to the payment; what lies after now is left out by whoever runs it. */
export class VisitStory {
  readonly moments: Moment[] = []
  billing: Billing | undefined
  readonly #setting: Setting
  readonly #visit: Visit
  readonly #chance: Chance
  readonly #stop: Stop | null
  readonly #lines: readonly CatalogueItem[]
  readonly jobId: string
  readonly appointmentId: string

  constructor(setting: Setting, visit: Visit, stop: Stop | null) {
    this.#setting = setting
    this.#visit = visit
    this.#stop = stop
    this.#chance = new Chance(setting.seed, `visit/${visit.key}`)
    this.jobId = this.#id('job')
    this.appointmentId = this.#id('appointment')
    this.#lines = this.#pickLines()
  }

  #id(...parts: readonly string[]): string {
    return derivedId('sample', String(this.#setting.seed), this.#visit.key, ...parts)
  }

  #does(who: ActorKey, at: Instant, name: string, input: unknown): void {
    this.moments.push({ at, name, actorId: personId(this.#setting.seed, who), input })
  }

  #reaches(step: Stop): boolean {
    return this.#stop === null || STEPS.indexOf(step) < STEPS.indexOf(this.#stop)
  }

  #pickLines(): readonly CatalogueItem[] {
    const { type } = this.#visit
    const of = (code: string): readonly CatalogueItem[] => PRICE_BOOK.filter((item) => item.code === code)
    const parts = PRICE_BOOK.filter((item) => item.unit === type.unit && item.kind === (type.minutes >= 180 ? 'equipment' : 'material'))
    const count = type.minutes >= 180 ? 1 : this.#chance.chance(0.55) ? this.#chance.between(1, 2) : 0
    const extra = Array.from({ length: count }, () => this.#chance.pick(parts))
    return [...of(type.item), ...new Set(extra), ...(count > 0 && this.#chance.chance(0.07) ? of('GEN-900') : [])]
  }

  #line(item: CatalogueItem, index: number) {
    return { id: this.#id('line', String(index)), priceItemId: this.#setting.ids.item(item.code), kind: item.kind, description: '', quantity: 1000 }
  }

  tell(): this {
    const { calendar } = this.#setting
    const { day, start, end } = this.#visit
    const startsAt = calendar.at(day, start)
    const endsAt = calendar.at(day, end)
    this.#book()
    if (this.#stop === null && this.#chance.chance(0.04)) return this.#cancel()
    if (!this.#reaches('assign')) return this
    this.#plan(startsAt, endsAt)
    const to = (who: ActorKey, at: Instant, state: string, reason: string | null = null): void =>
      this.#does(who, at, 'appointment.changeState', { appointmentId: this.appointmentId, to: state, reason })
    to('dana', startsAt - this.#chance.between(20, 35) * MINUTE, 'dispatched')
    if (!this.#reaches('arrive')) return this
    const arrivedAt = startsAt + this.#chance.between(-6, 14) * MINUTE
    to('dana', arrivedAt, 'working')
    if (!this.#reaches('finish')) {
      to('dana', arrivedAt + 22 * MINUTE, 'hold', 'Waiting for parts')
      return this
    }
    if (this.#chance.chance(0.03)) {
      to('mira', arrivedAt + 15 * MINUTE, 'hold', 'Waiting for approval')
      to('mira', arrivedAt + 27 * MINUTE, 'working')
    }
    const doneAt = Math.max(arrivedAt + 30 * MINUTE, endsAt - this.#chance.between(-5, 20) * MINUTE)
    to('dana', doneAt, 'done')
    this.#lines.slice(1).forEach((item, index) => this.#does('dana', doneAt + (index + 1) * MINUTE, 'job.addLine', { jobId: this.jobId, line: this.#line(item, index + 1) }))
    if (!this.#reaches('closeOut')) return this
    const closed = this.#officeTime(day, end + this.#chance.between(20, 80))
    const closedAt = calendar.at(closed.day, closed.minute)
    this.#does('dana', Math.max(closedAt, doneAt + 5 * MINUTE), 'appointment.closeOut', {
      appointmentId: this.appointmentId,
      notes: this.#chance.pick(CLOSE_OUT_NOTES),
      equipment: this.#chance.pick(EQUIPMENT_NOTES),
    })
    if (this.#reaches('invoice')) this.#invoice(closed.day, closed.minute)
    return this
  }

  /** The same day within office hours, otherwise the next morning. */
  #officeTime(day: number, minute: number): { readonly day: number; readonly minute: number } {
    return minute <= CLOSES ? { day, minute } : { day: day + 1, minute: OPENS + this.#chance.between(0, 45) }
  }

  #book(): void {
    const { seed, companyId, calendar, ids } = this.#setting
    const { type, customer, location, window, day, bookedOn, bookedAt } = this.#visit
    const at = calendar.at(bookedOn, bookedAt)
    const csr = this.#chance.pick(CSRS)
    const called = this.#chance.chance(0.65)
    const externalId = `sample-${seed}-${this.#visit.key}`
    const offeredAt = at - this.#chance.between(150, 400) * 1000
    const ringMs = this.#chance.between(2500, 16_500)
    const rang = { externalId, direction: 'in', ...lineWords(type.unit), fromNumber: customer.phones[0]?.value ?? null, offeredAt, practice: false }
    const answer = { answeredAt: offeredAt + ringMs, ringMs, agentId: personId(seed, csr) }
    if (called) this.moments.push({ at: answer.answeredAt, name: 'call.answered', actorId: SYSTEM_ACTOR, input: { ...rang, ...answer } })
    const confirmation = called && this.#chance.chance(0.5)
    const [first] = this.#lines
    this.#does(csr, at, 'job.book', {
      jobId: this.jobId,
      customerId: customer.customerId,
      locationId: location.id,
      businessUnitId: ids.unit(type.unit),
      jobTypeId: ids.jobType(type),
      priorityId: ids.priority(type.priority),
      summary: this.#chance.pick(SUMMARIES[type.name] ?? [type.name]),
      notes: this.#chance.chance(0.2) ? this.#chance.pick(DISPATCH_NOTES) : '',
      plannedPayment: this.#chance.pick(['card', 'check', 'check', 'cash']),
      lines: first ? [this.#line(first, 0)] : [],
      appointment: {
        id: this.appointmentId,
        windowDay: calendar.day(day),
        windowStart: window.start,
        windowEnd: window.end,
        zone: location.zone,
        windowStartsAt: calendar.at(day, window.start),
        windowEndsAt: calendar.at(day, window.end),
        durationMinutes: type.minutes,
      },
      callId: called ? callIdOf(companyId, externalId) : null,
      readBack: true,
      confirmation,
      handOff: this.#handOff(),
    })
    if (called) {
      const endedAt = at + this.#chance.between(15, 50) * 1000
      this.moments.push({ at: endedAt, name: 'call.ended', actorId: SYSTEM_ACTOR, input: { ...rang, ...answer, endedAt, talkMs: endedAt - answer.answeredAt, endCause: 'callerHungUp' } })
    }
    if (confirmation) {
      const promise = promiseId(queueId('confirmations-to-send'), this.appointmentId)
      this.#does(csr, at + this.#chance.between(4, 25) * MINUTE, 'promise.recordOutcome', { promiseId: promise, outcomeKey: 'sent', note: '' })
    }
  }

  /** What the caller answered. Of a visit that is still ahead somebody now and then did not say who will be home. */
  #handOff(): readonly { readonly item: string; readonly said: string }[] {
    const { day, location } = this.#visit
    const forgotten = day > 0 && new Chance(this.#setting.seed, `handOff/${this.#visit.key}`).chance(0.2)
    return [
      { item: 'phone', said: '' },
      { item: 'address', said: '' },
      { item: 'access', said: location.gateCode === '' && location.accessNotes === '' ? 'No gate' : '' },
      ...(forgotten ? [] : [{ item: 'home', said: 'The customer' }]),
    ]
  }

  #cancel(): this {
    const { calendar } = this.#setting
    const at = calendar.at(this.#visit.bookedOn, this.#visit.bookedAt) + 45 * MINUTE
    if (this.#chance.chance(0.4)) {
      // Only the visit: the office still owes a call to find another time.
      this.#does('dana', at, 'appointment.changeState', { appointmentId: this.appointmentId, to: 'canceled', reason: 'Customer canceled' })
      if (this.#chance.chance(0.6)) {
        const promise = promiseId(queueId('canceled-to-rebook'), this.appointmentId)
        this.#does('kim', at + 4 * HOUR, 'promise.recordOutcome', { promiseId: promise, outcomeKey: 'declined', note: 'Has sold the house.' })
      }
      return this
    }
    this.#does('kim', at, 'job.cancel', { jobId: this.jobId, reason: this.#chance.pick(['Found another company', 'Fixed itself', 'Customer canceled']) })
    return this
  }

  #plan(startsAt: Instant, endsAt: Instant): void {
    const { seed, calendar } = this.#setting
    const { day, bookedOn, bookedAt, technician } = this.#visit
    const at = calendar.at(bookedOn, bookedAt) + this.#chance.between(26, 33) * MINUTE
    this.#does('dana', at, 'appointment.assign', { appointmentId: this.appointmentId, technicianId: technicianId(seed, technician), startsAt, endsAt, overbookAccepted: false })
    if (!this.#chance.chance(0.75)) return
    const evening = calendar.at(day - 1, this.#chance.between(15 * 60, CLOSES))
    this.#does('mira', bookedOn < day - 1 ? evening : at + MINUTE, 'appointment.changeState', { appointmentId: this.appointmentId, to: 'confirmed', reason: null })
  }

  #totalCents(): number {
    const { customer, location } = this.#visit
    const zone = TAX_ZONES.find(({ key }) => this.#setting.ids.taxZone(key) === location.taxZoneId)
    const lines = this.#lines.map((item) => ({
      amountCents: lineAmount(item.kind === 'discount' ? -item.priceCents : item.priceCents, 1000),
      taxable: item.kind === 'material' || item.kind === 'equipment',
    }))
    return invoiceTotals(lines, customer.taxExempt ? [] : (zone?.jurisdictions ?? []), 'invoice').totalCents
  }

  #invoice(closedOn: number, closedMinute: number): void {
    const { calendar } = this.#setting
    const { customer } = this.#visit
    const invoiceId = this.#id('invoice')
    const { day, minute } = this.#officeTime(closedOn, closedMinute + this.#chance.between(25, 90))
    const draftedAt = calendar.at(day, minute)
    const finalizedAt = draftedAt + this.#chance.between(3, 9) * MINUTE
    const dueOn = day + (customer.kind === 'commercial' ? BUSINESS_TERMS_DAYS : TERMS_DAYS)
    this.#does('tanya', draftedAt, 'invoice.draft', { invoiceId, jobId: this.jobId })
    this.#does('tanya', finalizedAt, 'invoice.finalize', { invoiceId, day: calendar.day(day), dueDay: calendar.day(dueOn), dueAt: calendar.at(dueOn, 24 * 60 - 1) })
    this.billing = { invoiceId, invoicedOn: day, finalizedAt, payments: this.#reaches('pay') ? this.#pay(invoiceId, day, finalizedAt) : [] }
  }

  /** Most pay on the day, some within the week, some in part, some not yet. */
  #pay(invoiceId: string, invoicedOn: number, finalizedAt: Instant): Billing['payments'] {
    const { calendar } = this.#setting
    const total = this.#totalCents()
    const mood = this.#chance.next()
    if (total <= 0 || mood > 0.9) return []
    const later = mood > 0.62
    const paidOn = later ? invoicedOn + this.#chance.between(1, 6) : invoicedOn
    const at = later ? calendar.at(paidOn, this.#chance.between(8 * 60, CLOSES)) : finalizedAt + this.#chance.between(1, 4) * MINUTE
    const partly = mood > 0.86
    const check = this.#chance.chance(0.75)
    const paymentId = this.#id('payment')
    this.#does('tanya', at, 'payment.record', {
      paymentId,
      customerId: this.#visit.customer.customerId,
      invoiceId,
      form: check ? 'check' : 'cash',
      amountCents: partly ? Math.ceil(total / 2) : total,
      checkNumber: check ? String(this.#chance.between(101, 6890)) : null,
      memo: '',
      day: calendar.day(paidOn),
    })
    return [{ paymentId, paidOn, at }]
  }
}
