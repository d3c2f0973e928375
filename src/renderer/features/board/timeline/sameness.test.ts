import { describe, expect, it } from 'vitest'
import type { BoardVisit } from '../../../../shared/contract/methods/dispatch.ts'
import { visit } from '../boardFixtures.ts'
import { sameLegs, sameVisit } from './sameness.ts'

/** Every field there is, those too that may be missing: a field that is added to the contract is missing here until it is compared. */
const WHOLE: Required<BoardVisit> = { ...visit('a', 'theo', 8, 9), promisedTechnicianId: null, promisedAt: null, waiverMissing: false, promise: { dueAt: 1, openedAt: 0, nextStep: 'Call', holder: 'Rosa' } }

function changed(value: unknown): unknown {
  if (Array.isArray(value)) return [...(value as readonly unknown[]), 'more']
  if (typeof value === 'object' && value !== null) return { ...value, dueAt: 2 }
  return typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}.`
}

describe('what is the same', () => {
  it('is a visit of which every field says the same', () => {
    expect(sameVisit(WHOLE, structuredClone(WHOLE))).toBe(true)
    for (const [field, value] of Object.entries(WHOLE)) expect([field, sameVisit(WHOLE, { ...structuredClone(WHOLE), [field]: changed(value) })]).toEqual([field, false])
  })

  it('are drives of which every field says the same', () => {
    const leg = { technicianId: 'theo', toVisitId: 'a', startsAt: 1, endsAt: 2, minutes: 1 }
    expect(sameLegs([leg], [{ ...leg }])).toBe(true)
    expect(sameLegs(undefined, [])).toBe(true)
    for (const [field, value] of Object.entries(leg)) expect([field, sameLegs([leg], [{ ...leg, [field]: changed(value) }])]).toEqual([field, false])
    expect(sameLegs([leg], [leg, leg])).toBe(false)
  })
})
