import type { promisesMethods } from '../../../shared/contract/methods/promises.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { queueTable } from '../../../shared/domain/promises/tables.ts'
import type { Implementation } from '../../core/service.ts'
import { countQueues, readSummary } from './counts.ts'
import { readItems } from './items.ts'

export const promisesService: Implementation<typeof promisesMethods> = {
  'promises.summary': (_input, asked) => readSummary(asked),

  'queues.list': (_input, asked) => {
    const countsOf = countQueues(asked)
    const active = asked.store.engine
      .run(all(queueTable))
      .filter((queue) => queue.active)
      .sort((left, right) => left.position - right.position)
    return {
      queues: active.map(({ id, key, name, subjectKind, holderRole, roleField, boundMinutes, outcomes }) => {
        const { office, mine, practice } = countsOf(id)
        return {
          id,
          key,
          name,
          subjectKind,
          holderRole,
          rolesVary: Boolean(roleField),
          boundMinutes,
          outcomes: [...outcomes],
          open: office.open,
          overdue: office.overdue,
          next: office.next,
          mine: mine.open,
          mineOverdue: mine.overdue,
          mineNext: mine.next,
          practice,
        }
      }),
    }
  },

  'queue.items': ({ of }, asked) => readItems(of, asked),
}
