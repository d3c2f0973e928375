import { z } from 'zod'
import { DAY, MINUTE } from '../../base/time.ts'
import { customerTable } from '../customers/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import { accept, type DecisionContext, defineFact, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, optionalLine } from '../kernel/inputs.ts'
import { get, getIf, range } from '../kernel/load.ts'
import { isRefused, refuse, type Refused } from '../kernel/refusal.ts'
import { answerInput } from '../scripts/content.ts'
import { LEAD_LIMITS } from './inputs.ts'
import { DISMISS_REASON_NAMES, DISMISS_REASONS, type Lead, LEAD_TRIES, LEAD_TRY_NAMES, type LeadEntry, type LeadEntryKind, leadEntryTable, leadTable } from './tables.ts'

/** Nobody is left alone longer than the queue lets a lead wait. */
const LONGEST_NEXT_TRY = 30 * DAY

/** A visitor who has an answer and says nothing more is looked after again this soon, however far off the next try was: no chat ends in silence. */
const AFTER_AN_ANSWER = 15 * MINUTE

const note = optionalLine('The note', 1000)

/** The lead while it is open, or why it can’t be worked. */
function openLead(lead: Lead | undefined): Lead | Refused {
  if (!lead) return refuse('lead.unknown', 'This lead is not here. Look at the list again.', { field: 'leadId' })
  const subject = { subject: { kind: 'lead', id: lead.id } }
  switch (lead.state) {
    case 'new':
    case 'accepted':
      return lead
    case 'converted':
      return refuse('lead.converted', 'This lead is booked already.', subject)
    case 'dismissed':
      return refuse('lead.dismissed', 'This lead was dismissed. Open it again if they still want something.', subject)
  }
}

/** A line of what happened, by the person who acts. */
function entry(lead: Pick<Lead, 'id'>, kind: LeadEntryKind, body: string, context: DecisionContext): Change {
  return insert(leadEntryTable, { id: context.id(`entry ${kind}`), leadId: lead.id, kind, at: context.at, byId: context.actorId, by: '', body })
}

/** Whoever works a new lead has taken it; whoever helps with another’s leaves it with them. */
function taken(lead: Lead, context: DecisionContext): Partial<Pick<Lead, 'state' | 'ownerId'>> {
  return lead.state === 'new' ? { state: 'accepted', ownerId: context.actorId } : {}
}

const sentence = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(': ')

export const acceptLead = defineIntention({
  name: 'lead.accept',
  version: 1,
  summary: 'Take a lead: from now on you see to it.',
  permission: 'job.book',
  input: z.strictObject({ leadId: idInput }),
  *load(input) {
    return yield* get(leadTable, input.leadId)
  },
  decide(_input, loaded, context) {
    const lead = openLead(loaded)
    if (isRefused(lead)) return lead
    if (lead.ownerId === context.actorId) return refuse('lead.yours', 'This lead is yours already.', { subject: { kind: 'lead', id: lead.id } })
    return accept(update(leadTable, lead, { state: 'accepted', ownerId: context.actorId }), entry(lead, 'accepted', '', context))
  },
})

export const tryLead = defineIntention({
  name: 'lead.attempt',
  version: 1,
  summary: 'Say what came of trying to reach a lead, and when the next try is.',
  permission: 'job.book',
  input: z.strictObject({ leadId: idInput, how: z.enum(LEAD_TRIES), nextAttemptAt: instantInput, note }),
  *load(input) {
    return yield* get(leadTable, input.leadId)
  },
  decide(input, loaded, context) {
    const lead = openLead(loaded)
    if (isRefused(lead)) return lead
    if (input.nextAttemptAt <= context.at) return refuse('lead.past', 'The next try must be later than now.', { field: 'nextAttemptAt' })
    if (input.nextAttemptAt > context.at + LONGEST_NEXT_TRY) return refuse('lead.tooFar', 'Try again within 30 days, or dismiss the lead.', { field: 'nextAttemptAt' })
    return accept(
      update(leadTable, lead, { ...taken(lead, context), attempts: lead.attempts + 1, lastAttemptAt: context.at, lastAttempt: input.how, nextAttemptAt: input.nextAttemptAt }),
      entry(lead, 'attempt', sentence(LEAD_TRY_NAMES[input.how], input.note), context),
    )
  },
})

