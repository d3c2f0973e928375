import { z } from 'zod'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { dayInput, idInput, lineInput } from '../kernel/inputs.ts'
import { get, getIf } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { businessUnitTable } from '../people/tables.ts'
import { partsOf } from './merge.ts'
import { SPECIAL_KINDS, specialTable } from './tables.ts'

/** Days are compared as text, which ISO days allow. */
export const saveSpecial = defineIntention({
  name: 'special.save',
  version: 1,
  summary: 'Add or change what is offered on certain days: a special or the membership.',
  permission: 'settings.edit',
  input: z.strictObject({
    id: idInput,
    name: lineInput('The name', 60),
    kind: z.enum(SPECIAL_KINDS),
    words: lineInput('What is said', 300),
    fromDay: dayInput,
    toDay: dayInput,
    businessUnitId: idInput.nullable(),
    active: z.boolean(),
  }),
  *load(input) {
    return { existing: yield* get(specialTable, input.id), unit: yield* getIf(businessUnitTable, input.businessUnitId) }
  },
  decide(input, { existing, unit }) {
    if (input.toDay < input.fromDay) return refuse('special.days', 'The last day is before the first one.', { field: 'toDay' })
    if (input.businessUnitId !== null && !unit) return refuse('special.unknownUnit', 'Choose a business unit, or every unit.', { field: 'businessUnitId' })
    // They are filled into a script's words as they are.
    if (partsOf(input.words).some(({ kind }) => kind !== 'text')) return refuse('special.braces', 'A special is said as it is written: leave the braces out.', { field: 'words' })
    const { id, ...values } = input
    return accept(existing ? update(specialTable, existing, values) : insert(specialTable, { id, ...values }))
  },
})
