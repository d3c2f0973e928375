import { z } from 'zod'
import { insert, remove, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { isRefused, refuse, type Refused } from '../kernel/refusal.ts'
import { MAX_STEPS, stepTitle } from './creating.ts'
import { loadStep, loadTask, openTask, type LoadedStep } from './standing.ts'
import { taskStepTable, type TaskStep } from './tables.ts'

/** The step of a task that is still open, or why it stays as it is. */
function openStep(loaded: LoadedStep): TaskStep | Refused {
  if (!loaded.step) return refuse('task.unknownStep', 'This step is gone. Look at the task again.', { field: 'stepId' })
  const task = openTask(loaded)
  return isRefused(task) ? task : loaded.step
}

export const saveStep = defineIntention({
  name: 'task.saveStep',
  version: 1,
  summary: 'Add a step to a task, or say it in other words.',
  permission: 'promise.work',
  input: z.strictObject({ taskId: idInput, stepId: idInput, title: stepTitle }),
  *load(input) {
    return { ...(yield* loadTask(input.taskId)), step: yield* get(taskStepTable, input.stepId) }
  },
  decide(input, loaded) {
    const task = openTask(loaded)
    if (isRefused(task)) return task
    if (loaded.step) {
      if (loaded.step.taskId !== task.id) return refuse('task.otherStep', 'This step belongs to another task.', { field: 'stepId' })
      return accept(update(taskStepTable, loaded.step, { title: input.title }))
    }
    if (loaded.steps.length >= MAX_STEPS) return refuse('task.manySteps', `A task has at most ${MAX_STEPS} steps. Make another task.`, { field: 'title' })
    const position = Math.max(-1, ...loaded.steps.map((step) => step.position)) + 1
    return accept(insert(taskStepTable, { id: input.stepId, taskId: task.id, position, title: input.title, done: false, doneAt: null, doneBy: null }))
  },
})

export const checkStep = defineIntention({
  name: 'task.checkStep',
  version: 1,
  summary: 'Tick a step of a task, or take the tick off.',
  permission: 'promise.work',
  input: z.strictObject({ stepId: idInput, done: z.boolean() }),
  *load(input) {
    return yield* loadStep(input.stepId)
  },
  decide(input, loaded, context) {
    const step = openStep(loaded)
    if (isRefused(step)) return step
    // Whoever ticked it first did it.
    if (step.done === input.done) return accept()
    return accept(update(taskStepTable, step, input.done ? { done: true, doneAt: context.at, doneBy: context.actorId } : { done: false, doneAt: null, doneBy: null }))
  },
})

export const removeStep = defineIntention({
  name: 'task.removeStep',
  version: 1,
  summary: 'Take a step off a task.',
  permission: 'promise.work',
  input: z.strictObject({ stepId: idInput }),
  *load(input) {
    return yield* loadStep(input.stepId)
  },
  decide(_input, loaded) {
    const step = openStep(loaded)
    return isRefused(step) ? step : accept(remove(taskStepTable, step))
  },
})

export const orderSteps = defineIntention({
  name: 'task.orderSteps',
  version: 1,
  summary: 'Put the steps of a task in another order.',
  permission: 'promise.work',
  input: z.strictObject({ taskId: idInput, stepIds: z.array(idInput).max(MAX_STEPS) }),
  *load(input) {
    return yield* loadTask(input.taskId)
  },
  decide(input, loaded) {
    const task = openTask(loaded)
    if (isRefused(task)) return task
    // Steps that somebody added meanwhile come last, in their order.
    const rank = new Map(input.stepIds.map((id, index) => [id, index]))
    const ordered = loaded.steps.toSorted((left, right) => (rank.get(left.id) ?? input.stepIds.length + left.position) - (rank.get(right.id) ?? input.stepIds.length + right.position))
    return accept(ordered.map((step, position) => update(taskStepTable, step, { position })))
  },
})
