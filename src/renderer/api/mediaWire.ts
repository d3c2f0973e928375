import type { Bridge } from '../../shared/contract/bridge.ts'
import type { MediaNews, MediaOrder } from '../../shared/contract/media.ts'
import { DISPLACED, MEDIA_SOCKET_PATH, MEDIA_WAITING_PATH } from '../../shared/contract/mediaPaths.ts'

/** The media page's end of its line to the telephone in the main process. */
export interface MediaWire {
  say(news: MediaNews): void
}

interface MediaEars {
  readonly open: (wire: MediaWire) => void
  readonly order: (order: MediaOrder) => void
  /** @param displaced another browser of this workstation has the sound since */
  readonly closed: (displaced: boolean) => void
}

declare global {
  interface Window {
    /** There where Electron hosts the media page: its own channel and nothing else. */
    readonly batonMedia?: Bridge
  }
}

const AGAIN_MS = 400
/** Whoever was sent away for another browser asks so often whether that one is gone. */
const WAITING_AGAIN_MS = 4_000

// The telephone is of the same build and on the same machine: what it orders is trusted here.
const parse = (text: string): MediaOrder => JSON.parse(text) as MediaOrder

function overBridge(bridge: Bridge, ears: MediaEars): void {
  bridge.onFrame((text) => ears.order(parse(text)))
  bridge.onClose(() => ears.closed(false))
  ears.open({ say: (news) => bridge.send(JSON.stringify(news)) })
}

function overSocket(ears: MediaEars, path = MEDIA_SOCKET_PATH): void {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(`${scheme}//${location.host}${path}`)
  socket.addEventListener('open', () => ears.open({ say: (news) => socket.send(JSON.stringify(news)) }))
  socket.addEventListener('message', (event: MessageEvent<string>) => ears.order(parse(event.data)))
  socket.addEventListener('close', ({ code }) => {
    const displaced = code === DISPLACED
    ears.closed(displaced && path === MEDIA_SOCKET_PATH)
    setTimeout(() => overSocket(ears, displaced ? MEDIA_WAITING_PATH : MEDIA_SOCKET_PATH), displaced ? WAITING_AGAIN_MS : AGAIN_MS)
  })
}

/** Opens the line and keeps it open: a host that was started anew is found again. */
export function openMediaWire(ears: MediaEars): void {
  if (window.batonMedia) overBridge(window.batonMedia, ears)
  else overSocket(ears)
}
