import { describe, expect, it } from 'vitest'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { at, visit } from './boardFixtures.ts'
import { othersWords } from './othersWords.ts'
import { wallClock } from './timeline/axis.ts'
import type { VisitChange } from './timeline/boardModel.ts'

const clock = wallClock('America/Chicago')
const nameOf = (technicianId: string): string => ({ theo: 'Theo Barnard', lena: 'Lena Ruiz' })[technicianId] ?? technicianId
const was = visit('Natarajan', 'theo', 13, 14)
const change = (to: Partial<BoardVisit>, by = 'Dana Wray'): VisitChange => ({ was, is: { ...was, version: 2, updatedBy: by, ...to } })
const said = (...changes: readonly VisitChange[]): string => othersWords(changes, clock, nameOf)

describe('what others change', () => {
  it('is said with who, what and where to', () => {
    expect(said(change({ technicianId: 'lena', startsAt: at(14.25), endsAt: at(15.25) }))).toBe('Dana Wray gave Natarajan to Lena Ruiz, 2:15 PM')
    expect(said(change({ startsAt: at(15), endsAt: at(16) }))).toBe('Dana Wray moved Natarajan to 3:00 PM')
    expect(said(change({ endsAt: at(15) }))).toBe('Dana Wray planned Natarajan until 3:00 PM')
    expect(said(change({ technicianId: null, startsAt: null, endsAt: null }))).toBe('Dana Wray took Natarajan off Theo Barnard')
    expect(said(change({ state: 'working' }, 'Theo Barnard'))).toBe('Theo Barnard made Natarajan working')
    expect(said(change({ summary: 'Two dogs' }))).toBe('Dana Wray changed Natarajan')
  })

  it('is counted where it is much, by person', () => {
    const later = change({ startsAt: at(15), endsAt: at(16) })
    expect(said(later, later, later, later)).toBe('Dana Wray moved Natarajan to 3:00 PM, and moved Natarajan to 3:00 PM, and changed 2 more')
    expect(said(later, change({ state: 'working' }, 'Theo Barnard'))).toBe('Dana Wray moved Natarajan to 3:00 PM. Theo Barnard made Natarajan working')
  })
})
