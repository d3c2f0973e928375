/** A promise in words, from its queue's title: `Call {customer} back` is "Call Nora Whitfield back". */
export function promiseTitle(template: string, parts: { readonly customer: string | null; readonly number: string | null }): string {
  const named = parts.customer === null ? withoutPlaceholder(template, 'customer') : template.replaceAll('{customer}', parts.customer)
  return tidy(parts.number === null ? withoutPlaceholder(named, 'number') : named.replaceAll('{number}', parts.number))
}

/** The title beside a column that names the customer already: "Call back". */
export function shortTitle(template: string, number: string | null): string {
  return promiseTitle(template, { customer: null, number })
}

/** Takes a placeholder away together with the preposition that would be left hanging at the end. */
function withoutPlaceholder(template: string, name: 'customer' | 'number'): string {
  const hanging = new RegExp(`\\s+(?:for|to|from|with|at|of)\\s+\\{${name}\\}\\s*$`)
  return template.replace(hanging, '').replaceAll(`{${name}}`, '')
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()
