import type { EventName, EventPayload } from '../../shared/contract/events.ts'
import { type ClientFrame, type ContractError, PROTOCOL_VERSION, type ServerFrame } from '../../shared/contract/frames.ts'
import { CONNECTION_LOST, NOT_CONNECTED, RequestError } from './errors.ts'
import type { Connector, Transport } from './transport.ts'
import type { Approval, CommandAnswer, CommandInput, CommandName, InputOf, MethodName, OutputOf } from './types.ts'

/** Where the page stands with its backend; the status bar shows it. `since` is epoch milliseconds. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online'; readonly since: number; readonly version: string }
  | { readonly kind: 'offline'; readonly since: number; readonly retryAt: number }
  /** The backend runs but could not open its store. */
  | { readonly kind: 'failed'; readonly error: ContractError }
  /** The backend speaks a newer protocol than this page: only a reload helps. */
  | { readonly kind: 'outdated' }

type RequestFrame = Extract<ClientFrame, { t: 'req' }>

interface Pending {
  readonly frame: RequestFrame
  /** A query may be asked again on the next connection; a command or action whose answer was lost may not. */
  readonly repeatable: boolean
  sent: boolean
  readonly resolve: (result: unknown) => void
  readonly reject: (error: RequestError) => void
  timer: ReturnType<typeof setTimeout> | undefined
}

export interface ClientOptions {
  readonly connect: Connector
  /** Asked at each hello, so that making a client touches nothing of the page. */
  readonly clientId: () => string
  readonly now?: () => number
  /** How long a request waits for a connection before it is given back, in milliseconds. */
  readonly patience?: number
  /** The pause before attempt `n` (from 1) to connect again, in milliseconds. */
  readonly backOff?: (attempt: number) => number
}

export interface Client {
  start(): void
  stop(): void
  query<N extends MethodName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>
  action<N extends MethodName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>
  command<N extends CommandName>(name: N, input: CommandInput<N>, options?: { readonly approval?: Approval }): Promise<CommandAnswer>
  /** Listens to what the backend says unasked; returns how to stop. */
  on<N extends EventName>(name: N, handler: (payload: EventPayload<N>) => void): () => void
  connection(): Connection
  /** Listens to changes of `connection` and `waiting`. */
  onConnection(listener: () => void): () => void
  /** How many commands and actions were given and not answered yet. */
  waiting(): number
}

/** 0.25 s, then doubling to 8 s, with a tenth of jitter so that many pages do not knock at once. */
const defaultBackOff = (attempt: number): number => Math.min(8000, 250 * 2 ** (attempt - 1)) * (0.9 + Math.random() * 0.2)

/**
 * The page's client: says hello, numbers its requests, matches answers, and connects again by itself.
 * Queries survive a lost connection; a command or action whose answer was lost is rejected with a sentence, never sent twice.
 */
export function createClient(options: ClientOptions): Client {
  const { connect, clientId, now = Date.now, patience = 10_000, backOff = defaultBackOff } = options
  const pending = new Map<number, Pending>()
  const handlers = new Map<EventName, Set<(payload: never) => void>>()
  const watchers = new Set<() => void>()
  let state: Connection = { kind: 'connecting' }
  let transport: Transport | null = null
  let nextId = 1
  let attempt = 0
  let stopped = true
  let retry: ReturnType<typeof setTimeout> | undefined

  const notify = (): void => {
    for (const watcher of watchers) watcher()
  }

  const become = (next: Connection): void => {
    state = next
    notify()
  }

  const give = (entry: Pending): void => {
    clearTimeout(entry.timer)
    pending.delete(entry.frame.id)
    if (!entry.repeatable) notify()
  }

  const post = (entry: Pending): void => {
    if (!transport || (state.kind !== 'online' && state.kind !== 'failed')) return
    clearTimeout(entry.timer)
    entry.sent = true
    transport.send(entry.frame)
  }

  const wait = (entry: Pending): void => {
    entry.timer = setTimeout(() => {
      give(entry)
      entry.reject(new RequestError(NOT_CONNECTED))
    }, patience)
  }

  const greet = (frame: Extract<ServerFrame, { t: 'hello' }>): void => {
    attempt = 0
    if (frame.protocol !== PROTOCOL_VERSION) return become({ kind: 'outdated' })
    if (frame.startupError) become({ kind: 'failed', error: frame.startupError })
    else become({ kind: 'online', since: now(), version: frame.version })
    for (const entry of pending.values()) post(entry)
  }

  const answer = (frame: Extract<ServerFrame, { t: 'ok' | 'err' }>): void => {
    const entry = pending.get(frame.id)
    if (!entry) return
    give(entry)
    if (frame.t === 'ok') entry.resolve(frame.result)
    else entry.reject(new RequestError(frame.error))
  }

  const receive = (frame: ServerFrame): void => {
    if (frame.t === 'hello') greet(frame)
    else if (frame.t === 'evt') for (const handler of handlers.get(frame.name as EventName) ?? []) handler(frame.payload as never)
    else answer(frame)
  }

  const lose = (): void => {
    transport = null
    if (stopped) return
    for (const entry of pending.values()) {
      if (!entry.sent) continue
      if (entry.repeatable) {
        entry.sent = false
        wait(entry)
      } else {
        give(entry)
        entry.reject(new RequestError(CONNECTION_LOST))
      }
    }
    attempt += 1
    const pause = backOff(attempt)
    const since = state.kind === 'offline' ? state.since : now()
    become({ kind: 'offline', since, retryAt: now() + pause })
    retry = setTimeout(open, pause)
  }

  const open = (): void => {
    connect().then(
      (opened) => {
        if (stopped) return opened.close()
        transport = opened
        opened.onFrame(receive)
        opened.onClose(() => {
          if (transport === opened) lose()
        })
        opened.send({ t: 'hello', protocol: PROTOCOL_VERSION, clientId: clientId() })
      },
      () => lose(),
    )
  }

  const request = (method: string, input: unknown, repeatable: boolean, approval?: Approval): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const frame: RequestFrame = { t: 'req', id: nextId++, method, input, ...(approval ? { approval } : {}) }
      const entry: Pending = { frame, repeatable, sent: false, resolve, reject, timer: undefined }
      pending.set(frame.id, entry)
      if (!repeatable) notify()
      wait(entry)
      post(entry)
    })

  return {
    start() {
      if (!stopped) return
      stopped = false
      open()
    },
    stop() {
      stopped = true
      clearTimeout(retry)
      transport?.close()
      transport = null
    },
    query: (name, input) => request(name, input, true) as Promise<OutputOf<typeof name>>,
    action: (name, input) => request(name, input, false) as Promise<OutputOf<typeof name>>,
    command: (name, input, extra) => request(name, input, false, extra?.approval) as Promise<CommandAnswer>,
    on(name, handler) {
      const listening = handlers.get(name) ?? new Set()
      handlers.set(name, listening)
      listening.add(handler as (payload: never) => void)
      return () => void listening.delete(handler as (payload: never) => void)
    },
    connection: () => state,
    onConnection(listener) {
      watchers.add(listener)
      return () => void watchers.delete(listener)
    },
    waiting: () => [...pending.values()].filter((entry) => !entry.repeatable).length,
  }
}
