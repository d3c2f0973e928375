import type { CustomerPage, OpenPromise } from '../../../shared/contract/methods/customers.ts'
import { consentTable, type ContactMethod, contactMethodTable, customerTable, flagChangeTable, locationTable, type Note, noteTable } from '../../../shared/domain/customers/tables.ts'
import { OPEN_STATES } from '../../../shared/domain/dispatch/states.ts'
import { type Appointment, appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { type Invoice, invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { type Job, jobTable, priorityTable } from '../../../shared/domain/jobs/tables.ts'
import { PAYMENT_FORM_NAMES } from '../../../shared/domain/jobs/words.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import { type Payment, paymentTable } from '../../../shared/domain/payments/tables.ts'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { type Promised, promiseTable, queueTable } from '../../../shared/domain/promises/tables.ts'
import { shortTitle } from '../../../shared/domain/promises/titles.ts'
import { DAY } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { type Asked, ServiceError } from '../../core/service.ts'
import type { Store } from '../../store/store.ts'
import { tentativeVisits } from '../dispatch/tentative.ts'
import { originOf } from '../promises/origins.ts'
import { type Names, namesIn } from './names.ts'

/** Who else is reached by this number or address. */
function sharedWith({ engine }: Store, method: ContactMethod): CustomerPage['phones'][number]['sharedWith'] {
  const others = engine.run(range(contactMethodTable, 'byValue', [method.kind, method.value]))
  const ids = new Set(others.flatMap(({ customerId }) => (customerId === method.customerId ? [] : [customerId])))
  return [...ids].slice(0, 5).flatMap((customerId) => {
    const customer = engine.run(get(customerTable, customerId))
    return customer && !customer.archived ? [{ customerId, name: customer.name }] : []
  })
}

function reachBy(store: Store, methods: readonly ContactMethod[], kind: ContactMethod['kind']): CustomerPage['phones'] {
  return methods
    .filter((method) => method.kind === kind)
    .toSorted((left, right) => left.position - right.position || left.createdAt - right.createdAt)
    .map((method) => {
      const { id, value, label, locationId, position } = method
      return { id, value, label, locationId, position, sharedWith: sharedWith(store, method) }
    })
}

/** Notes as pages show them: pinned first, then the newest. */
export function noteEntries(notes: readonly Note[], names: Names): CustomerPage['notes'] {
  return notes
    .toSorted((left, right) => Number(right.pinned) - Number(left.pinned) || right.at - left.at)
    .map(({ id, subjectKind, subjectId, body, pinned, authorId, at }) => ({ id, subjectKind, subjectId, body, pinned, author: names.person(authorId), at }))
}

function promiseEntry(asked: Asked, promise: Promised, names: Names): OpenPromise {
  const { engine } = asked.store
  const queue = engine.run(get(queueTable, promise.queueId))
  const { number, title } = engine.run(originOf(promise, { zone: names.zone, now: asked.now(), pricesShown: false }))
  return {
    id: promise.id,
    title: queue ? shortTitle(queue.title, number, title) : promise.nextStep,
    nextStep: promise.nextStep,
    holder: names.person(promise.holderUserId) || ROLE_NAMES[promise.holderRole],
    mine: promise.holderUserId === asked.actorId,
    openedAt: promise.dueSetAt,
    dueAt: promise.dueAt,
    subjectKind: promise.subjectKind,
    subjectId: promise.subjectId,
  }
}

function nextVisit(asked: Asked, visits: readonly Appointment[], jobs: readonly Job[], names: Names): CustomerPage['nextVisit'] {
  const { store } = asked
  const visit = visits.filter(({ state }) => OPEN_STATES.includes(state)).toSorted((left, right) => left.windowStartsAt - right.windowStartsAt)[0]
  const job = jobs.find(({ id }) => id === visit?.jobId)
  if (!visit || !job) return null
  const { state, windowDay, windowStart, windowEnd, zone, startsAt } = visit
  return {
    appointmentId: visit.id,
    jobId: job.id,
    jobNumber: job.number,
    jobTypeName: names.jobType(job.jobTypeId),
    priorityName: store.engine.run(get(priorityTable, job.priorityId))?.name ?? '',
    state,
    windowDay,
    windowStart,
    windowEnd,
    zone,
    technicianName: names.technician(visit.technicianId),
    startsAt,
    tentative: tentativeVisits(asked).has(visit.id),
    plannedPayment: PAYMENT_FORM_NAMES[job.plannedPayment],
  }
}

function lastVisit(visits: readonly Appointment[], jobs: readonly Job[], names: Names): CustomerPage['lastVisit'] {
  const visit = visits.filter(({ doneAt }) => doneAt !== null).toSorted((left, right) => (right.doneAt ?? 0) - (left.doneAt ?? 0))[0]
  const job = jobs.find(({ id }) => id === visit?.jobId)
  if (!visit || visit.doneAt === null || !job) return null
  return { doneAt: visit.doneAt, jobTypeName: names.jobType(job.jobTypeId), technicianName: names.technician(visit.technicianId) }
}

/** Practice never counts. Cents. */
function moneyOf(invoices: readonly Invoice[], payments: readonly Payment[], now: number, today: string): CustomerPage['money'] {
  const owed = invoices.filter(({ state, practice }) => state === 'finalized' && !practice)
  const taken = payments.filter(({ state, practice }) => state === 'taken' && !practice)
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
  return {
    balanceCents: sum(owed.map(({ balanceCents }) => balanceCents)),
    overdueCents: sum(owed.flatMap(({ dueDay, balanceCents }) => (dueDay !== null && dueDay < today ? [balanceCents] : []))),
    creditCents: sum(taken.map(({ amountCents, appliedCents }) => amountCents - appliedCents)),
    paidLastYearCents: sum(taken.flatMap(({ receivedAt, amountCents }) => (receivedAt > now - 365 * DAY ? [amountCents] : []))),
  }
}

/** Who set or lifted which flag, the latest first. */
function flagChanges({ engine }: Store, customerId: string, names: Names): CustomerPage['flagChanges'] {
  return engine
    .run(range(flagChangeTable, 'byCustomer', [customerId]))
    .toSorted((left, right) => right.at - left.at)
    .map(({ id, flag, raised, reason, byId, at }) => ({ id, flag, raised, reason, by: names.person(byId), at }))
}

/** Every answer about being reached, the latest first. */
function consentAnswers({ engine }: Store, customerId: string, names: Names): CustomerPage['consents'] {
  return engine
    .run(range(consentTable, 'byCustomer', [customerId]))
    .toSorted((left, right) => right.at - left.at)
    .map(({ id, channel, purpose, granted, way, words, byId, at }) => ({ id, channel, purpose, granted, way, words, by: names.person(byId), at }))
}

/**
 * A customer's page in one answer, so that a screen never shows half a customer.
 * @throws ServiceError where the customer is not recorded
 */
export function customerPage(customerId: string, asked: Asked): CustomerPage {
  const { store } = asked
  const { engine } = store
  const customer = engine.run(get(customerTable, customerId))
  if (!customer) throw new ServiceError('customer.unknown', 'This customer is not recorded. It may have been taken back with an import.')
  const names = namesIn(store)
  const methods = engine.run(range(contactMethodTable, 'byCustomer', [customerId]))
  const jobs = engine.run(range(jobTable, 'byCustomer', [customerId]))
  const visits = engine.run(range(appointmentTable, 'byCustomer', [customerId]))
  const invoices = engine.run(range(invoiceTable, 'byCustomer', [customerId]))
  const now = asked.now()
  return {
    id: customer.id,
    version: customer.version,
    number: customer.number,
    kind: customer.kind,
    name: customer.name,
    firstName: customer.firstName,
    lastName: customer.lastName,
    companyName: customer.companyName,
    billing: {
      line1: customer.billingLine1,
      line2: customer.billingLine2,
      city: customer.billingCity,
      state: customer.billingState,
      postalCode: customer.billingPostalCode,
    },
    leadSource: customer.leadSource,
    taxExempt: customer.taxExempt,
    doNotService: customer.doNotService,
    creditHold: customer.creditHold,
    badDebt: customer.badDebtAt !== null,
    language: customer.language,
    bestTime: customer.bestTime ?? '',
    preferredChannel: customer.preferredChannel,
    askedFor: customer.askedForId === null ? null : { id: customer.askedForId, name: names.technician(customer.askedForId) ?? 'Somebody who left' },
    notWanted: (customer.notWantedIds ?? []).map((id) => ({ id, name: names.technician(id) ?? 'Somebody who left' })),
    flagChanges: flagChanges(store, customerId, names),
    consents: consentAnswers(store, customerId, names),
    archived: customer.archived,
    since: customer.createdAt,
    phones: reachBy(store, methods, 'phone'),
    emails: reachBy(store, methods, 'email'),
    locations: engine.run(range(locationTable, 'byCustomer', [customerId])).map((location) => ({
      id: location.id,
      name: location.name,
      kind: location.kind,
      line1: location.line1,
      line2: location.line2,
      city: location.city,
      state: location.state,
      postalCode: location.postalCode,
      zone: location.zone,
      accessNotes: location.accessNotes,
      gateCode: location.gateCode,
      pets: location.pets,
      parking: location.parking ?? '',
      taxZoneId: location.taxZoneId,
    })),
    notes: noteEntries(engine.run(range(noteTable, 'byCustomer', [customerId])), names),
    promises: engine
      .run(range(promiseTable, 'byCustomer', [customerId, 'open']))
      .toSorted((left, right) => left.dueAt - right.dueAt)
      .map((promise) => promiseEntry(asked, promise, names)),
    nextVisit: nextVisit(asked, visits, jobs, names),
    lastVisit: lastVisit(visits, jobs, names),
    openJobs: jobs
      .filter(({ state }) => state === 'open')
      .toSorted((left, right) => right.createdAt - left.createdAt)
      .map(({ id, number, jobTypeId, summary }) => ({ id, number, jobTypeName: names.jobType(jobTypeId), summary })),
    money: moneyOf(invoices, engine.run(range(paymentTable, 'byCustomer', [customerId])), now, wallTimeOf(now, names.zone).day),
    counts: { jobs: jobs.length, invoices: invoices.length },
  }
}
