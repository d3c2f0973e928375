import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FeedRow } from '../../shared/sync/protocol.ts'
import { HubUnreachable, type SnapshotChunk } from './hubConnection.ts'

/** Unpacks what was packed by gzip. @throws where it would come to more than the limit, bytes */
export type Inflate = (bytes: Uint8Array, limit: { readonly maxOutputLength: number }) => Promise<Buffer>

const onAnotherThread: Inflate = promisify(gunzip)

/** A larger chunk is a mistake or an attack. */
const MAX_CHUNK_BYTES = 256 * 1024 * 1024

/**
 * Checks a chunk against what the manifest says of it and unpacks it; its lines are read by whoever needs them.
 * @throws HubUnreachable where it did not arrive whole: it is fetched again
 */
export async function unpackChunk(chunk: SnapshotChunk, bytes: Uint8Array, inflate: Inflate = onAnotherThread): Promise<readonly string[]> {
  const digest = createHash('sha256').update(bytes).digest('hex')
  if (digest !== chunk.sha256) throw new HubUnreachable(`Part ${chunk.n} of the company did not arrive whole`)
  const text = (await inflate(bytes, { maxOutputLength: MAX_CHUNK_BYTES })).toString('utf8')
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** A line of a chunk; it is the hub's own and whole, as its checksum says. */
export function rowOfLine(line: string): FeedRow {
  return JSON.parse(line) as FeedRow
}
