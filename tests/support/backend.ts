import { newId } from '../../src/shared/base/id.ts'
import type { ContractError, ServerFrame } from '../../src/shared/contract/frames.ts'
import { type Backend, type BackendPorts, createBackend } from '../../src/main/core/backend.ts'
import type { OfferedFile, Shell } from '../../src/main/core/shell.ts'
import { memoryPair } from '../../src/main/core/transport.ts'
import type { PhoneCommand, PhoneEvent, PhonePort } from '../../src/main/phone/port.ts'

/** A refusal or failure as a page receives it. */
export class RefusedError extends Error {
  readonly error: ContractError

  constructor(error: ContractError) {
    super(`${error.code}: ${error.message}`)
    this.error = error
  }
}

/** A telephone that a test rings by hand. */
class HandPhone implements PhonePort {
  readonly sent: PhoneCommand[] = []
  readonly #listeners = new Set<(event: PhoneEvent) => void>()

  send(command: PhoneCommand): void {
    this.sent.push(command)
  }

  listen(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  say(event: PhoneEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  close(): void {
    this.#listeners.clear()
  }
}

export interface Page {
  /** Asks and waits; a refusal is thrown as RefusedError. */
  ask<T = unknown>(method: string, input?: unknown, more?: { readonly approval?: { userId: string; pin: string }; readonly commandId?: string }): Promise<T>
  readonly events: readonly Extract<ServerFrame, { t: 'evt' }>[]
  close(): void
}

export interface TestBackend {
  readonly backend: Backend
  readonly phone: HandPhone
  readonly files: readonly OfferedFile[]
  /**
   * @param trustedAs signed in from the start, as the command line is
   * @param room the ticket of a practice room
   */
  page(clientId?: string, trustedAs?: string, room?: string): Page
  close(): Promise<void>
}

/** A whole backend over the in-memory transport, its answers checked against the contract. */
export function startBackend(
  options: { readonly directory?: string; readonly now?: () => number; readonly quiet?: boolean; readonly ports?: Partial<Pick<BackendPorts, 'connect' | 'timers' | 'secrets' | 'performs' | 'phone'>> } = {},
): TestBackend {
  const phone = new HandPhone()
  const files: OfferedFile[] = []
  const shell: Shell = {
    offerFile: (file) => {
      files.push(file)
      return Promise.resolve({ kind: 'saved', path: file.name })
    },
    notify: () => undefined,
  }
  const backend = createBackend({
    directory: options.directory ?? ':memory:',
    version: 'test',
    desktop: false,
    shell,
    phone,
    log: { info: () => undefined, warn: () => undefined, error: (event, details) => (options.quiet === true ? undefined : console.error(event, details)) },
    checkOutputs: true,
    ...(options.now ? { now: options.now } : {}),
    ...options.ports,
  })
  return {
    backend,
    phone,
    files,
    page(clientId = newId(), trustedAs, room) {
      const { client, server } = memoryPair()
      backend.connect(server, trustedAs)
      const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
      const events: Extract<ServerFrame, { t: 'evt' }>[] = []
      client.onFrame((frame) => {
        if (frame.t === 'evt') events.push(frame)
        else if (frame.t === 'ok') waiting.get(frame.id)?.resolve(frame.result)
        else if (frame.t === 'err') waiting.get(frame.id)?.reject(new RefusedError(frame.error))
      })
      client.send({ t: 'hello', protocol: 1, clientId, ...(room === undefined ? {} : { room }) })
      let last = 0
      return {
        events,
        ask<T>(method: string, input: unknown = {}, more: object = {}) {
          const id = ++last
          return new Promise<T>((resolve, reject) => {
            waiting.set(id, { resolve: (value) => resolve(value as T), reject })
            client.send({ t: 'req', id, method, input, ...more })
          })
        },
        close: () => client.close(),
      }
    },
    close: () => backend.close(),
  }
}
