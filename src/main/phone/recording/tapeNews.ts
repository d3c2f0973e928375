import type { PauseReason, RecordingPause } from '../../../shared/domain/recordings/tables.ts'

/** `paused` writes silence, so that what was said before and after keeps its time. */
export type RecordingState = 'on' | 'paused'

/** `why` says of a pause what it is for; a person’s wish unless it is said. */
export interface RecordCommand {
  readonly kind: 'record'
  readonly externalId: string
  readonly to: RecordingState | 'off'
  readonly why?: PauseReason
}

/**
 * What was recorded of a call so far. Where the page with the sound is loaded anew in the middle of one, it goes on in
 * another tape.
 */
export interface TapeNews {
  readonly tapeId: string
  /** Epoch milliseconds at its first sample. */
  readonly startedAt: number
  /** Samples of each side so far, 8000 a second. */
  readonly frames: number
  readonly pauses: readonly RecordingPause[]
  readonly ended: boolean
  /** It broke off: the page with the sound was gone. */
  readonly cutOff: boolean
}
