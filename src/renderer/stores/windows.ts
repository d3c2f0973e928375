import { SIDE_WINDOWS, type SideWindow, WINDOW_PARAMETER, type WindowKind, type WindowMessage, windowMessage } from '../../shared/contract/windows.ts'
import { rememberedClientId } from '../api/api.ts'
import { inRoom } from '../api/room.ts'

/**
 * The windows of one session: which one this is, which others there are, and what they say to each other. They speak over a
 * BroadcastChannel of the session's own, beside the backend: it is there in both hosts, works while the connection is away, never
 * waits behind a command, and where somebody looks is nothing that a store should know.
 */

function readKind(): SideWindow | null {
  if (typeof location === 'undefined') return null
  const asked = new URLSearchParams(location.search).get(WINDOW_PARAMETER)
  return SIDE_WINDOWS.find((kind) => kind === asked) ?? null
}

/** Which window beside the main one this page is; null for the main one. */
export const sideWindow: SideWindow | null = readKind()

const ownKind: WindowKind = sideWindow ?? 'main'
const ownId = typeof crypto === 'undefined' ? '' : crypto.randomUUID()

const listeners = new Set<(message: WindowMessage) => void>()
const others = new Map<string, WindowKind>()
let channel: BroadcastChannel | null = null

export function tellWindows(message: WindowMessage): void {
  channel?.postMessage(message)
}

/** Listens to the other windows of this session; returns how to stop. */
export function hearWindows(listener: (message: WindowMessage) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Asks every other window to say that it is there, and what it shows. */
export function askWindows(): void {
  tellWindows({ t: 'here', id: ownId, kind: ownKind, asks: true })
}

/** Whether another window of this kind is open. */
export const isOpen = (kind: WindowKind): boolean => [...others.values()].includes(kind)

function hear(data: unknown): void {
  const read = windowMessage.safeParse(data)
  if (!read.success) return
  const message = read.data
  if (message.t === 'here') {
    others.set(message.id, message.kind)
    if (message.asks) tellWindows({ t: 'here', id: ownId, kind: ownKind, asks: false })
  } else if (message.t === 'gone') others.delete(message.id)
  for (const listener of [...listeners]) listener(message)
}

let holdsCalls = true
const holders = new Set<() => void>()

/**
 * Whether calls are this page's to pop up and to answer. A tab that was duplicated is the same session once more: the first that is
 * open has them, the next one when it is closed.
 */
export const hasCalls = (): boolean => holdsCalls

export function watchCallsHolder(listener: () => void): () => void {
  holders.add(listener)
  return () => void holders.delete(listener)
}

function becomeHolder(holds: boolean): void {
  if (holdsCalls === holds) return
  holdsCalls = holds
  for (const listener of [...holders]) listener()
}

const FOREVER = new Promise<never>(() => undefined)

/** Holds the session's one lock for calls as long as the page is there; the browser lets go of it with the page. */
function claimCalls(name: string): void {
  const { locks } = navigator
  void locks.request(name, { ifAvailable: true }, (lock) => {
    if (lock) return FOREVER
    becomeHolder(false)
    void locks.request(name, () => {
      becomeHolder(true)
      return FOREVER
    })
    return undefined
  })
}

const callsLock = (): string => `baton-calls:${rememberedClientId()}`

/** Whether the main window is there, also where it fell without a word: the browser lets go of its lock. */
export async function mainIsThere(): Promise<boolean> {
  const { held } = await navigator.locks.query()
  return held?.some(({ name }) => name === callsLock()) ?? false
}

/** The name under which a browser finds a window again. */
export const windowName = (kind: WindowKind): string => `baton-${kind}`

/** Called once, by the page's beginning. A practice room has one page and no other windows. */
export function joinWindows(): void {
  if (inRoom()) return
  const session = rememberedClientId()
  channel = new BroadcastChannel(`baton-windows:${session}`)
  channel.addEventListener('message', ({ data }) => hear(data))
  askWindows()
  window.addEventListener('pagehide', () => tellWindows({ t: 'gone', id: ownId, kind: ownKind }))
  // A page that comes back from the browser's cache is there again.
  window.addEventListener('pageshow', ({ persisted }) => (persisted ? askWindows() : undefined))
  window.name = windowName(ownKind)
  if (sideWindow === null) claimCalls(callsLock())
}
