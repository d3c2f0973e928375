import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, dialog, globalShortcut, ipcMain, Menu, Notification, protocol, safeStorage, screen, session, shell as system } from 'electron'
import { SAMPLE_PARAMETER } from '../../shared/contract/bridge.ts'
import type { EventPayload } from '../../shared/contract/events.ts'
import type { ServerFrame } from '../../shared/contract/frames.ts'
import { openBuiltPage } from '../core/builtPage.ts'
import { parseFlags } from '../core/flags.ts'
import { openLog } from '../core/log.ts'
import { mapPicturesOrigin } from '../core/mapPictures.ts'
import { explainCrashes } from '../core/processGuard.ts'
import { startWorker } from '../core/startWorker.ts'
import { hostWorker } from '../core/workerHost.ts'
import { openTelephone } from '../phone/telephone.ts'
import { createDesktopShell } from './desktopShell.ts'
import { globalKeys } from './globalKeys.ts'
import { guardContents, guardSession } from './guards.ts'
import { openKeychain } from './keychain.ts'
import { type Link, linkIn, parseLink } from './links.ts'
import { APP_ORIGIN, APP_SCHEME } from './origin.ts'
import { createMediaWindow } from './mediaWindow.ts'
import { answerFromPage } from './pageProtocol.ts'
import { CHANNEL, connectPages } from './pages.ts'
import { createSideWindows, placeFor, placeOf, type SideWindows } from './sideWindows.ts'
import { spellingLanguages } from './spelling.ts'
import { NOBODY, openWindowPlaces, type Rectangle } from './windowPlaces.ts'

/** The Electron host: windows, the system's dialogs and links around the same backend that the web host serves. */

const words = process.argv.slice(app.isPackaged ? 1 : 2).filter((word) => parseLink(word) === null)
const parsed = parseFlags(words, { platform: process.platform, env: process.env, home: homedir(), cwd: process.cwd() })
if (!parsed.ok) {
  console.error(parsed.problem)
  app.exit(1)
}
const { dataDir, sample } = parsed.ok ? parsed.flags : { dataDir: app.getPath('userData'), sample: false }

// A window with Node or without a sandbox is one forgotten option away; this makes it impossible for all of them.
app.enableSandbox()
// One Baton for each data folder; the lock lives with Electron's own files.
app.setPath('userData', join(dataDir, 'window'))
protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])

const log = openLog(dataDir, 'host')
explainCrashes(log)

let window: BrowserWindow | null = null
/** A link that came before the page was there. */
let waitingLink: Link | null = linkIn(process.argv)

