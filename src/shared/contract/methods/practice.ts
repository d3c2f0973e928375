import { z } from 'zod'
import { lineInput } from '../../domain/kernel/inputs.ts'
import { findingInput } from '../../domain/practice/commands.ts'
import { PRACTICE_STEPS } from '../../domain/practice/steps.ts'
import { CALL_STATES } from '../../domain/calls/tables.ts'
import { defineAction, defineQuery } from '../method.ts'

const resultRow = z.object({
  resultId: z.string(),
  userId: z.string(),
  name: z.string(),
  callerKey: z.string(),
  callerVersion: z.int(),
  points: z.object({ fields: z.int(), order: z.int(), words: z.int(), time: z.int() }),
  total: z.int(),
  seconds: z.int(),
  finishedAt: z.int(),
  findings: z.array(findingInput),
})

export type PracticeResultRow = z.output<typeof resultRow>

const exerciseState = z.object({
  callerKey: z.string(),
  call: z.enum(CALL_STATES),
  /** What was said so far, in turn. */
  turns: z.array(
    z.discriminatedUnion('by', [z.object({ by: z.literal('caller'), words: z.string() }), z.object({ by: z.literal('trainee'), step: z.enum(PRACTICE_STEPS), words: z.string() })]),
  ),
  /** The caller would go on if asked to. */
  more: z.boolean(),
  /** The call is over, and a person or a booking says how it ended. */
  concluded: z.boolean(),
})

export type ExerciseState = z.output<typeof exerciseState>

const empty = z.strictObject({})
const done = z.object({})

export const exerciseMethods = [
  defineQuery({
    name: 'exercise.results',
    summary: 'What was made of the practice callers, the latest first: my own, or everybody\u2019s for who looks after the people.',
    permission: 'practice.do',
    input: z.strictObject({ whose: z.enum(['mine', 'everyone']) }),
    reads: ['practice_result', 'user'],
    output: z.object({ results: z.array(resultRow) }),
  }),
  defineAction({
    name: 'exercise.begin',
    summary: 'Make a practice room for a caller: a company of its own in memory, of which nothing but the score comes back.',
    permission: 'practice.do',
    input: z.strictObject({ callerKey: lineInput('The caller', 60) }),
    output: z.object({ ticket: z.string() }),
  }),
  defineQuery({
    name: 'exercise.now',
    summary: 'The exercise of this page; none in the office.',
    permission: 'practice.do',
    input: empty,
    reads: ['call'],
    output: z.object({ exercise: exerciseState.nullable() }),
  }),
  defineAction({
    name: 'exercise.say',
    summary: 'Say something to the practice caller at a step of the call; the caller answers.',
    permission: 'practice.do',
    input: z.strictObject({ step: z.enum(PRACTICE_STEPS, 'Choose which step of the call this is.'), words: lineInput('What you say', 500) }),
    output: done,
  }),
  defineAction({ name: 'exercise.goOn', summary: 'Let the practice caller go on unasked.', permission: 'practice.do', input: empty, output: done }),
  defineAction({ name: 'exercise.finish', summary: 'Score the exercise and keep the result.', permission: 'practice.do', input: empty, output: z.object({ resultId: z.string() }) }),
  defineAction({ name: 'exercise.leave', summary: 'Leave the practice room; nothing of it is left.', permission: 'practice.do', input: empty, output: done }),
] as const
