import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Expected, ExpectedField, Observed, PracticeCaller } from './caller.ts'
import { PRACTICE_CALLERS } from './callers.ts'
import { PART_POINTS, PRACTICE_PARTS, type Performance, type Said } from './parts.ts'
import { scorePractice, spokenSeconds } from './score.ts'
import { holds, scoreFields } from './scoreFields.ts'
import { inOrder, scoreOrder } from './scoreOrder.ts'
import { PRACTICE_STEPS, type PracticeStep, STEP_RULES } from './steps.ts'
import { brokenBy, saysPhrase, WORDS_NOT_TO_SAY } from './words.ts'

function valueFor(expected: Expected): string {
  switch (expected.kind) {
    case 'is':
      return expected.anyOf[0] ?? ''
    case 'says':
      return expected.groups.map((group) => group[0]).join(', ')
    case 'phone':
      return expected.number
    case 'something':
      return 'something'
    case 'nothing':
      return ''
  }
}

/** What a caller’s fields hold when all is right. */
const allRight = (caller: PracticeCaller): Observed => Object.fromEntries(caller.fields.map(({ field, expected }) => [field, valueFor(expected)]))

/** Every step said, with the words that the caller has to hear at it. */
const allSaid = (caller: PracticeCaller): readonly Said[] =>
  caller.steps.map((step) => ({ step, words: [STEP_RULES[step].better, ...caller.mustSay.filter((must) => must.step === step).map((must) => must.anyOf[0] ?? '')].join(' ') }))

const perfect = (caller: PracticeCaller): Performance => ({ fields: allRight(caller), said: allSaid(caller), typed: [], seconds: caller.targetSeconds })

const callers = fc.constantFrom(...PRACTICE_CALLERS)
const words = fc.oneof(fc.constantFrom('Thank you for calling.', 'We can\u2019t.', 'It costs $89.', 'I don\u2019t know', '', 'sorry', '911'), fc.string({ maxLength: 30 }))
const said: fc.Arbitrary<readonly Said[]> = fc.array(fc.record({ step: fc.constantFrom(...PRACTICE_STEPS), words }), { maxLength: 14 })
const seconds = fc.integer({ min: 0, max: 4000 })

/** A performance of which some fields are right, some wrong and some empty. */
const performances = callers.chain((caller) =>
  fc.record({
    caller: fc.constant(caller),
    performance: fc.record({
      fields: fc
        .array(fc.constantFrom('right', 'wrong', 'empty'), { minLength: caller.fields.length, maxLength: caller.fields.length })
        .map((kinds): Observed => Object.fromEntries(caller.fields.map(({ field, expected }, index) => [field, kinds[index] === 'right' ? valueFor(expected) : kinds[index] === 'wrong' ? 'zzz' : '']))),
      said,
      typed: fc.array(words, { maxLength: 3 }),
      seconds,
    }),
  }),
)

