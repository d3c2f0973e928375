import { derivedId } from '../../../shared/base/id.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Role } from '../../../shared/domain/people/permissions.ts'
import type { TaskType } from '../../../shared/domain/tasks/tables.ts'
import type { SampleCustomer } from './customers.ts'
import { personId } from './staff.ts'
import type { Moment, Setting } from './visitStory.ts'

interface Told {
  readonly key: string
  readonly title: string
  readonly type: TaskType
  readonly by: string
  readonly to: { readonly person: string } | { readonly role: Role }
  /** Hours before now at which it was asked for, and after now at which it is due. */
  readonly asked: number
  readonly due: number
  readonly notes?: string
  readonly steps?: readonly string[]
  readonly signOff?: true
  readonly high?: true
  /** Minutes before now at which the reminder came. */
  readonly reminded?: number
  /** Hours before now at which it was done, and how it ended. */
  readonly done?: readonly [number, string]
}

/** What the office has on its list: a little late, a little soon, one complaint of yesterday, one that waits to be signed off. */
const TOLD: readonly Told[] = [
  { key: 'estimate', title: 'Send the heat pump estimate', type: 'sendEstimate', by: 'sean', to: { person: 'vic' }, asked: 20, due: 3, steps: ['Ask Ray for the model number', 'Price it with the rebate', 'Send it with the financing page'], signOff: true },
  { key: 'check', title: 'Ask the bank whether the check cleared', type: 'verifyPayment', by: 'rosa', to: { role: 'receivables' }, asked: 26, due: -2, notes: 'She says it was cashed on Friday.' },
  { key: 'boots', title: 'Muddy boots on the new carpet', type: 'complaint', by: 'kim', to: { role: 'customerRelations' }, asked: 22, due: 1.5, notes: 'Wants somebody to look at it before her party on Saturday.', high: true },
  { key: 'no-show', title: 'Nobody came between 8 and 10', type: 'complaint', by: 'lena', to: { person: 'ivo' }, asked: 25, due: -1.5, high: true },
  { key: 'review', title: 'Call for a review, she was very happy', type: 'reviewCall', by: 'dana', to: { person: 'kim' }, asked: 5, due: 22, reminded: 10 },
  { key: 'permit', title: 'Bring the panel permit to the city', type: 'paperwork', by: 'noor', to: { person: 'noor' }, asked: 30, due: 27, steps: ['Print the drawing', 'Have Hana sign it'] },
  { key: 'filters', title: 'Ask the supplier when the 16 by 25 filters come', type: 'vendor', by: 'sean', to: { person: 'sean' }, asked: 3, due: 5, reminded: 15 },
  { key: 'warranty', title: 'Find the warranty papers of the water heater', type: 'paperwork', by: 'sean', to: { person: 'rosa' }, asked: 28, due: 2, signOff: true, done: [1, 'Found in the 2022 folder, scanned and mailed to the customer.'] },
  { key: 'thanks', title: 'Thank the neighbor who sent us three families', type: 'followUp', by: 'grace', to: { person: 'grace' }, asked: 50, due: -20, done: [24, 'Called, and mailed a card.'] },
]

/** The office’s tasks of the last days, each about a customer. */
export function taskMoments({ seed, calendar }: Setting, customers: readonly SampleCustomer[]): readonly Moment[] {
  const { now } = calendar
  return TOLD.flatMap((told, index): readonly Moment[] => {
    const taskId = derivedId('sample', String(seed), 'task', told.key)
    const customer = customers[(index * 37) % customers.length]
    const at = now - told.asked * HOUR
    const create: Moment = {
      at,
      name: 'task.create',
      actorId: personId(seed, told.by),
      input: {
        taskId,
        title: told.title,
        type: told.type,
        callId: null,
        assigneeId: 'person' in told.to ? personId(seed, told.to.person) : null,
        role: 'role' in told.to ? told.to.role : null,
        dueAt: now + told.due * HOUR,
        remindAt: told.reminded === undefined ? null : now - told.reminded * MINUTE,
        priority: told.high ? 'high' : 'normal',
        related: customer ? { kind: 'customer', id: customer.row.customerId } : null,
        notes: told.notes ?? '',
        signOffWanted: told.signOff ?? false,
        steps: (told.steps ?? []).map((title, position) => ({ id: derivedId('sample', String(seed), 'step', told.key, String(position)), title })),
      },
    }
    const ticked = told.steps === undefined ? [] : [{ at: at + HOUR, name: 'task.checkStep', actorId: create.actorId, input: { stepId: derivedId('sample', String(seed), 'step', told.key, '0'), done: true } }]
    if (told.done === undefined) return [create, ...ticked]
    const [ago, resolution] = told.done
    return [create, ...ticked, { at: now - ago * HOUR, name: 'task.finish', actorId: 'person' in told.to ? personId(seed, told.to.person) : create.actorId, input: { taskId, resolution } }]
  })
}
