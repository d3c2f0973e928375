import { z } from 'zod'
import { insert, update, type Change } from '../kernel/changes.ts'
import { accept, defineIntention, type DecisionContext } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, textInput } from '../kernel/inputs.ts'
import { isRefused, refuse } from '../kernel/refusal.ts'
import { timeObjection } from './creating.ts'
import { awaitingTask, loadTask, mayDrop, nameOf, openTask, signOffObjection } from './standing.ts'
import { taskNoteTable, taskTable } from './tables.ts'
import { latestDueOf } from './types.ts'

const note = (taskId: string, body: string, context: DecisionContext): Change =>
  insert(taskNoteTable, { id: context.id('note'), taskId, body: body.slice(0, 4000), authorId: context.actorId, at: context.at })

/** What ends with words that others rely on. */
const NEEDS_RESOLUTION: ReadonlySet<string> = new Set(['complaint', 'verifyPayment'])

export const finishTask = defineIntention({
  name: 'task.finish',
  version: 1,
  summary: 'Say that a task is done, and how it ended.',
  permission: 'promise.work',
  input: z.strictObject({ taskId: idInput, resolution: textInput('How it ended', 1000) }),
  *load(input) {
    return yield* loadTask(input.taskId)
  },
  decide({ resolution }, loaded, context) {
    const task = openTask(loaded)
    if (isRefused(task)) return task
    const left = loaded.steps.filter((step) => !step.done).length
    if (left > 0) return refuse('task.openSteps', `${left === 1 ? 'One step is' : `${left} steps are`} still open. Tick what is done, or take off what is not needed.`)
    if (resolution === '' && (NEEDS_RESOLUTION.has(task.type) || task.signOff === 'wanted')) {
      return refuse('task.resolution', 'Say in a few words how it ended: somebody relies on it.', { field: 'resolution' })
    }
    // Who asked for it and did it has seen it.
    const seen = task.signOff === 'wanted' && task.askedBy === context.actorId
    return accept(
      update(taskTable, task, { state: 'done', resolution, resolvedAt: context.at, resolvedBy: context.actorId, remindAt: null, ...(seen ? { signOff: 'given' } : {}) }),
    )
  },
})

export const dropTask = defineIntention({
  name: 'task.drop',
  version: 1,
  summary: 'Let a task go that is not to be done any more, with the reason.',
  permission: 'promise.work',
  input: z.strictObject({ taskId: idInput, reason: lineInput('The reason', 1000) }),
  *load(input) {
    return yield* loadTask(input.taskId)
  },
  decide({ reason }, loaded, context) {
    const task = openTask(loaded)
    if (isRefused(task)) return task
    if (!mayDrop(loaded, task, context)) {
      return refuse('task.notAsked', `Only ${nameOf(loaded.users, task.askedBy)}, who asked for it, or a manager drops this task. Finish it, or give it to somebody else.`)
    }
    return accept(update(taskTable, task, { state: 'dropped', resolution: reason, resolvedAt: context.at, resolvedBy: context.actorId, remindAt: null }))
  },
})

export const signOffTask = defineIntention({
  name: 'task.signOff',
  version: 1,
  summary: 'Say that what you asked for is done as you wanted it.',
  permission: 'promise.work',
  input: z.strictObject({ taskId: idInput, note: textInput('The note', 1000) }),
  *load(input) {
    return yield* loadTask(input.taskId)
  },
  decide(input, loaded, context) {
    const task = awaitingTask(loaded)
    if (isRefused(task)) return task
    const objection = signOffObjection(loaded, task, context)
    if (objection) return objection
    return accept(update(taskTable, task, { signOff: 'given' }), input.note === '' ? [] : note(task.id, `Signed off: ${input.note}`, context))
  },
})

export const sendBackTask = defineIntention({
  name: 'task.sendBack',
  version: 1,
  summary: 'Give a task back that is not done as you wanted it, with what is missing and a new due time.',
  permission: 'promise.work',
  input: z.strictObject({ taskId: idInput, reason: lineInput('What is missing', 1000), dueAt: instantInput }),
  *load(input) {
    return yield* loadTask(input.taskId)
  },
  decide(input, loaded, context) {
    const task = awaitingTask(loaded)
    if (isRefused(task)) return task
    const objection = signOffObjection(loaded, task, context)
    if (objection) return objection
    const wrongTime = timeObjection(task.type, input.dueAt, null, context.at, latestDueOf(task.type, context.at, null))
    if (wrongTime) return wrongTime
    const said = task.resolution === '' ? '' : ` It had ended with: ${task.resolution}`
    return accept(
      update(taskTable, task, { state: 'open', dueAt: input.dueAt, resolution: '', resolvedAt: null, resolvedBy: null }),
      note(task.id, `Sent back: ${input.reason}${said}`, context),
    )
  },
})
