import { z } from 'zod'
import { derivedId } from '../../base/id.ts'
import { contactMethodTable, type Customer, customerTable, locationTable } from '../customers/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, type Accepted, type DecisionContext, defineFact } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, optionalLine, phoneInput } from '../kernel/inputs.ts'
import { get, getIf, getMany, type Loading, range } from '../kernel/load.ts'
import { userTable } from '../people/tables.ts'
import type { CallKind } from './kinds.ts'
import { knownNumberId } from './knownNumbers.ts'
import { amongTries, loadTries, type Tries } from './repeats.ts'
import { type Party, returned, returnedBefore } from './returning.ts'
import { asReported, type CallFacts, type Classification, classify, joinFacts } from './rules.ts'
import { END_CAUSES } from './legs.ts'
import { type Call, callTable, type KnownNumber, knownNumberTable } from './tables.ts'

/** The id of a call wherever it is heard of: the same ring reported by two telephones is one record. */
export function callIdOf(companyId: string, externalId: string): string {
  return derivedId('call', companyId, externalId)
}

// Every report carries the whole identity, so whichever arrives first can open the record.
const identity = {
  externalId: lineInput('The telephone\u2019s own name of the call', 200),
  direction: z.enum(['in', 'out']),
  lineName: optionalLine('The line', 80),
  lineNumber: optionalLine('The line\u2019s number', 40),
  fromNumber: phoneInput.nullable(),
  /** The other end as it is dialled, where it is one of our own telephones. */
  extension: lineInput('The extension', 40).nullable().default(null),
  offeredAt: instantInput,
  practice: z.boolean(),
}
/** When the line opens next, where it was closed: worked out where the call was, because `decide` knows no wall clock. */
const countsFrom = instantInput.nullable().default(null)
/** A day of ringing is a fault in the telephone, not a patient caller. */
const milliseconds = z.int().min(0).max(86_400_000)

interface Known {
  readonly call: Call | undefined
  /** The person who took it, where that person is in the office. */
  readonly agentId: string | null
  /** The one customer this number belongs to; none where it is nobody's, shared or already looked up. */
  readonly match: { readonly customerId: string; readonly locationId: string | null } | null
  /** What somebody known to ring from this number calls about; null for everybody else. */
  readonly kind: CallKind | null
  readonly tries: Tries
  /** The calls that are owed an answer and get it with this one: it goes out and was answered. */
  readonly owed: readonly Call[]
  /** Somebody of ours has reached this caller since, although it is heard of only now. */
  readonly reachedSince: boolean
}

const KIND_OF_NUMBER: Readonly<Record<KnownNumber['kind'], CallKind>> = { vendor: 'vendor', technician: 'technician', blocked: 'solicitor' }

/** The customers who are reached at a number, archived ones aside. */
function* customersAt(number: string): Loading<readonly Customer[]> {
  const methods = yield* range(contactMethodTable, 'byValue', ['phone', number])
  const customers = yield* getMany(customerTable, new Set(methods.map((method) => method.customerId)))
  return customers.filter((candidate) => !candidate.archived)
}

type Caller = Pick<Known, 'match' | 'kind'>

const NOBODY: Caller = { match: null, kind: null }

function* callerAt(number: string, direction: 'in' | 'out'): Loading<Caller> {
  const [customer, ...others] = yield* customersAt(number)
  if (!customer) {
    const known = direction === 'in' ? yield* get(knownNumberTable, knownNumberId(number)) : undefined
    return { match: null, kind: known ? KIND_OF_NUMBER[known.kind] : null }
  }
  if (others.length > 0) return NOBODY
  const locations = yield* range(locationTable, 'byCustomer', [customer.id])
  return { match: { customerId: customer.id, locationId: locations.length === 1 ? (locations[0]?.id ?? null) : null }, kind: null }
}

/** Whom the person who dialled meant, where the number alone does not say it. */
function* meant(customerId: string): Loading<Caller> {
  const customer = yield* get(customerTable, customerId)
  if (!customer) return NOBODY
  const locations = yield* range(locationTable, 'byCustomer', [customer.id])
  return { match: { customerId: customer.id, locationId: locations.length === 1 ? (locations[0]?.id ?? null) : null }, kind: null }
}

