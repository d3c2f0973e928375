import { z } from 'zod'
import { idInput } from '../../domain/kernel/inputs.ts'
import { CONSENTS, PAUSE_REASONS } from '../../domain/recordings/tables.ts'
import { defineAction, defineQuery } from '../method.ts'

const oneCall = z.strictObject({ callId: idInput })
const done = z.object({})

const recording = z.object({
  recordingId: z.string(),
  startedAt: z.number(),
  durationMs: z.int(),
  /** Milliseconds from its beginning in which nothing was recorded, and why. */
  pauses: z.array(z.object({ from: z.int(), to: z.int(), why: z.enum(PAUSE_REASONS) })),
  consent: z.enum(CONSENTS),
  consentAt: z.number().nullable(),
  consentBy: z.string().nullable(),
  cutOff: z.boolean(),
  bytes: z.int(),
  /** Null while a complaint about it runs. */
  keptUntil: z.number().nullable(),
  goneAt: z.number().nullable(),
  goneWhy: z.string(),
})

export type ListedRecording = z.output<typeof recording>

/** What a page is given at once, bytes. */
export const RECORDING_PART_BYTES = 1024 * 1024

export const recordingsMethods = [
  defineQuery({
    name: 'recording.ofCall',
    summary: 'What was recorded of a call, and who has listened to it. For those who may listen.',
    permission: 'recording.listen',
    input: oneCall,
    reads: ['call_recording', 'call_listening', 'attachment', 'user', 'phone_line', 'phone_setting', 'task'],
    output: z.object({
      recordings: z.array(recording),
      /** Newest first. */
      listened: z.array(z.object({ name: z.string(), at: z.number() })),
    }),
  }),
  defineAction({
    name: 'recording.open',
    summary: 'Begin to listen to a recording, which is written down. It is fetched from the hub where it is not here.',
    permission: 'recording.listen',
    input: z.strictObject({ recordingId: idInput, operationId: z.string().min(1).max(40) }),
    output: z.object({ bytes: z.int() }),
  }),
  defineAction({
    name: 'recording.part',
    summary: 'A part of a recording’s file, a WAV of µ-law in two channels: this office on the left, the other side on the right.',
    permission: 'recording.listen',
    input: z.strictObject({ recordingId: idInput, from: z.int().min(0) }),
    output: z.object({ base64: z.string() }),
  }),
  defineAction({
    name: 'recording.consent',
    summary: 'Say that the notice was read to the caller. From then on the call is recorded where its line wants that, or somebody does.',
    permission: 'call.handle',
    input: oneCall,
    output: done,
  }),
  defineQuery({
    name: 'recording.paymentPage',
    summary: 'Where the processor takes card payments; null where the office has said no page.',
    permission: 'call.handle',
    input: z.strictObject({}),
    reads: ['phone_setting'],
    output: z.object({ address: z.string().nullable() }),
  }),
  defineAction({
    name: 'recording.payment',
    summary: 'Say that a payment page or terminal is open at this page, or closed: nothing is recorded while one is.',
    permission: 'office.view',
    input: z.strictObject({ open: z.boolean() }),
    output: done,
  }),
] as const
