import { addDays, DAY, type IsoDay } from '../../../shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import type { PersonDay } from '../../../shared/contract/methods/phoneOffice.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { statusSpans, statusSums } from '../../../shared/domain/phone/statusDay.ts'
import { statusChangeTable } from '../../../shared/domain/phone/tables.ts'
import { type Services, ServiceError } from '../../core/service.ts'
import { and, eq, gte, isNotNull, lt, schema } from '../../store/schema.ts'
import { companyOf } from '../company.ts'

/** What was said longer ago than a week says nothing of a day. */
const LOOKS_BACK = 7 * DAY

function callsOf({ store }: Pick<Services, 'store'>, userId: string, from: number, to: number): PersonDay['calls'] {
  const { call } = schema
  const talked = store.db
    .select({ talkMs: call.talkMs })
    .from(call)
    .where(and(eq(call.companyId, store.companyId), gte(call.offeredAt, from), lt(call.offeredAt, to), eq(call.agentId, userId), eq(call.practice, false), isNotNull(call.answeredAt)))
    .all()
  return { count: talked.length, talkMs: talked.reduce((sum, { talkMs }) => sum + (talkMs ?? 0), 0) }
}

/** @throws ServiceError where nobody of this office has this id */
export function personDayOf(services: Services, userId: string, wanted: IsoDay | null): PersonDay {
  const { store } = services
  const user = store.engine.run(get(userTable, userId))
  if (!user) throw new ServiceError('people.unknown', 'This person is not in the office.', { field: 'userId' })
  const { zone } = companyOf(services)
  const now = services.now()
  const day = wanted ?? wallTimeOf(now, zone).day
  const [from, to] = [instantOf(day, 0, zone), instantOf(addDays(day, 1), 0, zone)]
  const spans = statusSpans(store.engine.run(range(statusChangeTable, 'byUser', [userId], { from: from - LOOKS_BACK, to })), from, to, now)
  return { userId, name: user.name, day, zone, spans: [...spans], sums: [...statusSums(spans)], calls: callsOf(services, userId, from, to) }
}
