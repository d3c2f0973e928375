import { refusedChangeTable } from '../../../src/shared/domain/attention/tables.ts'
import { invoiceTable } from '../../../src/shared/domain/invoices/tables.ts'
import { jobTable } from '../../../src/shared/domain/jobs/tables.ts'
import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** A document number, taken apart. */
export interface Numbered {
  readonly series: string
  readonly number: number
}

/** `B20004` is the fourth of a series of its own. */
export function numbered(kind: string, text: string): Numbered | null {
  const [, prefix, digits] = /^([A-Z]*)(\d+)$/.exec(text) ?? []
  return digits === undefined ? null : { series: `${kind} ${prefix}`, number: Number(digits) }
}

/** Where a series does not go on by one. */
export function holesAndRepeats(given: readonly Numbered[], where: string): readonly string[] {
  const series = new Map<string, number[]>()
  for (const { series: name, number } of given) series.set(name, [...(series.get(name) ?? []), number])
  return [...series].flatMap(([name, numbers]) => {
    const sorted = numbers.toSorted((left, right) => left - right)
    return sorted.flatMap((number, index) => {
      const before = sorted[index - 1]
      return before === undefined || number === before + 1 ? [] : [`${where}: number ${number} of the series \u201c${name}\u201d follows ${before}`]
    })
  })
}

/** Holes and repeats in what is on documents of a kind and on the changes that would have made one and could not stand. */
function brokenSeries(rows: Rows, kind: string, commandName: string, onDocuments: readonly (string | null)[]): readonly string[] {
  const kept = rows(refusedChangeTable).filter((change) => change.commandName === commandName && change.kind !== 'flagged')
  const told = [...onDocuments, ...kept.map((change) => change.numbers[kind])]
  return holesAndRepeats(told.flatMap((text) => (typeof text === 'string' ? (numbered(kind, text) ?? []) : [])), 'told')
}

/** Invoice numbers, which people were told, run without holes and without repeats, each workstation's series by itself. */
export function brokenInvoiceNumbers(rows: Rows): readonly string[] {
  return brokenSeries(rows, 'invoice', 'invoice.finalize', rows(invoiceTable).map((invoice) => invoice.number))
}

/** The same for jobs, where all that is refused was done at a workstation. */
export function brokenJobNumbers(rows: Rows): readonly string[] {
  return brokenSeries(rows, 'job', 'job.book', rows(jobTable).map((job) => job.number))
}
