import { z } from 'zod'
import { callTable } from '../calls/tables.ts'
import { update } from '../kernel/changes.ts'
import { accept, type DecisionContext, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput } from '../kernel/inputs.ts'
import { getIf } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { holdsAlert, loadAlert, type LoadedAlert } from './concern.ts'
import { EMERGENCY_KINDS, EMERGENCY_RULES, gravity } from './kinds.ts'
import { alertWords, callBecomes, loadLinks } from './raise.ts'
import { alertTable, type Alert } from './tables.ts'

const unknownAlert = (): Refused => refuse('alert.unknown', 'This alert is not there. Look at the screen again.', { field: 'alertId' })

const nameOf = ({ users }: LoadedAlert, id: string | null): string => users.find((user) => user.id === id)?.name ?? 'somebody else'

/** Dispatch, management, and whoever stands in for them. */
const isTheirs = (loaded: LoadedAlert, { actorId, may }: DecisionContext): boolean => may('alert.answer') || holdsAlert(loaded.promises, loaded.users, actorId)

/** Why there is nothing more to say about this alert, or undefined. */
function overObjection(loaded: LoadedAlert, alert: Alert): Refused | undefined {
  if (alert.state === 'withdrawn') return refuse('alert.withdrawn', `${nameOf(loaded, alert.withdrawnBy)} has taken this alert back already: ${alert.reason}`, { subject: { kind: 'alert', id: alert.id } })
  return undefined
}

export const acknowledgeAlert = defineIntention({
  name: 'alert.acknowledge',
  version: 1,
  summary: 'Say that you have seen the emergency and act on it.',
  permission: 'promise.work',
  input: z.strictObject({ alertId: idInput }),
  *load(input) {
    return yield* loadAlert(input.alertId)
  },
  decide(_input, loaded, context) {
    const { alert } = loaded
    if (!alert) return unknownAlert()
    const over = overObjection(loaded, alert)
    if (over) return over
    if (alert.state === 'acknowledged') return refuse('alert.acknowledged', `${nameOf(loaded, alert.acknowledgedBy)} has acknowledged this already.`, { subject: { kind: 'alert', id: alert.id } })
    const ownPractice = alert.practice && alert.raisedBy === context.actorId
    if (!ownPractice && !isTheirs(loaded, context)) return refuse('alert.notYours', 'Dispatch or a manager acknowledges this. It stays on their screens until one of them does.')
    return accept(update(alertTable, alert, { state: 'acknowledged', acknowledgedAt: context.at, acknowledgedBy: context.actorId }))
  },
})

/** More is known while the caller talks. What turns out graver than was acknowledged is a new alarm. */
export const changeAlert = defineIntention({
  name: 'alert.change',
  version: 1,
  summary: 'Say more about an emergency: what it is, who it is, where.',
  permission: 'call.handle',
  input: z.strictObject({ alertId: idInput, kind: z.enum(EMERGENCY_KINDS), ...alertWords, customerId: idInput.nullable(), locationId: idInput.nullable() }),
  *load(input) {
    return { ...(yield* loadAlert(input.alertId)), links: yield* loadLinks(input) }
  },
  decide({ kind, summary, caller, place }, loaded, context) {
    const { alert, links } = loaded
    if (!alert) return unknownAlert()
    const over = overObjection(loaded, alert)
    if (over) return over
    const graver = alert.state === 'acknowledged' && EMERGENCY_RULES[kind].danger && gravity(kind) < gravity(alert.kind)
    return accept(update(alertTable, alert, { kind, summary, caller, place, ...links, ...(graver ? { state: 'open', raisedAt: context.at, acknowledgedAt: null, acknowledgedBy: null } : {}) }))
  },
})

export const withdrawAlert = defineIntention({
  name: 'alert.withdraw',
  version: 1,
  summary: 'Take an alert back: it was no emergency.',
  permission: 'call.handle',
  input: z.strictObject({ alertId: idInput, reason: lineInput('The reason', 200) }),
  *load(input) {
    const loaded = yield* loadAlert(input.alertId)
    return { ...loaded, call: yield* getIf(callTable, loaded.alert?.callId) }
  },
  decide({ reason }, loaded, context) {
    const { alert, call } = loaded
    if (!alert) return unknownAlert()
    const over = overObjection(loaded, alert)
    if (over) return over
    if (alert.raisedBy !== context.actorId && !isTheirs(loaded, context)) {
      return refuse('alert.notYours', `Only ${nameOf(loaded, alert.raisedBy)}, dispatch or a manager can take this alert back.`)
    }
    return accept(update(alertTable, alert, { state: 'withdrawn', withdrawnAt: context.at, withdrawnBy: context.actorId, reason }), callBecomes(call, ['emergency'], 'service'))
  },
})
