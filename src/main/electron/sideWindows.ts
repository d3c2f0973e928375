import { BELONGS_TO, type SideWindow, WINDOW_PARAMETER, type WindowKind } from '../../shared/contract/windows.ts'
import type { WindowRequest } from '../core/shell.ts'
import { APP_ORIGIN } from './origin.ts'
import { onDisplays, type Rectangle, type WindowPlaces } from './windowPlaces.ts'

/** The parts of a BrowserWindow that are used, so that a small fake can stand in for it. */
export interface PlacedWindow {
  getNormalBounds(): Rectangle
  isMaximized(): boolean
  maximize(): void
  isMinimized(): boolean
  restore(): void
  show(): void
  focus(): void
  destroy(): void
  isDestroyed(): boolean
  on(event: 'close' | 'closed', handler: () => void): unknown
}

export interface SideWindowPorts {
  /**
   * Opens a window with Baton's own security around it.
   * @param focused false where nobody asked for this very window: somebody may be typing in another
   */
  readonly open: (address: string, bounds: Rectangle, focused: boolean) => PlacedWindow
  readonly showMain: () => void
  /** What of each display windows may cover, the first display's first. */
  readonly areas: () => readonly Rectangle[]
  readonly places: WindowPlaces
}

/** Where a window stands that was never open: beside nothing in particular, and large enough to read. */
const USUAL: Rectangle = { x: 80, y: 60, width: 1280, height: 800 }

/** Each opens on a display of its own the first time, as far as there are any. */
const FIRST_DISPLAY: Readonly<Record<SideWindow, number>> = { board: 1, map: 1, trays: 1, alerts: 2, wall: 2 }

export interface SideWindows {
  /** What a page asked for. */
  follow(request: WindowRequest): void
  /** The main window closes: the others go with it, and count as open the next time. */
  closeAll(): void
}

/** Where a window opens: where it stood, kept on a display that is there. */
export function placeFor(places: WindowPlaces, userId: string, kind: WindowKind, areas: readonly Rectangle[]): Rectangle & { readonly maximized: boolean } {
  const kept = places.get(userId, kind)
  if (kept) return onDisplays({ x: kept.x, y: kept.y, width: kept.width, height: kept.height, maximized: kept.maximized }, areas)
  const area = kind === 'main' ? areas[0] : (areas[FIRST_DISPLAY[kind]] ?? areas.at(-1))
  return onDisplays({ ...USUAL, x: (area?.x ?? 0) + USUAL.x, y: (area?.y ?? 0) + USUAL.y, maximized: kind === 'wall' }, areas)
}

/** Where a window stands now, as it is kept. */
export function placeOf(window: PlacedWindow): Rectangle & { readonly maximized: boolean } {
  const { x, y, width, height } = window.getNormalBounds()
  return { x, y, width, height, maximized: window.isMaximized() }
}

function bringForward(window: PlacedWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** The windows beside the main one. One of each kind; each is a page of the session that asked for it. */
export function createSideWindows({ open, showMain, areas, places }: SideWindowPorts): SideWindows {
  const windows = new Map<SideWindow, { readonly window: PlacedWindow; readonly userId: string }>()

  const openOne = (kind: SideWindow, { userId, clientId, what }: WindowRequest): void => {
    const { maximized, ...bounds } = placeFor(places, userId, kind, areas())
    // The session's id stands in the hash: it is in no request, and the page takes it out of its address at once.
    const window = open(`${APP_ORIGIN}/?${WINDOW_PARAMETER}=${kind}#${BELONGS_TO}${clientId}`, bounds, what.kind === 'show')
    if (maximized) window.maximize()
    windows.set(kind, { window, userId })
    places.put(userId, kind, { ...bounds, maximized, open: true })
    window.on('close', () => places.put(userId, kind, { ...placeOf(window), open: false }))
    window.on('closed', () => windows.delete(kind))
  }

  const show = (kind: WindowKind, request: WindowRequest): void => {
    if (kind === 'main') return showMain()
    const known = windows.get(kind)
    if (known && !known.window.isDestroyed()) bringForward(known.window)
    else openOne(kind, request)
  }

  return {
    follow(request) {
      const { what, userId } = request
      if (what.kind === 'show') return show(what.window, request)
      for (const kind of places.open(userId)) if (!windows.has(kind)) openOne(kind, request)
    },
    closeAll() {
      for (const [kind, { window, userId }] of [...windows]) {
        if (window.isDestroyed()) continue
        places.put(userId, kind, { ...placeOf(window), open: true })
        // It asks nobody, and says no `close`: it was left open.
        window.destroy()
      }
      windows.clear()
    },
  }
}
