import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Transform, type TransformCallback } from 'node:stream'
import { CsvError, parse } from 'csv-parse'

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252'

export interface CsvRow {
  /** As a spreadsheet counts: the heading is row 1. */
  readonly rowNumber: number
  readonly record: readonly string[]
}

/** What broke the file from a row on; everything before it was read. */
export interface CsvBreak {
  readonly rowNumber: number
  readonly reason: string
}

export const isBreak = (row: CsvRow | CsvBreak): row is CsvBreak => 'reason' in row

/** Decodes whatever the chunks cut in half; a byte order mark is dropped. */
function decoder(encoding: Encoding): Transform {
  const text = new TextDecoder(encoding)
  return new Transform({
    readableObjectMode: false,
    decodeStrings: true,
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      done(null, text.decode(chunk, { stream: true }))
    },
    flush(done: TransformCallback) {
      done(null, text.decode())
    },
  })
}

/**
 * Which encoding a file is in: its byte order mark says so; without one it is UTF-8 where every byte fits,
 * else Windows-1252, in which Excel saves "CSV" on an American Windows.
 */
export async function detectEncoding(path: string): Promise<Encoding> {
  const handle = await open(path, 'r')
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true })
    const buffer = Buffer.alloc(1 << 16)
    for (let position = 0; ; ) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
      if (position === 0 && bytesRead >= 2 && buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le'
      try {
        utf8.decode(buffer.subarray(0, bytesRead), { stream: bytesRead > 0 })
      } catch {
        return 'windows-1252'
      }
      if (bytesRead === 0) return 'utf-8'
      position += bytesRead
    }
  } finally {
    await handle.close()
  }
}

/** The sign that stands most often in the heading row: some spreadsheets save semicolons or tabs. */
async function detectDelimiter(path: string, encoding: Encoding): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1 << 14), 0, 1 << 14, 0)
    const heading = new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead)).split(/\r\n|\r|\n/, 1)[0] ?? ''
    const counted = [',', ';', '\t'].map((sign) => ({ sign, count: heading.split(sign).length }))
    return counted.reduce((best, next) => (next.count > best.count ? next : best)).sign
  } finally {
    await handle.close()
  }
}

function explain(error: CsvError): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'A quotation mark is opened here and never closed. Everything from here on was left out.'
  if (error.code === 'CSV_MAX_RECORD_SIZE') return 'This row is longer than a row can be; a quotation mark is probably out of place. Everything from here on was left out.'
  return 'The file can\u2019t be read from here on.'
}

/** A row longer than this is a quotation mark gone wrong. */
const MAX_ROW = 1_000_000

/**
 * Reads a CSV file row by row, the heading first, never more of it in memory than a few rows. Empty lines are skipped
 * and not counted. A file that breaks off yields the break as its last row.
 */
export async function* readCsv(path: string, encoding: Encoding): AsyncGenerator<CsvRow | CsvBreak> {
  const parser = parse({
    delimiter: await detectDelimiter(path, encoding),
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: MAX_ROW,
  })
  // The parser carries any failure to the loop below.
  pipeline(createReadStream(path), decoder(encoding), parser, () => undefined)
  let rowNumber = 0
  try {
    for await (const record of parser as AsyncIterable<readonly string[]>) {
      rowNumber += 1
      yield { rowNumber, record }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    yield { rowNumber: rowNumber + 1, reason: explain(error) }
  }
}
