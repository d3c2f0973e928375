import type { ServerFrame } from '../../shared/contract/frames.ts'

/**
 * The backend's end of one connection to one page. Electron IPC, a WebSocket and an in-memory pair each provide it;
 * whoever sits behind it knows nothing of which. Frames are plain JSON values; what arrives is unvalidated.
 */
export interface Transport {
  /** Sends one frame to the page; after the connection closed it does nothing. */
  send(frame: ServerFrame): void
  onFrame(handler: (frame: unknown) => void): void
  /** Called once, whoever closed; at once where it is closed already. */
  onClose(handler: () => void): void
  close(): void
}

/** The page's end of an in-memory pair. */
export interface ClientTransport {
  send(frame: unknown): void
  onFrame(handler: (frame: ServerFrame) => void): void
  onClose(handler: () => void): void
  close(): void
}

/** Keeps what arrives before anybody listens, so that no first frame is lost. */
class Inbox<Frame> {
  #handler: ((frame: Frame) => void) | null = null
  #early: Frame[] = []

  put(frame: Frame): void {
    if (this.#handler) this.#handler(frame)
    else this.#early.push(frame)
  }

  listen(handler: (frame: Frame) => void): void {
    this.#handler = handler
    const early = this.#early
    this.#early = []
    for (const frame of early) handler(frame)
  }
}

/** An end of a connection that a host drives: it hands in what arrived and says when the other side is gone. */
export interface HostedTransport extends Transport {
  /** A frame arrived from the page. */
  arrive(frame: unknown): void
  /** The page is gone; tells the listeners without telling the page. */
  gone(): void
}

/**
 * A transport over any wire.
 * @param write puts a frame on the wire
 * @param hangUp ends the wire from this side
 */
export function hostedTransport(write: (frame: ServerFrame) => void, hangUp: () => void): HostedTransport {
  const inbox = new Inbox<unknown>()
  const closers: (() => void)[] = []
  let open = true
  const gone = (): void => {
    if (!open) return
    open = false
    for (const closer of closers.splice(0)) closer()
  }
  return {
    send(frame) {
      if (open) write(frame)
    },
    onFrame: (handler) => inbox.listen(handler),
    onClose(handler) {
      if (open) closers.push(handler)
      else handler()
    },
    close() {
      if (!open) return
      gone()
      hangUp()
    },
    arrive(frame) {
      if (open) inbox.put(frame)
    },
    gone,
  }
}

export interface MemoryPair {
  readonly client: ClientTransport
  readonly server: Transport
}

/**
 * Both ends of a connection in one process, for tests and the command line. Frames cross as JSON text, in order and
 * never within the sender's own call, exactly as they would over a real wire.
 */
export function memoryPair(): MemoryPair {
  const inbox = new Inbox<ServerFrame>()
  const closers: (() => void)[] = []
  let open = true
  const clientGone = (): void => {
    if (!open) return
    open = false
    for (const closer of closers.splice(0)) closer()
  }
  const server = hostedTransport(
    (frame) => {
      const wire = JSON.stringify(frame)
      queueMicrotask(() => {
        if (open) inbox.put(JSON.parse(wire) as ServerFrame)
      })
    },
    () => queueMicrotask(clientGone),
  )
  return {
    server,
    client: {
      send(frame) {
        if (!open) return
        const wire = JSON.stringify(frame)
        queueMicrotask(() => server.arrive(JSON.parse(wire)))
      },
      onFrame: (handler) => inbox.listen(handler),
      onClose(handler) {
        if (open) closers.push(handler)
        else handler()
      },
      close() {
        clientGone()
        queueMicrotask(() => server.gone())
      },
    },
  }
}
