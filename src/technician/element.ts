/** As much of a framework as this page needs. */

type Child = Node | string | null | undefined | false

export interface Attributes {
  readonly class?: string
  readonly type?: string
  readonly href?: string
  readonly role?: string
  readonly [name: `aria-${string}` | `data-${string}`]: string | undefined
  readonly onclick?: (event: MouseEvent) => void
}

/** An element with its attributes and children; text is text and never markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes, ...children: readonly (Child | readonly Child[])[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener('click', value as EventListener)
    else if (value !== undefined) made.setAttribute(key, String(value))
  }
  made.append(...children.flat().filter((child): child is Node | string => child !== null && child !== undefined && child !== false))
  return made
}

/** Puts other children in place, and the focus where it was: on what has the same `data-key`. */
export function replace(parent: HTMLElement, ...children: readonly Child[]): void {
  const focused = document.activeElement instanceof HTMLElement && parent.contains(document.activeElement) ? document.activeElement.dataset['key'] : undefined
  parent.replaceChildren(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false))
  if (focused === undefined) return
  for (const candidate of parent.querySelectorAll<HTMLElement>('[data-key]')) if (candidate.dataset['key'] === focused) candidate.focus({ preventScroll: true })
}
