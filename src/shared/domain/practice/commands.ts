import { z } from 'zod'
import { insert } from '../kernel/changes.ts'
import { accept, type Command, defineFact } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, optionalLine } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { userTable } from '../people/tables.ts'
import { PART_POINTS, PRACTICE_PARTS, VERDICTS } from './parts.ts'
import { practiceResultTable } from './tables.ts'

/** No call of a day is that long; a machine that slept in the middle must not stop the result. */
export const MAX_SECONDS = 86_400

export const MAX_FINDINGS = 100

const points = (part: keyof typeof PART_POINTS) => z.int().min(0).max(PART_POINTS[part])

export const findingInput = z.strictObject({
  part: z.enum(PRACTICE_PARTS),
  verdict: z.enum(VERDICTS),
  what: lineInput('The point', 120),
  yours: optionalLine('What was there', 500),
  better: optionalLine('What would be better', 500),
})

/**
 * An exercise is over. The software reports it, not the person: the points were worked out where the exercise was done, and
 * travel, because another version of Baton may know another version of the caller.
 */
const finish = defineFact({
  name: 'practice.finish',
  version: 1,
  summary: 'Keep what somebody made of a scripted caller.',
  permission: 'practice.report',
  input: z.strictObject({
    resultId: idInput,
    userId: idInput,
    callerKey: lineInput('The caller', 60),
    callerVersion: z.int().min(1).max(10_000),
    points: z.strictObject({ fields: points('fields'), order: points('order'), words: points('words'), time: points('time') }),
    seconds: z.int().min(0).max(MAX_SECONDS),
    finishedAt: instantInput,
    findings: z.array(findingInput).max(MAX_FINDINGS),
  }),
  *load(input) {
    return { existing: yield* get(practiceResultTable, input.resultId), user: yield* get(userTable, input.userId) }
  },
  question(_input, { user }) {
    return user ? undefined : refuse('practice.unknownPerson', 'This person is not in the office, so the exercise was not kept.', { field: 'userId' })
  },
  decide(input, { existing }) {
    // Reported twice, it is there once.
    if (existing) return accept()
    const { resultId, userId, callerKey, callerVersion, points: by, seconds, finishedAt, findings } = input
    return accept(
      insert(practiceResultTable, {
        id: resultId,
        userId,
        callerKey,
        callerVersion,
        fieldPoints: by.fields,
        orderPoints: by.order,
        wordPoints: by.words,
        timePoints: by.time,
        total: by.fields + by.order + by.words + by.time,
        seconds,
        finishedAt,
        findings,
      }),
    )
  },
})

export const practiceCommands = [finish] as const satisfies readonly Command[]
