import { describe, expect, it } from 'vitest'
import { MAX_DRAFT_CHARACTERS } from '../../../shared/domain/drafts/commands.ts'
import { withoutPrices } from '../../../shared/domain/drafts/prices.ts'
import { contentInput } from '../../../shared/domain/scripts/content.ts'
import { shippedScript } from '../../../shared/domain/scripts/shipped.ts'
import { emptyDraft } from '../../stores/booking.ts'
import type { CallPin } from '../../stores/callPin.ts'
import { scriptOf } from '../scripts/draftScript.ts'
import { packed, unpacked } from './handedBody.ts'

// As it comes through the contract, whose answers are not read-only.
const content = contentInput.parse(shippedScript('booking').content)
const published = (versionId: string, jobTypeId: string | null = null) => ({ ...shippedScript('booking'), content, scriptId: versionId, versionId, jobTypeId })

const item = { id: 'i', code: 'HV-100', name: 'Diagnostic', description: '', kind: 'service' as const, businessUnitId: null, priceCents: 8900 }
const jobType = { id: 'cooling', name: 'No cooling', businessUnitId: 'hvac', durationMinutes: 90, skills: [], defaultPriorityId: 'p', defaultItem: item }
const pin: CallPin = {
  begunAt: 1,
  form: { companyName: 'Copper Ridge', zone: 'America/Chicago', opensAt: 480, closesAt: 1020, businessUnits: [], jobTypes: [jobType], priorities: [], paymentForms: [], leadSources: [], technicians: [], pricesHidden: false },
  words: { scripts: [published('version-4')], specials: [{ id: 's', name: 'Tune-up', kind: 'special', words: 'Tune-ups for $89.', fromDay: '2026-01-01', toDay: '2026-12-31', businessUnitId: null }] },
  triage: true,
}
const draft = { ...emptyDraft('call/x', 'x'), jobTypeId: 'cooling', answers: { q: 'yes' }, summary: 'No cool' }

describe('a draft that is handed over', () => {
  it('brings what its call began with: the same version is gone on with', () => {
    const came = unpacked('call/x', packed({ draft, pin }))
    expect(came).toEqual({ draft, pin })
    expect(came?.pin && scriptOf({ ...came.draft }, { ...came.pin, triage: false }).versionId).toBe('version-4')
  })

  it('leaves behind the scripts that do not fit where they are too many to carry, and never words that were typed', () => {
    const many = Array.from({ length: 60 }, (_, index) => published(`other-${index}`, `type-${index}`))
    const came = unpacked('call/x', packed({ draft, pin: { ...pin, words: { ...pin.words, scripts: [...many, published('version-4')] } } }))
    expect(came?.draft).toEqual(draft)
    expect(came?.pin?.words.scripts.map(({ versionId }) => versionId)).toEqual(['version-4'])
    const long = { ...draft, notes: 'x'.repeat(MAX_DRAFT_CHARACTERS - 2000) }
    expect(unpacked('call/x', packed({ draft: long, pin }))).toEqual({ draft: long, pin: null })
  })

  it('of an older Baton, without what its call began with, is read all the same', () => {
    expect(unpacked('call/x', JSON.stringify({ summary: 'No cool' }))).toMatchObject({ draft: { key: 'call/x', summary: 'No cool', answers: {}, alert: null }, pin: null })
    expect(unpacked('call/x', 'no draft')).toBeNull()
  })

  it('shows no price to who must not see them', () => {
    const body = withoutPrices(packed({ draft: { ...draft, lines: [{ id: 'l', priceItemId: 'i', kind: 'service', name: 'Diagnostic', priceCents: 8900, quantity: '1', fromJobType: true }] }, pin }))
    expect(body).not.toMatch(/8900|\$89/)
    expect(unpacked('call/x', body)).toMatchObject({ draft: { summary: 'No cool', lines: [{ name: 'Diagnostic', priceCents: null }] }, pin: { words: { scripts: pin.words.scripts, specials: [] } } })
  })
})
