import { MU_LAW_RATE, MU_LAW_SILENCE } from '../../../shared/base/muLaw.ts'
import type { PauseReason, RecordingPause } from '../../../shared/domain/recordings/tables.ts'
import type { TapeNews } from './tapeNews.ts'

/** This office on the left, the other side on the right. */
const SIDES = 2

/** What is heard is handed on in pieces of so many frames: what a fall of Baton may cost. */
const PIECE_FRAMES = MU_LAW_RATE

export interface TapeParts {
  readonly tapeId: string
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly tell: (tape: TapeNews, bytes: Uint8Array) => void
}

const milliseconds = (frames: number): number => Math.round((frames * 1000) / MU_LAW_RATE)

/**
 * One recording as it grows. From the moment it is paused it takes no sound, whoever sends it: it writes silence of the same
 * length, so that what was said before and after keeps its time.
 */
export class Tape {
  readonly #parts: TapeParts
  #frames = 0
  #waiting: Uint8Array[] = []
  #waitingFrames = 0
  #paused: PauseReason | null = null
  /** Where the silence under way began, in frames, and why; it lasts until there is sound again. */
  #silence: { readonly from: number; readonly why: PauseReason } | null = null
  readonly #pauses: RecordingPause[] = []
  #over = false

  constructor(parts: TapeParts) {
    this.#parts = parts
  }

  get id(): string {
    return this.#parts.tapeId
  }

  get frames(): number {
    return this.#frames
  }

  /** @param why null: what is heard from now on is recorded */
  pause(why: PauseReason | null): void {
    if (this.#over || why === this.#paused) return
    this.#paused = why
    if (why === null) return
    this.#closeSilence()
    this.#silence = { from: this.#frames, why }
  }

  /** @param sound this office and the other side by turns; null is silence of that length */
  hear(frames: number, sound: Uint8Array | null): void {
    if (this.#over || frames <= 0) return
    const heard = this.#paused === null && sound?.length === frames * SIDES ? sound : null
    if (heard) this.#closeSilence()
    this.#frames += frames
    this.#waiting.push(heard ?? new Uint8Array(frames * SIDES).fill(MU_LAW_SILENCE))
    this.#waitingFrames += frames
    if (this.#waitingFrames >= PIECE_FRAMES) this.#hand(false, false)
  }

  end(cutOff = false): void {
    if (this.#over) return
    this.#closeSilence()
    this.#over = true
    this.#hand(true, cutOff)
  }

  #closeSilence(): void {
    const silence = this.#silence
    this.#silence = null
    if (silence && this.#frames > silence.from) this.#pauses.push({ from: milliseconds(silence.from), to: milliseconds(this.#frames), why: silence.why })
  }

  #hand(ended: boolean, cutOff: boolean): void {
    const bytes = new Uint8Array(this.#waitingFrames * SIDES)
    let at = 0
    for (const part of this.#waiting) {
      bytes.set(part, at)
      at += part.length
    }
    this.#waiting = []
    this.#waitingFrames = 0
    // A fall in the middle of a pause must not lose that it was one.
    const open: readonly RecordingPause[] = this.#silence && this.#frames > this.#silence.from ? [{ from: milliseconds(this.#silence.from), to: milliseconds(this.#frames), why: this.#silence.why }] : []
    this.#parts.tell({ tapeId: this.#parts.tapeId, startedAt: this.#parts.startedAt, frames: this.#frames, pauses: [...this.#pauses, ...open], ended, cutOff }, bytes)
  }
}
