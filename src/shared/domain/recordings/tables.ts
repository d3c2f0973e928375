import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

/** Why nothing was recorded for a while: a card number was read, somebody wanted it so, or the caller was on hold. */
export const PAUSE_REASONS = ['card', 'hand', 'hold'] as const
export type PauseReason = (typeof PAUSE_REASONS)[number]

/** A stretch of silence that was put in the place of what was said; milliseconds from the beginning of the recording. */
export interface RecordingPause {
  readonly from: number
  readonly to: number
  readonly why: PauseReason
}

/** How the caller was told: by whoever answered, who read it to them; by the telephone system, before it rang; or nobody had to. */
export const CONSENTS = ['read', 'system', 'none'] as const
export type Consent = (typeof CONSENTS)[number]

/** Who begins a recording on a line: Baton at once, whoever talks, or nobody. */
export const RECORD_MODES = ['never', 'onRequest', 'always'] as const
export type RecordMode = (typeof RECORD_MODES)[number]

/**
 * A call, or a part of one, as it was recorded. Its file is the attachment of the same id, which travels as every attached
 * file does. The row stays when the file goes: that there was one, and why it is gone, stays known.
 */
export const callRecordingTable = defineTable(
  'call_recording',
  {
    /** No reference, because a fact must find its place. */
    callId: col.id(),
    /** E.164; whose rules say how long it is kept. */
    lineNumber: col.text(),
    /** Who talked when it began; a person’s id, and no reference. */
    agentId: nullable(col.text()),
    startedAt: col.instant(),
    /** How long it is with its silence, milliseconds. */
    durationMs: col.integer(),
    pauses: col.json<readonly RecordingPause[]>(),
    consent: col.oneOf(CONSENTS),
    /** When it was read, and by whom. */
    consentAt: nullable(col.instant()),
    consentBy: nullable(col.text()),
    /** Baton or the page with the sound ended in the middle of it. */
    cutOff: col.boolean(),
    practice: col.boolean(),
    /** When the file was deleted, and by which rule; null while it is kept. */
    goneAt: nullable(col.instant()),
    goneWhy: col.text(),
  },
  { indexes: { byCall: ['callId'], byGone: ['goneAt', 'startedAt'] } },
)

/**
 * What a caller said to the machine. Its file is the attachment of the same id, kept and deleted as a recording's is. One for
 * each call, whichever way it came: its id follows from the call's.
 */
export const voicemailTable = defineTable(
  'voicemail',
  {
    /** No reference, because a fact must find its place. */
    callId: col.id(),
    /** E.164; whose rules say how long it is kept. */
    lineNumber: col.text(),
    /** When the caller had spoken. */
    leftAt: col.instant(),
    durationMs: col.integer(),
    practice: col.boolean(),
    /** When the file was deleted, and by which rule; null while it is kept. */
    goneAt: nullable(col.instant()),
    goneWhy: col.text(),
  },
  { indexes: { byCall: ['callId'], byGone: ['goneAt', 'leftAt'] } },
)

/** Who listened to what: a recording, or where there is none the voicemail of the call. */
export const callListeningTable = defineTable(
  'call_listening',
  {
    callId: col.id(),
    recordingId: nullable(col.id()),
    userId: col.id(),
    at: col.instant(),
  },
  { indexes: { byCall: ['callId', 'at'] } },
)

export type CallRecording = Row<typeof callRecordingTable>
export type KeptVoicemail = Row<typeof voicemailTable>
