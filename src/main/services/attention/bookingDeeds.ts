import { formatPhone } from '../../../shared/base/phone.ts'
import type { CALL_OUTCOMES } from '../../../shared/domain/calls/tables.ts'
import { PAYMENT_FORM_NAMES } from '../../../shared/domain/jobs/words.ts'
import type { Deeds } from './deed.ts'
import { jobWords, type Look, windowWords } from './look.ts'

const OUTCOME_NAMES: Readonly<Record<(typeof CALL_OUTCOMES)[number], string>> = { booked: 'Booked', unbooked: 'Not booked', excused: 'Excused', notLead: 'Not a lead', abandoned: 'Abandoned' }

function callerOf(callId: string, look: Look): string {
  const call = look.call(callId)
  if (!call) return 'a call'
  if (call.customerId !== null) return `${look.customer(call.customerId)}\u2019s call`
  return call.fromNumber === null ? 'a call without a number' : `the call from ${formatPhone(call.fromNumber)}`
}

const callPage = (callId: string, look: Look) => (look.call(callId) ? ({ kind: 'call', id: callId, day: null } as const) : null)

/** What is done at the telephone and on the pages of customers and jobs. */
export const bookingDeeds = {
  'job.book': (input, look) => ({
    title: `Booked ${look.jobType(input.jobTypeId) || 'a job'} for ${look.customer(input.customerId)}`,
    lines: [
      `Promised: ${windowWords(input.appointment, look)}`,
      ...(look.place(input.locationId) === '' ? [] : [`At ${look.place(input.locationId)}`]),
      `Problem: ${input.summary}`,
      `${input.lines.map((line) => line.description).join(', ')}; pays by ${PAYMENT_FORM_NAMES[input.plannedPayment].toLowerCase()}`,
    ],
    opens: look.page(input.customerId),
  }),
  'job.cancel': (input, look) => ({
    title: `Canceled ${jobWords(look.job(input.jobId))}${look.job(input.jobId) ? ` of ${look.customer(look.job(input.jobId)?.customerId ?? null)}` : ''}`,
    lines: [`Reason: ${input.reason}`],
    opens: look.job(input.jobId) ? { kind: 'job', id: input.jobId, day: null } : null,
  }),
  'job.change': (input, look) => ({
    title: `Changed ${jobWords(look.job(input.jobId))}`,
    lines: [...(input.set.summary === undefined ? [] : [`Problem: ${input.set.summary}`]), ...(input.set.notes === undefined ? [] : [`For dispatch: ${input.set.notes}`])],
    opens: look.job(input.jobId) ? { kind: 'job', id: input.jobId, day: null } : null,
  }),
  'note.add': (input, look) => ({ title: 'Wrote a note', lines: [input.body], opens: input.subjectKind === 'customer' ? look.page(input.subjectId) : null }),
  'call.conclude': (input, look) => ({
    title: `Said how ${callerOf(input.callId, look)} ended`,
    lines: [OUTCOME_NAMES[input.outcome], ...(input.reason === '' ? [] : [input.reason]), ...(input.notes === '' ? [] : [input.notes])],
    opens: callPage(input.callId, look),
  }),
  'call.note': (input, look) => ({ title: `Wrote down notes of ${callerOf(input.callId, look)}`, lines: [input.notes], opens: callPage(input.callId, look) }),
  'promise.recordOutcome': (input, look) => {
    const customerId = look.promise(input.promiseId)?.customerId ?? null
    return {
      title: `Said what came of a promise${customerId === null ? '' : ` to ${look.customer(customerId)}`}`,
      lines: [...(input.note === '' ? [] : [input.note])],
      opens: customerId === null ? null : look.page(customerId),
    }
  },
} as const satisfies Deeds
