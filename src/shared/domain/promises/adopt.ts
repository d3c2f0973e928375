import { z } from 'zod'
import { type Change, insert, update } from '../kernel/changes.ts'
import { accept, defineFact } from '../kernel/command.ts'
import { getMany } from '../kernel/load.ts'
import { queueId } from './defaultQueues.ts'
import { hasFormerRule } from './formerRules.ts'
import { queueInput } from './inputs.ts'
import { checkQueue } from './queueCheck.ts'
import { queueTable } from './tables.ts'

/**
 * Brings the queues that a newer Baton ships with into a company that began under an older one. Each workstation says so
 * when it first starts under the new version; queues that are there already, changed or switched off by a manager, stay as
 * they are, but for a condition that is still the one shipped then, where a newer queue has taken part of it over. A fact, because the software is newer now, whatever else happened meanwhile.
 */
export const adoptQueues = defineFact({
  name: 'queue.adopt',
  version: 1,
  summary: 'Add the queues that this version of Baton brings along.',
  permission: 'company.setUp',
  input: z.strictObject({ queues: z.array(queueInput).max(60) }),
  *load(input) {
    return yield* getMany(queueTable, input.queues.map(({ id }) => id))
  },
  decide(input, existing) {
    const known = new Map(existing.map((queue) => [queue.id, queue]))
    const brought = new Map(input.queues.filter((queue) => queue.id === queueId(queue.key) && checkQueue(queue) === undefined).map((queue) => [queue.id, queue]))
    return accept(
      [...brought.values()].flatMap((queue): readonly Change[] => {
        const there = known.get(queue.id)
        if (!there) return [insert(queueTable, queue)]
        return hasFormerRule(there) ? [update(queueTable, there, { condition: queue.condition })] : []
      }),
    )
  },
})
