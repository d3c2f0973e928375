import { alertTable } from '../../../src/shared/domain/alerts/tables.ts'
import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'
import { queueId } from '../../../src/shared/domain/promises/defaultQueues.ts'
import { promiseId } from '../../../src/shared/domain/promises/engine.ts'
import { promiseTable, queueTable } from '../../../src/shared/domain/promises/tables.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** Every alert says who answered it and how it ended; one that nobody answered is somebody\u2019s promise. */
export function alertProblems(rows: Rows): readonly string[] {
  const promises = new Map(rows(promiseTable).map((promise) => [promise.id, promise]))
  const queue = rows(queueTable).find(({ id }) => id === queueId('emergencies'))
  return rows(alertTable).flatMap((alert) => {
    const problems: string[] = []
    if ((alert.acknowledgedAt === null) !== (alert.acknowledgedBy === null)) problems.push(`alert ${alert.id} does not say both when and by whom it was acknowledged`)
    if (alert.state === 'acknowledged' && alert.acknowledgedBy === null) problems.push(`alert ${alert.id} was acknowledged by nobody`)
    if (alert.state === 'open' && alert.acknowledgedBy !== null) problems.push(`alert ${alert.id} stands although somebody acknowledged it`)
    if ((alert.state === 'withdrawn') !== (alert.withdrawnBy !== null) || (alert.state === 'withdrawn' && alert.reason === '')) problems.push(`alert ${alert.id} does not say who took it back and why`)
    if (queue?.active && alert.state === 'open' && queue.subjectKind === 'alert' && promises.get(promiseId(queue.id, alert.id))?.state !== 'open' && queue.condition.kind === 'compare') problems.push(`alert ${alert.id} is nobody\u2019s promise`)
    return problems
  })
}
