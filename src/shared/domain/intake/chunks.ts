import { CHUNK_BYTES, CHUNK_ROWS, type ImportedCustomer } from './rows.ts'

/** Collects customers until they are as many as one `import.addRows` may carry. */
export class ChunkBuilder {
  #rows: ImportedCustomer[] = []
  // The brackets; each row adds itself and a comma.
  #size = 2
  readonly #limit: () => number

  /** @param limit customers in one chunk, at most `CHUNK_ROWS` */
  constructor(limit: () => number = () => CHUNK_ROWS) {
    this.#limit = limit
  }

  /** @returns the chunk that was full before this row, if it was */
  add(row: ImportedCustomer): readonly ImportedCustomer[] | null {
    const length = JSON.stringify(row).length + 1
    const full = this.#rows.length > 0 && (this.#rows.length >= this.#limit() || this.#size + length > CHUNK_BYTES) ? this.rest() : null
    this.#rows.push(row)
    this.#size += length
    return full
  }

  /** What is left, for the end; the builder is empty after it. */
  rest(): readonly ImportedCustomer[] {
    const rows = this.#rows
    this.#rows = []
    this.#size = 2
    return rows
  }
}

/** Customers in parts that one `import.addRows` may carry, in order. */
export function* chunksOf(rows: Iterable<ImportedCustomer>): Generator<readonly ImportedCustomer[]> {
  const builder = new ChunkBuilder()
  for (const row of rows) {
    const full = builder.add(row)
    if (full) yield full
  }
  const rest = builder.rest()
  if (rest.length > 0) yield rest
}
