import { z } from 'zod'
import { attachmentTable } from '../attachments/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, type Command, defineFact, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, optionalLine } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { recordingKept } from './keeping.ts'
import { isSoundOver, keepSound, removeSound } from './soundFile.ts'
import { callListeningTable, callRecordingTable, CONSENTS, PAUSE_REASONS } from './tables.ts'
import { voicemailCommands } from './voicemails.ts'

/** As its file is handed over. */
const RECORDING_MEDIA_TYPE = 'audio/wav'

/** Longer than any shift. */
export const LONGEST_RECORDING_MS = 24 * 60 * 60 * 1000
export const MOST_PAUSES = 2000
const position = z.int().min(0).max(LONGEST_RECORDING_MS)

/** A fact: it was recorded, and lies on this workstation’s disk. */
const keepRecording = defineFact({
  name: 'recording.keep',
  version: 1,
  summary: 'Keep what was recorded of a call, with its pauses and how the caller was told.',
  permission: 'phone.report',
  input: z.strictObject({
    recordingId: idInput,
    callId: idInput,
    lineNumber: optionalLine('The line\u2019s number', 40),
    agentId: idInput.nullable(),
    startedAt: instantInput,
    durationMs: position,
    pauses: z.array(z.strictObject({ from: position, to: position, why: z.enum(PAUSE_REASONS) })).max(MOST_PAUSES),
    consent: z.enum(CONSENTS),
    consentAt: instantInput.nullable(),
    consentBy: idInput.nullable(),
    cutOff: z.boolean(),
    practice: z.boolean(),
    bytes: z.int().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'This is not a SHA-256.'),
    deviceName: optionalLine('The workstation\u2019s name', 60),
  }),
  *load({ recordingId }) {
    return yield* get(callRecordingTable, recordingId)
  },
  decide({ recordingId, bytes, sha256, deviceName, ...values }, existing, context) {
    if (existing) return accept()
    return accept(
      insert(callRecordingTable, { id: recordingId, ...values, goneAt: null, goneWhy: '' }),
      keepSound({ id: recordingId, subjectKind: 'recording', name: 'Recording.wav', mediaType: RECORDING_MEDIA_TYPE, bytes, sha256, deviceName }, context),
    )
  },
})

/**
 * Its time is over. Several workstations may find that at once: it goes once. Only with the hub’s word, because it can’t be
 * taken back: a complaint, or more days for its line, may have been entered at another workstation.
 */
const forgetRecording = defineIntention({
  name: 'recording.forget',
  version: 1,
  summary: 'Delete a recording\u2019s file because its time is over; that there was one stays known.',
  permission: 'phone.report',
  online: true,
  input: z.strictObject({ recordingId: idInput, why: lineInput('The reason', 200) }),
  *load({ recordingId }) {
    const recording = yield* get(callRecordingTable, recordingId)
    return recording && { recording, file: yield* get(attachmentTable, recordingId), keptUntil: yield* recordingKept(recording) }
  },
  decide({ why }, loaded, context) {
    if (!loaded) return accept()
    const { recording, file, keptUntil } = loaded
    if (!isSoundOver(recording, keptUntil, context)) return accept()
    return accept(update(callRecordingTable, recording, { goneAt: context.at, goneWhy: why }), removeSound(file, context))
  },
})

const listened = defineFact({
  name: 'recording.listened',
  version: 1,
  summary: 'Write down who listened to a recording.',
  permission: 'recording.listen',
  input: z.strictObject({ listeningId: idInput, callId: idInput, recordingId: idInput }),
  *load({ listeningId }) {
    return yield* get(callListeningTable, listeningId)
  },
  decide({ listeningId, ...values }, existing, context) {
    return existing ? accept() : accept(insert(callListeningTable, { id: listeningId, ...values, userId: context.actorId, at: context.at }))
  },
})

export const recordingsCommands = [keepRecording, forgetRecording, listened, ...voicemailCommands] as const satisfies readonly Command[]
