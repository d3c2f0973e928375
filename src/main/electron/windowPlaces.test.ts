import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type KeptPlace, onDisplays, openWindowPlaces, type Rectangle } from './windowPlaces.ts'

const LEFT: Rectangle = { x: -1920, y: 0, width: 1920, height: 1040 }
const FIRST: Rectangle = { x: 0, y: 0, width: 2560, height: 1400 }

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-windows-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('leaves a window where it can be taken hold of, and brings it back where its display is gone', () => {
  const place = { x: -1800, y: 20, width: 1200, height: 900 }
  expect(onDisplays(place, [FIRST, LEFT])).toEqual(place)
  expect(onDisplays(place, [FIRST])).toEqual({ ...place, x: 0 })
  // A title bar above every display, or one that is nearly outside, could not be dragged.
  expect(onDisplays({ ...place, y: -300 }, [FIRST, LEFT])).toEqual({ ...place, y: 0 })
  expect(onDisplays({ x: 2540, y: 100, width: 800, height: 600 }, [FIRST])).toEqual({ x: 1760, y: 100, width: 800, height: 600 })
  expect(onDisplays({ x: 5000, y: 5000, width: 9000, height: 9000 }, [FIRST])).toEqual(FIRST)
})

it('always ends on a display that is there', () => {
  const size = fc.record({ width: fc.integer({ min: 640, max: 4000 }), height: fc.integer({ min: 480, max: 3000 }) })
  const spot = fc.record({ x: fc.integer({ min: -6000, max: 6000 }), y: fc.integer({ min: -6000, max: 6000 }) })
  const rectangle = fc.tuple(spot, size).map(([where, extent]): Rectangle => ({ ...where, ...extent }))
  fc.assert(
    fc.property(rectangle, fc.array(rectangle, { minLength: 1, maxLength: 4 }), (place, areas) => {
      const kept = onDisplays(place, areas)
      expect(areas.some((area) => kept.y >= area.y && kept.y < area.y + area.height && kept.x < area.x + area.width && kept.x + kept.width > area.x)).toBe(true)
      // Where it stands now it stays.
      expect(onDisplays(kept, areas)).toEqual(kept)
    }),
  )
})

it('keeps places for each person over a restart, and forgets what is damaged', () => {
  const path = join(folder, 'windows.json')
  const place: KeptPlace = { x: -1800, y: 20, width: 1200, height: 900, maximized: true, open: true }
  const places = openWindowPlaces(path)
  places.put('ana', 'trays', place)
  places.put('ana', 'wall', { ...place, open: false })
  places.put('theo', 'alerts', place)
  const again = openWindowPlaces(path)
  expect(again.get('ana', 'trays')).toEqual(place)
  expect(again.open('ana')).toEqual(['trays'])
  expect(again.open('theo')).toEqual(['alerts'])
  expect(again.open('nobody')).toEqual([])
  writeFileSync(path, readFileSync(path, 'utf8').replace('1200', '"wide"'))
  expect(openWindowPlaces(path).open('theo')).toEqual([])
})

it('opens windows although nothing can be written', () => {
  const places = openWindowPlaces(join(folder, 'no such folder', 'windows.json'))
  places.put('ana', 'trays', { x: 0, y: 0, width: 800, height: 600, maximized: false, open: true })
  expect(places.open('ana')).toEqual(['trays'])
})
