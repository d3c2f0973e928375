import { z } from 'zod'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { lineInput, minuteInput } from '../kernel/inputs.ts'
import { all } from '../kernel/load.ts'
import { dispatchRules } from './settings.ts'
import { dispatchSettingsTable } from './tables.ts'

const arrivalWindow = z
  .strictObject({ start: minuteInput, end: minuteInput })
  .refine((window) => window.start < window.end, 'A window must end after it starts.')

const reasons = z.array(lineInput('The reason', 80)).min(1, 'Keep at least one reason.').max(20)

export const configure = defineIntention({
  name: 'dispatch.configure',
  version: 1,
  summary: 'Set the arrival windows, the reasons for hold and cancel, lunch and the speed of drives.',
  permission: 'settings.edit',
  input: z.strictObject({
    set: z
      .strictObject({
        windows: z.array(arrivalWindow).min(1, 'Keep at least one window.').max(12),
        holdReasons: reasons,
        cancelReasons: reasons,
        /** Null: nobody is kept free for lunch by a rule of the company. */
        lunch: arrivalWindow.nullable(),
        /** km/h; null: the usual. */
        travelSpeed: z.int().min(5, 'Nobody drives slower than 5 km/h.').max(130, 'Nobody drives faster than 130 km/h.').nullable(),
      })
      .partial(),
  }),
  *load() {
    return yield* all(dispatchSettingsTable)
  },
  decide(input, rows, context) {
    const [existing] = rows
    if (existing) return accept(update(dispatchSettingsTable, existing, input.set))
    const rules = dispatchRules(rows)
    return accept(
      insert(dispatchSettingsTable, {
        id: context.companyId,
        windows: input.set.windows ?? rules.windows,
        holdReasons: input.set.holdReasons ?? rules.holdReasons,
        cancelReasons: input.set.cancelReasons ?? rules.cancelReasons,
        lunch: input.set.lunch ?? null,
        travelSpeed: input.set.travelSpeed ?? null,
      }),
    )
  },
})
