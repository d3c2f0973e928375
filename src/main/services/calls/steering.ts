import { get, getIf } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { type Services, ServiceError } from '../../core/service.ts'
import type { LiveEntry } from '../../phone/liveCalls.ts'
import type { PhoneCall } from '../../phone/port.ts'

/** Who may do what to a call that is up, with the reason in a sentence where somebody may not. */

const nameOf = ({ store: { engine } }: Services, userId: string | null): string => engine.run(getIf(userTable, userId))?.name ?? 'A colleague'

function upCall(services: Services, callId: string): LiveEntry {
  const entry = services.liveCalls.get(callId)
  if (!entry) throw new ServiceError('phone.over', 'This call is over.')
  return entry
}

/**
 * What a person does to a call that somebody else took would end that person's conversation.
 * @throws where it is somebody else's
 */
export function ownCall(services: Services, callId: string, actorId: string): PhoneCall {
  const { call } = upCall(services, callId)
  const agentId = 'agentId' in call ? call.agentId : null
  if (agentId === null || agentId === actorId) return call
  if ('transferred' in call && call.transferred?.byAgentId === actorId) throw new ServiceError('phone.transferred', `${nameOf(services, agentId)} has just answered, and talks with the caller.`)
  throw new ServiceError('phone.notYours', 'Somebody else is on this call.')
}

/** A call that rings this person: a caller whom nobody has answered yet, a colleague's transfer, or their own that came back. */
export function ringingCall(services: Services, callId: string, actorId: string): PhoneCall {
  const { call } = upCall(services, callId)
  if (call.state === 'offered') return call
  if (call.state === 'transferring') {
    if (call.toAgentId === actorId) return call
    throw new ServiceError('phone.elsewhere', `This caller is being put through to ${nameOf(services, call.toAgentId)}.`)
  }
  if (call.state === 'recalling' && call.agentId === actorId) return call
  throw new ServiceError('phone.taken', 'Somebody else has just answered this call.')
}

/** A call that this person may end; a caller on the way to a colleague is taken back first, or their call would end unheard. */
export function endableCall(services: Services, callId: string, actorId: string): PhoneCall {
  const call = ownCall(services, callId, actorId)
  if (call.state === 'transferring' || call.state === 'recalling') {
    throw new ServiceError('phone.waits', `The caller waits while ${nameOf(services, call.toAgentId)} does not answer. Take them back first (F7), then end the call.`)
  }
  return call
}

/** A call that can go to this colleague: it is the actor's, it is up, and the colleague is here. */
export function transferable(services: Services, callId: string, actorId: string, toUserId: string): PhoneCall {
  const call = ownCall(services, callId, actorId)
  if (call.state === 'transferring') throw new ServiceError('phone.waits', `The caller is being put through to ${nameOf(services, call.toAgentId)} already. Take them back first (F7).`)
  if (call.state !== 'active' && call.state !== 'held' && call.state !== 'recalling') throw new ServiceError('phone.notUp', 'Answer the call first, then put the caller through.')
  const colleague = services.store.engine.run(get(userTable, toUserId))
  if (!colleague || colleague.id === actorId) throw new ServiceError('phone.nobody', 'Choose a colleague to put the caller through to.', { field: 'toUserId' })
  if (colleague.presence !== 'active') throw new ServiceError('phone.away', `${colleague.name} is not here, and the caller waits. Choose somebody who is.`, { field: 'toUserId' })
  return call
}
