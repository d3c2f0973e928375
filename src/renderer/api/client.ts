import { newId } from '../../shared/base/id.ts'
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
  /**
   * What a broken connection does to it: a query is asked again, a command is sent once more under its own id (the
   * backend does it only once), an action may have had its effect and is given back.
   */
  readonly kind: 'query' | 'command' | 'action'
  /** Over the connection that stands now. */
  sent: boolean
  /** How many connections broke while its answer was due. */
  losses: number
  readonly resolve: (result: unknown) => void
  readonly reject: (error: RequestError) => void
  timer: ReturnType<typeof setTimeout> | undefined
}

export interface ClientOptions {
  readonly connect: Connector
  /** Asked at each hello, so that making a client touches nothing of the page. */
  readonly clientId: () => string
  /** The ticket of the practice room that the page is in, where it is in one. */
  readonly room?: () => string | undefined
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
  /** Listens to what the commands of this page changed, before whoever sent them hears of it; returns how to stop. */
  onDone(listener: (answer: CommandAnswer) => void): () => void
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

/** Nobody can say whether it was done: it went out, and its answer never came. */
const isInDoubt = (entry: Pending): boolean => entry.kind !== 'query' && entry.losses > 0

/**
 * The page's client: says hello, numbers its requests, matches answers, and connects again by itself.
 * Queries and commands survive a broken connection; an action whose answer was lost is rejected with a sentence,
 * and so is a command that lost two.
 */
export function createClient(options: ClientOptions): Client {
  const { connect, clientId, room = () => undefined, now = Date.now, patience = 10_000, backOff = defaultBackOff } = options
  const pending = new Map<number, Pending>()
  const handlers = new Map<EventName, Set<(payload: never) => void>>()
  const watchers = new Set<() => void>()
  const hearers = new Set<(answer: CommandAnswer) => void>()
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
    if (entry.kind !== 'query') notify()
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
      entry.reject(new RequestError(isInDoubt(entry) ? CONNECTION_LOST : NOT_CONNECTED))
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
    // A backend that was started anew knows nobody, and refuses before it looks whether the command was done.
    else entry.reject(new RequestError(isInDoubt(entry) && frame.error.code === 'session.signedOut' ? CONNECTION_LOST : frame.error))
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
      entry.sent = false
      entry.losses += 1
      if (entry.kind === 'query' || (entry.kind === 'command' && entry.losses === 1)) {
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
        const ticket = room()
        opened.send({ t: 'hello', protocol: PROTOCOL_VERSION, clientId: clientId(), ...(ticket === undefined ? {} : { room: ticket }) })
      },
      () => lose(),
    )
  }

  const request = (kind: Pending['kind'], method: string, input: unknown, more: Pick<RequestFrame, 'commandId' | 'approval'> = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const frame: RequestFrame = { t: 'req', id: nextId++, method, input, ...more }
      const entry: Pending = { frame, kind, sent: false, losses: 0, resolve, reject, timer: undefined }
      pending.set(frame.id, entry)
      if (kind !== 'query') notify()
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
    query: (name, input) => request('query', name, input) as Promise<OutputOf<typeof name>>,
    action: (name, input) => request('action', name, input) as Promise<OutputOf<typeof name>>,
    async command(name, input, { approval } = {}) {
      const answer = (await request('command', name, input, { commandId: newId(now()), ...(approval ? { approval } : {}) })) as CommandAnswer
      for (const listener of [...hearers]) listener(answer)
      return answer
    },
    onDone(listener) {
      hearers.add(listener)
      return () => void hearers.delete(listener)
    },
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
    waiting: () => [...pending.values()].filter((entry) => entry.kind !== 'query').length,
  }
}
