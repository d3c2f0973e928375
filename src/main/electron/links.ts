import type { EventPayload } from '../../shared/contract/events.ts'

/** What another application may ask of Baton by a link. */
export type Link = EventPayload<'link'>

const RECORD = /^(customer|job|invoice|batch)$/
const RECORD_ID = /^[0-9A-Za-z-]{1,40}$/
/** Digits with the signs people write between them, and an extension (RFC 3966 parameters are dropped). */
const TELEPHONE = /^\+?[0-9()./ -]{3,30}$/

/**
 * Reads a `tel:` or `baton:` link; null for anything else, however close it looks. A link comes from outside
 * (a web page, a message), so it can only name a number to look up or a record to show, never do anything.
 * - `tel:+1-612-555-0142`
 * - `baton://job/1042`, `baton://customer/<id>`
 */
export function parseLink(text: string): Link | null {
  if (text.length > 200) return null
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return null
  }
  if (url.protocol === 'tel:') {
    let number: string
    try {
      number = decodeURIComponent(url.pathname.split(';')[0] ?? '').trim()
    } catch {
      return null
    }
    if (!TELEPHONE.test(number)) return null
    return { kind: 'telephone', number }
  }
  if (url.protocol === 'baton:') {
    if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '' || url.port !== '') return null
    const [record = '', id = '', ...rest] = `${url.host}${url.pathname}`.split('/')
    if (!RECORD.test(record) || !RECORD_ID.test(id) || rest.some((part) => part !== '')) return null
    return { kind: 'record', record: record as Extract<Link, { kind: 'record' }>['record'], id }
  }
  return null
}

/** The first link among the words of a command line: how Windows and Linux hand one over. */
export function linkIn(argv: readonly string[]): Link | null {
  for (const word of argv) {
    const link = parseLink(word)
    if (link) return link
  }
  return null
}
