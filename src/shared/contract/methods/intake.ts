import { z } from 'zod'
import { delivery } from '../bridge.ts'
import { defineAction, defineQuery } from '../method.ts'

/** One part of an upload: base64 makes it a third larger, and a frame holds 4 MB. */
export const UPLOAD_PART_BYTES = 2 * 1024 * 1024

const uploadId = z.string().regex(/^[0-9a-f-]{36}$/, 'This is not an upload.')
const runId = z.string().max(40)
const operationId = z.string().min(1).max(40)

const importPreview = z.object({
  fileName: z.string(),
  bytes: z.int(),
  encoding: z.enum(['utf-8', 'utf-16le', 'windows-1252']),
  /** Why nothing can come of this file; then every count is zero. */
  unusable: z.string().nullable(),
  columns: z.array(z.object({ heading: z.string(), becomes: z.string().nullable() })),
  rows: z.int(),
  customers: z.int(),
  locations: z.int(),
  badRows: z.int(),
  warnings: z.int(),
  /** Customers of the file that are in the office's list already. */
  alreadyHere: z.int(),
  /** Locations the file adds to customers who are here already. */
  further: z.int(),
  /** The first customers as they will come in. */
  sample: z.array(z.object({ rowNumber: z.int(), name: z.string(), kind: z.enum(['residential', 'commercial']), phones: z.array(z.string()), emails: z.array(z.string()), places: z.array(z.string()) })),
  /** The first rows that stay out, that need a look, or that are here already; the counts say how many there are. */
  findings: z.array(z.object({ rowNumber: z.int(), kind: z.enum(['bad', 'here', 'warning']), who: z.string(), text: z.string() })),
  /** The same file came in before. */
  sameFile: z.object({ at: z.number(), by: z.string(), customers: z.int() }).nullable(),
})

export type ImportPreview = z.output<typeof importPreview>

export const intakeMethods = [
  defineAction({
    name: 'import.upload',
    summary: 'Send a file in parts, each at most 2 MB before encoding, in order from 0; up to 100 MB.',
    permission: 'import.run',
    input: z.strictObject({
      uploadId,
      fileName: z.string().min(1).max(255),
      part: z.int().min(0).max(100),
      last: z.boolean(),
      base64: z.base64().max(Math.ceil(UPLOAD_PART_BYTES / 3) * 4, 'This part of the file is too large.'),
    }),
    output: z.object({ received: z.int() }),
  }),
  defineAction({
    name: 'import.preview',
    summary: 'Read an uploaded Jobber clients CSV and say what would come in, what would not and why. Changes nothing.',
    permission: 'import.run',
    input: z.strictObject({ uploadId }),
    output: importPreview,
  }),
  defineAction({
    name: 'import.bringIn',
    summary: 'Import an uploaded file in chunks; rows that can\u2019t come in are kept aside.',
    permission: 'import.run',
    input: z.strictObject({
      uploadId,
      /** Names the work in `progress` events and for `import.cancel`. */
      operationId,
      /** Customers that are here already are kept aside instead of being entered twice. */
      leaveOutKnown: z.boolean().default(true),
    }),
    output: z.object({ runId: z.string(), customers: z.int(), locations: z.int(), keptAside: z.int(), canceled: z.boolean() }),
  }),
  defineAction({
    name: 'import.cancel',
    summary: 'Stop an import after the chunk it is at. What is in stays in.',
    permission: 'import.run',
    input: z.strictObject({ operationId }),
    output: z.object({}),
  }),
  defineAction({
    name: 'import.discard',
    summary: 'Give up an uploaded file.',
    permission: 'import.run',
    input: z.strictObject({ uploadId }),
    output: z.object({}),
  }),
  defineAction({
    name: 'import.takeBack',
    summary: 'Undo an import: remove what it brought, except customers the office has worked with since.',
    permission: 'import.run',
    input: z.strictObject({ runId, operationId }),
    output: z.object({ removed: z.int(), removedLocations: z.int(), kept: z.int(), keptNames: z.array(z.string()) }),
  }),
  defineAction({
    name: 'import.keptAside',
    summary: 'Hand over the rows an import kept aside as a CSV file with the reasons, to mend and import again.',
    permission: 'import.run',
    input: z.strictObject({ runId }),
    output: z.object({ name: z.string(), delivery }),
  }),
  defineQuery({
    name: 'import.runs',
    summary: 'The imports so far, newest first.',
    permission: 'import.run',
    input: z.strictObject({}),
    reads: ['import_run', 'user'],
    output: z.array(
      z.object({
        runId: z.string(),
        fileName: z.string(),
        at: z.number(),
        by: z.string(),
        state: z.enum(['running', 'done', 'undone']),
        customers: z.int(),
        locations: z.int(),
        keptAside: z.int(),
      }),
    ),
  }),
] as const
