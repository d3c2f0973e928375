import { z } from 'zod'
import { idInput } from '../../domain/kernel/inputs.ts'
import { defineQuery } from '../method.ts'

/** Somebody who is recorded and may be whom the money was meant for. */
const likelyPayer = z.object({
  customerId: z.string(),
  name: z.string(),
  place: z.string(),
  /** Without its full stop: `same phone (555) 014-9027`. */
  why: z.string(),
})

export type LikelyPayer = z.output<typeof likelyPayer>

const suspenseMoney = z.object({
  id: z.string(),
  state: z.enum(['open', 'placed', 'refunded']),
  form: z.enum(['check', 'cash']),
  /** Cents. */
  amountCents: z.int(),
  checkNumber: z.string().nullable(),
  memo: z.string(),
  day: z.string(),
  receivedAt: z.int(),
  /** Empty where the person is not known here. */
  receivedBy: z.string(),
  /** The workstation's name, or which one it was in words; null where nothing here says so. */
  workstation: z.string().nullable(),
  /** Why it waits here, in a sentence. */
  why: z.string(),
  /** Whom it was meant for, as the person who took it wrote it down; the refused change that says so, where it is kept. */
  wanted: z.object({
    name: z.string().nullable(),
    /** Where they have been recorded since. */
    customerId: z.string().nullable(),
    invoiceId: z.string().nullable(),
    /** E.164; the first that was written down. */
    phone: z.string().nullable(),
    lines: z.array(z.string()),
    refusedChangeId: z.string().nullable(),
  }),
  /** The likeliest first. */
  likely: z.array(likelyPayer),
  /** Where it went once it was placed. */
  placed: z.object({ customerId: z.string(), customerName: z.string(), invoiceNumber: z.string().nullable() }).nullable(),
  refundReason: z.string().nullable(),
})

export type SuspenseMoney = z.output<typeof suspenseMoney>

export const paymentsMethods = [
  defineQuery({
    name: 'suspense.get',
    summary: 'Money whose customer is not there: what it is, why it waits, whom it was meant for, and who that may be.',
    // Whoever may place it has to see it; an amount that was paid is no price.
    permission: 'payment.take',
    input: z.strictObject({ id: idInput }),
    reads: ['suspense_payment', 'payment', 'refused_change', 'customer', 'contact_method', 'location', 'invoice', 'user', 'job_type', 'company'],
    output: suspenseMoney.nullable(),
  }),
] as const
