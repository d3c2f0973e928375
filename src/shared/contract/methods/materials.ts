import { z } from 'zod'
import { dayInput } from '../../domain/kernel/inputs.ts'
import { delivery } from '../bridge.ts'
import { defineAction, defineQuery } from '../method.ts'

const visit = z.object({
  appointmentId: z.string(),
  technicianName: z.string().nullable(),
  customerName: z.string(),
  jobNumber: z.string(),
  windowStart: z.int(),
  windowEnd: z.int(),
  lines: z.array(z.object({ lineId: z.string(), description: z.string(), quantity: z.int() })),
  /** The warehouse does not know of it yet, or knows it otherwise. */
  changed: z.boolean(),
})

export type MaterialVisit = z.output<typeof visit>

const materialDay = z.object({
  day: z.string(),
  /** By technician, those whom nobody has at the end; quantities are thousandths. */
  visits: z.array(visit),
  /** Everything together, the same things added up. */
  totals: z.array(z.object({ description: z.string(), quantity: z.int() })),
  state: z.enum(['owed', 'sent', 'none']),
  sentAt: z.int().nullable(),
  sentByName: z.string().nullable(),
  said: z.string(),
  holder: z.string().nullable(),
  dueAt: z.int().nullable(),
  owedSince: z.int().nullable(),
})

export type MaterialDay = z.output<typeof materialDay>

export const materialMethods = [
  defineQuery({
    name: 'materialList.day',
    summary: 'What has to lie ready in the warehouse for a day, by technician and altogether, and whether the warehouse has the list.',
    permission: 'office.view',
    input: z.strictObject({ day: dayInput }),
    reads: ['appointment', 'job', 'job_line', 'customer', 'technician', 'material_list', 'promise', 'user'],
    output: materialDay,
  }),
  defineAction({
    name: 'materialList.file',
    summary: 'The material list of a day as a file that any spreadsheet opens.',
    permission: 'office.view',
    input: z.strictObject({ day: dayInput }),
    output: z.object({ delivery, name: z.string() }),
  }),
] as const
