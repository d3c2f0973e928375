import { DAY, HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import { callTable } from '../../../src/shared/domain/calls/tables.ts'
import { customerTable, locationTable } from '../../../src/shared/domain/customers/tables.ts'
import { invoiceTable } from '../../../src/shared/domain/invoices/tables.ts'
import { jobTable } from '../../../src/shared/domain/jobs/tables.ts'
import { ROLES } from '../../../src/shared/domain/people/permissions.ts'
import { userTable } from '../../../src/shared/domain/people/tables.ts'
import { RELATED_KINDS, TASK_PRIORITIES, TASK_TYPES, type Task, taskStepTable, taskTable, type TaskStep } from '../../../src/shared/domain/tasks/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const RELATED_TABLES = { customer: customerTable, location: locationTable, job: jobTable, invoice: invoiceTable, call: callTable } as const

function someRelated({ random, rows }: World): { readonly kind: string; readonly id: string } | null {
  const kind = random.pick(RELATED_KINDS)
  if (kind === undefined || random.chance(0.3)) return null
  if (random.chance(WRONG / 4)) return { kind, id: random.id() }
  const record = random.pick(rows(RELATED_TABLES[kind]))
  return record ? { kind, id: record.id } : null
}

/** Mostly a person of the office, else a role; now and then nobody, or somebody who is not there. */
function someHolder({ random, rows }: World): { readonly assigneeId: string | null; readonly role: string | null } {
  if (random.chance(WRONG / 3)) return { assigneeId: random.chance(0.5) ? random.id() : null, role: null }
  if (random.chance(0.4)) return { assigneeId: null, role: random.pick(ROLES) ?? 'owner' }
  return { assigneeId: random.pick(rows(userTable))?.id ?? null, role: random.chance(0.5) ? null : (random.pick(ROLES) ?? null) }
}

const someDue = ({ random, at }: World): number => at + (random.chance(WRONG / 2) ? -HOUR : random.chance(0.6) ? 5 * MINUTE + random.below(23 * 60) * MINUTE : DAY + random.below(random.chance(WRONG) ? 500 : 60) * DAY)

const create: Generator = {
  command: 'task.create',
  propose: (world) => {
    const { random, rows } = world
    const dueAt = someDue(world)
    return {
      input: {
        taskId: random.chance(WRONG / 4) ? (random.pick(rows(taskTable))?.id ?? random.id()) : random.id(),
        title: random.pick(['Send the estimate for the heat pump', 'Ask whether the check cleared', 'Call Martin back \u{1F4DE}', '{customer} wants {number}']) ?? 'x',
        type: random.pick(TASK_TYPES),
        callId: random.chance(0.3) ? (random.pick(rows(callTable))?.id ?? null) : null,
        ...someHolder(world),
        dueAt,
        remindAt: random.chance(0.4) ? dueAt - random.below(48) * HOUR + (random.chance(WRONG) ? 72 * HOUR : 0) : null,
        priority: random.pick(TASK_PRIORITIES),
        related: someRelated(world),
        notes: random.chance(0.5) ? 'She is at work until five.' : '',
        signOffWanted: random.chance(0.7),
        steps: Array.from({ length: random.chance(0.5) ? 0 : 1 + random.below(2) }, (_unused, index) => ({ id: random.id(), title: `Step ${index + 1}` })),
      },
    }
  },
}

/** Mostly an open task, now and then one that has ended or was never there. */
function someTask({ random, rows }: World, wanted: (task: Task) => boolean = (task) => task.state === 'open'): Task | undefined {
  const wrong = random.chance(WRONG / 2)
  return random.pick(rows(taskTable).filter((task) => wanted(task) !== wrong))
}

/** Who may do most with a task: the one who asked, or now and then anybody. */
const byAsker = (task: Task, { random }: World): { readonly actorId?: string } => (task.askedBy !== null && random.chance(0.85) ? { actorId: task.askedBy } : {})

const change: Generator = {
  command: 'task.change',
  propose: (world) => {
    const { random } = world
    const task = someTask(world)
    if (!task) return undefined
    const set = random.pick([
      { title: 'Send the estimate by mail' },
      { type: random.pick(TASK_TYPES) },
      { dueAt: someDue(world) },
      { remindAt: random.chance(0.5) ? null : task.dueAt - random.below(24) * HOUR },
      { priority: random.pick(TASK_PRIORITIES), notes: 'Moved up.' },
      { related: someRelated(world) },
      { signOffWanted: random.chance(0.5) },
    ])
    return { ...byAsker(task, world), input: { taskId: random.chance(WRONG / 4) ? random.id() : task.id, set } }
  },
}

const reassign: Generator = {
  command: 'task.reassign',
  propose: (world) => {
    const task = someTask(world)
    return task && { input: { taskId: task.id, ...someHolder(world) } }
  },
}

const note: Generator = {
  command: 'task.note',
  propose: (world) => {
    const { random } = world
    const task = someTask(world, () => true)
    return task && { input: { noteId: random.id(), taskId: random.chance(WRONG / 4) ? random.id() : task.id, body: random.chance(WRONG) ? '' : 'Left a message with her son.' } }
  },
}

const finish: Generator = {
  command: 'task.finish',
  propose: (world) => {
    const { random, rows } = world
    const open = new Set(rows(taskStepTable).filter((step) => !step.done).map((step) => step.taskId))
    const task = someTask(world, (candidate) => candidate.state === 'open' && !open.has(candidate.id))
    return task && { ...(task.assigneeId !== null && random.chance(0.6) ? { actorId: task.assigneeId } : {}), input: { taskId: task.id, resolution: random.chance(WRONG) ? '' : 'Sent on Friday.' } }
  },
}

const drop: Generator = {
  command: 'task.drop',
  propose: (world) => {
    const { random } = world
    const task = random.chance(0.3) ? someTask(world) : undefined
    return task && { ...byAsker(task, world), input: { taskId: task.id, reason: random.chance(WRONG) ? ' ' : 'Asked for twice.' } }
  },
}

const awaiting = (task: Task): boolean => task.state === 'done' && task.signOff === 'wanted'

const signOff: Generator = {
  command: 'task.signOff',
  propose: (world) => {
    const task = someTask(world, awaiting)
    return task && { ...byAsker(task, world), input: { taskId: task.id, note: world.random.chance(0.3) ? 'Thank you.' : '' } }
  },
}

const sendBack: Generator = {
  command: 'task.sendBack',
  propose: (world) => {
    const task = someTask(world, awaiting)
    return task && { ...byAsker(task, world), input: { taskId: task.id, reason: 'The price is missing.', dueAt: someDue(world) } }
  },
}

const saveStep: Generator = {
  command: 'task.saveStep',
  propose: (world) => {
    const { random, rows } = world
    const task = someTask(world)
    if (!task) return undefined
    const stepId = random.chance(0.3) ? (random.pick(rows(taskStepTable))?.id ?? random.id()) : random.id()
    return { input: { taskId: task.id, stepId, title: random.chance(WRONG / 2) ? '' : 'Ask for the serial number' } }
  },
}

/** Mostly a step of an open task. */
function someStep({ random, rows }: World): TaskStep | undefined {
  const open = new Set(rows(taskTable).filter((task) => task.state === 'open').map((task) => task.id))
  return random.pick(rows(taskStepTable).filter((step) => open.has(step.taskId) !== random.chance(WRONG / 2)))
}

const checkStep: Generator = {
  command: 'task.checkStep',
  propose: (world) => {
    const { random } = world
    const step = someStep(world)
    return step && { input: { stepId: random.chance(WRONG / 4) ? random.id() : step.id, done: random.chance(0.8) } }
  },
}

const removeStep: Generator = {
  command: 'task.removeStep',
  propose: (world) => {
    const step = world.random.chance(0.4) ? someStep(world) : undefined
    return step && { input: { stepId: step.id } }
  },
}

const orderSteps: Generator = {
  command: 'task.orderSteps',
  propose: (world) => {
    const { random, rows } = world
    const step = someStep(world)
    if (!step) return undefined
    const ids = rows(taskStepTable).flatMap((other) => (other.taskId === step.taskId && random.chance(0.9) ? [other.id] : []))
    return { input: { taskId: step.taskId, stepIds: random.chance(0.5) ? ids : ids.toReversed() } }
  },
}

export const tasksGenerators: readonly Generator[] = [create, change, reassign, note, finish, drop, signOff, sendBack, saveStep, checkStep, removeStep, orderSteps]