export const convertLead = defineIntention({
  name: 'lead.convert',
  version: 1,
  summary: 'Say that a lead became a customer\u2019s job, or a customer; once more, that there is nothing more to do.',
  permission: 'job.book',
  input: z.strictObject({ leadId: idInput, customerId: idInput, jobId: idInput.nullable() }),
  *load(input) {
    return { loaded: yield* get(leadTable, input.leadId), customer: yield* get(customerTable, input.customerId), job: yield* getIf(jobTable, input.jobId) }
  },
  decide(input, { loaded, customer, job }, context) {
    const lead = openLead(loaded)
    if (isRefused(lead)) return lead
    if (!customer) return refuse('lead.unknownCustomer', 'This customer is not on file. Record them first.', { field: 'customerId' })
    if (input.jobId !== null && !job) return refuse('lead.notBooked', 'Nothing is booked yet. Book the job first.', { field: 'jobId' })
    if (job && job.customerId !== customer.id) return refuse('lead.otherCustomer', `Job ${job.number} is another customer\u2019s.`, { field: 'jobId', subject: { kind: 'job', id: job.id } })
    return accept(
      update(leadTable, lead, {
        state: 'converted',
        ownerId: lead.ownerId ?? context.actorId,
        customerId: customer.id,
        jobId: job?.id ?? null,
        chat: lead.chat === 'none' ? 'none' : 'closed',
        settledAt: context.at,
        settledBy: context.actorId,
      }),
      lead.customerId === customer.id && lead.jobId === input.jobId
        ? entry(lead, 'note', 'Nothing more to do; the booking stands.', context)
        : entry(lead, 'converted', job ? `Job ${job.number}, ${customer.name}` : customer.name, context),
    )
  },
})

export const dismissLead = defineIntention({
  name: 'lead.dismiss',
  version: 1,
  summary: 'Put a lead away that will not be booked, with the reason.',
  permission: 'job.book',
  input: z.strictObject({ leadId: idInput, reason: z.enum(DISMISS_REASONS), note }),
  *load(input) {
    return yield* get(leadTable, input.leadId)
  },
  decide(input, loaded, context) {
    const lead = openLead(loaded)
    if (isRefused(lead)) return lead
    if (lead.customerId !== null) return refuse('lead.booked', 'This lead is booked, so it is not dismissed. Say that there is nothing more to do: the booking stands.', { subject: { kind: 'lead', id: lead.id } })
    if (input.reason === 'other' && input.note === '') return refuse('lead.reason', 'Say in a few words why.', { field: 'note' })
    return accept(
      update(leadTable, lead, {
        state: 'dismissed',
        dismissReason: input.reason,
        chat: lead.chat === 'none' ? 'none' : 'closed',
        settledAt: context.at,
        settledBy: context.actorId,
      }),
      entry(lead, 'dismissed', sentence(DISMISS_REASON_NAMES[input.reason], input.note), context),
    )
  },
})

export const reopenLead = defineIntention({
  name: 'lead.reopen',
  version: 1,
  summary: 'Open a dismissed lead again, with the time of the next try.',
  permission: 'job.book',
  input: z.strictObject({ leadId: idInput, nextAttemptAt: instantInput }),
  *load(input) {
    return yield* get(leadTable, input.leadId)
  },
  decide(input, lead, context) {
    if (!lead) return refuse('lead.unknown', 'This lead is not here. Look at the list again.', { field: 'leadId' })
    if (lead.state !== 'dismissed') return refuse('lead.notDismissed', 'Only a lead that was dismissed is opened again.', { subject: { kind: 'lead', id: lead.id } })
    if (input.nextAttemptAt <= context.at) return refuse('lead.past', 'The next try must be later than now.', { field: 'nextAttemptAt' })
    if (input.nextAttemptAt > context.at + LONGEST_NEXT_TRY) return refuse('lead.tooFar', 'Try again within 30 days.', { field: 'nextAttemptAt' })
    return accept(
      update(leadTable, lead, { state: 'accepted', ownerId: context.actorId, dismissReason: null, settledAt: null, settledBy: null, nextAttemptAt: input.nextAttemptAt }),
      entry(lead, 'reopened', '', context),
    )
  },
})

