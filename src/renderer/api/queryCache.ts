import type { ContractError } from '../../shared/contract/frames.ts'
import { METHODS } from '../../shared/contract/methods.ts'
import type { Client } from './client.ts'
import { asContractError } from './errors.ts'
import type { InputOf, MethodName } from './types.ts'

/** What is known of one query with one input. Old data stays while newer data is on its way, so that nothing flickers. */
export interface QueryState {
  readonly data: unknown
  readonly error: ContractError | null
  /** True until the first answer. */
  readonly pending: boolean
}

interface Entry {
  readonly name: MethodName
  readonly input: unknown
  state: QueryState
  readonly listeners: Set<() => void>
  fetching: boolean
  /** The rows changed while an answer was on its way: ask once more. */
  stale: boolean
  expiry: ReturnType<typeof setTimeout> | undefined
}

/** How long an answer nobody looks at is kept, so that going back to a screen shows it at once. */
const KEEP_UNWATCHED = 60_000

export const NOTHING_YET: QueryState = { data: undefined, error: null, pending: true }

export interface QueryCache {
  read(name: MethodName, input: unknown): QueryState
  watch(name: MethodName, input: unknown, listener: () => void): () => void
  refetch(name: MethodName, input: unknown): void
  /** Forgets everything: another person signed in and may see other things. */
  clear(): void
  /**
   * While the page is locked nothing but what anyone may know is asked, so that the screens beneath keep what they show;
   * afterwards everything is asked again.
   */
  hold(held: boolean): void
}

export const queryKey = (name: MethodName, input: unknown): string => `${name} ${JSON.stringify(input)}`

/**
 * What somebody looks at is asked before what stands around it: the backend answers one after the other, and behind a board are a
 * dozen counts, in each of its windows.
 */
const ASKED_FIRST: ReadonlySet<MethodName> = new Set<MethodName>(['board.day'])

/** Answers of queries by name and input, asked again when a table they read has changed. */
export function createQueryCache(client: Client): QueryCache {
  const entries = new Map<string, Entry>()
  let held = false

  const publish = (entry: Entry, state: QueryState): void => {
    entry.state = state
    for (const listener of entry.listeners) listener()
  }

  const fetch = (entry: Entry): void => {
    if (entry.fetching || (held && METHODS.get(entry.name)?.permission !== null)) {
      entry.stale = true
      return
    }
    entry.fetching = true
    entry.stale = false
    const settle = (next: (before: QueryState) => QueryState): void => {
      entry.fetching = false
      const after = next(entry.state)
      // An answer that says the same draws nothing anew: a long import asks the same again many times a second.
      if (after !== entry.state) publish(entry, after)
      if (entry.stale && entry.listeners.size > 0) fetch(entry)
      if (later.size > 0) goOn()
    }
    client.query(entry.name, entry.input as InputOf<MethodName>).then(
      (data) =>
        settle((before) => {
          const same = before.data !== undefined && JSON.stringify(before.data) === JSON.stringify(data)
          return same && before.error === null && !before.pending ? before : { data: same ? before.data : data, error: null, pending: false }
        }),
      (thrown: unknown) => settle((before) => ({ data: before.data, error: asContractError(thrown), pending: false })),
    )
  }

  /** What waits until the answers that are asked first are there. */
  const later = new Set<Entry>()

  const isFirst = ({ name, fetching }: Entry): boolean => fetching && ASKED_FIRST.has(name)

  const goOn = (): void => {
    if ([...entries.values()].some(isFirst)) return
    const waiting = [...later]
    later.clear()
    for (const entry of waiting) if (entry.listeners.size > 0) fetch(entry)
  }

  const invalidate = (isStale: (entry: Entry) => boolean): void => {
    for (const [key, entry] of entries) {
      if (!isStale(entry)) continue
      if (entry.listeners.size === 0) entries.delete(key)
      else if (ASKED_FIRST.has(entry.name)) fetch(entry)
      else later.add(entry)
    }
    goOn()
  }

  client.on('changed', ({ tables }) => {
    const changed = new Set(tables)
    invalidate((entry) => METHODS.get(entry.name)?.reads.some((table) => changed.has(table)) ?? false)
  })

  // Whatever changed while the connection was gone was not announced to this page.
  let wasOffline = false
  client.onConnection(() => {
    const { kind } = client.connection()
    if (kind === 'offline') wasOffline = true
    else if (kind === 'online' && wasOffline) {
      wasOffline = false
      invalidate(() => true)
    }
  })

  return {
    read: (name, input) => entries.get(queryKey(name, input))?.state ?? NOTHING_YET,
    watch(name, input, listener) {
      const key = queryKey(name, input)
      let entry = entries.get(key)
      if (!entry) {
        entry = { name, input, state: NOTHING_YET, listeners: new Set(), fetching: false, stale: false, expiry: undefined }
        entries.set(key, entry)
        fetch(entry)
      }
      const watched = entry
      clearTimeout(watched.expiry)
      watched.listeners.add(listener)
      return () => {
        watched.listeners.delete(listener)
        if (watched.listeners.size > 0) return
        watched.expiry = setTimeout(() => {
          if (entries.get(key) === watched) entries.delete(key)
        }, KEEP_UNWATCHED)
      }
    },
    refetch(name, input) {
      const entry = entries.get(queryKey(name, input))
      if (entry) fetch(entry)
    },
    clear() {
      for (const [key, entry] of entries) {
        if (entry.listeners.size === 0) entries.delete(key)
        else {
          publish(entry, NOTHING_YET)
          fetch(entry)
        }
      }
    },
    hold(next) {
      if (held === next) return
      held = next
      if (!held) invalidate(() => true)
    },
  }
}
