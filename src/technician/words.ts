import type { Instant } from '../shared/base/time.ts'
import type { AppointmentState } from '../shared/domain/dispatch/tables.ts'
import type { TechnicianVisit } from '../shared/field/wire.ts'
import type { Said, SaidTap } from './said.ts'

const clocks = new Map<string, Intl.DateTimeFormat>()

/** `10:02 AM`, where the visit is; by this telephone’s own zone where it does not know that one. */
function timeOf(at: Instant, zone: string): string {
  let clock = clocks.get(zone)
  if (!clock) {
    try {
      clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: zone })
    } catch {
      clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' })
    }
    clocks.set(zone, clock)
  }
  return clock.format(at)
}

/** When it was tapped, by the clocks where its visit is. */
export const tappedTime = ({ tappedAt, zone }: Pick<Said, 'tappedAt' | 'zone'>): string => timeOf(tappedAt, zone ?? '')

/** `10:00 AM \u2013 12:00 PM`, where the visit is; with the name of its zone where the page is about another. */
export function windowOf({ windowStartsAt, windowEndsAt, zone }: Pick<TechnicianVisit, 'windowStartsAt' | 'windowEndsAt' | 'zone'>, pageZone: string): string {
  const window = `${timeOf(windowStartsAt, zone)} \u2013 ${timeOf(windowEndsAt, zone)}`
  return zone === pageZone ? window : `${window} ${zoneName(windowStartsAt, zone)}`.trim()
}

/** `MDT`; nothing where this telephone does not know the zone. */
function zoneName(at: Instant, zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  } catch {
    return ''
  }
}

/** `Tuesday, July 14`. */
export const dayWords = (day: string): string => new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`))

/** A shape beside each word, so that no colour is needed to tell them apart. */
export const STATES: Readonly<Record<AppointmentState, readonly [word: string, sign: string]>> = {
  scheduled: ['Planned', '\u25CB'],
  confirmed: ['Confirmed', '\u25CE'],
  dispatched: ['On the way', '\u279C'],
  working: ['At work', '\u25CF'],
  hold: ['On hold', '\u2016'],
  done: ['Done', '\u2713'],
  canceled: ['Canceled', '\u2715'],
}

/** How far the visit is, with the time of it. */
export function standing({ state, zone, dispatchedAt, arrivedAt, doneAt, holdReason }: TechnicianVisit): string {
  const since = state === 'dispatched' ? dispatchedAt : state === 'working' ? arrivedAt : state === 'done' ? doneAt : null
  // A newer hub may know a state that this page does not.
  const [word] = STATES[state] ?? [state]
  if (state === 'hold') return holdReason ? `${word}: ${holdReason}` : word
  return since === null ? word : `${word}, ${timeOf(since, zone)}`
}

/** What the office still has to settle, and what to do about it; null where nothing is open or the visit has begun. */
export function notHandedOver({ missing, state, dispatchedAt }: Pick<TechnicianVisit, 'state' | 'dispatchedAt'> & { readonly missing?: readonly string[] }): string | null {
  const waits = state === 'scheduled' || state === 'confirmed' || (state === 'hold' && dispatchedAt === null)
  // A day that the telephone has kept from before says nothing of it.
  if (!waits || missing === undefined || missing.length === 0) return null
  const named = missing.map((label) => `\u201c${label}\u201d`).join(', ')
  return `Not handed over yet: ${named} ${missing.length === 1 ? 'is' : 'are'} open. Call the office before you drive.`
}

/** What was tapped, in the words of the button. */
export function saidWords({ tap }: Pick<SaidTap, 'tap'>): string {
  switch (tap.kind) {
    case 'onMyWay':
      return 'On my way'
    case 'arrived':
      return 'Arrived'
    case 'hold':
      return `On hold: ${tap.reason ?? ''}`
    case 'resume':
      return 'Back to work'
    case 'done':
      return 'Done'
    case 'late':
      return `${tap.minutes ?? 0} minutes late`
    case 'issue':
      return `Issue: ${(tap.text ?? '').slice(0, 60)}`
  }
}

/** Opens the telephone’s own map; nothing of the address goes anywhere else. */
export function mapLink({ address, latitude, longitude }: Pick<TechnicianVisit, 'address' | 'latitude' | 'longitude'>, userAgent: string): string {
  const at = latitude === null || longitude === null ? '0,0' : `${latitude / 1e6},${longitude / 1e6}`
  return /iPhone|iPad|iPod/.test(userAgent) ? `maps:?q=${encodeURIComponent(address)}` : `geo:${at}?q=${encodeURIComponent(address)}`
}

/** `3`, `1.5`: thousandths as people say them. */
export const quantityWords = (thousandths: number): string => String(thousandths / 1000)
