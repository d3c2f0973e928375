import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type BookingDraft, emptyDraft, isBegun, isTyped, letGoOf, useBookingStore } from './booking.ts'

let kept: Map<string, string>

const begun = (more: Partial<BookingDraft>): BookingDraft => ({ ...emptyDraft('call/c', 'c'), customerId: 'june', who: 'June Haines', revision: 3, ...more })

/** On the page and in the browser, as after the first keystroke. */
function hold(draft: BookingDraft): void {
  useBookingStore.setState({ drafts: { [draft.key]: draft } })
  kept.set(`baton-booking:${draft.key}`, JSON.stringify(draft))
  kept.set(`baton-call-pin:${draft.key}`, '{}')
}

const here = (): BookingDraft | undefined => useBookingStore.getState().drafts['call/c']

beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('localStorage', { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, body: string) => kept.set(name, body), removeItem: (name: string) => kept.delete(name) })
})

describe('a call of which somebody has said how it ended', () => {
  it('leaves nothing where nothing was begun, and the screen that shows it keeps who it was', () => {
    hold(begun({}))
    letGoOf('c')
    expect([...kept.keys()]).toEqual([])
    expect(here()).toMatchObject({ customerId: 'june', who: 'June Haines', revision: 3 })
  })

  it('leaves what was begun for the call back of a lead', () => {
    hold(begun({ jobTypeId: 'tuneUp' }))
    letGoOf('c', isBegun)
    expect(kept.size).toBe(2)
    expect(here()?.jobTypeId).toBe('tuneUp')
  })

  it('leaves of what was no lead only what has words in it', () => {
    hold(begun({ jobTypeId: 'tuneUp', kind: 'billing' }))
    letGoOf('c', isTyped)
    expect([...kept.keys()]).toEqual([])
    expect(here()).toMatchObject({ jobTypeId: null, kind: null, customerId: 'june' })

    hold(begun({ jobTypeId: 'tuneUp', callNotes: 'Asks for the invoice of May.' }))
    letGoOf('c', isTyped)
    expect(kept.size).toBe(2)
    expect(here()?.callNotes).toBe('Asks for the invoice of May.')
  })

  it('leaves the draft whose alert dispatch goes by', () => {
    hold(begun({ alert: { id: 'a', kind: 'gas', withdrawn: false, chosen: true } }))
    letGoOf('c', isTyped)
    expect(here()?.alert?.id).toBe('a')
  })
})
