import type { DayGap, dispatchMethods, TechnicianWish, WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { addDays, type Instant, type IsoDay } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { locationTable } from '../../../shared/domain/customers/tables.ts'
import { dispatchRules } from '../../../shared/domain/dispatch/settings.ts'
import { appointmentTable, dispatchSettingsTable } from '../../../shared/domain/dispatch/tables.ts'
import { jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { all, get, getIf } from '../../../shared/domain/kernel/load.ts'
import { businessUnitTable } from '../../../shared/domain/people/tables.ts'
import { errorDetails } from '../../core/log.ts'
import { type Asked, type Implementation, ServiceError } from '../../core/service.ts'
import { companyOf, todayOf } from '../company.ts'
import { instantIn, zeroOf } from './dayFrame.ts'
import { preferencesOf } from './planning/known.ts'
import type { WindowsAnswer, WindowsQuestion } from './planning/windowsQuestion.ts'
import { placeOf } from './travel.ts'

type Handler = Implementation<typeof dispatchMethods>['dispatch.windows']
type Question = Parameters<Handler>[0]

/** What is answered with every name and every reason: what is offered while the caller waits. */
const OFFERED = 3

/** The company's days that windows of these days of another zone may begin on, and the day whose gaps are told. */
function daysOf(slots: WindowsQuestion['slots'], fromDay: IsoDay): readonly IsoDay[] {
  return [...new Set([fromDay, ...slots.map(({ of }) => of)])].sort()
}

function resolve(question: Question, asked: Asked): WindowsQuestion {
  const { engine } = asked.store
  const company = companyOf(asked)
  const jobType = engine.run(get(jobTypeTable, question.jobTypeId))
  if (!jobType) throw new ServiceError('dispatch.unknownJobType', 'Choose a job type.', { field: 'jobTypeId' })
  const location = engine.run(getIf(locationTable, question.locationId))
  const customerId = location?.customerId ?? question.customerId
  const zone = location?.zone || question.zone || company.zone
  const { windows } = dispatchRules(engine.run(all(dispatchSettingsTable)))
  const now = asked.now()
  const companyDay = (at: Instant): IsoDay => (zone === company.zone ? '' : wallTimeOf(at, company.zone).day)
  const slots = Array.from({ length: question.days }, (_, index) => addDays(question.fromDay, index)).flatMap((day) => {
    const zero = zeroOf(day, zone)
    return windows
      .map(({ start, end }) => ({ day, start, end, startsAt: instantIn(zero, start), endsAt: instantIn(zero, end), zone }))
      .filter(({ endsAt }) => endsAt > now)
      .map((slot) => ({ ...slot, of: companyDay(slot.startsAt) || day }))
  })
  return {
    slots,
    gapsOf: question.fromDay,
    durationMinutes: question.durationMinutes ?? jobType.durationMinutes,
    skills: question.skills ?? jobType.skills,
    unitId: jobType.businessUnitId,
    place: location ? placeOf(location.latitude, location.longitude) : null,
    now,
    technicianId: question.technicianId ?? null,
    preferences: customerId ? preferencesOf(asked, customerId, location?.id ?? null) : {},
    unitNames: Object.fromEntries(engine.run(all(businessUnitTable)).map((unit) => [unit.id, unit.name])),
    inFull: question.reasons === 'offered' ? OFFERED : Number.POSITIVE_INFINITY,
  }
}

function wishesIn(preferences: WindowsQuestion['preferences']): TechnicianWish[] {
  return Object.entries(preferences)
    .flatMap(([technicianId, { wish }]) => (wish === null ? [] : [{ technicianId, wish }]))
    .sort((left, right) => (left.technicianId < right.technicianId ? -1 : 1))
}

async function answerTo(question: WindowsQuestion, { windowBook, planner }: Asked): Promise<WindowsAnswer | null> {
  await windowBook.bring(daysOf(question.slots, question.gapsOf))
  return planner.ask<'windows'>({ kind: 'windows', ...question })
}

/**
 * Answers `dispatch.windows`: resolves wall time and reads who was there before; days that have changed are read and posted.
 * Everything else is done beside the store, so that nobody's typing waits for it.
 */
export async function proposeWindows(question: Question, asked: Asked): Promise<{ windows: WindowProposal[]; gaps: DayGap[]; wishes: TechnicianWish[] }> {
  const resolved = resolve(question, asked)
  try {
    let answer = await answerTo(resolved, asked)
    if (!answer) {
      // The thread was started anew in between.
      asked.windowBook.forget()
      answer = await answerTo(resolved, asked)
    }
    if (answer) return { windows: [...answer.windows], gaps: [...answer.gaps], wishes: wishesIn(resolved.preferences) }
    asked.log.error('planner.failed', { question: 'windows', reason: 'a day was not learned' })
  } catch (error) {
    asked.log.error('planner.failed', { question: 'windows', ...errorDetails(error) })
  }
  throw new ServiceError('dispatch.noWindows', 'The arrival windows could not be worked out. What you typed is kept. Ask dispatch on the board; the log says more.')
}

/** Answers `dispatch.claimed`: the hub decides who has the last place of a window, and the caller is still on the line. */
export async function claimedSlot({ appointmentId, commandId }: { readonly appointmentId: string; readonly commandId?: string | undefined }, asked: Asked) {
  const heard = commandId === undefined || (await asked.hub.heard(commandId))
  const visit = asked.store.engine.run(get(appointmentTable, appointmentId))
  if (!visit) throw new ServiceError('dispatch.unknownVisit', 'This visit is not there any more.')
  const { slot, windowDay, windowStart, windowEnd, version } = visit
  return { slot: heard || slot === 'lost' ? slot : ('unknown' as const), windowDay, windowStart, windowEnd, version }
}

/** Answers `dispatch.beginBooking` at once; the days are read in turns that nobody waits for. */
export function beginBooking(days: number, asked: Asked): Record<string, never> {
  const today = todayOf(asked)
  asked.windowBook.warm(Array.from({ length: days }, (_, index) => addDays(today, index)))
  return {}
}
