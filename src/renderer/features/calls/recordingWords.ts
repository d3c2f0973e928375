import type { LiveCall } from '../../../shared/contract/methods/calls.ts'

/** How a call is recorded, in a few words; empty where nobody records it and nobody should. */
export function recordingWords({ recording, tape, can }: Pick<LiveCall, 'recording' | 'tape' | 'can'>): string {
  if (recording === 'paused') return tape?.why === 'card' ? 'Recording paused: card' : 'Recording paused'
  if (recording === 'on') return 'Recording'
  return tape?.mode === 'always' && !tape.consented && can.includes('record') ? 'Not recorded: read the notice' : ''
}

/** @param sinceHeard milliseconds since the call was last heard of */
export function isForgotten({ recording, tape }: Pick<LiveCall, 'recording' | 'tape'>, sinceHeard: number): boolean {
  const remindInMs = tape?.remindInMs ?? null
  return recording === 'paused' && remindInMs !== null && remindInMs - sinceHeard <= 0
}

export type RecordingStep = 'notice' | 'on' | 'paused'

/** What the one key does to a call that is up: ask for the notice, record, pause, go on; null where it can’t. */
export function nextRecordingStep({ recording, tape, can }: Pick<LiveCall, 'recording' | 'tape' | 'can'>): RecordingStep | null {
  if (!can.includes('record') || !tape || tape.mode === 'never') return null
  if (recording === 'on') return 'paused'
  if (recording === 'paused') return 'on'
  return tape.consented ? 'on' : 'notice'
}

export const RECORDING_STEP_WORDS: Readonly<Record<RecordingStep, string>> = { notice: 'Read the notice, then record', on: 'Record', paused: 'Pause the recording' }
