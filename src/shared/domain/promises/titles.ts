/** What a queue's title is filled in with; a task has a title of its own. */
export interface TitleParts {
  readonly customer: string | null
  readonly number: string | null
  readonly title?: string | null
}

/** A promise in words, from its queue's title: `Call {customer} back` is "Call Nora Whitfield back". */
export function promiseTitle(template: string, parts: TitleParts): string {
  const named = parts.customer === null ? withoutPlaceholder(template, 'customer') : template.replaceAll('{customer}', parts.customer)
  const numbered = parts.number === null ? withoutPlaceholder(named, 'number') : named.replaceAll('{number}', parts.number)
  // Last, and as it is: a person's words may hold braces of their own.
  return tidy(numbered).replaceAll('{title}', () => parts.title ?? '')
}

/** The title beside a column that names the customer already: "Call back". */
export function shortTitle(template: string, number: string | null, title: string | null = null): string {
  return promiseTitle(template, { customer: null, number, title })
}

/** Takes a placeholder away together with the preposition that would be left hanging at the end. */
function withoutPlaceholder(template: string, name: 'customer' | 'number'): string {
  const hanging = new RegExp(`\\s+(?:for|to|from|with|at|of)\\s+\\{${name}\\}\\s*$`)
  return template.replace(hanging, '').replaceAll(`{${name}}`, '')
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()
