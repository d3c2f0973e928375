import type { settingsMethods } from '../../../shared/contract/methods/settings.ts'
import { dispatchRules } from '../../../shared/domain/dispatch/settings.ts'
import { dispatchSettingsTable } from '../../../shared/domain/dispatch/tables.ts'
import { taxZoneTable } from '../../../shared/domain/invoices/tables.ts'
import { jobTypeTable, priceItemTable, priorityTable } from '../../../shared/domain/jobs/tables.ts'
import { compareText } from '../../../shared/base/text.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import type { AnyRow, StampedColumns } from '../../../shared/domain/kernel/table.ts'
import { businessUnitTable, type Company, technicianTable, userTable } from '../../../shared/domain/people/tables.ts'
import { evaluate } from '../../../shared/domain/promises/expression.ts'
import { checkQueue } from '../../../shared/domain/promises/queueCheck.ts'
import { SUBJECT_TABLES } from '../../../shared/domain/promises/subjects.ts'
import { queueTable } from '../../../shared/domain/promises/tables.ts'
import { type Asked, type Implementation, mustRun } from '../../core/service.ts'
import { and, count, eq, schema } from '../../store/schema.ts'
import { companyOf } from '../company.ts'
import { initialsOf } from '../session/initials.ts'
import { hashPin } from '../session/pin.ts'
import { backUpNow } from './backUp.ts'
import { payOf } from './pay.ts'

/** A row as people set it: without the company, the version and the stamps. */
function plain<R extends StampedColumns>({ companyId: _companyId, version: _version, createdAt: _createdAt, createdBy: _createdBy, updatedAt: _updatedAt, updatedBy: _updatedBy, ...values }: R): Omit<R, keyof StampedColumns> {
  return values
}

const byPosition = (left: { readonly position: number }, right: { readonly position: number }): number => left.position - right.position
const byName = (left: { readonly name: string }, right: { readonly name: string }): number => compareText(left.name.toLowerCase(), right.name.toLowerCase())

function promisesHeld(asked: Asked): ReadonlyMap<string | null, number> {
  const { promise } = schema
  const rows = asked.store.db
    .select({ userId: promise.holderUserId, holding: count() })
    .from(promise)
    .where(and(eq(promise.companyId, asked.store.companyId), eq(promise.state, 'open'), eq(promise.practice, false)))
    .groupBy(promise.holderUserId)
    .all()
  return new Map(rows.map(({ userId, holding }) => [userId, holding]))
}

function settingsOf(company: Company) {
  const { id: _id, ...settings } = plain(company)
  return { ...settings, accounts: { ...company.accounts } }
}

export const settingsService: Implementation<typeof settingsMethods> = {
  'people.list': (_input, asked) => {
    const { credential } = schema
    const withPin = new Set(asked.store.db.select({ id: credential.id }).from(credential).where(eq(credential.companyId, asked.store.companyId)).all().map(({ id }) => id))
    const holding = promisesHeld(asked)
    const people = asked.store.engine.run(all(userTable)).map((user) => ({
      userId: user.id,
      name: user.name,
      initials: initialsOf(user.name),
      roles: [...user.roles],
      presence: user.presence,
      coverUserId: user.coverUserId,
      hasPin: withPin.has(user.id),
      holding: holding.get(user.id) ?? 0,
    }))
    return { people: people.sort(byName) }
  },

  'people.setPin': ({ userId, pin }, asked) => {
    mustRun(asked, { name: 'user.setPin', actorId: asked.actorId, input: { userId, ...hashPin(pin) } })
    return {}
  },

  'people.pay': (_input, asked) => ({ technicians: payOf(asked) }),

  'settings.get': (_input, asked) => {
    const { engine } = asked.store
    const company = companyOf(asked)
    const { windows, holdReasons, cancelReasons, lateAfterMinutes, silentAfterMinutes, truthHourAt, lunch, travelSpeed, causeCodes, objections, debriefAsks, riskBeforeMinutes, overrunAfterMinutes, overtimeAfterMinutes, materialListAt } = dispatchRules(engine.run(all(dispatchSettingsTable)))
    return {
      company: settingsOf(company),
      windows: [...windows],
      holdReasons: [...holdReasons],
      cancelReasons: [...cancelReasons],
      causeCodes: [...causeCodes],
      objections: [...objections],
      debriefAsks: [...debriefAsks],
      riskBeforeMinutes,
      overrunAfterMinutes,
      overtimeAfterMinutes,
      materialListAt,
      lateAfterMinutes,
      silentAfterMinutes,
      truthHourAt,
      lunch,
      travelSpeed,
      businessUnits: engine.run(all(businessUnitTable)).toSorted(byPosition).map(plain),
      technicians: engine
        .run(all(technicianTable))
        .toSorted(byPosition)
        .map((technician) => ({ ...plain(technician), skills: [...technician.skills], shifts: [...technician.shifts], lunches: technician.lunches === null ? null : [...technician.lunches] })),
      priorities: engine.run(all(priorityTable)).toSorted((left, right) => left.rank - right.rank).map(plain),
      jobTypes: engine
        .run(all(jobTypeTable))
        .toSorted(byName)
        .map((jobType) => ({ ...plain(jobType), skills: [...jobType.skills], checklist: jobType.checklist === null ? null : [...jobType.checklist] })),
      taxZones: engine
        .run(all(taxZoneTable))
        .toSorted(byName)
        .map((zone) => ({ ...plain(zone), jurisdictions: [...zone.jurisdictions] })),
      queues: engine
        .run(all(queueTable))
        .toSorted(byPosition)
        .map((queue) => ({
          ...plain(queue),
          outcomes: queue.outcomes.map((outcome) => ({
            ...outcome,
            effect: outcome.effect.kind === 'settle' ? { kind: 'settle' as const, set: { ...outcome.effect.set } } : outcome.effect,
          })),
        })),
    }
  },

  'settings.priceBook': (_input, asked) => ({
    items: asked.store.engine.run(all(priceItemTable)).toSorted((left, right) => compareText(left.code, right.code)).map(plain),
  }),

  'settings.previewQueue': ({ queue }, asked) => {
    const problem = checkQueue(queue) ?? null
    if (problem) return { problem: { ...problem }, matches: 0, records: 0 }
    const records = asked.store.engine.run(all(SUBJECT_TABLES[queue.subjectKind])) as unknown as readonly AnyRow[]
    const matches = records.filter((record) => evaluate(queue.condition, { record, openedAt: null }) === true).length
    return { problem: null, matches, records: records.length }
  },

  'settings.backUpNow': (_input, asked) => backUpNow(asked),
}
