import { z } from 'zod'
import { derivedId } from '../../base/id.ts'
import { alertTable } from '../alerts/tables.ts'
import { attachmentTable } from '../attachments/tables.ts'
import { refusedChangeTable } from '../attention/tables.ts'
import { callTable } from '../calls/tables.ts'
import { consentTable, type ContactMethod, contactMethodTable, type Customer, customerTable, type Location, locationTable, type Note, noteTable } from '../customers/tables.ts'
import { handedDraftTable } from '../drafts/tables.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { type Change, remove, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput } from '../kernel/inputs.ts'
import { get, type Loading, range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { leadTable } from '../leads/tables.ts'
import { paymentTable } from '../payments/tables.ts'
import { promiseTable } from '../promises/tables.ts'
import { taskTable } from '../tasks/tables.ts'
import { waitEntryTable } from '../waitlist/tables.ts'
import { importRunTable } from './tables.ts'

/** An import writes at most one note about a customer, under an id that tells it from the office's own. */
export function importNoteId(runId: string, customerId: string): string {
  return derivedId('importNote', runId, customerId)
}

interface Brought {
  readonly customer: Customer
  readonly locations: readonly Location[]
  readonly contacts: readonly ContactMethod[]
  readonly notes: readonly Note[]
  /** Jobs, calls, invoices, payments, promises, attachments, consents, drafts, wishes for a time or changes that could not stand exist. */
  readonly hasWork: boolean
}

function* loadBrought(customerId: string): Loading<Brought | undefined> {
  const customer = yield* get(customerTable, customerId)
  if (!customer) return undefined
  const worked = [
    ...(yield* range(jobTable, 'byCustomer', [customerId])),
    ...(yield* range(callTable, 'byCustomer', [customerId])),
    ...(yield* range(invoiceTable, 'byCustomer', [customerId])),
    ...(yield* range(paymentTable, 'byCustomer', [customerId])),
    // A call may be somebody else's by now; what was promised about it still names this customer.
    ...(yield* range(promiseTable, 'byCustomer', [customerId])),
    ...(yield* range(refusedChangeTable, 'byCustomer', [customerId])),
    ...(yield* range(taskTable, 'byCustomer', [customerId])),
    ...(yield* range(alertTable, 'byCustomer', [customerId])),
    ...(yield* range(attachmentTable, 'byCustomer', [customerId])),
    ...(yield* range(consentTable, 'byCustomer', [customerId])),
    ...(yield* range(handedDraftTable, 'byCustomer', [customerId])),
    ...(yield* range(waitEntryTable, 'byCustomer', [customerId])),
    ...(yield* range(leadTable, 'byCustomer', [customerId])),
  ]
  return {
    customer,
    locations: yield* range(locationTable, 'byCustomer', [customerId]),
    contacts: yield* range(contactMethodTable, 'byCustomer', [customerId]),
    notes: yield* range(noteTable, 'byCustomer', [customerId]),
    hasWork: worked.length > 0,
  }
}

/** True where the office has done anything with the customer since: taking them back would lose it. */
function isUsed({ customer, locations, contacts, notes, hasWork }: Brought, runId: string): boolean {
  const untouched = (row: { readonly version: number; readonly importRunId: string | null }): boolean => row.version === 1 && row.importRunId === runId
  const isOwnNote = (note: Note): boolean => note.id === importNoteId(runId, customer.id) && note.version === 1
  return hasWork || ![customer, ...locations, ...contacts].every(untouched) || !notes.every(isOwnNote)
}

function removeBrought({ customer, locations, contacts, notes }: Brought): Change[] {
  return [
    ...notes.map((note) => remove(noteTable, note)),
    ...contacts.map((contact) => remove(contactMethodTable, contact)),
    ...locations.map((location) => remove(locationTable, location)),
    remove(customerTable, customer),
  ]
}

/** A place that a run added to a customer of before, with what the office has done there since. */
interface AddedPlace {
  readonly location: Location
  readonly used: boolean
}

function* loadAdded(locationId: string, runId: string): Loading<AddedPlace | undefined> {
  const location = yield* get(locationTable, locationId)
  if (location?.importRunId !== runId) return undefined
  const jobs = yield* range(jobTable, 'byLocation', [locationId])
  const calls = yield* range(callTable, 'byCustomer', [location.customerId])
  const notes = yield* range(noteTable, 'bySubject', ['location', locationId])
  const attachments = yield* range(attachmentTable, 'bySubject', ['location', locationId])
  const contacts = yield* range(contactMethodTable, 'byCustomer', [location.customerId])
  const tasks = yield* range(taskTable, 'byRelated', ['location', locationId])
  const alerts = yield* range(alertTable, 'byLocation', [locationId])
  const waiting = yield* range(waitEntryTable, 'byCustomer', [location.customerId])
  const named = [...calls, ...contacts, ...waiting].some((one) => one.locationId === locationId)
  return { location, used: location.version > 1 || jobs.length > 0 || notes.length > 0 || attachments.length > 0 || tasks.length > 0 || alerts.length > 0 || named }
}

/** How many customers one part of an undo takes back: few enough that a live command does not wait. */
export const UNDO_CHUNK = 100

/**
 * Takes back what an import brought, in parts. Who has jobs, calls, payments, invoices, notes, attachments or changes
 * since then stays, whole.
 */
export const undoRun = defineIntention({
  name: 'import.undo',
  version: 1,
  summary: 'Take back customers that an import brought, except those the office has worked with since.',
  permission: 'import.run',
  input: z.strictObject({
    runId: idInput,
    customerIds: z.array(idInput).max(UNDO_CHUNK),
    /** Locations the run added to customers who were here before it. */
    locationIds: z.array(idInput).max(UNDO_CHUNK).default([]),
    /** The last part ends the run. */
    last: z.boolean(),
  }),
  *load(input) {
    const brought: Brought[] = []
    for (const customerId of new Set(input.customerIds)) {
      const found = yield* loadBrought(customerId)
      if (found) brought.push(found)
    }
    const added: AddedPlace[] = []
    for (const locationId of new Set(input.locationIds)) {
      const found = yield* loadAdded(locationId, input.runId)
      // A customer of the same run takes their locations along.
      if (found && !brought.some((one) => one.customer.id === found.location.customerId)) added.push(found)
    }
    return { run: yield* get(importRunTable, input.runId), brought, added }
  },
  decide(input, { run, brought, added }, context) {
    if (!run) return refuse('import.unknown', 'This import is not known here.')
    if (run.source === 'sample') return refuse('import.sample', 'The sample company can\u2019t be taken back. Start your own company in another data folder.')
    if (run.state === 'undone') return refuse('import.undone', 'This import has been taken back already.')
    const removable = brought.filter((one) => one.customer.importRunId === run.id && !isUsed(one, run.id))
    return accept(
      removable.flatMap(removeBrought),
      added.filter(({ used }) => !used).map(({ location }) => remove(locationTable, location)),
      input.last ? update(importRunTable, run, { state: 'undone', finishedAt: context.at }) : [],
    )
  },
})
