import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { TaskItem, TaskView } from '../../../shared/contract/methods/tasks.ts'
import { useQuery } from '../../api/api.ts'
import { freshList, mergeList, neighbourOf, rowsOf, type SteadyList, type SteadyRow, waitingIn } from '../../stores/steadyList.ts'

/** A task in the shape a steady list is kept in. */
export type ListedTask = TaskItem & { readonly promiseId: string }

type TaskList = SteadyList<ListedTask>

const useTaskLists = create<Readonly<Partial<Record<TaskView, TaskList>>>>(() => ({}))

function change(view: TaskView, next: (list: TaskList | undefined) => TaskList | undefined): void {
  const list = useTaskLists.getState()[view]
  const changed = next(list)
  if (changed !== undefined && changed !== list) useTaskLists.setState({ [view]: changed })
}

const listed = (items: readonly TaskItem[]): readonly ListedTask[] => items.map((item) => ({ ...item, promiseId: item.taskId }))

const NONE: readonly TaskItem[] = []

/** The tasks of a view, kept still under the hand: what is new or gone waits for R; only what the person worked moves. */
export function useSteadyTasks(view: TaskView) {
  const answer = useQuery('tasks.list', { view }, { keep: true })
  const data = answer.outdated ? undefined : answer.data
  const list = useTaskLists((lists) => lists[view])
  const seen = useRef<{ readonly view: TaskView | null; readonly data: unknown }>({ view: null, data: undefined })
  useEffect(() => {
    if (data === undefined || (seen.current.view === view && seen.current.data === data)) return
    const items = listed(data.items)
    // Coming back to a view starts it anew; an empty list has nothing that could move.
    const again = seen.current.view === view
    change(view, (kept) => (again && kept && kept.order.length > 0 ? mergeList(kept, items) : freshList(items, Date.now())))
    seen.current = { view, data }
  })
  const items = listed(data?.items ?? NONE)
  const rows: readonly SteadyRow<ListedTask>[] = list ? rowsOf(list, data === undefined ? [...list.known.values()] : items) : []
  return {
    rows,
    at: list?.at ?? 0,
    counts: answer.data?.counts,
    waiting: list && data ? waitingIn(list, items) : { fresh: 0, gone: 0 },
    loading: answer.loading || list === undefined,
    error: answer.error,
    refetch: answer.refetch,
    renew: (): void => change(view, () => freshList(items, Date.now())),
    /** The person has just worked this task; says which one is next. */
    worked: (taskId: string): string | null => {
      change(view, (kept) => kept && { ...kept, worked: new Set([...kept.worked, taskId]) })
      return neighbourOf(rows, taskId)
    },
  }
}
