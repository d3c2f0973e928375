import { MINUTE } from '../../../src/shared/base/time.ts'
import { callTable } from '../../../src/shared/domain/calls/tables.ts'
import { SYSTEM_ACTOR } from '../../../src/shared/domain/people/permissions.ts'
import { callRecordingTable, CONSENTS, PAUSE_REASONS, voicemailTable } from '../../../src/shared/domain/recordings/tables.ts'
import { VOICEMAIL_MEDIA_TYPES } from '../../../src/shared/domain/recordings/voicemails.ts'
import type { Generator } from '../world.ts'

const WRONG = 0.15

const keep: Generator = {
  command: 'recording.keep',
  propose: ({ random, rows, at }) => {
    const call = random.pick(rows(callTable))
    if (!call) return undefined
    const known = random.chance(0.1) ? random.pick(rows(callRecordingTable)) : undefined
    const durationMs = 1000 + random.below(10 * MINUTE)
    const from = random.below(durationMs)
    const consent = random.pick(CONSENTS)
    return {
      actorId: SYSTEM_ACTOR,
      input: {
        recordingId: known?.id ?? random.id(),
        callId: random.chance(WRONG) ? random.id() : call.id,
        lineNumber: call.lineNumber,
        agentId: call.agentId,
        startedAt: at - durationMs,
        durationMs: random.chance(WRONG / 3) ? -1 : durationMs,
        pauses: random.chance(0.4) ? [{ from, to: from + random.below(durationMs - from + 1), why: random.pick(PAUSE_REASONS) }] : [],
        consent,
        consentAt: consent === 'read' ? at : null,
        consentBy: consent === 'read' ? call.agentId : null,
        cutOff: random.chance(0.1),
        practice: call.practice,
        bytes: durationMs * 16 + 58,
        sha256: Array.from({ length: 64 }, () => random.below(16).toString(16)).join(''),
        deviceName: 'Front desk 2',
      },
    }
  },
}

const forget: Generator = {
  command: 'recording.forget',
  propose: ({ random, rows }) => {
    const recording = random.pick(rows(callRecordingTable))
    return recording && { actorId: SYSTEM_ACTOR, input: { recordingId: random.chance(WRONG) ? random.id() : recording.id, why: random.chance(WRONG) ? ' ' : 'Kept for 90 days, as its line says.' } }
  },
}

const listened: Generator = {
  command: 'recording.listened',
  propose: ({ random, rows }) => {
    const recording = random.pick(rows(callRecordingTable))
    return recording && { input: { listeningId: random.id(), callId: recording.callId, recordingId: random.chance(0.1) ? null : recording.id } }
  },
}

const keepVoicemail: Generator = {
  command: 'voicemail.keep',
  propose: ({ random, rows, at }) => {
    const call = random.pick(rows(callTable).filter(({ voicemailAt }) => voicemailAt !== null)) ?? random.pick(rows(callTable))
    if (!call) return undefined
    const durationMs = random.below(2 * MINUTE)
    return {
      actorId: SYSTEM_ACTOR,
      input: {
        callId: random.chance(WRONG) ? random.id() : call.id,
        lineNumber: call.lineNumber,
        leftAt: at,
        durationMs: random.chance(WRONG / 3) ? -1 : durationMs,
        practice: call.practice,
        mediaType: random.pick(VOICEMAIL_MEDIA_TYPES),
        bytes: durationMs * 16 + 44,
        sha256: Array.from({ length: 64 }, () => random.below(16).toString(16)).join(''),
        deviceName: 'Front desk 2',
      },
    }
  },
}

const forgetVoicemail: Generator = {
  command: 'voicemail.forget',
  propose: ({ random, rows }) => {
    const voicemail = random.pick(rows(voicemailTable))
    return voicemail && { actorId: SYSTEM_ACTOR, input: { voicemailId: random.chance(WRONG) ? random.id() : voicemail.id, why: random.chance(WRONG) ? ' ' : 'Kept for 90 days, as its line says.' } }
  },
}

const heardVoicemail: Generator = {
  command: 'voicemail.heard',
  propose: ({ random, rows }) => {
    const voicemail = random.pick(rows(voicemailTable))
    return voicemail && { input: { listeningId: random.id(), callId: voicemail.callId } }
  },
}

export const recordingsGenerators: readonly Generator[] = [keep, forget, listened, keepVoicemail, forgetVoicemail, heardVoicemail]
