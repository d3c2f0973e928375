import { z } from 'zod'

const words = z.string().max(200)
const number = z.string().max(60)

const call = {
  /** The telephone system’s own id: the same in every message of the call. */
  call: z.string().min(1).max(200).regex(/^[\x21-\x7e]+$/),
  /** Grows over a call’s messages; what is older than what was heard is dropped. */
  sequence: z.number().int().min(0),
  /** Whose telephone it is about. */
  extension: words.default(''),
}

const parties = {
  from: number.default(''),
  to: number.default(''),
  lineName: words.default(''),
}

/** What a telephone system may say of a call (docs/phone-webhook.md). */
export const hookEventSchema = z.discriminatedUnion('event', [
  z.object({ version: z.literal(1), event: z.literal('ringing'), ...call, ...parties }),
  z.object({ version: z.literal(1), event: z.literal('dialing'), ...call, ...parties }),
  z.object({ version: z.literal(1), event: z.literal('alerting'), ...call }),
  z.object({ version: z.literal(1), event: z.literal('answered'), ...call }),
  z.object({ version: z.literal(1), event: z.literal('answeredElsewhere'), ...call }),
  z.object({ version: z.literal(1), event: z.literal('held'), ...call }),
  z.object({ version: z.literal(1), event: z.literal('resumed'), ...call }),
  z.object({ version: z.literal(1), event: z.literal('transferring'), ...call, to: number }),
  z.object({ version: z.literal(1), event: z.literal('transferred'), ...call }),
  z.object({
    version: z.literal(1),
    event: z.literal('voicemail'),
    ...call,
    ...parties,
    /** How long it is; 0 where the sound says so. */
    seconds: z.number().min(0).max(86_400).default(0),
    /** What was said, WAV or MP3, in base64. */
    sound: z.base64().optional(),
    /** Where it is to be fetched. */
    soundUrl: z.url({ protocol: /^https$/ }).max(1_000).optional(),
  }),
  z.object({ version: z.literal(1), event: z.literal('ended'), ...call, by: z.enum(['us', 'them']).default('us'), cause: z.enum(['normal', 'busy', 'rejected', 'failed']).default('normal') }),
])

export type HookEvent = z.infer<typeof hookEventSchema>

/** @returns null for everything that is no such event */
export function hookEventIn(body: string): HookEvent | null {
  try {
    const { success, data } = hookEventSchema.safeParse(JSON.parse(body))
    return success ? data : null
  } catch {
    return null
  }
}
