import { describe, expect, it } from 'vitest'
import { readMapStanding } from './mapView.ts'

const USUAL = { view: null, filter: { technicianId: null, unitId: null }, list: 'visits', technicianId: null }

describe('how the map stood', () => {
  it('is as it was left, and as usual where nothing was kept or what was kept is not understood', () => {
    const left = { view: { x: 0.25, y: 0.37, zoom: 11.5 }, filter: { technicianId: 'wes', unitId: null }, list: 'technicians', technicianId: 'wes' }
    expect(readMapStanding(JSON.stringify(left))).toEqual(left)
    for (const text of [null, '', '{', '[]', '7', '{"view":{"x":7,"y":0,"zoom":9},"filter":3,"list":"x"}', '{"view":{"x":"0"}}']) expect(readMapStanding(text)).toEqual(USUAL)
  })
})
