import { useSyncExternalStore } from 'react'

/** Where the page is: `#/customers/0198…?tab=jobs` is area `customers`, path `['0198…']`, query `{tab: 'jobs'}`. */
export interface Route {
  readonly area: string
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

export type RouteTarget = { readonly area: string; readonly path?: readonly string[]; readonly query?: Readonly<Record<string, string>> }

/** Reads a location hash; anything unreadable is the empty area, which the shell answers with the first screen. */
export function parseRoute(hash: string): Route {
  const [pathText = '', queryText = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  }
  const [area = '', ...path] = pathText.split('/').filter((part) => part !== '').map(decode)
  return { area, path, query: Object.fromEntries(new URLSearchParams(queryText)) }
}

/** The address of a place, for links and for `navigate`. */
export function routeHref(target: RouteTarget): string {
  const path = [target.area, ...(target.path ?? [])].map(encodeURIComponent).join('/')
  const query = new URLSearchParams(target.query).toString()
  return `#/${path}${query ? `?${query}` : ''}`
}

/** Takes what belongs into another window; says whether it did. */
let elsewhere: (target: RouteTarget) => boolean = () => false

/** A window that shows one screen sends every other place to where it belongs. */
export function sendElsewhere(send: (target: RouteTarget) => boolean): void {
  elsewhere = send
}

/** Goes to a place; `replace` leaves no step behind to come back to. */
export function navigate(target: RouteTarget, options: { readonly replace?: boolean } = {}): void {
  if (elsewhere(target)) return
  const href = routeHref(target)
  if (options.replace) {
    history.replaceState(history.state, '', href)
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  } else if (href !== location.hash) {
    steps += 1
    location.hash = href
  }
}

let steps = 0

/** One place back, where there is one; says whether it moved. */
export function goBack(): boolean {
  if (steps === 0) return false
  steps -= 1
  history.back()
  return true
}

let current: { hash: string; route: Route } | undefined

/** Where the page is now, for what runs outside of rendering. */
export function currentRoute(): Route {
  if (current?.hash !== location.hash) current = { hash: location.hash, route: parseRoute(location.hash) }
  return current.route
}

function watch(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

/** Sends on from a place that was only passed through, unless the person has gone elsewhere meanwhile. */
export function redirect(from: Route, target: RouteTarget): void {
  if (currentRoute() === from) navigate(target, { replace: true })
}

/** The path of the place the page is at, for what runs outside of rendering. */
export function currentPath(): readonly string[] {
  return currentRoute().path
}

export function useRoute(): Route {
  return useSyncExternalStore(watch, currentRoute)
}
