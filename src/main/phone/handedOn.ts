import { callTable } from '../../shared/domain/calls/tables.ts'
import { range } from '../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { phoneExtensionTable } from '../../shared/domain/phone/tables.ts'
import type { Services } from '../core/service.ts'

/**
 * A colleague's telephone is idle again: a caller who was put through to it is not there any more. A telephone that is no
 * Baton's reports nothing itself, and without this its calls would never end. Where one does report, its own end stands above.
 */
export function endHandedOn(services: Services, extension: string): void {
  const { store, liveCalls, run, now } = services
  const [person] = store.engine.run(range(phoneExtensionTable, 'byExtension', [extension]))
  if (!person) return
  for (const call of store.engine.run(range(callTable, 'byState', ['live']))) {
    if (call.agentId !== person.userId || call.leftAt === null || liveCalls.get(call.id)) continue
    const { externalId, direction, lineName, lineNumber, fromNumber, offeredAt, practice, ringMs, answeredAt, agentId } = call
    run({
      name: 'call.ended',
      actorId: SYSTEM_ACTOR,
      input: { externalId, direction, lineName, lineNumber, fromNumber, offeredAt, practice, ringMs, answeredAt, agentId, endedAt: Math.max(now(), offeredAt), talkMs: null, endCause: 'transferred', leftBy: agentId },
    })
  }
}
