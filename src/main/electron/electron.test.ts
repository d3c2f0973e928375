import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBuiltPage, type BuiltPage } from '../core/builtPage.ts'
import type { Log } from '../core/log.ts'
import type { Connection, Wire } from '../core/workerHost.ts'
import { createDesktopShell } from './desktopShell.ts'
import { guardContents, type GuardedContents, type GuardedSession, guardSession } from './guards.ts'
import { linkIn, parseLink } from './links.ts'
import { isExternalAddress, isOurAddress } from './origin.ts'
import { answerFromPage } from './pageProtocol.ts'
import { connectPages, type FrameEvent, isTrustedSender, type PageContents } from './pages.ts'

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

let folder = ''
let page: BuiltPage
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-electron-'))
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'page', 'index.html'), '<script nonce="__BATON_NONCE__"></script>')
  writeFileSync(join(folder, 'page', 'assets', 'main.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'not for the page')
  page = openBuiltPage(join(folder, 'page'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each([
  ['tel:+16125550142', { kind: 'telephone', number: '+16125550142' }],
  ['tel:+1-612-555-0142;ext=4', { kind: 'telephone', number: '+1-612-555-0142' }],
  ['TEL:(612)%20555-0142', { kind: 'telephone', number: '(612) 555-0142' }],
  ['baton://job/1042', { kind: 'record', record: 'job', id: '1042' }],
  ['baton://customer/0198a7f2-5c1e-7b3a-9d4e-2f6081c3a5b7/', { kind: 'record', record: 'customer', id: '0198a7f2-5c1e-7b3a-9d4e-2f6081c3a5b7' }],
])('%s is understood', (text, link) => {
  expect(parseLink(text)).toEqual(link)
})

test.each([
  'https://example.com', 'javascript:alert(1)', 'tel:', 'tel:abc', 'tel:%', 'tel:+1<script>', `tel:${'1'.repeat(300)}`, 'baton:', 'baton://', 'baton://job', 'baton://job/', 'baton://payment/1',
  'baton://job/1/delete', 'baton://job/1?pay=1', 'baton://job/1#x', 'baton://user@job/1', 'baton://job:80/1', 'baton://job/..%2f', 'baton://job/<b>', 'batons://job/1', 'xbaton://job/1', 'not a link', '',
])('%s is no link of ours', (text) => {
  expect(parseLink(text)).toBeNull()
})

test('a link is found among the words of a command line', () => {
  expect(linkIn(['/opt/Baton/baton', '--sample', 'tel:+16125550142'])).toEqual({ kind: 'telephone', number: '+16125550142' })
  expect(linkIn(['/opt/Baton/baton', '--data', 'tel'])).toBeNull()
})

test('only the page itself is ours', () => {
  expect(['app://baton/', 'app://baton/index.html?x#y'].map(isOurAddress)).toEqual([true, true])
  const foreign = ['app://baton.evil/', 'app://evil/', 'https://evil.example/?app://baton', 'app://user@baton/', 'app://baton:1/', 'file:///app://baton/', 'about:blank', 'data:text/html,app://baton', '']
  expect(foreign.map(isOurAddress)).toEqual(foreign.map(() => false))
  expect(['https://example.com', 'mailto:a@b.example', 'http://example.com', 'file:///etc/passwd', 'smb://x', 'javascript:1', 'app://baton', ''].map(isExternalAddress)).toEqual([true, true, false, false, false, false, false, false])
})

type Handlers = { request: Parameters<GuardedSession['setPermissionRequestHandler']>[0]; check: Parameters<GuardedSession['setPermissionCheckHandler']>[0]; device: () => boolean }

test('permissions are refused unless listed, and to everybody else', () => {
  const handlers: Partial<Handlers> = {}
  guardSession({
    setPermissionRequestHandler: (handler) => (handlers.request = handler),
    setPermissionCheckHandler: (handler) => (handlers.check = handler),
    setDevicePermissionHandler: (handler) => (handlers.device = handler),
  })
  const asked = (permission: string, requestingUrl: string): boolean => {
    let answer = true
    handlers.request?.(null, permission, (granted) => (answer = granted), { requestingUrl })
    return answer
  }
  expect(asked('notifications', 'app://baton/')).toBe(true)
  expect(asked('notifications', 'https://evil.example/')).toBe(false)
  for (const permission of ['media', 'geolocation', 'openExternal', 'fullscreen', 'clipboard-read', 'hid', 'serial', 'usb', 'something new']) {
    expect(asked(permission, 'app://baton/')).toBe(false)
    expect(handlers.check?.(null, permission, 'app://baton', {})).toBe(false)
  }
  expect(handlers.device?.()).toBe(false)
})

test('the hidden window with the sound has the microphone, and nothing else; no other page has it', () => {
  const handlers: Partial<Handlers> = {}
  const media = {}
  guardSession(
    {
      setPermissionRequestHandler: (handler) => (handlers.request = handler),
      setPermissionCheckHandler: (handler) => (handlers.check = handler),
      setDevicePermissionHandler: (handler) => (handlers.device = handler),
    },
    (contents) => contents === media,
  )
  const asked = (contents: unknown, permission: string, mediaTypes: readonly string[], requestingUrl = 'app://baton/media.html'): boolean => {
    let answer = true
    handlers.request?.(contents, permission, (granted) => (answer = granted), { requestingUrl, mediaTypes })
    return answer
  }
  expect(asked(media, 'media', ['audio'])).toBe(true)
  expect(asked(media, 'media', ['audio', 'video'])).toBe(false)
  expect(asked(media, 'media', ['audio'], 'https://evil.example/')).toBe(false)
  expect(asked({}, 'media', ['audio'])).toBe(false)
  for (const permission of ['notifications', 'clipboard-sanitized-write', 'geolocation', 'usb', 'display-capture']) expect(asked(media, permission, [])).toBe(false)
  expect(handlers.check?.(media, 'media', 'app://baton', { mediaType: 'audio' })).toBe(true)
  expect(handlers.check?.(media, 'media', 'app://baton', { mediaType: 'video' })).toBe(false)
  expect(handlers.check?.({}, 'media', 'app://baton', { mediaType: 'audio' })).toBe(false)
})

test('the page cannot go away, embed, or open a window; an outside link opens outside', () => {
  const handlers = new Map<string, (details: { url: string; preventDefault(): void }) => void>()
  let openHandler: (details: { readonly url: string }) => { action: 'deny' } = () => ({ action: 'deny' })
  const outside: string[] = []
  const contents: GuardedContents = {
    on: (event: string, handler: (details: never) => void) => handlers.set(event, handler as (details: object) => void),
    setWindowOpenHandler: (handler) => (openHandler = handler),
  }
  guardContents(contents, {
    openExternal: (address) => {
      outside.push(address)
      return Promise.resolve()
    },
    log: quiet,
  })
  const prevented = (event: string, url: string): boolean => {
    let stopped = false
    handlers.get(event)?.({ url, preventDefault: () => (stopped = true) })
    return stopped
  }
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
    expect(prevented(event, 'https://evil.example/app://baton/')).toBe(true)
    expect(prevented(event, 'file:///etc/passwd')).toBe(true)
    expect(prevented(event, 'app://baton/')).toBe(false)
  }
  expect(prevented('will-attach-webview', 'app://baton/')).toBe(true)
  expect(['https://example.com/map', 'javascript:alert(1)', 'file:///etc/passwd', 'app://baton/'].map((url) => openHandler({ url }).action)).toEqual(['deny', 'deny', 'deny', 'deny'])
  expect(outside).toEqual(['https://example.com/map'])
})

test('the page comes from the build, with its policy, and no path leads out of it', async () => {
  const get = (url: string, method = 'GET'): Response => answerFromPage({ url, method }, page)
  const html = get('app://baton/?sample')
  const nonce = /'nonce-([^']+)'/.exec(html.headers.get('content-security-policy') ?? '')?.[1]
  expect(await html.text()).toContain(`nonce="${nonce}"`)
  expect(html.headers.get('content-security-policy')).not.toContain('unsafe')
  expect([get('app://baton/assets/main.js').status, get('app://baton/assets/main.js', 'POST').status]).toEqual([200, 405])
  const outside = ['app://baton/../secret.txt', 'app://baton/%2e%2e/secret.txt', 'app://baton/..%2fsecret.txt', 'app://baton//etc/passwd', 'app://baton/assets/../../secret.txt', 'app://evil/assets/main.js']
  expect(outside.map((url) => get(url).status)).toEqual(outside.map(() => 404))
})

class FakeContents implements PageContents {
  readonly id: number
  readonly mainFrame = { url: 'app://baton/' }
  readonly sent: (string | null)[] = []
  readonly handlers = new Map<string, (details: { isMainFrame: boolean; isSameDocument: boolean }) => void>()
  destroyed = false

  constructor(id: number) {
    this.id = id
  }

  send(_channel: string, frame: string | null): void {
    this.sent.push(frame)
  }

  isDestroyed(): boolean {
    return this.destroyed
  }

  on(event: string, handler: (details: never) => void): void {
    this.handlers.set(event, handler as (details: object) => void)
  }

  once(event: string, handler: () => void): void {
    this.handlers.set(event, handler)
  }

  emit(event: string, details = { isMainFrame: true, isSameDocument: false }): void {
    this.handlers.get(event)?.(details)
  }
}

function fakeBackend() {
  const wires: Wire[] = []
  const log: string[] = []
  const connect = (wire: Wire): Connection => {
    const number = wires.push(wire)
    return { arrive: (frame) => log.push(`${number} ${frame}`), gone: () => log.push(`${number} gone`) }
  }
  return { wires, log, receive: connectPages(connect, quiet) }
}

const from = (sender: FakeContents, senderFrame: { readonly url: string } | null = sender.mainFrame): FrameEvent => ({ sender, senderFrame })

test('only the main frame of our page may speak', () => {
  const contents = new FakeContents(1)
  expect(isTrustedSender(from(contents))).toBe(true)
  expect(isTrustedSender(from(contents, null))).toBe(false)
  expect(isTrustedSender(from(contents, { url: 'app://baton/' }))).toBe(false)
  contents.mainFrame.url = 'https://evil.example/'
  expect(isTrustedSender(from(contents))).toBe(false)
  const { receive, log } = fakeBackend()
  receive(from(contents), '{"t":"hello"}')
  receive(from(new FakeContents(2)), { t: 'hello' })
  receive(from(new FakeContents(3)), 'x'.repeat(5 * 1024 * 1024))
  expect(log).toEqual([])
})

test('a reload begins a connection of its own, and nothing is sent to a page that is gone', () => {
  const contents = new FakeContents(1)
  const { receive, wires, log } = fakeBackend()
  receive(from(contents), 'a')
  contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true })
  contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false })
  receive(from(contents), 'b')
  contents.emit('did-start-navigation')
  receive(from(contents), 'c')
  wires[1]?.send('answer')
  wires[1]?.close()
  receive(from(contents), 'd')
  contents.destroyed = true
  contents.emit('destroyed')
  wires[2]?.send('too late')
  expect(log).toEqual(['1 a', '1 b', '1 gone', '2 c', '3 d', '3 gone'])
  expect(contents.sent).toEqual(['answer', null])
})

