import { z } from 'zod'
import { derivedId } from '../../base/id.ts'
import { compareText } from '../../base/text.ts'
import type { IsoDay } from '../../base/time.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { dayInput, idInput } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { type PayRate, payRateTable } from './payRate.ts'
import { technicianTable } from './tables.ts'

/** Above this an hour is a month's pay, or a slipped decimal point. */
const MOST_AN_HOUR = 100_000

/** One rate a technician and day, whoever writes it: two who set the same day set one row. */
function payRateId(technicianId: string, fromDay: IsoDay): string {
  return derivedId('pay', technicianId, fromDay)
}

/** What an hour costs on a day, in cents; null before the first rate. */
export function rateOn(rates: readonly PayRate[], day: IsoDay): number | null {
  const begun = rates.filter(({ fromDay }) => fromDay <= day).toSorted((left, right) => compareText(right.fromDay, left.fromDay))
  return begun[0]?.hourlyCents ?? null
}

export const setPay = defineIntention({
  name: 'pay.set',
  version: 1,
  summary: 'Set what an hour of a technician costs from a day on.',
  permission: 'pay.edit',
  clearance: 'pay',
  input: z.strictObject({
    technicianId: idInput,
    hourlyCents: z.int().min(0, 'Pay can\u2019t be negative.').max(MOST_AN_HOUR, 'This is more than $1,000 an hour. Check the decimal point.'),
    fromDay: dayInput,
  }),
  *load(input) {
    return { technician: yield* get(technicianTable, input.technicianId), existing: yield* get(payRateTable, payRateId(input.technicianId, input.fromDay)) }
  },
  decide(input, { technician, existing }) {
    if (!technician) return refuse('pay.unknownTechnician', 'Choose a technician.', { field: 'technicianId' })
    const { technicianId, hourlyCents, fromDay } = input
    return accept(existing ? update(payRateTable, existing, { hourlyCents }) : insert(payRateTable, { id: payRateId(technicianId, fromDay), technicianId, hourlyCents, fromDay }))
  },
})
