import type { callsMethods } from '../../../shared/contract/methods/calls.ts'
import type { Asked, Implementation } from '../../core/service.ts'
import { describeCall } from '../../phone/phoneService.ts'
import type { PhoneCommand } from '../../phone/port.ts'
import { deskOf } from './desk.ts'
import { dial, dialVoicemail } from './dialling.ts'
import { targetOf } from './extensions.ts'
import { dayOf, detailOf } from './log.ts'
import { popOf } from './pop.ts'
import { record } from './recording.ts'
import { consulted, endableCall, mustBeAble, ownCall, passable, rejectable, ringingCall, talkedOn } from './steering.ts'
import { visitsToCallAbout } from './visits.ts'

/** Tells the telephone, and remembers who asked: a refusal comes later, and is theirs to read. */
function tell(asked: Asked, command: Extract<PhoneCommand, { readonly externalId: string }>): Record<string, never> {
  asked.liveCalls.asked(command.kind, command.externalId, asked.actorId)
  asked.phone.send(command)
  return {}
}

export const callsService: Implementation<typeof callsMethods> = {
  'calls.current': (_input, asked) => ({ calls: asked.liveCalls.all().map((entry) => describeCall(asked, entry)) }),
  'calls.pop': ({ callId }, asked) => popOf(asked, callId),
  'calls.day': ({ day }, asked) => dayOf(asked, day),
  'calls.detail': ({ callId }, asked) => detailOf(asked, callId),
  'calls.visits': ({ customerId }, asked) => visitsToCallAbout(asked, customerId),

  'phone.desk': (_input, asked) => deskOf(asked),

  'phone.answer': ({ callId }, asked) => tell(asked, { kind: 'answer', externalId: ringingCall(asked, callId, asked.actorId).externalId, agentId: asked.actorId }),
  'phone.reject': ({ callId }, asked) => tell(asked, { kind: 'reject', externalId: rejectable(asked, callId, asked.actorId).externalId }),
  'phone.hangUp': ({ callId }, asked) => tell(asked, { kind: 'hangUp', externalId: endableCall(asked, callId, asked.actorId).externalId }),
  'phone.hold': ({ callId }, asked) => tell(asked, { kind: 'hold', externalId: talkedOn(asked, callId, asked.actorId, 'hold').externalId }),
  'phone.resume': ({ callId }, asked) => tell(asked, { kind: 'resume', externalId: ownCall(asked, callId, asked.actorId).externalId }),
  'phone.mute': ({ callId, on }, asked) => tell(asked, { kind: 'mute', externalId: talkedOn(asked, callId, asked.actorId, 'mute').externalId, on }),
  'phone.digits': ({ callId, digits }, asked) => tell(asked, { kind: 'digits', externalId: talkedOn(asked, callId, asked.actorId, 'digits').externalId, digits }),
  'phone.record': ({ callId, to }, asked) => record(asked, callId, to),
  'phone.transfer': ({ callId, ...to }, asked) => tell(asked, { kind: 'transfer', externalId: passable(asked, callId, asked.actorId, to, 'transfer').externalId, to: targetOf(asked, to) }),
  'phone.consult': ({ callId, ...to }, asked) => tell(asked, { kind: 'consult', externalId: passable(asked, callId, asked.actorId, to, 'consult').externalId, to: targetOf(asked, to) }),
  'phone.completeTransfer': ({ callId }, asked) => tell(asked, { kind: 'completeTransfer', externalId: consulted(asked, callId, asked.actorId, 'consult').externalId }),
  'phone.conference': ({ callId }, asked) => tell(asked, { kind: 'conference', externalId: consulted(asked, callId, asked.actorId, 'conference').externalId }),
  'phone.pickUp': ({ extension }, asked) => {
    const practice = asked.liveCalls.all().some(({ call }) => call.practice && call.state === 'transferring' && call.toAgentId === extension)
    mustBeAble(asked, practice, 'pickUp')
    asked.liveCalls.asked('pickUp', null, asked.actorId)
    asked.phone.send({ kind: 'pickUp', extension, agentId: asked.actorId })
    return {}
  },
  'phone.doNotDisturb': ({ on }, asked) => {
    mustBeAble(asked, (asked.liveCalls.line?.status ?? 'none') === 'none', 'doNotDisturb')
    asked.liveCalls.asked('doNotDisturb', null, asked.actorId)
    asked.phone.send({ kind: 'doNotDisturb', on })
    return {}
  },
  'phone.dial': (wanted, asked) => {
    dial(asked, wanted)
    return {}
  },
  'phone.voicemail': (_input, asked) => {
    dialVoicemail(asked)
    return {}
  },
}
