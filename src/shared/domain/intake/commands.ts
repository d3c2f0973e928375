import { z } from 'zod'
import { type Change, insert, update } from '../kernel/changes.ts'
import { accept, type Command, defineIntention } from '../kernel/command.ts'
import { idInput, optionalLine } from '../kernel/inputs.ts'
import { get, getMany } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { customerName } from '../customers/naming.ts'
import { locationRow, NOTHING_ASKED, storedEmail } from '../customers/rows.ts'
import { contactMethodTable, customerTable, locationTable, noteTable } from '../customers/tables.ts'
import { taxZoneTable } from '../invoices/tables.ts'
import { CHUNK_BYTES, CHUNK_ROWS, furtherLocation, type FurtherLocation, importedCustomer, type ImportedCustomer, keptAside } from './rows.ts'
import { IMPORT_SOURCES, importRejectTable, type ImportRun, importRunTable } from './tables.ts'
import { importNoteId, undoRun } from './undo.ts'

const unknownRun = (): Refused => refuse('import.unknown', 'This import is not known here. Start it again.')

/** Why nothing more may come in by this run, if so. */
function notRunning(run: ImportRun): Refused | undefined {
  return run.state === 'running' ? undefined : refuse('import.ended', 'This import has ended. Start a new one.')
}

const start = defineIntention({
  name: 'import.start',
  version: 1,
  summary: 'Start an import, so that everything it brings can be told apart and taken back.',
  permission: 'import.run',
  input: z.strictObject({
    runId: idInput,
    source: z.enum(IMPORT_SOURCES),
    fileName: optionalLine('The file name', 255),
    fileHash: z.string().regex(/^([0-9a-f]{64})?$/, 'This is not a SHA-256.'),
  }),
  *load(input) {
    return yield* get(importRunTable, input.runId)
  },
  decide(input, existing) {
    if (existing) return refuse('import.exists', 'This import has been started already.')
    return accept(
      insert(importRunTable, {
        id: input.runId,
        source: input.source,
        fileName: input.fileName,
        fileHash: input.fileHash,
        state: 'running',
        customers: 0,
        importedRows: 0,
        rejectedRows: 0,
        finishedAt: null,
      }),
    )
  },
})

function insertCustomer(row: ImportedCustomer, runId: string, by: { readonly actorId: string; readonly at: number }, newId: (label: string) => string): Change[] {
  const { customerId, billing, phones, emails, locations, note, ...values } = row
  const contacts = [...phones.map((phone) => ({ kind: 'phone' as const, ...phone })), ...emails.map((email) => ({ kind: 'email' as const, ...email, value: storedEmail(email.value) }))]
  return [
    insert(customerTable, {
      id: customerId,
      ...values,
      name: customerName(row),
      billingLine1: billing.line1,
      billingLine2: billing.line2,
      billingCity: billing.city,
      billingState: billing.state,
      billingPostalCode: billing.postalCode,
      importRunId: runId,
      ...NOTHING_ASKED,
    }),
    ...locations.map((location) => locationRow(customerId, location, runId)),
    ...contacts.map((contact, position) =>
      insert(contactMethodTable, { id: newId(`contact/${customerId}/${position}`), customerId, locationId: null, ...contact, position, importRunId: runId }),
    ),
    ...(note === ''
      ? []
      : [
          insert(noteTable, {
            id: importNoteId(runId, customerId),
            customerId,
            subjectKind: 'customer',
            subjectId: customerId,
            body: note,
            pinned: false,
            authorId: by.actorId,
            at: by.at,
          }),
        ]),
  ]
}

function broughtBy(input: { readonly rows: readonly ImportedCustomer[]; readonly further: readonly FurtherLocation[] }): readonly ImportedCustomer['locations'][number][] {
  return [...input.rows.flatMap((row) => row.locations), ...input.further.map((one) => one.location)]
}

const addRows = defineIntention({
  name: 'import.addRows',
  version: 1,
  summary: 'Bring in up to 500 customers with their locations and contact methods, and further locations of customers who are here.',
  permission: 'import.run',
  input: z
    .strictObject({
      runId: idInput,
      rows: z.array(importedCustomer).max(CHUNK_ROWS),
      further: z.array(furtherLocation).max(CHUNK_ROWS).default([]),
    })
    .refine((input) => input.rows.length + input.further.length > 0, 'This part of the import is empty.')
    .refine((input) => JSON.stringify([input.rows, input.further]).length <= CHUNK_BYTES + 10, `One part of an import is at most ${CHUNK_BYTES / 1024} kB.`),
  *load(input) {
    const locations = broughtBy(input)
    return {
      run: yield* get(importRunTable, input.runId),
      customers: yield* getMany(customerTable, input.rows.map((row) => row.customerId)),
      owners: yield* getMany(customerTable, new Set(input.further.map((one) => one.customerId))),
      locations: yield* getMany(locationTable, locations.map((location) => location.id)),
      taxZones: yield* getMany(taxZoneTable, new Set(locations.flatMap((location) => (location.taxZoneId === null ? [] : [location.taxZoneId])))),
    }
  },
  decide(input, { run, customers, owners, locations, taxZones }, context) {
    if (!run) return unknownRun()
    const ended = notRunning(run)
    if (ended) return ended
    const brought = broughtBy(input)
    const ids = [...input.rows.map((row) => row.customerId), ...brought.map((location) => location.id)]
    if (customers.length + locations.length > 0 || new Set(ids).size < ids.length) {
      return refuse('import.repeated', 'Some of these customers are here already. Choose the file again.')
    }
    if (input.further.some((one) => !owners.some((owner) => owner.id === one.customerId))) {
      return refuse('import.unknownCustomer', 'A customer whom this file adds a location to is gone. Choose the file again.')
    }
    if (brought.some((location) => location.taxZoneId !== null && !taxZones.some((zone) => zone.id === location.taxZoneId))) {
      return refuse('import.taxZone', 'One of these locations names a tax zone that does not exist. Choose the file again.')
    }
    return accept(
      input.rows.flatMap((row) => insertCustomer(row, run.id, context, context.id)),
      input.further.map((one) => locationRow(one.customerId, one.location, run.id)),
      update(importRunTable, run, { customers: run.customers + input.rows.length, importedRows: run.importedRows + brought.length }),
    )
  },
})

const rejectRows = defineIntention({
  name: 'import.reject',
  version: 1,
  summary: 'Keep rows aside whole, each with the reason, to be mended and imported again.',
  permission: 'import.run',
  input: z.strictObject({ runId: idInput, rows: z.array(keptAside).min(1).max(CHUNK_ROWS) }),
  *load(input) {
    return yield* get(importRunTable, input.runId)
  },
  decide(input, run, context) {
    if (!run) return unknownRun()
    const ended = notRunning(run)
    if (ended) return ended
    return accept(
      input.rows.map((row, position) => insert(importRejectTable, { id: context.id(`reject/${position}`), runId: run.id, ...row })),
      update(importRunTable, run, { rejectedRows: run.rejectedRows + input.rows.length }),
    )
  },
})

const finish = defineIntention({
  name: 'import.finish',
  version: 1,
  summary: 'End an import: nothing more comes in by it.',
  permission: 'import.run',
  input: z.strictObject({ runId: idInput }),
  *load(input) {
    return yield* get(importRunTable, input.runId)
  },
  decide(_input, run, context) {
    if (!run) return unknownRun()
    return notRunning(run) ?? accept(update(importRunTable, run, { state: 'done', finishedAt: context.at }))
  },
})

export const intakeCommands = [start, addRows, rejectRows, finish, undoRun] as const satisfies readonly Command[]
