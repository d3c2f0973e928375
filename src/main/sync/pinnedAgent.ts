import { Agent as PlainAgent } from 'node:http'
import { Agent, type AgentOptions } from 'node:https'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'

/** The hub showed another certificate than the one this workstation was enrolled with. */
export class WrongCertificate extends Error {
  override readonly name = 'WrongCertificate'
}

const CONNECT_MS = 10_000

type Created = (error: Error | null, socket?: TLSSocket) => void

/**
 * Connections to a hub with a certificate of its own: whom to trust was said at the enrolment, by the certificate's
 * SHA-256, and no authority has a say. Nothing is sent before that is checked.
 */
class PinnedAgent extends Agent {
  readonly #fingerprint: string

  constructor(fingerprint: string, options: AgentOptions) {
    super(options)
    this.#fingerprint = fingerprint
  }

  // Node gives the socket out when this calls back; what it returns is not used then.
  override createConnection(options: unknown, created?: unknown): undefined {
    const answer = created as Created
    const socket = connect({ ...(options as ConnectionOptions), rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
    const fail = (error: Error): void => {
      socket.destroy()
      answer(error)
    }
    socket.setTimeout(CONNECT_MS, () => fail(new Error('The hub did not answer in time')))
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      const shown = socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase()
      socket.removeListener('error', fail)
      socket.setTimeout(0)
      if (shown === this.#fingerprint) answer(null, socket)
      else fail(new WrongCertificate('Another certificate than the one at the enrolment'))
    })
    return undefined
  }
}

/** @param fingerprint hex; null: the machine's own list of authorities decides, or nobody over http */
export function agentFor(address: string, fingerprint: string | null): PlainAgent | Agent {
  const options = { keepAlive: true, maxSockets: 4 }
  if (!address.startsWith('https:')) return new PlainAgent(options)
  return fingerprint === null ? new Agent(options) : new PinnedAgent(fingerprint, options)
}
