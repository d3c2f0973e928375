import { get } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { voicemailTable } from '../../../shared/domain/recordings/tables.ts'
import { LARGEST_VOICEMAIL, LONGEST_VOICEMAIL_MS, voicemailIdOf } from '../../../shared/domain/recordings/voicemails.ts'
import { errorDetails, type Log } from '../../core/log.ts'
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

/** What is in a file that a telephone system sent as a voicemail; null where it can’t be played, or is too large. */
export function playable(sound: Uint8Array): SoundFile | null {
  return sound.length <= LARGEST_VOICEMAIL ? soundFileIn(sound) : null
}

/** Keeps what callers said to the machine, one after the other, each once. */
export class VoicemailKeeper {
  #work: Promise<void> = Promise.resolve()

  keep(parts: Parts, left: LeftVoicemail): void {
    this.#work = this.#work
      .then(() => this.#keep(parts, left))
      // The call back is owed all the same, and the telephone system still has it.
      .catch((error: unknown) => parts.log.error('voicemail.notKept', { callId: left.callId, ...errorDetails(error) }))
  }

  /** Settles once everything that was left is kept. */
  settled(): Promise<void> {
    return this.#work
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
    const durationMs = Math.min(file.durationMs, LONGEST_VOICEMAIL_MS)
    const input = { voicemailId, ...left, lineNumber: left.lineNumber.slice(0, 40), durationMs, mediaType: file.mediaType, bytes, sha256, deviceName: (hub.state().deviceName ?? '').slice(0, 60) }
    const outcome = run({ name: 'voicemail.keep', input, actorId: SYSTEM_ACTOR })
    if (outcome.kind === 'refused') log.error('voicemail.refused', { callId: left.callId, code: outcome.refusal.code, message: outcome.refusal.message })
  }
}
