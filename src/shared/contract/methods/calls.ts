import { z } from 'zod'
import { dayInput, idInput, phoneInput } from '../../domain/kernel/inputs.ts'
import { CALL_KINDS } from '../../domain/calls/kinds.ts'
import { CALL_OUTCOMES, CALL_STATES, END_CAUSES, KNOWN_NUMBER_KINDS } from '../../domain/calls/tables.ts'
import { LINE_PURPOSES } from '../../domain/phone/tables.ts'
import { PAUSE_REASONS, RECORD_MODES } from '../../domain/recordings/tables.ts'
import { APPOINTMENT_STATES } from '../../domain/dispatch/tables.ts'
import { normalizePhone } from '../../base/phone.ts'
import { defineAction, defineQuery } from '../method.ts'

/** What can be done to a call; a screen offers what the call says of itself. */
export const CALL_ACTIONS = ['answer', 'reject', 'hangUp', 'hold', 'resume', 'mute', 'digits', 'transfer', 'transferToNumber', 'consult', 'completeTransfer', 'conference', 'record'] as const
export type CallAction = (typeof CALL_ACTIONS)[number]

/** A number as people write it, or an extension as it is dialled. */
const reachInput = z
  .string()
  .max(40)
  .transform((text) => normalizePhone(text) ?? text.replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^\+?[0-9*#]{2,20}$/, 'This is neither a number nor an extension.'))

const callerCard = z.object({ title: z.string(), goal: z.string(), lines: z.array(z.string()) })

const popVisit = z.object({
  appointmentId: z.string(),
  state: z.enum(APPOINTMENT_STATES),
  day: z.string(),
  windowStart: z.int(),
  windowEnd: z.int(),
  windowStartsAt: z.number(),
  windowEndsAt: z.number(),
  startsAt: z.number().nullable(),
  arrivedAt: z.number().nullable(),
  holdReason: z.string().nullable(),
  technicianName: z.string().nullable(),
})

const popJob = z.object({
  jobId: z.string(),
  number: z.string(),
  typeName: z.string(),
  summary: z.string(),
  locationId: z.string(),
  /** The next visit that is not over; none where one must still be booked. */
  visit: popVisit.nullable(),
})

const popCandidate = z.object({
  customerId: z.string(),
  number: z.string(),
  name: z.string(),
  kind: z.enum(['residential', 'commercial']),
  /** Epoch milliseconds. */
  since: z.number(),
  phoneLabel: z.string(),
  /** The last time this number was confirmed as this customer. */
  confirmedAt: z.number().nullable(),
  lastActivityAt: z.number().nullable(),
  doNotService: z.boolean(),
  creditHold: z.boolean(),
  badDebt: z.boolean(),
  /** BCP 47; null where nobody has asked. */
  language: z.string().nullable(),
  bestTime: z.string(),
  locations: z.array(z.object({ locationId: z.string(), line1: z.string(), city: z.string(), accessNotes: z.string(), gateCode: z.string(), pets: z.string(), parking: z.string() })),
  jobs: z.array(popJob),
  notes: z.array(z.object({ noteId: z.string(), body: z.string(), at: z.number() })),
  /** What is open on finalized invoices, in cents. */
  balanceCents: z.int(),
  /** The oldest day on which something was due and is not paid. */
  overdueSince: z.string().nullable(),
  lastVisit: z.object({ doneAt: z.number(), typeName: z.string(), technicianName: z.string().nullable() }).nullable(),
  /** Earlier calls that are still owed a call back. */
  owedSince: z.number().nullable(),
})

export type PopCandidate = z.output<typeof popCandidate>

const popOutput = z.object({
  callId: z.string(),
  fromNumber: z.string().nullable(),
  lineName: z.string(),
  lineNumber: z.string(),
  practice: z.boolean(),
  /** Whom the call is linked to already: the only one with this number, or the one a person confirmed. */
  customerId: z.string().nullable(),
  locationId: z.string().nullable(),
  /** Best first. */
  candidates: z.array(popCandidate),
  /** How many customers have this number, shown or not. */
  sharedBy: z.int(),
  /** One of our own, calling in. */
  technician: z.object({ technicianId: z.string(), name: z.string() }).nullable(),
  /** Who else is known to ring from here; null where it is a customer's number, or a stranger's. */
  known: z.object({ kind: z.enum(KNOWN_NUMBER_KINDS), name: z.string(), note: z.string() }).nullable(),
  /** What the best candidate probably calls about, and why we think so. */
  guess: z.object({ customerId: z.string(), jobId: z.string().nullable(), what: z.string(), why: z.string() }).nullable(),
})

export type Pop = z.output<typeof popOutput>

/** A call that is up, or has just ended. Durations are as they were when this was said; the page counts on from there. */
export const liveCall = z.object({
  callId: z.string(),
  state: z.enum(['ringing', 'live', 'held', 'ended']),
  direction: z.enum(['in', 'out']),
  practice: z.boolean(),
  /** Epoch milliseconds of this report. */
  at: z.number(),
  lineName: z.string(),
  /** E.164; null where withheld. */
  fromNumber: z.string().nullable(),
  /** The linked customer's name, where there is one. */
  name: z.string().nullable(),
  /** Who took it; a page of somebody else shows that it is taken. */
  agentId: z.string().nullable(),
  ringMs: z.number(),
  talkMs: z.number(),
  heldMs: z.number(),
  /**
   * While the caller is being put through to a colleague, or has come back because nobody took them (`back`); whose call it
   * is stays whoever put them through. With how long the telephone in question has rung.
   */
  transfer: z
    .object({ state: z.enum(['ringing', 'back']), fromUserId: z.string().nullable(), from: z.string(), toUserId: z.string().nullable(), to: z.string(), waitMs: z.number() })
    .nullable(),
  /** The caller does not hear this office. */
  muted: z.boolean(),
  /** Null where nothing records this call; `paused` writes silence. */
  recording: z.enum(['on', 'paused']).nullable(),
  /** What the office wants recorded of it; null where this telephone records nothing, or nobody has answered. */
  tape: z
    .object({
      mode: z.enum(RECORD_MODES),
      /** The caller was told, or need not be. */
      consented: z.boolean(),
      /** What is read to them. */
      sentence: z.string(),
      /** Why it is paused; null where it is not. */
      why: z.enum(PAUSE_REASONS).nullable(),
      paymentOpen: z.boolean(),
      /** How long until whoever talks is to be reminded of the pause, milliseconds; over where it is negative. */
      remindInMs: z.number().nullable(),
    })
    .nullable()
    .optional(),
  /** Who is asked about the caller, while they wait on hold. */
  consult: z.object({ toUserId: z.string().nullable(), to: z.string(), state: z.enum(['ringing', 'talking']) }).nullable(),
  /** All three talk with each other. */
  conference: z.boolean(),
  /** The tones sent so far. */
  digits: z.string(),
  /** What whoever has it may do now. */
  can: z.array(z.enum(CALL_ACTIONS)),
  /** What a practice caller says. */
  card: callerCard.nullable(),
  /** A number somebody has blocked: it is logged and rings nobody. */
  blocked: z.boolean(),
  /** What the company has set for the line that was dialled. */
  line: z
    .object({
      purpose: z.enum(LINE_PURPOSES),
      /** What three rings take there. */
      ringLimitSeconds: z.int(),
    })
    .nullable()
    .optional(),
  /** Whom a ring goes to before the others, and until it has rung how long (milliseconds); null rings everybody. */
  ringsFirst: z.object({ userIds: z.array(z.string()), untilMs: z.number() }).nullable().optional(),
  /** With the first report of a ring: everything the pop shows, so that its first picture is whole. */
  pop: popOutput.nullable(),
})

export type LiveCall = z.output<typeof liveCall>

const logRow = z.object({
  callId: z.string(),
  direction: z.enum(['in', 'out']),
  state: z.enum(CALL_STATES),
  answered: z.boolean(),
  endCause: z.enum(END_CAUSES).nullable(),
  offeredAt: z.number(),
  ringMs: z.number().nullable(),
  talkMs: z.number().nullable(),
  inTime: z.boolean(),
  lineName: z.string(),
  fromNumber: z.string().nullable(),
  customerId: z.string().nullable(),
  /** The customer's name, else the name the caller gave. */
  name: z.string(),
  agentName: z.string().nullable(),
  outcome: z.enum(CALL_OUTCOMES).nullable(),
  outcomeByRule: z.boolean(),
  reason: z.string(),
  followUp: z.enum(['none', 'owed', 'done', 'dropped']),
  callBackBy: z.number().nullable(),
  jobId: z.string().nullable(),
  jobNumber: z.string().nullable(),
  practice: z.boolean(),
  /** How long the caller spoke to the machine; null where they did not. */
  voicemailSeconds: z.int().nullable(),
})

export type CallLogRow = z.output<typeof logRow>

const callVisit = z.object({
  appointmentId: z.string(),
  version: z.int(),
  jobId: z.string(),
  jobNumber: z.string(),
  jobTypeId: z.string(),
  jobTypeName: z.string(),
  summary: z.string(),
  locationId: z.string(),
  place: z.string(),
  state: z.enum(APPOINTMENT_STATES),
  windowDay: z.string(),
  windowStart: z.int(),
  windowEnd: z.int(),
  zone: z.string(),
  windowStartsAt: z.number(),
  windowEndsAt: z.number(),
  durationMinutes: z.int(),
  technicianName: z.string().nullable(),
  startsAt: z.number().nullable(),
  dispatchedAt: z.number().nullable(),
  arrivedAt: z.number().nullable(),
  doneAt: z.number().nullable(),
  holdReason: z.string().nullable(),
})

/** A visit as whoever calls about it asks: where is it, can it move, can it go. */
export type CallVisit = z.output<typeof callVisit>

const empty = z.strictObject({})
const oneCall = z.strictObject({ callId: idInput })
const done = z.object({})
/** Exactly one of the two. */
const passedOn = z
  .strictObject({ callId: idInput, toUserId: idInput.nullable().default(null), toNumber: reachInput.nullable().default(null) })
  .refine(({ toUserId, toNumber }) => (toUserId === null) !== (toNumber === null), { message: 'Choose a colleague, or type a number.', path: ['toUserId'] })

const deskOutput = z.object({
  /** `none`: no telephone is set up, only the practice line. */
  line: z.enum(['none', 'connecting', 'ready', 'down']),
  /** Why nothing can be dialled here, as a sentence; null where it can. */
  noDial: z.string().nullable(),
  doNotDisturb: z.boolean(),
  /** Those who answer the telephone first. */
  colleagues: z.array(z.object({ userId: z.string(), name: z.string(), state: z.enum(['free', 'onCall', 'away']) })),
  /** What rings at colleagues’ telephones and could be picked up here. */
  ringing: z.array(z.object({ extension: z.string(), name: z.string() })),
})

export type PhoneDesk = z.output<typeof deskOutput>

const CALLS_READS = ['call', 'customer', 'user', 'job', 'company', 'phone_line'] as const

export const callsMethods = [
  defineQuery({
    name: 'calls.current',
    summary: 'The calls that ring or are up now.',
    permission: 'office.view',
    input: empty,
    reads: [],
    output: z.object({ calls: z.array(liveCall) }),
  }),
  defineQuery({
    name: 'calls.pop',
    summary: 'Who is calling: ranked customers with their jobs, notes and balance, and what the call is probably about.',
    permission: 'office.view',
    input: oneCall,
    reads: ['call', 'customer', 'contact_method', 'job', 'appointment', 'note', 'invoice', 'known_number'],
    output: popOutput,
  }),
  defineQuery({
    name: 'calls.day',
    summary: 'One day\u2019s calls, newest first, and how the office did. Practice calls are listed and not counted.',
    permission: 'office.view',
    input: z.strictObject({ day: dayInput.nullable() }),
    reads: CALLS_READS,
    output: z.object({
      day: z.string(),
      zone: z.string(),
      rows: z.array(logRow),
      counted: z.object({ incoming: z.int(), answered: z.int(), inTime: z.int(), booked: z.int(), missed: z.int(), unbooked: z.int(), callBacks: z.int() }),
      practiced: z.int(),
    }),
  }),
  defineQuery({
    name: 'calls.detail',
    summary: 'One call with everything the log keeps of it.',
    permission: 'office.view',
    input: oneCall,
    reads: [...CALLS_READS, 'location'],
    output: logRow.extend({
      lineNumber: z.string(),
      kind: z.enum(CALL_KINDS).nullable(),
      answeredAt: z.number().nullable(),
      endedAt: z.number().nullable(),
      /** When a colleague took the caller over, and who put them through. */
      transferredAt: z.number().nullable(),
      transferredBy: z.string().nullable(),
      /** Of an outgoing call: the one it returned. */
      returnsCallId: z.string().nullable(),
      voicemailAt: z.number().nullable(),
      voicemailRecording: z.string().nullable(),
      callBackNumber: z.string().nullable(),
      callerName: z.string(),
      notes: z.string(),
      locationId: z.string().nullable(),
      address: z.string(),
      /** Office hours in minutes of the company's day, for the call-back times that are offered. */
      opensAt: z.int(),
      closesAt: z.int(),
    }),
  }),
  defineQuery({
    name: 'calls.visits',
    summary: 'The visits a customer may call about: what is open, soonest first, and what was done today.',
    permission: 'office.view',
    input: z.strictObject({ customerId: idInput }),
    reads: ['appointment', 'job', 'job_type', 'location', 'technician', 'company'],
    output: z.object({ visits: z.array(callVisit), cancelReasons: z.array(z.string()) }),
  }),
  defineAction({ name: 'phone.answer', summary: 'Answer a ringing call.', permission: 'call.handle', input: oneCall, output: done }),
  defineAction({ name: 'phone.hangUp', summary: 'End a call.', permission: 'call.handle', input: oneCall, output: done }),
  defineAction({ name: 'phone.hold', summary: 'Put a call on hold.', permission: 'call.handle', input: oneCall, output: done }),
  defineAction({ name: 'phone.resume', summary: 'Take a held call back, or one that is put through and nobody has taken.', permission: 'call.handle', input: oneCall, output: done }),
  defineAction({
    name: 'phone.transfer',
    summary: 'Put a caller through at once: to a colleague, whose telephone rings until they answer, it is taken back, or it comes back by itself; or to a number.',
    permission: 'call.handle',
    input: passedOn,
    output: done,
  }),
  defineAction({ name: 'phone.consult', summary: 'Put the caller on hold and ask a colleague or somebody at a number first.', permission: 'call.handle', input: passedOn, output: done }),
  defineAction({ name: 'phone.completeTransfer', summary: 'Put the caller through to whoever was asked.', permission: 'call.handle', input: oneCall, output: done }),
  defineAction({ name: 'phone.conference', summary: 'Talk all three: the caller, whoever was asked, and oneself.', permission: 'call.handle', input: oneCall, output: done }),
  defineAction({ name: 'phone.reject', summary: 'Send a ringing call away; at other telephones it rings on.', permission: 'call.handle', input: oneCall, output: done }),
  defineAction({ name: 'phone.mute', summary: 'Let the caller not hear this office, or hear it again.', permission: 'call.handle', input: z.strictObject({ callId: idInput, on: z.boolean() }), output: done }),
  defineAction({
    name: 'phone.digits',
    summary: 'Send tones: 0 to 9, * and #.',
    permission: 'call.handle',
    input: z.strictObject({ callId: idInput, digits: z.string().regex(/^[0-9*#]{1,32}$/, 'A telephone has the digits 0 to 9, * and # only.') }),
    output: done,
  }),
  defineAction({ name: 'phone.record', summary: 'Record a call, pause that, or stop it.', permission: 'call.handle', input: z.strictObject({ callId: idInput, to: z.enum(['on', 'paused', 'off']) }), output: done }),
  defineAction({
    name: 'phone.pickUp',
    summary: 'Take a call that rings at a colleague\u2019s telephone.',
    permission: 'call.handle',
    input: z.strictObject({ extension: z.string().max(40) }),
    output: done,
  }),
  defineAction({ name: 'phone.doNotDisturb', summary: 'Let no call ring at this workstation, or let them ring again.', permission: 'call.handle', input: z.strictObject({ on: z.boolean() }), output: done }),
  defineQuery({
    name: 'phone.desk',
    summary: 'The telephone of this workstation, who can take a caller over, and what rings elsewhere.',
    permission: 'call.handle',
    input: empty,
    reads: ['user'],
    output: deskOutput,
  }),
  defineAction({
    name: 'phone.dial',
    summary: 'Call a number, for a customer or to return a call where that is said. A sample company never dials; a practice call is returned in practice.',
    permission: 'call.handle',
    input: z.strictObject({ number: phoneInput, returnsCallId: idInput.nullable().default(null), customerId: idInput.nullable().default(null) }),
    output: done,
  }),
  defineAction({ name: 'phone.voicemail', summary: 'Call the telephone system\u2019s voicemail box and hear what callers left. A sample company never dials.', permission: 'call.handle', input: empty, output: done }),
  defineQuery({
    name: 'practice.state',
    summary: 'The practice line: its scripted callers, and whether it rings by itself.',
    permission: 'call.handle',
    input: empty,
    reads: [],
    output: z.object({ everyMinutes: z.int().nullable(), scripts: z.array(z.object({ key: z.string(), title: z.string(), goal: z.string() })) }),
  }),
  defineAction({
    name: 'practice.ring',
    summary: 'Let a scripted caller ring; without a script, the next one in turn.',
    permission: 'call.handle',
    input: z.strictObject({ script: z.string().max(40).optional() }),
    output: z.object({ callId: z.string(), script: z.string() }),
  }),
  defineAction({
    name: 'practice.schedule',
    summary: 'Let a scripted caller ring every few minutes, or stop that.',
    permission: 'call.handle',
    input: z.strictObject({ everyMinutes: z.int().min(1).max(120).nullable() }),
    output: z.object({ everyMinutes: z.int().nullable() }),
  }),
] as const
