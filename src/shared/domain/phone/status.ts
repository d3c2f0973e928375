import { z } from 'zod'
import type { Instant } from '../../base/time.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineFact } from '../kernel/command.ts'
import { idInput, instantInput } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { SYSTEM_ACTOR } from '../people/permissions.ts'
import { userTable } from '../people/tables.ts'
import { statusChangeTable, WORK_STATUSES, type WorkStatus, type WorkStatusRow, workStatusTable } from './tables.ts'

/** Where somebody stands. */
export type Standing = Pick<WorkStatusRow, 'status' | 'since' | 'callId' | 'until'>

/** What is said of somebody. `available` with a call: the wrap-up of that call is over. */
export interface Entered {
  readonly status: WorkStatus
  readonly at: Instant
  readonly callId: string | null
  readonly until: Instant | null
}

/**
 * Where somebody stands after it; null where it changes nothing. What a person said stands over what the telephone makes of a
 * call: whoever went to lunch in the middle of one does not come back by hanging up. What is heard late changes nothing now.
 */
export function afterEntering(now: Standing | undefined, entered: Entered): Standing | null {
  const { status, at, callId, until } = entered
  if (now && at < now.since) return null
  if (status === 'wrapUp') {
    if (now && now.status !== 'available' && now.status !== 'wrapUp') return null
    if (now && now.status === 'wrapUp' && now.callId === callId) return null
    return { status, since: at, callId, until }
  }
  if (status === 'available' && callId !== null) {
    return now?.status === 'wrapUp' && now.callId === callId ? { status, since: at, callId: null, until: null } : null
  }
  if (now && now.status === status && now.callId === null) return null
  return { status, since: at, callId: null, until: null }
}

/** Where somebody stands now: a wrap-up ends by itself, and nobody is woken by a clock. */
export function standingAt(standing: Standing | undefined, now: Instant): Standing {
  if (!standing) return { status: 'available', since: 0, callId: null, until: null }
  if (standing.status === 'wrapUp' && standing.until !== null && standing.until <= now) return { status: 'available', since: standing.until, callId: null, until: null }
  return standing
}

const enter = defineFact({
  name: 'status.enter',
  version: 1,
  summary: 'Say whether somebody is available, at lunch, in a meeting or gone; or that they wrap a call up.',
  permission: 'office.view',
  input: z.strictObject({
    userId: idInput,
    status: z.enum(WORK_STATUSES),
    callId: idInput.nullable().default(null),
    until: instantInput.nullable().default(null),
  }),
  *load({ userId }) {
    return { user: yield* get(userTable, userId), standing: yield* get(workStatusTable, userId) }
  },
  question({ userId, status }, { user }, context) {
    if (!user) return refuse('people.unknown', 'This person is not in the office.', { field: 'userId' })
    if (context.actorId === SYSTEM_ACTOR) return undefined
    if (status === 'wrapUp') return refuse('status.wrapUpByCall', 'A wrap-up begins by itself when a call ends.', { field: 'status' })
    if (userId === context.actorId || context.may('people.edit')) return undefined
    return refuse('status.notYours', `Only ${user.name} or a manager can say where ${user.name} is.`, { field: 'userId' })
  },
  decide({ userId, status, callId, until }, { standing }, context) {
    const entered = { status, callId, until, at: context.at }
    const next = afterEntering(standing, entered)
    const isLate = standing !== undefined && entered.at < standing.since
    if (!next && !isLate) return accept()
    const entry = insert(statusChangeTable, { id: context.id('change'), userId, ...entered })
    if (!next) return accept(entry)
    return accept(entry, standing ? update(workStatusTable, standing, next) : insert(workStatusTable, { id: userId, userId, ...next }))
  },
})

export const statusCommands = [enter] as const
