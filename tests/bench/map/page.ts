import type { BoardDay, BoardVisit } from '../../../src/shared/contract/methods/dispatch.ts'
import { at, technician, visit } from '../../../src/renderer/features/board/boardFixtures.ts'
import { loadBorders } from '../../../src/renderer/features/map/borders.ts'
import { mapDayOf, pointsOf } from '../../../src/renderer/features/map/mapDay.ts'
import { fitted, type MapView, panned } from '../../../src/renderer/features/map/mercator.ts'
import { MapPainter } from '../../../src/renderer/features/map/painter.ts'
import { groundOf } from '../../../src/renderer/features/map/ground.ts'

/** The map of 500 technicians and 2,000 visits over one metropolitan area, painted by the product's own painter. */

export interface MapRun {
  /** From the board's answer to what the map shows, ms. */
  readonly model: number
  /** The first picture, synchronous. */
  readonly first: number
  /** Each frame of a pan, and each press of zoom, from the hand to the end of painting. */
  readonly pans: readonly number[]
  readonly zooms: readonly number[]
  /** Between frames while it is panned. */
  readonly frames: readonly number[]
}

declare global {
  interface Window {
    runMap: () => Promise<MapRun>
  }
}

const EXTENT = { width: 1176, height: 772 }
const [TECHNICIANS, EACH] = [500, 4] as const
const STATES = ['done', 'working', 'dispatched', 'confirmed', 'scheduled', 'hold'] as const

/** The same places at every run, spread about as houses are. */
function chance(): () => number {
  let seed = 1
  return () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
}

function crowdedDay(): BoardDay {
  const next = chance()
  const place = () => ({ latitude: Math.round(41_850_000 + (next() + next() - 1) * 350_000), longitude: Math.round(-87_750_000 + (next() + next() - 1) * 400_000) })
  const technicians = Array.from({ length: TECHNICIANS }, (_, index) => technician(`t${index}`, 7, 17, [], { name: `Tess ${index}`, home: place() }))
  const planned = technicians.flatMap(({ id }, row) =>
    Array.from({ length: EACH }, (_, index): BoardVisit => visit(`${id} ${index}`, id, 8 + index * 2, 9 + index * 2, { ...place(), state: STATES[(row + index) % STATES.length] ?? 'confirmed', dispatchedAt: at(8), arrivedAt: at(8) })),
  )
  const legs = planned.map(({ id, technicianId }, index) => ({ technicianId: technicianId ?? '', fromVisitId: index % EACH === 0 ? null : (planned[index - 1]?.id ?? null), toVisitId: id, startsAt: 0, endsAt: 0, minutes: 20 }))
  return { day: '2026-07-14', zone: 'America/Chicago', zeroAt: at(0), dayStarts: [at(0)], endsAt: at(24), groups: [{ id: 'hvac', name: 'HVAC', technicians }], planned, legs, unassigned: [], hold: [], toCloseOut: [], unlisted: { unassigned: 0, hold: 0, toCloseOut: 0 }, holdReasons: [], cancelReasons: [] }
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))

window.runMap = async () => {
  const canvas = document.querySelector('canvas')
  if (!canvas) throw new Error('No canvas')
  const day = crowdedDay()
  const ground = groundOf(Array.from({ length: 60 }, (_, index) => ({ postalCode: `606${index}`, city: 'Chicago', places: 9, outline: [0, 1, 2, 3, 4, 5].map((corner) => ({ latitude: 41_600_000 + (index % 8) * 60_000 + Math.round(Math.sin(corner) * 25_000), longitude: -88_050_000 + Math.floor(index / 8) * 80_000 + Math.round(Math.cos(corner) * 30_000) })) })))
  const begun = performance.now()
  const map = mapDayOf(day, at(13))
  const model = performance.now() - begun
  const painter = new MapPainter(canvas, () => undefined)
  let view: MapView = fitted(pointsOf(map), EXTENT)
  painter.show({ day: map, ground, borders: await loadBorders(), selectedId: 't7 1', technicianId: 't7', isDark: false, pictures: null })
  painter.look(view)
  /** A size that is set paints at once: so the painting itself is timed, not the wait for a frame. */
  const paint = (): number => {
    painter.look(view)
    const from = performance.now()
    painter.resize(EXTENT, 1)
    return performance.now() - from
  }
  const first = paint()
  const [pans, zooms, frames]: [number[], number[], number[]] = [[], [], []]
  for (let step = 0; step < 40; step++) {
    view = panned(view, step < 20 ? 9 : -9, 3)
    pans.push(paint())
    await frame()
  }
  // As a hand does it: where one looks is said, and the painter draws with the next frame.
  let last = await frame()
  for (let step = 0; step < 120; step++) {
    view = panned(view, step < 60 ? 9 : -9, 3)
    painter.look(view)
    const now = await frame()
    frames.push(now - last)
    last = now
  }
  for (let step = 0; step < 16; step++) {
    view = { ...view, zoom: view.zoom + (step < 8 ? 0.5 : -0.5) }
    zooms.push(paint())
    await frame()
  }
  return { model, first, pans, zooms, frames }
}