/** A fact: what somebody wrote down was written, whatever became of the lead meanwhile. */
export const noteOnLead = defineFact({
  name: 'lead.note',
  version: 1,
  summary: 'Write a note on a lead.',
  permission: 'job.book',
  input: z.strictObject({ noteId: idInput, leadId: idInput, body: lineInput('The note', 2000) }),
  *load(input) {
    return yield* get(leadEntryTable, input.noteId)
  },
  decide({ noteId, leadId, body }, existing, context) {
    if (existing) return accept()
    return accept(insert(leadEntryTable, { id: noteId, leadId, kind: 'note', at: context.at, byId: context.actorId, by: '', body }))
  },
})

/** The chat while somebody is there, or why nothing can be said in it. */
function openChat(loaded: Lead | undefined): Lead | Refused {
  const lead = openLead(loaded)
  if (isRefused(lead)) return lead
  const subject = { subject: { kind: 'lead', id: lead.id } }
  if (lead.chat === 'none') return refuse('lead.noChat', 'This did not come as a chat. Call or write to them.', subject)
  if (lead.chat === 'closed') return refuse('lead.chatClosed', 'This chat is closed. Call or write to them.', subject)
  return lead
}

/**
 * When an answer was given, behind every other of ours in this chat. The hub has the last word on it, so that answers stand in
 * the order in which the hub took them, whatever the clocks of two workstations say.
 */
function behindOurs(entries: readonly LeadEntry[], at: number): number {
  return entries.filter(({ kind, byId }) => kind === 'answer' && byId !== null).reduce((latest, answer) => Math.max(latest, answer.at + 1), at)
}

export const answerChat = defineIntention({
  name: 'lead.answerChat',
  version: 1,
  summary: 'Say something to the visitor of a chat.',
  permission: 'job.book',
  input: z.strictObject({ entryId: idInput, leadId: idInput, text: lineInput('The answer', LEAD_LIMITS.message) }),
  *load(input) {
    return { loaded: yield* get(leadTable, input.leadId), existing: yield* get(leadEntryTable, input.entryId), entries: yield* range(leadEntryTable, 'byLead', [input.leadId]) }
  },
  decide({ entryId, leadId, text }, { loaded, existing, entries }, context) {
    // Pressed again because nobody heard that it went out: it is the same answer, also where the chat is over by now.
    if (existing?.leadId === leadId && existing.body === text) return accept()
    if (existing) return refuse('lead.said', 'This answer went out before, as it stands in the chat. Send what you want to add to it.', { field: 'text' })
    const lead = openChat(loaded)
    if (isRefused(lead)) return lead
    return accept(
      update(leadTable, lead, { ...taken(lead, context), chat: 'answered', nextAttemptAt: context.at + AFTER_AN_ANSWER }),
      insert(leadEntryTable, { id: entryId, leadId: lead.id, kind: 'answer', at: behindOurs(entries, context.at), byId: context.actorId, by: '', body: text }),
    )
  },
})

export const closeChat = defineIntention({
  name: 'lead.closeChat',
  version: 1,
  summary: 'Close a chat; the lead stays until it is booked or dismissed.',
  permission: 'job.book',
  input: z.strictObject({ leadId: idInput }),
  *load(input) {
    return yield* get(leadTable, input.leadId)
  },
  decide(_input, loaded, context) {
    const lead = openChat(loaded)
    if (isRefused(lead)) return lead
    return accept(update(leadTable, lead, { ...taken(lead, context), chat: 'closed' }), entry(lead, 'chatClosed', '', context))
  },
})

export const qualifyLead = defineIntention({
  name: 'lead.qualify',
  version: 1,
  summary: 'Write down what a lead answered to the questions of its job type.',
  permission: 'job.book',
  input: z.strictObject({ leadId: idInput, answers: z.array(answerInput).max(LEAD_LIMITS.answers) }),
  *load(input) {
    return yield* get(leadTable, input.leadId)
  },
  decide({ answers }, loaded, context) {
    const lead = openLead(loaded)
    if (isRefused(lead)) return lead
    const asked = new Set(answers.map(({ key }) => key))
    const kept = lead.answers.filter(({ key }) => !asked.has(key))
    return accept(update(leadTable, lead, { ...taken(lead, context), answers: [...kept, ...answers.filter(({ answer }) => answer !== '')].slice(0, LEAD_LIMITS.answers) }))
  },
})