describe('a score', () => {
  it.each(PRACTICE_CALLERS.map((caller) => [caller.title, caller] as const))('of %s is a hundred where everything is right', (_title, caller) => {
    const score = scorePractice(caller, perfect(caller))
    expect(score.findings.filter(({ verdict }) => verdict !== 'right')).toEqual([])
    expect(score.points).toEqual(PART_POINTS)
    expect(score.total).toBe(100)
  })

  it('is never below zero in any part, nor above what the part can bring, and the total is the sum', () => {
    fc.assert(
      fc.property(performances, ({ caller, performance }) => {
        const { points, total } = scorePractice(caller, performance)
        for (const part of PRACTICE_PARTS) {
          expect(points[part]).toBeGreaterThanOrEqual(0)
          expect(points[part]).toBeLessThanOrEqual(PART_POINTS[part])
          expect(Number.isInteger(points[part])).toBe(true)
        }
        expect(total).toBe(PRACTICE_PARTS.reduce((sum, part) => sum + points[part], 0))
      }),
    )
  })

  it('never falls when one more field is right', () => {
    fc.assert(
      fc.property(performances, fc.nat(), ({ caller, performance }, pick) => {
        const chosen = caller.fields[pick % caller.fields.length]
        if (!chosen) return
        const mended = { ...performance, fields: { ...performance.fields, [chosen.field]: valueFor(chosen.expected) } }
        expect(scorePractice(caller, mended).total).toBeGreaterThanOrEqual(scorePractice(caller, performance).total)
      }),
    )
  })

  it('never rises by a longer call, or by saying what should not be said', () => {
    fc.assert(
      fc.property(performances, fc.integer({ min: 0, max: 600 }), ({ caller, performance }, more) => {
        const before = scorePractice(caller, performance)
        expect(scorePractice(caller, { ...performance, seconds: performance.seconds + more }).total).toBeLessThanOrEqual(before.total)
        const [first, ...rest] = performance.said
        if (!first || first.words.trim() === '') return
        const worse = { ...performance, said: [{ ...first, words: `${first.words} calm down` }, ...rest] }
        expect(scorePractice(caller, worse).points.words).toBeLessThanOrEqual(before.points.words)
      }),
    )
  })

  it('has nothing for a call in which nothing was said or done but the clock ran', () => {
    for (const caller of PRACTICE_CALLERS) {
      const { points } = scorePractice(caller, { fields: {}, said: [], typed: [], seconds: 10 })
      expect({ ...points, fields: 0 }).toEqual({ fields: 0, order: 0, words: 0, time: 0 })
    }
  })

  it('tells what was missing, with the better wording', () => {
    const [caller] = PRACTICE_CALLERS
    if (!caller) throw new Error('There are no callers')
    const whole = perfect(caller)
    const score = scorePractice(caller, {
      fields: { ...whole.fields, priority: '' },
      said: [...whole.said.filter(({ step }) => step !== 'listen'), { step: 'listen', words: 'Calm down, that will cost $89.' }],
      typed: ['It\u2019s probably the washer.'],
      seconds: caller.targetSeconds + caller.targetSeconds / 2,
    })
    expect(score.points).toEqual({ fields: 40, order: 17, words: 10, time: 5 })
    expect(score.findings.filter(({ verdict }) => verdict !== 'right')).toEqual([
      { part: 'fields', verdict: 'missing', what: 'Priority', yours: '', better: 'Normal' },
      { part: 'order', verdict: 'wrong', what: '2. Listen', yours: 'Said eighth: \u201cCalm down, that will cost $89.\u201d', better: 'Comes after \u201cgreet\u201d, before \u201cname, number\u201d.' },
      { part: 'words', verdict: 'wrong', what: 'Telling somebody how to feel', yours: 'Listen: \u201cCalm down, that will cost $89.\u201d', better: 'I hear how upsetting this is. Tell me all of it.' },
      { part: 'words', verdict: 'wrong', what: 'Quoting a price', yours: 'Listen: \u201cCalm down, that will cost $89.\u201d', better: 'Our technician tells you the price before any work starts.' },
      { part: 'words', verdict: 'wrong', what: 'Diagnosing', yours: 'Written: \u201cIt\u2019s probably the washer.\u201d', better: 'Our technician finds the cause and shows it to you.' },
      { part: 'time', verdict: 'wrong', what: 'Length of the call', yours: '7:30', better: 'Such a call takes 5:00.' },
    ])
  })

  it('says a length in minutes and seconds', () => {
    expect([0, 59, 60, 125.4, 3600].map(spokenSeconds)).toEqual(['0:00', '0:59', '1:00', '2:05', '60:00'])
  })
})

