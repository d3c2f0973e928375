import { z } from 'zod'
import { LEDGER_ACCOUNTS } from '../../domain/accounting/accounts.ts'
import { ITEM_KINDS } from '../../domain/jobs/tables.ts'
import { DEBRIEF_ITEMS } from '../../domain/dispatch/tables.ts'
import { checklistInput } from '../../domain/handoff/checklist.ts'
import { idInput } from '../../domain/kernel/inputs.ts'
import { ROLES } from '../../domain/people/permissions.ts'
import { COMPANY_PHASES, PRESENCES } from '../../domain/people/tables.ts'
import { expressionSchema } from '../../domain/promises/expression.ts'
import { queueInput } from '../../domain/promises/inputs.ts'
import { SUBJECT_KINDS } from '../../domain/promises/tables.ts'
import { defineAction, defineQuery } from '../method.ts'

const companySettings = z.object({
  name: z.string(),
  phase: z.enum(COMPANY_PHASES),
  zone: z.string(),
  phone: z.string(),
  email: z.string(),
  addressLine1: z.string(),
  city: z.string(),
  state: z.string(),
  postalCode: z.string(),
  taxRounding: z.enum(['line', 'invoice']),
  termsDays: z.int(),
  ringLimitSeconds: z.int(),
  lockAfterMinutes: z.int(),
  /** Minutes of the company's day. */
  opensAt: z.int(),
  closesAt: z.int(),
  invoiceFooter: z.string(),
  accounts: z.record(z.enum(LEDGER_ACCOUNTS), z.string()),
  booksClosedThrough: z.string().nullable(),
})

const minutes = z.object({ start: z.int(), end: z.int() })

const outcome = z.object({
  key: z.string(),
  label: z.string(),
  shortcut: z.string(),
  effect: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('settle'), set: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])) }),
    z.object({ kind: z.literal('retry'), afterMinutes: z.int(), asksWhen: z.boolean(), daysField: z.string().optional() }),
  ]),
  needsNote: z.boolean(),
})

const queueSettings = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  position: z.int(),
  subjectKind: z.enum(SUBJECT_KINDS),
  condition: expressionSchema,
  due: expressionSchema,
  boundMinutes: z.int(),
  holderRole: z.enum(ROLES),
  holderField: z.string().nullable(),
  roleField: z.string().nullable(),
  escalateRole: z.enum(ROLES).nullable(),
  title: z.string(),
  nextStep: z.string(),
  outcomes: z.array(outcome),
  active: z.boolean(),
})

export type QueueSettings = z.output<typeof queueSettings>

const settingsAnswer = z.object({
  company: companySettings,
  windows: z.array(minutes),
  holdReasons: z.array(z.string()),
  causeCodes: z.array(z.string()),
  objections: z.array(z.string()),
  debriefAsks: z.array(z.enum(DEBRIEF_ITEMS)),
  /** Minutes; 0 tells at once. */
  riskBeforeMinutes: z.int(),
  overrunAfterMinutes: z.int(),
  overtimeAfterMinutes: z.int(),
  /** Minutes of the company’s day. */
  materialListAt: z.int(),
  cancelReasons: z.array(z.string()),
  /** Minutes. */
  lateAfterMinutes: z.int(),
  silentAfterMinutes: z.int(),
  /** Minutes of the company’s day. */
  truthHourAt: z.int(),
  lunch: minutes.nullable(),
  /** km/h; null: the usual. */
  travelSpeed: z.int().nullable(),
  businessUnits: z.array(z.object({ id: z.string(), name: z.string(), position: z.int(), accountClass: z.string(), active: z.boolean() })),
  technicians: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      businessUnitId: z.string(),
      skills: z.array(z.string()),
      shifts: z.array(minutes.extend({ weekday: z.int() })),
      homeArea: z.string(),
      homeLatitude: z.int().nullable(),
      homeLongitude: z.int().nullable(),
      phone: z.string().nullable(),
      position: z.int(),
      active: z.boolean(),
      /** Null: the company’s. */
      zone: z.string().nullable(),
      lunches: z.array(minutes.extend({ weekday: z.int() })).nullable(),
    }),
  ),
  priorities: z.array(z.object({ id: z.string(), name: z.string(), rank: z.int(), rule: z.string(), respondWithinMinutes: z.int(), active: z.boolean() })),
  jobTypes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      businessUnitId: z.string(),
      durationMinutes: z.int(),
      skills: z.array(z.string()),
      defaultPriorityId: z.string(),
      defaultItemId: z.string().nullable(),
      active: z.boolean(),
      /** What is handed on before a visit goes out; null asks for a line item and nothing else. */
      checklist: checklistInput.nullable(),
      /** The paper that has to come back signed before work starts; null where none is needed. */
      waiver: z.string().nullable(),
      /** A visit of it is a chance to sell. */
      sells: z.boolean().nullable(),
    }),
  ),
  taxZones: z.array(z.object({ id: z.string(), name: z.string(), jurisdictions: z.array(z.object({ name: z.string(), rate: z.int() })), active: z.boolean() })),
  queues: z.array(queueSettings),
})

