import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { WebHost } from '../../support/webHost.ts'

/** Has a host say where its inspector listens; for `startWebHost`. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly sessionId?: string; readonly message?: string; readonly workerInfo?: { readonly title: string; readonly url: string } }
  readonly result?: unknown
}

/** The threads of a host, by what they are: the main one and its workers. */
export class HostThreads {
  readonly #socket: WebSocket
  readonly #answers = new Map<string, (result: unknown) => void>()
  /** Session of each worker. */
  readonly #workers = new Map<string, string>()
  #asked = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data) => this.#hear(JSON.parse(String(data)) as Message, ''))
  }

  /** @throws where the host was started without `INSPECTED` */
  static async of(host: WebHost): Promise<HostThreads> {
    const address = /Debugger listening on (ws:\S+)/.exec(host.output())?.[1]
    if (address === undefined) throw new Error('The host was started without an inspector.')
    const socket = new WebSocket(address)
    await once(socket, 'open')
    const threads = new HostThreads(socket)
    await threads.#ask('', 'NodeWorker.enable', { waitForDebuggerOnStart: false })
    return threads
  }

  #hear({ id, method, params, result }: Message, session: string): void {
    if (id !== undefined) {
      this.#answers.get(`${session} ${id}`)?.(result)
      this.#answers.delete(`${session} ${id}`)
    }
    const { sessionId = '', message = '{}', workerInfo } = params ?? {}
    if (method === 'NodeWorker.attachedToWorker' && workerInfo) this.#workers.set(sessionId, workerInfo.url.split('/').at(-1) ?? workerInfo.title)
    if (method === 'NodeWorker.detachedFromWorker') this.#workers.delete(sessionId)
    if (method === 'NodeWorker.receivedMessageFromWorker') this.#hear(JSON.parse(message) as Message, sessionId)
  }

  #ask(session: string, method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#asked
    const answer = new Promise<unknown>((resolve) => this.#answers.set(`${session} ${id}`, resolve))
    const message = JSON.stringify({ id, method, params })
    if (session === '') this.#socket.send(message)
    else this.#socket.send(JSON.stringify({ id: ++this.#asked, method: 'NodeWorker.sendMessageToWorker', params: { sessionId: session, message } }))
    return answer
  }

  async #heap(session: string): Promise<number> {
    // Twice: what is only reachable from what a first collection lets go is let go by the second.
    for (let time = 0; time < 2; time++) await this.#ask(session, 'HeapProfiler.collectGarbage')
    const { usedSize } = (await this.#ask(session, 'Runtime.getHeapUsage')) as { readonly usedSize: number }
    return usedSize / 2 ** 20
  }

  /** What each thread holds after a forced collection, in megabytes, by its script. */
  async heaps(): Promise<ReadonlyMap<string, number>> {
    const heaps = new Map([['main thread', await this.#heap('')]])
    for (const [session, name] of this.#workers) heaps.set(name, await this.#heap(session))
    return heaps
  }

  close(): void {
    this.#socket.close()
  }
}
