import type { Instant, IsoDay } from '../../../shared/base/time.ts'
import { appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { rowsSeen } from '../../../shared/domain/kernel/clockWord.ts'
import { getMany } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { leftOver, NEVER_DONE } from '../../../shared/domain/watch/leftOver.ts'
import type { Services } from '../../core/service.ts'
import { and, eq, inArray, lt, schema } from '../../store/schema.ts'

/** So many at once: the first look at a company with years behind it holds up nobody. */
const AT_ONCE = 200

/** Looks at the visits of past days that were never done, and says so of each once. */
export function lookAtLeftOver({ store, run }: Pick<Services, 'store' | 'run'>, { day, zeroAt, at }: { readonly day: IsoDay; readonly zeroAt: Instant; readonly at: Instant }): void {
  const { engine, db, companyId } = store
  const { appointment } = schema
  const past = db
    .select({ id: appointment.id })
    .from(appointment)
    .where(and(eq(appointment.companyId, companyId), inArray(appointment.state, [...NEVER_DONE]), lt(appointment.windowDay, day), eq(appointment.practice, false)))
    .all()
  const changes = leftOver(engine.run(getMany(appointmentTable, past.map(({ id }) => id))), { day, zeroAt }).slice(0, AT_ONCE)
  if (changes.length > 0) run({ name: 'dispatch.leaveOver', actorId: SYSTEM_ACTOR, input: { day, zeroAt, at, saw: rowsSeen(changes) } })
}
