import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { assertNever } from '../../base/assertNever.ts'
import { journalRecords, journalText } from './csvJournal.ts'
import { iifRecords, iifText } from './iif.ts'
import { checkIif, parseIif } from './iifCheck.ts'
import { type PostedBatch, sorted } from './postedBatch.ts'
import type { ExportRecord } from './tables.ts'
import { decodeWindows1252, encodeWindows1252 } from './windows1252.ts'

export interface ExportFile {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
  readonly records: readonly Pick<ExportRecord, 'documentKind' | 'documentId' | 'key' | 'hash'>[]
  /** What the receiving program would refuse; a file with problems is not handed out. */
  readonly problems: readonly string[]
}

const utf8 = new TextEncoder()

const hashed = ({ text, ...record }: { readonly documentKind: 'invoice' | 'payment'; readonly documentId: string; readonly key: string; readonly text: string }) => ({
  ...record,
  hash: bytesToHex(sha256(utf8.encode(text))),
})

/** A batch's file, the same bytes every time, read back before it is given away. */
export function exportFile(posted: PostedBatch, format: ExportRecord['format']): ExportFile {
  const batch = sorted(posted)
  const name = `baton-batch-${batch.batch.number.replace(/[^\w-]/g, '')}`
  switch (format) {
    case 'iif': {
      const records = iifRecords(batch)
      const bytes = encodeWindows1252(iifText(records))
      const reading = parseIif(decodeWindows1252(bytes))
      const problems = reading.kind === 'refused' ? [`Line ${reading.line}: ${reading.reason}`] : checkIif(reading.transactions)
      return { name: `${name}.iif`, mime: 'text/plain', bytes, records: records.map(hashed), problems }
    }
    case 'csv': {
      const records = journalRecords(batch)
      return { name: `${name}.csv`, mime: 'text/csv', bytes: utf8.encode(`\ufeff${journalText(records)}`), records: records.map(hashed), problems: [] }
    }
    default:
      return assertNever(format, 'export format')
  }
}
