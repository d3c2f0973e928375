import type { Bridge } from '../../shared/contract/bridge.ts'
import type { MediaNews, MediaOrder } from '../../shared/contract/media.ts'
import { MEDIA_SOCKET_PATH } from '../../shared/contract/mediaPaths.ts'

/** The media page's end of its line to the telephone in the main process. */
export interface MediaWire {
  say(news: MediaNews): void
}

interface MediaEars {
  readonly open: (wire: MediaWire) => void
  readonly order: (order: MediaOrder) => void
  readonly closed: () => void
}

declare global {
  interface Window {
    /** There where Electron hosts the media page: its own channel and nothing else. */
    readonly batonMedia?: Bridge
  }
}

const AGAIN_MS = 400

// The telephone is of the same build and on the same machine: what it orders is trusted here.
const parse = (text: string): MediaOrder => JSON.parse(text) as MediaOrder

function overBridge(bridge: Bridge, ears: MediaEars): void {
  bridge.onFrame((text) => ears.order(parse(text)))
  bridge.onClose(() => ears.closed())
  ears.open({ say: (news) => bridge.send(JSON.stringify(news)) })
}

function overSocket(ears: MediaEars): void {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(`${scheme}//${location.host}${MEDIA_SOCKET_PATH}`)
  socket.addEventListener('open', () => ears.open({ say: (news) => socket.send(JSON.stringify(news)) }))
  socket.addEventListener('message', (event: MessageEvent<string>) => ears.order(parse(event.data)))
  socket.addEventListener('close', () => {
    ears.closed()
    setTimeout(() => overSocket(ears), AGAIN_MS)
  })
}

/** Opens the line and keeps it open: a host that was started anew is found again. */
export function openMediaWire(ears: MediaEars): void {
  if (window.batonMedia) overBridge(window.batonMedia, ears)
  else overSocket(ears)
}
