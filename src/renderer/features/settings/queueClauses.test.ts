import { describe, expect, it } from 'vitest'
import { DEFAULT_QUEUES } from '../../../shared/domain/promises/defaultQueues.ts'
import { expr } from '../../../shared/domain/promises/expression.ts'
import { clausesOf, clauseWords, conditionOf, dueOf, dueRuleOf, fieldWords, minutesWords } from './queueClauses.ts'
import { formatRate, parseRate } from './rates.ts'

describe('a queue as its form shows it', () => {
  /** They compare the record's fields with each other, which rows can't say: their settings show JSON. */
  const RICHER: ReadonlySet<string> = new Set(['next-in-line', 'truth-hour', 'left-over'])

  it.each(DEFAULT_QUEUES.filter(({ key }) => !RICHER.has(key)).map((queue) => [queue.key, queue] as const))('shows %s in rows and writes the very same rule back', (_key, queue) => {
    const clauses = clausesOf(queue.condition, queue.subjectKind)
    const rule = dueRuleOf(queue.due)
    expect(clauses).not.toBeNull()
    expect(conditionOf(clauses ?? [], queue.subjectKind)).toEqual(queue.condition)
    expect(rule && dueOf(rule)).toEqual(queue.due)
  })

  it('leaves what is richer to JSON', () => {
    for (const { condition, subjectKind } of DEFAULT_QUEUES.filter(({ key }) => RICHER.has(key))) expect(clausesOf(condition, subjectKind)).toBeNull()
    expect(clausesOf(expr.any(expr.is('followUp', 'owed'), expr.is('practice', true)), 'call')).toBeNull()
    expect(dueRuleOf(expr.plus(expr.first(expr.field('doneAt'), expr.openedAt), 60))).toBeNull()
  })

  it('says it in words', () => {
    expect(clauseWords({ field: 'technicianId', operator: 'isEmpty', value: '' })).toBe('technician is empty')
    expect(clauseWords({ field: 'followUp', operator: 'is', value: 'owed' })).toBe('follow up is owed')
    expect(fieldWords('windowStartsAt')).toBe('window starts at')
    expect([60, 90, 1440, -60, 2925].map(minutesWords)).toEqual(['1 h', '1 h 30 min', '1 day', '1 h', '2 days 45 min'])
  })

  it('reads and writes money as dollars and flags as yes or no', () => {
    const condition = expr.all(expr.more('balanceCents', 12_550), expr.is('practice', false))
    const clauses = clausesOf(condition, 'invoice')
    expect(clauses?.map(({ value }) => value)).toEqual(['125.5', 'no'])
    expect(conditionOf(clauses ?? [], 'invoice')).toEqual(condition)
  })
})

describe('tax rates', () => {
  it('are read and written in percent', () => {
    expect(['6.875', '8', '.5', '7.25%'].map(parseRate)).toEqual([68_750, 80_000, 5_000, 72_500])
    expect(['', '-1', 'abc', '6.87501', '%'].map(parseRate)).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect([68_750, 0, 81_250].map(formatRate)).toEqual(['6.875', '0', '8.125'])
  })
})
