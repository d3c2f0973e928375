import { derivedId } from '../base/id.ts'
import { normalizePhone } from '../base/phone.ts'
import { cleanText, foldText } from '../base/text.ts'
import { DAY, type Instant } from '../base/time.ts'
import type { JobType } from '../domain/jobs/tables.ts'
import { contactBy, type OfficeHours } from './contactBy.ts'
import { leadId } from '../domain/leads/ids.ts'
import { LEAD_LIMITS, type LeadInput } from '../domain/leads/inputs.ts'
import type { SentLead } from './sent.ts'
import type { LeadQuestion, LeadSource } from '../domain/leads/tables.ts'

/** What of the company a lead is read against. */
export interface LeadOffice {
  readonly hours: OfficeHours
  readonly jobTypes: readonly Pick<JobType, 'id' | 'name'>[]
  readonly questions: readonly Pick<LeadQuestion, 'id' | 'label'>[]
}

export interface SentBy {
  readonly source: Pick<LeadSource, 'id' | 'name' | 'channel' | 'role' | 'contactMinutes'>
  /** The source’s own id, where the lead names none. */
  readonly externalId: string
  readonly receivedAt: Instant
  readonly files?: readonly string[]
}

/** One line, no longer than there is room for; a half of a character is never left at its end. */
function cut(text: string | undefined, most: number): string {
  return cleanText(cleanText(text ?? '').slice(0, most))
}

function minuteOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const [hour = 0, minute = 0] = text.split(':').map(Number)
  return hour * 60 + minute
}

/** Nothing was said after it came, and a clock that is years off says nothing of when: an answer is owed from what it says. */
const plausible = (at: Instant, receivedAt: Instant): Instant => (at <= receivedAt && receivedAt - at < 366 * DAY ? at : receivedAt)

/** An address as the office writes it; what is none is kept among the details. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u

const named = <T extends { readonly name: string }>(all: readonly T[], name: string): T | undefined => all.find((one) => foldText(one.name) === foldText(name))

/** A lead as the office records it, from what a source sent. Nothing that was sent is lost for being in the wrong place. */
export function leadFromSent(sent: SentLead, { source, externalId, receivedAt, files = [] }: SentBy, { hours, jobTypes, questions }: LeadOffice): LeadInput {
  const ownId = cut(sent.id, 200) || cut(externalId, 200)
  const wish = cut(sent.jobType, LEAD_LIMITS.line)
  const email = cut(cut(sent.email, 254).toLowerCase(), 254)
  const isEmail = EMAIL.test(email)
  const labelled = questions.map(({ id, label }) => ({ id, name: label }))
  const details = [...(sent.details ?? []), ...(email !== '' && !isEmail ? [{ label: 'Email as given', value: email }] : [])]
  return {
    leadId: leadId(source.id, ownId),
    sourceId: source.id,
    sourceName: source.name,
    channel: source.channel,
    role: source.role,
    externalId: ownId,
    receivedAt,
    contactBy: contactBy(receivedAt, source.contactMinutes, hours),
    name: cut(sent.name, LEAD_LIMITS.name),
    phones: (sent.phones ?? []).flatMap((phone) => {
      const said = cut(phone, 60)
      return said === '' ? [] : [{ said, number: normalizePhone(said) ?? null }]
    }),
    email: isEmail ? email : '',
    line1: cut(sent.address?.line1, LEAD_LIMITS.line),
    line2: cut(sent.address?.line2, LEAD_LIMITS.line),
    city: cut(sent.address?.city, LEAD_LIMITS.line),
    region: cut(sent.address?.state, LEAD_LIMITS.line),
    postalCode: cut(sent.address?.postalCode, 20),
    wish,
    jobTypeId: (wish === '' ? undefined : named(jobTypes, wish))?.id ?? null,
    subject: cut(sent.subject, 300),
    words: cut(sent.message, LEAD_LIMITS.words),
    windows: (sent.preferredWindows ?? []).map(({ day, from, to }) => ({ day, start: minuteOf(from, hours.opensAt), end: minuteOf(to, hours.closesAt) })),
    answers: (sent.answers ?? []).flatMap(({ question, answer }) => {
      const asked = cut(question, 120)
      const known = named(labelled, asked)
      return asked === '' ? [] : [{ key: known?.id ?? derivedId('lead question', foldText(asked)), question: known?.name ?? asked, answer: cut(answer, 500) }]
    }),
    details: details.slice(0, LEAD_LIMITS.details).map(({ label, value }) => ({ label: cut(label, LEAD_LIMITS.line), value: cut(value, 1000) })),
    files: files.slice(0, LEAD_LIMITS.files).map((file) => cut(file, 200)),
    campaign: cut(sent.campaign, LEAD_LIMITS.line),
    messages: (sent.chat?.messages ?? []).map(({ id, at, from, name, text }, index) => ({ id: cut(id, 200) || `message ${index + 1}`, at: plausible(Date.parse(at), receivedAt), by: cut(name, LEAD_LIMITS.name), visitor: from === 'visitor', text: cut(text, LEAD_LIMITS.message) })),
    chatOver: sent.chat?.over ?? false,
  }
}
