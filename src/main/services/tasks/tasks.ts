import type { tasksMethods } from '../../../shared/contract/methods/tasks.ts'
import type { Implementation } from '../../core/service.ts'
import { previewAbsence, readMyAbsence } from './absence.ts'
import { readTask, tasksAbout } from './detail.ts'
import { dueReminders, listTasks } from './lists.ts'

export const tasksService: Implementation<typeof tasksMethods> = {
  'tasks.list': ({ view }, asked) => listTasks(view, asked),
  'tasks.get': ({ taskId }, asked) => readTask(taskId, asked),
  'tasks.about': ({ kind, id }, asked) => tasksAbout(asked, kind, id),
  'tasks.reminders': (_input, asked) => ({ due: dueReminders(asked) }),
  'absence.preview': (going, asked) => previewAbsence(going, asked),
  'absence.mine': (_input, asked) => readMyAbsence(asked),
}
