import type { RelatedRecord, TaskItem, TaskView } from '../../../shared/contract/methods/tasks.ts'
import type { RouteTarget } from '../../stores/route.ts'

export const VIEW_WORDS: Readonly<Record<TaskView, string>> = {
  mine: 'Mine',
  myRoles: 'My roles',
  askedByMe: 'Asked by me',
  all: 'All',
  ended: 'Ended',
}

/** What an empty list says, and where to look next. */
export const EMPTY_WORDS: Readonly<Record<TaskView, string>> = {
  mine: 'You hold no task. Press 2 for those of your roles.',
  myRoles: 'Nothing waits for one of your roles.',
  askedByMe: 'Nothing that you asked for is open, or waits for you to sign it off.',
  all: 'No task is open.',
  ended: 'No task has ended yet.',
}

export const PRIORITY_WORDS = { low: 'Low', normal: 'Normal', high: 'High' } as const

/** Where the record a task is about is worked. */
export function relatedTarget({ kind, id, day }: RelatedRecord, customerId: string | null): RouteTarget | null {
  switch (kind) {
    case 'customer':
      return { area: 'customers', path: [id] }
    case 'location':
      return customerId === null ? null : { area: 'customers', path: [customerId], query: { location: id } }
    case 'job':
      return { area: 'jobs', path: [id] }
    case 'invoice':
      return { area: 'money', path: ['invoices', id] }
    case 'call':
      return { area: 'calls', path: [id], query: day === null ? {} : { day } }
  }
}

/** Where a task stands, in a word or two. */
export function stateWords(task: Pick<TaskItem, 'state' | 'awaiting'>): string {
  if (task.awaiting) return 'Sign-off'
  return task.state === 'open' ? 'Open' : task.state === 'done' ? 'Done' : 'Dropped'
}
