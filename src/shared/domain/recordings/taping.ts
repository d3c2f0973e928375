import type { PauseReason, RecordMode } from './tables.ts'

/** What has been said of recording one call, by its line, by whoever talks, and by what they have open. */
export interface Taping {
  readonly mode: RecordMode
  /** What the line asks for is done: the notice was read, the telephone system has played it, or nothing is asked. */
  readonly consented: boolean
  /** Somebody wants it recorded, or the line does. */
  readonly wanted: boolean
  /** Somebody ended it: the line does not begin it again by itself. */
  readonly stopped: boolean
  /** Somebody paused it. */
  readonly paused: boolean
  /** A payment page or terminal is open at the desk of whoever talks. */
  readonly paymentOpen: boolean
  /** The page on which a payment was open has gone without closing it: nobody knows whether the card number is said. */
  readonly paymentLost: boolean
}

export type TapingEvent =
  | { readonly kind: 'consent' }
  | { readonly kind: 'on' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'off' }
  | { readonly kind: 'payment'; readonly open: boolean }
  | { readonly kind: 'paymentLost' }

export function beginTaping(mode: RecordMode, consented: boolean, paymentOpen: boolean): Taping {
  return { mode, consented, wanted: mode === 'always', stopped: false, paused: false, paymentOpen, paymentLost: false }
}

/**
 * The line turns out to be another than was thought: what it says holds from now on, beside what somebody has said of this call.
 * @param consented what that line asks for is done
 */
export function underRule(taping: Taping, mode: RecordMode, consented: boolean): Taping {
  return { ...taping, mode, consented, wanted: taping.wanted || (mode === 'always' && !taping.stopped) }
}

export function afterTaping(taping: Taping, event: TapingEvent): Taping {
  switch (event.kind) {
    case 'consent':
      return { ...taping, consented: true }
    case 'on':
      // Somebody who says so knows that no number is being read, unless they have the page open.
      return taping.mode === 'never' ? taping : { ...taping, wanted: true, stopped: false, paused: false, paymentLost: false }
    case 'pause':
      return { ...taping, paused: true }
    case 'off':
      return { ...taping, wanted: false, stopped: true, paused: false }
    case 'payment':
      return { ...taping, paymentOpen: event.open }
    case 'paymentLost':
      return { ...taping, paymentOpen: false, paymentLost: true }
  }
}

/** What the telephone is to do: nothing without consent, silence while a card number may be read. */
export function tapeState(taping: Taping): { readonly to: 'off' } | { readonly to: 'on' } | { readonly to: 'paused'; readonly why: PauseReason } {
  if (!taping.wanted || !taping.consented || taping.mode === 'never') return { to: 'off' }
  if (taping.paymentOpen || taping.paymentLost) return { to: 'paused', why: 'card' }
  return taping.paused ? { to: 'paused', why: 'hand' } : { to: 'on' }
}

/** After a payment page was closed, or somebody paused it: so long is usual, then it is probably forgotten. */
const FORGOTTEN_AFTER_MS = 60_000
/** Nobody pays for so long. */
const PAYMENT_LEFT_OPEN_MS = 300_000

/** How long a pause may last before whoever talks is reminded of it, milliseconds; null while nothing is paused. */
export function reminderAfterMs(taping: Taping): number | null {
  if (tapeState(taping).to !== 'paused') return null
  return taping.paymentOpen ? PAYMENT_LEFT_OPEN_MS : FORGOTTEN_AFTER_MS
}
