import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { tileOrigin } from '../../shared/base/tileAddress.ts'

const shape = z.object({ address: z.string(), credit: z.string() })

/** Where this workstation fetches map pictures from. */
export type KeptPictures = z.output<typeof shape>

const FILE = 'map-pictures.json'

/**
 * Kept as a file beside the store, not in it: it is the workstation's own, and the host, which never opens the store, makes the
 * page's policy of it. What can't be read, or is no address of a server, is none.
 */
export function readMapPictures(directory: string): KeptPictures | null {
  if (directory === ':memory:') return null
  try {
    const kept = shape.parse(JSON.parse(readFileSync(join(directory, FILE), 'utf8')))
    return tileOrigin(kept.address) === null ? null : kept
  } catch {
    return null
  }
}

/** @throws where the folder can't be written; what was kept stays */
export function keepMapPictures(directory: string, pictures: KeptPictures | null): void {
  const path = join(directory, FILE)
  if (pictures === null) return rmSync(path, { force: true })
  const unfinished = `${path}.unfinished`
  writeFileSync(unfinished, JSON.stringify(pictures), { mode: 0o600 })
  renameSync(unfinished, path)
}

/** The server that the page may show pictures of, for its policy; null for none. */
export function mapPicturesOrigin(directory: string): string | null {
  const kept = readMapPictures(directory)
  return kept === null ? null : tileOrigin(kept.address)
}
