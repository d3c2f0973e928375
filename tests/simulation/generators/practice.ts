import { PRACTICE_CALLERS } from '../../../src/shared/domain/practice/callers.ts'
import { PART_POINTS } from '../../../src/shared/domain/practice/parts.ts'
import { userTable } from '../../../src/shared/domain/people/tables.ts'
import { practiceResultTable } from '../../../src/shared/domain/practice/tables.ts'
import type { Generator } from '../world.ts'

const finish: Generator = {
  command: 'practice.finish',
  propose: ({ random, rows, at }) => {
    const caller = random.pick(PRACTICE_CALLERS)
    const person = random.pick(rows(userTable))
    if (!caller || !person) return undefined
    // Now and then reported twice, or of somebody whom the office does not know.
    const again = random.chance(0.1) ? random.pick(rows(practiceResultTable))?.id : undefined
    const points = { fields: random.below(PART_POINTS.fields + 1), order: random.below(PART_POINTS.order + 1), words: random.below(PART_POINTS.words + 1), time: random.below(PART_POINTS.time + 1) }
    return {
      input: {
        resultId: again ?? random.id(),
        userId: random.chance(0.05) ? random.id() : person.id,
        callerKey: caller.key,
        callerVersion: caller.version,
        points,
        seconds: random.below(900),
        finishedAt: at,
        findings: caller.fields.slice(0, 3).map(({ better }) => ({ part: 'fields', verdict: random.chance(0.5) ? 'right' : 'missing', what: 'A field', yours: '', better })),
      },
    }
  },
}

export const practiceGenerators: readonly Generator[] = [finish]
