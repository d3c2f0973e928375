import type { callsMethods } from '../../../shared/contract/methods/calls.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { companyTable } from '../../../shared/domain/people/tables.ts'
import { type Implementation, type Services, ServiceError } from '../../core/service.ts'
import { describeCall } from '../../phone/phoneService.ts'
import { ringPractice } from '../../phone/practiceCaller.ts'
import { fillCard, PRACTICE_SCRIPTS } from '../../phone/practiceScripts.ts'
import { dayOf, detailOf } from './log.ts'
import { popOf } from './pop.ts'
import { endableCall, ownCall, ringingCall, transferable } from './steering.ts'
import { visitsToCallAbout } from './visits.ts'

/** The list of callers speaks of nobody yet: the customer is picked when the telephone rings. */
const SOMEBODY = { name: 'A customer', first: 'the customer', address: 'the house', other: 'somebody else' }

function refuseToDial(services: Services): ServiceError {
  const phase = services.store.engine.run(all(companyTable))[0]?.phase
  return phase === 'sample'
    ? new ServiceError('phone.sampleNeverDials', 'The sample company never dials. Its customers are invented.')
    : new ServiceError('phone.noLine', 'No telephone is connected to this workstation yet, so Baton can\u2019t dial. Call from your desk phone.')
}

export const callsService: Implementation<typeof callsMethods> = {
  'calls.current': (_input, asked) => ({ calls: asked.liveCalls.all().map((entry) => describeCall(asked, entry)) }),
  'calls.pop': ({ callId }, asked) => popOf(asked, callId),
  'calls.day': ({ day }, asked) => dayOf(asked, day),
  'calls.detail': ({ callId }, asked) => detailOf(asked, callId),
  'calls.visits': ({ customerId }, asked) => visitsToCallAbout(asked, customerId),

  'phone.answer': ({ callId }, asked) => {
    asked.phone.send({ kind: 'answer', externalId: ringingCall(asked, callId, asked.actorId).externalId, agentId: asked.actorId })
    return {}
  },
  'phone.hangUp': ({ callId }, asked) => {
    asked.phone.send({ kind: 'hangUp', externalId: endableCall(asked, callId, asked.actorId).externalId })
    return {}
  },
  'phone.hold': ({ callId }, asked) => {
    asked.phone.send({ kind: 'hold', externalId: ownCall(asked, callId, asked.actorId).externalId })
    return {}
  },
  'phone.resume': ({ callId }, asked) => {
    asked.phone.send({ kind: 'resume', externalId: ownCall(asked, callId, asked.actorId).externalId })
    return {}
  },
  'phone.transfer': ({ callId, toUserId }, asked) => {
    asked.phone.send({ kind: 'transfer', externalId: transferable(asked, callId, asked.actorId, toUserId).externalId, to: { kind: 'colleague', agentId: toUserId, extension: null } })
    return {}
  },
  // The practice line is the only telephone so far, and it can't dial.
  'phone.dial': (_input, asked) => {
    throw refuseToDial(asked)
  },

  'practice.state': (_input, asked) => ({
    everyMinutes: asked.liveCalls.practiceEvery,
    scripts: PRACTICE_SCRIPTS.map(({ key, card }) => {
      const { title, goal } = fillCard(card, SOMEBODY)
      return { key, title, goal }
    }),
  }),
  'practice.ring': ({ script }, asked) => {
    if (asked.practice.kind === 'room') throw new ServiceError('practice.oneAtATime', 'One caller at a time in an exercise.')
    if (script !== undefined && !PRACTICE_SCRIPTS.some(({ key }) => key === script)) {
      throw new ServiceError('practice.unknownScript', 'The practice line has no such caller. Choose one from the list.', { field: 'script' })
    }
    return ringPractice(asked, script ?? null)
  },
  'practice.schedule': ({ everyMinutes }, asked) => {
    asked.liveCalls.practiceEvery = everyMinutes
    asked.phone.send({ kind: 'practiceSchedule', everyMinutes })
    return { everyMinutes }
  },
}
