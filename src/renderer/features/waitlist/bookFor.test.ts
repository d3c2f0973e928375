import { describe, expect, it } from 'vitest'
import type { WaitListEntry } from '../../../shared/contract/methods/waitlist.ts'
import { draftFor, newsFor } from './bookFor.ts'

const HOUR = 3_600_000
const offer = (startsAt: number): NonNullable<WaitListEntry['offer']> => ({ day: '2026-07-15', start: 480, end: 600, zone: 'UTC', startsAt, endsAt: startsAt + 2 * HOUR, until: startsAt })
const entry = (offered: WaitListEntry['offer']) => ({
  entryId: 'e',
  customerId: 'c',
  customerName: 'Mia Castellan',
  locationId: null,
  jobTypeId: 't',
  businessUnitId: 'u',
  summary: 'Smells gas at the heater',
  offer: offered,
})

describe('booking somebody from the wait list', () => {
  it('brings what the list knows, with the time that came free', () => {
    expect(draftFor(entry(offer(HOUR)))).toMatchObject({ key: 'wait/e', waitEntryId: 'e', who: 'Mia Castellan', window: { startsAt: HOUR }, brought: { summary: 'Smells gas at the heater', offerAt: HOUR } })
  })

  it('begun once, is gone on with: only another time that came free is put in, and read back anew', () => {
    const begun = { ...draftFor(entry(null)), notes: 'Dog in the yard' }
    expect(newsFor(begun, entry(null))).toBeNull()
    expect(newsFor(begun, entry(offer(HOUR)))).toMatchObject({ window: { startsAt: HOUR }, readBack: [false, false, false, false], brought: { offerAt: HOUR } })
    const offered = draftFor(entry(offer(HOUR)))
    // A window that was chosen instead of the offer stays while the offer is the same.
    expect(newsFor(offered, entry(offer(HOUR)))).toBeNull()
    expect(newsFor(offered, entry(null))).toBeNull()
    expect(newsFor(offered, entry(offer(2 * HOUR)))?.window?.startsAt).toBe(2 * HOUR)
  })
})
