import { type Bridge, SOCKET_PATH } from '../../shared/contract/bridge.ts'
import type { ClientFrame, ServerFrame } from '../../shared/contract/frames.ts'

/** The page's end of one connection to the backend, whatever carries it: Electron IPC, a WebSocket, an in-memory pair. */
export interface Transport {
  send(frame: ClientFrame): void
  onFrame(handler: (frame: ServerFrame) => void): void
  /** Called once when the connection is gone, whoever ended it. */
  onClose(handler: () => void): void
  close(): void
}

/** Opens one connection; rejects where nobody answers. */
export type Connector = () => Promise<Transport>

declare global {
  interface Window {
    /** There where Electron hosts the page. */
    readonly baton?: Bridge
  }
}

// A frame comes from our own backend of the same build (the hello's protocol number says so): its outside is trusted here.
const parse = (text: string): ServerFrame => JSON.parse(text) as ServerFrame

/** Through Electron's preload, which is there before the page is. */
function electronConnector(bridge: Bridge): Connector {
  let deliver: (frame: ServerFrame) => void = () => undefined
  let closed: () => void = () => undefined
  // The bridge can't take a listener back, so it is listened to once and handed on to whichever connection is current.
  bridge.onFrame((text) => deliver(parse(text)))
  bridge.onClose(() => closed())
  return () =>
    Promise.resolve({
      send: (frame) => bridge.send(JSON.stringify(frame)),
      onFrame: (handler) => {
        deliver = handler
      },
      onClose: (handler) => {
        closed = handler
      },
      close: () => closed(),
    })
}

/** Through a WebSocket of the web host; the host's cookie says who may open it. */
function webSocketConnector(address: string): Connector {
  return () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(address)
      const closers: (() => void)[] = []
      socket.addEventListener('error', () => reject(new Error('No connection')), { once: true })
      socket.addEventListener('close', () => {
        reject(new Error('No connection'))
        for (const closer of closers) closer()
      })
      socket.addEventListener('open', () =>
        resolve({
          send: (frame) => socket.send(JSON.stringify(frame)),
          onFrame: (handler) => socket.addEventListener('message', (event: MessageEvent<string>) => handler(parse(event.data))),
          onClose: (handler) => closers.push(handler),
          close: () => socket.close(),
        }),
      )
    })
}

/** The connector for the host that serves this page. */
export function hostConnector(): Connector {
  if (window.baton) return electronConnector(window.baton)
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  return webSocketConnector(`${scheme}//${location.host}${SOCKET_PATH}`)
}
