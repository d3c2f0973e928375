import { derivedId } from '../../base/id.ts'

/** The same wherever it is set up, so that two workstations that add one source add it once. */
export const leadSourceId = (key: string): string => derivedId('lead source', key)

/** The same however often a source sends it, and whoever receives it. */
export const leadId = (sourceId: string, externalId: string): string => derivedId('lead', sourceId, externalId)

/** What was said in a chat, by the id that its system gave it. */
export const chatEntryId = (lead: string, messageId: string): string => derivedId('lead chat', lead, messageId)

/** The source that stands for the office’s mailbox. */
export const MAILBOX_SOURCE_KEY = 'mailbox'
