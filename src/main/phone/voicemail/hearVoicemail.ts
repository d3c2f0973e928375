import { callIdOf, LONGEST_RECORDING_NAME, LONGEST_VOICEMAIL_SECONDS } from '../../../shared/domain/calls/facts.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { errorDetails } from '../../core/log.ts'
import type { Services } from '../../core/service.ts'
import { identityOf } from '../callReports.ts'
import { countsFrom, named } from '../officeLines.ts'
import type { CallIdentity, Voicemail } from '../port.ts'
import { identityLeftIn } from './callLeftIn.ts'
import { playable } from './voicemailKeeper.ts'

/** How long it is, seconds: as the telephone system says, or as the sound shows where it says nothing. 0 where nothing says it. */
function secondsOf({ seconds, sound }: Voicemail): number {
  if (seconds > 0 || !sound) return seconds
  const durationMs = playable(sound)?.durationMs ?? 0
  return durationMs === 0 ? 0 : Math.max(1, Math.round(durationMs / 1000))
}

/** What a telephone says of a voicemail, cut to what the call log takes: that somebody spoke counts more than how long. */
function voicemailFact(call: CallIdentity, voicemail: Voicemail): Readonly<Record<string, unknown>> {
  const voicemailSeconds = Math.min(LONGEST_VOICEMAIL_SECONDS, Math.max(0, Math.round(secondsOf(voicemail))))
  return { ...identityOf(call), voicemailAt: voicemail.leftAt, voicemailSeconds, voicemailRecording: voicemail.recording?.slice(0, LONGEST_RECORDING_NAME).trim() || null }
}

export type VoicemailParts = Pick<Services, 'store' | 'hub' | 'log' | 'now' | 'run' | 'voicemails'>

/**
 * Takes in what a caller left: somebody owes them a call back, and can hear it first where the sound came along. The word is
 * written down before this returns, the sound is kept once it settles.
 * @returns whether the word was taken; where it was refused the log says why, and saying it again does not help
 * @throws where it can't be written down or kept now, as on a full disk
 */
export async function takeInVoicemail(services: VoicemailParts, heard: CallIdentity, voicemail: Voicemail): Promise<boolean> {
  const call = named(services, voicemail.apart === true ? identityLeftIn(services, heard, voicemail) : heard)
  const input = { ...voicemailFact(call, voicemail), countsFrom: countsFrom(services, call.lineNumber, voicemail.leftAt) }
  const outcome = services.run({ name: 'call.voicemailLeft', input, actorId: SYSTEM_ACTOR })
  if (outcome.kind === 'refused') services.log.error('phone.notRecorded', { command: 'call.voicemailLeft', code: outcome.refusal.code, message: outcome.refusal.message })
  const { sound, leftAt } = voicemail
  const callId = callIdOf(services.store.companyId, call.externalId)
  if (sound) await services.voicemails.keep(services, { callId, lineNumber: call.lineNumber, leftAt, practice: call.practice, sound })
  return outcome.kind !== 'refused'
}

/** What a telephone says of a voicemail. A full disk must not silence it: whoever spoke can still be found in its own box. */
export function hearVoicemail(services: VoicemailParts, heard: CallIdentity, voicemail: Voicemail): void {
  takeInVoicemail(services, heard, voicemail).catch((error: unknown) =>
    services.log.error('phone.voicemailNotKept', { callId: callIdOf(services.store.companyId, heard.externalId), recording: voicemail.recording, ...errorDetails(error) }),
  )
}
