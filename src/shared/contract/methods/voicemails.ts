import { z } from 'zod'
import { idInput } from '../../domain/kernel/inputs.ts'
import { VOICEMAIL_MEDIA_TYPES } from '../../domain/recordings/voicemails.ts'
import { defineAction, defineQuery } from '../method.ts'

/** What becomes of the sound of a voicemail that is fetched from the telephone system. */
export const SOUND_STATES = ['fetching', 'failed'] as const
export type SoundState = (typeof SOUND_STATES)[number]

const oneCall = z.strictObject({ callId: idInput })

const voicemail = z.object({
  leftAt: z.number(),
  durationMs: z.int(),
  bytes: z.int(),
  mediaType: z.enum(VOICEMAIL_MEDIA_TYPES),
  /** Null while its caller is owed a call back, or a complaint runs. */
  keptUntil: z.number().nullable(),
  goneAt: z.number().nullable(),
  goneWhy: z.string(),
})

export type PlayableVoicemail = z.output<typeof voicemail>

export const voicemailsMethods = [
  defineQuery({
    name: 'voicemail.ofCall',
    summary: 'What the caller said to the machine, where Baton has the sound of it, and who has heard it. For whoever may return calls.',
    permission: 'call.handle',
    input: oneCall,
    reads: ['voicemail', 'call', 'call_listening', 'attachment', 'user', 'phone_line', 'phone_setting', 'task'],
    output: z.object({
      voicemail: voicemail.nullable(),
      /** How it stands with the sound where this workstation’s telephone fetches it; null where it does not, or no more. */
      onItsWay: z.enum(SOUND_STATES).nullable(),
      /** How often it was heard. */
      times: z.int(),
      /** The last of them, newest first. */
      heard: z.array(z.object({ name: z.string(), at: z.number() })),
    }),
  }),
  defineAction({
    name: 'voicemail.open',
    summary: 'Begin to listen to a voicemail, which is written down and returns no call. It is fetched from the hub where it is not here.',
    permission: 'call.handle',
    input: z.strictObject({ callId: idInput, operationId: z.string().min(1).max(40) }),
    output: z.object({ bytes: z.int(), mediaType: z.enum(VOICEMAIL_MEDIA_TYPES) }),
  }),
  defineAction({
    name: 'voicemail.part',
    summary: 'A part of a voicemail’s file, as the telephone system handed it over.',
    permission: 'call.handle',
    input: z.strictObject({ callId: idInput, from: z.int().min(0) }),
    output: z.object({ base64: z.string() }),
  }),
] as const
