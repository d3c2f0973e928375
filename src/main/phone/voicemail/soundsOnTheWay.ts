import type { SoundState } from '../../../shared/contract/methods/voicemails.ts'

/** So many that could not be fetched are remembered; it is only of today. */
const REMEMBERED = 500

/** How it stands with the sounds of voicemails that are fetched here, by call. It is this workstation's alone, and gone when it closes. */
export class SoundsOnTheWay {
  readonly #states = new Map<string, SoundState>()

  get(callId: string): SoundState | null {
    return this.#states.get(callId) ?? null
  }

  /** @param state null once the sound is here */
  set(callId: string, state: SoundState | null): void {
    this.#states.delete(callId)
    if (state !== null) this.#states.set(callId, state)
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= REMEMBERED) break
      this.#states.delete(oldest)
    }
  }
}
