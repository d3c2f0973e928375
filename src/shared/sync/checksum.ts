import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from '../base/canonicalJson.ts'
import type { AnyRow } from '../domain/kernel/table.ts'

/** Two replicas that hold the same rows of a table have the same checksum, in whatever order they read them. */
export interface Checksum {
  readonly rows: number
  /** Hex; the sum of the rows' hashes modulo 2^64. */
  readonly sum: string
}

const MASK = (1n << 64n) - 1n

/** Sums the first eight bytes of each row's SHA-256 over its canonical JSON. */
export function checksumOf(rows: Iterable<AnyRow>): Checksum {
  let [count, sum] = [0, 0n]
  for (const row of rows) {
    const digest = sha256(utf8ToBytes(canonicalJson(row)))
    sum = (sum + new DataView(digest.buffer, digest.byteOffset).getBigUint64(0)) & MASK
    count += 1
  }
  return { rows: count, sum: sum.toString(16) }
}
