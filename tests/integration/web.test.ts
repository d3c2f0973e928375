import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { MAX_FRAME_BYTES } from '../../src/shared/contract/frames.ts'
import { openBuiltPage } from '../../src/main/core/builtPage.ts'
import { NONCE_PLACEHOLDER } from '../../src/main/core/pagePolicy.ts'
import { createDownloads, type Downloads } from '../../src/main/web/downloads.ts'
import { startWebServer, type WebServer } from '../../src/main/web/server.ts'
import { usualPort } from '../../src/main/web/usualPort.ts'

/** The web host's front against everything that may knock at it, with a backend that answers every frame by itself. */

let folder = ''
let server: WebServer
let downloads: Downloads
let clock = 0
let arrived: string[] = []
let gone = 0

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-web-'))
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'page', 'index.html'), `<!doctype html><script nonce="${NONCE_PLACEHOLDER}"></script>`)
  writeFileSync(join(folder, 'page', 'assets', 'main-1a2b.js'), 'export {}')
  writeFileSync(join(folder, 'page', 'mark.svg'), '<svg/>')
  writeFileSync(join(folder, 'page', 'media.html'), '<!doctype html>')
  writeFileSync(join(folder, 'secret.txt'), 'not for the browser')
  clock = 0
  arrived = []
  gone = 0
  downloads = createDownloads(() => clock)
  server = await startWebServer({
    page: openBuiltPage(join(folder, 'page')),
    downloads,
    log: { info: () => undefined, warn: () => undefined, error: (event, details) => console.error(event, details) },
    port: null,
    sample: false,
    attachMedia: (wire) => ({ arrive: (text) => wire.send(`media ${text}`), gone: () => undefined }),
    connect: (wire) => ({
      arrive(frame) {
        arrived.push(frame)
        if (frame === 'hang up') wire.close()
        else wire.send(frame)
      },
      gone: () => void gone++,
    }),
  })
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** As raw as HTTP allows: the path goes out exactly as written, where fetch would tidy it up. */
function ask(path: string, options: { readonly method?: string; readonly headers?: Record<string, string> } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method: options.method ?? 'GET', headers: options.headers ?? {} }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (body += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

async function signedIn(): Promise<{ readonly cookie: string }> {
  const { pathname, search } = new URL(server.address)
  const { headers } = await ask(pathname + search)
  return { cookie: String(headers['set-cookie']?.[0]).split(';')[0] ?? '' }
}

function openSocket(headers: Record<string, string>, path = '/ws'): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => resolve(-1))
  })
}

const ourOrigin = (): string => `http://127.0.0.1:${server.port}`

async function opened(): Promise<WebSocket> {
  const socket = await openSocket({ ...(await signedIn()), origin: ourOrigin() })
  if (typeof socket === 'number') throw new Error(`Refused with ${socket}`)
  return socket
}

const closing = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.on('close', resolve))

test('the token moves from the address into a cookie that no script can read and no foreign page can send', async () => {
  const { pathname, search } = new URL(server.address)
  const { status, headers } = await ask(pathname + search)
  expect(status).toBe(303)
  expect(headers.location).toBe('/')
  expect(headers['set-cookie']?.[0]).toMatch(/^baton_\d+=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/)
  const page = await ask('/', { headers: await signedIn() })
  expect(page.status).toBe(200)
})

test.each(['/?token=wrong', '/?token=', '/?token=%F0%9F%98%80', '/', '/assets/main-1a2b.js', '/download/x', '/?other=1'])('%s without the right token or cookie is refused with a sentence', async (path) => {
  const { status, body, headers } = await ask(path, { headers: { cookie: `baton_${server.port}=guess` } })
  expect(status).toBe(401)
  expect(body).toMatch(/^[A-Z].*\.\n$/)
  expect(headers['set-cookie']).toBeUndefined()
})

