import { useEffect } from 'react'
import type { QueueSummary } from '../../../shared/contract/methods/promises.ts'
import type { Role } from '../../../shared/domain/people/permissions.ts'
import { useQuery } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate, redirect } from '../../stores/route.ts'
import { usePerson } from '../../stores/session.ts'
import { PromiseWorkbench } from '../queues/PromiseWorkbench.tsx'
import { type QueueEntry, QueueNav } from '../queues/QueueNav.tsx'
import type { ScreenProps } from '../screenProps.ts'
import { DeskNumbers } from './DeskNumbers.tsx'
import classes from './desk.module.css'

const ALL = 'all'
const OFFICE = 'office'

/** Who looks after the whole office, and so has something to see on a desk where nothing is theirs. */
const LOOKS_AFTER_ALL: ReadonlySet<Role> = new Set(['owner', 'serviceManager'])

type FirstDue = NonNullable<QueueSummary['next']>

const firstDue = (dues: readonly FirstDue[]): FirstDue | null => dues.toSorted((left, right) => left.dueAt - right.dueAt)[0] ?? null

function entriesOf(queues: readonly QueueSummary[]): readonly QueueEntry[] {
  return queues.map((queue) => ({ key: queue.key, name: queue.name, open: queue.mine, next: queue.mineNext, target: { area: 'desk', path: [queue.key] } }))
}

/** A person's own desk: what they hold, by name or through their roles, and how the office does today. */
export function DeskScreen({ route }: ScreenProps) {
  const person = usePerson()
  const list = useQuery('queues.list', {})
  const summary = useQuery('promises.summary', {}).data
  const queues = list.data?.queues
  const asked = route.path[0]
  const nothingMine = summary !== undefined && summary.mine === 0 && summary.open > 0
  const office = asked === OFFICE
  const toOffice = (): void => navigate({ area: 'desk', path: [OFFICE] })
  // Decided on arrival and then an address: a promise that comes meanwhile must not change the list under the hand.
  const landsOnOffice = asked === undefined && nothingMine && person.roles.some((role) => LOOKS_AFTER_ALL.has(role))
  useEffect(() => {
    if (landsOnOffice) redirect(route, { area: 'desk', path: [OFFICE] })
  }, [landsOnOffice, route])
  useHotkeys('Desk', [
    { keys: '[', label: 'Your promises', run: () => navigate({ area: 'desk', path: [ALL] }) },
    { keys: ']', label: 'Everybody\u2019s promises', run: toOffice },
  ])
  if (list.error && !queues) return <ErrorNotice error={list.error} onRetry={list.refetch} />
  if (!queues || !summary || landsOnOffice) return <LoadingLines />

  const queue = queues.find((candidate) => candidate.key === asked)
  const busy = queues.filter((candidate) => candidate.mine > 0)
  const quiet = queues.filter((candidate) => candidate.mine === 0)
  const next = firstDue(busy.flatMap((candidate) => candidate.mineNext ?? []))
  const officeNext = firstDue(queues.flatMap((candidate) => candidate.next ?? []))
  const groups = [
    { title: 'Your promises', entries: [{ key: ALL, name: 'All of them', open: summary.mine, next, target: { area: 'desk', path: [ALL] } }, ...entriesOf(busy)] },
    { title: 'The whole office', entries: [{ key: OFFICE, name: 'Everybody\u2019s promises', open: summary.open, next: officeNext, target: { area: 'desk', path: [OFFICE] } }] },
    ...(quiet.length > 0 ? [{ title: 'None of yours waiting', entries: entriesOf(quiet) }] : []),
  ]
  const current = office ? OFFICE : (queue?.key ?? ALL)
  return (
    <div className={classes['screen']}>
      <h1 className="spoken">Desk</h1>
      <QueueNav label="Your queues" groups={groups} current={current} />
      <PromiseWorkbench
        key={current}
        of={{ kind: office ? 'everybodys' : 'mine' }}
        only={queue?.id ?? null}
        queues={queues}
        label={office ? 'Everybody\u2019s promises' : queue ? `Yours: ${queue.name}` : 'Your promises'}
        elsewhere={!office && summary.open > 0 ? { name: 'Everybody\u2019s promises', open: summary.open, keys: ']', go: toOffice } : null}
      />
      <DeskNumbers />
    </div>
  )
}
