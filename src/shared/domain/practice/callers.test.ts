import { describe, expect, it } from 'vitest'
import { normalizePhone } from '../../base/phone.ts'
import { PRACTICE_CALLERS, practiceCaller } from './callers.ts'
import { PRACTICE_PEOPLE, PRACTICE_VISITS } from './people.ts'
import { PRACTICE_STEPS } from './steps.ts'
import { brokenBy, plain, WORDS_NOT_TO_SAY } from './words.ts'

describe('the callers', () => {
  it('are ten, each with a name of its own', () => {
    expect(PRACTICE_CALLERS).toHaveLength(10)
    expect(new Set(PRACTICE_CALLERS.map(({ key }) => key)).size).toBe(10)
    expect(new Set(PRACTICE_CALLERS.map(({ title }) => title)).size).toBe(10)
    for (const caller of PRACTICE_CALLERS) expect(practiceCaller(caller.key)).toBe(caller)
  })

  it.each(PRACTICE_CALLERS.map((caller) => [caller.title, caller] as const))('%s: opens, answers every step, and asks for what can be known', (_title, caller) => {
    expect(caller.lines[0]?.answers).toBe('opening')
    const answered = caller.lines.map(({ answers }) => answers)
    for (const step of caller.steps) expect(step === 'greet' || answered.includes(step)).toBe(true)
    const places = caller.steps.map((step) => PRACTICE_STEPS.indexOf(step))
    expect(places).toEqual(places.toSorted((left, right) => left - right))
    for (const must of caller.mustSay) expect(caller.steps).toContain(must.step)
    expect(new Set(caller.fields.map(({ field }) => field)).size).toBe(caller.fields.length)
    expect(caller.targetSeconds).toBeGreaterThanOrEqual(60)
    // Nothing that must be said, and no better wording, breaks a rule of this very call.
    const rules = [...WORDS_NOT_TO_SAY.filter(({ key }) => !caller.allows.includes(key)), ...caller.never]
    for (const must of caller.mustSay) for (const words of [...must.anyOf, must.better]) for (const rule of rules) expect(brokenBy(rule, words)).toBeNull()
    for (const must of caller.mustSay) expect(must.anyOf.some((words) => ` ${plain(must.better)} `.includes(` ${plain(words)} `))).toBe(true)
  })

  it('ring from numbers that are nobody\u2019s', () => {
    for (const number of [...PRACTICE_CALLERS.flatMap(({ fromNumber }) => fromNumber ?? []), ...PRACTICE_PEOPLE.map(({ phone }) => phone)]) {
      expect(number).toMatch(/^\+155501\d{5}$/)
      expect(normalizePhone(number)).toBe(number)
    }
  })

  it('find the people and the visits they speak of', () => {
    const keys = new Set(PRACTICE_PEOPLE.map(({ key }) => key))
    expect(keys.size).toBe(PRACTICE_PEOPLE.length)
    for (const visit of PRACTICE_VISITS) expect(keys).toContain(visit.person)
    for (const caller of PRACTICE_CALLERS) {
      const onFile = caller.fields.some(({ field, better }) => field === 'record' && better === 'On file')
      expect(PRACTICE_PEOPLE.some(({ phone }) => phone === caller.fromNumber)).toBe(onFile)
    }
  })
})
