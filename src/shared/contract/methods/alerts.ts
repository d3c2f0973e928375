import { z } from 'zod'
import { EMERGENCY_KINDS, WEATHERS } from '../../domain/alerts/kinds.ts'
import { SCREENING_MODES } from '../../domain/alerts/tables.ts'
import { idInput } from '../../domain/kernel/inputs.ts'
import { defineQuery } from '../method.ts'

const openAlert = z.object({
  alertId: z.string(),
  kind: z.enum(EMERGENCY_KINDS),
  /** Who and where, as far as is known. */
  caller: z.string(),
  place: z.string(),
  summary: z.string(),
  /** E.164. */
  phone: z.string().nullable(),
  raisedAt: z.int(),
  raisedBy: z.string(),
  /** By when somebody must have acknowledged it. */
  dueAt: z.int(),
  callId: z.string().nullable(),
  customerId: z.string().nullable(),
  practice: z.boolean(),
})

export type OpenAlert = z.output<typeof openAlert>

const alertStanding = z.object({
  alertId: z.string(),
  kind: z.enum(EMERGENCY_KINDS),
  state: z.enum(['open', 'acknowledged', 'withdrawn']),
  raisedAt: z.int(),
  acknowledgedAt: z.int().nullable(),
  acknowledgedBy: z.string().nullable(),
  reason: z.string(),
})

const deskStanding = z.object({
  weather: z.enum(WEATHERS),
  screening: z.enum(SCREENING_MODES),
  /** Better screening holds now, and who began it. */
  active: z.boolean(),
  why: z.enum(['switch', 'load']).nullable(),
  /** Callers who wait for us, and from how many on it begins by itself. */
  waiting: z.int().min(0),
  threshold: z.int(),
  heldBackJobTypeIds: z.array(z.string()),
  etaMinutes: z.int(),
  emergencySlots: z.int(),
  /** Visits of the most urgent priority that are promised for today. */
  emergenciesToday: z.int().min(0),
})

export type DeskStanding = z.output<typeof deskStanding>

export const alertsMethods = [
  defineQuery({
    name: 'alerts.open',
    summary: 'The emergencies that I am to acknowledge, the oldest first.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['alert', 'promise', 'user', 'customer', 'location', 'call'],
    output: z.object({ alerts: z.array(openAlert) }),
  }),
  defineQuery({
    name: 'alerts.get',
    summary: 'How one alert stands: whether somebody has acknowledged it, and who.',
    permission: 'office.view',
    input: z.strictObject({ alertId: idInput }),
    reads: ['alert', 'user'],
    output: alertStanding.nullable(),
  }),
  defineQuery({
    name: 'desk.standing',
    summary: 'How the call-taker\u2019s desk works now: weather, better screening and why, what is held back, how soon an emergency hears from us.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['desk_setting', 'call', 'job', 'appointment', 'priority'],
    output: deskStanding,
  }),
] as const
