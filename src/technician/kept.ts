import type { TechnicianDay } from '../shared/field/wire.ts'
import type { Said } from './said.ts'

/** What the telephone keeps: the day as it was last heard, what was said and not heard yet, and what is half written. */

export interface Draft {
  readonly text: string
  readonly photos: readonly Blob[]
}

type NewSaid = Said extends infer Each ? (Each extends Said ? Omit<Each, 'seq'> : never) : never

export interface Kept {
  /** Whether it outlives a reload; a browser that keeps nothing says so to its user. */
  readonly lasts: boolean
  day(linkId: string): Promise<TechnicianDay | undefined>
  keepDay(linkId: string, day: TechnicianDay | null): Promise<void>
  /** What opens each link that this telephone was given: what was said with an earlier one goes up with that one. By link. */
  tokens(): Promise<ReadonlyMap<string, string>>
  keepToken(linkId: string, token: string): Promise<void>
  /** Forgets the days of all links but this one, and what opens a link that is none of those in use. */
  forgetOthers(linkId: string, inUse: ReadonlySet<string>): Promise<void>
  /** All of it, whatever link it was said with. */
  said(): Promise<readonly Said[]>
  /** Resolves when it is on the telephone’s disk. */
  add(said: readonly NewSaid[]): Promise<void>
  put(said: Said): Promise<void>
  remove(seq: number): Promise<void>
  draft(visitId: string): Promise<Draft | undefined>
  keepDraft(visitId: string, draft: Draft | null): Promise<void>
}

const [DAYS, SAID, DRAFTS, LINKS] = ['day', 'said', 'draft', 'link'] as const

/** What lies in each. The first pages had no links, so a telephone may have some of these and not the others. */
const STORES: readonly (readonly [name: string, options?: IDBObjectStoreParameters])[] = [[DAYS], [SAID, { keyPath: 'seq', autoIncrement: true }], [DRAFTS], [LINKS, { keyPath: 'linkId' }]]

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('baton-visits', 2)
    request.addEventListener('upgradeneeded', () => {
      const { result } = request
      for (const [name, options] of STORES) if (!result.objectStoreNames.contains(name)) result.createObjectStore(name, options)
    })
    request.addEventListener('success', () => {
      // A newer page waits for nobody who lies open somewhere behind it.
      request.result.addEventListener('versionchange', () => request.result.close())
      resolve(request.result)
    })
    request.addEventListener('error', () => reject(request.error ?? new Error('The telephone keeps nothing')))
  })
}

function onDisk(database: IDBDatabase): Kept {
  /** Runs one transaction. What is said is written through to the disk: the battery may be the next to go. */
  const run = (store: string, mode: IDBTransactionMode, body: (store: IDBObjectStore) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' })
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('The telephone could not keep this')))
      body(transaction.objectStore(store))
    })
  /** Deletes what has another key than those. */
  const keepOnly = (store: string, keys: ReadonlySet<IDBValidKey>): Promise<void> =>
    run(store, 'readwrite', (from) => {
      const asked = from.getAllKeys()
      asked.addEventListener('success', () => {
        for (const key of asked.result) if (!keys.has(key)) from.delete(key)
      })
    })
  const read = async <T>(store: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> => {
    const asked: IDBRequest<T>[] = []
    await run(store, 'readonly', (from) => asked.push(ask(from)))
    return asked[0]?.result
  }
  return {
    lasts: true,
    day: (linkId) => read<TechnicianDay | undefined>(DAYS, (store) => store.get(linkId)),
    keepDay: (linkId, day) => run(DAYS, 'readwrite', (store) => (day ? store.put(day, linkId) : store.delete(linkId))),
    tokens: async () => new Map(((await read<{ linkId: string; token: string }[]>(LINKS, (store) => store.getAll())) ?? []).map(({ linkId, token }) => [linkId, token])),
    keepToken: (linkId, token) => run(LINKS, 'readwrite', (store) => store.put({ linkId, token })),
    forgetOthers: async (linkId, inUse) => {
      await keepOnly(DAYS, new Set([linkId]))
      await keepOnly(LINKS, inUse)
    },
    said: async () => (await read<Said[]>(SAID, (store) => store.getAll())) ?? [],
    add: (said) => run(SAID, 'readwrite', (store) => said.forEach((one) => store.add(one))),
    put: (said) => run(SAID, 'readwrite', (store) => store.put(said)),
    remove: (seq) => run(SAID, 'readwrite', (store) => store.delete(seq)),
    draft: (visitId) => read<Draft | undefined>(DRAFTS, (store) => store.get(visitId)),
    keepDraft: (visitId, draft) => run(DRAFTS, 'readwrite', (store) => (draft ? store.put(draft, visitId) : store.delete(visitId))),
  }
}

/** A browser that keeps nothing (some in private mode): it lasts as long as the page is open. */
export function inMemory(): Kept {
  const [days, said, drafts, links] = [new Map<string, TechnicianDay>(), new Map<number, Said>(), new Map<string, Draft>(), new Map<string, string>()]
  let last = 0
  return {
    lasts: false,
    day: async (linkId) => days.get(linkId),
    keepDay: async (linkId, day) => void (day ? days.set(linkId, day) : days.delete(linkId)),
    tokens: async () => links,
    keepToken: async (linkId, token) => void links.set(linkId, token),
    forgetOthers: async (linkId, inUse) => {
      for (const other of days.keys()) if (other !== linkId) days.delete(other)
      for (const other of links.keys()) if (!inUse.has(other)) links.delete(other)
    },
    said: async () => [...said.values()],
    add: async (more) => {
      for (const one of more) said.set(++last, { ...one, seq: last })
    },
    put: async (one) => void said.set(one.seq, one),
    remove: async (seq) => void said.delete(seq),
    draft: async (visitId) => drafts.get(visitId),
    keepDraft: async (visitId, draft) => void (draft ? drafts.set(visitId, draft) : drafts.delete(visitId)),
  }
}

export async function openKept(): Promise<Kept> {
  try {
    return onDisk(await open())
  } catch {
    return inMemory()
  }
}
