import { create } from 'zustand'
import { toast } from './toast.ts'

/** A number that a person may call, with what is known of it. */
export interface Callable {
  /** E.164. */
  readonly number: string
  /** Whose it is, as people say it; empty where nobody knows. */
  readonly name: string
}

/** What hangs below the call cell because a person asked for it. It takes no place from the screen. */
export type Panel =
  | { readonly kind: 'keypad'; readonly callId: string }
  | { readonly kind: 'through'; readonly callId: string }
  /** What is read to the caller before they are recorded. */
  | { readonly kind: 'notice'; readonly callId: string }
  /** A card number is read: nothing is recorded while this is open. */
  | { readonly kind: 'card'; readonly callId: string }
  /** Another program asks to call this number; nothing is dialled before a person says so. */
  | { readonly kind: 'offer'; readonly number: string }

interface TelephoneStore {
  readonly panel: Panel | null
  /** A number to be called from another telephone, and why. */
  readonly shown: (Callable & { readonly why: string }) | null
  /** Grows when the person has chosen a headset. */
  readonly headsets: number
}

export const useTelephoneStore = create<TelephoneStore>(() => ({ panel: null, shown: null, headsets: 0 }))

/** Who had the focus before a panel took it. */
let before: HTMLElement | null = null

/** A card payment stays until a person says that it is done: whatever took its place would let the number be recorded. */
export function openPanel(panel: Panel): void {
  if (useTelephoneStore.getState().panel?.kind === 'card' && panel.kind !== 'card') return toast('A card payment is open, and nothing is recorded. Say first that it is done.')
  if (panel.kind === 'through') before = document.activeElement instanceof HTMLElement ? document.activeElement : null
  useTelephoneStore.setState({ panel })
}

const holder = (): HTMLElement | null => (before?.isConnected === true && before !== document.body ? before : null)

/** A form that came up meanwhile left its cursor to the panel. */
const firstField = (): HTMLElement | null => document.querySelector<HTMLElement>('main [data-field] input, main [data-field] textarea')

/** Puts the panel away and gives the focus back to where it was taken. */
export function closePanel(): void {
  const { panel } = useTelephoneStore.getState()
  useTelephoneStore.setState({ panel: null })
  if (panel?.kind === 'through') (holder() ?? firstField())?.focus()
  before = null
}

export function showNumber(shown: Callable & { readonly why: string }): void {
  useTelephoneStore.setState({ shown })
}

export function headsetChosen(): void {
  useTelephoneStore.setState(({ headsets }) => ({ headsets: headsets + 1 }))
}

export function hideNumber(): void {
  useTelephoneStore.setState({ shown: null })
}
