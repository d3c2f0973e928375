import { z } from 'zod'
import { customerTable, locationTable } from '../customers/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, optionalLine, phoneInput, textInput } from '../kernel/inputs.ts'
import { get, getIf } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { canCallBack, classify, defaultCallBack, isInternal, REASON_WITHHELD } from './rules.ts'
import { type Call, CALL_OUTCOMES, callTable } from './tables.ts'

const unknownCall = (): Refused => refuse('call.unknown', 'This call is not in the log. Reload the call list.', { field: 'callId' })

const link = defineIntention({
  name: 'call.link',
  version: 1,
  summary: 'Say who is calling and about which location, or that it is not this customer.',
  permission: 'call.handle',
  input: z.strictObject({ callId: idInput, customerId: idInput.nullable(), locationId: idInput.nullable() }),
  *load(input) {
    const call = yield* get(callTable, input.callId)
    return {
      call,
      customer: yield* getIf(customerTable, input.customerId),
      location: yield* getIf(locationTable, input.locationId),
      job: yield* getIf(jobTable, call?.jobId),
    }
  },
  decide(input, { call, customer, location, job }) {
    if (!call) return unknownCall()
    if (input.customerId !== null && !customer) return refuse('call.customerUnknown', 'This customer is not on file.', { field: 'customerId' })
    if (input.locationId !== null && (!location || location.customerId !== input.customerId)) {
      return refuse('call.locationOfOther', 'This location belongs to another customer.', { field: 'locationId' })
    }
    if (job && job.customerId !== input.customerId) {
      return refuse('call.bookedForOther', `Job ${job.number} was booked on this call for its customer. Change the job first.`, { field: 'customerId', subject: { kind: 'job', id: job.id } })
    }
    const linked = { customerId: input.customerId, locationId: input.locationId }
    return accept(update(callTable, call, { ...linked, ...classify({ ...call, ...linked }) }))
  },
})

const takeNotes = defineIntention({
  name: 'call.note',
  version: 1,
  summary: 'Keep the caller\u2019s name and the notes of a call while it goes on.',
  permission: 'call.handle',
  input: z.strictObject({ callId: idInput, callerName: optionalLine('The caller\u2019s name'), notes: textInput('The notes') }),
  *load(input) {
    return yield* get(callTable, input.callId)
  },
  decide(input, call) {
    if (!call) return unknownCall()
    return accept(update(callTable, call, { callerName: input.callerName, notes: input.notes }))
  },
})

const concludeInput = z.strictObject({
  callId: idInput,
  outcome: z.enum(CALL_OUTCOMES),
  reason: optionalLine('The reason', 200),
  /** When we promise to call back; null takes the usual hour where the outcome owes a call. */
  callBackBy: instantInput.nullable(),
  /** Where to call back, if not at the number that rang. */
  callBackNumber: phoneInput.nullable().default(null),
  callerName: optionalLine('The caller\u2019s name'),
  notes: textInput('The notes'),
})

type Conclusion = z.output<typeof concludeInput>

/** What the outcome and the call's own history must agree on. */
function contradiction(input: Conclusion, call: Call, jobIsOn: boolean): Refused | null {
  if (isInternal(call)) return refuse('call.internal', 'This was a call between your own telephones. Nothing is booked on it, and nobody is called back.', { field: 'outcome' })
  if (input.outcome === 'booked' && !jobIsOn) {
    return refuse('call.notBooked', 'Nothing is booked on this call yet. Book the job first, or say why it was not booked.', { field: 'outcome' })
  }
  if (input.outcome !== 'booked' && jobIsOn) {
    return refuse('call.alreadyBooked', 'A job was booked on this call. Cancel the job if it should not stand.', {
      field: 'outcome',
      ...(call.jobId === null ? {} : { subject: { kind: 'job', id: call.jobId } }),
    })
  }
  if (input.outcome === 'abandoned' && call.answeredAt !== null) {
    return refuse('call.wasAnswered', 'This call was answered, so it is not abandoned. Choose Unbooked, Excused or Not a lead.', { field: 'outcome' })
  }
  if (input.outcome === 'unbooked' && call.answeredAt === null) {
    return refuse('call.neverAnswered', 'Nobody spoke to this caller. Leave it Abandoned, or choose Excused or Not a lead.', { field: 'outcome' })
  }
  return null
}

/** The call back that follows from the conclusion, or why none can be promised. */
function followUpOf(input: Conclusion, call: Call, at: number): Pick<Call, 'followUp' | 'callBackBy' | 'reason'> | Refused {
  const owes = input.callBackBy !== null || input.outcome === 'unbooked' || input.outcome === 'abandoned'
  if (!owes || input.outcome === 'booked') {
    const followUp = call.followUp === 'owed' ? (input.outcome === 'booked' ? 'done' : 'dropped') : call.followUp
    return { followUp, callBackBy: null, reason: input.reason }
  }
  if (!canCallBack({ ...call, callBackNumber: input.callBackNumber })) {
    if (input.callBackBy !== null) {
      return refuse('call.noNumber', 'The caller withheld the number. Note a number to call back, or link the customer.', { field: 'callBackNumber' })
    }
    return { followUp: 'dropped', callBackBy: null, reason: input.reason === '' ? REASON_WITHHELD : input.reason }
  }
  // Correcting the reason of a call that has been returned does not open it again; asking for a new time does.
  if (call.followUp === 'done' && input.callBackBy === null) return { followUp: 'done', callBackBy: null, reason: input.reason }
  return { followUp: 'owed', callBackBy: input.callBackBy ?? defaultCallBack(at), reason: input.reason }
}

const conclude = defineIntention({
  name: 'call.conclude',
  version: 1,
  summary: 'Say how a call ended and when the caller is called back.',
  permission: 'call.handle',
  input: concludeInput,
  *load(input) {
    const call = yield* get(callTable, input.callId)
    return { call, job: yield* getIf(jobTable, call?.jobId) }
  },
  decide(input, { call, job }, context) {
    if (!call) return unknownCall()
    const wrong = contradiction(input, call, job !== undefined && job.state !== 'canceled')
    if (wrong) return wrong
    if (input.reason === '' && input.outcome !== 'booked' && input.outcome !== 'abandoned') {
      return refuse('call.reasonMissing', 'Say in a few words why this call was not booked.', { field: 'reason' })
    }
    if (input.callBackBy !== null && input.callBackBy < context.at) {
      return refuse('call.callBackPast', 'This call-back time has passed already. Choose a later one.', { field: 'callBackBy' })
    }
    const follow = followUpOf(input, call, context.at)
    if ('refusal' in follow) return follow
    return accept(
      update(callTable, call, {
        outcome: input.outcome,
        outcomeByRule: false,
        callBackNumber: input.callBackNumber,
        callerName: input.callerName,
        notes: input.notes,
        ...follow,
      }),
    )
  },
})

export const callIntentions = [link, takeNotes, conclude] as const
