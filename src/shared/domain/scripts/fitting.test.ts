import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scriptProblem } from './check.ts'
import { SCRIPT_PURPOSES } from './content.ts'
import { fits, fittingScript, specificity } from './fitting.ts'
import { fieldsIn, MERGE_FIELDS, mergeWords, type MergeValues, namesPrice, spoken } from './merge.ts'
import { offerWords } from './offers.ts'
import type { PublishedScript } from './published.ts'
import { shippedScript } from './shipped.ts'

const id = fc.constantFrom('one', 'two', 'three')
const bound = fc.option(id, { nil: null })
const purpose = fc.constantFrom(...SCRIPT_PURPOSES)
const need = fc.record({ purpose, businessUnitId: bound, jobTypeId: bound })
const script = fc
  .record({ purpose, businessUnitId: bound, jobTypeId: bound, number: fc.integer({ min: 1, max: 9 }), scriptId: fc.uuid(), versionId: fc.uuid() })
  .map((binding): PublishedScript => ({ ...binding, name: binding.scriptId, content: shippedScript(binding.purpose).content }))
const scripts = fc.array(script, { maxLength: 12 })

describe('the script of a call', () => {
  it('fits, and none that fits is bound more closely; without one it is the shipped one', () => {
    fc.assert(
      fc.property(scripts, need, (published, wanted) => {
        const chosen = fittingScript(published, wanted)
        const fitting = published.filter((candidate) => fits(candidate, wanted))
        expect(chosen.purpose).toBe(wanted.purpose)
        if (fitting.length === 0) expect(chosen).toBe(shippedScript(wanted.purpose))
        else expect(specificity(chosen)).toBe(Math.max(...fitting.map(specificity)))
      }),
    )
  })

  it('is the same whatever the order, and whatever else is published for other calls', () => {
    fc.assert(
      fc.property(scripts, scripts, need, (published, others, wanted) => {
        const chosen = fittingScript(published, wanted)
        expect(fittingScript(published.toReversed(), wanted)).toEqual(chosen)
        expect(fittingScript([...others.filter((other) => !fits(other, wanted)), ...published], wanted)).toEqual(chosen)
      }),
    )
  })

  it('bound to a job type comes before one bound to its unit, and that before one for all', () => {
    const make = (versionId: string, businessUnitId: string | null, jobTypeId: string | null): PublishedScript => ({ ...shippedScript('booking'), scriptId: versionId, versionId, businessUnitId, jobTypeId })
    const [all, unit, type] = [make('all', null, null), make('unit', 'hvac', null), make('type', null, 'no-cooling')]
    const wanted = (businessUnitId: string | null, jobTypeId: string | null) => fittingScript([all, unit, type], { purpose: 'booking', businessUnitId, jobTypeId }).versionId
    expect([wanted('hvac', 'no-cooling'), wanted('hvac', 'tune-up'), wanted('plumbing', null), wanted(null, null)]).toEqual(['type', 'unit', 'all', 'all'])
  })
})

describe('merged words', () => {
  const value = fc.string({ maxLength: 12 })
  const values: fc.Arbitrary<MergeValues> = fc.dictionary(fc.constantFrom(...MERGE_FIELDS), value) as fc.Arbitrary<MergeValues>
  const words = fc.array(fc.oneof(fc.constantFrom('Hello ', 'Is it ', ' dollars'), fc.constantFrom(...MERGE_FIELDS).map((field) => `{${field}}`)), { maxLength: 6 }).map((parts) => parts.join(''))

  it('leave no field of ours standing, whatever a name holds', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), values, (variants, known) => {
        for (const said of mergeWords(variants, known, true)) if (said.field === null) expect(fieldsIn(said.text)).toEqual([])
      }),
    )
    expect(spoken(mergeWords(['Hello {first}.'], { first: '{phone} $5' }, true))).toBe('Hello {phone} $5.')
  })

  it('never name a price to be said by who must not quote', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), values, (variants, known) => {
        for (const said of mergeWords(variants, known, false)) expect(namesPrice(said.text)).toBe(false)
      }),
    )
    expect(spoken(mergeWords(['It is $89.', 'A technician tells you.'], {}, false))).toBe('A technician tells you.')
    expect(spoken(mergeWords(['Today: {special}', 'Nothing else today.'], { special: 'Tune-ups are $89.' }, false))).toBe('Nothing else today.')
    expect(spoken(mergeWords(['Today: {special}', 'Nothing else today.'], { special: 'Tune-ups are $89.' }, true))).toBe('Today: Tune-ups are $89.')
  })

  it('take the way to say it that lacks least, the first of equals', () => {
    const ways = ['Back, {first}: {day} at {address}.', 'Back: {day} at {address}.']
    expect(spoken(mergeWords(ways, { first: 'Nora' }, false))).toBe('Back, Nora: the day at the address.')
    expect(spoken(mergeWords(ways, { day: 'today', address: '61 Saltbrook Lane' }, false))).toBe('Back: today at 61 Saltbrook Lane.')
  })

  it.each(['It is $89.', '\u20ac 20', 'for 89 dollars', 'twenty bucks', '89.50 USD'])('know a price in \u201c%s\u201d', (text) => expect(namesPrice(text)).toBe(true))
  it.each(['between 4 and 6', '20% off', '61 Saltbrook Lane', 'job 1042', 'call 911'])('know none in \u201c%s\u201d', (text) => expect(namesPrice(text)).toBe(false))
})

describe('the shipped scripts', () => {
  it.each(SCRIPT_PURPOSES)('could be published: %s', (which) => expect(scriptProblem(which, shippedScript(which).content)).toBeUndefined())
})

describe('what is on offer', () => {
  const tuneUp = { id: 'a', name: 'Tune-up', kind: 'special', words: 'Furnace tune-ups are on special.', fromDay: '2026-07-01', toDay: '2026-07-31', businessUnitId: 'hvac' } as const
  const priced = { ...tuneUp, id: 'b', words: 'Drain cleaning for $99.', toDay: '2026-07-15', businessUnitId: null } as const
  const on = (day: string, businessUnitId: string | null, mayQuote: boolean) => offerWords([tuneUp, priced], 'special', { day, businessUnitId, mayQuote })

  it('is said on its days, for its unit, and without a price where nobody may quote', () => {
    expect(on('2026-07-14', 'hvac', true)).toBe('Drain cleaning for $99. Furnace tune-ups are on special.')
    expect(on('2026-07-14', 'hvac', false)).toBe('Furnace tune-ups are on special.')
    expect(on('2026-07-31', 'hvac', true)).toBe('Furnace tune-ups are on special.')
    expect(on('2026-08-01', 'hvac', true)).toBe('')
    expect(on('2026-07-14', 'plumbing', false)).toBe('')
    expect(offerWords([tuneUp], 'membership', { day: '2026-07-14', businessUnitId: 'hvac', mayQuote: true })).toBe('')
  })
})
