import { z } from 'zod'
import { insert } from '../kernel/changes.ts'
import { accept, defineFact } from '../kernel/command.ts'
import { idInput, instantInput, optionalLine, phoneInput, textInput } from '../kernel/inputs.ts'
import { get, getIf, range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { contactMethodTable, customerTable, locationTable } from '../customers/tables.ts'
import { userTable } from '../people/tables.ts'
import { canCallBack, defaultCallBack } from './rules.ts'
import { callTable } from './tables.ts'

/** Why a call without a telephone’s report is excused: nothing more came of it. */
const REASON_BY_HAND = 'Logged by hand, nothing owed'

/** How a call is told from those that a telephone reported. */
const BY_HAND = 'hand:'

/**
 * A call that no telephone of ours has reported: on a mobile or the back-up number while the system was gone (C19). It goes to
 * the same log and the same lists.
 */
export const logByHand = defineFact({
  name: 'call.logByHand',
  version: 1,
  summary: 'Write down a call that came while the telephone was gone.',
  permission: 'call.handle',
  input: z.strictObject({
    id: idInput,
    callerName: optionalLine('The caller\u2019s name'),
    fromNumber: phoneInput.nullable(),
    /** What it was about. */
    notes: textInput('What it was about'),
    /** When it came. */
    at: instantInput,
    /** The line it was for, as the company calls it; empty where nobody knows. */
    lineName: optionalLine('The line', 80),
    lineNumber: optionalLine('The line\u2019s number', 40),
    /** The customer who was chosen from the list; null leaves it to the number. */
    customerId: idInput.nullable(),
    /** By when we call back; null where nothing is owed. */
    callBackBy: instantInput.nullable(),
    /** Somebody left a message and nobody has talked with them yet. */
    answered: z.boolean(),
    reason: optionalLine('The reason', 200).default(''),
  }),
  *load({ id, customerId, fromNumber }, { actorId }) {
    const methods = fromNumber === null || customerId !== null ? [] : yield* range(contactMethodTable, 'byValue', ['phone', fromNumber])
    const owners = [...new Set(methods.map((method) => method.customerId))]
    const only = owners.length === 1 ? owners[0] : undefined
    const customer = yield* getIf(customerTable, customerId ?? only)
    const locations = customer ? yield* range(locationTable, 'byCustomer', [customer.id]) : []
    return { existing: yield* get(callTable, id), customer, locationId: locations.length === 1 ? (locations[0]?.id ?? null) : null, agent: yield* getIf(userTable, actorId) }
  },
  question({ callerName, fromNumber, notes, at, callBackBy, customerId, answered }, { customer }, context) {
    if (callerName === '' && fromNumber === null && customerId === null) return refuse('call.nobody', 'Write who called, or the number.', { field: 'callerName' })
    if (notes === '') return refuse('call.noSubject', 'Write in a few words what it was about.', { field: 'notes' })
    if (at > context.at) return refuse('call.notYet', 'This call is in the future. Write when it came.', { field: 'at' })
    if (callBackBy !== null && callBackBy < context.at) return refuse('call.callBackPast', 'This call-back time has passed already. Choose a later one.', { field: 'callBackBy' })
    if (callBackBy !== null && fromNumber === null && !customer) return refuse('call.noNumber', 'Nobody can be called back without a number. Write it down, or choose the customer.', { field: 'fromNumber' })
    if (!answered && fromNumber === null && (!customer || customer.archived)) {
      return refuse('call.noNumber', 'Nobody has talked with this caller, so they are called back. Write the number down, or choose the customer.', { field: 'fromNumber' })
    }
    return undefined
  },
  decide(input, { existing, customer, locationId, agent }) {
    if (existing) return accept()
    const { id, callerName, fromNumber, notes, at, lineName, lineNumber, answered, callBackBy, reason } = input
    const customerId = customer && !customer.archived ? customer.id : null
    const reachable = canCallBack({ fromNumber, callBackNumber: null, customerId, voicemailAt: null })
    const owed = reachable && (callBackBy !== null || !answered)
    return accept(
      insert(callTable, {
        id,
        externalId: `${BY_HAND}${id}`,
        direction: 'in',
        state: 'ended',
        lineName,
        lineNumber,
        fromNumber,
        offeredAt: at,
        answeredAt: answered ? at : null,
        endedAt: at,
        endCause: 'hungUp',
        // Nobody measured how long it rang: it is in no figure of the rings.
        ringMs: null,
        talkMs: null,
        agentId: answered ? (agent?.id ?? null) : null,
        customerId,
        locationId: customerId === null ? null : locationId,
        jobId: null,
        outcome: answered ? (owed ? 'unbooked' : 'excused') : 'abandoned',
        outcomeByRule: false,
        reason: reason !== '' ? reason : answered && !owed ? REASON_BY_HAND : '',
        callerName,
        notes,
        followUp: owed ? 'owed' : 'none',
        callBackBy: owed ? (callBackBy ?? defaultCallBack(at)) : null,
        callBackNumber: null,
        practice: false,
        kind: null,
        transferredAt: null,
        transferredBy: null,
        voicemailAt: null,
        voicemailSeconds: null,
        voicemailRecording: null,
        countsFrom: null,
        repeatOf: null,
        leftAt: null,
        leftBy: null,
        returnsCallId: null,
        extension: null,
        legs: null,
      }),
    )
  },
})
