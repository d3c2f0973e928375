import { reuse } from './windowing.ts'

/** Elements that are put to new use instead of being made and thrown away. */

/** Something on the page that shows one key at a time. */
export interface Shown {
  readonly root: HTMLElement
  key: string
}

export function element(tag: string, className: string | undefined, role?: string): HTMLElement {
  const made = document.createElement(tag)
  made.className = className ?? ''
  if (role) made.setAttribute('role', role)
  return made
}

/** Sets what differs: writing an attribute costs, also where it says the same. */
export function setAttribute(target: Element, name: string, value: string | null): void {
  if (target.getAttribute(name) === value) return
  if (value === null) target.removeAttribute(name)
  else target.setAttribute(name, value)
}

/** Puts an element where it belongs; one that holds the focus keeps it. */
function put(parent: Element, node: Element, before: Element | null): void {
  if (node.parentNode === parent && node.nextElementSibling === before) return
  if (node.isConnected) parent.moveBefore(node, before)
  else parent.insertBefore(node, before)
}

/**
 * Puts elements in order after `anchor`. Those that were there in this order before are not touched: only what is new or put to new use moves.
 * @param before where each stood, or -1
 */
export function putInOrder(parent: Element, nodes: readonly Element[], before: readonly number[], anchor: Element | null): void {
  let after = anchor
  let last = -1
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place]
    if (!node) continue
    const stood = before[place] ?? -1
    if (stood > last) last = stood
    else put(parent, node, after ? after.nextElementSibling : parent.firstElementChild)
    after = node
  }
}

/**
 * Lets elements show the wanted keys; what is left over leaves the page and goes to `pool`, from which new ones are taken first.
 * Where they stand in the page is another matter: `putInOrder`.
 */
export function reassign<View extends Shown>(views: readonly View[], wanted: readonly string[], pool: View[], make: () => View): readonly View[] {
  if (views.length === wanted.length && views.every(({ key }, index) => key === wanted[index])) return views
  const { elements, left } = reuse(views.map(({ key }) => key), wanted)
  for (const index of left) {
    const view = views[index]
    if (!view) continue
    view.root.remove()
    view.key = ''
    pool.push(view)
  }
  return elements.map((index, place) => {
    const view = (index === -1 ? pool.pop() : views[index]) ?? make()
    view.key = wanted[place] ?? ''
    return view
  })
}

/** Lets the elements of a parent show the wanted keys, in their order and after `anchor`. */
export function recycle<View extends Shown>(parent: Element, views: readonly View[], wanted: readonly string[], pool: View[], make: () => View, anchor: Element | null): readonly View[] {
  const before = new Map(views.map(({ key, root }, index) => [root, { key, index }]))
  const next = reassign(views, wanted, pool, make)
  if (next === views) return views
  const stood = next.map(({ key, root }) => {
    const known = before.get(root)
    return known?.key === key ? known.index : -1
  })
  putInOrder(parent, next.map(({ root }) => root), stood, anchor)
  return next
}
