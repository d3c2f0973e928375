import { z } from 'zod'
import { PAYMENT_FORMS } from '../../domain/jobs/tables.ts'
import { defineAction } from '../method.ts'

/** What a column of a file of booked jobs can hold. */
export const JOB_COLUMNS = [
  'number', 'name', 'firstName', 'lastName', 'companyName', 'phone', 'otherPhone', 'email',
  'line1', 'line2', 'city', 'state', 'postalCode', 'latitude', 'longitude',
  'jobType', 'summary', 'notes', 'priority', 'payment',
  'day', 'windowStart', 'windowEnd', 'start', 'end', 'minutes', 'technician', 'gateCode', 'access', 'home', 'none',
] as const

export type JobColumn = (typeof JOB_COLUMNS)[number]

const uploadId = z.string().regex(/^[0-9a-f-]{36}$/, 'This is not an upload.')

const asked = {
  uploadId,
  /** What each column is, in the file's order; null: guessed by the headings. */
  columns: z.array(z.enum(JOB_COLUMNS)).max(500).nullable(),
} as const

const preview = z.object({
  fileName: z.string(),
  /** Why nothing can come of this file; then every count is zero. */
  unusable: z.string().nullable(),
  columns: z.array(z.object({ heading: z.string(), becomes: z.enum(JOB_COLUMNS), example: z.string() })),
  rows: z.int(),
  jobs: z.int(),
  /** Customers who are not here yet. */
  customers: z.int(),
  /** Jobs with a technician at a time. */
  planned: z.int(),
  /** Jobs that came in before. */
  known: z.int(),
  bad: z.int(),
  findings: z.array(z.object({ rowNumber: z.int(), kind: z.enum(['bad', 'warning']), who: z.string(), text: z.string() })),
  /** The first jobs as they will come in. `technician` is empty where nobody has it. */
  sample: z.array(z.object({ rowNumber: z.int(), name: z.string(), place: z.string(), jobType: z.string(), when: z.string(), technician: z.string() })),
})

export type JobFilePreview = z.output<typeof preview>

export const jobFileMethods = [
  defineAction({
    name: 'jobFile.preview',
    summary: 'Read an uploaded CSV of booked jobs and say what would come in, what would not and why. Changes nothing.',
    permission: 'import.run',
    input: z.strictObject(asked),
    output: preview,
  }),
  defineAction({
    name: 'jobFile.bringIn',
    summary: 'Bring booked jobs in from an uploaded file, with their customers, windows and technicians; rows that can\u2019t come in are kept aside.',
    permission: 'import.run',
    input: z.strictObject({
      ...asked,
      /** Names the work in `progress` events. */
      operationId: z.string().min(1).max(40),
      /** How customers pay where the file does not say. */
      plannedPayment: z.enum(PAYMENT_FORMS),
    }),
    output: z.object({
      runId: z.string(),
      jobs: z.int(),
      customers: z.int(),
      planned: z.int(),
      known: z.int(),
      keptAside: z.int(),
      /** Jobs that came in without a technician of the file, because that can\u2019t be; the first of them. */
      unplanned: z.array(z.object({ name: z.string(), why: z.string() })),
      unplannedCount: z.int(),
    }),
  }),
] as const
