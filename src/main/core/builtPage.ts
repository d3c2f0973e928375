import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import { withNonce } from './pagePolicy.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
}

export interface PageFile {
  readonly type: string
  /** Its name carries a hash of its content, so it may be kept for ever. */
  readonly immutable: boolean
  read(): Buffer
}

export interface BuiltPage {
  /** @param path as in the address: `/assets/main-3f9a.js`; a path that is no file of the build is undefined, whatever it tries. */
  file(path: string): PageFile | undefined
  /** The page itself, with the nonce of this answer. */
  html(nonce: string): string
}

/**
 * The built page in a folder. The files are listed once, and only what is in the list is ever read: a path from
 * outside chooses among known files and never becomes a path on the disk.
 * @throws where the folder holds no built page
 */
export function openBuiltPage(directory: string): BuiltPage {
  const folder = resolve(directory)
  const files = new Map<string, PageFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const absolute = join(entry.parentPath, entry.name)
    const path = `/${absolute.slice(folder.length + 1).replaceAll('\\', '/')}`
    const type = TYPES[extname(entry.name)]
    if (type === undefined || path === '/index.html') continue
    let content: Buffer | undefined
    files.set(path, {
      type,
      immutable: path.startsWith('/assets/'),
      read: () => (content ??= readFileSync(absolute)),
    })
  }
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  return { file: (path) => files.get(path), html: (nonce) => withNonce(html, nonce) }
}
