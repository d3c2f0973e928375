import type { Connector, Transport } from '../../src/renderer/api/transport.ts'
import { type ClientFrame, PROTOCOL_VERSION, type ServerFrame } from '../../src/shared/contract/frames.ts'

type Request = Extract<ClientFrame, { t: 'req' }>

/** A backend of a few lines for the tests of the client: every frame crosses as JSON, never within the sender's own call. */
export interface MemoryBackend {
  readonly connect: Connector
  /** Every frame a page sent, in order. */
  readonly received: ClientFrame[]
  /** Answers requests; returning nothing leaves the page waiting. */
  answer: (request: Request) => ServerFrame | undefined
  hello: ServerFrame
  /** Refuses this many connections before it takes one. */
  refuse: number
  say(frame: ServerFrame): void
  /** Breaks the connection. */
  drop(): void
}

export function memoryBackend(): MemoryBackend {
  let toPage: (frame: ServerFrame) => void = () => undefined
  let closed: () => void = () => undefined
  const backend: MemoryBackend = {
    received: [],
    answer: (request) => ({ t: 'ok', id: request.id, result: { echo: request.method } }),
    hello: { t: 'hello', protocol: PROTOCOL_VERSION, version: '1.0.0', startupError: null },
    refuse: 0,
    say(frame) {
      const wire = JSON.stringify(frame)
      queueMicrotask(() => toPage(JSON.parse(wire) as ServerFrame))
    },
    drop() {
      toPage = () => undefined
      closed()
    },
    connect: () => {
      if (backend.refuse > 0) {
        backend.refuse -= 1
        return Promise.reject(new Error('refused'))
      }
      const transport: Transport = {
        send(frame) {
          backend.received.push(frame)
          const reply = frame.t === 'hello' ? backend.hello : backend.answer(frame)
          if (reply) backend.say(reply)
        },
        onFrame: (handler) => {
          toPage = handler
        },
        onClose: (handler) => {
          closed = handler
        },
        close: () => undefined,
      }
      return Promise.resolve(transport)
    },
  }
  return backend
}
