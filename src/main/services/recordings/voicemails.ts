import { newId } from '../../../shared/base/id.ts'
import { RECORDING_PART_BYTES } from '../../../shared/contract/methods/recordings.ts'
import type { voicemailsMethods } from '../../../shared/contract/methods/voicemails.ts'
import { type Attachment, attachmentTable } from '../../../shared/domain/attachments/tables.ts'
import { get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { voicemailKept } from '../../../shared/domain/recordings/keeping.ts'
import { callListeningTable, type KeptVoicemail, voicemailTable } from '../../../shared/domain/recordings/tables.ts'
import { VOICEMAIL_MEDIA_TYPES, voicemailIdOf } from '../../../shared/domain/recordings/voicemails.ts'
import { type Asked, type Implementation, mustRun, ServiceError } from '../../core/service.ts'
import { fileOf } from '../attachments/file.ts'
import { openedBy, pieceOf } from './heard.ts'

/** How many of those who heard it are shown. */
const MOST_LISTENERS = 20

const GONE = 'This voicemail is gone: its time was over. The call log says when.'

interface Kept {
  readonly voicemail: KeptVoicemail
  readonly file: Attachment
}

function keptOf({ store }: Asked, callId: string): Kept | null {
  const id = voicemailIdOf(store.companyId, callId)
  const voicemail = store.engine.run(get(voicemailTable, id))
  const file = store.engine.run(get(attachmentTable, id))
  return voicemail && file ? { voicemail, file } : null
}

function playableOf(asked: Asked, callId: string): Kept {
  const kept = keptOf(asked, callId)
  if (!kept || kept.voicemail.goneAt !== null || kept.file.removedAt !== null) throw new ServiceError('voicemail.gone', GONE)
  return kept
}

const mediaTypeOf = ({ mediaType }: Attachment): (typeof VOICEMAIL_MEDIA_TYPES)[number] => VOICEMAIL_MEDIA_TYPES.find((type) => type === mediaType) ?? 'audio/wav'

export const voicemailsService: Implementation<typeof voicemailsMethods> = {
  'voicemail.ofCall': ({ callId }, asked) => {
    const { engine } = asked.store
    const kept = keptOf(asked, callId)
    if (!kept) return { voicemail: null, onItsWay: asked.liveCalls.sounds.get(callId), times: 0, heard: [] }
    const { voicemail, file } = kept
    const { leftAt, durationMs, goneAt, goneWhy } = voicemail
    const heard = engine.run(range(callListeningTable, 'byCall', [callId])).filter(({ recordingId }) => recordingId === null)
    return {
      voicemail: { leftAt, durationMs, bytes: file.bytes, mediaType: mediaTypeOf(file), keptUntil: goneAt === null ? engine.run(voicemailKept(voicemail)) : null, goneAt, goneWhy },
      onItsWay: null,
      times: heard.length,
      heard: heard
        .toSorted((left, right) => right.at - left.at)
        .slice(0, MOST_LISTENERS)
        .map(({ userId, at }) => ({ name: engine.run(getIf(userTable, userId))?.name ?? 'Somebody', at })),
    }
  },

  'voicemail.open': async ({ callId, operationId }, asked) => {
    const { voicemail, file } = playableOf(asked, callId)
    // Written down before the first sound, as with a recording.
    mustRun(asked, { name: 'voicemail.heard', input: { listeningId: newId(asked.now()), callId }, actorId: asked.actorId })
    openedBy(asked).add(voicemail.id)
    await fileOf(file, operationId, asked)
    return { bytes: file.bytes, mediaType: mediaTypeOf(file) }
  },

  'voicemail.part': async ({ callId, from }, asked) => {
    const { voicemail, file } = playableOf(asked, callId)
    if (!openedBy(asked).has(voicemail.id)) throw new ServiceError('voicemail.notOpened', 'Open the voicemail first: who listens is written down.')
    const base64 = await pieceOf(asked, file, from, RECORDING_PART_BYTES)
    if (base64 === null) throw new ServiceError('voicemail.missing', 'The voicemail is not on this workstation any more. Open it again.')
    return { base64 }
  },
}
