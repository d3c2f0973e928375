import type { TaskDetail } from '../../../shared/contract/methods/tasks.ts'
import { callTable } from '../../../shared/domain/calls/tables.ts'
import { get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { loadTask, mayChange, mayDrop, signOffObjection } from '../../../shared/domain/tasks/standing.ts'
import { type RelatedKind, taskNoteTable } from '../../../shared/domain/tasks/tables.ts'
import type { DecisionContext } from '../../../shared/domain/kernel/command.ts'
import { customerTable } from '../../../shared/domain/customers/tables.ts'
import { appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import type { Asked } from '../../core/service.ts'
import { and, eq, schema } from '../../store/schema.ts'
import { firstPhones } from '../customers/phones.ts'
import { isAwaiting, itemOf, liveTask, taskReader } from './lists.ts'
import { relatedRecord } from './related.ts'

/** Answers `tasks.get`. */
export function readTask(taskId: string, asked: Asked): TaskDetail | null {
  const { engine } = asked.store
  const loaded = engine.run(loadTask(taskId))
  const { task, steps, users } = loaded
  if (!task) return null
  const reader = taskReader(asked)
  const nameOf = (id: string | null): string | null => users.find((user) => user.id === id)?.name ?? null
  // What the commands ask of the context, so that the screen offers what they would do.
  const context = { actorId: asked.actorId, may: (permission) => asked.session.may(permission) } as Pick<DecisionContext, 'actorId' | 'may'> as DecisionContext
  const call = engine.run(getIf(callTable, task.callId))
  const phones = task.customerId === null ? new Map<string, string>() : firstPhones(asked.store, [task.customerId])
  const open = task.state === 'open'
  return {
    ...itemOf(liveTask(task, asked), reader),
    notes: task.notes,
    resolution: task.resolution,
    source: task.source,
    call: task.callId === null ? null : (engine.run(relatedRecord('call', task.callId, reader.zone))?.record ?? null),
    createdAt: task.createdAt,
    assigneeId: task.assigneeId,
    role: task.role,
    signOff: task.signOff,
    phone: phones.get(task.customerId ?? '') ?? call?.callBackNumber ?? call?.fromNumber ?? null,
    stepList: steps
      .toSorted((left, right) => left.position - right.position || (left.id < right.id ? -1 : 1))
      .map((step) => ({ stepId: step.id, title: step.title, done: step.done, doneBy: nameOf(step.doneBy) })),
    noteList: engine
      .run(range(taskNoteTable, 'byTask', [taskId]))
      .toSorted((left, right) => right.at - left.at || (left.id < right.id ? 1 : -1))
      .map((note) => ({ noteId: note.id, body: note.body, by: nameOf(note.authorId) ?? 'Baton', at: note.at })),
    mayChange: open && mayChange(loaded, task, context),
    mayDrop: open && mayDrop(loaded, task, context),
    maySignOff: isAwaiting(task) && signOffObjection(loaded, task, context) === undefined,
  }
}

/** Answers `tasks.about`: the record in words, and the open tasks about it or its customer's. */
export function tasksAbout(asked: Asked, askedKind: RelatedKind | 'appointment', askedId: string) {
  const { engine, db, companyId } = asked.store
  const visit = askedKind === 'appointment' ? engine.run(get(appointmentTable, askedId)) : undefined
  const kind = askedKind === 'appointment' ? 'job' : askedKind
  const id = visit?.jobId ?? askedId
  const reader = taskReader(asked)
  const found = engine.run(relatedRecord(kind, id, reader.zone))
  if (!found) return { related: null, customerName: null, open: [] }
  const { task } = schema
  const same = found.customerId === null ? and(eq(task.relatedKind, kind), eq(task.relatedId, id)) : eq(task.customerId, found.customerId)
  const open = db.select().from(task).where(and(eq(task.companyId, companyId), eq(task.state, 'open'), same)).limit(20).all()
  const customer = found.customerId === null ? undefined : engine.run(get(customerTable, found.customerId))
  return { related: found.record, customerName: customer?.name ?? null, open: open.map((row) => itemOf(liveTask(row, asked), reader)).toSorted((left, right) => left.dueAt - right.dueAt) }
}
