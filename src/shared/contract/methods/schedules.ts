import { z } from 'zod'
import { dayInput, idInput } from '../../domain/kernel/inputs.ts'
import { delivery } from '../bridge.ts'
import { defineAction, defineQuery } from '../method.ts'

const kept = z.object({
  /** Where the files lie; null where the company is kept in memory only. */
  folder: z.string().nullable(),
  days: z.array(z.object({ day: z.string(), madeAt: z.int(), files: z.array(z.string()) })),
  /** Why they could not be made the last time, as a sentence. */
  trouble: z.string().nullable(),
})

export const schedulesMethods = [
  defineQuery({
    name: 'daySheets.day',
    summary: 'Whose day sheets there are for a day, with how many visits each.',
    permission: 'office.view',
    input: z.strictObject({ day: dayInput }),
    reads: ['appointment', 'assignment', 'technician', 'company'],
    output: z.object({
      zone: z.string(),
      /** In the office's order. */
      technicians: z.array(z.object({ id: z.string(), name: z.string(), visits: z.int(), firstAt: z.int().nullable(), zone: z.string() })),
      /** Visits of the day that nobody has. */
      nobodys: z.int(),
    }),
  }),
  defineQuery({
    name: 'daySheets.kept',
    summary: 'The day sheets that this workstation keeps as files for an outage, and where.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['day_sheets'],
    output: kept,
  }),
  defineAction({
    name: 'daySheets.hand',
    summary: 'Make a technician\u2019s day, or everybody\u2019s, as a PDF, or a technician\u2019s as a calendar file, and hand it out.',
    permission: 'office.view',
    input: z.discriminatedUnion('form', [
      z.strictObject({ form: z.literal('pdf'), day: dayInput, technicianId: idInput.nullable() }),
      z.strictObject({ form: z.literal('calendar'), day: dayInput, technicianId: idInput }),
    ]),
    output: z.object({ delivery, name: z.string() }),
  }),
  defineAction({
    name: 'daySheets.keepNow',
    summary: 'Make the sheets of today and tomorrow that are kept for an outage now.',
    permission: 'office.view',
    input: z.strictObject({}),
    output: kept,
  }),
] as const
