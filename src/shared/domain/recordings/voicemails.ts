import { z } from 'zod'
import { derivedId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { attachmentTable } from '../attachments/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineFact, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, optionalLine } from '../kernel/inputs.ts'
import { get, range } from '../kernel/load.ts'
import { voicemailKept } from './keeping.ts'
import { isSoundOver, keepSound, removeSound } from './soundFile.ts'
import { callListeningTable, voicemailTable } from './tables.ts'

/** In what a telephone system may hand over what was said. */
export const VOICEMAIL_MEDIA_TYPES = ['audio/wav', 'audio/mpeg'] as const
export type VoicemailMediaType = (typeof VOICEMAIL_MEDIA_TYPES)[number]

/**
 * Nobody speaks to a machine for so long, milliseconds. A page that plays an MP3 has all its samples in memory, and a small
 * file may be hours of them.
 */
export const LONGEST_SOUND_MS = 30 * MINUTE

/** A quarter of an hour as telephones record, more as MP3; bytes. */
export const LARGEST_VOICEMAIL = 16 * 1024 * 1024

const ENDINGS: Readonly<Record<VoicemailMediaType, string>> = { 'audio/wav': 'wav', 'audio/mpeg': 'mp3' }

/** One for each call, so that several workstations that are told of the same message keep it once. */
export const voicemailIdOf = (companyId: string, callId: string): string => derivedId('voicemail', companyId, callId)

/** A fact: it was left, and lies on this workstation’s disk. */
const keepVoicemail = defineFact({
  name: 'voicemail.keep',
  version: 1,
  summary: 'Keep what a caller said to the machine, so that whoever calls back can hear it.',
  permission: 'phone.report',
  input: z.strictObject({
    callId: idInput,
    lineNumber: optionalLine('The line\u2019s number', 40),
    leftAt: instantInput,
    durationMs: z.int().min(0).max(LONGEST_SOUND_MS),
    practice: z.boolean(),
    mediaType: z.enum(VOICEMAIL_MEDIA_TYPES),
    bytes: z.int().min(1).max(LARGEST_VOICEMAIL),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'This is not a SHA-256.'),
    deviceName: optionalLine('The workstation\u2019s name', 60),
  }),
  *load({ callId }) {
    const [existing] = yield* range(voicemailTable, 'byCall', [callId])
    return existing
  },
  decide({ mediaType, bytes, sha256, deviceName, ...values }, existing, context) {
    if (existing) return accept()
    const voicemailId = voicemailIdOf(context.companyId, values.callId)
    return accept(
      insert(voicemailTable, { id: voicemailId, ...values, goneAt: null, goneWhy: '' }),
      keepSound({ id: voicemailId, subjectKind: 'voicemail', name: `Voicemail.${ENDINGS[mediaType]}`, mediaType, bytes, sha256, deviceName }, context),
    )
  },
})

/** As with a recording: once, and with the hub’s word only. */
const forgetVoicemail = defineIntention({
  name: 'voicemail.forget',
  version: 1,
  summary: 'Delete a voicemail\u2019s file because its time is over; that there was one stays known.',
  permission: 'phone.report',
  online: true,
  input: z.strictObject({ voicemailId: idInput, why: lineInput('The reason', 200) }),
  *load({ voicemailId }) {
    const voicemail = yield* get(voicemailTable, voicemailId)
    return voicemail && { voicemail, file: yield* get(attachmentTable, voicemailId), keptUntil: yield* voicemailKept(voicemail) }
  },
  decide({ why }, loaded, context) {
    if (!loaded) return accept()
    const { voicemail, file, keptUntil } = loaded
    if (!isSoundOver(voicemail, keptUntil, context)) return accept()
    return accept(update(voicemailTable, voicemail, { goneAt: context.at, goneWhy: why }), removeSound(file, context))
  },
})

/** Whoever may return the call may hear what the caller said in it. */
const heardVoicemail = defineFact({
  name: 'voicemail.heard',
  version: 1,
  summary: 'Write down who listened to a voicemail. That returns no call.',
  permission: 'call.handle',
  input: z.strictObject({ listeningId: idInput, callId: idInput }),
  *load({ listeningId }) {
    return yield* get(callListeningTable, listeningId)
  },
  decide({ listeningId, callId }, existing, context) {
    return existing ? accept() : accept(insert(callListeningTable, { id: listeningId, callId, recordingId: null, userId: context.actorId, at: context.at }))
  },
})

export const voicemailCommands = [keepVoicemail, forgetVoicemail, heardVoicemail] as const
