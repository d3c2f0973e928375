import { createHash } from 'node:crypto'

const FIRST = 20_000
const PORTS = 10_000

/**
 * The port a data folder is served on where nobody asked for another: the same at every start, because a browser keeps
 * a half-typed booking by address and port. Below every system's range of passing ports (Linux begins at 32768, RFC 6335 at 49152).
 */
export function usualPort(dataDir: string): number {
  return FIRST + (createHash('sha256').update(dataDir).digest().readUInt32BE(0) % PORTS)
}
