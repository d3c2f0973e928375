import { z } from 'zod'
import { idInput } from '../../domain/kernel/inputs.ts'
import { CHAT_STATES, DISMISS_REASONS, LEAD_CHANNELS, LEAD_ENTRY_KINDS, LEAD_STATES, LEAD_TRIES } from '../../domain/leads/tables.ts'
import { QUESTION_KINDS } from '../../domain/scripts/content.ts'
import { defineQuery } from '../method.ts'

const item = z.object({
  leadId: z.string(),
  state: z.enum(LEAD_STATES),
  channel: z.enum(LEAD_CHANNELS),
  sourceName: z.string(),
  /** What they are called; a number or an address where they gave no name. */
  name: z.string(),
  /** E.164. */
  phone: z.string().nullable(),
  email: z.string(),
  /** What they want: our job type, or what the source calls it, or the first of their words. */
  wants: z.string(),
  receivedAt: z.int(),
  /** By when somebody sees to it; null where it is settled. */
  dueAt: z.int().nullable(),
  chat: z.enum(CHAT_STATES),
  attempts: z.int(),
  lastAttempt: z.enum(LEAD_TRIES).nullable(),
  lastAttemptAt: z.int().nullable(),
  nextAttemptAt: z.int().nullable(),
  ownerId: z.string().nullable(),
  /** Whose it is: a person, or the role. */
  holder: z.string(),
  settledAt: z.int().nullable(),
})

export type LeadItem = z.output<typeof item>

const candidate = z.object({ customerId: z.string(), name: z.string(), place: z.string(), phone: z.string().nullable(), flag: z.string(), why: z.array(z.string()) })

const question = z.object({ key: z.string(), label: z.string(), kind: z.enum(QUESTION_KINDS), options: z.array(z.string()) })

export type QualifyingQuestion = z.output<typeof question>

const detail = item.extend({
  externalId: z.string(),
  phones: z.array(z.object({ said: z.string(), number: z.string().nullable() })),
  address: z.object({ line1: z.string(), line2: z.string(), city: z.string(), region: z.string(), postalCode: z.string() }),
  wish: z.string(),
  jobTypeId: z.string().nullable(),
  jobTypeName: z.string().nullable(),
  businessUnitId: z.string().nullable(),
  subject: z.string(),
  words: z.string(),
  windows: z.array(z.object({ day: z.string(), start: z.int(), end: z.int() })),
  answers: z.array(z.object({ key: z.string(), question: z.string(), answer: z.string() })),
  /** What is asked for its job type. */
  questions: z.array(question),
  details: z.array(z.object({ label: z.string(), value: z.string() })),
  files: z.array(z.string()),
  campaign: z.string(),
  entries: z.array(z.object({ id: z.string(), kind: z.enum(LEAD_ENTRY_KINDS), at: z.int(), by: z.string(), ours: z.boolean(), body: z.string() })),
  /** Customers who may be the one that wrote, those with the most reasons first. */
  candidates: z.array(candidate),
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
  jobId: z.string().nullable(),
  jobNumber: z.string().nullable(),
  dismissReason: z.enum(DISMISS_REASONS).nullable(),
})

export type LeadDetail = z.output<typeof detail>

export const leadsMethods = [
  defineQuery({
    name: 'leads.list',
    summary: 'What came in from outside: those of one state, what is due first on top; settled ones the newest first.',
    permission: 'job.book',
    input: z.strictObject({ state: z.enum(LEAD_STATES) }),
    reads: ['lead', 'lead_entry', 'promise', 'user', 'job_type'],
    output: z.object({ leads: z.array(item), counts: z.object({ new: z.int(), accepted: z.int() }) }),
  }),
  defineQuery({
    name: 'leads.get',
    summary: 'One lead with all that was said and done, and who it may be.',
    permission: 'job.book',
    input: z.strictObject({ leadId: idInput }),
    reads: ['lead', 'lead_entry', 'lead_question', 'promise', 'user', 'job_type', 'customer', 'location', 'contact_method', 'job'],
    output: detail.nullable(),
  }),
  defineQuery({
    name: 'leads.questions',
    summary: 'What is asked to qualify a job of this type.',
    permission: 'job.book',
    input: z.strictObject({ jobTypeId: idInput.nullable() }),
    reads: ['lead_question'],
    output: z.object({ questions: z.array(question) }),
  }),
] as const
