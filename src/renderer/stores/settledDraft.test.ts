import { describe, expect, it } from 'vitest'
import { type BookingDraft, emptyDraft } from './booking.ts'
import { isStillTyped } from './settledDraft.ts'

const begun: BookingDraft = { ...emptyDraft('call/c', 'c'), summary: 'The fauce', revision: 4 }
const typed = (change: Partial<BookingDraft>): BookingDraft => ({ ...begun, savedAt: begun.savedAt + 80, revision: begun.revision + 1, ...change })

describe('a draft while a sentence is typed', () => {
  it('is still the one on the screen where only letters have come', () => {
    expect(isStillTyped(begun, typed({ summary: 'The faucet' }))).toBe(true)
    expect(isStillTyped(typed({ callNotes: '' }), typed({ callNotes: 'ab', summary: 'The' }))).toBe(true)
  })

  it('is another where anything else has changed', () => {
    expect(isStillTyped(begun, typed({ summary: 'The faucet', priorityId: 'p' }))).toBe(false)
    expect(isStillTyped(begun, typed({ path: { ...begun.path } }))).toBe(false)
  })
})
