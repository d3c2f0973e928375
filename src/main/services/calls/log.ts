import type { CallLogRow } from '../../../shared/contract/methods/calls.ts'
import { addDays, type IsoDay } from '../../../shared/base/time.ts'
import { instantOf } from '../../../shared/base/zone.ts'
import { answeredInTime, counts, isInternal } from '../../../shared/domain/calls/rules.ts'
import { all, getIf } from '../../../shared/domain/kernel/load.ts'
import { lineDialled, ringLimitOf } from '../../../shared/domain/phone/settings.ts'
import { phoneLineTable } from '../../../shared/domain/phone/tables.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { type Services, ServiceError } from '../../core/service.ts'
import { and, desc, eq, gte, lt, schema } from '../../store/schema.ts'
import { companyOf } from '../company.ts'
import { whoIsAt } from './extensions.ts'
import { momentOf } from './pop.ts'

const { call, customer, user, job, location } = schema

/** A busy office takes a few hundred calls a day; beyond this the oldest are left to the reports. */
const MOST_ROWS = 2_000

/** What three rings take, by the line that was dialled. */
export function ringLimits(services: Services): (lineNumber: string) => number {
  const lines = services.store.engine.run(all(phoneLineTable))
  const company = companyOf(services)
  return (lineNumber) => ringLimitOf(lineDialled(lines, lineNumber), company)
}

type Joined = ReturnType<typeof select>[number]

function select(services: Services, where: ReturnType<typeof and>) {
  return services.store.db
    .select({ call, customerName: customer.name, agentName: user.name, jobNumber: job.number })
    .from(call)
    .leftJoin(customer, and(eq(customer.companyId, call.companyId), eq(customer.id, call.customerId)))
    .leftJoin(user, and(eq(user.companyId, call.companyId), eq(user.id, call.agentId)))
    .leftJoin(job, and(eq(job.companyId, call.companyId), eq(job.id, call.jobId)))
    .where(where)
    .orderBy(desc(call.offeredAt), desc(call.id))
    .limit(MOST_ROWS)
    .all()
}

function describe(services: Services, { call: one, customerName, agentName, jobNumber }: Joined, limitOf: (lineNumber: string) => number): CallLogRow {
  const { direction, state, offeredAt, ringMs, talkMs, lineName, fromNumber, customerId, outcome, outcomeByRule, reason, followUp, callBackBy, jobId, practice, voicemailSeconds } = one
  const extension = isInternal(one) ? one.extension : null
  return {
    callId: one.id,
    direction,
    state,
    answered: one.answeredAt !== null,
    endCause: one.endCause,
    offeredAt,
    ringMs,
    talkMs,
    inTime: answeredInTime(one, limitOf(one.lineNumber)),
    lineName,
    fromNumber,
    extension,
    customerId,
    name: customerName ?? (extension === null || one.callerName !== '' ? one.callerName : whoIsAt(services, extension)),
    agentName,
    outcome,
    outcomeByRule,
    reason,
    followUp,
    callBackBy,
    jobId,
    jobNumber,
    practice,
    voicemailSeconds,
  }
}

/** One day's calls and how the office did on them; practice calls are listed and never counted. */
export function dayOf(services: Services, wanted: IsoDay | null) {
  const { today, zone } = momentOf(services)
  const day = wanted ?? today
  const from = instantOf(day, 0, zone)
  const to = instantOf(addDays(day, 1), 0, zone)
  const limit = ringLimits(services)
  const joined = select(services, and(eq(call.companyId, services.store.companyId), gte(call.offeredAt, from), lt(call.offeredAt, to)))
  const real = joined.map((row) => row.call).filter(counts)
  const number = (which: (one: (typeof real)[number]) => boolean): number => real.filter(which).length
  return {
    day,
    zone,
    rows: joined.map((row) => describe(services, row, limit)),
    counted: {
      incoming: real.length,
      answered: number((one) => one.answeredAt !== null),
      inTime: number((one) => answeredInTime(one, limit(one.lineNumber))),
      booked: number((one) => one.outcome === 'booked'),
      missed: number((one) => one.outcome === 'abandoned'),
      unbooked: number((one) => one.outcome === 'unbooked'),
      callBacks: number((one) => one.followUp === 'owed'),
    },
    practiced: joined.filter((row) => row.call.practice).length,
  }
}

export function detailOf(services: Services, callId: string) {
  const row = select(services, and(eq(call.companyId, services.store.companyId), eq(call.id, callId)))[0]
  if (!row) throw new ServiceError('call.unknown', 'This call is not in the log. Reload the call list.')
  const { lineNumber, kind, answeredAt, endedAt, transferredAt, transferredBy, returnsCallId, voicemailAt, voicemailRecording, callBackNumber, callerName, notes, locationId } = row.call
  const [place] =
    locationId === null
      ? []
      : services.store.db
          .select({ line1: location.line1, city: location.city })
          .from(location)
          .where(and(eq(location.companyId, services.store.companyId), eq(location.id, locationId)))
          .all()
  return {
    ...describe(services, row, ringLimits(services)),
    lineNumber,
    kind,
    answeredAt,
    endedAt,
    transferredAt,
    transferredBy: services.store.engine.run(getIf(userTable, transferredBy))?.name ?? null,
    returnsCallId,
    voicemailAt,
    voicemailRecording,
    callBackNumber,
    callerName,
    notes,
    locationId,
    address: place ? `${place.line1}, ${place.city}` : '',
    opensAt: companyOf(services).opensAt,
    closesAt: companyOf(services).closesAt,
  }
}
