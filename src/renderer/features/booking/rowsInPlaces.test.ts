import { expect, it } from 'vitest'
import { rowsInPlaces } from './rowsInPlaces.ts'

const rows = (...ids: readonly string[]) => ids.map((id) => ({ id }))
const ids = (shown: readonly { readonly id: string }[]) => shown.map(({ id }) => id)

it('shows the most important rows first', () => {
  expect(ids(rowsInPlaces([], rows('a', 'b', 'c'), 2))).toEqual(['a', 'b'])
})

it('leaves rows where they are when a more important one comes', () => {
  expect(ids(rowsInPlaces(['a', 'b'], rows('new', 'a', 'b'), 2))).toEqual(['a', 'b'])
  expect(ids(rowsInPlaces(['a'], rows('new', 'a'), 2))).toEqual(['a', 'new'])
})

it('gives the place of a row that is gone to the next one, and moves no other', () => {
  expect(ids(rowsInPlaces(['a', 'b'], rows('b', 'c'), 2))).toEqual(['c', 'b'])
  expect(ids(rowsInPlaces(['a', 'b'], rows('b'), 2))).toEqual(['b'])
  expect(rowsInPlaces(['a'], [], 2)).toEqual([])
})
