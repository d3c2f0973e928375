import { get } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { voicemailTable } from '../../../shared/domain/recordings/tables.ts'
import { LARGEST_VOICEMAIL, LONGEST_SOUND_MS, voicemailIdOf } from '../../../shared/domain/recordings/voicemails.ts'
import type { Log } from '../../core/log.ts'
import type { CommandOutcome, CommandRequest } from '../../core/runner.ts'
import type { Store } from '../../store/store.ts'
import { type SoundFile, soundFileIn } from './soundFile.ts'

interface Parts {
  readonly store: Store
  readonly hub: { state(): { readonly deviceName: string | null } }
  readonly log: Log
  readonly now: () => number
  readonly run: (request: CommandRequest) => CommandOutcome
}

/** What was said, and in which call. */
export interface LeftVoicemail {
  readonly callId: string
  readonly lineNumber: string
  /** Epoch milliseconds. */
  readonly leftAt: number
  readonly practice: boolean
  readonly sound: Uint8Array
}

/** What is in a file that a telephone system sent as a voicemail; null where it can’t be played, is too large or too long. */
export function playable(sound: Uint8Array): SoundFile | null {
  const file = sound.length <= LARGEST_VOICEMAIL ? soundFileIn(sound) : null
  return file && file.durationMs <= LONGEST_SOUND_MS ? file : null
}

/** Keeps what callers said to the machine, one after the other, each once. */
export class VoicemailKeeper {
  #work: Promise<unknown> = Promise.resolve()

  /**
   * What can't be played is not kept: the call back is owed all the same, and the telephone system still has it.
   * @throws where it could not be written, as on a full disk; the next one is tried all the same
   */
  keep(parts: Parts, left: LeftVoicemail): Promise<void> {
    const kept = this.#work.then(() => this.#keep(parts, left))
    this.#work = kept.catch(() => undefined)
    return kept
  }

  /** Settles once everything that was left is kept. */
  async settled(): Promise<void> {
    await this.#work
  }

  async #keep({ store, hub, log, now, run }: Parts, { sound, ...left }: LeftVoicemail): Promise<void> {
    const voicemailId = voicemailIdOf(store.companyId, left.callId)
    if (store.engine.run(get(voicemailTable, voicemailId))) return
    const file = playable(sound)
    if (!file) return log.warn('voicemail.notPlayable', { callId: left.callId, bytes: sound.length })
    const incoming = store.blobs.incoming(`voicemail-${voicemailId}`)
    await incoming.drop()
    await incoming.append(sound)
    const { sha256, bytes } = await incoming.keep(null, now())
    const input = { ...left, lineNumber: left.lineNumber.slice(0, 40), durationMs: file.durationMs, mediaType: file.mediaType, bytes, sha256, deviceName: (hub.state().deviceName ?? '').slice(0, 60) }
    const outcome = run({ name: 'voicemail.keep', input, actorId: SYSTEM_ACTOR })
    if (outcome.kind === 'refused') log.error('voicemail.refused', { callId: left.callId, code: outcome.refusal.code, message: outcome.refusal.message })
  }
}
