import { CHUNK_BYTES, CHUNK_ROWS, type ImportedCustomer } from './rows.ts'

/** Customers in parts that one `import.addRows` may carry, in order. */
export function* chunksOf(rows: Iterable<ImportedCustomer>): Generator<readonly ImportedCustomer[]> {
  let chunk: ImportedCustomer[] = []
  // The brackets; each row adds itself and a comma.
  let size = 2
  for (const row of rows) {
    const length = JSON.stringify(row).length + 1
    if (chunk.length > 0 && (chunk.length >= CHUNK_ROWS || size + length > CHUNK_BYTES)) {
      yield chunk
      chunk = []
      size = 2
    }
    chunk.push(row)
    size += length
  }
  if (chunk.length > 0) yield chunk
}
