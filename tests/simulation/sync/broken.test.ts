import { describe, expect, it } from 'vitest'
import { BROKEN_RULES } from './brokenRules.ts'
import { playSeed } from './play.ts'

/** A rule that is broken must be noticed within so many seeds. */
const SEEDS = 40
const COMMANDS = 300

/** The first seed that notices, with what it says. */
async function firstNotice(rule: (typeof BROKEN_RULES)[number]): Promise<{ readonly seed: number; readonly said: readonly string[] } | null> {
  const from = rule.from ?? 1
  for (let seed = from; seed < from + SEEDS; seed++) {
    const { problems } = await playSeed({ seed, commands: COMMANDS, broken: rule })
    if (problems.length > 0) return { seed, said: problems }
  }
  return null
}

describe('a rule broken on purpose is noticed', () => {
  it.each(BROKEN_RULES)('$name', { timeout: 300_000 }, async (rule) => {
    const notice = await firstNotice(rule)
    expect(notice?.said.join('\n')).toMatch(rule.noticedAs)
  })
})
