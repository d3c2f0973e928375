import { z } from 'zod'
import { BROKEN_PROMISES } from '../../domain/dispatch/tables.ts'
import { dayInput, idInput, instantInput } from '../../domain/kernel/inputs.ts'
import { defineQuery } from '../method.ts'

/**
 * The assistant beside the board: who is right for a visit, and what to do about a day that was upset. It only proposes; what
 * is accepted are the board's ordinary commands. Instants are epoch ms.
 */

const dayTables = ['appointment', 'assignment', 'technician', 'job', 'job_type', 'priority', 'customer', 'location', 'dispatch_settings', 'company', 'technician_time', 'dated_shift', 'on_call', 'zone_clock'] as const

const suggestedTechnician = z.object({
  id: z.string(),
  name: z.string(),
  /** `window`: can be there when it was promised. `later`: can come that day, but after it. `no`: can't; `whyNot` says why. */
  fits: z.enum(['window', 'later', 'no']),
  startsAt: z.int().nullable(),
  endsAt: z.int().nullable(),
  /** What the technician drives more for it. */
  addedDriveMinutes: z.int(),
  /** What is left of the shift beside visits, drives and blocks. */
  leftMinutes: z.int(),
  why: z.array(z.string()),
  whyNot: z.string(),
})

export type SuggestedTechnician = z.output<typeof suggestedTechnician>

/** What has upset the day. */
const happened = z.discriminatedUnion('kind', [
  /** Does nothing from then on; `until` null: not that day any more. */
  z.strictObject({ kind: z.literal('sick'), technicianId: idInput, from: instantInput, until: instantInput.nullable() }),
  /** A visit that comes before others. */
  z.strictObject({ kind: z.literal('emergency'), appointmentId: idInput }),
  /** Will last until then. */
  z.strictObject({ kind: z.literal('overrun'), appointmentId: idInput, endsAt: instantInput }),
  /** Were promised for that day and nobody has them: each goes to who is best for it in its window. */
  z.strictObject({ kind: z.literal('waiting'), appointmentIds: z.array(idInput).min(1).max(200) }),
])

export type Happened = z.output<typeof happened>

const seat = z.object({ technicianId: z.string(), startsAt: z.int(), endsAt: z.int() })

/** What a move was proposed on. `dayMark`: the day of the technician who is to take it, in a word that another day has not; null where nobody is. */
const seen = z.strictObject({ version: z.int().min(1), dayMark: z.string().max(40).nullable() })

const proposedMove = z.object({
  appointmentId: z.string(),
  name: z.string(),
  /** `given`: to another technician. `retimed`: by the same at another time. `placed`: had nobody. `dropped`: nobody is left who could. */
  kind: z.enum(['given', 'retimed', 'placed', 'dropped']),
  /** What has happened concerns it directly; the others make room. */
  isHit: z.boolean(),
  before: seat.nullable(),
  after: seat.nullable(),
  /** The promise that it breaks: somebody has to accept that, and the customer is called. */
  broke: z.enum(BROKEN_PROMISES).nullable(),
  /** Why the customer has to be called before; empty where they notice nothing. */
  call: z.array(z.string()),
  /** The technicians whose day it changes. */
  tell: z.array(z.string()),
  /** Driving that it adds in all; below 0 where it saves some. */
  driveMinutes: z.int(),
  /** Promised more than a window: it is not taken off anybody for a moment to make room. */
  locked: z.boolean(),
  /** The visit and the day it was proposed on: what was changed since is not moved. */
  seen,
  /** The moves without which there is no room for it: accepted with it. */
  needs: z.array(z.string()),
})

export type ProposedMove = z.output<typeof proposedMove>

const beforeAndAfter = z.object({ before: z.int(), after: z.int() })

const proposal = z.object({
  /** Of which day it is. */
  day: z.string(),
  moves: z.array(proposedMove),
  /** What is concerned and not for a plan to decide: a crew, somebody at the door. */
  left: z.array(z.object({ appointmentId: z.string(), name: z.string(), why: z.string() })),
  driveMinutes: beforeAndAfter,
  overtimeMinutes: beforeAndAfter,
  /** Whose day changes, with its drives and when they are home; null where they have no visit. */
  technicians: z.array(z.object({ id: z.string(), name: z.string(), driveMinutes: beforeAndAfter, endsAt: z.object({ before: z.int().nullable(), after: z.int().nullable() }) })),
})

export type Proposal = z.output<typeof proposal>

/** Where a visit is to be put; `to` of null takes it off. `seen`: what it was proposed on, where it was. */
const triedMove = z.strictObject({
  appointmentId: idInput,
  to: z.strictObject({ technicianId: idInput, startsAt: instantInput, endsAt: instantInput }).nullable(),
  seen: seen.optional(),
})

export type TriedMove = z.output<typeof triedMove>

export const assistantMethods = [
  defineQuery({
    name: 'dispatch.suggest',
    summary: 'Who is right for a visit on the day it was promised, with when, what speaks for each, and why not the others.',
    permission: 'office.view',
    input: z.strictObject({ appointmentId: idInput, day: dayInput.optional() }),
    reads: dayTables,
    output: z.object({ technicians: z.array(suggestedTechnician) }),
  }),
  defineQuery({
    name: 'dispatch.replan',
    summary: 'What to do about an emergency, a sick technician, a visit that lasts longer or visits that nobody has: moves to accept, checked apart.',
    permission: 'visit.assign',
    input: z.strictObject({ day: dayInput, happened: z.array(happened).min(1).max(20) }),
    reads: dayTables,
    output: proposal,
  }),
  defineQuery({
    name: 'dispatch.tryMoves',
    summary: 'What stands against moves on a day as it is now: the checker’s word before some of a proposal are carried out.',
    permission: 'visit.assign',
    input: z.strictObject({ day: dayInput, moves: z.array(triedMove).min(1).max(200) }),
    reads: dayTables,
    output: z.object({
      faults: z.array(z.object({ appointmentId: z.string().nullable(), message: z.string() })),
      /** Moves whose visit, or whose technician\u2019s day, somebody has changed since they were proposed; the faults are of the others. */
      stale: z.array(z.object({ appointmentId: z.string(), message: z.string() })),
    }),
  }),
] as const
