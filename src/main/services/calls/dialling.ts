import { callTable } from '../../../shared/domain/calls/tables.ts'
import { all, getIf } from '../../../shared/domain/kernel/load.ts'
import { companyTable } from '../../../shared/domain/people/tables.ts'
import { phoneRules, voicemailNumber } from '../../../shared/domain/phone/settings.ts'
import { phoneSettingTable } from '../../../shared/domain/phone/tables.ts'
import { type Asked, type Services, ServiceError } from '../../core/service.ts'
import type { Dialled } from '../../phone/liveCalls.ts'
import { dialPractice } from '../../phone/practiceCaller.ts'

/** Calling out: whether this workstation can, and why not. */

interface NoDial {
  readonly code: string
  readonly message: string
}

/** Why nothing can be dialled here; null where it can. */
export function noDial({ store, liveCalls, practice }: Services): NoDial | null {
  if (practice.kind === 'room') return { code: 'phone.practiceRoom', message: 'Nobody is called from a practice room. Leave it to call customers.' }
  if (store.engine.run(all(companyTable))[0]?.phase === 'sample') return { code: 'phone.sampleNeverDials', message: 'The sample company never dials. Its customers are invented.' }
  const { line } = liveCalls
  if (!line || line.status === 'none' || !line.abilities.includes('dial')) {
    return { code: 'phone.noLine', message: 'No telephone is connected to this workstation yet, so Baton can\u2019t dial. Call from your desk phone.' }
  }
  if (line.status !== 'ready') return { code: 'phone.lineDown', message: `The telephone is not connected${line.reason === '' ? '' : `: ${line.reason}`} Call from another telephone, or wait until it is back.` }
  return null
}

/** Who talks to somebody can't call another; a caller on hold waits. */
function checkFree({ liveCalls }: Services, actorId: string): void {
  const talking = liveCalls.all().find(({ call }) => 'agentId' in call && call.agentId === actorId && call.state !== 'held' && call.state !== 'transferring' && call.state !== 'recalling')
  if (talking) throw new ServiceError('phone.talking', 'You are on a call. Put the caller on hold first (F7), then call.')
}

/**
 * Calls a number. A practice call is returned on the practice line, which rings nobody, wherever that is.
 * @throws ServiceError with the reason where nothing can be dialled
 */
export function dial(asked: Asked, wanted: Omit<Dialled, 'agentId'>): void {
  const dialled: Dialled = { ...wanted, agentId: asked.actorId }
  const earlier = asked.store.engine.run(getIf(callTable, wanted.returnsCallId))
  if (earlier?.practice === true && asked.practice.kind !== 'room') {
    checkFree(asked, asked.actorId)
    return dialPractice(asked, dialled, earlier)
  }
  const reason = noDial(asked)
  if (reason) throw new ServiceError(reason.code, reason.message)
  checkFree(asked, asked.actorId)
  asked.liveCalls.expectDial(dialled)
  asked.liveCalls.asked('dial', null, asked.actorId)
  asked.phone.send({ kind: 'dial', number: dialled.number, agentId: asked.actorId })
}

/**
 * Calls the box in which the telephone system keeps what callers left; it says them one after the other.
 * @throws ServiceError with the reason where nothing can be dialled
 */
export function dialVoicemail(asked: Asked): void {
  const reason = noDial(asked)
  if (reason) throw new ServiceError(reason.code, reason.message)
  checkFree(asked, asked.actorId)
  asked.liveCalls.asked('dial', null, asked.actorId)
  asked.phone.send({ kind: 'dial', number: voicemailNumber(phoneRules(asked.store.engine.run(all(phoneSettingTable)))), agentId: asked.actorId })
}
