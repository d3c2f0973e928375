import { z } from 'zod'
import { CHANNELS, CONSENT_WAYS, CONTACT_PURPOSES, CUSTOMER_FLAGS } from '../../domain/customers/tables.ts'
import { APPOINTMENT_STATES } from '../../domain/dispatch/tables.ts'
import { idInput, optionalLine } from '../../domain/kernel/inputs.ts'
import { defineQuery } from '../method.ts'

const reach = z.object({
  id: z.string(),
  value: z.string(),
  label: z.string(),
  locationId: z.string().nullable(),
  position: z.int(),
  /** Who else is reached here: a shared number must not surprise anybody. */
  sharedWith: z.array(z.object({ customerId: z.string(), name: z.string() })),
})

const customerLocation = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['home', 'business', 'rental']),
  line1: z.string(),
  line2: z.string(),
  city: z.string(),
  state: z.string(),
  postalCode: z.string(),
  zone: z.string(),
  accessNotes: z.string(),
  gateCode: z.string(),
  pets: z.string(),
  parking: z.string(),
  taxZoneId: z.string().nullable(),
})

export type CustomerLocation = z.output<typeof customerLocation>

export const noteEntry = z.object({
  id: z.string(),
  subjectKind: z.enum(['customer', 'location', 'job', 'call', 'invoice']),
  subjectId: z.string(),
  body: z.string(),
  pinned: z.boolean(),
  author: z.string(),
  at: z.int(),
})

const flagEntry = z.object({ id: z.string(), flag: z.enum(CUSTOMER_FLAGS), raised: z.boolean(), reason: z.string(), by: z.string(), at: z.int() })

const consentEntry = z.object({
  id: z.string(),
  channel: z.enum(CHANNELS),
  purpose: z.enum(CONTACT_PURPOSES),
  granted: z.boolean(),
  way: z.enum(CONSENT_WAYS),
  words: z.string(),
  by: z.string(),
  at: z.int(),
})

export type ConsentEntry = z.output<typeof consentEntry>

const openPromise = z.object({
  id: z.string(),
  title: z.string(),
  nextStep: z.string(),
  /** The person, or the role while no person holds it. */
  holder: z.string(),
  mine: z.boolean(),
  openedAt: z.int(),
  dueAt: z.int(),
  subjectKind: z.string(),
  subjectId: z.string(),
})

export type OpenPromise = z.output<typeof openPromise>

const visitSummary = z.object({
  appointmentId: z.string(),
  jobId: z.string(),
  jobNumber: z.string(),
  jobTypeName: z.string(),
  priorityName: z.string(),
  state: z.enum(APPOINTMENT_STATES),
  windowDay: z.string(),
  windowStart: z.int(),
  windowEnd: z.int(),
  zone: z.string(),
  technicianName: z.string().nullable(),
  startsAt: z.int().nullable(),
  /** Changed here while the hub does not hear of it. */
  tentative: z.boolean(),
  plannedPayment: z.string(),
})

const customerPage = z.object({
  id: z.string(),
  version: z.int(),
  number: z.string(),
  kind: z.enum(['residential', 'commercial']),
  name: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  companyName: z.string(),
  billing: z.object({ line1: z.string(), line2: z.string(), city: z.string(), state: z.string(), postalCode: z.string() }),
  leadSource: z.string(),
  taxExempt: z.boolean(),
  doNotService: z.boolean(),
  creditHold: z.boolean(),
  badDebt: z.boolean(),
  archived: z.boolean(),
  /** BCP 47; null where nobody has asked. */
  language: z.string().nullable(),
  bestTime: z.string(),
  preferredChannel: z.enum(CHANNELS).nullable(),
  /** The technician they ask for. */
  askedFor: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Technicians who are not to come to them again. */
  notWanted: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Who set or lifted which flag, the latest first. */
  flagChanges: z.array(flagEntry),
  /** Every answer about being reached, the latest first; the first of a channel and purpose holds. */
  consents: z.array(consentEntry),
  since: z.int(),
  phones: z.array(reach),
  emails: z.array(reach),
  locations: z.array(customerLocation),
  /** Pinned first, then the newest. */
  notes: z.array(noteEntry),
  promises: z.array(openPromise),
  nextVisit: visitSummary.nullable(),
  lastVisit: z.object({ doneAt: z.int(), jobTypeName: z.string(), technicianName: z.string().nullable() }).nullable(),
  openJobs: z.array(z.object({ id: z.string(), number: z.string(), jobTypeName: z.string(), summary: z.string() })),
  /** Cents. */
  money: z.object({ balanceCents: z.int(), creditCents: z.int(), paidLastYearCents: z.int(), overdueCents: z.int() }),
  counts: z.object({ jobs: z.int(), invoices: z.int() }),
})

export type CustomerPage = z.output<typeof customerPage>

export const TIMELINE_KINDS = ['call', 'visit', 'money', 'note', 'change'] as const

