import type { Customer } from './tables.ts'

export type CustomerNames = Pick<Customer, 'kind' | 'firstName' | 'lastName' | 'companyName'>

/** What the office calls a customer: a company by its name, a person by first and last name; empty where none is known. */
export function customerName({ kind, firstName, lastName, companyName }: CustomerNames): string {
  const person = [firstName, lastName].filter((part) => part !== '').join(' ')
  return kind === 'commercial' ? companyName || person : person || companyName
}

/** `27 Larkspur Court, Fairhollow`, as people say where a place is. */
export function placeName({ line1, line2, city }: { readonly line1: string; readonly line2: string; readonly city: string }): string {
  return [line1, line2, city].filter((part) => part !== '').join(', ')
}
