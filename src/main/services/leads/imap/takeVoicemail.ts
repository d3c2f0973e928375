import { createHash } from 'node:crypto'
import { DAY } from '../../../../shared/base/time.ts'
import type { CallIdentity } from '../../../phone/port.ts'
import { callLeftIn } from '../../../phone/voicemail/callLeftIn.ts'
import { takeInVoicemail, type VoicemailParts } from '../../../phone/voicemail/hearVoicemail.ts'
import type { MailedVoicemail } from './readVoicemail.ts'

/** An email that took longer comes from a telephone system that does not know the day. */
const LONGEST_WAY = 30 * DAY

const MAILED = 'mailed by the telephone system'

/** When the caller had spoken. No message is from the future, or from long ago, whatever the telephone system's clock says. */
function leftAtOf({ leftAt }: MailedVoicemail, arrivedAt: number): number {
  return leftAt === null || leftAt > arrivedAt || leftAt < arrivedAt - LONGEST_WAY ? arrivedAt : leftAt
}

/**
 * Puts a voicemail that was mailed to its call; where nobody of ours heard that one ring it becomes a call of its own, so that
 * its caller is owed an answer all the same.
 * @param arrivedAt when the mail server got it, epoch milliseconds: the same however often it is read
 * @returns false where the log does not take it
 * @throws where it can't be written down or kept now: it has to be read again
 */
export async function takeVoicemail(services: VoicemailParts, mailed: MailedVoicemail, arrivedAt: number): Promise<boolean> {
  const leftAt = leftAtOf(mailed, arrivedAt)
  const { seconds, sound, number: fromNumber } = mailed
  const heard: CallIdentity = { externalId: `mail:${createHash('sha256').update(mailed.id).digest('hex')}`, direction: 'in', lineName: '', lineNumber: '', fromNumber, offeredAt: leftAt - seconds * 1000, practice: false }
  const call = callLeftIn(services, heard, { leftAt, seconds })
  const recorded = call?.voicemailRecording ?? null
  // What the telephone itself has of a message is not displaced by what somebody mailed.
  const isTelephones = recorded !== null && recorded !== MAILED
  return takeInVoicemail(services, heard, { leftAt, seconds, recording: call && call.externalId !== heard.externalId ? null : MAILED, apart: true, ...(sound && !isTelephones ? { sound } : {}) })
}
