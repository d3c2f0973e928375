import { z } from 'zod'
import { DAY_PARTS, WAIT_STATES } from '../../domain/waitlist/tables.ts'
import { idInput } from '../../domain/kernel/inputs.ts'
import { defineQuery } from '../method.ts'

const offer = z.object({ day: z.string(), start: z.int(), end: z.int(), zone: z.string(), startsAt: z.int(), endsAt: z.int(), until: z.int() })

const entry = z.object({
  entryId: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  locationId: z.string().nullable(),
  place: z.string(),
  /** E.164. */
  phone: z.string().nullable(),
  jobTypeId: z.string(),
  jobTypeName: z.string(),
  businessUnitId: z.string(),
  summary: z.string(),
  fromDay: z.string(),
  toDay: z.string(),
  part: z.enum(DAY_PARTS),
  askedAt: z.int(),
  /** By when somebody calls: what was promised, or what a failed try or a postponing has made of it. */
  dueAt: z.int(),
  state: z.enum(WAIT_STATES),
  offer: offer.nullable(),
  offersMade: z.int(),
  /** The visit that they keep while they wait for an earlier one. */
  keeps: z.object({ appointmentId: z.string(), day: z.string(), start: z.int(), end: z.int() }).nullable(),
  resolution: z.string(),
  practice: z.boolean(),
})

export type WaitListEntry = z.output<typeof entry>

const reads = ['wait_entry', 'customer', 'location', 'contact_method', 'job_type', 'promise', 'appointment'] as const

export const waitListMethods = [
  defineQuery({
    name: 'waitList.list',
    summary: 'Who waits for an earlier time: those with an offer first, then by when they are called.',
    permission: 'job.book',
    input: z.strictObject({}),
    reads,
    output: z.object({ entries: z.array(entry) }),
  }),
  defineQuery({
    name: 'waitList.get',
    summary: 'One entry of the wait list, however it ended.',
    permission: 'job.book',
    input: z.strictObject({ entryId: idInput }),
    reads,
    output: entry.nullable(),
  }),
] as const
