import { z } from 'zod'
import { isPractice } from '../calls/rules.ts'
import { callTable } from '../calls/tables.ts'
import { customerTable } from '../customers/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, type Command, type DecisionContext, defineFact, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, optionalLine, textInput } from '../kernel/inputs.ts'
import { all, get, getIf, type Loading } from '../kernel/load.ts'
import { isRefused, refuse, type Refused } from '../kernel/refusal.ts'
import { ROLES } from '../people/permissions.ts'
import { companyTable, userTable, type User } from '../people/tables.ts'
import { type HandedDraft, handedDraftTable } from './tables.ts'

/** A booking with thirty lines and long notes has some 20,000 characters. */
export const MAX_DRAFT_CHARACTERS = 100_000

const NOT_A_DRAFT = 'What was typed can\u2019t be read as a draft. It stays at your desk; reload the page and hand it over again.'

function isObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
  } catch {
    return false
  }
}

/** A draft as a page keeps it: the JSON text of an object. */
const draftBody = z
  .string()
  .max(MAX_DRAFT_CHARACTERS, 'This draft is too long to be handed over. Shorten its notes.')
  .refine(isObject, NOT_A_DRAFT)

interface ReceiverInput {
  readonly toUserId: string | null
  readonly toRole: HandedDraft['toRole'] | null
}

/** Who picks it up where whoever it was meant for is not there: those who answer the telephone. */
const FALLBACK: HandedDraft['toRole'] = 'inboundCsr'

/** Why it can't go there; nobody hands a waiting caller to an empty chair. */
function receiverObjection(input: ReceiverInput, users: readonly User[], context: DecisionContext): Refused | undefined {
  if (input.toUserId === null) {
    return input.toRole === null ? refuse('draft.nobody', 'Say who goes on with it: a person or a role.', { field: 'toUserId' }) : undefined
  }
  const person = users.find((user) => user.id === input.toUserId)
  if (person?.roles[0] === undefined) return refuse('draft.nobody', 'This person is not in the office. Choose somebody else, or a role.', { field: 'toUserId' })
  if (person.id === context.actorId) return refuse('draft.yourself', 'It is with you already. Choose a colleague, or a role.', { field: 'toUserId' })
  if (person.presence === 'left') return refuse('draft.left', `${person.name} does not work here any more. Choose somebody else, or a role.`, { field: 'toUserId' })
  if (person.presence !== 'active') return refuse('draft.away', `${person.name} is away, and the caller is waiting. Choose somebody who is here, or a role.`, { field: 'toUserId' })
  return undefined
}

/** Wherever it was meant to go, somebody gets it: who left meanwhile has a role that others have too. */
function receiverOf(input: ReceiverInput, users: readonly User[]): Pick<HandedDraft, 'toUserId' | 'toRole'> {
  const person = users.find((user) => user.id === input.toUserId)
  const [role] = person?.roles ?? []
  return person && role !== undefined ? { toUserId: person.id, toRole: role } : { toUserId: null, toRole: input.toRole ?? FALLBACK }
}

const nameOf = (users: readonly User[], id: string | null): string => users.find((user) => user.id === id)?.name ?? 'Somebody'

interface LoadedDraft {
  readonly handed: HandedDraft | undefined
  readonly users: readonly User[]
}

function* loadHanded(handedId: string): Loading<LoadedDraft> {
  return { handed: yield* get(handedDraftTable, handedId), users: yield* all(userTable) }
}

/** The draft while it waits, or who was quicker. */
function waitingDraft({ handed, users }: LoadedDraft): HandedDraft | Refused {
  if (!handed) return refuse('draft.unknown', 'This draft is not there. Look at the list again.', { field: 'handedId' })
  const by = nameOf(users, handed.settledBy)
  switch (handed.state) {
    case 'waiting':
      return handed
    case 'taken':
      return refuse('draft.taken', `${by} has taken it already and goes on with it. Ask ${by} where it stands.`, { subject: { kind: 'handed_draft', id: handed.id } })
    case 'takenBack':
      return refuse('draft.takenBack', `${by} has taken it back and goes on with it.`, { subject: { kind: 'handed_draft', id: handed.id } })
    case 'dropped':
      return refuse('draft.dropped', 'Somebody said that it is not needed any more.', { subject: { kind: 'handed_draft', id: handed.id } })
  }
}

