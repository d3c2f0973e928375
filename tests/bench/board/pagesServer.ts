import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve } from 'node:path'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }

/** Serves built pages on the loopback address. @param folders where they may lie, the first that has a file counting */
export async function servePages(folders: readonly string[]): Promise<{ readonly address: string; close(): void }> {
  const roots = folders.map((folder) => resolve(folder))
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://loopback').pathname)
    const file = roots.map((root) => ({ root, file: join(root, path) })).find(({ root, file: found }) => found.startsWith(root) && existsSync(found) && statSync(found).isFile())?.file
    if (file === undefined) {
      response.statusCode = 404
      response.end()
      return
    }
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}`, close: () => server.close() }
}