describe('the fields of a score', () => {
  const field = (name: ExpectedField['field'], expected: Expected): ExpectedField => ({ field: name, expected, better: 'x' })

  it('hold a value whatever its capitals, marks and apostrophes', () => {
    expect(holds({ kind: 'is', anyOf: ['No heat'] }, ' no  HEAT. ')).toBe(true)
    expect(holds({ kind: 'is', anyOf: ['Where is my technician?'] }, 'where is my technician')).toBe(true)
    expect(holds({ kind: 'is', anyOf: ['High'] }, 'Highest')).toBe(false)
    expect(holds({ kind: 'says', groups: [['drip', 'leak'], ['sunday']] }, 'Dripping since Sunday')).toBe(true)
    expect(holds({ kind: 'says', groups: [['drip', 'leak'], ['sunday']] }, 'Dripping since Monday')).toBe(false)
    expect(holds({ kind: 'phone', number: '+15550147731' }, '(555) 014-7800; 555.014.7731')).toBe(true)
    expect(holds({ kind: 'phone', number: '+15550147731' }, '(555) 014-7730; 1')).toBe(false)
    expect(holds({ kind: 'nothing' }, ' ')).toBe(true)
    expect(holds({ kind: 'something' }, ' ')).toBe(false)
  })

  it('count the same in whatever order they are listed', () => {
    const fields = [field('name', { kind: 'is', anyOf: ['A'] }), field('unit', { kind: 'is', anyOf: ['B'] }), field('notes', { kind: 'something' })]
    fc.assert(
      fc.property(fc.shuffledSubarray(fields, { minLength: fields.length }), fc.dictionary(fc.constantFrom('name', 'unit', 'notes'), fc.constantFrom('A', 'B', '')), (shuffled, observed) => {
        expect(scoreFields(shuffled, observed).points).toBe(scoreFields(fields, observed).points)
      }),
    )
  })
})

describe('the order of a score', () => {
  const steps: readonly PracticeStep[] = ['greet', 'listen', 'reach', 'problem', 'close']
  const at = (...order: readonly PracticeStep[]): readonly Said[] => order.map((step) => ({ step, words: 'x' }))

  it('is full in the order of the guide, and only then', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...steps]), (order) => {
        const { points } = scoreOrder(steps, at(...order))
        expect(points === PART_POINTS.order).toBe(order.join() === steps.join())
      }),
    )
  })

  it('takes one step for two that changed places, and counts a step where it was first said', () => {
    expect(inOrder(steps, ['greet', 'problem', 'reach', 'close'])).toHaveLength(3)
    expect(scoreOrder(steps, at('greet', 'listen', 'problem', 'reach', 'close')).points).toBe(16)
    expect(scoreOrder(steps, at('greet', 'listen', 'reach', 'problem', 'greet', 'close')).points).toBe(PART_POINTS.order)
    expect(scoreOrder(steps, at('safety')).points).toBe(0)
  })

  it('never counts a step without words', () => {
    expect(scoreOrder(steps, steps.map((step) => ({ step, words: ' ' }))).points).toBe(0)
  })
})

describe('words not to say', () => {
  it('are found as whole words, with either apostrophe', () => {
    expect(saysPhrase('Sorry, we can\u2019t.', 'we can\'t')).toBe(true)
    expect(saysPhrase('We can tomorrow', 'we can\'t')).toBe(false)
    expect(saysPhrase('relaxing', 'relax')).toBe(false)
  })

  it('are each found in their own sentence, and in none of the better ones', () => {
    for (const rule of WORDS_NOT_TO_SAY) {
      for (const phrase of rule.phrases) expect(brokenBy(rule, `Well, ${phrase}, ma\u2019am.`)).toBe(phrase)
      const better = [...WORDS_NOT_TO_SAY.map((other) => other.better), ...Object.values(STEP_RULES).map((step) => step.better)]
      for (const sentence of better) expect(brokenBy(rule, sentence)).toBeNull()
    }
  })

  it('hold amounts for prices', () => {
    const price = WORDS_NOT_TO_SAY.find(({ key }) => key === 'price')
    if (!price) throw new Error('There is no rule about prices')
    expect([brokenBy(price, 'That is $ 89.'), brokenBy(price, 'It runs about that'), brokenBy(price, 'Gate code 4410')]).toEqual(['an amount', 'runs about', null])
  })
})
