import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Log } from '../core/log.ts'
import type { Connection, Wire } from '../core/workerHost.ts'

export interface SocketFront {
  /** Takes over an upgrade that the gate has let through. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

interface SocketFrontParts {
  readonly connect: (wire: Wire) => Connection
  readonly log: Log
  /** A larger frame ends its connection before it is read whole. */
  readonly maxBytes: number
}

/** A sleeping laptop's socket looks alive for hours unless it is asked. */
const PING_EVERY_MS = 30_000

/** A page that reads nothing any more must not fill the memory with what it is told. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024

/** WebSocket connections of pages, each tied to the backend by one wire. */
export function createSocketFront({ connect, log, maxBytes }: SocketFrontParts): SocketFront {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxBytes, perMessageDeflate: false })
  const answering = new WeakSet<WebSocket>()

  const serve = (socket: WebSocket): void => {
    answering.add(socket)
    const connection = connect({
      send(frame) {
        if (socket.readyState !== socket.OPEN) return
        if (socket.bufferedAmount > MAX_UNREAD_BYTES) {
          log.warn('web.pageStoppedReading', { unread: socket.bufferedAmount })
          return socket.terminate()
        }
        socket.send(frame)
      },
      close: (code = 1001) => socket.close(code),
    })
    socket.on('pong', () => answering.add(socket))
    socket.on('message', (data: Buffer, binary: boolean) => {
      if (binary) return socket.close(1003, 'Text frames only')
      connection.arrive(data.toString('utf8'))
    })
    // Too large, not UTF-8, not the protocol: ws ends the connection itself.
    socket.on('error', (error) => log.warn('web.socket', { reason: error.message }))
    socket.on('close', () => connection.gone())
  }

  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (!answering.has(socket)) socket.terminate()
      else {
        answering.delete(socket)
        socket.ping()
      }
    }
  }, PING_EVERY_MS)
  heartbeat.unref()

  return {
    accept: (request, socket, head) => server.handleUpgrade(request, socket, head, serve),
    close() {
      clearInterval(heartbeat)
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}
