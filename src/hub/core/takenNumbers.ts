import { batchTable } from '../../shared/domain/accounting/tables.ts'
import { invoiceTable } from '../../shared/domain/invoices/tables.ts'
import { jobTable } from '../../shared/domain/jobs/tables.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { NumberKind } from '../../shared/domain/kernel/command.ts'
import { type Loading, range } from '../../shared/domain/kernel/load.ts'
import type { Refusal } from '../../shared/domain/kernel/refusal.ts'

type Numbers = Readonly<Partial<Record<NumberKind, string>>>

/** A number that another document has. */
interface Renumbered {
  readonly kind: DocumentKind
  readonly was: string
  readonly is: string
}

/** What people outside of the office know by its number. */
type DocumentKind = Exclude<NumberKind, 'customer'>

const DOCUMENTS: Readonly<Record<DocumentKind, { readonly table: string; readonly name: string }>> = {
  job: { table: jobTable.name, name: 'Job' },
  invoice: { table: invoiceTable.name, name: 'Invoice' },
  batch: { table: batchTable.name, name: 'Batch' },
}

const KINDS = Object.keys(DOCUMENTS) as readonly DocumentKind[]

function* isTaken(kind: DocumentKind, number: string): Loading<boolean> {
  switch (kind) {
    case 'job':
      return (yield* range(jobTable, 'byNumber', [number])).length > 0
    case 'invoice':
      return (yield* range(invoiceTable, 'byNumber', [number])).length > 0
    case 'batch':
      return (yield* range(batchTable, 'byNumber', [number])).length > 0
  }
}

/**
 * A command's document numbers, those that a document has already made into others. Two workstations give the same
 * number where one is a copy of the other's data folder, or was put back to an older state of its own; each series by
 * itself has no number twice.
 * @param mark the series of the workstation that sent it: no other workstation makes the same of a number
 */
export function* freeNumbers(numbers: Numbers, mark: string): Loading<{ readonly numbers: Numbers; readonly renumbered: readonly Renumbered[] }> {
  const free: Partial<Record<NumberKind, string>> = { ...numbers }
  const renumbered: Renumbered[] = []
  for (const kind of KINDS) {
    const was = numbers[kind]
    if (was === undefined || !(yield* isTaken(kind, was))) continue
    let is = `${was}-${mark || 'A'}`
    while (yield* isTaken(kind, is)) is = `${is}-${mark || 'A'}`
    free[kind] = is
    renumbered.push({ kind, was, is })
  }
  return { numbers: free, renumbered }
}

/** What a person is to know of documents that came in under another number than they were given; null where there is none. */
export function renumberedObjection(renumbered: readonly Renumbered[], changes: readonly NetChange[]): Refusal | null {
  for (const { kind, was, is } of renumbered) {
    const { table, name } = DOCUMENTS[kind]
    const made = changes.find((change) => change.table.name === table && change.after?.['number'] === is && change.before?.['number'] !== is)
    if (!made) continue
    const message = `${name} ${was} is now ${name.toLowerCase()} ${is}: another workstation has given the number ${was} to another ${name.toLowerCase()}, which keeps it. Whoever has been given this one as ${was} must be told, and a paper that was handed out must be handed out anew.`
    return { code: 'number.taken', message, subject: { kind, id: made.id } }
  }
  return null
}
