import { randomBytes } from 'node:crypto'
import type { OfferedFile } from '../core/shell.ts'

/** Files waiting to be fetched by the browser: each once, each for a few minutes, never more than fit in memory. */
export interface Downloads {
  /** @returns the path at which the file can be fetched once */
  offer(file: OfferedFile): string
  /** The file behind a path, which is gone afterwards. */
  take(path: string): OfferedFile | undefined
}

export const DOWNLOAD_PATH = '/download/'

const LIFETIME_MS = 5 * 60_000
const MAX_WAITING_BYTES = 256 * 1024 * 1024

export function createDownloads(now: () => number = Date.now): Downloads {
  const waiting = new Map<string, { readonly file: OfferedFile; readonly until: number }>()
  let bytes = 0

  const drop = (id: string): void => {
    bytes -= waiting.get(id)?.file.bytes.byteLength ?? 0
    waiting.delete(id)
  }

  const makeRoom = (): void => {
    // A Map keeps the order of insertion: the oldest go first.
    for (const [id, { until }] of waiting) {
      if (until <= now() || bytes > MAX_WAITING_BYTES) drop(id)
    }
  }

  return {
    offer(file) {
      const id = randomBytes(16).toString('base64url')
      bytes += file.bytes.byteLength
      makeRoom()
      waiting.set(id, { file, until: now() + LIFETIME_MS })
      return `${DOWNLOAD_PATH}${id}`
    },
    take(path) {
      const id = path.slice(DOWNLOAD_PATH.length)
      const found = waiting.get(id)
      if (!found) return undefined
      drop(id)
      return found.until > now() ? found.file : undefined
    },
  }
}

/** A Content-Disposition header that saves under `name` in every browser (RFC 6266, RFC 8187). */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\/%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
