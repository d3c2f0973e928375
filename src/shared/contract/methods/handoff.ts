import { z } from 'zod'
import { WAIVER_STATES } from '../../domain/jobs/tables.ts'
import { idInput } from '../../domain/kernel/inputs.ts'
import { defineQuery } from '../method.ts'

const item = z.object({
  key: z.string(),
  label: z.string(),
  /** `record`: the record answers it; `person`: somebody ticked it; null: a hole. */
  answeredBy: z.enum(['record', 'person']).nullable(),
  /** A person may tick it as the record stands. */
  tickable: z.boolean(),
  /** Ticking it says something in words. */
  words: z.boolean(),
  said: z.string(),
  /** Who ticked it; empty where nobody did. */
  tickedBy: z.string(),
  tickedAt: z.int().nullable(),
  /** Where what is missing is put in. */
  opens: z.enum(['customer', 'job']),
  /** The job’s waiver and how it stands, where the item asks for it: it is said on the spot. */
  waiver: z.object({ name: z.string(), state: z.enum(WAIVER_STATES) }).nullable(),
})

export type HandoffItem = z.output<typeof item>

export const handoffMethods = [
  defineQuery({
    name: 'handoff.checklist',
    summary: 'How a visit\u2019s hand-off stands: each item, who answered for it, and what is a hole.',
    permission: 'office.view',
    input: z.strictObject({ appointmentId: idInput }),
    reads: ['appointment', 'job', 'job_type', 'location', 'contact_method', 'handoff_tick', 'user'],
    output: z.object({ items: z.array(item), holes: z.int(), jobId: z.string(), customerId: z.string() }),
  }),
] as const
