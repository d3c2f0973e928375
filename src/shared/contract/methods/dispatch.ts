import { z } from 'zod'
import { APPOINTMENT_STATES, DEBRIEF_ITEMS, RESCHEDULES } from '../../domain/dispatch/tables.ts'
import { standingInput } from '../../domain/dispatch/standing.ts'
import { TIME_KINDS } from '../../domain/dispatch/timeKinds.ts'
import { PAYMENT_FORMS, WAIVER_STATES } from '../../domain/jobs/tables.ts'
import { dayInput, idInput, zoneInput } from '../../domain/kernel/inputs.ts'
import { defineAction, defineQuery } from '../method.ts'

/** One arrival window that can be promised, or that is full. Instants are epoch ms, minutes are of the location's day. */
const windowProposal = z.object({
  day: z.string(),
  start: z.int(),
  end: z.int(),
  startsAt: z.int(),
  endsAt: z.int(),
  /** The zone of `start` and `end`. */
  zone: z.string(),
  /** False where no skilled technician is free: to promise it anyway is an overbooking. */
  available: z.boolean(),
  /** How much of the skilled technicians' time is taken, 0 to 100. */
  fullness: z.int(),
  /** How full in words: `3 of 5 free`. */
  summary: z.string(),
  /** Who could come, best first, with the first start that is free. */
  technicians: z.array(z.object({ id: z.string(), name: z.string(), startsAt: z.int(), endsAt: z.int(), why: z.array(z.string()) })),
  whyNot: z.array(z.object({ id: z.string(), name: z.string(), why: z.string() })),
})

/** Time that a skilled technician has left on the first day, whether the visit fits into it or not. */
const dayGap = z.object({ technicianId: z.string(), technicianName: z.string(), startsAt: z.int(), endsAt: z.int() })

const technicianWish = z.object({ technicianId: z.string(), wish: z.enum(['asked', 'notWanted']) })

export type TechnicianWish = z.output<typeof technicianWish>

export type DayGap = z.output<typeof dayGap>

export type WindowProposal = z.output<typeof windowProposal>

const openPromise = z.object({ dueAt: z.int(), openedAt: z.int(), nextStep: z.string(), holder: z.string() })

/** A visit as the board and its trays show it. */
const boardVisit = z.object({
  id: z.string(),
  version: z.int(),
  jobId: z.string(),
  jobNumber: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  /** What warns about the customer, in a word; empty for nothing. */
  customerFlag: z.string(),
  /** Everything that warns about the visit or its customer, in words, the gravest first. */
  flags: z.array(z.string()),
  /** What fits on a bar: the last name, or the company. */
  shortName: z.string(),
  businessUnitId: z.string(),
  jobTypeName: z.string(),
  skills: z.array(z.string()),
  /** The job’s waiver is not back: work may not start. */
  waiverMissing: z.boolean().optional(),
  summary: z.string(),
  state: z.enum(APPOINTMENT_STATES),
  /** Who leads it. */
  technicianId: z.string().nullable(),
  /** Who goes along, for the same time. */
  crewIds: z.array(z.string()),
  startsAt: z.int().nullable(),
  endsAt: z.int().nullable(),
  /** The customer was promised this technician or this very time: it moves only with a recorded acceptance. */
  locked: z.boolean(),
  /** Which of the two it is; for words and for alerts. */
  promisedTechnicianId: z.string().nullable().optional(),
  promisedAt: z.int().nullable().optional(),
  overbooked: z.boolean(),
  /** Changed here while the hub does not hear of it: somebody else may have the time by then. */
  tentative: z.boolean(),
  durationMinutes: z.int(),
  windowDay: z.string(),
  windowStart: z.int(),
  windowEnd: z.int(),
  windowStartsAt: z.int(),
  windowEndsAt: z.int(),
  /** Millionths of a degree; null where the place was never found on the map. */
  latitude: z.int().nullable(),
  longitude: z.int().nullable(),
  priorityName: z.string(),
  priorityRank: z.int(),
  bookedAt: z.int(),
  /** The open promise about this visit that is due first. */
  promise: openPromise.nullable(),
  holdReason: z.string().nullable(),
  cancelReason: z.string().nullable(),
  dispatchedAt: z.int().nullable(),
  arrivedAt: z.int().nullable(),
  doneAt: z.int().nullable(),
  closedOutAt: z.int().nullable(),
  lineCount: z.int(),
  invoiced: z.boolean(),
  updatedBy: z.string(),
})

export type BoardVisit = z.output<typeof boardVisit>

/** Kept time with everything that an act may change of it. */
const keptTime = z.object({ id: z.string(), version: z.int(), technicianId: z.string(), kind: z.enum(TIME_KINDS), startsAt: z.int(), endsAt: z.int(), note: z.string(), seriesId: z.string().nullable(), overbookAccepted: z.boolean() })

export type KeptTimeRow = z.output<typeof keptTime>

