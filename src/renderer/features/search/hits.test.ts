import { expect, it } from 'vitest'
import type { SearchHit } from '../../../shared/contract/methods/search.ts'
import { groupHits, hitTarget } from './hits.ts'

const hit = (kind: SearchHit['kind'], id: string): SearchHit => ({ kind, id, customerId: 'c', title: id, detail: '', flag: '', phone: null })
const found = [hit('job', 'j1'), hit('customer', 'c1'), hit('job', 'j2'), hit('location', 'l1')]

it('keeps kinds in their places while letters are typed', () => {
  expect(groupHits(found, 'mar').map(({ id }) => id)).toEqual(['c1', 'l1', 'j1', 'j2'])
})

it('puts the kind that a number names best first', () => {
  expect(groupHits(found, '48213').map(({ id }) => id)).toEqual(['j1', 'j2', 'c1', 'l1'])
})

it('opens a location on its customer\u2019s page', () => {
  expect(hitTarget(hit('location', 'l1'))).toEqual({ area: 'customers', path: ['c'], query: { location: 'l1' } })
})

it('opens a lead in the inbox', () => {
  expect(hitTarget({ kind: 'lead', id: 'l1', customerId: '' })).toEqual({ area: 'leads', path: ['l1'] })
})
