import { SIDE_WINDOWS, type SideWindow } from '../../shared/contract/windows.ts'

/** Where a window stood in this browser, in CSS pixels of the whole desktop, and whether it was open when the person left. */
export interface BrowserPlace {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly open: boolean
}

export type BrowserPlaces = Readonly<Partial<Record<SideWindow, BrowserPlace>>>

const PREFIX = 'baton-windows:'

const isWhole = (value: unknown, least: number): value is number => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= 100_000

/** What was kept may be from another version, or damaged: whatever is not understood was never kept. */
export function readBrowserPlaces(text: string | null): BrowserPlaces {
  let kept: unknown
  try {
    kept = JSON.parse(text ?? 'null')
  } catch {
    return {}
  }
  if (typeof kept !== 'object' || kept === null) return {}
  const places: Partial<Record<SideWindow, BrowserPlace>> = {}
  for (const kind of SIDE_WINDOWS) {
    const place = (kept as Readonly<Record<string, unknown>>)[kind]
    if (typeof place !== 'object' || place === null) continue
    const { left, top, width, height, open } = place as Readonly<Record<string, unknown>>
    if (isWhole(left, -100_000) && isWhole(top, -100_000) && isWhole(width, 100) && isWhole(height, 100)) places[kind] = { left, top, width, height, open: open === true }
  }
  return places
}

export const placesOf = (userId: string): BrowserPlaces => readBrowserPlaces(localStorage.getItem(PREFIX + userId))

export function keepPlace(userId: string, kind: SideWindow, place: BrowserPlace): void {
  localStorage.setItem(PREFIX + userId, JSON.stringify({ ...placesOf(userId), [kind]: place }))
}

/** The words with which `window.open` is told where; empty where it was never open, so that the browser chooses. */
export function featuresOf(place: BrowserPlace | undefined): string {
  return place ? `popup,left=${place.left},top=${place.top},width=${place.width},height=${place.height}` : 'popup,width=1280,height=800'
}
