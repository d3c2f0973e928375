import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { newId } from '../../base/id.ts'
import { mayContact, standingConsent } from './consent.ts'
import { CHANNELS, type Consent, consentTable, CONTACT_PURPOSES } from './tables.ts'

const answer = (more: object = {}) => ({ consentId: newId(), channel: 'text', purpose: 'marketing', granted: true, way: 'call', words: '', ...more })

describe('consent.record', () => {
  it('keeps every answer with who took it, when and how, and changes none', () => {
    const { office, customerId, csrId } = new FrontDesk()
    const first = answer({ customerId })
    office.must('consent.record', first, csrId)
    const at = office.now
    office.must('consent.record', answer({ customerId, granted: false, way: 'reply', words: 'STOP' }), csrId)
    office.must('consent.record', { ...first, granted: false }, csrId)
    const rows = office.engine.rows(consentTable).toSorted((left, right) => left.at - right.at)
    expect(rows).toMatchObject([
      { customerId, channel: 'text', granted: true, way: 'call', byId: csrId, at, version: 1 },
      { customerId, granted: false, way: 'reply', words: 'STOP', version: 1 },
    ])
    expect(mayContact(rows, 'text', 'marketing')).toBe(false)
  })

  it('asks about a customer who is not recorded, and keeps the answer all the same where it comes from elsewhere', () => {
    const { office, csrId } = new FrontDesk()
    expect(office.run('consent.record', answer({ customerId: newId() }), csrId)).toMatchObject({ kind: 'refused', refusal: { code: 'customer.unknown' } })
    expect(office.run('consent.record', answer({ customerId: newId(), granted: false }), csrId, 'hub').kind).toBe('accepted')
    expect(office.engine.rows(consentTable)).toMatchObject([{ granted: false }])
  })
})

const answers = fc.array(
  fc.record({ id: fc.uuid(), channel: fc.constantFrom(...CHANNELS), purpose: fc.constantFrom(...CONTACT_PURPOSES), granted: fc.boolean(), at: fc.integer({ min: 0, max: 5 }) }),
  { maxLength: 20 },
)

describe('what holds', () => {
  it('is the same in whichever order the answers arrive', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(...CHANNELS), fc.constantFrom(...CONTACT_PURPOSES), (given, channel, purpose) => {
        expect(standingConsent(given.toReversed(), channel, purpose)).toEqual(standingConsent(given, channel, purpose))
      }),
    )
  })

  it('is never a yes after a later no, nor beside a no of the same moment', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const about: readonly Pick<Consent, 'id' | 'channel' | 'purpose' | 'granted' | 'at'>[] = given
        for (const channel of CHANNELS) {
          const said = about.filter((one) => one.channel === channel && one.purpose === 'marketing')
          const last = Math.max(...said.map(({ at }) => at))
          const no = said.some(({ granted, at }) => !granted && at === last)
          expect(mayContact(about, channel, 'marketing')).toBe(said.length > 0 && !no)
        }
      }),
    )
  })

  it('allows what is about their own visits until they say no, and offers only after a yes', () => {
    expect(CHANNELS.map((channel) => [mayContact([], channel, 'service'), mayContact([], channel, 'marketing')])).toEqual([[true, false], [true, false], [true, false]])
  })
})
