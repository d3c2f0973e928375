import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import { TIME_KINDS } from './timeKinds.ts'

/** D2. */
export const APPOINTMENT_STATES = ['scheduled', 'confirmed', 'dispatched', 'working', 'hold', 'done', 'canceled'] as const

export type AppointmentState = (typeof APPOINTMENT_STATES)[number]

/** What a move may break: who was promised, the very time, or the arrival window. */
export const BROKEN_PROMISES = ['technician', 'time', 'window'] as const

export type BrokenPromise = (typeof BROKEN_PROMISES)[number]

/** How a reschedule stands: owed while `asked` or `needed`, else what came of it. */
export const RESCHEDULES = ['asked', 'needed', 'saved', 'moved', 'canceled', 'unreached'] as const

/** What a debrief may be made to ask for beside what was done (D16). */
export const DEBRIEF_ITEMS = ['equipment', 'photos', 'nextStep'] as const

export type DebriefItem = (typeof DEBRIEF_ITEMS)[number]

/**
 * A visit as promised: the arrival window as local wall time and zone, with the resolved instants
 * beside it, so that `decide` needs no time zone tables.
 */
export const appointmentTable = defineTable(
  'appointment',
  {
    jobId: col.ref('job'),
    customerId: col.ref('customer'),
    locationId: col.ref('location'),
    businessUnitId: col.ref('business_unit'),
    state: col.oneOf(APPOINTMENT_STATES),
    windowDay: col.day(),
    windowStart: col.integer(),
    windowEnd: col.integer(),
    zone: col.text(),
    windowStartsAt: col.instant(),
    windowEndsAt: col.instant(),
    durationMinutes: col.integer(),
    /** The planned visit while a technician has it; the assignment row is the truth. */
    technicianId: nullable(col.ref('technician')),
    startsAt: nullable(col.instant()),
    endsAt: nullable(col.instant()),
    holdReason: nullable(col.text()),
    cancelReason: nullable(col.text()),
    dispatchedAt: nullable(col.instant()),
    arrivedAt: nullable(col.instant()),
    doneAt: nullable(col.instant()),
    confirmation: col.oneOf(['none', 'owed', 'sent']),
    confirmationSentAt: nullable(col.instant()),
    /** `owed` while a canceled visit has left its job without any and nobody has settled with the customer. */
    rebooking: col.oneOf(['none', 'owed', 'rebooked', 'declined']),
    closedOutAt: nullable(col.instant()),
    closeOutNotes: col.text(),
    /**
     * Whether the window's time was claimed for this visit when it was promised: `held`, or `lost` where somebody else had
     * taken it by the time the hub heard of it. `none` where nothing was claimed: without a hub, or promised knowing it was full.
     */
    slot: col.oneOf(['none', 'held', 'lost']),
    /** The technician that the customer was promised; null where it is only somebody. */
    promisedTechnicianId: nullable(col.id()),
    /** The very time that the customer was promised, where it is more than the window, or another than it. */
    promisedAt: nullable(col.instant()),
    /** Whether the customer knows of the time it was moved to: `owed` until somebody has called. */
    newTime: nullable(col.oneOf(['owed', 'told', 'none'])),
    /** Who goes along with the technician, sorted; null where nobody does. The assignment rows are the truth. */
    crewIds: nullable(col.json<readonly string[]>()),
    /** True from the moment the job's invoice is final. */
    invoiced: col.boolean(),
    practice: col.boolean(),
    /** The customer is owed a call with the time at which we are expected now, or has had it (D9). */
    updateCall: nullable(col.oneOf(['owed', 'told'])),
    /** When we are expected, as the call says or said it, and with whom. */
    expectedAt: nullable(col.instant()),
    expectedWith: nullable(col.id()),
    toldAt: nullable(col.instant()),
    /** The day whose Truth Comes Home Hour looked at it, and whether somebody still has to; `left`: that day is over, and it was never done. */
    truthDay: nullable(col.day()),
    truthState: nullable(col.oneOf(['open', 'settled', 'left'])),
    /** What was ordered for it, from whom, and when it should be here; the visit waits on hold while `awaited` (D12). */
    partsWhat: nullable(col.text()),
    partsFrom: nullable(col.text()),
    partsExpectedAt: nullable(col.instant()),
    partsState: nullable(col.oneOf(['awaited', 'received', 'none'])),
    partsReceivedAt: nullable(col.instant()),
    /** Why somebody had to come again, by the office’s list; asked where the job had a visit before (D16). */
    causeCode: nullable(col.text()),
    /** What comes after this visit, as the debrief says it. */
    afterVisit: nullable(col.text()),
    /** Every so many days the customer hears how the parts stand, as was agreed with them, and when next; null: every two days. */
    partsUpdateDays: nullable(col.integer()),
    partsUpdateAt: nullable(col.instant()),
    /** Another time is owed while `asked` (the customer wants one) or `needed` (nobody can come as planned); else how it ended (D10). */
    reschedule: nullable(col.oneOf(RESCHEDULES)),
    /** Why, as the customer said it or the plan shows it. */
    rescheduleWhy: nullable(col.text()),
    /** What the customer had against the time, by the office’s list. */
    objection: nullable(col.text()),
  },
  {
    indexes: {
      byJob: ['jobId'],
      byCustomer: ['customerId'],
      byDay: ['windowDay'],
      byWindow: ['windowStartsAt'],
      byTechnician: ['technicianId', 'startsAt'],
      byState: ['state'],
      byInvoiced: ['invoiced', 'state'],
      /** Done and not closed out yet: few rows, however long the history. */
      byClosing: ['state', 'closedOutAt'],
    },
  },
)

