import { expect, it } from 'vitest'
import { featuresOf, readBrowserPlaces } from './windowPlaces.ts'

const PLACE = { left: -1920, top: 0, width: 1280, height: 900, open: true }

it('reads what it kept, and nothing of what is damaged', () => {
  expect(readBrowserPlaces(JSON.stringify({ trays: PLACE, nonsense: PLACE }))).toEqual({ trays: PLACE })
  expect(readBrowserPlaces(JSON.stringify({ trays: { ...PLACE, width: '1280' }, wall: { ...PLACE, open: 1 } }))).toEqual({ wall: { ...PLACE, open: false } })
  for (const text of [null, '', '[', '7', 'null', '{"trays":null}']) expect(readBrowserPlaces(text)).toEqual({})
})

it('tells the browser where, to the left of the main screen too', () => {
  expect(featuresOf(PLACE)).toBe('popup,left=-1920,top=0,width=1280,height=900')
  expect(featuresOf(undefined)).toBe('popup,width=1280,height=800')
})
