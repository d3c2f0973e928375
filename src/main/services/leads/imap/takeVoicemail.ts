import { createHash } from 'node:crypto'
import { MINUTE } from '../../../../shared/base/time.ts'
import { callTable, type Call } from '../../../../shared/domain/calls/tables.ts'
import { range } from '../../../../shared/domain/kernel/load.ts'
import type { CallIdentity } from '../../../phone/port.ts'
import { hearVoicemail, type VoicemailParts } from '../../../phone/voicemail/hearVoicemail.ts'
import type { MailedVoicemail } from './readVoicemail.ts'

/** Greeting, thinking and speaking take so long at most. */
const SPOKEN_WITHIN = 15 * MINUTE
/** So far apart two clocks may be. */
const CLOCKS_APART = 2 * MINUTE

/** The call that somebody left it in: the last one from their number that nobody took, shortly before. */
function callOf({ store }: VoicemailParts, { number, seconds }: MailedVoicemail, leftAt: number): Call | undefined {
  if (number === null) return undefined
  const [from, to] = [leftAt - seconds * 1000 - SPOKEN_WITHIN, leftAt + CLOCKS_APART]
  return store.engine
    .run(range(callTable, 'byNumber', [number]))
    .filter(({ direction, practice, offeredAt, answeredAt, voicemailAt }) => direction === 'in' && !practice && answeredAt === null && offeredAt >= from && offeredAt <= to && (voicemailAt === null || Math.abs(voicemailAt - leftAt) <= CLOCKS_APART))
    .toSorted((left, right) => right.offeredAt - left.offeredAt)[0]
}

/**
 * Puts a voicemail that was mailed to its call; where nobody of ours heard that one ring it becomes a call of its own, so that
 * its caller is owed an answer all the same.
 * @param receivedAt epoch milliseconds
 */
export function takeVoicemail(services: VoicemailParts, mailed: MailedVoicemail, receivedAt: number): void {
  // No message is from the future, whatever the telephone system's clock says.
  const leftAt = Math.min(mailed.leftAt ?? receivedAt, receivedAt)
  const call = callOf(services, mailed, leftAt)
  const identity: CallIdentity = call
    ? { externalId: call.externalId, direction: 'in', lineName: call.lineName, lineNumber: call.lineNumber, fromNumber: call.fromNumber, offeredAt: call.offeredAt, practice: false }
    : { externalId: `mail:${createHash('sha256').update(mailed.id).digest('hex')}`, direction: 'in', lineName: '', lineNumber: '', fromNumber: mailed.number, offeredAt: leftAt - mailed.seconds * 1000, practice: false }
  const { seconds, sound } = mailed
  hearVoicemail(services, identity, { leftAt, seconds, recording: call ? null : 'mailed by the telephone system', ...(sound ? { sound } : {}) })
}
