import type { TapingEvent } from '../../../shared/domain/recordings/taping.ts'
import { type Asked, ServiceError } from '../../core/service.ts'
import { tellCall } from '../../phone/phoneService.ts'
import { talkedOn } from './steering.ts'

const SAID: Readonly<Record<'on' | 'paused' | 'off', TapingEvent>> = { on: { kind: 'on' }, paused: { kind: 'pause' }, off: { kind: 'off' } }

/** Somebody who is on the call wants it recorded, paused, or recorded no more. @throws with why that is not possible */
export function record(asked: Asked, callId: string, to: 'on' | 'paused' | 'off'): Record<string, never> {
  talkedOn(asked, callId, asked.actorId, 'record')
  const taping = asked.recordings.taping(callId)
  if (!taping) throw new ServiceError('phone.notUp', 'Answer the call first.')
  if (taping.mode === 'never') throw new ServiceError('recording.never', 'Calls on this line are not recorded. A manager can change that under Settings, Lines and brands.')
  if (to === 'on' && !taping.consented) throw new ServiceError('recording.consent', 'Read the notice to the caller first.')
  if (to === 'on' && taping.paymentOpen) throw new ServiceError('recording.payment', 'A payment is open, and nothing is recorded while it is. Close it, and recording goes on by itself.')
  if (to === 'paused' && !taping.wanted) throw new ServiceError('recording.off', 'This call is not being recorded.')
  asked.recordings.say(callId, SAID[to], asked.actorId)
  tellCall(asked, callId)
  return {}
}
