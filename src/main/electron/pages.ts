import { MAX_FRAME_BYTES } from '../../shared/contract/frames.ts'
import type { Log } from '../core/log.ts'
import type { Connection, Wire } from '../core/workerHost.ts'
import { isOurAddress } from './origin.ts'

/** The one channel between the page and its host, in both directions. */
export const CHANNEL = 'baton'

/** The parts of Electron's web contents and IPC event that are used, so that a small fake can stand in for them. */
export interface PageContents {
  readonly id: number
  readonly mainFrame: unknown
  send(channel: string, frame: string | null): void
  isDestroyed(): boolean
  on(event: 'did-start-navigation', handler: (details: { readonly isMainFrame: boolean; readonly isSameDocument: boolean }) => void): unknown
  on(event: 'render-process-gone', handler: () => void): unknown
  once(event: 'destroyed', handler: () => void): unknown
}

export interface FrameEvent {
  readonly sender: PageContents
  readonly senderFrame: { readonly url: string } | null
}

/** Only the main frame of our own page may speak: a frame it embeds, or a page it was led away to, may not. */
export function isTrustedSender({ sender, senderFrame }: FrameEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurAddress(senderFrame.url)
}

/**
 * Ties every page to the backend by a connection of its own. A reload begins a new one, so that an answer to the old
 * page never reaches the new.
 */
export function connectPages(connect: (wire: Wire) => Connection, log: Log): (event: FrameEvent, frame: unknown) => void {
  const connections = new Map<number, Connection>()
  const watched = new Set<number>()

  const part = (id: number): void => {
    connections.get(id)?.gone()
    connections.delete(id)
  }

  const watch = (contents: PageContents): void => {
    if (watched.has(contents.id)) return
    watched.add(contents.id)
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) part(contents.id)
    })
    contents.on('render-process-gone', () => part(contents.id))
    contents.once('destroyed', () => {
      part(contents.id)
      watched.delete(contents.id)
    })
  }

  return (event, frame) => {
    if (!isTrustedSender(event)) return log.warn('electron.senderRefused')
    if (typeof frame !== 'string' || frame.length > MAX_FRAME_BYTES) return log.warn('electron.frameRefused')
    const { sender } = event
    const { id } = sender
    watch(sender)
    let connection = connections.get(id)
    if (!connection) {
      connection = connect({
        send: (text) => {
          if (!sender.isDestroyed()) sender.send(CHANNEL, text)
        },
        close: () => {
          connections.delete(id)
          if (!sender.isDestroyed()) sender.send(CHANNEL, null)
        },
      })
      connections.set(id, connection)
    }
    connection.arrive(frame)
  }
}
