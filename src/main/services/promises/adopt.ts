import { all } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { companyTable } from '../../../shared/domain/people/tables.ts'
import { DEFAULT_QUEUES } from '../../../shared/domain/promises/defaultQueues.ts'
import { hasFormerRule } from '../../../shared/domain/promises/formerRules.ts'
import { queueTable } from '../../../shared/domain/promises/tables.ts'
import type { Services } from '../../core/service.ts'

/**
 * Gives a company that began under an older Baton the queues this one ships with. A queue that is there, changed or switched
 * off, stays as it is; one with a rule that was shipped then and is not any more gets today's. With a hub every workstation may say so: the first adds them, for the others there is nothing left to do.
 */
export function bringQueues({ store, run, log }: Pick<Services, 'store' | 'run' | 'log'>): void {
  const { engine } = store
  if (engine.run(all(companyTable)).length === 0) return
  const there = new Map(engine.run(all(queueTable)).map((queue) => [queue.id, queue]))
  const queues = DEFAULT_QUEUES.filter(({ id }) => {
    const known = there.get(id)
    return known === undefined || hasFormerRule(known)
  })
  if (queues.length === 0) return
  const outcome = run({ name: 'queue.adopt', actorId: SYSTEM_ACTOR, input: { queues } })
  log.info('queues.brought', { keys: queues.map(({ key }) => key).join(' '), outcome: outcome.kind })
}
