import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import type { EventName, EventPayload } from '../../shared/contract/events.ts'
import type { ContractError } from '../../shared/contract/frames.ts'
import { BELONGS_TO } from '../../shared/contract/windows.ts'
import { type Client, type Connection, createClient } from './client.ts'
import { createQueryCache, NOTHING_YET, type QueryCache, queryKey } from './queryCache.ts'
import { leaveRoom, roomTicket } from './room.ts'
import { type Connector, hostConnector } from './transport.ts'
import type { CommandAnswer, InputOf, MethodName, OutputOf } from './types.ts'

const CLIENT_ID_KEY = 'baton-client'

/**
 * Takes over the id of the window that this one belongs to: they are one session. In Electron alone, where only the main process
 * chooses an address; a browser copies the session's storage for a window that a page opens.
 */
function takeOver(): void {
  const id = window.baton && location.hash.startsWith(`#${BELONGS_TO}`) ? location.hash.slice(BELONGS_TO.length + 1) : ''
  if (!/^[0-9a-f-]{36}$/.test(id)) return
  sessionStorage.setItem(CLIENT_ID_KEY, id)
  history.replaceState(null, '', location.pathname + location.search)
}

/** The id of this page's session. Kept over a reload, so that the person stays signed in; gone with the tab. */
export function rememberedClientId(): string {
  takeOver()
  const remembered = sessionStorage.getItem(CLIENT_ID_KEY)
  if (remembered) return remembered
  const made = crypto.randomUUID()
  sessionStorage.setItem(CLIENT_ID_KEY, made)
  return made
}

let connector: Connector | undefined

/** The one client of this page. It connects when the page starts it, not when a module is imported. */
export const api: Client = createClient({
  connect: () => (connector ??= hostConnector())(),
  clientId: rememberedClientId,
  room: roomTicket,
})

// The room is gone where Baton was started anew, or the exercise is over in another tab.
api.onConnection(() => {
  const connection = api.connection()
  if (connection.kind === 'failed' && connection.error.code === 'practice.over') leaveRoom('#/practice', connection.error.message)
})

export const queries: QueryCache = createQueryCache(api)

export interface QueryResult<Data> {
  /** The newest answer for this input; with `keep`, the input before's while the first one is on its way. */
  readonly data: Data | undefined
  readonly error: ContractError | null
  /** True while there is nothing to show yet. Put `LoadingLines` there: it stays empty for the first 200 ms. */
  readonly loading: boolean
  /** With `keep`: true while `data` still answers the input before. */
  readonly outdated: boolean
  readonly refetch: () => void
}

const watchNothing = (): (() => void) => () => undefined

/**
 * Asks a query and keeps its answer fresh: it is asked again when a table it reads changes.
 * @param input `null` asks nothing
 * @param options `keep` shows the answer to the input before until the next one is there (a list being filtered);
 *   leave it out where the input names a record, or one record's facts would stand under another's name
 */
export function useQuery<N extends MethodName>(
  name: N,
  input: InputOf<N> | null,
  options: { readonly keep?: boolean } = {},
): QueryResult<OutputOf<N>> {
  const key = input === null ? null : queryKey(name, input)
  // The key stands for the input: screens may pass a fresh object of equal content at every render.
  const asked = useRef(input)
  asked.current = input
  const subscribe = useCallback(
    (listener: () => void) => (key === null ? watchNothing() : queries.watch(name, asked.current, listener)),
    [name, key],
  )
  const state = useSyncExternalStore(subscribe, () => (key === null ? NOTHING_YET : queries.read(name, asked.current)))
  const shown = useRef<unknown>(undefined)
  useEffect(() => {
    if (state.data !== undefined || key === null) shown.current = state.data
  }, [state.data, key])
  const data = state.data === undefined && key !== null && options.keep ? shown.current : state.data
  const refetch = useCallback(() => {
    if (key !== null) queries.refetch(name, asked.current)
  }, [name, key])
  return {
    // The router checked this answer against the method's output before it left the backend.
    data: data as OutputOf<N> | undefined,
    error: state.error,
    loading: key !== null && data === undefined && state.error === null,
    outdated: state.data === undefined && data !== undefined,
    refetch,
  }
}

/** Listens to an event of the backend while the component is there. */
export function useEvent<N extends EventName>(name: N, handler: (payload: EventPayload<N>) => void): void {
  const current = useRef(handler)
  useEffect(() => {
    current.current = handler
  })
  useEffect(() => api.on(name, (payload) => current.current(payload)), [name])
}

/** Listens to what this page's own commands changed, while the component is there. */
export function useOwnChanges(handler: (changed: CommandAnswer['changed']) => void): void {
  const current = useRef(handler)
  useEffect(() => {
    current.current = handler
  })
  useEffect(() => api.onDone(({ changed }) => current.current(changed)), [])
}

export function useConnection(): Connection {
  return useSyncExternalStore(api.onConnection, api.connection)
}

/** How many changes of this page the backend has not answered yet. */
export function usePendingChanges(): number {
  return useSyncExternalStore(api.onConnection, api.waiting)
}
