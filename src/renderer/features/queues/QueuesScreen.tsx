import { useEffect } from 'react'
import type { QueueSummary } from '../../../shared/contract/methods/promises.ts'
import { ROLE_NAMES, ROLES } from '../../../shared/domain/people/permissions.ts'
import { useQuery } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { navigate, redirect } from '../../stores/route.ts'
import { AttentionScreen } from '../attention/AttentionScreen.tsx'
import type { ScreenProps } from '../screenProps.ts'
import { SuspenseScreen } from '../suspense/SuspenseScreen.tsx'
import { PromiseWorkbench } from './PromiseWorkbench.tsx'
import { type QueueGroup, QueueNav } from './QueueNav.tsx'
import classes from './queues.module.css'
import type { Scope } from './useSteadyPromises.ts'

const MINE = 'mine'
const WITHOUT_HOLDER = 'without-holder'
const ATTENTION = 'attention'
const SUSPENSE = 'suspense'

const target = (key: string) => ({ area: 'queues', path: [key] })

function groupsOf(queues: readonly QueueSummary[], summary: { readonly mine: number; readonly withoutHolder: number }): readonly QueueGroup[] {
  const nextMine = queues.flatMap((queue) => queue.mineNext ?? []).toSorted((left, right) => left.dueAt - right.dueAt)[0] ?? null
  const entriesOf = (chosen: readonly QueueSummary[]): QueueGroup['entries'] => chosen.map((queue) => ({ key: queue.key, name: queue.name, open: queue.open, next: queue.next, target: target(queue.key) }))
  const varying = queues.filter((queue) => queue.rolesVary)
  const fixed = queues.filter((queue) => !queue.rolesVary)
  const roles = ROLES.filter((role) => fixed.some((queue) => queue.holderRole === role))
  const byRole = roles.map((role) => ({
    title: ROLE_NAMES[role],
    entries: entriesOf(fixed.filter((queue) => queue.holderRole === role)),
  }))
  const missing = summary.withoutHolder
  return [
    { title: 'Yours', entries: [{ key: MINE, name: 'Mine and my roles', open: summary.mine, next: nextMine, target: target(MINE) }] },
    ...(varying.length === 0 ? [] : [{ title: 'By whose they are', entries: entriesOf(varying) }]),
    ...byRole,
    {
      title: 'Must be none',
      entries: [{ key: WITHOUT_HOLDER, name: 'Without a holder', open: missing, next: null, target: target(WITHOUT_HOLDER), said: missing === 0 ? 'none' : 'hand over', alarming: missing > 0 }],
    },
  ]
}

/** The queues; or one change that could not stand, or money whose customer is not there, which take the whole screen. */
export function QueuesScreen({ route }: ScreenProps) {
  const [first, second] = route.path
  if (first === ATTENTION && second !== undefined) return <AttentionScreen key={second} id={second} />
  if (first === SUSPENSE && second !== undefined) return <SuspenseScreen key={second} id={second} />
  return <AllQueues route={route} />
}

/** Every queue of the office, worked by keyboard: the list at the left, the promise in hand, the rest below. */
function AllQueues({ route }: ScreenProps) {
  const list = useQuery('queues.list', {})
  const summary = useQuery('promises.summary', {}).data
  const queues = list.data?.queues
  const asked = route.path[0] ?? ''
  const inOrder = (queues ?? []).filter((candidate) => candidate.open > 0).toSorted((left, right) => (left.next?.dueAt ?? 0) - (right.next?.dueAt ?? 0))
  // Who holds nothing arrives where something is due; an address, so that the list stays what it is while it is worked.
  const arrival = asked === '' && summary?.mine === 0 ? inOrder[0]?.key : undefined
  useEffect(() => {
    if (arrival !== undefined) redirect(route, target(arrival))
  }, [arrival, route])
  if (list.error && !queues) return <ErrorNotice error={list.error} onRetry={list.refetch} />
  if (!queues || !summary || arrival !== undefined) return <LoadingLines />

  const queue = queues.find((candidate) => candidate.key === asked)
  const current = asked === WITHOUT_HOLDER ? WITHOUT_HOLDER : (queue?.key ?? MINE)
  const of: Scope = queue ? { kind: 'queue', queueId: queue.id } : asked === WITHOUT_HOLDER ? { kind: 'withoutHolder' } : { kind: 'mine' }
  const label = queue?.name ?? (asked === WITHOUT_HOLDER ? 'Promises without a holder' : 'Your promises')
  const fullest = inOrder.find((candidate) => candidate.key !== current)
  return (
    <div className={classes['screen']}>
      <h1 className="spoken">Queues: {label}</h1>
      <QueueNav label="Queues" groups={groupsOf(queues, summary)} current={current} />
      <PromiseWorkbench
        key={current}
        of={of}
        only={null}
        queues={queues}
        label={label}
        elsewhere={fullest ? { name: fullest.name, open: fullest.open, go: () => navigate(target(fullest.key)) } : null}
      />
    </div>
  )
}