export const span = z.object({ startsAt: z.int(), endsAt: z.int() })

/** What takes a technician’s time beside visits; a weekly lunch comes from a rule and has neither id nor version. */
export const timeBlock = span.extend({ id: z.string().nullable(), version: z.int().optional(), kind: z.enum(TIME_KINDS), note: z.string() })

export type TimeBlock = z.output<typeof timeBlock>

const boardTechnician = z.object({
  id: z.string(),
  name: z.string(),
  unitId: z.string(),
  homeArea: z.string(),
  /** Where the day begins, millionths of a degree; null where it was never found on the map. */
  home: z.object({ latitude: z.int(), longitude: z.int() }).nullable().optional(),
  /** The zone of the technician’s own clock; shifts and blocks were resolved in it. */
  zone: z.string(),
  /** False for somebody who left and still has work. */
  active: z.boolean(),
  skills: z.array(z.string()),
  /** In order; one that crosses midnight belongs to the day it begins on and is not cut. */
  shifts: z.array(span),
  onCall: z.array(span),
  blocks: z.array(timeBlock),
})

export type BoardTechnician = z.output<typeof boardTechnician>

/** The drive to a visit, ending when the visit begins. */
const travelLeg = span.extend({
  technicianId: z.string(),
  /** The visit before; null from home. */
  fromVisitId: z.string().nullable().optional(),
  toVisitId: z.string(),
  minutes: z.int(),
})

export type TravelLeg = z.output<typeof travelLeg>

/** When dispatch is told, in minutes. */
export const latenessRules = z.object({ lateAfterMinutes: z.int(), silentAfterMinutes: z.int(), riskBeforeMinutes: z.int(), overrunAfterMinutes: z.int(), overtimeAfterMinutes: z.int() })

const boardDay = z.object({
  day: z.string(),
  zone: z.string(),
  /**
   * The instant of the first day's minute 0, counted back from noon: minutes of that day are exact from it from 3 AM on. An axis
   * of instants begins at `dayStarts[0]`, which lies an hour beside it where the clocks change that day.
   */
  zeroAt: z.int(),
  /** The midnights with which the days begin, in the company’s zone: 23 to 25 hours apart. */
  dayStarts: z.array(z.int()),
  /** The midnight after the last day. */
  endsAt: z.int(),
  groups: z.array(z.object({ id: z.string(), name: z.string(), technicians: z.array(boardTechnician) })),
  /** The visits planned on these days, canceled ones where they stood. */
  planned: z.array(boardVisit),
  /** The drives of these days, where both ends are on the map. */
  legs: z.array(travelLeg),
  unassigned: z.array(boardVisit),
  hold: z.array(boardVisit),
  toCloseOut: z.array(boardVisit),
  /** How many more each tray has than it lists. */
  unlisted: z.object({ unassigned: z.number().int(), hold: z.number().int(), toCloseOut: z.number().int() }),
  holdReasons: z.array(z.string()),
  cancelReasons: z.array(z.string()),
  /** When alerts are raised; without it, the usual times. */
  lateness: latenessRules.optional(),
})

export type BoardDay = z.output<typeof boardDay>

const visitDetail = z.object({
  address: z.string(),
  access: z.array(z.string()),
  phone: z.string().nullable(),
  plannedPayment: z.enum(PAYMENT_FORMS),
  jobNotes: z.string(),
  /** What was answered to the script’s own questions. */
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  lines: z.array(z.object({ id: z.string(), description: z.string(), quantity: z.int() })),
  closeOutNotes: z.string(),
  /** Somebody was there before for the job: the close-out asks why they had to come again. */
  returnTrip: z.boolean(),
  /** What windows for coming again are asked with. */
  jobTypeId: z.string(),
  locationId: z.string(),
  causeCodes: z.array(z.string()),
  /** What is asked with another window, and how its reschedule stands (D10). */
  windowDay: z.string(),
  windowStart: z.int(),
  windowEnd: z.int(),
  durationMinutes: z.int(),
  version: z.int(),
  state: z.enum(APPOINTMENT_STATES),
  reschedule: z.enum(RESCHEDULES).nullable(),
  rescheduleWhy: z.string().nullable(),
  objections: z.array(z.string()),
  jobId: z.string(),
  customerId: z.string(),
  summary: z.string(),
  /** The job type’s waiver by name, and how it stands; null where none is needed. */
  waiver: z.object({ name: z.string(), state: z.enum(WAIVER_STATES) }).nullable(),
  /** What a debrief is asked for, and how many photos the job has. */
  debriefAsks: z.array(z.enum(DEBRIEF_ITEMS)),
  photos: z.int(),
  promises: z.array(openPromise),
  history: z.array(z.object({ at: z.int(), text: z.string() })),
})

export type VisitDetail = z.output<typeof visitDetail>

