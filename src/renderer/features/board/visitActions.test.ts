import { describe, expect, it } from 'vitest'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { APPOINTMENT_STATES } from '../../../shared/domain/dispatch/tables.ts'
import { actionsFor, mainAction, resumeState } from './visitActions.ts'

const visit = (more: Partial<BoardVisit>): BoardVisit => ({ state: 'scheduled', technicianId: 'theo', arrivedAt: null, dispatchedAt: null, closedOutAt: null, invoiced: false, ...more }) as BoardVisit

const keys = (more: Partial<BoardVisit>): string => actionsFor(visit(more)).map(({ key }) => key).join(' ')

describe('actionsFor', () => {
  it('offers what the state allows, each under its own key', () => {
    expect(APPOINTMENT_STATES.map((state) => `${state}: ${keys({ state })}`)).toEqual([
      'scheduled: A Y D H X K G P V S Backspace',
      'confirmed: A D H X K G P V S B Backspace',
      'dispatched: A W H X K G P V S B Backspace',
      'working: F H X K G S B',
      'hold: A H X K G P V S Backspace',
      'done: C B',
      'canceled: V B',
    ])
  })

  it('sends nobody where there is nobody, and touches nothing that is invoiced', () => {
    expect(keys({ technicianId: null })).toBe('A Y H X K P V S')
    expect(keys({ state: 'done', invoiced: true })).toBe('')
  })

  it('leads with the next step', () => {
    const main = (more: Partial<BoardVisit>): string | undefined => mainAction(visit(more), actionsFor(visit(more)))?.key
    expect(APPOINTMENT_STATES.map((state) => main({ state }))).toEqual(['D', 'D', 'W', 'F', undefined, 'C', undefined])
    expect([main({ technicianId: null }), main({ state: 'hold', arrivedAt: 1 })]).toEqual(['A', 'H'])
  })

  it('resumes a held visit where it stopped', () => {
    expect([{ arrivedAt: 1, dispatchedAt: 1 }, { dispatchedAt: 1 }, {}, { dispatchedAt: 1, technicianId: null }].map((more) => resumeState(visit({ state: 'hold', ...more })))).toEqual([
      'working',
      'dispatched',
      'scheduled',
      'scheduled',
    ])
  })
})
