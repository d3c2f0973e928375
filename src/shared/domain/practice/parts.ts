import type { Observed } from './caller.ts'
import type { PracticeStep } from './steps.ts'

/** The parts of a score, with the most points that each can bring: a hundred together. */
export const PART_POINTS = { fields: 45, order: 20, words: 25, time: 10 } as const

export type PracticePart = keyof typeof PART_POINTS

export const PRACTICE_PARTS = ['fields', 'order', 'words', 'time'] as const satisfies readonly PracticePart[]

export const PART_NAMES: Readonly<Record<PracticePart, string>> = { fields: 'Fields', order: 'Order', words: 'Words', time: 'Time' }

/** Something said by the person who practises, and which step of the call it was. */
export interface Said {
  readonly step: PracticeStep
  readonly words: string
}

/** What somebody made of a scripted caller. */
export interface Performance {
  readonly fields: Observed
  /** In the order in which it was said. */
  readonly said: readonly Said[]
  /** What was typed into the records: summary, notes, tasks. */
  readonly typed: readonly string[]
  /** From answer to end. */
  readonly seconds: number
}

export const VERDICTS = ['right', 'missing', 'wrong'] as const

export type Verdict = (typeof VERDICTS)[number]

/** One point of the score, as it is told. */
export interface Finding {
  readonly part: PracticePart
  readonly verdict: Verdict
  readonly what: string
  /** What was there; empty where nothing was. */
  readonly yours: string
  /** What would have been right, or better said; empty where nothing is to be said. */
  readonly better: string
}

export interface PartScore {
  readonly points: number
  readonly findings: readonly Finding[]
}

export interface PracticeScore {
  readonly points: Readonly<Record<PracticePart, number>>
  readonly total: number
  readonly findings: readonly Finding[]
}
