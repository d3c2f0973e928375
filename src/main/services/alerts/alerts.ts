import type { alertsMethods, DeskStanding, OpenAlert } from '../../../shared/contract/methods/alerts.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { holdsAlert } from '../../../shared/domain/alerts/concern.ts'
import { deskRules, isWaiting, screeningOf, STILL_WAITING } from '../../../shared/domain/alerts/settings.ts'
import { type Alert, alertTable, deskSettingTable } from '../../../shared/domain/alerts/tables.ts'
import { callTable } from '../../../shared/domain/calls/tables.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { customerTable, locationTable } from '../../../shared/domain/customers/tables.ts'
import { priorityTable } from '../../../shared/domain/jobs/tables.ts'
import { all, get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { userTable, type User } from '../../../shared/domain/people/tables.ts'
import { promiseTable } from '../../../shared/domain/promises/tables.ts'
import type { Asked, Implementation } from '../../core/service.ts'
import { and, count, eq, gt, ne, schema } from '../../store/schema.ts'
import { todayOf } from '../company.ts'
import { firstPhones } from '../customers/phones.ts'
import { earliestDue } from '../promises/dueTime.ts'

function itemOf(alert: Alert, dueAt: number, users: readonly User[], { store }: Asked): OpenAlert {
  const { engine } = store
  const call = engine.run(getIf(callTable, alert.callId))
  // The call may have been linked to its customer since.
  const customerId = alert.customerId ?? call?.customerId ?? null
  const customer = engine.run(getIf(customerTable, customerId))
  const location = engine.run(getIf(locationTable, alert.locationId ?? call?.locationId))
  return {
    alertId: alert.id,
    kind: alert.kind,
    caller: customer?.name ?? (alert.caller || (call?.callerName ?? '')),
    place: location ? placeName(location) : alert.place,
    summary: alert.summary,
    phone: call?.callBackNumber ?? call?.fromNumber ?? (customer ? firstPhones(store, [customer.id]).get(customer.id) : undefined) ?? null,
    raisedAt: alert.raisedAt,
    raisedBy: users.find((user) => user.id === alert.raisedBy)?.name ?? 'Baton',
    dueAt,
    callId: alert.callId,
    customerId,
    practice: alert.practice,
  }
}

/** Answers `alerts.open`: dispatch and management see each of them, and so does whoever holds its promise as cover. */
function openAlerts(asked: Asked): readonly OpenAlert[] {
  const { engine } = asked.store
  const users = engine.run(all(userTable))
  const mayAnswer = asked.session.may('alert.answer')
  return engine
    .run(range(alertTable, 'byState', ['open']))
    .toSorted((left, right) => left.raisedAt - right.raisedAt || (left.id < right.id ? -1 : 1))
    // Practice frightens nobody but the one who practices.
    .filter((alert) => !alert.practice || alert.raisedBy === asked.actorId)
    .flatMap((alert) => {
      const promises = engine.run(range(promiseTable, 'bySubject', ['alert', alert.id]))
      if (!mayAnswer && !alert.practice && !holdsAlert(promises, users, asked.actorId)) return []
      return [itemOf(alert, earliestDue(promises) ?? alert.raisedAt + 5 * MINUTE, users, asked)]
    })
}

function waitingCallers(asked: Asked): number {
  const { call } = schema
  const { db, companyId } = asked.store
  const now = asked.now()
  return db
    .select()
    .from(call)
    .where(and(eq(call.companyId, companyId), gt(call.offeredAt, now - STILL_WAITING)))
    .all()
    .filter((row) => isWaiting(row, now)).length
}

/** Promised for today with the most urgent priority. */
function emergenciesOf(day: string, asked: Asked): number {
  const { appointment, job } = schema
  const { db, companyId, engine } = asked.store
  const [urgent] = engine.run(all(priorityTable)).filter(({ active }) => active).toSorted((left, right) => left.rank - right.rank)
  if (!urgent) return 0
  const [counted] = db
    .select({ visits: count() })
    .from(appointment)
    .innerJoin(job, and(eq(job.companyId, appointment.companyId), eq(job.id, appointment.jobId), eq(job.priorityId, urgent.id)))
    .where(and(eq(appointment.companyId, companyId), eq(appointment.windowDay, day), ne(appointment.state, 'canceled'), eq(appointment.practice, false)))
    .all()
  return counted?.visits ?? 0
}

function deskStanding(asked: Asked): DeskStanding {
  const { weather, screening, threshold, heldBackJobTypeIds, etaMinutes, emergencySlots } = deskRules(asked.store.engine.run(all(deskSettingTable)))
  const waiting = waitingCallers(asked)
  return {
    weather,
    screening,
    ...screeningOf({ screening, threshold }, waiting),
    waiting,
    threshold,
    heldBackJobTypeIds: [...heldBackJobTypeIds],
    etaMinutes,
    emergencySlots,
    emergenciesToday: emergenciesOf(todayOf(asked), asked),
  }
}

export const alertsService: Implementation<typeof alertsMethods> = {
  'alerts.open': (_input, asked) => ({ alerts: [...openAlerts(asked)] }),

  'alerts.get': ({ alertId }, { store }) => {
    const alert = store.engine.run(get(alertTable, alertId))
    if (!alert) return null
    const { id, kind, state, raisedAt, acknowledgedAt, reason } = alert
    return { alertId: id, kind, state, raisedAt, acknowledgedAt, acknowledgedBy: store.engine.run(getIf(userTable, alert.acknowledgedBy))?.name ?? null, reason }
  },

  'desk.standing': (_input, asked) => deskStanding(asked),
}
