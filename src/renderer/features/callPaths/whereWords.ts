import { assertNever } from '../../../shared/base/assertNever.ts'
import { type IsoDay, MINUTE } from '../../../shared/base/time.ts'
import { formatTime } from '../../../shared/base/zone.ts'
import type { CallVisit } from '../../../shared/contract/methods/calls.ts'
import { spokenDay, spokenWindow } from '../booking/words.ts'

export interface SpokenMoment {
  /** Epoch milliseconds. */
  readonly now: number
  /** The day it is where the visit is. */
  readonly today: IsoDay
}

type Asked = Pick<CallVisit, 'state' | 'windowDay' | 'windowStart' | 'windowEnd' | 'windowStartsAt' | 'windowEndsAt' | 'zone' | 'technicianName' | 'startsAt' | 'arrivedAt' | 'doneAt' | 'holdReason'>

/** What to say, and whether it can be said without asking dispatch first. */
export interface WhereAnswer {
  readonly say: string
  /** True where the promise is at risk or nobody knows: the customer is owed a call with the arrival time. */
  readonly owesCall: boolean
}

const firstName = (name: string | null): string | null => name?.split(' ')[0] ?? null

const isLate = ({ windowEndsAt }: Asked, { now }: SpokenMoment): boolean => now > windowEndsAt

/** Between the opening of the window and its end, and within the half hour before. */
const isNear = ({ windowStartsAt }: Asked, { now }: SpokenMoment): boolean => now > windowStartsAt - 30 * MINUTE

function beforeItStarts(visit: Asked, moment: SpokenMoment): WhereAnswer {
  const who = firstName(visit.technicianName)
  const window = `${spokenDay(visit.windowDay, moment.today)}, ${spokenWindow({ start: visit.windowStart, end: visit.windowEnd })}`
  if (isLate(visit, moment)) return { say: 'I\u2019m sorry, we are behind, and you should have heard from us. I\u2019ll find out at once and call you back.', owesCall: true }
  if (who === null) return { say: `You are on the schedule for ${window}. The technician is being assigned now.`, owesCall: isNear(visit, moment) }
  if (visit.startsAt !== null && visit.startsAt > visit.windowEndsAt) {
    return { say: `${who} is on an earlier job that takes longer. I\u2019ll call you with a time you can rely on.`, owesCall: true }
  }
  const planned = visit.startsAt !== null && visit.windowDay === moment.today ? ` We expect ${who} around ${formatTime(visit.startsAt, visit.zone)}.` : ` ${who} is your technician.`
  return { say: `You are on the schedule for ${window}.${planned}`, owesCall: false }
}

/** The answer to \u201cWhere is my technician?\u201d, to be read aloud. */
export function whereIsTechnician(visit: Asked, moment: SpokenMoment): WhereAnswer {
  const who = firstName(visit.technicianName) ?? 'The technician'
  switch (visit.state) {
    case 'scheduled':
    case 'confirmed':
      return beforeItStarts(visit, moment)
    case 'dispatched':
      return isLate(visit, moment)
        ? { say: `I\u2019m sorry for the wait. ${who} is on the way to you. Let me get you a time and call you back.`, owesCall: true }
        : { say: `Good news: ${who} is on the way to you now.`, owesCall: false }
    case 'working':
      return { say: visit.arrivedAt === null ? `${who} is with you already, as we see it here.` : `${who} arrived at ${formatTime(visit.arrivedAt, visit.zone)}, as we see it here. Is nobody there?`, owesCall: false }
    case 'hold':
      return { say: `The visit is on hold${visit.holdReason ? `: ${visit.holdReason.charAt(0).toLowerCase()}${visit.holdReason.slice(1)}` : ''}. I\u2019ll find out when we go on and call you back.`, owesCall: true }
    case 'done':
      return { say: visit.doneAt === null ? 'The visit is done, as we see it here.' : `The visit was done at ${formatTime(visit.doneAt, visit.zone)}, as we see it here. Is anything still open?`, owesCall: false }
    case 'canceled':
      return { say: 'That visit was canceled. Shall I find you another time?', owesCall: false }
    default:
      return assertNever(visit.state, 'state of a visit')
  }
}
