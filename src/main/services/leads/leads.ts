import { formatPhone } from '../../../shared/base/phone.ts'
import type { LeadDetail, LeadItem, leadsMethods, QualifyingQuestion } from '../../../shared/contract/methods/leads.ts'
import { customerTable } from '../../../shared/domain/customers/tables.ts'
import { jobTable, jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { all, get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { type Lead, type LeadEntry, leadEntryTable, leadQuestionTable, type LeadState, leadTable } from '../../../shared/domain/leads/tables.ts'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { promiseTable } from '../../../shared/domain/promises/tables.ts'
import type { Asked, Implementation } from '../../core/service.ts'
import { duplicatesOf } from '../customers/duplicates.ts'

/** Settled ones further back are found by their customer. */
const MOST_SETTLED = 200

/** What a list has room for of somebody's words. */
const FIRST_WORDS = 80

type Asking = Pick<Asked, 'store'>

/** What somebody is called who may not have said so. */
export function leadName({ name, phone, email, phones }: Pick<Lead, 'name' | 'phone' | 'email' | 'phones'>): string {
  if (name !== '') return name
  if (phone !== null) return formatPhone(phone)
  return email || (phones[0]?.said ?? '') || 'Somebody without a name'
}

/** The first of somebody’s words, on one line. */
export function firstWords(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > FIRST_WORDS ? `${line.slice(0, FIRST_WORDS - 1)}\u2026` : line
}

/** What a visitor began a chat with. */
function saidFirst({ id, chat }: Lead, engine: Asking['store']['engine']): string {
  if (chat === 'none') return ''
  const said = engine.run(range(leadEntryTable, 'byLead', [id])).filter(({ kind }) => kind === 'said')
  return said.toSorted((left, right) => left.at - right.at)[0]?.body ?? ''
}

function describe(lead: Lead, { store: { engine } }: Asking): LeadItem {
  const promise = engine.run(range(promiseTable, 'bySubject', ['lead', lead.id])).find(({ state }) => state === 'open')
  const [holderId, role] = promise ? [promise.holderUserId, promise.holderRole] : [lead.ownerId, lead.role]
  const { state, channel, sourceName, phone, email, receivedAt, chat, attempts, lastAttempt, lastAttemptAt, nextAttemptAt, ownerId, settledAt } = lead
  return {
    leadId: lead.id,
    state,
    channel,
    sourceName,
    name: leadName(lead),
    phone,
    email,
    wants: engine.run(getIf(jobTypeTable, lead.jobTypeId))?.name ?? firstWords(lead.wish || lead.subject || lead.words || saidFirst(lead, engine)),
    receivedAt,
    dueAt: promise?.dueAt ?? null,
    chat,
    attempts,
    lastAttempt,
    lastAttemptAt,
    nextAttemptAt,
    ownerId,
    holder: engine.run(getIf(userTable, holderId))?.name ?? ROLE_NAMES[role],
    settledAt,
  }
}

function ofState(state: LeadState, asked: Asking): readonly LeadItem[] {
  const leads = asked.store.engine.run(range(leadTable, 'byState', [state]))
  if (state === 'converted' || state === 'dismissed') {
    const newest = leads.toSorted((left, right) => (right.settledAt ?? 0) - (left.settledAt ?? 0)).slice(0, MOST_SETTLED)
    return newest.map((lead) => describe(lead, asked))
  }
  return leads.map((lead) => describe(lead, asked)).sort((left, right) => (left.dueAt ?? left.receivedAt) - (right.dueAt ?? right.receivedAt) || (left.leadId < right.leadId ? -1 : 1))
}

/** What is asked for a job type: its own questions, and those of every job. */
function questionsFor(jobTypeId: string | null, { store: { engine } }: Asking): QualifyingQuestion[] {
  const asked = engine.run(all(leadQuestionTable)).filter((question) => question.active && (question.jobTypeId === null || question.jobTypeId === jobTypeId))
  return asked.toSorted((left, right) => left.position - right.position || (left.id < right.id ? -1 : 1)).map(({ id, label, kind, options }) => ({ key: id, label, kind, options: [...options] }))
}

/** `June Halloran` is a first and a last name; one word is a last name. */
function partedName(name: string): { readonly firstName: string; readonly lastName: string } {
  const words = name.split(' ').filter((word) => word !== '')
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' }
}

function candidatesOf(lead: Lead, { store }: Asking): LeadDetail['candidates'] {
  // Who was booked is on file.
  if (lead.customerId !== null) return []
  const phones = lead.phones.flatMap(({ number }) => (number === null ? [] : [number]))
  return duplicatesOf({ phones, emails: lead.email === '' ? [] : [lead.email], ...partedName(lead.name), companyName: '', line1: lead.line1, postalCode: lead.postalCode, except: null }, store)
}

function entriesOf(lead: Lead, { store: { engine } }: Asking): LeadDetail['entries'] {
  const nameOf = ({ byId, by, kind }: LeadEntry): string => engine.run(getIf(userTable, byId))?.name ?? (by || (kind === 'said' ? leadName(lead) : lead.sourceName))
  const entries = engine.run(range(leadEntryTable, 'byLead', [lead.id]))
  return entries.toSorted((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1)).map((entry) => ({ id: entry.id, kind: entry.kind, at: entry.at, by: nameOf(entry), ours: entry.byId !== null, body: entry.body }))
}

function readLead(leadId: string, asked: Asking): LeadDetail | null {
  const { engine } = asked.store
  const lead = engine.run(get(leadTable, leadId))
  if (!lead) return null
  const jobType = engine.run(getIf(jobTypeTable, lead.jobTypeId))
  const { externalId, phones, line1, line2, city, region, postalCode, wish, jobTypeId, subject, words, windows, answers, details, files, campaign, customerId, jobId, dismissReason } = lead
  return {
    ...describe(lead, asked),
    externalId,
    phones: [...phones],
    address: { line1, line2, city, region, postalCode },
    wish,
    jobTypeId,
    jobTypeName: jobType?.name ?? null,
    businessUnitId: jobType?.businessUnitId ?? null,
    subject,
    words,
    windows: [...windows],
    answers: [...answers],
    questions: questionsFor(jobTypeId, asked),
    details: [...details],
    files: [...files],
    campaign,
    entries: entriesOf(lead, asked),
    candidates: candidatesOf(lead, asked),
    customerId,
    customerName: engine.run(getIf(customerTable, customerId))?.name ?? null,
    jobId,
    jobNumber: engine.run(getIf(jobTable, jobId))?.number ?? null,
    dismissReason,
  }
}

export const leadsService: Implementation<typeof leadsMethods> = {
  'leads.list': ({ state }, asked) => {
    const count = (of: LeadState): number => asked.store.engine.run(range(leadTable, 'byState', [of])).length
    return { leads: [...ofState(state, asked)], counts: { new: count('new'), accepted: count('accepted') } }
  },
  'leads.get': ({ leadId }, asked) => readLead(leadId, asked),
  'leads.questions': ({ jobTypeId }, asked) => ({ questions: questionsFor(jobTypeId, asked) }),
}
