import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { SIDE_WINDOWS, type SideWindow, WINDOW_KINDS, type WindowKind } from '../../shared/contract/windows.ts'

/** In the pixels that windows are placed with, over all displays: the one to the left of the first begins below zero. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const pixel = z.int().min(-100_000).max(100_000)

const keptPlace = z.object({ x: pixel, y: pixel, width: z.int().min(100).max(100_000), height: z.int().min(100).max(100_000), maximized: z.boolean(), open: z.boolean() })

/** Where a window stood, and whether it was open when Baton was left. */
export type KeptPlace = z.output<typeof keptPlace>

const keptPlaces = z.record(z.string(), z.partialRecord(z.enum(WINDOW_KINDS), keptPlace))

/** So much of its top edge must be on a display, or nobody could take hold of it. */
const HOLD_WIDTH = 120
const HOLD_HEIGHT = 40

const shared = (from: number, to: number, otherFrom: number, otherTo: number): number => Math.min(to, otherTo) - Math.max(from, otherFrom)

function overlap(one: Rectangle, other: Rectangle): number {
  const across = shared(one.x, one.x + one.width, other.x, other.x + other.width)
  const down = shared(one.y, one.y + one.height, other.y, other.y + other.height)
  return across > 0 && down > 0 ? across * down : 0
}

/** Whether its top edge can be taken hold of on this display. */
function canBeHeld({ x, y, width }: Rectangle, area: Rectangle): boolean {
  return shared(x, x + width, area.x, area.x + area.width) >= Math.min(HOLD_WIDTH, width) && y >= area.y && y + HOLD_HEIGHT <= area.y + area.height
}

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, Math.max(least, most)))

/**
 * Keeps a window on a display that is there: as it was where it can be taken hold of, else on the display that it covers most of, or
 * the first one, no larger than that.
 * @param areas what of each display windows may cover, the first display's first; never empty
 */
export function onDisplays<Place extends Rectangle>(place: Place, areas: readonly Rectangle[]): Place {
  const [first] = areas
  if (!first || areas.some((area) => canBeHeld(place, area))) return place
  const best = areas.reduce((most, area) => (overlap(place, area) > overlap(place, most) ? area : most), first)
  const [width, height] = [Math.min(place.width, best.width), Math.min(place.height, best.height)]
  return { ...place, width, height, x: within(place.x, best.x, best.x + best.width - width), y: within(place.y, best.y, best.y + best.height - height) }
}

export interface WindowPlaces {
  get(userId: string, kind: WindowKind): KeptPlace | undefined
  put(userId: string, kind: WindowKind, place: KeptPlace): void
  /** Which windows this person had open. */
  open(userId: string): readonly SideWindow[]
}

/** Whose place the main window's is: it is there before anybody has signed in. */
export const NOBODY = ''

/**
 * Where windows stood at this workstation, for each person, in a file: monitors are the workstation's and nothing of the company.
 * What can't be read was never kept; what can't be written is forgotten, because no window may fail to open for it.
 */
export function openWindowPlaces(path: string): WindowPlaces {
  let places: z.output<typeof keptPlaces> = {}
  try {
    places = keptPlaces.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // The first start, or a damaged file: every window opens where it usually does.
  }
  return {
    get: (userId, kind) => places[userId]?.[kind],
    put(userId, kind, place) {
      places = { ...places, [userId]: { ...places[userId], [kind]: place } }
      try {
        writeFileSync(`${path}.new`, JSON.stringify(places))
        renameSync(`${path}.new`, path)
      } catch {
        // The disk is full: the place is known until Baton ends.
      }
    },
    open: (userId) => SIDE_WINDOWS.filter((kind) => places[userId]?.[kind]?.open === true),
  }
}
