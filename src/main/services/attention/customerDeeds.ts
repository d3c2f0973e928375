import { formatPhone } from '../../../shared/base/phone.ts'
import { customerName, placeName } from '../../../shared/domain/customers/naming.ts'
import type { Deeds } from './deed.ts'
import type { InputOf } from './given.ts'

/** How somebody can be reached and where they live, as it was written down. */
export function reachLines({ phones, emails, location }: Pick<InputOf<'customer.create'>, 'phones' | 'emails' | 'location'>): readonly string[] {
  return [
    ...phones.map(({ value, label }) => [formatPhone(value), label].filter(Boolean).join(', ')),
    ...emails.map(({ value }) => value),
    ...(location === null ? [] : [placeName(location)]),
  ]
}

/** What is done with the records of customers. */
export const customerDeeds = {
  'customer.create': (input) => ({ title: `Added ${customerName(input) || 'a customer'}`, lines: reachLines(input), opens: null }),
  'location.add': (input, look) => ({ title: `Added a place of ${look.customer(input.customerId)}`, lines: [placeName(input.location)], opens: look.page(input.customerId) }),
} as const satisfies Deeds
