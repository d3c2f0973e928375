import { fileURLToPath } from 'node:url'
import { BrowserWindow, ipcMain } from 'electron'
import { MEDIA_PAGE_PATH } from '../../shared/contract/mediaPaths.ts'
import type { Log } from '../core/log.ts'
import type { Connection, Wire } from '../core/workerHost.ts'
import { APP_ORIGIN } from './origin.ts'
import { type FrameEvent, isTrustedSender } from './pages.ts'

/** As in mediaPreload.ts. */
const CHANNEL = 'baton-media'
const MAX_MEDIA_BYTES = 512 * 1024

interface MediaWindowParts {
  readonly attach: (wire: Wire) => Connection
  readonly log: Log
}

export interface MediaWindow {
  /** Whether these web contents are its page. */
  has(contents: unknown): boolean
  /** There while there is a telephone with sound of its own, gone otherwise. */
  show(wanted: boolean): void
}

/** The hidden window with the telephone's sound: the microphone's permission, one channel, and nothing else. */
export function createMediaWindow({ attach, log }: MediaWindowParts): MediaWindow {
  let window: BrowserWindow | null = null
  let connection: Connection | null = null

  const part = (): void => {
    connection?.gone()
    connection = null
  }

  ipcMain.on(CHANNEL, (event, text: unknown) => {
    const contents = window?.webContents
    if (event.sender !== contents || !isTrustedSender(event as unknown as FrameEvent)) return log.warn('electron.senderRefused')
    if (typeof text !== 'string' || text.length > MAX_MEDIA_BYTES) return log.warn('electron.frameRefused')
    connection ??= attach({
      send: (order) => {
        if (!contents.isDestroyed()) contents.send(CHANNEL, order)
      },
      close: () => undefined,
    })
    connection.arrive(text)
  })

  const open = (): BrowserWindow => {
    const opened = new BrowserWindow({
      show: false,
      skipTaskbar: true,
      webPreferences: {
        preload: fileURLToPath(new URL('./mediaPreload.cjs', import.meta.url)),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        // A window that nobody sees is slowed down otherwise, and the words with it.
        backgroundThrottling: false,
        autoplayPolicy: 'no-user-gesture-required',
      },
    })
    opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) part()
    })
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      part()
      log.error('electron.mediaGone', { reason })
      if (reason !== 'clean-exit' && !opened.isDestroyed()) opened.webContents.reload()
    })
    opened.on('closed', () => {
      part()
      window = null
    })
    void opened.loadURL(`${APP_ORIGIN}${MEDIA_PAGE_PATH}`)
    return opened
  }

  return {
    has: (contents) => window !== null && contents === window.webContents,
    show(wanted) {
      if (wanted) window ??= open()
      else window?.destroy()
    },
  }
}
