import { z } from 'zod'
import { insert } from '../kernel/changes.ts'
import { accept, defineFact } from '../kernel/command.ts'
import { idInput, optionalLine } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { type Channel, CHANNELS, type Consent, CONSENT_WAYS, consentTable, type ConsentWay, CONTACT_PURPOSES, type ContactPurpose, customerTable } from './tables.ts'

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = { phone: 'Phone', text: 'Text', email: 'Email' }

export const PURPOSE_NAMES: Readonly<Record<ContactPurpose, string>> = { service: 'Visits and invoices', marketing: 'Offers and reminders to buy' }

export const WAY_NAMES: Readonly<Record<ConsentWay, string>> = {
  call: 'said on the telephone',
  inPerson: 'said in person',
  writing: 'in writing',
  reply: 'by replying to a message',
  website: 'on the website',
}

/** A fact: what a customer answered was answered, and an opt-out must never be lost, whatever became of the record meanwhile. */
export const recordConsent = defineFact({
  name: 'consent.record',
  version: 1,
  summary: 'Write down whether a customer may be called, texted or emailed, for what, and how they said so.',
  permission: 'customer.edit',
  input: z.strictObject({
    consentId: idInput,
    customerId: idInput,
    channel: z.enum(CHANNELS),
    purpose: z.enum(CONTACT_PURPOSES),
    granted: z.boolean(),
    way: z.enum(CONSENT_WAYS, 'Choose how they said so.'),
    words: optionalLine('What they said', 300),
  }),
  *load(input) {
    return { existing: yield* get(consentTable, input.consentId), customer: yield* get(customerTable, input.customerId) }
  },
  question(_input, { customer }) {
    return customer ? undefined : refuse('customer.unknown', 'This customer is not recorded.')
  },
  decide(input, { existing }, context) {
    if (existing) return accept()
    const { consentId, ...values } = input
    return accept(insert(consentTable, { id: consentId, ...values, byId: context.actorId, at: context.at }))
  },
})

type Answer = Pick<Consent, 'id' | 'channel' | 'purpose' | 'granted' | 'at'>

/** The later answer holds; of two at the same moment the one that asks for less contact. */
function later(left: Answer, right: Answer): boolean {
  if (left.at !== right.at) return left.at > right.at
  if (left.granted !== right.granted) return !left.granted
  return left.id > right.id
}

/** The answer that holds for a channel and a purpose; `undefined` where nobody has asked. */
export function standingConsent<A extends Answer>(answers: readonly A[], channel: Channel, purpose: ContactPurpose): A | undefined {
  let standing: A | undefined
  for (const answer of answers) {
    if (answer.channel === channel && answer.purpose === purpose && (!standing || later(answer, standing))) standing = answer
  }
  return standing
}

/**
 * Whether a customer may be reached so. About their own visits and invoices they may, until they say otherwise; what the
 * company would like to sell needs their yes first.
 */
export function mayContact(answers: readonly Answer[], channel: Channel, purpose: ContactPurpose): boolean {
  return standingConsent(answers, channel, purpose)?.granted ?? purpose === 'service'
}
