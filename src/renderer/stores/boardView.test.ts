import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { changeBoardView, readBoardView, recallBoardView, useBoardView } from './boardView.ts'

const USUAL = readBoardView(null)

describe('how somebody likes to see the board', () => {
  const kept = new Map<string, string>()
  beforeEach(() => {
    kept.clear()
    vi.stubGlobal('localStorage', { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, text: string) => kept.set(name, text) })
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is kept for each person', () => {
    recallBoardView('dana')
    changeBoardView({ days: 7, grouping: 'skill', hiddenIds: ['theo'] })
    recallBoardView('rosa')
    expect(useBoardView.getState()).toEqual(USUAL)
    recallBoardView('dana')
    expect(useBoardView.getState()).toEqual({ ...USUAL, days: 7, grouping: 'skill', hiddenIds: ['theo'] })
  })

  it('is as usual where what was kept is not understood', () => {
    expect(readBoardView('{"days":3,"grouping":"moon","dayZoom":-1,"hiddenIds":[1,"a"],"unitId":5}')).toEqual({ ...USUAL, hiddenIds: ['a'] })
    expect(['', '[', '7', 'null'].map(readBoardView)).toEqual([USUAL, USUAL, USUAL, USUAL])
  })
})
