import { describe, expect, it } from 'vitest'
import { CONNECTION_LOST, RequestError } from '../../api/errors.ts'
import { type BookingDraft, emptyDraft } from '../../stores/booking.ts'
import { isOthers, joined } from './twoCopies.ts'

const came: BookingDraft = { ...emptyDraft('call/c', 'c'), summary: 'No cooling', callNotes: 'Gate 12', revision: 7 }

describe('a draft that was handed over', () => {
  it('goes from this desk only where the office says that somebody else has it', () => {
    for (const code of ['draft.taken', 'draft.takenBack', 'draft.dropped']) expect(isOthers(new RequestError({ code, message: '' }))).toBe(true)
    expect(isOthers(new RequestError(CONNECTION_LOST))).toBe(false)
    expect(isOthers(new RequestError({ code: 'draft.unknown', message: '' }))).toBe(false)
    expect(isOthers(new TypeError('of this page'))).toBe(false)
  })

  it('takes in the notes of the call that was begun here', () => {
    const here = { ...emptyDraft('call/c', 'c'), callNotes: 'Calls from the car', revision: 9 }
    expect(joined(came, here)).toMatchObject({ summary: 'No cooling', callNotes: 'Gate 12\nCalls from the car', revision: 9 })
    expect(joined(came, emptyDraft('call/c', 'c'))).toBe(came)
    expect(joined(came, undefined)).toBe(came)
  })

  it('keeps what was typed in it here after an answer was lost', () => {
    const here = { ...came, summary: 'No cooling since Sunday', revision: 9 }
    expect(joined(came, here)).toBe(here)
    expect(joined({ ...came, summary: 'No cooling upstairs', revision: 12 }, here).summary).toBe('No cooling upstairs')
  })
})
