import type { HandoffItem, handoffMethods } from '../../../shared/contract/methods/handoff.ts'
import { isHole, type ItemStanding } from '../../../shared/domain/handoff/checklist.ts'
import { loadHandOff } from '../../../shared/domain/handoff/handOff.ts'
import { loadVisit } from '../../../shared/domain/dispatch/visit.ts'
import { jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { waiverStanding } from '../../../shared/domain/jobs/waivers.ts'
import { all, get } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { fieldsOf } from '../../../shared/domain/promises/expression.ts'
import { type Implementation, ServiceError } from '../../core/service.ts'

/** What stands on the job; everything else is the customer's and the place's. */
const OF_THE_JOB: ReadonlySet<string> = new Set(['lineCount', 'plannedPayment', 'summary', 'confirmation', 'technicianId', 'waiver'])

/** What an item's rule looks at. */
function lookedAt({ answer }: ItemStanding['item']): readonly string[] {
  const rule = answer.kind === 'person' ? answer.needs : answer.rule
  return rule === null ? [] : [...fieldsOf(rule)]
}

function opensOf(item: ItemStanding['item']): HandoffItem['opens'] {
  const fields = lookedAt(item)
  return fields.length > 0 && fields.every((field) => OF_THE_JOB.has(field)) ? 'job' : 'customer'
}

export const handoffService: Implementation<typeof handoffMethods> = {
  'handoff.checklist': ({ appointmentId }, { store: { engine } }) => {
    const visit = engine.run(loadVisit(appointmentId))
    if (!visit) throw new ServiceError('dispatch.unknownVisit', 'This visit is no longer there. Look at the board again.')
    const names = new Map(engine.run(all(userTable)).map(({ id, name }) => [id, name]))
    const { items } = engine.run(loadHandOff(visit))
    const jobType = engine.run(get(jobTypeTable, visit.job.jobTypeId))
    const state = waiverStanding(visit.job, jobType)
    const waiver = state && { name: jobType?.waiver ?? 'Waiver', state }
    return {
      items: items.map((standing): HandoffItem => {
        const { item, answeredBy, tick, tickable } = standing
        return {
          key: item.key,
          label: item.label,
          answeredBy,
          tickable,
          words: item.answer.kind === 'person' && item.answer.words,
          said: tick?.said ?? '',
          tickedBy: tick ? (names.get(tick.tickedBy) ?? 'Somebody') : '',
          tickedAt: tick?.tickedAt ?? null,
          opens: opensOf(item),
          waiver: lookedAt(item).includes('waiver') ? waiver : null,
        }
      }),
      holes: items.filter(isHole).length,
      jobId: visit.job.id,
      customerId: visit.job.customerId,
    }
  },
}
