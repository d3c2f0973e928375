import type { Performance } from '../../../shared/domain/practice/parts.ts'
import type { Exercise, Trainee } from './exercise.ts'

/**
 * Practising, from either side. The office lets somebody into a practice room; the room is a backend of its own, with a
 * store of its own, and hands over nothing but the score.
 */
export type PracticePort =
  | {
      readonly kind: 'office'
      /** Makes a room for this caller. @returns the ticket with which the trainee’s page enters it */
      begin(trainee: Trainee, callerKey: string): Promise<string>
    }
  | {
      readonly kind: 'room'
      readonly exercise: Exercise
      /** Scores what was done and keeps it in the office. @returns the id of the result */
      keep(performance: Performance): string
      /** Closes the room; nothing of it is left. */
      leave(): void
    }
