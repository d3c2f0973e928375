import { newId } from '../../../shared/base/id.ts'
import { MU_LAW_RATE, toMuLaw } from '../../../shared/base/muLaw.ts'
import type { PauseReason } from '../../../shared/domain/recordings/tables.ts'
import type { PhoneEvent } from '../port.ts'
import type { Up } from '../practiceSteps.ts'
import { Tape } from './tape.ts'
import { waveHeader } from './wave.ts'

/** The clocks of the practice line. */
interface TapeWorld {
  readonly now: () => number
  readonly monotonic: () => number
  readonly after: (milliseconds: number, then: () => void) => () => void
}

interface Running {
  readonly tape: Tape
  readonly begunAt: number
  callOff: () => void
}

const PIECE_MS = 1000

/** Nobody speaks on the practice line: two soft tones stand for the two who would, each for a second and a half in turn. */
function pretended(from: number, frames: number): Uint8Array {
  const sound = new Uint8Array(frames * 2)
  for (let at = 0; at < frames; at++) {
    const seconds = (from + at) / MU_LAW_RATE
    const turn = Math.floor(seconds / 1.5) % 2
    const loudness = 0.25 * Math.abs(Math.sin(seconds * 7)) * Math.sin(((seconds % 1.5) / 1.5) * Math.PI)
    for (const side of [0, 1]) sound[at * 2 + side] = toMuLaw(side === turn ? loudness * Math.sin(seconds * (side === 0 ? 330 : 220) * 2 * Math.PI) : 0)
  }
  return sound
}

/** What a scripted caller says to the machine, as a WAV file: a tone that stands for their voice. */
export function pretendedVoicemail(seconds: number): Uint8Array {
  const frames = Math.round(seconds * MU_LAW_RATE)
  const sound = pretended(0, frames).filter((_, at) => at % 2 === 1)
  return new Uint8Array(Buffer.concat([waveHeader(frames, 1), sound]))
}

/** What is recorded of practice calls, so that recording, pausing and listening can be practised too. */
export class PracticeTapes {
  readonly #world: TapeWorld
  readonly #tell: (event: Extract<PhoneEvent, { kind: 'tape' }>) => void
  readonly #running = new Map<string, Running>()
  readonly #why = new Map<string, PauseReason>()

  constructor(world: TapeWorld, tell: (event: Extract<PhoneEvent, { kind: 'tape' }>) => void) {
    this.#world = world
    this.#tell = tell
  }

  /** Why the next pause is one. */
  because(externalId: string, why: PauseReason): void {
    this.#why.set(externalId, why)
  }

  /** @param phase null: the call is over */
  follow(externalId: string, phase: Up | null): void {
    const state = phase && 'recording' in phase ? phase.recording : undefined
    const running = this.#running.get(externalId)
    if (running) this.#catchUp(running)
    if (!phase || state === undefined) {
      running?.callOff()
      running?.tape.end()
      this.#running.delete(externalId)
      if (!phase) this.#why.delete(externalId)
      return
    }
    const { tape } = running ?? this.#begin(externalId)
    tape.pause(state === 'paused' ? (this.#why.get(externalId) ?? 'hand') : phase.state === 'active' ? null : 'hold')
  }

  #begin(externalId: string): Running {
    const tape = new Tape({ tapeId: newId(), startedAt: this.#world.now(), tell: (news, bytes) => this.#tell({ kind: 'tape', externalId, tape: news, bytes }) })
    const running: Running = { tape, begunAt: this.#world.monotonic(), callOff: () => undefined }
    this.#running.set(externalId, running)
    this.#goOn(running)
    return running
  }

  #goOn(running: Running): void {
    running.callOff = this.#world.after(PIECE_MS, () => {
      this.#catchUp(running)
      this.#goOn(running)
    })
  }

  #catchUp({ tape, begunAt }: Running): void {
    const frames = Math.floor(((this.#world.monotonic() - begunAt) * MU_LAW_RATE) / 1000) - tape.frames
    if (frames > 0) tape.hear(frames, pretended(tape.frames, frames))
  }
}
