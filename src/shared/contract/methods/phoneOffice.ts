import { z } from 'zod'
import { LINE_PURPOSES, WORK_STATUSES } from '../../domain/phone/tables.ts'
import { dayInput, idInput } from '../../domain/kernel/inputs.ts'
import { ROLES } from '../../domain/people/permissions.ts'
import { CONSENTS, RECORD_MODES } from '../../domain/recordings/tables.ts'
import { defineQuery } from '../method.ts'

const empty = z.strictObject({})

const officeLine = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  businessUnitId: z.string().nullable(),
  purpose: z.enum(LINE_PURPOSES),
  skills: z.array(z.string()),
  roles: z.array(z.enum(ROLES)),
  firstSeconds: z.int().nullable(),
  backupNumber: z.string(),
  ringLimitSeconds: z.int().nullable(),
  hours: z.array(z.object({ weekday: z.int(), opensAt: z.int(), closesAt: z.int() })),
  consentText: z.string(),
  recordingDays: z.int().nullable(),
  recordMode: z.enum(RECORD_MODES).nullable(),
  consentBy: z.enum(CONSENTS).nullable(),
  position: z.int(),
  active: z.boolean(),
})

export type OfficeLine = z.output<typeof officeLine>

const officeExtension = z.object({ id: z.string(), name: z.string(), extension: z.string().nullable(), groups: z.array(z.string()), skills: z.array(z.string()) })

export type OfficeExtension = z.output<typeof officeExtension>

const officeRules = z.object({ wrapUpSeconds: z.int(), firstSeconds: z.int(), recordingDays: z.int(), backupNumber: z.string(), paymentPage: z.string().nullable(), voicemailNumber: z.string().nullable(), voicemailSenders: z.string().nullable() })

export type OfficeRules = z.output<typeof officeRules>

const colleague = z.object({
  userId: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  /** Not marked away: their promises are their own, and work can be handed to them. */
  active: z.boolean(),
  /** `out`: at no page of the office that this workstation hears of. */
  at: z.enum(['here', 'locked', 'out']),
  /** At which workstation; null for this one, or none. */
  deviceName: z.string().nullable(),
  status: z.enum(WORK_STATUSES),
  /** Epoch milliseconds; null where nothing was ever said. */
  since: z.number().nullable(),
  /** A wrap-up ends by itself then. */
  until: z.number().nullable(),
  /** What their telephone does, and since when. */
  call: z.object({ state: z.enum(['ringing', 'talking', 'holding']), since: z.number() }).nullable(),
  extension: z.string().nullable(),
  groups: z.array(z.string()),
  skills: z.array(z.string()),
  /** Here, available, and on no call: the telephone rings them first. */
  free: z.boolean(),
})

export type Colleague = z.output<typeof colleague>

const waitingCall = z.object({
  callId: z.string(),
  /** Who calls, as well as one knows; null where nothing but the number is known. */
  name: z.string().nullable(),
  number: z.string().nullable(),
  lineName: z.string(),
  /** Epoch milliseconds of the first ring. */
  since: z.number(),
  limitSeconds: z.int(),
  practice: z.boolean(),
})

const openVoicemail = z.object({
  callId: z.string(),
  name: z.string().nullable(),
  number: z.string().nullable(),
  lineName: z.string(),
  leftAt: z.number(),
  dueAt: z.number(),
})

const lineToday = z.object({
  name: z.string(),
  waiting: z.int(),
  incoming: z.int(),
  answered: z.int(),
  inTime: z.int(),
  abandoned: z.int(),
  limitSeconds: z.int(),
})

