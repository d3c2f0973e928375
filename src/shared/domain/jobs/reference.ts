import { z } from 'zod'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, priceInput, textInput } from '../kernel/inputs.ts'
import { get, getIf, range } from '../kernel/load.ts'
import { insert, update } from '../kernel/changes.ts'
import { refuse } from '../kernel/refusal.ts'
import { checkChecklist, checklistInput } from '../handoff/checklist.ts'
import { businessUnitTable } from '../people/tables.ts'
import { ITEM_KINDS, jobTypeTable, priceItemTable, priorityTable } from './tables.ts'

export const savePriority = defineIntention({
  name: 'priority.save',
  version: 1,
  summary: 'Add or change an entry of the one priority table.',
  permission: 'settings.edit',
  input: z.strictObject({
    id: idInput,
    name: lineInput('The name', 40),
    rank: z.int().min(1, 'The rank starts at 1.').max(99),
    rule: textInput('The rule', 500),
    respondWithinMinutes: z.int().min(1, 'The response time must be more than zero.').max(60 * 24 * 60),
    active: z.boolean(),
  }),
  *load(input) {
    return yield* get(priorityTable, input.id)
  },
  decide(input, existing) {
    const { id, ...values } = input
    return accept(existing ? update(priorityTable, existing, values) : insert(priorityTable, { id, ...values }))
  },
})

export const saveJobType = defineIntention({
  name: 'jobType.save',
  version: 1,
  summary: 'Add or change a job type: unit, length, skills, priority and first line.',
  permission: 'settings.edit',
  input: z.strictObject({
    id: idInput,
    name: lineInput('The name', 60),
    businessUnitId: idInput,
    durationMinutes: z.int().min(15, 'A visit lasts at least 15 minutes.').max(24 * 60, 'A visit lasts at most 24 hours.'),
    skills: z.array(lineInput('The skill', 40)).max(20),
    defaultPriorityId: idInput,
    defaultItemId: idInput.nullable(),
    active: z.boolean(),
    /** Absent in what an older Baton gave: the checklist stays as it is. */
    checklist: checklistInput.nullable().optional(),
    /** Likewise. */
    waiver: lineInput('The waiver', 80).nullable().optional(),
    /** Likewise. */
    sells: z.boolean().nullable().optional(),
  }),
  *load(input) {
    return {
      existing: yield* get(jobTypeTable, input.id),
      unit: yield* get(businessUnitTable, input.businessUnitId),
      priority: yield* get(priorityTable, input.defaultPriorityId),
      item: yield* getIf(priceItemTable, input.defaultItemId),
    }
  },
  decide(input, { existing, unit, priority, item }) {
    if (!unit) return refuse('jobType.unknownUnit', 'Choose a business unit.', { field: 'businessUnitId' })
    if (!priority) return refuse('jobType.unknownPriority', 'Choose a priority.', { field: 'defaultPriorityId' })
    if (input.defaultItemId !== null && !item) return refuse('jobType.unknownItem', 'Choose a price book item.', { field: 'defaultItemId' })
    const wrong = checkChecklist(input.checklist ?? [])
    if (wrong) return refuse('jobType.checklist', wrong.message, { field: wrong.field })
    const { id, checklist, waiver, sells, ...values } = input
    return accept(existing ? update(jobTypeTable, existing, { ...values, checklist, waiver, sells }) : insert(jobTypeTable, { id, ...values, checklist: checklist ?? null, waiver: waiver ?? null, sells: sells ?? null }))
  },
})

export const savePriceItem = defineIntention({
  name: 'priceItem.save',
  version: 1,
  summary: 'Add or change a price book item.',
  permission: 'settings.edit',
  input: z.strictObject({
    id: idInput,
    code: lineInput('The code', 31),
    name: lineInput('The name', 100),
    description: textInput('The description', 1000),
    kind: z.enum(ITEM_KINDS),
    businessUnitId: idInput.nullable(),
    /** Cents; a discount's price is what it takes off. */
    priceCents: priceInput,
    costCents: priceInput,
    taxable: z.boolean(),
    active: z.boolean(),
  }),
  *load(input) {
    return {
      existing: yield* get(priceItemTable, input.id),
      namesakes: yield* range(priceItemTable, 'byCode', [input.code]),
      unit: yield* getIf(businessUnitTable, input.businessUnitId),
    }
  },
  decide(input, { existing, namesakes, unit }) {
    if (input.businessUnitId !== null && !unit) return refuse('priceItem.unknownUnit', 'Choose a business unit.', { field: 'businessUnitId' })
    const namesake = namesakes.find((item) => item.id !== input.id)
    if (namesake) return refuse('priceItem.codeTaken', `The code ${input.code} belongs to \u201c${namesake.name}\u201d.`, { field: 'code' })
    const { id, ...values } = input
    return accept(existing ? update(priceItemTable, existing, values) : insert(priceItemTable, { id, ...values }))
  },
})
