import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Who may talk to the web host: a browser of this machine that was given the token. Three checks, each against its own
 * trick: the token (another user of the machine), the Host header (a foreign name that resolves to the loopback
 * address), the Origin (a foreign page in the same browser).
 */
export interface Gate {
  /** The cookie that stands for the token from the first answer on. */
  readonly setCookie: string
  isToken(candidate: string): boolean
  hasCookie(request: IncomingMessage): boolean
  isOurHost(request: IncomingMessage): boolean
  isOurOrigin(request: IncomingMessage): boolean
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

export function createGate(token: string, port: number): Gate {
  // Cookies ignore ports, so two Batons on one machine need two names.
  const name = `baton_${port}`
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  const wanted = digest(token)
  const isToken = (candidate: string): boolean => timingSafeEqual(digest(candidate), wanted)
  return {
    setCookie: `${name}=${token}; HttpOnly; SameSite=Strict; Path=/`,
    isToken,
    hasCookie(request) {
      const value = cookieValue(request.headers.cookie, name)
      return value !== undefined && isToken(value)
    },
    isOurHost: ({ headers }) => headers.host !== undefined && hosts.has(headers.host),
    isOurOrigin: ({ headers }) => headers.host !== undefined && headers.origin === `http://${headers.host}`,
  }
}
