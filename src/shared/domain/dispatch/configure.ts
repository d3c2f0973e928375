import { z } from 'zod'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { lineInput, minuteInput } from '../kernel/inputs.ts'
import { all } from '../kernel/load.ts'
import { dispatchRules } from './settings.ts'
import { DEBRIEF_ITEMS, dispatchSettingsTable } from './tables.ts'

const arrivalWindow = z
  .strictObject({ start: minuteInput, end: minuteInput })
  .refine((window) => window.start < window.end, 'A window must end after it starts.')

const reasons = z.array(lineInput('The reason', 80)).min(1, 'Keep at least one reason.').max(20)

export const configure = defineIntention({
  name: 'dispatch.configure',
  version: 1,
  summary: 'Set the arrival windows, the reasons for hold and cancel, the causes of coming again, when dispatch is alerted, the Truth Comes Home Hour, lunch and the speed of drives.',
  permission: 'settings.edit',
  input: z.strictObject({
    set: z
      .strictObject({
        windows: z.array(arrivalWindow).min(1, 'Keep at least one window.').max(12),
        holdReasons: reasons,
        cancelReasons: reasons,
        lateAfterMinutes: z.int().min(5, 'Give a technician five minutes at least.').max(240),
        silentAfterMinutes: z.int().min(15, 'Ask for a word every quarter hour at most.').max(24 * 60),
        truthHourAt: minuteInput,
        /** Why somebody may have to come again. */
        causeCodes: reasons,
        /** What customers have against a time. */
        objections: reasons,
        /** Minutes; 0 tells at once. */
        riskBeforeMinutes: z.int().min(0).max(120),
        overrunAfterMinutes: z.int().min(0).max(240),
        overtimeAfterMinutes: z.int().min(0).max(240),
        /** What no visit is closed out without, unless somebody says why. */
        debriefAsks: z.array(z.enum(DEBRIEF_ITEMS)).max(DEBRIEF_ITEMS.length),
        /** When tomorrow’s material list is owed to the warehouse. */
        materialListAt: minuteInput,
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
    const { set } = input
    const usual = dispatchRules(rows)
    return accept(
      insert(dispatchSettingsTable, {
        id: context.companyId,
        windows: set.windows ?? usual.windows,
        holdReasons: set.holdReasons ?? usual.holdReasons,
        cancelReasons: set.cancelReasons ?? usual.cancelReasons,
        lateAfterMinutes: set.lateAfterMinutes ?? null,
        silentAfterMinutes: set.silentAfterMinutes ?? null,
        truthHourAt: set.truthHourAt ?? null,
        lunch: set.lunch ?? null,
        travelSpeed: set.travelSpeed ?? null,
        causeCodes: set.causeCodes ?? null,
        objections: set.objections ?? null,
        riskBeforeMinutes: set.riskBeforeMinutes ?? null,
        overrunAfterMinutes: set.overrunAfterMinutes ?? null,
        overtimeAfterMinutes: set.overtimeAfterMinutes ?? null,
        debriefAsks: set.debriefAsks ?? null,
        materialListAt: set.materialListAt ?? null,
      }),
    )
  },
})