function showWindow(): void {
  if (!window) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function follow(link: Link | null): void {
  showWindow()
  if (!link) return
  if (!window || window.webContents.isLoading()) {
    waitingLink = link
    return
  }
  window.webContents.send(CHANNEL, JSON.stringify({ t: 'evt', name: 'link', payload: link } satisfies ServerFrame))
}

/**
 * A page of Baton's: in every window the same preload, and nothing of Node.
 * @param focused false leaves the keyboard with the window that has it
 */
function openPage(address: string, options: { readonly minWidth: number; readonly minHeight: number } & Partial<Rectangle>, focused = true): BrowserWindow {
  const opened = new BrowserWindow({
    width: 1440,
    height: 900,
    ...options,
    show: false,
    title: 'Baton',
    webPreferences: {
      preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: true,
      devTools: !app.isPackaged,
    },
  })
  opened.once('ready-to-show', () => (focused ? opened.show() : opened.showInactive()))
  opened.webContents.on('render-process-gone', (_event, { reason }) => {
    log.error('electron.pageGone', { reason })
    if (reason !== 'clean-exit' && !opened.isDestroyed()) opened.webContents.reload()
  })
  void opened.loadURL(address)
  return opened
}

const places = openWindowPlaces(join(dataDir, 'windows.json'))
let sides: SideWindows | null = null

/** What of each display windows may cover, the first display's first. */
function workAreas(): readonly Rectangle[] {
  const first = screen.getPrimaryDisplay()
  return [first, ...screen.getAllDisplays().filter(({ id }) => id !== first.id)].map(({ workArea }) => workArea)
}

function openWindow(): BrowserWindow {
  const known = places.get(NOBODY, 'main') ? placeFor(places, NOBODY, 'main', workAreas()) : null
  const { maximized = false, ...bounds } = known ?? {}
  const opened = openPage(`${APP_ORIGIN}/${sample ? `?${SAMPLE_PARAMETER}` : ''}`, { minWidth: 1024, minHeight: 680, ...bounds })
  if (maximized) opened.maximize()
  // It takes the others with it: without it nobody could sign out, and no call would be answered.
  opened.on('close', () => {
    places.put(NOBODY, 'main', { ...placeOf(opened), open: true })
    sides?.closeAll()
  })
  opened.on('closed', () => (window = null))
  opened.webContents.on('did-finish-load', () => {
    // The starter waits for this line before it believes that Electron works here.
    console.log('Baton is open.')
    const link = waitingLink
    waitingLink = null
    if (link) follow(link)
  })
  return opened
}

async function start(): Promise<void> {
  await app.whenReady()
  const telephone = openTelephone(log)
  const media = createMediaWindow({ attach: (wire) => telephone.media.attach(wire), log })
  guardSession(session.defaultSession, (contents) => media.has(contents))
  telephone.phone.listen((event) => {
    if (event.kind === 'line') media.show(event.line.status !== 'none')
  })
  // macOS has one speller for everything that is typed; elsewhere the languages are said here.
  if (process.platform !== 'darwin') session.defaultSession.setSpellCheckerLanguages([...spellingLanguages(session.defaultSession.availableSpellCheckerLanguages, app.getLocale())])
  const page = openBuiltPage(fileURLToPath(new URL('../renderer', import.meta.url)))
  protocol.handle(APP_SCHEME, (request) => answerFromPage(request, page, mapPicturesOrigin(dataDir)))
  Menu.setApplicationMenu(Menu.buildFromTemplate([...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []), { role: 'editMenu' }, { role: 'windowMenu' }]))

  const pressed = (key: EventPayload<'phoneKey'>['key']): void => {
    window?.webContents.send(CHANNEL, JSON.stringify({ t: 'evt', name: 'phoneKey', payload: { key } } satisfies ServerFrame))
  }
  telephone.phone.listen(globalKeys(globalShortcut, pressed))
  const host = hostWorker(startWorker({ dataDir, version: app.getVersion(), desktop: true }), {
    shell: createDesktopShell({
      async askWhereToSave(suggested) {
        const options = { defaultPath: join(app.getPath('documents'), suggested) }
        const { canceled, filePath } = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options)
        return canceled || filePath === '' ? null : filePath
      },
      showNotification: (title, body) => new Notification({ title, body }).on('click', showWindow).show(),
      isInFront: () => BrowserWindow.getFocusedWindow() !== null,
      showWindow: (request) => sides?.follow(request),
    }),
    phone: telephone.phone,
    log,
    secrets: openKeychain(safeStorage, process.platform),
  })
  void host.ready.then((error) => {
    if (error) console.error(`Baton started, but can\u2019t open its data: ${error.message}`)
  })
  ipcMain.on(CHANNEL, connectPages(host.connect, log))

  let stopped = false
  app.on('before-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    void host.close().then(() => {
      stopped = true
      app.quit()
    })
  })
  sides = createSideWindows({
    open: (address, bounds, focused) => openPage(address, { minWidth: 480, minHeight: 320, ...bounds }, focused),
    showMain: showWindow,
    areas: workAreas,
    places,
  })
  app.on('activate', () => {
    window ??= openWindow()
  })
  window = openWindow()
  // A window that nobody sees must not keep Baton open.
  window.on('closed', () => media.show(false))
}

app.on('web-contents-created', (_event, contents) => guardContents(contents, { openExternal: (address) => system.openExternal(address), log }))
app.on('window-all-closed', () => app.quit())
app.on('second-instance', (_event, argv) => follow(linkIn(argv)))
app.on('open-url', (event, address) => {
  event.preventDefault()
  follow(parseLink(address))
})

if (app.requestSingleInstanceLock()) {
  if (app.isPackaged) for (const scheme of ['baton', 'tel']) app.setAsDefaultProtocolClient(scheme)
  void start()
} else {
  // The Baton that is open already has been told, and has come to the front.
  console.log('Baton is open.')
  app.quit()
}
