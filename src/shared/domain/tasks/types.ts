import { DAY } from '../../base/time.ts'
import type { Task, TaskType } from './tables.ts'

export const TASK_TYPE_NAMES: Readonly<Record<TaskType, string>> = {
  followUp: 'Follow up with customer',
  sendEstimate: 'Send estimate',
  verifyPayment: 'Verify payment received',
  paperwork: 'Complete paperwork',
  reviewCall: 'Call customer for review',
  complaint: 'Complaint',
  etaCall: 'Call with the ETA',
  vendor: 'Vendor',
  other: 'Other',
}

/** A complaint is resolved within a day (003, 004). */
export const COMPLAINT_LIMIT = DAY

/** Nothing is promised further away than its queue's bound. */
export const TASK_LIMIT = 365 * DAY

/**
 * The latest moment a task may be due.
 * @param before the task as it stands, where it is not new
 */
export function latestDueOf(type: TaskType, at: number, before: Pick<Task, 'type' | 'dueAt' | 'createdAt'> | null): number {
  if (type !== 'complaint') return at + TASK_LIMIT
  // Moving a complaint about must not win it another day; one that was sent back keeps the time it got then.
  return before?.type === 'complaint' ? Math.max(before.dueAt, before.createdAt + COMPLAINT_LIMIT) : at + COMPLAINT_LIMIT
}
