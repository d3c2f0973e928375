import { z } from 'zod'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { CALL_KINDS } from './kinds.ts'
import { classify } from './rules.ts'
import { callTable } from './tables.ts'

export const setKind = defineIntention({
  name: 'call.setKind',
  version: 1,
  summary: 'Say what a call is about.',
  permission: 'call.handle',
  input: z.strictObject({ callId: idInput, kind: z.enum(CALL_KINDS).nullable() }),
  *load(input) {
    return yield* get(callTable, input.callId)
  },
  decide({ kind }, call) {
    if (!call) return refuse('call.unknown', 'This call is not in the log. Reload the call list.', { field: 'callId' })
    return accept(update(callTable, call, { kind, ...classify({ ...call, kind }) }))
  },
})