const timelineEntry = z.object({
  id: z.string(),
  kind: z.enum(TIMELINE_KINDS),
  at: z.int(),
  title: z.string(),
  detail: z.string(),
  /** Who did it; empty where the software did. */
  who: z.string(),
  amountCents: z.int().nullable(),
  /** What Enter opens. */
  opens: z.object({ kind: z.enum(['job', 'invoice', 'call']), id: z.string() }).nullable(),
  practice: z.boolean(),
})

export type TimelineEntry = z.output<typeof timelineEntry>

const customerRow = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  kind: z.enum(['residential', 'commercial']),
  phone: z.string().nullable(),
  place: z.string(),
  locationCount: z.int(),
  openJobs: z.int(),
  balanceCents: z.int(),
  doNotService: z.boolean(),
  creditHold: z.boolean(),
  badDebt: z.boolean(),
  archived: z.boolean(),
  changedAt: z.int(),
})

export type CustomerRow = z.output<typeof customerRow>

const customerInput = z.strictObject({ customerId: idInput })

export const customersMethods = [
  defineQuery({
    name: 'customers.get',
    summary: 'A customer\u2019s page: how to reach them, where, notes, open promises, the next visit, money.',
    permission: 'office.view',
    input: customerInput,
    reads: ['customer', 'location', 'contact_method', 'note', 'promise', 'queue', 'appointment', 'job', 'job_type', 'invoice', 'payment', 'user', 'technician', 'flag_change', 'consent', 'task', 'alert'],
    output: customerPage,
  }),
  defineQuery({
    name: 'customers.timeline',
    summary: 'What happened with a customer, newest first: calls, visits, money, notes, changes by whom.',
    permission: 'office.view',
    input: z.strictObject({ customerId: idInput, kind: z.enum(TIMELINE_KINDS).nullable().default(null), limit: z.int().min(1).max(500).default(100) }),
    reads: ['customer', 'location', 'contact_method', 'note', 'call', 'appointment', 'job', 'job_type', 'invoice', 'payment', 'user', 'technician'],
    output: z.object({ entries: z.array(timelineEntry), total: z.int(), zone: z.string() }),
  }),
  defineQuery({
    name: 'customers.invoices',
    summary: 'A customer\u2019s invoices, newest first.',
    permission: 'office.view',
    input: customerInput,
    reads: ['invoice', 'job'],
    output: z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          number: z.string().nullable(),
          state: z.enum(['draft', 'finalized']),
          day: z.string().nullable(),
          dueDay: z.string().nullable(),
          jobNumber: z.string(),
          /** Cents; null where prices are hidden. */
          totalCents: z.int().nullable(),
          balanceCents: z.int().nullable(),
          practice: z.boolean(),
        }),
      ),
    }),
  }),
  defineQuery({
    name: 'customers.list',
    summary: 'Customers a page at a time: the latest changed first, or those that match what was typed.',
    permission: 'office.view',
    input: z.strictObject({
      text: optionalLine('The search', 120).default(''),
      order: z.enum(['recent', 'name']).default('recent'),
      offset: z.int().min(0).max(1_000_000).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    reads: ['customer', 'location', 'contact_method', 'job', 'invoice'],
    output: z.object({ rows: z.array(customerRow), total: z.int() }),
  }),
  defineQuery({
    name: 'customers.duplicates',
    summary: 'Customers who may be the one being typed: the same phone, email or address, or a like name.',
    permission: 'office.view',
    input: z.strictObject({
      phones: z.array(z.string().max(20)).max(12),
      emails: z.array(z.string().max(254)).max(12),
      firstName: z.string().max(400),
      lastName: z.string().max(400),
      companyName: z.string().max(400),
      line1: z.string().max(400),
      postalCode: z.string().max(40),
      /** The customer who gets a new place or number: they are no double of themselves. */
      except: idInput.nullable().default(null),
    }),
    reads: ['customer', 'location', 'contact_method'],
    output: z.object({
      matches: z.array(z.object({ customerId: z.string(), name: z.string(), place: z.string(), phone: z.string().nullable(), flag: z.string(), why: z.array(z.string()) })),
    }),
  }),
  defineQuery({
    name: 'customers.placeOfZip',
    summary: 'The city, state and tax zone of a ZIP code, as the office\u2019s own locations and its list of the service area have it, and whether it is inside.',
    permission: 'office.view',
    input: z.strictObject({ postalCode: z.string().max(13) }),
    reads: ['location', 'service_area'],
    output: z.object({
      /** `null` where nobody lives there yet and the list does not name it. */
      place: z.object({ city: z.string(), state: z.string(), zone: z.string(), taxZoneId: z.string().nullable(), locations: z.int() }).nullable(),
      area: z.object({ standing: z.enum(['inside', 'outside', 'unknown']), sentence: z.string() }),
      /** The company’s own zone, for a place that is new. */
      zone: z.string(),
    }),
  }),
  defineQuery({
    name: 'serviceArea.list',
    summary: 'The ZIP codes that the office has said something about, in order.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['service_area'],
    output: z.object({ rows: z.array(z.object({ prefix: z.string(), city: z.string(), state: z.string(), inside: z.boolean(), note: z.string() })) }),
  }),
] as const