type Reported = Pick<CallFacts, 'externalId' | 'direction' | 'fromNumber' | 'offeredAt' | 'practice'> &
  Partial<Pick<CallFacts, 'agentId' | 'answeredAt' | 'endedAt' | 'voicemailAt'>> & { readonly customerId?: string | null; readonly returnsCallId?: string | null }

/** The number is looked up once, when it becomes known: a person who unlinks a wrong customer is not overruled by the next report. */
function* whatIsKnown(input: Reported): Loading<Known> {
  const call = (yield* range(callTable, 'byExternalId', [input.externalId]))[0]
  const fresh = input.fromNumber !== null && (call === undefined || call.fromNumber === null)
  const agent = yield* getIf(userTable, input.agentId)
  const caller = call === undefined && input.customerId ? yield* meant(input.customerId) : fresh && input.fromNumber !== null ? yield* callerAt(input.fromNumber, input.direction) : NOBODY
  const party: Party = {
    externalId: input.externalId,
    practice: call?.practice ?? input.practice,
    number: input.fromNumber ?? call?.fromNumber ?? null,
    customerId: call ? call.customerId : (caller.match?.customerId ?? null),
    offeredAt: Math.min(input.offeredAt, call?.offeredAt ?? input.offeredAt),
    returnsCallId: call?.returnsCallId ?? input.returnsCallId ?? null,
  }
  const answeredAt = input.answeredAt ?? call?.answeredAt ?? null
  return {
    call,
    agentId: agent?.id ?? null,
    ...caller,
    tries: yield* loadTries(call, input, party.customerId),
    owed: input.direction === 'out' && answeredAt !== null ? yield* returned(party) : [],
    reachedSince: input.direction === 'in' && ((input.endedAt ?? null) !== null || (input.voicemailAt ?? null) !== null) && (yield* returnedBefore(party)),
  }
}

const NOTHING_SAID = {
  customerId: null,
  locationId: null,
  jobId: null,
  outcome: null,
  outcomeByRule: false,
  reason: '',
  callerName: '',
  notes: '',
  followUp: 'none',
  callBackBy: null,
  callBackNumber: null,
  repeatOf: null,
  returnsCallId: null,
} as const

const MADE = { followUp: 'done', callBackBy: null } as const

/** What the rule owes a caller who has been reached meanwhile is made; what a person promised stays promised. */
function answeredBy(classified: Classification, reachedSince: boolean): Classification {
  return reachedSince && classified.outcomeByRule && classified.followUp === 'owed' ? { ...classified, ...MADE } : classified
}

function record(reported: Omit<CallFacts, 'agentId' | 'legs'>, { call, agentId, match, kind, tries, owed, reachedSince }: Known, context: DecisionContext, returnsCallId: string | null = null): Accepted {
  // A voicemail is the telephone system’s word, and no workstation’s: it says nothing of who rings.
  const said = asReported({ ...reported, agentId }, reported.voicemailAt === null ? context.deviceId : null)
  const made = owed.map((one) => update(callTable, one, MADE))
  if (!call) {
    const values = { id: callIdOf(context.companyId, said.externalId), ...NOTHING_SAID, ...said, ...match, kind, returnsCallId }
    const placed = amongTries({ ...values, ...answeredBy(classify(values), reachedSince) }, tries)
    return accept(insert(callTable, placed.call), [...made, ...placed.others])
  }
  const joined = joinFacts(call, said)
  const linked = { ...(match && call.customerId === null ? match : {}), ...(kind !== null && call.kind === null ? { kind } : {}), returnsCallId: call.returnsCallId ?? returnsCallId }
  const values = { ...call, ...joined, ...linked }
  const placed = amongTries({ ...values, ...answeredBy(classify(values), reachedSince) }, tries, call)
  const { repeatOf } = placed.call
  return accept(update(callTable, call, { ...joined, ...linked, repeatOf, ...answeredBy(classify({ ...values, repeatOf }), reachedSince) }), [...made, ...placed.others])
}

