import { z } from 'zod'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput } from '../kernel/inputs.ts'
import { all } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { taxZoneTable } from './tables.ts'

export const saveTaxZone = defineIntention({
  name: 'taxZone.save',
  version: 1,
  summary: 'Add or change a tax zone: the jurisdictions whose sales taxes add up at a place. Final invoices keep their rates.',
  permission: 'settings.edit',
  input: z.strictObject({
    id: idInput,
    name: lineInput('The name', 60),
    jurisdictions: z
      .array(
        z.strictObject({
          /** Becomes the tax item in QuickBooks, whose names hold 31 characters. */
          name: lineInput('The jurisdiction', 31),
          rate: z.int().min(0, 'A tax rate can\u2019t be negative.').max(250_000, 'A tax rate above 25 % is a typing mistake.'),
        }),
      )
      .max(12, 'A tax zone has at most twelve jurisdictions.'),
    active: z.boolean(),
  }),
  *load() {
    return yield* all(taxZoneTable)
  },
  decide(input, zones) {
    const names = input.jurisdictions.map((jurisdiction) => jurisdiction.name.toLowerCase())
    if (new Set(names).size < names.length) return refuse('taxZone.jurisdictionTwice', 'A jurisdiction is listed twice.', { field: 'jurisdictions' })
    const namesake = zones.find((zone) => zone.id !== input.id && zone.name.toLowerCase() === input.name.toLowerCase())
    if (namesake) return refuse('taxZone.nameTaken', `There is a tax zone ${namesake.name} already.`, { field: 'name' })
    const existing = zones.find((zone) => zone.id === input.id)
    const { id, ...values } = input
    return accept(existing ? update(taxZoneTable, existing, values) : insert(taxZoneTable, { id, ...values }))
  },
})
