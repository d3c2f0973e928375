import type { CommandInput } from '../../api/types.ts'
import { api } from '../../api/api.ts'
import { unlessDone } from '../../api/unlessDone.ts'
import type { Booking } from '../booking/useBooking.ts'

type NewTask = CommandInput<'task.create'>

/**
 * Hands what this call asks for to somebody, with a due time: its holder keeps the promise from here on. Sent twice, it is there once.
 * @param taskId another one than the draft’s own, for what comes after
 */
export async function handOn({ draft }: Pick<Booking, 'draft'>, task: Pick<NewTask, 'title' | 'type' | 'role' | 'dueAt' | 'notes'> & Partial<Pick<NewTask, 'priority' | 'related'>>, taskId = draft.ids.task): Promise<void> {
  const { callId, customerId } = draft
  await unlessDone(['task.exists'], () =>
    api.command('task.create', {
      taskId,
      callId,
      assigneeId: null,
      remindAt: null,
      priority: 'normal',
      related: customerId === null ? null : { kind: 'customer', id: customerId },
      signOffWanted: false,
      steps: [],
      ...task,
    }),
  )
}
