import { z } from 'zod'
import { defineQuery } from '../method.ts'

export const SEARCH_HIT_KINDS = ['customer', 'location', 'job', 'invoice', 'lead'] as const

const searchHit = z.object({
  kind: z.enum(SEARCH_HIT_KINDS),
  id: z.string(),
  /** Empty where a lead is nobody's on file. */
  customerId: z.string(),
  title: z.string(),
  detail: z.string(),
  /** In words what stands against it: do not service, credit hold, canceled. */
  flag: z.string(),
  /** The number that was typed, in full, where a telephone number matched. */
  phone: z.string().nullable(),
})

export type SearchHit = z.output<typeof searchHit>

export const searchMethods = [
  defineQuery({
    name: 'search.query',
    summary: 'Find customers, locations, jobs, invoices and leads by name in any order, any part of a phone number, address, job or invoice number, and leads by their email and words.',
    permission: 'office.view',
    input: z.strictObject({
      text: z.string().max(200),
      kinds: z.array(z.enum(SEARCH_HIT_KINDS)).min(1).default([...SEARCH_HIT_KINDS]),
      limit: z.int().min(1).max(50).default(20),
    }),
    reads: ['customer', 'location', 'contact_method', 'job', 'invoice', 'lead', 'lead_entry'],
    output: z.object({ hits: z.array(searchHit) }),
  }),
] as const
