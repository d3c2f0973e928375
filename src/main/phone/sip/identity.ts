import { type E164, normalizePhone } from '../../../shared/base/phone.ts'
import type { CallIdentity } from '../port.ts'

/** The header fields of one SIP request, as text. Names are matched without regard to case. */
export interface SipHeaders {
  /** Every field of that name in its order; none where it is missing. */
  all(name: string): readonly string[]
}

export interface Caller {
  /** Null where the number is withheld, or is none that could be called back. */
  readonly number: E164 | null
  /** Set where the other party is a telephone behind the same system. */
  readonly extension: string | null
}

export interface DialledLine {
  readonly name: string
  /** E.164 where it is one, else as it was dialled. */
  readonly number: string
}

interface Address {
  readonly name: string
  readonly user: string
}

/** A dialled extension: what is too short to be anybody's number. */
const EXTENSION = /^[0-9*#]{2,6}$/
const WITHHELD = /^(?:anonymous|unknown|unavailable|restricted|private|withheld|asserted)$/i
// Of trimmed text, and without two repetitions that could share one blank: a stranger writes these fields.
const ADDRESS = /^(?:"((?:[^"\\]|\\.)*)"\s*|([^<"]*))<\s*(?:sips?|tel):([^@;>?]*)[^>]*>/i
const BARE_ADDRESS = /^(?:sips?|tel):([^@;>?\s]*)/i
const LONGEST_FIELD = 1000
/** More fields of one name than any telephone system sends. */
const MOST_FIELDS = 8
const LONGEST_LINE = 40
const LONGEST_NAME = 80

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Splits a field that lists several addresses, between commas that stand in no quotes and no brackets. */
function listed(field: string): readonly string[] {
  const parts: string[] = []
  let start = 0
  let quoted = false
  let bracketed = false
  for (let at = 0; at < field.length; at++) {
    const sign = field[at]
    if (sign === '"' && field[at - 1] !== '\\') quoted = !quoted
    else if (!quoted && (sign === '<' || sign === '>')) bracketed = sign === '<'
    else if (sign === ',' && !quoted && !bracketed) {
      parts.push(field.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, field.slice(start)]
}

function addressOf(written: string): Address | null {
  const text = written.trim()
  const named = ADDRESS.exec(text)
  if (named) return { name: (named[1] ?? named[2] ?? '').replaceAll(/\\(.)/g, '$1').trim(), user: decoded(named[3] ?? '') }
  const bare = BARE_ADDRESS.exec(text)
  return bare ? { name: '', user: decoded(bare[1] ?? '') } : null
}

function addressesIn(headers: SipHeaders, name: string): readonly Address[] {
  return headers
    .all(name)
    .slice(0, MOST_FIELDS)
    .flatMap((field) => listed(field.slice(0, LONGEST_FIELD)))
    .flatMap((text) => addressOf(text) ?? [])
}

function callerFrom({ user }: Address): Caller | null {
  if (user === '' || WITHHELD.test(user)) return null
  if (EXTENSION.test(user)) return { number: null, extension: user }
  const number = normalizePhone(user)
  return number === undefined ? null : { number, extension: null }
}

const NOBODY: Caller = { number: null, extension: null }

/**
 * Who calls: what the telephone system vouches for (RFC 3325) before what an older one says (Remote-Party-ID), before
 * what the caller says of themselves. A caller may well be anonymous in From and known by their carrier.
 */
export function callerOf(headers: SipHeaders): Caller {
  for (const field of ['P-Asserted-Identity', 'Remote-Party-ID', 'From']) {
    const callers = addressesIn(headers, field).flatMap((address) => callerFrom(address) ?? [])
    const found = callers.find((caller) => caller.number !== null) ?? callers[0]
    if (found) return found
  }
  return NOBODY
}

const plain = (text: string, longest: number): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(0, longest)

/** Whom the caller dialled: what the system says outright, then where the call began before it was diverted, then its To. */
export function dialledLineOf(headers: SipHeaders): DialledLine {
  const outright = headers.all('X-Dialed-Number')[0]
  const diverted = [...addressesIn(headers, 'History-Info').slice(0, 1), ...addressesIn(headers, 'Diversion').slice(-1)]
  const to = addressesIn(headers, 'To')[0]
  const user = outright?.trim() || diverted.find(({ user: one }) => one !== '')?.user || to?.user || ''
  const name = diverted.find(({ name: one }) => one !== '')?.name || to?.name || ''
  return { name: plain(name, LONGEST_NAME), number: normalizePhone(user) ?? plain(user, LONGEST_LINE) }
}

/** What an INVITE says of its call. */
export function incomingFrom(headers: SipHeaders): Omit<CallIdentity, 'externalId' | 'offeredAt'> {
  const { number, extension } = callerOf(headers)
  const line = dialledLineOf(headers)
  return { direction: 'in', lineName: line.name, lineNumber: line.number, fromNumber: number, practice: false, ...(extension === null ? {} : { fromExtension: extension }) }
}

const CORRELATION = /^sip:[\x21-\x7e]{1,190}$/

/** The office's id of a call as a colleague's telephone says it; undefined where it is none. */
export const correlationIn = (text: string | undefined): string | undefined => (text !== undefined && CORRELATION.test(text.trim()) ? text.trim() : undefined)

/**
 * The id under which this office knows the call. A telephone that forks a ring to several workstations uses one Call-ID
 * for all of them, so they write one record. Nothing else that a caller sends names it: they would write into the record
 * of another.
 * @param taken whether a call that is up has that id: two calls may come under one Call-ID, by mistake or by intent
 */
export function externalIdOf(callId: string, taken: (id: string) => boolean): string {
  const own = `sip:${plain(callId, 190)}`
  let id = own
  for (let number = 2; taken(id); number++) id = `${own};${number}`
  return id
}