/** An appointment on a technician's day. Two of one technician may not overlap unless overbooking was accepted. */
export const assignmentTable = defineTable(
  'assignment',
  {
    appointmentId: col.ref('appointment'),
    technicianId: col.ref('technician'),
    startsAt: col.instant(),
    endsAt: col.instant(),
    overbookAccepted: col.boolean(),
    /** `lead` is the visit's own technician; `crew` goes along for the same time. Null: written before there were crews, so the lead. */
    role: nullable(col.oneOf(['lead', 'crew'])),
  },
  { indexes: { byAppointment: ['appointmentId'], byTechnician: ['technicianId', 'startsAt'], byStart: ['startsAt'] } },
)

/** An arrival window the company promises, in minutes of its day. */
export interface ArrivalWindow {
  readonly start: number
  readonly end: number
}

/** At most one row, whose id is the company's id; without it, the defaults of `settings.ts` hold. */
export const dispatchSettingsTable = defineTable(
  'dispatch_settings',
  {
    windows: col.json<readonly ArrivalWindow[]>(),
    holdReasons: col.json<readonly string[]>(),
    cancelReasons: col.json<readonly string[]>(),
    /** Minutes; null where the company goes by the usual ones. */
    lateAfterMinutes: nullable(col.integer()),
    silentAfterMinutes: nullable(col.integer()),
    /** Minutes of the company’s day at which the Truth Comes Home Hour begins. */
    truthHourAt: nullable(col.integer()),
    /** When everybody eats who has no times of their own, in minutes of their day; null: nobody is kept free. */
    lunch: nullable(col.json<ArrivalWindow>()),
    /** km/h that drives are reckoned with; null: the usual. */
    travelSpeed: nullable(col.integer()),
    /** Why somebody may have to come again; null: the usual ones. */
    causeCodes: nullable(col.json<readonly string[]>()),
    /** What customers have against a time; null: the usual ones. */
    objections: nullable(col.json<readonly string[]>()),
    /** Minutes before dispatch is told; null: at once. */
    overrunAfterMinutes: nullable(col.integer()),
    overtimeAfterMinutes: nullable(col.integer()),
    /** Minutes before the end of a window that an arrival counts as about to miss it; null: none. */
    riskBeforeMinutes: nullable(col.integer()),
    /** What no visit is closed out without, unless somebody says why; null: nothing. */
    debriefAsks: nullable(col.json<readonly DebriefItem[]>()),
    /** Minutes of the company’s day at which tomorrow’s material list is owed to the warehouse; null: the usual time. */
    materialListAt: nullable(col.integer()),
  },
  { resident: true },
)

/** What takes a technician's time beside visits. None of it overlaps with a visit or with another unless that was accepted. */
export const technicianTimeTable = defineTable(
  'technician_time',
  {
    technicianId: col.ref('technician'),
    kind: col.oneOf(TIME_KINDS),
    startsAt: col.instant(),
    endsAt: col.instant(),
    note: col.text(),
    /** Shared by what was entered as one series; null for what stands alone. */
    seriesId: nullable(col.id()),
    overbookAccepted: col.boolean(),
  },
  { indexes: { byTechnician: ['technicianId', 'startsAt'], byStart: ['startsAt'], bySeries: ['seriesId', 'startsAt'] } },
)

/**
 * The shift of one date in place of the weekly one; several rows where there are several. Without times it is a day off.
 * The instants were resolved where it was entered, as those of arrival windows are.
 */
export const datedShiftTable = defineTable(
  'dated_shift',
  {
    technicianId: col.ref('technician'),
    day: col.day(),
    startsAt: nullable(col.instant()),
    endsAt: nullable(col.instant()),
    note: col.text(),
  },
  { indexes: { byTechnician: ['technicianId', 'day'], byDay: ['day'] } },
)

/** From when to when a technician can be called out. It is no shift: no window is promised on it. */
export const onCallTable = defineTable(
  'on_call',
  {
    technicianId: col.ref('technician'),
    startsAt: col.instant(),
    endsAt: col.instant(),
    note: col.text(),
  },
  { indexes: { byTechnician: ['technicianId', 'startsAt'], byStart: ['startsAt'] } },
)

/** Who accepted that a promise to a customer was moved, and how the customer hears of it. Never changed. */
export const acceptedMoveTable = defineTable(
  'accepted_move',
  {
    appointmentId: col.ref('appointment'),
    broke: col.oneOf(BROKEN_PROMISES),
    fromTechnicianId: nullable(col.id()),
    fromStartsAt: nullable(col.instant()),
    toTechnicianId: nullable(col.id()),
    toStartsAt: nullable(col.instant()),
    acceptedBy: col.text(),
    customer: col.oneOf(['told', 'toCall']),
    words: col.text(),
    byId: col.id(),
    at: col.instant(),
  },
  { indexes: { byAppointment: ['appointmentId', 'at'] } },
)

export type TechnicianTime = Row<typeof technicianTimeTable>
export type DatedShift = Row<typeof datedShiftTable>
export type OnCall = Row<typeof onCallTable>
export type AcceptedMove = Row<typeof acceptedMoveTable>
export type Appointment = Row<typeof appointmentTable>
export type Assignment = Row<typeof assignmentTable>
export type DispatchSettings = Row<typeof dispatchSettingsTable>