const wall = z.object({
  day: z.string(),
  zone: z.string(),
  /** Epoch milliseconds at which this was read. */
  at: z.number(),
  waiting: z.array(waitingCall),
  people: z.array(colleague),
  today: z.object({
    incoming: z.int(),
    answered: z.int(),
    /** Answered calls whose ring was measured: a call that was logged by hand is in none of the ring figures. */
    measured: z.int(),
    inTime: z.int(),
    /** Whoever hung up, or was sent to the machine, before somebody answered. */
    abandoned: z.int(),
  }),
  /** Missed calls of today and what became of their call backs. */
  missed: z.object({ owed: z.int(), late: z.int(), returnedInTime: z.int(), returnedLate: z.int() }),
  /** Oldest first. */
  voicemails: z.array(openVoicemail),
  /** In the order of the settings; calls on numbers that are no line stand together at the end. */
  lines: z.array(lineToday),
  /** The same weekday of past weeks; null where there are none yet. */
  expected: z
    .object({
      weeks: z.int(),
      /** Calls until now, and for the rest of the day. */
      usualSoFar: z.int(),
      usualRest: z.int(),
      hours: z.array(z.object({ hour: z.int(), usual: z.number(), today: z.int() })),
    })
    .nullable(),
  /** Outages of today, at whichever workstation. */
  outages: z.array(z.object({ outageId: z.string(), deviceName: z.string(), account: z.string(), reason: z.string(), downAt: z.number(), upAt: z.number().nullable() })),
  /** Since when the hub is away, so that what others do is not known here; null where it is not. */
  staleSince: z.number().nullable(),
})

export type Wall = z.output<typeof wall>

const personDay = z.object({
  userId: z.string(),
  name: z.string(),
  day: z.string(),
  zone: z.string(),
  /** One after the other; epoch milliseconds, and null where nobody knows when it ended. */
  spans: z.array(z.object({ status: z.enum(WORK_STATUSES), from: z.number(), to: z.number().nullable() })),
  /** The longest first. */
  sums: z.array(z.object({ status: z.enum(WORK_STATUSES), milliseconds: z.number() })),
  /** Calls of that day that they took or made and that were answered, and how long they talked. */
  calls: z.object({ count: z.int(), talkMs: z.number() }),
})

export type PersonDay = z.output<typeof personDay>

const SETTINGS_READS = ['phone_line', 'phone_extension', 'phone_setting', 'user', 'company'] as const
const PEOPLE_READS = ['user', 'work_status', 'phone_extension'] as const

export const phoneOfficeMethods = [
  defineQuery({
    name: 'phoneOffice.settings',
    summary: 'The lines and brands, who is reached where and rung for what, and how the telephone is run.',
    permission: 'office.view',
    input: empty,
    reads: SETTINGS_READS,
    output: z.object({ lines: z.array(officeLine), extensions: z.array(officeExtension), rules: officeRules }),
  }),
  defineQuery({
    name: 'phoneOffice.people',
    summary: 'Every colleague: here or not, available or at lunch, and on the telephone since when.',
    permission: 'office.view',
    input: empty,
    reads: PEOPLE_READS,
    output: z.object({ people: z.array(colleague) }),
  }),
  defineQuery({
    name: 'phoneOffice.wall',
    summary: 'The office\u2019s telephone now and today: who waits, who talks, what was missed, what is still to come.',
    permission: 'office.view',
    input: empty,
    reads: ['call', 'customer', 'promise', 'phone_line', 'phone_setting', 'phone_outage', 'company', ...PEOPLE_READS],
    output: wall,
  }),
  defineQuery({
    name: 'phoneOffice.personDay',
    summary: 'Where somebody stood on a day: available, at lunch, in a meeting, with times and sums, and how long they talked.',
    permission: 'people.edit',
    input: z.strictObject({ userId: idInput, day: dayInput.nullable() }),
    reads: ['status_change', 'call', 'user', 'company'],
    output: personDay,
  }),
  defineQuery({
    name: 'phoneOffice.outage',
    summary: 'Whether this workstation has a telephone, and which number callers are sent to while it has none.',
    permission: 'office.view',
    input: empty,
    reads: ['phone_line', 'phone_setting'],
    output: z.object({
      down: z.object({ since: z.number(), reason: z.string(), account: z.string() }).nullable(),
      /** The number to give out, and those of single lines; empty where nobody has said. */
      backups: z.array(z.object({ name: z.string(), number: z.string() })),
    }),
  }),
] as const
