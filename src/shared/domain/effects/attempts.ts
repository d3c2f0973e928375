import { z } from 'zod'
import { customerTable } from '../customers/tables.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import { accept, type DecisionContext, defineFact, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput } from '../kernel/inputs.ts'
import { get, getIf, type Loading } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { userTable } from '../people/tables.ts'
import { type AttemptedEffect, attemptInput, NOT_BEGUN, outcomeText } from './attemptInput.ts'
import { effectTable, type WorldEffect } from './tables.ts'

/**
 * The workstation asks to be the one that does it. It names the number of the attempt, so that of all who ask, whatever
 * they know and however late they are heard, the hub lets one begin each attempt.
 */
export const beginEffect = defineIntention({
  name: 'effect.begin',
  version: 1,
  summary: 'Begin what is to be done in the world: nobody else does it meanwhile.',
  permission: 'effect.perform',
  online: true,
  input: z.strictObject({ effectId: idInput, attempt: z.int().min(1).max(1_000_000) }),
  *load(input) {
    return yield* get(effectTable, input.effectId)
  },
  decide(input, effect, context) {
    if (!effect) return refuse('effect.unknown', 'What is to be done is not there.')
    const free = effect.state === 'waiting' || (effect.state === 'running' && effect.deduplicates)
    if (!free || input.attempt !== effect.attempt + 1) return refuse('effect.begun', 'Another workstation does this, or has done it.')
    return accept(update(effectTable, effect, { state: 'running', attempt: input.attempt, device: context.deviceId, startedAt: context.at, finishedAt: null, notBefore: null, outcome: '' }))
  },
})

interface Reported {
  readonly effect: WorldEffect | undefined
  readonly customerId: string | null
  readonly requestedBy: string | null
}

function* loadReported({ effectId, what }: { readonly effectId: string; readonly what: AttemptedEffect }): Loading<Reported> {
  return {
    effect: yield* get(effectTable, effectId),
    customerId: (yield* getIf(customerTable, what.customerId))?.id ?? null,
    requestedBy: (yield* getIf(userTable, what.requestedBy))?.id ?? null,
  }
}

/** What was done although nobody here knows that it was asked for (a hub that was restored): it is entered as it ended. */
function entered(
  input: { readonly effectId: string; readonly attempt: number; readonly what: AttemptedEffect },
  { customerId, requestedBy }: Reported,
  ended: Pick<WorldEffect, 'state' | 'outcome'>,
  context: DecisionContext,
): Change {
  return insert(effectTable, {
    ...NOT_BEGUN,
    ...input.what,
    ...ended,
    id: input.effectId,
    customerId,
    requestedBy,
    requestedDevice: context.deviceId,
    attempt: input.attempt,
    device: context.deviceId,
    startedAt: context.at,
    finishedAt: context.at,
  })
}

/** Said of the attempt that the row knows as its last. */
const isLast = (effect: WorldEffect, attempt: number): boolean => effect.attempt === attempt

export const finishEffect = defineFact({
  name: 'effect.finish',
  version: 1,
  summary: 'It was done in the world.',
  permission: 'effect.perform',
  input: z.strictObject({ ...attemptInput, outcome: outcomeText }),
  *load(input) {
    return yield* loadReported(input)
  },
  decide(input, loaded, context) {
    const { effect } = loaded
    const done = { state: 'done', outcome: input.outcome } as const
    if (!effect) return accept(entered(input, loaded, done, context))
    // Done already; or begun again by somebody whose word is still to come.
    if (effect.state === 'done' || (effect.state === 'running' && !isLast(effect, input.attempt))) return accept()
    // Also where a person was asked meanwhile, or said what they took for true: it has happened, and is not done once more.
    return accept(update(effectTable, effect, { ...done, device: context.deviceId, finishedAt: context.at, notBefore: null }))
  },
})

export const failEffect = defineFact({
  name: 'effect.fail',
  version: 1,
  summary: 'It was surely not done in the world: it is tried again, or a person is asked.',
  permission: 'effect.perform',
  input: z.strictObject({
    ...attemptInput,
    reason: outcomeText,
    /** When to try again; null where trying again is of no use. */
    retryAt: instantInput.nullable(),
  }),
  *load(input) {
    return yield* loadReported(input)
  },
  decide(input, loaded, context) {
    const { effect } = loaded
    if (!effect) return accept(entered(input, loaded, { state: 'failed', outcome: input.reason }, context))
    const open = effect.state === 'running' || effect.state === 'uncertain'
    if (!open || !isLast(effect, input.attempt)) return accept()
    return accept(
      update(effectTable, effect, {
        state: input.retryAt === null ? 'failed' : 'waiting',
        failures: effect.failures + 1,
        notBefore: input.retryAt,
        finishedAt: context.at,
        outcome: input.reason,
      }),
    )
  },
})

export const doubtEffect = defineFact({
  name: 'effect.doubt',
  version: 1,
  summary: 'Nobody knows whether it was done in the world; a person finds out.',
  permission: 'effect.perform',
  input: z.strictObject({ ...attemptInput, reason: outcomeText }),
  *load(input) {
    return yield* loadReported(input)
  },
  decide(input, loaded, context) {
    const { effect } = loaded
    const doubted = { state: 'uncertain', outcome: input.reason } as const
    if (!effect) return accept(entered(input, loaded, doubted, context))
    const open = effect.state === 'running' || effect.state === 'waiting'
    if (!open || !isLast(effect, input.attempt)) return accept()
    return accept(update(effectTable, effect, { ...doubted, finishedAt: context.at, notBefore: null }))
  },
})
