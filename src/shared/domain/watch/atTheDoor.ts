import type { Appointment, AppointmentState } from '../dispatch/tables.ts'

/** Set back from these, nobody has been at the door after all. */
const MENDED_FROM: ReadonlySet<AppointmentState> = new Set(['working', 'canceled'])

/**
 * Who is at the door has left the Truth Comes Home Hour, for good: put on hold afterwards, for parts say, the visit waits for
 * those, and its promise of today was kept. A wrong click that is mended, or undone, puts it into the hour again.
 * @param to the state that it gets
 * @param arrivedAt when somebody came to the door, as it stands from then on
 */
export function hourAfter({ state, truthDay, truthState, windowDay }: Pick<Appointment, 'state' | 'truthDay' | 'truthState' | 'windowDay'>, to: AppointmentState, arrivedAt: Appointment['arrivedAt']): Pick<Appointment, 'truthState'> {
  if (to === 'working') return { truthState: truthState === 'open' ? null : truthState }
  const isMended = MENDED_FROM.has(state) && arrivedAt === null && truthState === null && truthDay === windowDay
  return { truthState: isMended ? 'open' : truthState }
}
