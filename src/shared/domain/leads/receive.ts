import { type Change, insert, update } from '../kernel/changes.ts'
import { accept, type DecisionContext, defineFact } from '../kernel/command.ts'
import { get, getIf, getMany } from '../kernel/load.ts'
import { jobTypeTable } from '../jobs/tables.ts'
import { chatEntryId } from './ids.ts'
import { leadInput, type LeadInput } from './inputs.ts'
import { type Lead, leadEntryTable, leadSourceTable, leadTable } from './tables.ts'

type Message = LeadInput['messages'][number]

/** Where the chat stands after what was said last. */
function chatAfter(messages: readonly Message[], over: boolean): Lead['chat'] {
  if (over) return 'closed'
  return messages.at(-1)?.visitor === true ? 'waiting' : 'answered'
}

const lastSaid = (messages: readonly Message[]): number | null => messages.findLast(({ visitor }) => visitor)?.at ?? null

function newLead(input: LeadInput, sourceId: string | null, jobTypeId: string | null): Change {
  const { leadId: id, sourceId: _source, jobTypeId: _type, messages, chatOver, phones, ...said } = input
  const isChat = input.channel === 'chat'
  return insert(leadTable, {
    id,
    ...said,
    sourceId,
    jobTypeId,
    phones,
    phone: phones.find(({ number }) => number !== null)?.number ?? null,
    state: 'new',
    chat: isChat ? chatAfter(messages, chatOver) : 'none',
    chatSaidAt: isChat ? lastSaid(messages) : null,
    ownerId: null,
    attempts: 0,
    lastAttemptAt: null,
    lastAttempt: null,
    nextAttemptAt: null,
    customerId: null,
    jobId: null,
    dismissReason: null,
    settledAt: null,
    settledBy: null,
  })
}

/** Where the chat of a lead that was here stands now: only the visitor opens one again that is over. */
function chatNow({ chat }: Lead, fresh: readonly Message[], heard: boolean, over: boolean): Lead['chat'] {
  if (chat === 'none') return 'none'
  if (heard || over) return chatAfter(fresh, over)
  return chat === 'waiting' && fresh.length > 0 ? 'answered' : chat
}

/**
 * Whoever goes on writing wants something again, whatever the office had made of it: the lead is open, and whoever had it sees
 * to it as soon as to a first contact. What was booked stays on it. Words that nobody answered before their writer left are
 * owed as soon, however far off the next try was.
 */
function heardMore(lead: Lead, fresh: readonly Message[], { chatOver, contactBy }: LeadInput): readonly Change[] {
  const heard = fresh.some(({ visitor }) => visitor)
  const chat = chatNow(lead, fresh, heard, chatOver)
  if (!heard && chat === lead.chat) return []
  const settled = lead.state === 'converted' || lead.state === 'dismissed'
  const again = settled && heard
  const unanswered = heard || (!settled && lead.chat === 'waiting' && chat === 'closed')
  const before = settled ? contactBy : (lead.nextAttemptAt ?? lead.contactBy)
  return [
    update(leadTable, lead, {
      chat,
      chatSaidAt: lastSaid(fresh) ?? lead.chatSaidAt,
      ...(again ? { state: 'accepted', dismissReason: null, settledAt: null, settledBy: null } : {}),
      ...(unanswered ? { nextAttemptAt: Math.min(before, contactBy) } : {}),
    }),
  ]
}

const entriesOf = (leadId: string, messages: readonly Message[]): readonly Change[] =>
  messages.map(({ id, at, by, visitor, text }) => insert(leadEntryTable, { id: chatEntryId(leadId, id), leadId, kind: visitor ? 'said' : 'answer', at, byId: null, by, body: text }))

/** Twice in one sending is once. */
function distinct(messages: readonly Message[]): readonly Message[] {
  return [...new Map(messages.map((message) => [message.id, message])).values()]
}

/**
 * A lead came in. A fact: they have asked us, whatever becomes of it. Sent again it is the same lead, to which only what was
 * said in its chat since is added.
 */
export const receiveLead = defineFact({
  name: 'lead.receive',
  version: 1,
  summary: 'Record that a web booking, a lead, a chat or an email came in.',
  permission: 'lead.report',
  input: leadInput,
  *load(input) {
    const messages = distinct(input.messages)
    return {
      lead: yield* get(leadTable, input.leadId),
      source: yield* get(leadSourceTable, input.sourceId),
      jobType: yield* getIf(jobTypeTable, input.jobTypeId),
      heard: yield* getMany(leadEntryTable, messages.map(({ id }) => chatEntryId(input.leadId, id))),
    }
  },
  decide(input, { lead, source, jobType, heard }, _context: DecisionContext) {
    const known = new Set(heard.map(({ id }) => id))
    const fresh = distinct(input.messages).filter(({ id }) => !known.has(chatEntryId(input.leadId, id)))
    const entries = entriesOf(input.leadId, fresh)
    if (lead) return accept(heardMore(lead, fresh, input), entries)
    return accept(newLead({ ...input, messages: [...distinct(input.messages)] }, source?.id ?? null, jobType?.id ?? null), entries)
  },
})