test('a file is saved where the person says, under a name without folders', async () => {
  const suggested: string[] = []
  let place: string | null = join(folder, 'saved.pdf')
  const notes: string[] = []
  let inFront = true
  const shell = createDesktopShell({
    askWhereToSave: (name) => {
      suggested.push(name)
      return Promise.resolve(place)
    },
    showNotification: (title) => notes.push(title),
    isInFront: () => inFront,
    showWindow: () => undefined,
  })
  const file = { name: '../../Invoice 1042.pdf', mime: 'application/pdf', bytes: new TextEncoder().encode('%PDF') }
  expect(await shell.offerFile(file)).toEqual({ kind: 'saved', path: place })
  expect(readFileSync(join(folder, 'saved.pdf'), 'utf8')).toBe('%PDF')
  place = null
  expect(await shell.offerFile(file)).toEqual({ kind: 'canceled' })
  expect(suggested).toEqual(['Invoice 1042.pdf', 'Invoice 1042.pdf'])
  shell.notify({ title: 'seen already', body: '' })
  inFront = false
  shell.notify({ title: 'a ring', body: '' })
  expect(notes).toEqual(['a ring'])
})

test('the preload stays small and on one channel', () => {
  const source = readFileSync(new URL('./preload.ts', import.meta.url), 'utf8')
  expect(source.trimEnd().split('\n').length).toBeLessThan(40)
  expect(source.match(/ipcRenderer\.(\w+)\(/g)).toEqual(['ipcRenderer.on(', 'ipcRenderer.send('])
  expect(source.match(/exposeInMainWorld/g)).toHaveLength(1)
})
