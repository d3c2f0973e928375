import { z } from 'zod'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineFact, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, textInput } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { isRefused, refuse } from '../kernel/refusal.ts'
import { ROLES } from '../people/permissions.ts'
import { taskTitle, timeObjection } from './creating.ts'
import { holderOf } from './holding.ts'
import { loadRelated } from './related.ts'
import { loadTask, mayChange, nameOf, openTask } from './standing.ts'
import { RELATED_KINDS, TASK_PRIORITIES, TASK_TYPES, taskNoteTable, taskTable } from './tables.ts'
import { latestDueOf } from './types.ts'

export const changeTask = defineIntention({
  name: 'task.change',
  version: 1,
  summary: 'Change what a task says: title, type, due time, reminder, priority, record, notes, sign-off.',
  permission: 'promise.work',
  input: z.strictObject({
    taskId: idInput,
    set: z
      .strictObject({
        title: taskTitle,
        type: z.enum(TASK_TYPES),
        dueAt: instantInput,
        remindAt: instantInput.nullable(),
        priority: z.enum(TASK_PRIORITIES),
        related: z.strictObject({ kind: z.enum(RELATED_KINDS), id: idInput }).nullable(),
        notes: textInput('The notes'),
        signOffWanted: z.boolean(),
      })
      .partial(),
  }),
  *load(input) {
    const { related } = input.set
    return { ...(yield* loadTask(input.taskId)), related: related ? yield* loadRelated(related) : undefined }
  },
  decide({ set }, loaded, context) {
    const task = openTask(loaded)
    if (isRefused(task)) return task
    if (!mayChange(loaded, task, context)) {
      return refuse('task.notYours', `Only ${nameOf(loaded.users, task.askedBy)}, who asked for it, whoever holds it, or a manager changes this task. Leave a note on it instead.`)
    }
    if (set.related && !loaded.related) return refuse('task.unknownRecord', 'The record this is about is not there, or not any more. Look it up again.', { field: 'set.related' })
    if (set.signOffWanted !== undefined && task.askedBy === null) return refuse('task.nobodyAsked', 'Nobody asked for this task, so nobody signs it off.', { field: 'set.signOffWanted' })
    const { signOffWanted, related, ...values } = set
    const type = set.type ?? task.type
    const latest = latestDueOf(type, context.at, task)
    const dueAt = set.dueAt ?? Math.min(task.dueAt, latest)
    const remindAt = set.remindAt === undefined ? task.remindAt : set.remindAt
    const moved = set.dueAt !== undefined || set.remindAt !== undefined
    // A task that is late already may get another title; a new due time must be one that can be kept.
    const wrongTime = moved ? timeObjection(type, dueAt, remindAt, set.dueAt === undefined ? 0 : context.at, latest) : undefined
    if (wrongTime) return wrongTime
    return accept(
      update(taskTable, task, {
        ...values,
        dueAt,
        ...(remindAt !== null && remindAt > dueAt ? { remindAt: dueAt } : {}),
        ...(related === undefined ? {} : { relatedKind: related?.kind ?? null, relatedId: related?.id ?? null, customerId: loaded.related?.customerId ?? null, practice: loaded.related?.practice === true }),
        ...(signOffWanted === undefined ? {} : { signOff: signOffWanted ? 'wanted' : 'none' }),
      }),
    )
  },
})

export const reassignTask = defineIntention({
  name: 'task.reassign',
  version: 1,
  summary: 'Give a task to another person or role.',
  permission: 'promise.reassign',
  input: z.strictObject({ taskId: idInput, assigneeId: idInput.nullable(), role: z.enum(ROLES).nullable() }),
  *load(input) {
    return yield* loadTask(input.taskId)
  },
  decide(input, loaded) {
    const task = openTask(loaded)
    if (isRefused(task)) return task
    const holder = holderOf(input, loaded.users)
    if (isRefused(holder)) return holder
    return accept(update(taskTable, task, holder))
  },
})

/** A fact: what somebody wrote down was written, whatever became of the task meanwhile. */
export const noteOnTask = defineFact({
  name: 'task.note',
  version: 1,
  summary: 'Write a note on a task.',
  permission: 'promise.work',
  input: z.strictObject({ noteId: idInput, taskId: idInput, body: lineInput('The note', 4000) }),
  *load(input) {
    return yield* get(taskNoteTable, input.noteId)
  },
  decide(input, existing, context) {
    if (existing) return accept()
    return accept(insert(taskNoteTable, { id: input.noteId, taskId: input.taskId, body: input.body, authorId: context.actorId, at: context.at }))
  },
})
