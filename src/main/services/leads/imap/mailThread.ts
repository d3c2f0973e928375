import { createHash } from 'node:crypto'
import { get, type Loading } from '../../../../shared/domain/kernel/load.ts'
import { chatEntryId, leadId } from '../../../../shared/domain/leads/ids.ts'
import { LEAD_LIMITS, type LeadInput } from '../../../../shared/domain/leads/inputs.ts'
import { type Lead, leadEntryTable, type LeadSource, leadTable } from '../../../../shared/domain/leads/tables.ts'
import { leadFromSent, type LeadOffice } from '../../../../shared/intake/fromSent.ts'
import type { SentLead } from '../../../../shared/intake/sent.ts'
import type { ReadMail } from './readMail.ts'

/** What a letter is read against. */
export interface Arrival {
  readonly source: LeadSource
  readonly office: LeadOffice
  readonly receivedAt: number
}

/**
 * The lead of a letter that this one goes on with, the newest first; an answer to ours names theirs as well. Another's letter
 * that it names is no reason: two writers are never one lead.
 */
function* leadBefore({ before, sent }: ReadMail, sourceId: string): Loading<Lead | undefined> {
  for (const id of before.toReversed()) {
    const lead = yield* get(leadTable, leadId(sourceId, id))
    if (lead && lead.email !== '' && lead.email === sent.email) return lead
  }
  return undefined
}

/** What they say this time, as a line of the lead that is there. */
function goingOn(mail: ReadMail, lead: Lead, receivedAt: number): SentLead {
  const attached = mail.files.length === 0 ? '' : `\n(Attached, in the mailbox: ${mail.files.join(', ')})`
  const words = mail.ownWords || mail.sent.subject || '(An email without words.)'
  const text = `${words.slice(0, Math.max(0, LEAD_LIMITS.message - attached.length))}${attached}`.slice(0, LEAD_LIMITS.message)
  return { ...mail.sent, id: lead.externalId, chat: { messages: [{ id: mail.externalId, at: new Date(receivedAt).toISOString(), from: 'visitor', name: (mail.sent.name ?? '').slice(0, LEAD_LIMITS.name), text }] } }
}

/**
 * A letter as the lead it is, or as what was said since on the lead whose letter it goes on with.
 * @returns null where it is known: read again, it is nothing new
 */
export function* leadFromMail(mail: ReadMail, { source, office, receivedAt }: Arrival): Loading<LeadInput | null> {
  const before = yield* leadBefore(mail, source.id)
  if (before) {
    if (yield* get(leadEntryTable, chatEntryId(before.id, mail.externalId))) return null
    return leadFromSent(goingOn(mail, before, receivedAt), { source, externalId: before.externalId, receivedAt }, office)
  }
  const input = leadFromSent(mail.sent, { source, externalId: mail.externalId, receivedAt, files: mail.files }, office)
  const known = yield* get(leadTable, input.leadId)
  if (!known) return input
  if (known.email === input.email) return null
  // Programs that give every letter one id must not make one lead of all their writers.
  const externalId = createHash('sha256').update(`${mail.externalId} ${input.email}`).digest('hex')
  const own = leadId(source.id, externalId)
  return (yield* get(leadTable, own)) ? null : { ...input, leadId: own, externalId }
}
