import { z } from 'zod'
import { jobTypeTable } from '../jobs/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput } from '../kernel/inputs.ts'
import { all, getMany } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { WEATHERS } from './kinds.ts'
import { deskRules } from './settings.ts'
import { deskSettingTable, SCREENING_MODES } from './tables.ts'

const settings = z
  .strictObject({
    weather: z.enum(WEATHERS),
    screening: z.enum(SCREENING_MODES),
    threshold: z.int().min(1, 'Better screening begins with at least one caller waiting.').max(100, 'Better screening begins with at most 100 callers waiting.'),
    heldBackJobTypeIds: z
      .array(idInput)
      .max(200, 'At most 200 job types are held back.')
      .refine((ids) => new Set(ids).size === ids.length, 'A job type is listed twice.'),
    etaMinutes: z.int().min(5, 'Allow at least 5 minutes until the call with the ETA.').max(240, 'The caller of an emergency hears from us within 4 hours.'),
    emergencySlots: z.int().min(0).max(50, 'At most 50 emergencies of one day are promised a full window.'),
  })
  .partial()

export const configureDesk = defineIntention({
  name: 'desk.configure',
  version: 1,
  summary: 'Set the weather, better screening, and how soon the caller of an emergency hears from us.',
  permission: 'settings.edit',
  input: z.strictObject({ set: settings }),
  *load({ set }) {
    return { rows: yield* all(deskSettingTable), jobTypes: yield* getMany(jobTypeTable, set.heldBackJobTypeIds ?? []) }
  },
  decide({ set }, { rows, jobTypes }, context) {
    if (set.heldBackJobTypeIds && jobTypes.length < set.heldBackJobTypeIds.length) {
      return refuse('desk.unknownJobType', 'One of the job types to hold back is not there any more. Choose again.', { field: 'set.heldBackJobTypeIds' })
    }
    const [existing] = rows
    if (existing) return accept(update(deskSettingTable, existing, set))
    const { weather, screening, threshold, heldBackJobTypeIds, etaMinutes, emergencySlots } = deskRules(rows)
    return accept(
      insert(deskSettingTable, {
        id: context.companyId,
        weather: set.weather ?? weather,
        screening: set.screening ?? screening,
        threshold: set.threshold ?? threshold,
        heldBackJobTypeIds: set.heldBackJobTypeIds ?? heldBackJobTypeIds,
        etaMinutes: set.etaMinutes ?? etaMinutes,
        emergencySlots: set.emergencySlots ?? emergencySlots,
      }),
    )
  },
})
