import { z } from 'zod'
import { cleanText } from '../../base/text.ts'
import type { Values } from '../kernel/table.ts'
import { idInput, instantInput } from '../kernel/inputs.ts'
import { EFFECT_KINDS, type effectTable, type WorldEffect } from './tables.ts'

/** Text from a mail server or a stored row: cut, not refused, because what it tells has happened. */
const told = (max: number) => z.string().transform((text) => cleanText(cleanText(text).slice(0, max)))

/** What the other side said, or what became of an attempt. */
export const outcomeText = told(1000)

const email = z.strictObject({
  to: told(254),
  subject: told(300),
  text: told(8000),
  attach: z.strictObject({ kind: z.literal('invoice.pdf'), invoiceId: idInput }),
})

/** The effect as whoever began it knows it: a hub that has forgotten the request still learns what was done. */
const whatInput = z.strictObject({
  kind: z.enum(EFFECT_KINDS),
  subjectKind: told(40),
  subjectId: idInput,
  customerId: idInput.nullable(),
  payload: email,
  key: told(80),
  deduplicates: z.boolean(),
  requestedAt: instantInput,
  requestedBy: idInput.nullable(),
})

/** Which attempt at which effect is spoken of. */
export const attemptInput = {
  effectId: idInput,
  attempt: z.int().min(0).max(1_000_000),
  what: whatInput,
}

export type AttemptedEffect = z.output<typeof whatInput>

/** What a report says of the effect beside the attempt. */
export function whatOf({ kind, subjectKind, subjectId, customerId, payload, key, deduplicates, requestedAt, requestedBy }: WorldEffect): AttemptedEffect {
  return { kind, subjectKind, subjectId, customerId, payload, key, deduplicates, requestedAt, requestedBy }
}

/** The state of an effect before anybody has begun it. */
export const NOT_BEGUN = { attempt: 0, failures: 0, notBefore: null, device: null, startedAt: null, finishedAt: null, outcome: '', practice: false } as const satisfies Partial<Values<typeof effectTable>>
