import type { ImportReject } from '../../../shared/domain/intake/tables.ts'

/** The heading of the column with the reasons; an import passes over it. */
const REASON_HEADING = 'What to mend'

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell)

/** Rows kept aside as CSV (RFC 4180, UTF-8 with a byte order mark so that Excel reads the accents), to mend and import again. */
export function asideCsv(rejects: readonly Pick<ImportReject, 'rowNumber' | 'reason' | 'raw'>[]): Uint8Array {
  const longest = rejects.reduce<ImportReject['raw']>((best, { raw }) => (raw.length > best.length ? raw : best), [])
  const own = longest.map(([heading]) => heading !== REASON_HEADING)
  const lines = [
    [REASON_HEADING, ...longest.map(([heading]) => heading).filter((_, index) => own[index])],
    ...[...rejects]
      .sort((left, right) => left.rowNumber - right.rowNumber)
      .map(({ rowNumber, reason, raw }) => [`Row ${rowNumber}: ${reason}`, ...longest.map((_, index) => raw[index]?.[1] ?? '').filter((_, index) => own[index])]),
  ]
  return new TextEncoder().encode(`\ufeff${lines.map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`)
}
