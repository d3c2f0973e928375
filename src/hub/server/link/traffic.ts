import type { Socket } from 'node:net'

/** Bytes on a line since it was opened. */
export interface Traffic {
  readonly received: number
  /** That the system has taken from the hub: what is still unread here is not among them. */
  readonly delivered: number
}

export function trafficOf(socket: Socket): () => Traffic {
  return () => ({ received: socket.bytesRead, delivered: socket.bytesWritten - socket.writableLength })
}
