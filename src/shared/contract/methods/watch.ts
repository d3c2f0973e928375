import { z } from 'zod'
import { APPOINTMENT_STATES } from '../../domain/dispatch/tables.ts'
import { defineQuery } from '../method.ts'
import { latenessRules, span, timeBlock } from './dispatch.ts'

const watchedVisit = z.object({
  id: z.string(),
  version: z.int(),
  jobId: z.string(),
  jobNumber: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  /** E.164. */
  phone: z.string().nullable(),
  jobTypeId: z.string(),
  locationId: z.string(),
  jobTypeName: z.string(),
  priorityName: z.string(),
  priorityRank: z.int(),
  state: z.enum(APPOINTMENT_STATES),
  /** Who leads it. */
  technicianId: z.string().nullable(),
  /** Who goes along. */
  crewIds: z.array(z.string()),
  startsAt: z.int().nullable(),
  endsAt: z.int().nullable(),
  windowDay: z.string(),
  windowStart: z.int(),
  windowEnd: z.int(),
  windowStartsAt: z.int(),
  windowEndsAt: z.int(),
  /** The very time that was promised, in place of the window; null where it is the window. */
  promisedAt: z.int().nullable(),
  durationMinutes: z.int(),
  overbooked: z.boolean(),
  skills: z.array(z.string()),
  waiverMissing: z.boolean(),
  /** When the technician was last heard of. */
  heardAt: z.int().nullable(),
  closedOutAt: z.int().nullable(),
  updateCall: z.enum(['owed', 'told']).nullable(),
  expectedAt: z.int().nullable(),
  letDown: z.boolean(),
  /** How it stands in the day\u2019s Truth Comes Home Hour; null where the hour did not look at it. */
  truthState: z.enum(['open', 'settled']).nullable(),
})

export type WatchedDayVisit = z.output<typeof watchedVisit>

const seen = z.object({
  appointmentId: z.string(),
  kind: z.string(),
  cause: z.string(),
  seenBy: z.string(),
  seenByName: z.string(),
  seenAt: z.int(),
  doing: z.string(),
  lookAgainAt: z.int(),
})

const watched = z.object({
  day: z.string(),
  zone: z.string(),
  /** The instant of the day\u2019s minute 0. */
  zeroAt: z.int(),
  rules: latenessRules.extend({ truthHourAt: z.int() }),
  technicians: z.array(z.object({ id: z.string(), name: z.string(), skills: z.array(z.string()), active: z.boolean(), shiftEndsAt: z.int().nullable(), shifts: z.array(span), onCall: z.array(span), blocks: z.array(timeBlock) })),
  visits: z.array(watchedVisit),
  seen: z.array(seen),
  /** The people who are here. */
  present: z.array(z.string()),
  /** Who holds dispatch now, and whether that is whoever asks. */
  holder: z.object({ name: z.string(), mine: z.boolean() }),
  /** The day\u2019s Truth Comes Home Hour, once it has begun. */
  hour: z.object({ begunAt: z.int(), visits: z.int() }).nullable(),
})

export type WatchedDay = z.output<typeof watched>

/**
 * The day for a screen that hangs where visitors pass: who is where and who is late. No customer, no address, no telephone, and of a
 * technician's own time no more than that there is some.
 */
const wallDay = z.object({
  day: z.string(),
  zone: z.string(),
  rules: latenessRules,
  technicians: z.array(z.object({ id: z.string(), name: z.string(), skills: z.array(z.string()), active: z.boolean(), shiftEndsAt: z.int().nullable(), shifts: z.array(span), onCall: z.array(span), blocks: z.array(span.extend({ kind: z.enum(['lunch', 'other']) })) })),
  visits: z.array(
    watchedVisit.pick({
      id: true,
      jobNumber: true,
      jobTypeName: true,
      priorityRank: true,
      state: true,
      technicianId: true,
      crewIds: true,
      startsAt: true,
      endsAt: true,
      windowDay: true,
      windowStart: true,
      windowEnd: true,
      windowStartsAt: true,
      windowEndsAt: true,
      promisedAt: true,
      overbooked: true,
      skills: true,
      heardAt: true,
      truthState: true,
    }),
  ),
  /** The Truth Comes Home Hour has begun. */
  hour: z.boolean(),
})

export type WallDay = z.output<typeof wallDay>

const endOfDayItem = z.object({
  key: z.string(),
  list: z.enum(['today', 'closeOut', 'issues', 'unassigned']),
  visitId: z.string().nullable(),
  /** Set where it can be taken to tomorrow. */
  promiseId: z.string().nullable(),
  taskId: z.string().nullable(),
  customerName: z.string(),
  what: z.string(),
  /** The day it is promised for. */
  day: z.string().nullable(),
  at: z.int(),
  state: z.enum(APPOINTMENT_STATES).nullable(),
})

export type EndOfDayItem = z.output<typeof endOfDayItem>

const endOfDay = z.object({ day: z.string(), tomorrow: z.string(), zone: z.string(), opensTomorrowAt: z.int(), items: z.array(endOfDayItem) })

export type EndOfDay = z.output<typeof endOfDay>

export const watchMethods = [
  defineQuery({
    name: 'dispatch.endOfDay',
    summary: 'What is left of today, and what tomorrow still lacks: visits not done, not closed out, open issues, tomorrow’s unassigned.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['appointment', 'job', 'job_type', 'customer', 'promise', 'task', 'company'],
    output: endOfDay,
  }),
  defineQuery({
    name: 'dispatch.watch',
    summary: 'Today as dispatch watches over it: visits, technicians, alerts that were seen, the Truth Comes Home Hour.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['appointment', 'assignment', 'technician', 'job', 'job_type', 'priority', 'customer', 'contact_method', 'alert_seen', 'truth_hour', 'user', 'dispatch_settings', 'company', 'dated_shift', 'technician_time', 'on_call', 'zone_clock'],
    output: watched,
  }),
  defineQuery({
    name: 'dispatch.wall',
    summary: 'Today for a screen on the wall: technicians and visits, with nothing in it that a visitor should not read.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['appointment', 'assignment', 'technician', 'job', 'job_type', 'priority', 'truth_hour', 'dispatch_settings', 'company', 'dated_shift', 'technician_time', 'on_call', 'zone_clock'],
    output: wallDay,
  }),
] as const
