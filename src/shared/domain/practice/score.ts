import type { PracticeCaller } from './caller.ts'
import { PART_POINTS, type PartScore, type Performance, PRACTICE_PARTS, type PracticePart, type PracticeScore } from './parts.ts'
import { scoreFields } from './scoreFields.ts'
import { scoreOrder } from './scoreOrder.ts'
import { scoreWords } from './scoreWords.ts'

/** `2:05`. */
export function spokenSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** All points up to the target, none from twice as long on, evenly between. Nobody is praised for a call in which nothing was said. */
function scoreTime({ targetSeconds }: PracticeCaller, seconds: number, saidAnything: boolean): PartScore {
  const over = Math.max(0, seconds - targetSeconds) / targetSeconds
  const points = saidAnything ? Math.max(0, Math.floor(PART_POINTS.time * (1 - Math.min(1, over)))) : 0
  const inTime = over === 0 && saidAnything
  return {
    points,
    findings: [
      {
        part: 'time',
        verdict: inTime ? 'right' : 'wrong',
        what: 'Length of the call',
        yours: spokenSeconds(seconds),
        better: inTime ? '' : `Such a call takes ${spokenSeconds(targetSeconds)}.`,
      },
    ],
  }
}

/** The score of an exercise. Pure: the same performance of the same caller scores the same everywhere. */
export function scorePractice(caller: PracticeCaller, performance: Performance): PracticeScore {
  const saidAnything = performance.said.some(({ words }) => words.trim() !== '')
  const parts: Readonly<Record<PracticePart, PartScore>> = {
    fields: scoreFields(caller.fields, performance.fields),
    order: scoreOrder(caller.steps, performance.said),
    words: scoreWords(caller, performance),
    time: scoreTime(caller, performance.seconds, saidAnything),
  }
  const points = { fields: parts.fields.points, order: parts.order.points, words: parts.words.points, time: parts.time.points }
  return {
    points,
    total: PRACTICE_PARTS.reduce((sum, part) => sum + points[part], 0),
    findings: PRACTICE_PARTS.flatMap((part) => parts[part].findings),
  }
}
