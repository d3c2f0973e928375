import { describe, expect, it } from 'vitest'
import { EMPTY_PERSON, emptyDraft, type BookingDraft } from '../../stores/booking.ts'
import { draftAbout, draftTarget, draftWho, listedDrafts, nextDraft } from './draftList.ts'

const draft = (key: string, more: Partial<BookingDraft> = {}): BookingDraft => ({ ...emptyDraft(key, null), begunAt: 0, ...more })
const byKey = (...drafts: readonly BookingDraft[]): Readonly<Record<string, BookingDraft>> => Object.fromEntries(drafts.map((one) => [one.key, one]))
const NONE: ReadonlySet<string> = new Set()

describe('the drafts of a desk', () => {
  it('stand in the order in which they were begun, whatever is typed last', () => {
    const [early, late] = [draft('b', { begunAt: 1, summary: 'Leak', savedAt: 90 }), draft('a', { begunAt: 2, summary: 'No heat', savedAt: 10 })]
    expect(listedDrafts(byKey(late, early), null, NONE).map(({ key }) => key)).toEqual(['b', 'a'])
  })

  it('leave out what nobody has touched, but for the one on the screen and for calls that are up', () => {
    const drafts = byKey(draft('typed', { begunAt: 1, notes: 'Gate' }), draft('untouched', { begunAt: 2 }), draft('shown', { begunAt: 3 }), draft('up', { begunAt: 4, callId: 'c' }))
    expect(listedDrafts(drafts, 'shown', new Set(['c'])).map(({ key }) => key)).toEqual(['typed', 'shown', 'up'])
  })

  it('go round, and end where there is only one', () => {
    const listed = [draft('a'), draft('b'), draft('c')]
    expect(nextDraft(listed, 'a')?.key).toBe('b')
    expect(nextDraft(listed, 'c')?.key).toBe('a')
    expect(nextDraft(listed, null)?.key).toBe('a')
    expect(nextDraft([draft('a')], 'a')).toBeUndefined()
    expect(nextDraft([], null)).toBeUndefined()
  })

  it('say who is calling as well as one knows', () => {
    const call = { name: 'Whitfield', fromNumber: '+15550142210' }
    expect(draftWho({ who: 'Nora Whitfield', newPerson: null }, call)).toBe('Nora Whitfield')
    expect(draftWho({ who: '', newPerson: { ...EMPTY_PERSON, firstName: 'Nora', lastName: 'W' } }, call)).toBe('Nora W')
    expect(draftWho({ who: '', newPerson: null }, call)).toBe('Whitfield')
    expect(draftWho({ who: '', newPerson: null }, { ...call, name: null })).toBe('(555) 014-2210')
    expect(draftWho({ who: '', newPerson: null }, null)).toBe('New caller')
  })

  it('say what was begun, and open where they are worked', () => {
    expect(draftAbout(draft('a', { summary: 'No heat' }))).toMatch(/^No heat, \d+ things left to ask$/)
    expect(draftTarget(draft('call/x', { callId: 'x' }))).toEqual({ area: 'booking', query: { call: 'x' } })
    expect(draftTarget(draft('wait/y'))).toEqual({ area: 'booking', query: { draft: 'wait/y' } })
  })
})
