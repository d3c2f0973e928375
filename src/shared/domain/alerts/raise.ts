import { z } from 'zod'
import { classify, isPractice } from '../calls/rules.ts'
import { type Call, callTable } from '../calls/tables.ts'
import { customerTable, locationTable } from '../customers/tables.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import { accept, defineFact } from '../kernel/command.ts'
import { idInput, optionalLine } from '../kernel/inputs.ts'
import { all, get, getIf, type Loading } from '../kernel/load.ts'
import { companyTable } from '../people/tables.ts'
import { EMERGENCY_KINDS } from './kinds.ts'
import { alertTable } from './tables.ts'

export const alertWords = {
  summary: optionalLine('The summary', 2000),
  caller: optionalLine('The caller', 200),
  place: optionalLine('The address', 300),
}

/** What the alert is linked to, as far as it is there. */
export function* loadLinks(input: { readonly customerId: string | null; readonly locationId: string | null }): Loading<{ readonly customerId: string | null; readonly locationId: string | null }> {
  const customer = yield* getIf(customerTable, input.customerId)
  const location = yield* getIf(locationTable, input.locationId)
  return { customerId: customer?.id ?? null, locationId: location?.id ?? null }
}

/** The call is an emergency call, unless somebody has said that it is about something else again. */
export function callBecomes(call: Call | undefined, from: readonly Call['kind'][], kind: Call['kind']): readonly Change[] {
  if (!call || call.kind === kind || !from.includes(call.kind)) return []
  return [update(callTable, call, { kind, ...classify({ ...call, kind }) })]
}

/** A fact: that somebody is in danger was said, whatever else of the call the hub may not know. */
export const raiseAlert = defineFact({
  name: 'alert.raise',
  version: 1,
  summary: 'Alert dispatch and management to an emergency.',
  permission: 'call.handle',
  input: z.strictObject({
    alertId: idInput,
    kind: z.enum(EMERGENCY_KINDS),
    noticedBy: z.enum(['words', 'key']),
    ...alertWords,
    callId: idInput.nullable(),
    customerId: idInput.nullable(),
    locationId: idInput.nullable(),
  }),
  *load(input) {
    return { existing: yield* get(alertTable, input.alertId), call: yield* getIf(callTable, input.callId), links: yield* loadLinks(input), company: (yield* all(companyTable))[0] }
  },
  decide({ alertId, kind, noticedBy, summary, caller, place }, { existing, call, links, company }, context) {
    if (existing) return accept()
    const alert = insert(alertTable, {
      id: alertId,
      kind,
      noticedBy,
      summary,
      caller,
      place,
      callId: call?.id ?? null,
      ...links,
      state: 'open',
      raisedAt: context.at,
      raisedBy: context.actorId,
      acknowledgedAt: null,
      acknowledgedBy: null,
      withdrawnAt: null,
      withdrawnBy: null,
      reason: '',
      // Before the company is live, the practice line rehearses the whole office.
      practice: isPractice(call, company),
    })
    return accept(alert, callBecomes(call, [null, 'service'], 'emergency'))
  },
})
