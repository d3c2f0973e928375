import { newId } from '../../shared/base/id.ts'
import { type ContractError, PROTOCOL_VERSION } from '../../shared/contract/frames.ts'
import type { Backend } from '../core/backend.ts'
import { memoryPair } from '../core/transport.ts'

/** A coded error, as the page would get it. */
export class CodedError extends Error {
  readonly error: ContractError

  constructor(error: ContractError) {
    super(error.message)
    this.error = error
  }
}

export interface Line {
  /** @throws CodedError where the backend refuses or fails */
  ask(method: string, input: unknown): Promise<unknown>
  close(): void
}

/** A connection to the backend in this process: the same frames through the same router as any page's. */
export function openLine(backend: Backend, actorId: string | null): Line {
  const { client, server } = memoryPair()
  const waiting = new Map<number, { readonly resolve: (result: unknown) => void; readonly reject: (error: CodedError) => void }>()
  let last = 0
  backend.connect(server, actorId ?? undefined)
  client.onFrame((frame) => {
    if (frame.t !== 'ok' && frame.t !== 'err') return
    const asked = waiting.get(frame.id)
    waiting.delete(frame.id)
    if (frame.t === 'ok') asked?.resolve(frame.result)
    else asked?.reject(new CodedError(frame.error))
  })
  client.send({ t: 'hello', protocol: PROTOCOL_VERSION, clientId: newId() })
  return {
    ask(method, input) {
      const id = ++last
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        client.send({ t: 'req', id, method, input })
      })
    },
    close: () => client.close(),
  }
}
