import type { Wall } from '../../../shared/contract/methods/phoneOffice.ts'
import { defaultCallBack, isPlainlyMissed } from '../../../shared/domain/calls/rules.ts'
import { type Call, callTable } from '../../../shared/domain/calls/tables.ts'
import { customerTable } from '../../../shared/domain/customers/tables.ts'
import { getIf, range } from '../../../shared/domain/kernel/load.ts'
import { promiseTable } from '../../../shared/domain/promises/tables.ts'
import type { Services } from '../../core/service.ts'
import { and, eq, gte, isNotNull, lt, schema } from '../../store/schema.ts'

/** As much of a call as figures are made of. */
export type CallOfDay = Pick<Call, 'id' | 'direction' | 'practice' | 'state' | 'offeredAt' | 'answeredAt' | 'endedAt' | 'endCause' | 'ringMs' | 'lineNumber' | 'outcome' | 'outcomeByRule' | 'followUp' | 'callBackBy' | 'voicemailAt' | 'countsFrom' | 'repeatOf' | 'fromNumber' | 'extension'>

/** Every call whose first ring lay in [from, to), in no order. */
export function callsBetween({ store }: Pick<Services, 'store'>, from: number, to: number): readonly CallOfDay[] {
  const { call } = schema
  return store.db
    .select({
      id: call.id,
      direction: call.direction,
      practice: call.practice,
      state: call.state,
      offeredAt: call.offeredAt,
      answeredAt: call.answeredAt,
      endedAt: call.endedAt,
      endCause: call.endCause,
      ringMs: call.ringMs,
      lineNumber: call.lineNumber,
      outcome: call.outcome,
      outcomeByRule: call.outcomeByRule,
      followUp: call.followUp,
      callBackBy: call.callBackBy,
      voicemailAt: call.voicemailAt,
      countsFrom: call.countsFrom,
      repeatOf: call.repeatOf,
      fromNumber: call.fromNumber,
      extension: call.extension,
    })
    .from(call)
    .where(and(eq(call.companyId, store.companyId), gte(call.offeredAt, from), lt(call.offeredAt, to)))
    .all()
}

/** By when a call was to be returned, as it was promised at first: moving a promise does not make it kept. */
function promisedBy(call: CallOfDay): number {
  return call.callBackBy ?? defaultCallBack(Math.max(call.voicemailAt ?? call.endedAt ?? call.offeredAt, call.countsFrom ?? 0))
}

/** What became of the call backs of missed calls. Several tries of one caller are one. */
export function returnsOf({ store }: Pick<Services, 'store'>, calls: readonly CallOfDay[], now: number): Wall['missed'] {
  const missed = calls.filter((call) => (isPlainlyMissed(call) || (call.answeredAt === null && call.voicemailAt === null)) && call.repeatOf === null)
  const figures = { owed: 0, late: 0, returnedInTime: 0, returnedLate: 0 }
  for (const call of missed) {
    const by = promisedBy(call)
    if (call.followUp === 'owed') {
      figures.owed += 1
      if (by < now) figures.late += 1
    } else if (call.followUp === 'done') {
      const closed = store.engine.run(range(promiseTable, 'bySubject', ['call', call.id])).flatMap(({ closedAt }) => closedAt ?? [])
      if (closed.length === 0 || Math.min(...closed) <= by) figures.returnedInTime += 1
      else figures.returnedLate += 1
    }
  }
  return figures
}

/** Voicemails nobody has answered yet, the oldest first, of whatever day. */
export function voicemailsOpen({ store }: Pick<Services, 'store'>): Wall['voicemails'] {
  const { call } = schema
  const rows = store.db
    .select({ id: call.id })
    .from(call)
    .where(and(eq(call.companyId, store.companyId), eq(call.followUp, 'owed'), isNotNull(call.voicemailAt), eq(call.practice, false)))
    .all()
  return rows
    .flatMap(({ id }) => store.engine.run(getIf(callTable, id)) ?? [])
    .map((row) => ({
      callId: row.id,
      name: store.engine.run(getIf(customerTable, row.customerId))?.name ?? (row.callerName === '' ? null : row.callerName),
      number: row.callBackNumber ?? row.fromNumber,
      lineName: row.lineName,
      leftAt: row.voicemailAt ?? row.offeredAt,
      dueAt: promisedBy(row),
    }))
    .sort((one, other) => one.leftAt - other.leftAt)
}