const NOT_YET = {
  ringMs: null,
  answeredAt: null,
  agentId: null,
  endedAt: null,
  talkMs: null,
  endCause: null,
  transferredAt: null,
  transferredBy: null,
  leftAt: null,
  leftBy: null,
  voicemailAt: null,
  voicemailSeconds: null,
  voicemailRecording: null,
  countsFrom: null,
} as const

const offered = defineFact({
  name: 'call.offered',
  version: 1,
  summary: 'The telephone rings, or the office dials.',
  permission: 'phone.report',
  input: z.strictObject({
    ...identity,
    /** Who dialled, of an outgoing call. */
    agentId: idInput.nullable().default(null),
    /** Whom they meant to reach, where they said so: a number may be several customers’. */
    customerId: idInput.nullable().default(null),
    /** The call this one returns. */
    returnsCallId: idInput.nullable().default(null),
  }),
  load: (input) => whatIsKnown(input),
  decide: ({ customerId: _customerId, returnsCallId, ...input }, known, context) => record({ ...NOT_YET, ...input }, known, context, returnsCallId),
})

const answered = defineFact({
  name: 'call.answered',
  version: 1,
  summary: 'A call was answered.',
  permission: 'phone.report',
  // Nothing rang where a colleague’s caller came through to somebody who had been asked.
  input: z.strictObject({ ...identity, ringMs: milliseconds.nullable(), answeredAt: instantInput, agentId: idInput.nullable() }),
  load: (input) => whatIsKnown(input),
  decide: (input, known, context) => record({ ...NOT_YET, ...input }, known, context),
})

const ended = defineFact({
  name: 'call.ended',
  version: 1,
  summary: 'A call is over, answered or not.',
  permission: 'phone.report',
  input: z.strictObject({
    ...identity,
    ringMs: milliseconds.nullable(),
    answeredAt: instantInput.nullable(),
    agentId: idInput.nullable(),
    endedAt: instantInput,
    talkMs: milliseconds.nullable(),
    endCause: z.enum(END_CAUSES),
    countsFrom,
    /** Whose part an end by transfer ends, where that is not whoever has the caller; a person’s id. */
    leftBy: idInput.nullable().default(null),
  }),
  load: (input) => whatIsKnown(input),
  decide: (input, known, context) => record({ ...NOT_YET, ...input }, known, context),
})

const transferred = defineFact({
  name: 'call.transferred',
  version: 1,
  summary: 'A colleague took a caller over who was put through to them.',
  permission: 'phone.report',
  input: z.strictObject({
    ...identity,
    ringMs: milliseconds.nullable(),
    answeredAt: instantInput,
    /** Who has the caller now. */
    agentId: idInput.nullable(),
    transferredAt: instantInput,
    /** Who put them through. */
    transferredBy: idInput,
  }),
  load: (input) => whatIsKnown(input),
  decide: (input, known, context) => record({ ...NOT_YET, ...input }, known, context),
})

/** Two hours of it are a fault in the telephone. */
export const LONGEST_VOICEMAIL_SECONDS = 7_200

export const LONGEST_RECORDING_NAME = 400

const voicemailLeft = defineFact({
  name: 'call.voicemailLeft',
  version: 1,
  summary: 'A caller left a voicemail.',
  permission: 'phone.report',
  input: z.strictObject({
    ...identity,
    /** When the caller had spoken. */
    voicemailAt: instantInput,
    voicemailSeconds: z.int().min(0).max(LONGEST_VOICEMAIL_SECONDS),
    voicemailRecording: lineInput('Where the recording is', LONGEST_RECORDING_NAME).nullable(),
    countsFrom,
  }),
  load: (input) => whatIsKnown(input),
  decide: (input, known, context) => record({ ...NOT_YET, ...input }, known, context),
})

export const callFacts = [offered, answered, ended, transferred, voicemailLeft] as const
