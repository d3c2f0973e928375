import type { QueueSummary } from '../../../shared/contract/methods/promises.ts'
import { useQuery } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { navigate } from '../../stores/route.ts'
import { PromiseWorkbench } from '../queues/PromiseWorkbench.tsx'
import { type QueueEntry, QueueNav } from '../queues/QueueNav.tsx'
import type { ScreenProps } from '../routes.tsx'
import { DeskNumbers } from './DeskNumbers.tsx'
import classes from './desk.module.css'

const ALL = 'all'

function entriesOf(queues: readonly QueueSummary[]): readonly QueueEntry[] {
  return queues.map((queue) => ({ key: queue.key, name: queue.name, open: queue.mine, next: queue.mineNext, target: { area: 'desk', path: [queue.key] } }))
}

/** A person's own desk: what they hold, by name or through their roles, and how the office does today. */
export function DeskScreen({ route }: ScreenProps) {
  const list = useQuery('queues.list', {})
  const summary = useQuery('promises.summary', {}).data
  const queues = list.data?.queues
  if (list.error && !queues) return <ErrorNotice error={list.error} onRetry={list.refetch} />
  if (!queues) return <LoadingLines />

  const queue = queues.find((candidate) => candidate.key === route.path[0])
  const busy = queues.filter((candidate) => candidate.mine > 0)
  const quiet = queues.filter((candidate) => candidate.mine === 0)
  const next = busy.flatMap((candidate) => candidate.mineNext ?? []).toSorted((left, right) => left.dueAt - right.dueAt)[0] ?? null
  const groups = [
    { title: 'Your promises', entries: [{ key: ALL, name: 'All of them', open: summary?.mine ?? 0, next, target: { area: 'desk' } }, ...entriesOf(busy)] },
    ...(quiet.length > 0 ? [{ title: 'Nothing waiting', entries: entriesOf(quiet) }] : []),
  ]
  const open = queues.filter((candidate) => candidate.open > 0)[0]
  return (
    <div className={classes['screen']}>
      <h1 className="spoken">Desk</h1>
      <QueueNav label="Your queues" groups={groups} current={queue?.key ?? ALL} />
      <PromiseWorkbench
        key={queue?.key ?? ALL}
        of={{ kind: 'mine' }}
        only={queue?.id ?? null}
        queues={queues}
        label={queue ? `Yours: ${queue.name}` : 'Your promises'}
        elsewhere={open ? { name: open.name, open: open.open, go: () => navigate({ area: 'queues', path: [open.key] }) } : null}
      />
      <DeskNumbers />
    </div>
  )
}