/**
 * A fact: what was typed was typed and the caller waits, so neither a colleague who went home meanwhile nor a customer who
 * was merged away may lose it. Only where it is handed over somebody is asked whether that chair is taken.
 */
const handOver = defineFact({
  name: 'draft.handOver',
  version: 1,
  summary: 'Hand a call\u2019s draft to a colleague or a role, with everything typed.',
  permission: 'call.handle',
  input: z.strictObject({
    handedId: idInput,
    who: lineInput('Who is calling', 160),
    about: optionalLine('What it is about', 200),
    callId: idInput.nullable(),
    customerId: idInput.nullable(),
    body: draftBody,
    note: textInput('The note', 1000),
    /** Exactly one of person and role gets it; where both are given, the person does. */
    toUserId: idInput.nullable(),
    toRole: z.enum(ROLES).nullable(),
  }),
  *load(input) {
    return {
      ...(yield* loadHanded(input.handedId)),
      call: yield* getIf(callTable, input.callId),
      customer: yield* getIf(customerTable, input.customerId),
      company: (yield* all(companyTable))[0],
    }
  },
  question: (input, { users }, context) => receiverObjection(input, users, context),
  decide(input, { handed, users, call, customer, company }, context) {
    // Said twice is said once.
    if (handed) return accept()
    const giver = users.find((user) => user.id === context.actorId)
    return accept(
      insert(handedDraftTable, {
        id: input.handedId,
        who: input.who,
        about: input.about,
        callId: call?.id ?? null,
        customerId: customer?.id ?? call?.customerId ?? null,
        body: input.body,
        note: input.note,
        fromUserId: giver?.id ?? null,
        ...receiverOf(input, users),
        handedAt: context.at,
        state: 'waiting',
        settledAt: null,
        settledBy: null,
        practice: isPractice(call, company),
      }),
    )
  },
})

const take = defineIntention({
  name: 'draft.take',
  version: 1,
  summary: 'Go on with a draft that a colleague handed over.',
  permission: 'call.handle',
  input: z.strictObject({ handedId: idInput }),
  *load(input) {
    return yield* loadHanded(input.handedId)
  },
  decide(_input, loaded, context) {
    const handed = waitingDraft(loaded)
    if (isRefused(handed)) return handed
    // Whoever is free may go on with it: the caller waits for the office, not for one name. The giver takes it back.
    if (handed.fromUserId === context.actorId) return refuse('draft.yours', 'You handed it over yourself. Take it back instead.', { subject: { kind: 'handed_draft', id: handed.id } })
    return accept(update(handedDraftTable, handed, { state: 'taken', settledAt: context.at, settledBy: context.actorId }))
  },
})

const takeBack = defineIntention({
  name: 'draft.takeBack',
  version: 1,
  summary: 'Take back a draft that nobody has taken yet.',
  permission: 'call.handle',
  input: z.strictObject({ handedId: idInput }),
  *load(input) {
    return yield* loadHanded(input.handedId)
  },
  decide(_input, loaded, context) {
    const handed = waitingDraft(loaded)
    if (isRefused(handed)) return handed
    if (handed.fromUserId !== context.actorId) {
      return refuse('draft.notYours', `${nameOf(loaded.users, handed.fromUserId)} handed it over. Take it instead, and go on with it.`, { subject: { kind: 'handed_draft', id: handed.id } })
    }
    return accept(update(handedDraftTable, handed, { state: 'takenBack', settledAt: context.at, settledBy: context.actorId }))
  },
})

export const draftsCommands = [handOver, take, takeBack] as const satisfies readonly Command[]
