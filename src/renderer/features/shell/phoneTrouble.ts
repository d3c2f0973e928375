import type { PhoneLine } from '../../../shared/contract/methods/phone.ts'

/** Why this workstation's telephone is not as it should be, short and as a sentence. */
export interface PhoneTrouble {
  readonly words: string
  readonly sentence: string
  /** Callers can't be heard, or don't hear us: it is said during a call as well. */
  readonly deaf: boolean
}

const AUDIO_WORDS = { missing: 'Phone without sound', refused: 'Microphone refused', noMicrophone: 'No microphone' } as const

/** @returns null where the telephone is ready, and where there is none; that it is gone is said apart, with the back-up number */
export function phoneTrouble(line: Pick<PhoneLine, 'status' | 'reason' | 'audio'> | undefined): PhoneTrouble | null {
  if (!line || line.status === 'none') return null
  if (line.status === 'connecting') return { words: 'Phone connecting', sentence: line.reason === '' ? 'The telephone is connecting to its server.' : line.reason, deaf: false }
  if (line.status === 'down') return { words: 'Phone not ready', sentence: line.reason, deaf: false }
  const { audio } = line
  return audio === null || audio.status === 'ready' ? null : { words: AUDIO_WORDS[audio.status], sentence: audio.reason, deaf: true }
}
