import { WINDOW_PARAMETER, type SideWindow, type WindowKind } from '../../../shared/contract/windows.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { routeHref } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import { isOpen, mainIsThere, windowName } from '../../stores/windows.ts'
import { featuresOf, placesOf } from '../../stores/windowPlaces.ts'
import { windowInfo } from './windowList.ts'

const inElectron = (): boolean => window.baton !== undefined

const BLOCKED = 'The browser kept the window back. Allow pop-ups for this address, then press the key again.'

const isEmpty = (opened: Window): boolean => opened.location.href === 'about:blank'

function openInBrowser(kind: SideWindow, userId: string): boolean {
  // An empty address finds a window that is open without loading it anew; one that is not begins empty.
  const opened = window.open('', windowName(kind), featuresOf(placesOf(userId)[kind]))
  if (!opened) return false
  if (isEmpty(opened)) opened.location.replace(`${location.pathname}?${WINDOW_PARAMETER}=${kind}${routeHref({ area: windowInfo(kind).area })}`)
  opened.focus()
  return true
}

/** Opens a window where it stood last, or brings it to the front. In a browser it must follow from a key or a press. */
export function showWindow(kind: SideWindow, userId: string): void {
  if (inElectron()) api.action('window.show', { kind }).catch((thrown: unknown) => toast(asContractError(thrown).message))
  else if (!openInBrowser(kind, userId)) toast(BLOCKED)
}

/** Brings a window that is open to the front, as far as the browser lets it. */
export function bringToFront(kind: WindowKind): void {
  if (!isOpen(kind)) return
  if (inElectron()) {
    api.action('window.show', { kind }).catch(() => undefined)
    return
  }
  const found = window.open('', windowName(kind))
  // One that no window of this group opened can't be reached: what came instead is empty.
  if (found && isEmpty(found)) found.close()
  else found?.focus()
}

export interface ForMain {
  readonly tell: () => void
  /** It comes to the front. */
  readonly front: boolean
  /** Where it opens, if it was closed. */
  readonly hash?: string
  /** Told here: a browser may keep the main window behind this one. */
  readonly said?: string
}

/** Has something done in the main window; where that was closed, it is opened. In a browser it must follow from a key or a press. */
export async function reachMain({ tell, front, hash = '', said }: ForMain): Promise<void> {
  if (inElectron() || (await mainIsThere())) {
    tell()
    if (front) bringToFront('main')
    if (said !== undefined) toast(said)
    return
  }
  toast(window.open(`${location.pathname}${hash}`, windowName('main')) ? 'The main window was closed. It is open again, and has your calls.' : `The main window is closed, and nothing answers calls. ${BLOCKED}`)
}

/** The windows that were open when this person left, and are not now. */
export const leftOpen = (userId: string): readonly SideWindow[] =>
  Object.entries(placesOf(userId)).flatMap(([kind, place]) => (place.open && !isOpen(kind as SideWindow) ? [kind as SideWindow] : []))

/** Opens again what was open. A browser lets one window follow from a key; the others once pop-ups are allowed. */
export function openAgain(userId: string): void {
  const wanted = leftOpen(userId)
  const opened = wanted.filter((kind) => openInBrowser(kind, userId))
  if (opened.length < wanted.length) toast(`The browser let ${opened.length} of ${wanted.length} windows open. Allow pop-ups for this address, then all of them come.`)
}

/** In Electron the main process knows what was open, and where. */
export function reopenInElectron(): void {
  if (inElectron()) api.action('window.reopen', {}).catch(() => undefined)
}
