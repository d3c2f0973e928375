import { expect, test } from 'vitest'
import { parseRoute, routeHref } from './route.ts'

test('an address is area, path and query', () => {
  expect(parseRoute('#/customers/0198/jobs?tab=open')).toEqual({ area: 'customers', path: ['0198', 'jobs'], query: { tab: 'open' } })
  expect(parseRoute('')).toEqual({ area: '', path: [], query: {} })
})

test('what is written is read back, whatever it contains', () => {
  const target = { area: 'customers', path: ['a/b', '100 %', '?'], query: { q: 'O\u2019Hara & sons #4' } }
  expect(parseRoute(routeHref(target))).toEqual(target)
})

test('a broken escape is taken as it stands', () => {
  expect(parseRoute('#/customers/100%').path).toEqual(['100%'])
})
