import { isInternal, isPractice } from '../../shared/domain/calls/rules.ts'
import { type Call, callTable } from '../../shared/domain/calls/tables.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import { all, get } from '../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { companyTable } from '../../shared/domain/people/tables.ts'
import { phoneRules } from '../../shared/domain/phone/settings.ts'
import { phoneSettingTable, workStatusTable } from '../../shared/domain/phone/tables.ts'
import type { Services } from '../core/service.ts'
import type { PhoneCall } from './port.ts'

/** What the telephone and the calls make of people’s status by themselves. */

type Reading = Pick<Services, 'store'>

const saidOf = (call: Pick<Call, 'outcome' | 'outcomeByRule'>): boolean => call.outcome !== null && !call.outcomeByRule

/** Whoever has hung up is left alone for a while, unless they have said already how the call ended. */
export function beginWrapUp(services: Services, callId: string, call: PhoneCall): void {
  // Whoever was put through to begins to talk where this part ends.
  if (call.state !== 'ended' || call.cause === 'transferred' || call.direction !== 'in' || call.answeredAt === null || call.agentId === null) return
  const { store, run, now } = services
  const row = store.engine.run(get(callTable, callId))
  const company = store.engine.run(all(companyTable))[0]
  const { wrapUpSeconds } = phoneRules(store.engine.run(all(phoneSettingTable)))
  if (!row || saidOf(row) || wrapUpSeconds === 0 || isInternal(row) || isPractice(row, company)) return
  run({ name: 'status.enter', actorId: SYSTEM_ACTOR, input: { userId: call.agentId, status: 'wrapUp', callId, until: now() + wrapUpSeconds * 1000 } })
}

/** Whose wrap-up ends with these changes: somebody said how their call ended, or booked on it. */
export function wrapUpsOver({ store }: Reading, changes: readonly NetChange[]): readonly { readonly userId: string; readonly callId: string }[] {
  const said = new Set(changes.flatMap(({ table, id, after }) => (table.name === callTable.name && after !== null && saidOf(after as unknown as Call) ? [id] : [])))
  if (said.size === 0) return []
  return store.engine.run(all(workStatusTable)).flatMap(({ userId, status, callId }) => (status === 'wrapUp' && callId !== null && said.has(callId) ? [{ userId, callId }] : []))
}

export function endWrapUps({ run }: Pick<Services, 'run'>, over: readonly { readonly userId: string; readonly callId: string }[]): void {
  for (const { userId, callId } of over) run({ name: 'status.enter', actorId: SYSTEM_ACTOR, input: { userId, status: 'available', callId } })
}

/** Whoever went home and signs in again is back. */
export function backFromHome({ store, run }: Pick<Services, 'store' | 'run'>, userId: string | null): void {
  if (userId === null || store.engine.run(get(workStatusTable, userId))?.status !== 'gone') return
  run({ name: 'status.enter', actorId: userId, input: { userId, status: 'available' } })
}