/** Where one technician's hours differ from the usual ones of the week, from a day on. */
const technicianHours = z.object({
  /** The zone of the technician’s own clock, in which days and hours are meant. */
  zone: z.string(),
  /** In order; a day without shifts is a day off. */
  days: z.array(z.object({ day: z.string(), shifts: z.array(span), note: z.string() })),
  onCall: z.array(span.extend({ id: z.string(), note: z.string() })),
})

export type TechnicianHours = z.output<typeof technicianHours>

const workTables = ['technician_time', 'dated_shift', 'on_call', 'zone_clock'] as const

const boardTables = ['appointment', 'assignment', 'technician', 'business_unit', 'job', 'job_type', 'priority', 'customer', 'location', 'promise', 'dispatch_settings', 'user', 'company', ...workTables] as const

export const dispatchMethods = [
  defineQuery({
    name: 'dispatch.windows',
    summary: 'Which arrival windows have a free skilled technician, how full each is, who could come and why not the others.',
    permission: 'office.view',
    input: z.strictObject({
      jobTypeId: idInput,
      fromDay: dayInput,
      days: z.int().min(1).max(31),
      locationId: idInput.nullable().optional(),
      /** Who it is for, where the place is not recorded yet; a recorded one says it itself. */
      customerId: idInput.nullable().optional(),
      /** The zone of a place that is not recorded yet; a recorded one has its own. */
      zone: zoneInput.optional(),
      technicianId: idInput.nullable().optional(),
      /** Where the visit will take another time than its job type usually does. */
      durationMinutes: z.int().min(5).max(1440).optional(),
      /** The skills as they were when the call began, where the job type may have been changed since. */
      skills: z.array(z.string().max(80)).max(40).optional(),
      /** `offered`: every name and reason only for the three best and the first day, the rest in a line each. */
      reasons: z.enum(['offered', 'all']).optional(),
    }),
    reads: ['appointment', 'assignment', 'technician', 'business_unit', 'job_type', 'dispatch_settings', 'company', 'location', 'customer', ...workTables],
    output: z.object({
      windows: z.array(windowProposal),
      gaps: z.array(dayGap),
      /** What the customer said of technicians, as it was minded in these windows. */
      wishes: z.array(technicianWish).optional(),
    }),
  }),
  defineAction({
    name: 'dispatch.beginBooking',
    summary: 'Somebody begins to book: the days ahead are read before windows are asked of them.',
    permission: 'office.view',
    input: z.strictObject({ days: z.int().min(1).max(31) }),
    output: z.object({}),
  }),
  defineAction({
    name: 'dispatch.claimed',
    summary: 'What became of the time that a booking claimed: waits a moment for the hub\u2019s word on it.',
    permission: 'office.view',
    input: z.strictObject({
      appointmentId: idInput,
      /** The command that claimed it; absent where that is not known any more. */
      commandId: idInput.optional(),
    }),
    output: z.object({
      /** `unknown`: the hub has not said it yet. */
      slot: z.enum(['none', 'held', 'lost', 'unknown']),
      /** The window that the visit stands in, and its version. */
      windowDay: z.string(),
      windowStart: z.int(),
      windowEnd: z.int(),
      version: z.int(),
    }),
  }),
  defineQuery({
    name: 'board.day',
    summary: 'The board of a day or of some days: technicians, their visits and other time, and the trays beside them.',
    permission: 'office.view',
    input: z.strictObject({ day: dayInput, days: z.int().min(1).max(7).optional() }),
    reads: boardTables,
    output: boardDay,
  }),
  defineQuery({
    name: 'board.standing',
    summary: 'How visits stand, or how time is kept, before an act on them, so that undoing it can put back exactly that.',
    permission: 'office.view',
    input: z.strictObject({ appointmentIds: z.array(idInput).max(200), timeIds: z.array(idInput).max(200).optional() }),
    reads: ['appointment', 'assignment', 'technician_time'],
    output: z.object({
      visits: z.array(z.object({ id: z.string(), version: z.int(), closedOut: z.boolean(), durationMinutes: z.int(), standing: standingInput })),
      times: z.array(keptTime),
    }),
  }),
  defineQuery({
    name: 'technician.hours',
    summary: 'Where a technician’s hours differ from the week’s: dated shifts, days off and on-call time, from a day on.',
    permission: 'office.view',
    input: z.strictObject({ technicianId: idInput, fromDay: dayInput }),
    reads: ['technician', 'company', 'dated_shift', 'on_call'],
    output: technicianHours,
  }),
  defineQuery({
    name: 'board.visit',
    summary: 'One visit with what the dispatcher needs beside it: the place, the lines, what was done to it.',
    permission: 'office.view',
    input: z.strictObject({ appointmentId: idInput }),
    reads: ['appointment', 'job', 'job_line', 'location', 'customer', 'contact_method', 'note', 'user', 'promise', 'field_report', 'technician', 'dispatch_settings', 'job_type', 'attachment'],
    output: visitDetail,
  }),
] as const
