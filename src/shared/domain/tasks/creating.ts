import { z } from 'zod'
import { isPractice } from '../calls/rules.ts'
import { callTable } from '../calls/tables.ts'
import { noteTable } from '../customers/tables.ts'
import { insert } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, textInput } from '../kernel/inputs.ts'
import { all, get, getIf, getMany } from '../kernel/load.ts'
import { isRefused, refuse, type Refused } from '../kernel/refusal.ts'
import { ROLES } from '../people/permissions.ts'
import { companyTable, userTable } from '../people/tables.ts'
import { holderOf } from './holding.ts'
import { loadRelated } from './related.ts'
import { RELATED_KINDS, TASK_PRIORITIES, TASK_TYPES, taskStepTable, taskTable, type TaskType } from './tables.ts'
import { latestDueOf } from './types.ts'

export const MAX_STEPS = 30

export const taskTitle = lineInput('The title', 120)
export const stepTitle = lineInput('The step', 200)

/** Why a task can't be due or remind then. */
export function timeObjection(type: TaskType, dueAt: number, remindAt: number | null, from: number, latest: number): Refused | undefined {
  if (dueAt <= from) return refuse('task.past', 'It must be due later than now.', { field: 'dueAt' })
  if (dueAt > latest) {
    return refuse('task.tooFar', type === 'complaint' ? 'A complaint is resolved within 24 hours. Choose an earlier time.' : 'A task is due within a year. Choose an earlier time.', { field: 'dueAt' })
  }
  if (remindAt !== null && remindAt > dueAt) return refuse('task.lateReminder', 'The reminder would come after it is due. Choose an earlier one.', { field: 'remindAt' })
  return undefined
}

export const createTask = defineIntention({
  name: 'task.create',
  version: 1,
  summary: 'Ask somebody, or yourself, to do something by a time.',
  permission: 'promise.work',
  input: z.strictObject({
    taskId: idInput,
    title: taskTitle,
    type: z.enum(TASK_TYPES),
    callId: idInput.nullable(),
    /** Exactly one of person and role holds it; where both are given, the person does. */
    assigneeId: idInput.nullable(),
    role: z.enum(ROLES).nullable(),
    dueAt: instantInput,
    remindAt: instantInput.nullable(),
    priority: z.enum(TASK_PRIORITIES),
    related: z.strictObject({ kind: z.enum(RELATED_KINDS), id: idInput }).nullable(),
    notes: textInput('The notes'),
    signOffWanted: z.boolean(),
    steps: z
      .array(z.strictObject({ id: idInput, title: stepTitle }))
      .max(MAX_STEPS, `A task has at most ${MAX_STEPS} steps.`)
      .refine((steps) => new Set(steps.map(({ id }) => id)).size === steps.length, 'Two steps have the same id.'),
  }),
  *load(input) {
    return {
      existing: yield* get(taskTable, input.taskId),
      takenSteps: yield* getMany(taskStepTable, input.steps.map(({ id }) => id)),
      users: yield* all(userTable),
      call: yield* getIf(callTable, input.callId),
      company: (yield* all(companyTable))[0],
      related: input.related === null ? undefined : yield* loadRelated(input.related),
    }
  },
  decide(input, { existing, takenSteps, users, call, company, related }, context) {
    if (existing) return refuse('task.exists', 'This task is there already.', { subject: { kind: 'task', id: existing.id } })
    if (input.related !== null && !related) return refuse('task.unknownRecord', 'The record this is about is not there, or not any more. Look it up again.', { field: 'related' })
    if (input.callId !== null && !call) return refuse('task.unknownCall', 'This call is not in the log. Reload the call list.', { field: 'callId' })
    if (takenSteps.length > 0) return refuse('task.otherStep', 'A step of this task belongs to another one already.', { field: 'steps' })
    const holder = holderOf(input, users)
    if (isRefused(holder)) return holder
    const wrongTime = timeObjection(input.type, input.dueAt, input.remindAt, context.at, latestDueOf(input.type, context.at, null))
    if (wrongTime) return wrongTime

    const customerId = related?.customerId ?? call?.customerId ?? null
    const practice = related?.practice === true || isPractice(call, company)
    const byPerson = users.some((user) => user.id === context.actorId)
    return accept(
      insert(taskTable, {
        id: input.taskId,
        title: input.title,
        type: input.type,
        source: input.callId === null ? 'person' : 'call',
        callId: input.callId,
        ...holder,
        askedBy: byPerson ? context.actorId : null,
        dueAt: input.dueAt,
        remindAt: input.remindAt,
        priority: input.priority,
        relatedKind: input.related?.kind ?? null,
        relatedId: input.related?.id ?? null,
        customerId,
        notes: input.notes,
        state: 'open',
        resolution: '',
        resolvedAt: null,
        resolvedBy: null,
        signOff: input.signOffWanted && byPerson ? 'wanted' : 'none',
        practice,
      }),
      input.steps.map((step, position) => insert(taskStepTable, { id: step.id, taskId: input.taskId, position, title: step.title, done: false, doneAt: null, doneBy: null })),
      // A complaint is noted on the account, where whoever speaks to the customer next sees it (Q2).
      input.type !== 'complaint' || customerId === null || practice
        ? []
        : [insert(noteTable, { id: context.id('note'), customerId, subjectKind: 'customer', subjectId: customerId, body: `Complaint: ${input.title}`, pinned: false, authorId: context.actorId, at: context.at })],
    )
  },
})
