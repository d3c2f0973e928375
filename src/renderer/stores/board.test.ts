import { beforeEach, describe, expect, it } from 'vitest'
import { closeForm, forgetTyped, leaveBoard, noteTyped, openPanel, returnToForm, selectVisit, useBoardStore } from './board.ts'

const standing = () => {
  const { selectedId, panel, typed } = useBoardStore.getState()
  return { selectedId, panel: panel?.kind ?? null, typed }
}

describe('the form beside the board', () => {
  beforeEach(() => {
    leaveBoard()
    selectVisit('a')
    openPanel({ kind: 'assign' })
  })

  it('stays where another visit\u2019s act is done, and takes no focus then', () => {
    noteTyped()
    const { focusRequest } = useBoardStore.getState()
    closeForm('assign', 'b')
    expect([standing(), useBoardStore.getState().focusRequest]).toEqual([{ selectedId: 'a', panel: 'assign', typed: true }, focusRequest])
    closeForm('promise', 'a')
    expect(standing().panel).toBe('assign')
    closeForm('assign', 'a')
    expect(standing()).toEqual({ selectedId: 'a', panel: null, typed: false })
  })

  it('leads back only into what would be lost', () => {
    expect(returnToForm()).toBe(false)
    noteTyped()
    expect(returnToForm()).toBe(true)
    forgetTyped()
    expect(returnToForm()).toBe(false)
    for (const kind of ['crew', 'handOff'] as const) {
      openPanel({ kind })
      noteTyped()
      expect([kind, returnToForm()]).toEqual([kind, false])
    }
  })
})
