import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls, getCACertificates, rootCertificates } from 'node:tls'

/** Where a PBX listens. */
export interface PbxAddress {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** PEM, or empty. */
  readonly certificate: string
}

const CONNECT_WITHIN_MS = 10_000

interface SocketEars {
  readonly connected: () => void
  readonly heard: (text: string) => void
  /** Once, whatever ended it; `code` is Node’s, empty where the server closed in peace. */
  readonly gone: (code: string) => void
}

function opened({ host, port, tls, certificate }: PbxAddress): Socket {
  if (!tls) return connectPlain({ host, port })
  const system = typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates
  return connectTls({ host, port, servername: host, minVersion: 'TLSv1.2', ca: certificate.trim() === '' ? [...system] : [...system, certificate] })
}

/**
 * A connection that says exactly once that it is gone.
 * @param encoding `latin1` where lengths are counted in bytes: then a letter is one
 * @returns how to write to it and how to end it
 */
export function openPbxSocket(address: PbxAddress, ears: SocketEars, encoding: 'utf8' | 'latin1' = 'utf8'): { readonly write: (text: string) => void; readonly end: () => void } {
  const socket = opened(address)
  let over = false
  const gone = (code: string): void => {
    if (over) return
    over = true
    socket.destroy()
    ears.gone(code)
  }
  socket.setEncoding(encoding).setNoDelay(true).setKeepAlive(true, 30_000).setTimeout(CONNECT_WITHIN_MS, () => gone('ETIMEDOUT'))
  socket.on(address.tls ? 'secureConnect' : 'connect', () => {
    socket.setTimeout(0)
    ears.connected()
  })
  socket.on('data', (text: unknown) => {
    if (!over) ears.heard(String(text))
  })
  socket.on('error', (error: NodeJS.ErrnoException) => gone(error.code ?? 'unknown'))
  socket.on('close', () => gone(''))
  return {
    write: (text) => void (over || socket.write(text)),
    end() {
      over = true
      socket.destroy()
    },
  }
}

/** Why a PBX can’t be reached, for people. */
export function pbxFaultSentence(code: string): string {
  if (/CERT|SELF_SIGNED|VERIFY/.test(code)) return 'The telephone system\u2019s certificate can\u2019t be trusted. Ask whoever runs it, or enter its certificate under Settings, Phone.'
  switch (code) {
    case 'ECONNREFUSED':
      return 'The telephone system does not answer at this address. Baton keeps trying.'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The telephone system\u2019s name can\u2019t be found. Is the address right, and is this machine online? Baton keeps trying.'
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'The telephone system can\u2019t be reached from this network. Baton keeps trying.'
    default:
      return 'The line to the telephone system is down. Baton keeps trying.'
  }
}
