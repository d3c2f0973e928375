import type { Pop, PopCandidate } from '../../../shared/contract/methods/calls.ts'
import { MINUTE, type IsoDay } from '../../../shared/base/time.ts'
import { formatDay, formatTime, formatWindow } from '../../../shared/base/zone.ts'

export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number
  /** The day it is where the company is. */
  readonly today: IsoDay
  readonly zone: string
}

type Job = PopCandidate['jobs'][number]
type Visit = NonNullable<Job['visit']>

const firstName = (name: string): string => name.split(' ')[0] ?? name

const minutes = (from: number, to: number): string => {
  const all = Math.round((to - from) / MINUTE)
  return all < 60 ? `${all} min` : `${Math.floor(all / 60)} h ${String(all % 60).padStart(2, '0')}`
}

/** Where today's visit stands, in the words one would tell the customer's dispatcher. */
function whyToday(visit: Visit, { now, zone }: Moment): string {
  const technician = visit.technicianName === null ? null : firstName(visit.technicianName)
  const lateBy = now > visit.windowEndsAt ? minutes(visit.windowEndsAt, now) : null
  switch (visit.state) {
    case 'hold':
      return visit.holdReason ? `On hold: ${visit.holdReason}` : 'The visit is on hold.'
    case 'working':
      return `${technician ?? 'The technician'} is there${visit.arrivedAt === null ? '' : ` since ${formatTime(visit.arrivedAt, zone)}`}.`
    case 'dispatched':
      return lateBy === null ? `${technician ?? 'The technician'} is on the way.` : `${technician ?? 'The technician'} is on the way, ${lateBy} after the window.`
    case 'scheduled':
    case 'confirmed':
      if (lateBy !== null) return `The window ended ${lateBy} ago and nobody is there.`
      if (technician === null) return 'No technician is assigned yet.'
      if (visit.startsAt !== null && visit.startsAt > visit.windowEndsAt) return `${technician} is planned for ${formatTime(visit.startsAt, zone)}, after the window.`
      return visit.startsAt === null ? `${technician} comes.` : `${technician} is planned for ${formatTime(visit.startsAt, zone)}.`
    case 'done':
    case 'canceled':
      return ''
  }
}

const jobTitle = (job: Job, when: string): string => `Job ${job.number}, ${job.typeName === '' ? job.summary : job.typeName}${when === '' ? '' : `, ${when}`}`

/**
 * What a caller probably calls about: a visit today first, then a call back we owe, the next visit, an
 * overdue invoice, an open job without a visit. Nothing is guessed while it is unclear who calls.
 */
export function probablyAbout(candidates: readonly PopCandidate[], linkedId: string | null, moment: Moment): Pop['guess'] {
  const [best] = candidates
  if (!best || (candidates.length > 1 && linkedId !== best.customerId)) return null
  const { customerId, jobs } = best
  const visits = jobs.flatMap((job) => (job.visit ? [{ job, visit: job.visit }] : [])).sort((left, right) => left.visit.windowStartsAt - right.visit.windowStartsAt)
  const today = visits.find(({ visit }) => visit.day === moment.today)
  if (today) {
    const when = `today ${formatWindow(today.visit.windowStart, today.visit.windowEnd)}`
    return { customerId, jobId: today.job.jobId, what: jobTitle(today.job, when), why: whyToday(today.visit, moment) }
  }
  if (best.owedSince !== null) {
    return { customerId, jobId: null, what: 'The call back we owe', why: `Called ${minutes(best.owedSince, moment.now)} ago and was not called back yet.` }
  }
  const next = visits.find(({ visit }) => visit.day > moment.today)
  if (next) {
    const when = `${formatDay(next.visit.day)} ${formatWindow(next.visit.windowStart, next.visit.windowEnd)}`
    return { customerId, jobId: next.job.jobId, what: jobTitle(next.job, when), why: 'The next visit.' }
  }
  if (best.overdueSince !== null) {
    return { customerId, jobId: null, what: 'An open invoice', why: `Due since ${formatDay(best.overdueSince)}.` }
  }
  const [waiting] = jobs
  if (waiting) return { customerId, jobId: waiting.jobId, what: jobTitle(waiting, ''), why: 'Open, and no visit is booked.' }
  return null
}
