import { z } from 'zod'
import { APPOINTMENT_STATES } from '../../domain/dispatch/tables.ts'
import { ITEM_KINDS, PAYMENT_FORMS } from '../../domain/jobs/tables.ts'
import { idInput, instantInput, optionalLine } from '../../domain/kernel/inputs.ts'
import { defineQuery } from '../method.ts'
import { noteEntry } from './customers.ts'

/** A price book item as a line is chosen; without prices for those who may not see them. */
const itemChoice = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(ITEM_KINDS),
  businessUnitId: z.string().nullable(),
  /** Cents; null where prices are hidden. */
  priceCents: z.int().nullable(),
})

export type ItemChoice = z.output<typeof itemChoice>

const bookingForm = z.object({
  companyName: z.string(),
  zone: z.string(),
  /** Office hours in minutes of the company's day: what is promised for today is promised by their end. */
  opensAt: z.int(),
  closesAt: z.int(),
  businessUnits: z.array(z.object({ id: z.string(), name: z.string() })),
  jobTypes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      businessUnitId: z.string(),
      durationMinutes: z.int(),
      skills: z.array(z.string()),
      defaultPriorityId: z.string(),
      defaultItem: itemChoice.nullable(),
    }),
  ),
  priorities: z.array(z.object({ id: z.string(), name: z.string(), rank: z.int(), rule: z.string(), respondWithinMinutes: z.int() })),
  paymentForms: z.array(z.object({ form: z.enum(PAYMENT_FORMS), name: z.string() })),
  leadSources: z.array(z.string()),
  technicians: z.array(z.object({ id: z.string(), name: z.string() })),
  pricesHidden: z.boolean(),
})

export type BookingForm = z.output<typeof bookingForm>

const jobPage = z.object({
  id: z.string(),
  version: z.int(),
  number: z.string(),
  state: z.enum(['open', 'done', 'canceled']),
  cancelReason: z.string().nullable(),
  customerId: z.string(),
  customerName: z.string(),
  place: z.string(),
  businessUnitId: z.string(),
  businessUnitName: z.string(),
  jobTypeId: z.string(),
  jobTypeName: z.string(),
  priorityId: z.string(),
  priorityName: z.string(),
  summary: z.string(),
  notes: z.string(),
  plannedPayment: z.enum(PAYMENT_FORMS),
  practice: z.boolean(),
  bookedAt: z.int(),
  bookedBy: z.string(),
  callId: z.string().nullable(),
  lines: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(ITEM_KINDS),
      description: z.string(),
      /** Thousandths. */
      quantity: z.int(),
      unitPriceCents: z.int().nullable(),
      amountCents: z.int().nullable(),
    }),
  ),
  totalCents: z.int().nullable(),
  visits: z.array(
    z.object({
      id: z.string(),
      state: z.enum(APPOINTMENT_STATES),
      /** Changed here while the hub does not hear of it. */
      tentative: z.boolean(),
      windowDay: z.string(),
      windowStart: z.int(),
      windowEnd: z.int(),
      zone: z.string(),
      technicianName: z.string().nullable(),
      startsAt: z.int().nullable(),
      endsAt: z.int().nullable(),
      reason: z.string().nullable(),
      closedOutAt: z.int().nullable(),
    }),
  ),
  invoice: z.object({ id: z.string(), number: z.string().nullable(), state: z.enum(['draft', 'finalized']), totalCents: z.int().nullable(), balanceCents: z.int().nullable() }).nullable(),
  /** What the script’s own questions brought. */
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  jobNotes: z.array(noteEntry),
})

export type JobPage = z.output<typeof jobPage>

const jobRow = z.object({
  id: z.string(),
  number: z.string(),
  state: z.enum(['open', 'done', 'canceled']),
  jobTypeName: z.string(),
  summary: z.string(),
  place: z.string(),
  bookedAt: z.int(),
  visitState: z.enum(APPOINTMENT_STATES).nullable(),
  windowDay: z.string().nullable(),
  windowStart: z.int().nullable(),
  windowEnd: z.int().nullable(),
  technicianName: z.string().nullable(),
  totalCents: z.int().nullable(),
  practice: z.boolean(),
})

export type JobRow = z.output<typeof jobRow>

export const jobsMethods = [
  defineQuery({
    name: 'booking.form',
    summary: 'What a booking chooses from: business units, job types, the priority table, forms of payment.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['company', 'business_unit', 'job_type', 'priority', 'price_item', 'technician', 'user'],
    output: bookingForm,
  }),
  defineQuery({
    name: 'booking.items',
    summary: 'Price book items that match what was typed, the business unit\u2019s own first.',
    permission: 'office.view',
    input: z.strictObject({ text: optionalLine('The search', 120).default(''), businessUnitId: idInput.nullable().default(null), limit: z.int().min(1).max(50).default(12) }),
    reads: ['price_item'],
    output: z.object({ items: z.array(itemChoice) }),
  }),
  defineQuery({
    name: 'booking.promises',
    summary: 'What the office will owe the customer once this is booked: each promise with its holder and due time.',
    permission: 'office.view',
    input: z.strictObject({ windowStartsAt: instantInput, windowEndsAt: instantInput, confirmation: z.boolean() }),
    reads: ['queue', 'user'],
    output: z.object({ promises: z.array(z.object({ title: z.string(), holder: z.string(), dueAt: z.int() })) }),
  }),
  defineQuery({
    name: 'jobs.get',
    summary: 'A job with its lines, visits, notes and invoice.',
    permission: 'office.view',
    input: z.strictObject({ jobId: idInput }),
    reads: ['job', 'job_line', 'appointment', 'invoice', 'customer', 'location', 'note', 'job_type', 'priority', 'business_unit', 'technician', 'user'],
    output: jobPage,
  }),
  defineQuery({
    name: 'jobs.ofCustomer',
    summary: 'A customer\u2019s jobs, newest first.',
    permission: 'office.view',
    input: z.strictObject({ customerId: idInput }),
    reads: ['job', 'appointment', 'location', 'job_type', 'technician'],
    output: z.object({ rows: z.array(jobRow) }),
  }),
] as const
