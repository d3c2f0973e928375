import { create } from 'zustand'
import { newId } from '../../../shared/base/id.ts'
import type { Instant } from '../../../shared/base/time.ts'
import type { Role } from '../../../shared/domain/people/permissions.ts'
import type { RelatedKind, TaskType, TASK_PRIORITIES } from '../../../shared/domain/tasks/tables.ts'
import type { Route } from '../../stores/route.ts'

/** The record a new task is about; a visit stands for its job. */
export interface About {
  readonly kind: RelatedKind | 'appointment'
  readonly id: string
}

export type TaskHolderValue = `person:${string}` | `role:${Role}`

export interface TaskDraft {
  readonly taskId: string
  readonly title: string
  readonly type: TaskType
  readonly holder: TaskHolderValue
  readonly dueAt: Instant | null
  readonly remindAt: Instant | null
  readonly priority: (typeof TASK_PRIORITIES)[number]
  readonly signOff: boolean
  readonly notes: string
  /** One a line. */
  readonly steps: string
  readonly callId: string | null
  readonly about: About | null
}

interface DraftStore {
  /** The one in hand; null while nothing is asked. */
  readonly shown: string | null
  /** By what they are about: closing the dialog loses nothing. */
  readonly drafts: Readonly<Record<string, TaskDraft>>
}

export const useTaskDrafts = create<DraftStore>(() => ({ shown: null, drafts: {} }))

/** What a person can ask for beside what the screen shows: another kind of task, another title. */
export interface TaskStart {
  readonly about: About | null
  readonly callId: string | null
  readonly type?: TaskType
  readonly title?: string
}

/** Opens the dialog for a new task about a record, as it was left where it was begun before. */
export function startTask({ about, callId, type = callId === null ? 'other' : 'followUp', title = '' }: TaskStart, me: string): void {
  const key = about === null ? 'nothing' : `${about.kind}/${about.id}`
  useTaskDrafts.setState(({ drafts }) => ({
    shown: key,
    drafts: {
      ...drafts,
      [key]: drafts[key] ?? { taskId: newId(), title, type, holder: `person:${me}`, dueAt: null, remindAt: null, priority: 'normal', signOff: false, notes: '', steps: '', callId, about },
    },
  }))
}

export function changeDraft(key: string, change: Partial<TaskDraft>): void {
  useTaskDrafts.setState(({ drafts }) => {
    const draft = drafts[key]
    return draft ? { drafts: { ...drafts, [key]: { ...draft, ...change } } } : {}
  })
}

export function closeDraft(): void {
  useTaskDrafts.setState({ shown: null })
}

/** The task is made; the next one about the same record begins anew. */
export function forgetDraft(key: string): void {
  useTaskDrafts.setState(({ drafts }) => ({ shown: null, drafts: Object.fromEntries(Object.entries(drafts).filter(([other]) => other !== key)) }))
}

const record = (kind: About['kind'], id: string | undefined): About | null => (id === undefined || id === 'new' ? null : { kind, id })

/** The record that is open on the screen. */
export function aboutOf({ area, path, query }: Route): About | null {
  switch (area) {
    case 'customers':
      return record('customer', path[0])
    case 'jobs':
      return record('job', path[0])
    case 'calls':
      return record('call', path[0])
    case 'money':
      return path[0] === 'invoices' ? record('invoice', path[1]) : null
    case 'board':
      return record('appointment', query['visit'])
    case 'booking':
      return record('call', query['call']) ?? record('customer', query['customer'])
    default:
      return null
  }
}
