import { get, getIf } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { type Services, ServiceError } from '../../core/service.ts'
import type { LiveEntry } from '../../phone/liveCalls.ts'
import { abilitiesFor } from '../../phone/liveDetails.ts'
import type { Ability, PhoneCall } from '../../phone/port.ts'
import { extensionOf } from './extensions.ts'

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
  if (call.state === 'consulting') {
    throw new ServiceError('phone.waits', `The caller waits on hold while you ask ${targetName(services, call)}. Take them back (F7) or put them through (F9) first.`)
  }
  return call
}

const targetName = (services: Services, { toAgentId, toNumber }: { readonly toAgentId: string | null; readonly toNumber: string | null }): string =>
  toAgentId === null ? (toNumber ?? 'somebody') : nameOf(services, toAgentId)

const CANNOT: Readonly<Record<Ability, string>> = {
  answer: 'This telephone can\u2019t be answered from here. Pick up its receiver.',
  reject: 'This telephone can\u2019t send a call away. Leave it to others (F9).',
  hangUp: 'This telephone can\u2019t be hung up from here. Use its receiver.',
  dial: 'This telephone can\u2019t dial. Call from your desk phone.',
  hold: 'This telephone can\u2019t put callers on hold from here.',
  mute: 'This telephone can\u2019t be muted from here.',
  digits: 'This telephone sends no digits from here. Use its own keys.',
  transfer: 'This telephone can\u2019t put callers through from here.',
  transferToNumber: 'This telephone puts callers through to colleagues only. Choose one.',
  consult: 'This telephone can\u2019t ask somebody first. Put the caller through at once, with Shift+Enter.',
  conference: 'This telephone system has no calls of three. Put the caller through, or take them back.',
  pickUp: 'This telephone can\u2019t pick up what rings at others.',
  doNotDisturb: 'This telephone has no do not disturb.',
  record: 'This telephone records no calls.',
}

/** @throws where the telephone can't do it, saying what to do instead */
export function mustBeAble({ liveCalls }: Services, practice: boolean, ability: Ability): void {
  if (!abilitiesFor(liveCalls.line, practice).includes(ability)) throw new ServiceError('phone.cannot', CANNOT[ability])
}

/** A call that this person is on, on a telephone that can do it. */
export function talkedOn(services: Services, callId: string, actorId: string, ability: Ability): PhoneCall {
  const call = ownCall(services, callId, actorId)
  if (!('answeredAt' in call)) throw new ServiceError('phone.notUp', call.direction === 'out' ? 'Nobody has answered yet.' : 'Answer the call first.')
  mustBeAble(services, call.practice, ability)
  return call
}

/** A call that rings this person and that they may send away; their own that came back waits for them. */
export function rejectable(services: Services, callId: string, actorId: string): PhoneCall {
  const call = ringingCall(services, callId, actorId)
  if (call.state === 'recalling') throw new ServiceError('phone.waits', 'This caller is back with you and waits. Take them (F8).')
  mustBeAble(services, call.practice, 'reject')
  return call
}

/** Somebody is asked about this caller. */
export function consulted(services: Services, callId: string, actorId: string, ability: 'consult' | 'conference'): PhoneCall {
  const call = talkedOn(services, callId, actorId, ability)
  if (call.state !== 'consulting') throw new ServiceError('phone.nobodyAsked', 'Nobody is being asked about this caller. Choose whom to ask first (F9).')
  if (ability === 'conference' && call.consult === 'ringing') throw new ServiceError('phone.notYet', `${targetName(services, call)} has not answered yet.`)
  return call
}

/** Where a caller is to go: a colleague, or any number. */
interface Destination {
  readonly toUserId: string | null
  readonly toNumber: string | null
}

/** A call that can go there: it is the actor's, it is up, and the colleague is here. */
export function passable(services: Services, callId: string, actorId: string, to: Destination, how: 'transfer' | 'consult'): PhoneCall {
  if (to.toUserId !== null) {
    const call = transferable(services, callId, actorId, to.toUserId)
    mustBeAble(services, call.practice, how)
    // The practice line reaches people by name; a real telephone has to be told what to dial.
    if (services.liveCalls.line !== null && !call.practice && extensionOf(services, to.toUserId) === null) {
      throw new ServiceError('phone.noExtension', `${nameOf(services, to.toUserId)}\u2019s extension is not known. Type it, or a number.`, { field: 'toUserId' })
    }
    return call
  }
  const call = upAndWithMe(services, callId, actorId)
  mustBeAble(services, call.practice, how === 'consult' ? 'consult' : 'transferToNumber')
  if (call.fromNumber !== null && call.fromNumber === to.toNumber) throw new ServiceError('phone.sameNumber', 'This is the caller\u2019s own number.', { field: 'toNumber' })
  return call
}

/** A call that its person can put on: it is up, and goes nowhere yet. */
function upAndWithMe(services: Services, callId: string, actorId: string): PhoneCall {
  const call = ownCall(services, callId, actorId)
  if (call.state === 'transferring') throw new ServiceError('phone.waits', `The caller is being put through to ${targetName(services, call)} already. Take them back first (F7).`)
  if (call.state === 'consulting') throw new ServiceError('phone.waits', `You are asking ${targetName(services, call)} already. Put the caller through (F9) or take them back (F7).`)
  if (call.state !== 'active' && call.state !== 'held' && call.state !== 'recalling') throw new ServiceError('phone.notUp', 'Answer the call first, then put the caller through.')
  if (call.conference === true) throw new ServiceError('phone.three', 'All three are talking. End the call when everything is said.')
  return call
}

/** A call that can go to this colleague: it is the actor's, it is up, and the colleague is here. */
function transferable(services: Services, callId: string, actorId: string, toUserId: string): PhoneCall {
  const call = upAndWithMe(services, callId, actorId)
  const colleague = services.store.engine.run(get(userTable, toUserId))
  if (!colleague || colleague.id === actorId) throw new ServiceError('phone.nobody', 'Choose a colleague to put the caller through to.', { field: 'toUserId' })
  if (colleague.presence !== 'active') throw new ServiceError('phone.away', `${colleague.name} is not here, and the caller waits. Choose somebody who is.`, { field: 'toUserId' })
  return call
}
