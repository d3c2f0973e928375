import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The technician’s page as it was built: four small files, read once and served from memory. No path of a request reaches the disk. */

/** Where the page is; its service worker answers for what lies below. */
export const PAGE_PATH = '/t/'

const FILES = { '': ['index.html', 'text/html; charset=utf-8'], 'app.js': ['app.js', 'text/javascript; charset=utf-8'], 'app.css': ['app.css', 'text/css; charset=utf-8'], 'worker.js': ['worker.js', 'text/javascript; charset=utf-8'] } as const

/** In the service worker’s text: which build it belongs to. */
const VERSION_MARK = '__BATON_PAGE__'

export interface PageFile {
  readonly type: string
  readonly body: Buffer
  readonly etag: string
}

/** By the end of the address behind `/t/`. */
export type TechnicianPage = ReadonlyMap<string, PageFile>

/** Nothing but itself: no script or style in the page’s text, nobody else’s anything, and no frame around it. */
export const PAGE_HEADERS = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'x-robots-tag': 'noindex, nofollow',
} as const

const hashOf = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('base64url').slice(0, 22)
}

/** @param texts by the names of the built files */
export function technicianPage(texts: Readonly<Record<string, string>>): TechnicianPage {
  const version = hashOf(...Object.values(FILES).map(([file]) => texts[file] ?? ''))
  return new Map(
    Object.entries(FILES).map(([end, [file, type]]) => {
      const body = Buffer.from((texts[file] ?? '').replaceAll(VERSION_MARK, version))
      return [end, { type, body, etag: `"${hashOf(body)}"` }]
    }),
  )
}

/** @returns null where it was not built, as in a test that needs none */
export function readTechnicianPage(folder: string): TechnicianPage | null {
  try {
    return technicianPage(Object.fromEntries(Object.values(FILES).map(([file]) => [file, readFileSync(join(folder, file), 'utf8')])))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
