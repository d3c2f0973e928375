import { expect, it } from 'vitest'
import { parseRoute } from '../../stores/route.ts'
import { showsDraft } from './draftKeys.ts'

const shows = (hash: string, key: string): boolean => showsDraft(parseRoute(hash), key, 'kim')

it('knows the address of a draft from that of another caller, another screen and one about to be picked up', () => {
  expect(shows('#/booking?call=a', 'call/a')).toBe(true)
  expect(shows('#/booking?draft=wait%2Fe', 'wait/e')).toBe(true)
  expect(shows('#/booking', 'new/by/kim')).toBe(true)
  expect(shows('#/booking?call=b', 'call/a')).toBe(false)
  expect(shows('#/customers/c?call=a', 'call/a')).toBe(false)
  expect(shows('#/booking?handed=h', 'new/by/kim')).toBe(false)
})
