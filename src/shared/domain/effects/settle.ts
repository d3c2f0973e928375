import { z } from 'zod'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { effectKey } from './request.ts'
import { effectTable } from './tables.ts'

/** A person says what nobody else can: it was done, do it (again), or leave it. */
export const settleEffect = defineIntention({
  name: 'effect.settle',
  version: 1,
  summary: 'Say whether something was sent when nobody else can know, send it again, or leave it.',
  permission: 'promise.work',
  input: z.strictObject({
    effectId: idInput,
    how: z.enum(['sent', 'again', 'leave']),
    /** The attempt that the person was looking at: what has moved on meanwhile is looked at anew. */
    attempt: z.int().min(0).max(1_000_000),
  }),
  *load(input) {
    return yield* get(effectTable, input.effectId)
  },
  decide(input, effect, context) {
    if (!effect) return refuse('effect.unknown', 'This is not there.')
    const subject = { kind: effect.subjectKind, id: effect.subjectId }
    if (effect.state === 'running') return refuse('effect.running', 'It is being sent at this moment. Wait for what comes of it.', { subject })
    if (effect.state === 'done' || effect.state === 'dropped') return refuse('effect.settled', 'This is settled already.', { subject })
    if (effect.attempt !== input.attempt) return refuse('effect.movedOn', 'It was tried once more meanwhile. Look at it again.', { subject })
    switch (input.how) {
      case 'sent':
        if (effect.state !== 'uncertain') return refuse('effect.notSent', 'It was surely not sent. Send it again, or leave it.', { subject })
        return accept(update(effectTable, effect, { state: 'done', finishedAt: context.at, notBefore: null, outcome: 'Found to have been sent.' }))
      case 'leave':
        return accept(update(effectTable, effect, { state: 'dropped', finishedAt: context.at, notBefore: null }))
      case 'again':
        if (!context.may('invoice.edit')) return refuse('people.notAllowed', 'Sending an invoice needs the right \u201cinvoice.edit\u201d. Hand this to somebody who keeps the books.', { subject })
        // What only waits for its next try is tried at once; it is the same message. After a doubt it is another one.
        return accept(
          update(effectTable, effect, {
            state: 'waiting',
            key: effect.state === 'waiting' ? effect.key : effectKey(effect.id, effect.attempt + 1),
            failures: 0,
            notBefore: null,
            requestedDevice: context.deviceId,
            outcome: '',
          }),
        )
    }
  },
})
