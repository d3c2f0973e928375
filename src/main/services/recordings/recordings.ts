import { newId } from '../../../shared/base/id.ts'
import { type ListedRecording, RECORDING_PART_BYTES, type recordingsMethods } from '../../../shared/contract/methods/recordings.ts'
import { type Attachment, attachmentTable } from '../../../shared/domain/attachments/tables.ts'
import { all, get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { phoneRules } from '../../../shared/domain/phone/settings.ts'
import { phoneSettingTable } from '../../../shared/domain/phone/tables.ts'
import { recordingKept } from '../../../shared/domain/recordings/keeping.ts'
import { callListeningTable, type CallRecording, callRecordingTable } from '../../../shared/domain/recordings/tables.ts'
import { type Asked, type Implementation, mustRun, ServiceError } from '../../core/service.ts'
import { tellCall } from '../../phone/phoneService.ts'
import { fileOf } from '../attachments/file.ts'
import { talkedOn } from '../calls/steering.ts'
import { openedBy, pieceOf } from './heard.ts'

/** How many of those who listened are shown. */
const MOST_LISTENERS = 20

const GONE = 'This recording is gone: its time was over. The call log says when.'

function recordingOf(recordingId: string, { store }: Asked): { readonly recording: CallRecording; readonly file: Attachment } {
  const recording = store.engine.run(get(callRecordingTable, recordingId))
  const file = store.engine.run(get(attachmentTable, recordingId))
  if (!recording || !file || recording.goneAt !== null || file.removedAt !== null) throw new ServiceError('recording.gone', GONE)
  return { recording, file }
}

const nameOf = ({ store }: Asked, userId: string | null): string | null => store.engine.run(getIf(userTable, userId))?.name ?? null

function described(recording: CallRecording, asked: Asked): ListedRecording {
  const { id, startedAt, durationMs, pauses, consent, consentAt, consentBy, cutOff, goneAt, goneWhy } = recording
  const bytes = asked.store.engine.run(get(attachmentTable, id))?.bytes ?? 0
  return { recordingId: id, startedAt, durationMs, pauses: [...pauses], consent, consentAt, consentBy: nameOf(asked, consentBy), cutOff, bytes, keptUntil: goneAt === null ? asked.store.engine.run(recordingKept(recording)) : null, goneAt, goneWhy }
}

export const recordingsService: Implementation<typeof recordingsMethods> = {
  'recording.ofCall': ({ callId }, asked) => {
    const { engine } = asked.store
    const listened = engine
      .run(range(callListeningTable, 'byCall', [callId]))
      .filter(({ recordingId }) => recordingId !== null)
      .toSorted((left, right) => right.at - left.at)
    return {
      recordings: engine
        .run(range(callRecordingTable, 'byCall', [callId]))
        .toSorted((left, right) => left.startedAt - right.startedAt)
        .map((recording) => described(recording, asked)),
      listened: listened.slice(0, MOST_LISTENERS).map(({ userId, at }) => ({ name: nameOf(asked, userId) ?? 'Somebody', at })),
    }
  },

  'recording.open': async ({ recordingId, operationId }, asked) => {
    const { recording, file } = recordingOf(recordingId, asked)
    // Written down before the first sound: who looks later sees also whoever broke off.
    mustRun(asked, { name: 'recording.listened', input: { listeningId: newId(asked.now()), callId: recording.callId, recordingId }, actorId: asked.actorId })
    openedBy(asked).add(recordingId)
    await fileOf(file, operationId, asked)
    return { bytes: file.bytes }
  },

  'recording.part': async ({ recordingId, from }, asked) => {
    const { file } = recordingOf(recordingId, asked)
    if (!openedBy(asked).has(recordingId)) throw new ServiceError('recording.notOpened', 'Open the recording first: who listens is written down.')
    const base64 = await pieceOf(asked, file, from, RECORDING_PART_BYTES)
    if (base64 === null) throw new ServiceError('recording.missing', 'The recording is not on this workstation any more. Open it again.')
    return { base64 }
  },

  'recording.consent': ({ callId }, asked) => {
    talkedOn(asked, callId, asked.actorId, 'record')
    asked.recordings.say(callId, { kind: 'consent' }, asked.actorId)
    tellCall(asked, callId)
    return {}
  },

  'recording.paymentPage': (_input, { store }) => ({ address: phoneRules(store.engine.run(all(phoneSettingTable))).paymentPage }),

  'recording.payment': ({ open }, asked) => {
    for (const callId of asked.recordings.payment(asked.pageId, asked.actorId, open)) tellCall(asked, callId)
    return {}
  },
}