test('the page with the sound has a frame in our page and in no other, and may run its script and nothing else', async () => {
  const { status, headers } = await ask('/media.html', { headers: await signedIn() })
  const policy = String(headers['content-security-policy'])
  expect(status).toBe(200)
  expect(headers['x-frame-options']).toBe('SAMEORIGIN')
  expect(policy.split('; ')).toEqual(["default-src 'none'", "script-src 'self'", `connect-src 'self' ws://${ourOrigin().slice('http://'.length)}`, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'"])
  const page = await ask('/', { headers: await signedIn() })
  expect(page.headers['x-frame-options']).toBe('DENY')
  expect(String(page.headers['content-security-policy'])).toContain("frame-src 'self'")
  expect((await ask('/media.html')).status).toBe(401)
})

test('the sound has a line of its own behind the same gate', async () => {
  const { cookie } = await signedIn()
  expect(await openSocket({ origin: ourOrigin() }, '/media')).toBe(403)
  expect(await openSocket({ cookie, origin: 'https://evil.example' }, '/media')).toBe(403)
  const socket = await openSocket({ cookie, origin: ourOrigin() }, '/media')
  if (typeof socket === 'number') throw new Error(`Refused with ${socket}`)
  const answer = new Promise((resolve) => socket.on('message', (data) => resolve(String(data))))
  socket.send('word')
  expect(await answer).toBe('media word')
  socket.close()
})

test('every answer carries the security headers, and the page a policy without inline scripts', async () => {
  const page = await ask('/', { headers: await signedIn() })
  const policy = String(page.headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  expect(page.body).toContain(`nonce="${nonce}"`)
  const again = await ask('/', { headers: await signedIn() })
  expect(again.body).not.toBe(page.body)
  for (const answer of [page, await ask('/'), await ask('/nothing', { headers: await signedIn() }), await ask('/', { method: 'POST' })]) {
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin' })
  }
})

test('hashed files may be kept for ever, the page never', async () => {
  const headers = await signedIn()
  expect((await ask('/assets/main-1a2b.js', { headers })).headers['cache-control']).toContain('immutable')
  expect((await ask('/mark.svg', { headers })).headers['cache-control']).toBe('no-cache')
  expect((await ask('/', { headers })).headers['cache-control']).toBe('no-store')
  expect((await ask('/mark.svg', { headers, method: 'HEAD' })).body).toBe('')
})

test.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.txt', '//etc/passwd', '/..\\secret.txt', '/%5c..%5csecret.txt', '/assets/%00', '/%', 'http://evil.example/../secret.txt', '*'])(
  '%s leads nowhere',
  async (path) => {
    const { status, body } = await ask(path, { headers: await signedIn() })
    expect([400, 404]).toContain(status)
    expect(body).not.toContain('not for the browser')
  },
)

test('a foreign Host, another method: refused', async () => {
  const headers = await signedIn()
  expect((await ask('/', { headers: { ...headers, host: 'evil.example' } })).status).toBe(421)
  expect((await ask('/', { headers: { ...headers, host: `evil.example:${server.port}` } })).status).toBe(421)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) expect((await ask('/', { headers, method })).status).toBe(405)
})

test('a file is fetched once, by whoever has the cookie, and under the name it was given', async () => {
  const headers = await signedIn()
  const path = downloads.offer({ name: 'Invoice 1042 – O\u2019Brien.pdf', mime: 'application/pdf', bytes: new TextEncoder().encode('%PDF') })
  expect((await ask(path)).status).toBe(401)
  expect((await ask(path, { headers, method: 'HEAD' })).status).toBe(405)
  const file = await ask(path, { headers })
  expect(file).toMatchObject({ status: 200, body: '%PDF' })
  expect(file.headers['content-disposition']).toBe("attachment; filename=\"Invoice 1042 _ O_Brien.pdf\"; filename*=UTF-8''Invoice%201042%20%E2%80%93%20O%E2%80%99Brien.pdf")
  expect((await ask(path, { headers })).status).toBe(404)

  const late = downloads.offer({ name: 'late.csv', mime: 'text/csv', bytes: new Uint8Array(1) })
  clock += 5 * 60_000
  expect((await ask(late, { headers })).status).toBe(404)
})

test('a page of ours talks over the socket; a lost one is noticed', async () => {
  const socket = await opened()
  const answer = new Promise((resolve) => socket.on('message', (data) => resolve(String(data))))
  socket.send('{"t":"hello"}')
  expect(await answer).toBe('{"t":"hello"}')
  socket.terminate()
  await expect.poll(() => gone).toBe(1)
})

test('the backend can hang up', async () => {
  const socket = await opened()
  const code = closing(socket)
  socket.send('hang up')
  expect(await code).toBe(1001)
})

test('a foreign Origin, none, no cookie, a wrong cookie, another path: no socket', async () => {
  const cookie = await signedIn()
  const origin = ourOrigin()
  expect(await openSocket({ ...cookie, origin: 'https://evil.example' })).toBe(403)
  expect(await openSocket({ ...cookie, origin: `${origin}.evil.example` })).toBe(403)
  expect(await openSocket({ ...cookie, origin: 'null' })).toBe(403)
  expect(await openSocket({ ...cookie })).toBe(403)
  expect(await openSocket({ origin })).toBe(403)
  expect(await openSocket({ origin, cookie: `baton_${server.port}=${'x'.repeat(32)}` })).toBe(403)
  expect(await openSocket({ ...cookie, origin }, '/other')).toBe(403)
  expect(await openSocket({ ...cookie, origin, host: 'evil.example' })).toBe(403)
  expect(arrived).toEqual([])
})

test('a frame that is too large or binary ends its connection and nobody else\u2019s', async () => {
  const bystander = await opened()
  const large = await opened()
  const largeCode = closing(large)
  large.send('x'.repeat(MAX_FRAME_BYTES + 1))
  expect(await largeCode).toBe(1009)
  const binary = await opened()
  const binaryCode = closing(binary)
  binary.send(Buffer.from([0, 1, 2]))
  expect(await binaryCode).toBe(1003)
  const answer = new Promise((resolve) => bystander.on('message', (data) => resolve(String(data))))
  bystander.send('still here')
  expect(await answer).toBe('still here')
  expect(arrived).toEqual(['still here'])
})

test('what is no HTTP is hung up on, and the server goes on', async () => {
  for (const garbage of ['\u0000\u0001\u0002\u0003\r\n\r\n', 'GET\r\n\r\n', `GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(5000)}\r\n`, 'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n']) {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.end(garbage))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve())
      socket.resume()
    })
  }
  expect((await ask('/', { headers: await signedIn() })).status).toBe(200)
})

test('the usual port is the same at every start, and where it is taken any free one serves', async () => {
  const port = usualPort(folder)
  expect(usualPort(folder)).toBe(port)
  expect(port).toBeGreaterThanOrEqual(20_000)
  expect(port).toBeLessThan(30_000)
  const parts = {
    page: openBuiltPage(join(folder, 'page')),
    downloads,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    sample: false,
    attachMedia: () => ({ arrive: () => undefined, gone: () => undefined }),
    connect: () => ({ arrive: () => undefined, gone: () => undefined }),
  }
  const second = await startWebServer({ ...parts, port: null, usualPort: server.port })
  expect(second.port).not.toBe(server.port)
  const free = second.port
  await second.close()
  const third = await startWebServer({ ...parts, port: null, usualPort: free })
  expect(third.port).toBe(free)
  await third.close()
})

test('it listens on the loopback address only', async () => {
  const reached = await new Promise<boolean>((resolve) => {
    const socket = connect({ port: server.port, host: '127.0.0.2' }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
  expect(reached).toBe(false)
})
