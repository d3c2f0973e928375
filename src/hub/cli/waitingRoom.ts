import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Tls } from '../server/httpServer.ts'

/**
 * What answers at the hub's port while its database has not answered yet: that the process lives, and why it is not ready.
 * Workstations hear that they are to come again.
 */
export interface WaitingRoom {
  /** From now on this is why. @throws the system's error where the port can't be listened on */
  because(reason: string): Promise<void>
  close(): Promise<void>
}

export function openWaitingRoom({ tls, host, port, version }: { readonly tls: Tls | null; readonly host: string | null; readonly port: number; readonly version: string }): WaitingRoom {
  let why = ''
  let listening: Promise<void> | undefined
  const answer: RequestListener = ({ url }, response) => {
    const alive = url === '/healthz'
    const body = alive ? { status: 'alive', version } : { code: 'hub.notReady', message: `The hub is starting, and its database does not answer: ${why}. It tries again by itself.` }
    response.writeHead(alive ? 200 : 503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '5', connection: 'close' }).end(JSON.stringify(body))
  }
  const server = tls ? createSecureServer({ ...tls, minVersion: 'TLSv1.2' }, answer) : createServer(answer)
  return {
    because(reason) {
      why = reason
      listening ??= new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen({ port, ...(host === null ? {} : { host }) }, resolve)
      })
      return listening
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
