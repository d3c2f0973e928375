import { describe, expect, it } from 'vitest'
import type { BrokenRule } from './brokenRule.ts'
import { BROKEN_RULES } from './brokenRules.ts'
import { playSeed } from './play.ts'

/** A rule that is broken must be noticed within so many seeds. */
const SEEDS = 40
const COMMANDS = 300

/**
 * The first seed that notices it as what it is; a broken rule may be seen at another place before. Else what the first
 * seed said that noticed anything.
 */
async function noticed(rule: BrokenRule): Promise<string> {
  const { from = 1, every = 1, noticedAs } = rule
  let first = 'nothing'
  for (let seed = from; seed < from + SEEDS * every; seed += every) {
    const { problems } = await playSeed({ seed, commands: COMMANDS, broken: rule })
    const said = problems.join('\n')
    if (noticedAs.test(said)) return said
    if (first === 'nothing' && said !== '') first = said
  }
  return first
}

describe('a rule broken on purpose is noticed', () => {
  it.each(BROKEN_RULES)('$name', { timeout: 300_000 }, async (rule) => {
    expect(await noticed(rule)).toMatch(rule.noticedAs)
  })
})