export type Settings = z.output<typeof settingsAnswer>

const priceBookItem = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(ITEM_KINDS),
  businessUnitId: z.string().nullable(),
  /** Cents. */
  priceCents: z.int(),
  costCents: z.int(),
  taxable: z.boolean(),
  active: z.boolean(),
})

const listedPerson = z.object({
  userId: z.string(),
  name: z.string(),
  initials: z.string(),
  roles: z.array(z.enum(ROLES)),
  presence: z.enum(PRESENCES),
  coverUserId: z.string().nullable(),
  hasPin: z.boolean(),
  /** Promises this person holds now. */
  holding: z.int(),
})

export type ListedPerson = z.output<typeof listedPerson>

const paidTechnician = z.object({
  technicianId: z.string(),
  name: z.string(),
  active: z.boolean(),
  /** Cents an hour today; null before the first rate. */
  hourlyCents: z.int().nullable(),
  /** The newest first. */
  rates: z.array(z.object({ hourlyCents: z.int(), fromDay: z.string() })),
})

export type PaidTechnician = z.output<typeof paidTechnician>

export const settingsMethods = [
  defineQuery({
    name: 'people.list',
    summary: 'Everybody of the office, who left included: roles, who is there, who covers, how many promises each holds.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['user', 'credential', 'promise'],
    output: z.object({ people: z.array(listedPerson) }),
  }),
  defineAction({
    name: 'people.setPin',
    summary: 'Give a person a new PIN; only its salted hash is kept.',
    permission: 'office.view',
    input: z.strictObject({ userId: idInput, pin: z.string().regex(/^\d{4,8}$/, 'A PIN is four to eight digits.') }),
    output: z.object({}),
  }),
  defineQuery({
    name: 'people.pay',
    summary: 'What an hour of each technician costs, today and from which days on.',
    permission: 'pay.see',
    input: z.strictObject({}),
    reads: ['technician', 'pay_rate', 'company'],
    output: z.object({ technicians: z.array(paidTechnician) }),
  }),
  defineQuery({
    name: 'settings.get',
    summary: 'The company\u2019s settings: its own, dispatch, business units, technicians, priorities, job types, tax zones and queues.',
    permission: 'settings.edit',
    input: z.strictObject({}),
    reads: ['company', 'dispatch_settings', 'business_unit', 'technician', 'priority', 'job_type', 'tax_zone', 'queue'],
    output: settingsAnswer,
  }),
  defineQuery({
    name: 'settings.priceBook',
    summary: 'The whole price book with costs, inactive items included.',
    permission: 'settings.edit',
    input: z.strictObject({}),
    reads: ['price_item'],
    output: z.object({ items: z.array(priceBookItem) }),
  }),
  defineQuery({
    name: 'settings.previewQueue',
    summary: 'What a queue would do if it were saved so: what is wrong with it, or how many records it would take in and which.',
    permission: 'settings.edit',
    input: z.strictObject({ queue: queueInput }),
    // A queue may be about any of them.
    reads: SUBJECT_KINDS,
    output: z.object({
      problem: z.object({ field: z.string(), message: z.string() }).nullable(),
      matches: z.int(),
      records: z.int(),
    }),
  }),
  defineAction({
    name: 'settings.backUpNow',
    summary: 'Copy the data file while the office works, and check the copy.',
    permission: 'settings.edit',
    input: z.strictObject({}),
    output: z.object({ file: z.string(), bytes: z.int(), at: z.int() }),
  }),
] as const
