import { describe, expect, test } from 'vitest'
import { layOut, nextRow, visibleRange, WINDOW_ABOVE } from './tableLayout.ts'

const many = Array.from({ length: 5000 }, (_, index) => ({ id: index, group: index < 10 ? 'Late' : 'Today' }))

describe('rows of a list', () => {
  test('stand under their group, which takes room once', () => {
    const { items, totalHeight } = layOut(many.slice(8, 12), (row) => row.group, false)
    expect(items.map((item) => [item.kind, item.top])).toEqual([
      ['group', 0],
      ['row', 24],
      ['row', 56],
      ['group', 88],
      ['row', 112],
      ['row', 144],
    ])
    expect(totalHeight).toBe(176)
  })

  test('are all rendered while they are few, else those in sight and the one with the focus', () => {
    expect(visibleRange(layOut(many.slice(0, WINDOW_ABOVE), undefined, false).items, 0, 600, 0)).toHaveLength(WINDOW_ABOVE)
    const shown = visibleRange(layOut(many, undefined, false).items, 32_000, 640, 3)
    const indexes = shown.map((item) => (item.kind === 'row' ? item.index : -1))
    expect(indexes).toContain(3)
    expect(indexes).toContain(1000)
    expect(indexes).toContain(1019)
    expect(shown.length).toBeLessThan(50)
  })
})

describe('where a key leads', () => {
  test.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 4, 5],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 0, 0],
    ['ArrowUp', -1, 0],
    ['Home', 7, 0],
    ['End', 2, 9],
    ['PageDown', 2, 6],
    ['PageUp', 2, 0],
    ['x', 2, -1],
  ])('%s from row %i leads to %i', (key, from, to) => expect(nextRow(key, from, 10, 4)).toBe(to))

  test('nowhere in an empty list', () => expect(nextRow('ArrowDown', -1, 0, 4)).toBe(-1))
})
