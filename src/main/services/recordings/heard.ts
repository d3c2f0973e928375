import type { Asked } from '../../core/service.ts'

/** What somebody has opened at a page, and is written down as having listened to, as long as they are signed in there. */
const opened = new WeakMap<Asked['session'], { readonly actorId: string; readonly ids: Set<string> }>()

/** The ids of what whoever asks has opened at this page. */
export function openedBy({ session, actorId }: Asked): Set<string> {
  const known = opened.get(session)
  if (known?.actorId === actorId) return known.ids
  const ids = new Set<string>()
  opened.set(session, { actorId, ids })
  return ids
}

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/** So much as a page is given at once, from a place in a file; null where the file is not here any more. */
export async function pieceOf({ store }: Asked, { sha256, bytes }: { readonly sha256: string; readonly bytes: number }, from: number, most: number): Promise<string | null> {
  const piece = await store.blobs.read(sha256, from, Math.min(most, Math.max(0, bytes - from)))
  return piece ? base64Of(piece) : null
}
