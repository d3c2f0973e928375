import { z } from 'zod'
import { insert } from '../kernel/changes.ts'
import { accept, defineFact } from '../kernel/command.ts'
import { getMany } from '../kernel/load.ts'
import { queueId } from './defaultQueues.ts'
import { queueInput } from './inputs.ts'
import { checkQueue } from './queueCheck.ts'
import { queueTable } from './tables.ts'

/**
 * Brings the queues that a newer Baton ships with into a company that began under an older one. Each workstation says so
 * when it first starts under the new version; queues that are there already, changed or switched off by a manager, stay as
 * they are. A fact, because the software is newer now, whatever else happened meanwhile.
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
    const known = new Set(existing.map(({ id }) => id))
    const missing = new Map(input.queues.filter((queue) => !known.has(queue.id) && queue.id === queueId(queue.key) && checkQueue(queue) === undefined).map((queue) => [queue.id, queue]))
    return accept([...missing.values()].map((queue) => insert(queueTable, queue)))
  },
})
