import { z } from 'zod'
import { MAX_DRAFT_CHARACTERS } from '../../domain/drafts/commands.ts'
import { HANDED_STATES } from '../../domain/drafts/tables.ts'
import { idInput } from '../../domain/kernel/inputs.ts'
import { defineAction, defineQuery } from '../method.ts'

const empty = z.strictObject({})
const draftKey = z.string().min(1).max(200)

const handedDraft = z.object({
  handedId: z.string(),
  who: z.string(),
  about: z.string(),
  note: z.string(),
  callId: z.string().nullable(),
  customerId: z.string().nullable(),
  fromUserId: z.string().nullable(),
  from: z.string(),
  /** The person, or the role. */
  to: z.string(),
  toUserId: z.string().nullable(),
  handedAt: z.int(),
  state: z.enum(HANDED_STATES),
  /** Meant for me, by name or through a role of mine. */
  mine: z.boolean(),
  /** I handed it over. */
  given: z.boolean(),
  settledBy: z.string().nullable(),
  practice: z.boolean(),
})

export type HandedDraftItem = z.output<typeof handedDraft>

export const draftsMethods = [
  defineQuery({
    name: 'drafts.kept',
    summary: 'What is typed at this workstation and not booked yet, by whoever typed last.',
    permission: 'call.handle',
    input: empty,
    reads: [],
    output: z.object({ drafts: z.array(z.object({ key: z.string(), userId: z.string(), revision: z.int(), savedAt: z.number(), body: z.string() })) }),
  }),
  defineAction({
    name: 'draft.keep',
    summary: 'Keep what is typed, on this workstation only.',
    permission: 'call.handle',
    input: z.strictObject({ key: draftKey, revision: z.int().min(0), body: z.string().max(MAX_DRAFT_CHARACTERS) }),
    output: z.object({}),
  }),
  defineAction({
    name: 'draft.drop',
    summary: 'Let a draft go: it is booked, handed over, or given up on purpose.',
    permission: 'call.handle',
    input: z.strictObject({ key: draftKey }),
    output: z.object({}),
  }),
  defineQuery({
    name: 'drafts.handed',
    summary: 'Drafts that wait for me or that I handed over, oldest first.',
    permission: 'call.handle',
    input: empty,
    reads: ['handed_draft', 'user', 'promise'],
    output: z.object({ items: z.array(handedDraft) }),
  }),
  defineQuery({
    name: 'drafts.open',
    summary: 'One draft that was handed over, with everything typed.',
    permission: 'call.handle',
    input: z.strictObject({ handedId: idInput }),
    reads: ['handed_draft', 'user', 'promise'],
    output: handedDraft.extend({ body: z.string() }).nullable(),
  }),
] as const
